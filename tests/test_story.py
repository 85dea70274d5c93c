"""The kit's reading of the story against a careful reader's, mark by mark.

Marks that careful readers may see differently have a confidence below 1 in the gold: they need not be found, and
they are no extras when they are.
"""

import pytest

import kit
from kit.readings.reading import Reading
from kit.readings.voices import Voices, shown, voice_of
from kit.render.cards import card
from kit.resources import seeds_folder

STORY = kit.load("blinken")
GOLD = Reading.load(seeds_folder() / "readings" / "blinken.json", STORY)


@pytest.fixture(scope="module")
def found():
    return kit.annotate(STORY)


def said(mark):
    return mark.part("cue", STORY.text) or mark.span.of(STORY.text)[:60]


def same_attribution(gold, mark):
    """The same cue (or, without a cue, the same content)."""
    name = "cue" if gold.parts.get("cue") else "content"
    return any(a.overlaps(b) for a in gold.parts.get(name, ()) for b in mark.parts.get(name, ()))


def matching(gold, found):
    marks = [mark for mark in found.layer(gold.layer) if gold.layer != "attribution" or same_attribution(gold, mark)]
    if gold.layer != "attribution":
        marks = [mark for mark in marks if mark.span.overlaps(gold.span)]
    return marks


def certain(layer):
    return [
        pytest.param(mark, id=f"{mark.span.start} {said(mark)}") for mark in GOLD.layer(layer) if mark.confidence == 1
    ]


@pytest.mark.parametrize("gold", certain("attribution"))
def test_who_says_so(gold, found):
    def key(mark):
        return mark.parts.get("source", ()), mark.details.get("speaker"), mark.details.get("speaker_kind")

    speaker = gold.details["speaker"]
    if gold.voice == speaker and not matching(gold, found):  # "I think" in somebody's own words: the outer one has it
        assert Voices(found.layer("attribution")).at(gold.parts["cue"][0]) == speaker
        return
    assert key(gold) in [key(mark) for mark in matching(gold, found)], [key(mark) for mark in matching(gold, found)]


def test_at_most_two_extra_attributions(found):
    extra = [
        said(mark)
        for mark in found.layer("attribution")
        if not any(same_attribution(gold, mark) for gold in GOLD.layer("attribution"))
    ]
    assert len(extra) <= 2, extra


@pytest.mark.parametrize("gold", certain("hedge"))
def test_how_sure(gold, found):
    assert (gold.label, gold.voice) in [(mark.label, mark.voice) for mark in matching(gold, found)]


@pytest.mark.parametrize("gold", certain("framing"))
def test_in_whose_words(gold, found):
    assert (gold.label, gold.voice) in [(mark.label, mark.voice) for mark in matching(gold, found)]


def test_whose_figures(found):
    assert [(figure.text, shown(figure.voice, figure.doubt)) for figure in kit.figures(found)] == [
        ("31,000", "Hamas-controlled health officials"),
        ("1,200", "perhaps Israel"),
        ("240", "perhaps Israel"),
        ("1 million", "perhaps somebody unnamed"),
        ("a million", "perhaps Benjamin Netanyahu"),
        ("billions", "the reporter"),
    ]


def test_no_word_is_surely_somebodys_who_is_neither_quoted_nor_said_to_have_said_it(found):
    guessed = {mark.span.of(STORY.text): voice_of(mark) for mark in found.annotations if "perhaps" in mark.details}
    assert {"massacre", "the Jewish state", "terrorists", "around"} <= {w for w, v in guessed.items() if "Israel" in v}
    assert {"assault", "refugees", "adamant", "more than"} <= {w for w, v in guessed.items() if "Netanyahu" in v}
    assert {"massive bloodshed", "protecting power"} <= {w for w, v in guessed.items() if "US" in v}
    sure = {mark.span.of(STORY.text) for mark in found.layer("framing") if voice_of(mark) == "Antony Blinken"}
    assert {"gaps are narrowing", "put on the table"} <= sure


def test_a_guess_is_called_one_wherever_voices_are_shown(found):
    guessed = [mark for mark in found.annotations if "perhaps" in mark.details]
    assert all(card(mark, STORY.text).voice.startswith(f"perhaps {shown(mark.voice)}. ") for mark in guessed)
    made = kit.report(found)
    for table in (made["figures"], made["words"], made["hedges"], made["claims"], kit.parties(found)):
        assert any("perhaps Benjamin Netanyahu" in str(cell) for row in table.rows for cell in row), table.name
    assert {row["who"]: row["perhaps"] for row in made["voices"].records()}["Israel"] > 0
    for name in ("voices", "when", "hedges", "parties"):
        assert "perhaps" in str(kit.chart(found, name).spec), name


def test_every_mark_says_why_and_names_its_rule(found):
    assert [mark for mark in found.annotations if not (mark.why and mark.entry)] == []


def test_the_same_text_gives_the_same_reading(found):
    assert kit.annotate(STORY) == found
