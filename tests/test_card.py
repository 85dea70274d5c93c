"""Cards: what a student reads about a mark."""

import pytest

from kit.readings.labels import find_label
from kit.readings.reading import Annotation
from kit.readings.voices import NOT_NAMED
from kit.render.cards import card
from kit.resources import PACKAGE, read_toml
from kit.text.spans import Span
from kit.wording import LONGEST, short

TEXT = "The mayor of Port Vorn claims that the bridge may be safe."
CLAIM = Annotation(
    "attribution",
    "indirect",
    Span(0, 57),
    why="“Claims” has the mayor as its subject.",
    entry="cue/claim",
    parts={"source": (Span(0, 22),), "cue": (Span(23, 29),), "content": (Span(35, 45), Span(50, 57))},
    details={"speaker": "Ana Lima", "speaker_kind": "named_person", "stance": "doubting"},
    confidence=0.6,
)


def test_an_attribution_says_who_how_and_what():
    shown = card(CLAIM, TEXT)
    rows = dict(shown.rows)
    assert (shown.kind, shown.words, shown.label) == ("attribution", "claims", "retold, not quoted")
    assert rows["Who"] == "The mayor of Port Vorn: Ana Lima (named person)"
    assert rows["What"] == "the bridge … be safe"
    assert rows["Signal"].startswith("claims – ")
    assert "does not vouch" in rows["Signal"]
    assert rows["How sure this reading is"] == "unsure"
    assert "Whose words" not in rows


def test_an_attribution_inside_another_says_so():
    nested = Annotation(**{**vars(CLAIM), "voice": "the council"})
    assert dict(card(nested, TEXT).rows)["Whose words"] == "inside somebody’s words: the council"


def test_a_cue_without_a_source_names_nobody():
    shown = card(Annotation("attribution", "indirect", Span(23, 29), parts={"cue": (Span(23, 29),)}), TEXT)
    assert dict(shown.rows)["Who"] == "nobody is named"


def test_nobody_is_not_a_kind_of_speaker():
    passed_on = Annotation("attribution", "indirect", Span(23, 29), details={"speaker_kind": "unknown"})
    assert dict(card(passed_on, TEXT).rows)["Who"] == "nobody is named"


@pytest.mark.parametrize(
    ("voice", "words"),
    [
        ("reporter", "the reporter’s own words"),
        ("Ana Lima", "inside somebody’s words: Ana Lima"),
        (NOT_NAMED, "inside the words of somebody unnamed"),
    ],
)
def test_whose_words_a_hedge_is(voice, words):
    shown = card(Annotation("hedge", "modal", Span(46, 49), voice=voice), TEXT)
    assert shown.voice == dict(shown.rows)["Whose words"] == words


def test_a_framing_word_brings_other_words_and_its_source():
    details = {"alternatives": "secure, sound", "source": "Our own judgement"}
    rows = dict(card(Annotation("framing", "loaded", Span(53, 57), entry="framing/safe", details=details), TEXT).rows)
    assert rows["Other words for it"] == "secure, sound"
    assert rows["Based on"] == "Our own judgement"
    assert not any("framing/safe" in value for value in rows.values())


def test_what_is_not_known_has_no_row():
    assert [name for name, _ in card(Annotation("framing", "loaded", Span(53, 57)), TEXT).rows] == [
        "Whose words",
        "How sure this reading is",
    ]


def test_a_long_passage_keeps_its_ends():
    passage = short("first " + "word " * 400 + "last")
    assert passage.startswith("first word")
    assert passage.endswith("word last")
    assert " … " in passage
    assert len(passage) <= LONGEST + 3


def test_every_label_that_a_lexicon_gives_has_plain_words():
    given = {
        entry["label"]
        for path in (PACKAGE / "lexicons").glob("*.toml")
        if not path.stem.startswith("cues")
        for entry in read_toml(path.stem).get("entry", [])
        if "label" in entry
    }
    assert len(given) >= 8
    assert {name for name in given if find_label(name) is None} == set()
