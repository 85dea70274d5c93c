"""Other words for a marked word: English where they are put in, advice where they can't be."""

import re
from functools import cache

import pytest

from kit.analysis.annotate import annotate
from kit.course.alternatives import choices, listed
from kit.course.fit_nouns import QUANTITY, noun_of
from kit.course.fit_verbs import verb_tag
from kit.course.fitting import fitted
from kit.course.places import Place
from kit.course.rewriting import put
from kit.readings.reading import Annotation
from kit.resources import PACKAGE, read_toml
from kit.sources.load import load
from kit.text.article import read_text
from kit.text.inflection import inflections, plural_of, singular_of
from kit.text.spans import Span
from kit.text.tokens import sentences
from kit.wording import with_n

FILES = sorted(path.stem for path in (PACKAGE / "lexicons").glob("framing_*.toml"))
PLACEHOLDER = re.compile(r"[()\[\]{}…~_]|\.\.\.|\b(?:somebody|someone|somewhere|sb|sth|X|Y|whom|one's)\b")
DETERMINERS, PREPOSITIONS = "the|an|a|his|her|their|its|our", "of|in|on|at|for|with|by|from|into"
TWO_IN_A_ROW = re.compile(rf"\b(?:(?:{DETERMINERS}) (?:{DETERMINERS})|(?:{PREPOSITIONS}) (?:{PREPOSITIONS}))\b")


def sentence_of(text):
    """The tokens of a text that is one sentence."""
    return [token for sentence in sentences(read_text(text)) for token in sentence.tokens]


def example(written):
    """A lexicon's example: its text, the marked place, and its tokens."""
    text = written.replace("[", "").replace("]", "")
    return text, Span(written.index("["), written.index("]") - 1), sentence_of(text)


def place_of(span, tokens):
    inside = [at for at, token in enumerate(tokens) if span.start <= token.start < span.end]
    return Place(tokens, inside[0], inside[-1] + 1)


@cache
def offered(name):
    """Each alternative of a lexicon on each example of its entry: (entry, text, span, place, choice)."""
    found = []
    for entry in read_toml(name)["entry"]:
        details = {"alternatives": "; ".join(entry.get("alternatives", ()))}
        for written in entry["match"]:
            text, span, tokens = example(written)
            mark = Annotation("framing", entry["label"], span, details=details)
            for choice in choices(mark, tokens):
                found.append((entry["id"], text, span, place_of(span, tokens), choice))
    return found


@pytest.mark.parametrize("name", FILES)
def test_what_is_put_in_is_an_english_sentence_as_far_as_can_be_checked(name):
    for where, text, span, _, choice in offered(name):
        if choice.advice:
            assert re.fullmatch(r"[A-Z“].*\.”?", choice.words), f"{where}: {choice.words!r} is no sentence"
            continue
        told = f"{where}: {choice.words!r} in {text!r}"
        assert not PLACEHOLDER.search(choice.words), told
        made = put(text, text, span, choice.words)
        assert made[0].upper() == made[0], told
        assert not re.search(r"  | [,.]|,,|,\.|\b(\w+) \1\b(?<!very very)(?<!had had)", made, re.IGNORECASE), (
            f"{told}: {made}"
        )
        for article, word in re.findall(r"\b([Aa]n?) (\w[\w-]*)", made):
            assert with_n(article, word) == article, f"{told}: {made}"
        for pair in TWO_IN_A_ROW.finditer(made):
            assert pair[0] in text, f"{told}: {made}"


@pytest.mark.parametrize("name", FILES)
def test_what_is_put_in_has_the_form_of_what_it_replaces(name):
    for where, text, _, place, choice in offered(name):
        if choice.advice or not choice.words:
            continue
        told, tag = f"{where}: {choice.words!r} in {text!r}", verb_tag(place)
        words = choice.words.split()
        if tag == "VBG":
            assert words[0].endswith("ing") or place.word(place.start - 1) in inflections("be"), told
        elif tag == "VBZ":
            assert words[0].endswith("s"), told
        elif tag in ("VBD", "VBN") and place.end - place.start == 1:
            assert words[0] not in inflections("be") - {"was", "were", "been"}, told
            assert not words[0].endswith(("ing", "izes", "ises")), told
        elif not tag and noun_of(place) is not None and place.tag(noun_of(place)) in ("NN", "NNS"):
            many = place.tag(noun_of(place)) == "NNS"
            before = place.word(place.start - 1)
            if before in ("a", "an", "one", "every", "each"):
                assert plural_of(words[-1]) not in words, told
                head = re.split(
                    r" (?:of|on|in|over|at|for|with|without|who|that|which|to|by|from|where|behind|among)\b",
                    choice.words,
                )[0]
                last = head.split()[-1]
                assert singular_of(last) == last or last.endswith("ss") or not last.endswith("s"), told
            if many and len(words) == 1 and words[0] not in QUANTITY:
                assert singular_of(words[0]) != words[0] or words[0] in ("Roma", "Inuit"), told


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The army has [pushed deeper into] the valley.", "advance into", "The army has advanced into the valley."),
        ("The army [pushes deeper into] the valley.", "advance into", "The army advances into the valley."),
        ("The army is [hunting down] rebels.", "pursue", "The army is pursuing rebels."),
        ("The army is [hunting down] rebels.", "look for and kill", "The army is looking for and killing rebels."),
        ("The plan was [slammed] by the mayor.", "criticise", "The plan was criticised by the mayor."),
        ("He [took aim] at the banks.", "criticise", None),  # nobody criticises at a bank
        ("They [seized] the town.", "go away", None),
        ("A [terrorist] fled.", "fighters", "A fighter fled."),
        ("Two [terrorists] fled.", "armed man", "Two armed men fled."),
        ("The [terrorists] fled.", "propose", None),
        ("An [assault] began.", "a raid", "A raid began."),
        ("The [assaults] began.", "violence", None),
        ("It was the [bloodiest] day.", "bad", "It was the worst day."),
        ("It was a [brutal] raid.", "violent", "It was a violent raid."),
        ("It was a [brutal] raid.", "attack", None),
        ("They [brutally] beat him.", "by force", None),
        ("She had [the grip on] power.", "control of", "She had the control of power."),
        ("He spoke of a [massacre].", "many deaths", None),
        ("He was [enraged] by the law.", "angry", None),
        ("He was [enraged].", "angry", "He was angry."),
    ],
)  # fmt: skip
def test_words_fit_or_are_refused(text, words, expected):
    plain, span, tokens = example(text)
    fit = fitted(words, place_of(span, tokens))
    assert (None if fit is None else put(plain, plain, span, fit)) == expected


def test_each_way_to_tell_what_cannot_be_put_in():
    listed_so = "what was done; (number) shells by (whom); (number); say why; the group's own name; violent; fighters"
    _, span, tokens = example("The [attack] began.")
    said = choices(Annotation("framing", "loaded", span, details={"alternatives": listed_so}), tokens)
    assert [choice.words for choice in said if choice.advice] == [
        "Say what was done.",
        "Fill in what you know: “(number) shells by (whom)”.",
        "Give the number.",
        "Say why.",
        "Use the group's own name.",
        "Try a new sentence with “violent”.",
    ]
    assert [choice.words for choice in said if not choice.advice] == ["fighter"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Sadly], it rained.", "It rained."),
        ("It rained, [needless to say].", "It rained."),
        ("The money, [simply put], is gone.", "The money is gone."),
        ("It was an [utter] lie.", "It was a lie."),
        ("The road was [extremely] long.", "The road was long."),
        ("It was [dire].", None),
        ("He called him a [monster].", None),
        ("A [mere] nine hours.", None),
    ],
)
def test_words_are_left_out_only_where_a_sentence_remains(text, expected):
    plain, span, tokens = example(text)
    mark = Annotation("framing", "intensifier", span, details={"alternatives": "(leave it out)"})
    (choice,) = choices(mark, tokens)
    if expected is None:
        assert choice.advice
        assert choice.words == "Leave it out, and change the sentence."
        return
    without = put(plain, plain, span, choice.words)
    assert without == expected
    assert put(plain, without, span, span.of(plain)) == plain


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", []),
        ("gunmen (BBC); armed men (AP)", [("gunmen", "BBC"), ("armed men", "AP")]),
        ("elections held by (whom)", [("elections held by (whom)", "")]),
        ("three words here, four", [("three words here", ""), ("four", "")]),
        ("rebels: their own word (AP)", [("rebels", "their own word; AP")]),
        ("separatists (the central government's word)", [("separatists", "the central government's word")]),
        ("settlements, illegal under international law (UN; Israel disputes this)",
            [("settlements, illegal under international law", "UN; Israel disputes this")]),
        ("election that (whom) calls unfair", [("election that (whom) calls unfair", "")]),
    ],
)  # fmt: skip
def test_alternatives_with_who_uses_them(written, expected):
    assert listed(written) == expected


def test_one_alternative_is_offered_once():
    _, span, tokens = example("The [attack] began.")
    some = Annotation("framing", "loaded", span, details={"alternatives": "raid, raids; raid"})
    assert [choice.words for choice in choices(some, tokens)] == ["raid"]


def test_the_words_of_the_story_can_be_said_otherwise():
    reading = annotate(load("blinken"))
    text, offered_there = reading.article.text, {}
    for mark in reading.layer("framing"):
        tokens = next(s.tokens for s in reading.sentences if s.start <= mark.span.start < s.end)
        offered_there[mark.span.of(text)] = [one.words for one in choices(mark, tokens) if not one.advice]
    assert offered_there["hunting down"] == ["pursuing", "looking for and killing", "searching for"]
    assert offered_there["worked its way through"] == ["advanced through"]
    assert offered_there["the Jewish state"] == ["Israel"]
    assert offered_there["put on the table"] == ["proposed", "offered"]
    assert offered_there["protecting power"][0] == "ally"
    assert "fighters" in offered_there["terrorists"]
