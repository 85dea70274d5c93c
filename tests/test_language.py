"""Sentences, tokens and tags: what is kept apart, what is kept together, and offsets that always hold."""

import struct
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.tag.perceptron import PerceptronTagger

from benchmarks.speed import nltk_tagger
from kit.models.packed import ZERO
from kit.sources.load import load
from kit.text import tokens
from kit.text.article import read_text
from kit.text.tagger import Tagger
from kit.text.tokens import LONGEST_PIECE, LONGEST_SENTENCE, plain, sentence_spans, sentences, tag_words, token_spans


def split(text):
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The U.S. team left.", "It rained."],
        ["He lives in the U.S.", "He likes it."],
        ["Mr. Hale met Dr. Osei at 5 p.m. on Monday."],
        ["She said: “Go.”", "He went."],
        ["“Go!” she said.", "He went."],
        ['It advances security.".', "Next."],
        ["It cost $1.5 million.", "Nobody paid."],
        ["Really?", "Yes!", "Good."],
        ["Gov. Ana Ruiz and Sen. Bo Lind met.", "They talked."],
        ["Prof. Lind and Maj. Berg met on Jan. 3.", "They talked."],
        ["We went to the zoo.", "The owls slept."],
        ["He waited...", "Then he left."],
        ["No full stop at the end"],
    ],
)
def test_sentences(expected):
    assert split(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Israel's", "Israel 's"),
        ("Israel’s", "Israel ’s"),
        ("don't can't cannot won’t", "do n't ca n't can not wo n’t"),
        ("they're we've I'll he'd", "they 're we 've I 'll he 'd"),
        ("the hostages' families", "the hostages ' families"),
        ("O'Neill’s al-Assad AT&T", "O'Neill ’s al-Assad AT&T"),
        ("1,200 3.5 10-year 7pm £3bn 5%", "1,200 3.5 10-year 7pm £ 3bn 5 %"),
        ("“Go,” he said.", "“ Go , ” he said ."),
        ("''Go,'' he said.", "'' Go , '' he said ."),
        ("the U.S. and Mr. Hale", "the U.S. and Mr. Hale"),
        ("wait... what--no—yes", "wait ... what -- no — yes"),
        ("see https://example.org/a.b, @ana #news", "see https://example.org/a.b , @ana #news"),
        ("naïve café 東京 👍", "naïve café 東京 👍"),
    ],
)
def test_tokens(text, tokens):
    assert [text[s:e] for s, e in token_spans(text)] == tokens.split()


def test_tags_of_the_story():
    tags = {token.text: token.tag for sentence in sentences(load("blinken")) for token in sentence.tokens}
    expected = {
        "Netanyahu": "NNP",
        "believes": "VBZ",
        "reportedly": "RB",
        "31,000": "CD",
        "terrorists": "NNS",
        "would": "MD",
    }
    assert {word: tags[word] for word in expected} == expected


def test_only_headline_and_body_are_read():
    story = load("blinken")
    kinds = {story.parts[sentence.paragraph].kind for sentence in sentences(story)}
    assert kinds == {"headline", "body"}
    assert len(sentences(story)) == 23


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("aA .,'\"“”’\n\r!?-0"))))
def test_offsets_hold_for_any_text(text):
    last = 0
    for sentence in sentences(read_text(text)):
        assert (sentence.start, sentence.end) == (sentence.tokens[0].start, sentence.tokens[-1].end)
        for token in sentence.tokens:
            assert last <= token.start < token.end
            assert text[token.start : token.end] == token.text
            assert token.lower == plain(token.text).lower()
            last = token.end


@given(st.text(alphabet="ab ’'\"“”.,!?-—…1é👍\u200f"))
def test_every_visible_character_is_in_a_token(text):
    inside = {i for start, end in token_spans(text) for i in range(start, end)}
    assert all(i in inside or character.isspace() or character == "\u200f" for i, character in enumerate(text))


LONG = {
    "stops": "." * 4 * LONGEST_PIECE,
    "initials": "A. " * LONGEST_PIECE,
    "one word": "x" * 4 * LONGEST_PIECE,
    "quotes": '"' * LONGEST_PIECE,
    "no stops": "word " * LONGEST_PIECE,
}


@pytest.mark.parametrize("name", LONG)
def test_long_and_odd_texts_are_read_in_pieces(name, monkeypatch):
    punkt, read = tokens._punkt(), []

    class Punkt:
        def span_tokenize(self, piece):
            read.append(len(piece))
            return punkt.span_tokenize(piece)

    monkeypatch.setattr(tokens, "_punkt", Punkt)
    found = sentences(read_text(LONG[name]))
    assert max(read) <= LONGEST_PIECE
    assert all(len(sentence.tokens) <= LONGEST_SENTENCE for sentence in found)


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_what_nobody_sees_does_not_part_a_word(unseen):
    plainly = "Hale said it may rain, according to the office."
    hidden = "Hale sa-id it m-ay rain, accor-ding to the off-ice.".replace("-", unseen)
    [one], [other] = sentences(read_text(plainly)), sentences(read_text(hidden))
    assert [(token.lower, token.tag) for token in one.tokens] == [(t.lower, t.tag) for t in other.tokens]
    assert [token.text.replace(unseen, "") for token in other.tokens] == [token.text for token in one.tokens]


def test_tags_are_those_of_nltks_own_tagger():
    nltks = nltk_tagger()
    odd = [["", "-", "well-known", "1999", "12", "2nd", "-5", "Said", "x" * 50], []]
    read = [[plain(token.text) for token in sentence.tokens] for sentence in sentences(load("blinken"))]
    for words in odd + read:
        assert tag_words(words) == [tag for _, tag in nltks.tag(words)]


def test_tags_that_are_equally_likely_are_chosen_as_by_nltk():
    weights = struct.pack("<3H", *(ZERO + weight for weight in (10, 30, 20)))
    coded = {"gaps": b64encode(bytes([0, 1, 1])).decode(), "weights": b64encode(weights).decode()}
    ours = Tagger({"tags": ["A", "B"], "always": {}, "features": "bias\ti suffix x", **coded})
    nltks = PerceptronTagger.decode_json_obj([{"bias": {"A": 0.1, "B": 0.3}, "i suffix x": {"A": 0.2}}, {}, ["A", "B"]])
    assert ours.tag(["x"]) == [tag for _, tag in nltks.tag(["x"])] == ["A"]
    assert ours.tag(["y"]) == ["B"]
