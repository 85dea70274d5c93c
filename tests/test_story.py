"""The kit's reading of the story against a careful reader's, mark by mark.

Marks that careful readers may see differently have a confidence below 1 in the gold: they need not be found, and
they are no extras when they are.
"""

import pytest

import kit
from kit.readings.reading import Reading
from kit.readings.voices import Voices
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
    assert [(figure.text, figure.voice) for figure in kit.figures(found)] == [
        ("31,000", "Hamas-controlled health officials"),
        ("1,200", "Israel"),
        ("240", "Israel"),
        ("1 million", "not named"),
        ("a million", "Benjamin Netanyahu"),
        ("billions", "reporter"),
    ]


def test_every_mark_says_why_and_names_its_rule(found):
    assert [mark for mark in found.annotations if not (mark.why and mark.entry)] == []


def test_the_same_text_gives_the_same_reading(found):
    assert kit.annotate(STORY) == found
