"""Figures: numbers that count or measure, in any notation, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.readings.reading import Annotation, Reading
from kit.sources.load import load
from kit.summaries.figures import figures
from kit.text.article import read_text
from kit.text.spans import Span


def read(text, *annotations):
    return figures(Reading(read_text(text), "test", annotations))


@pytest.mark.parametrize(
    ("text", "number", "value", "counts", "approximation"),
    [
        ("More than 31,000 civilians died.", "31,000", 31_000, "civilians", "more than"),
        ("Around 1,200 people came.", "1,200", 1200, "people", "around"),
        ("They took some 240 hostages.", "240", 240, "hostages", "some"),
        ("Over 1 million people are there.", "1 million", 1e6, "people", "over"),
        ("More than a million refugees fled.", "a million", 1e6, "refugees", "more than"),
        ("It cost billions of dollars.", "billions", None, "dollars", "billions of"),
        ("It lost 1.2m birds.", "1.2m", 1.2e6, "birds", ""),
        ("Twelve hundred boats were lost.", "Twelve hundred", 1200, "boats", ""),
        ("They closed 5-10 shops.", "5-10", 5, "shops", ""),
        ("It cost £3bn.", "£3bn", 3e9, "pounds", ""),
        ("It cost about $4.5 billion.", "$4.5 billion", 4.5e9, "dollars", "about"),
        ("They saw ١٢ birds.", "١٢", 12, "birds", ""),
        ("They sold 1 200 boats.", "1 200", 1200, "boats", ""),
        ("Some 40 per cent of the men left.", "40", 40, "percent of men", "some"),
        ("It fell by 7%.", "7", 7, "percent", ""),
        ("Two-thirds of voters stayed at home.", "Two-thirds", 2 / 3, "voters", ""),
        ("Half of the shops closed.", "Half", 0.5, "shops", ""),
        ("Hundreds of thousands of bees died.", "Hundreds of thousands", None, "bees", "hundreds of thousands of"),
        ("Three hundred and five men came.", "Three hundred and five", 305, "men", ""),
        ("It cost 40 dollars or so.", "40", 40, "dollars", "or so"),
        ("She ran 5km.", "5km", 5, "km", ""),
        ("They have a 10-year plan.", "10-year", 10, "year", ""),
        ("One woman was hurt.", "One", 1, "woman", ""),
        ("They sold 2000 houses.", "2000", 2000, "houses", ""),
        ("It cost Rs 24 lakh.", "Rs 24 lakh", 2.4e6, "rupees", ""),
        ("The road cost ₹2.5 crore.", "₹2.5 crore", 2.5e7, "rupees", ""),
        ("They want N500m.", "N500m", 5e8, "naira", ""),
        ("It lost R2.5bn.", "R2.5bn", 2.5e9, "rand", ""),
        ("One in five people smoke.", "One in five", 0.2, "people", ""),
        ("About 3 in 10 shops closed.", "3 in 10", 0.3, "shops", "about"),
    ],
)
def test_notations(text, number, value, counts, approximation):
    (figure,) = read(text)
    assert figure.text == number
    assert figure.value == (value if value is None else pytest.approx(value, rel=1e-3))
    assert (figure.counts, figure.approximation) == (counts, approximation)


@pytest.mark.parametrize(
    "text",
    [
        "They met on October 7 and on 3 May 2023.",
        "In 1999 and since 2004 it was shut.",
        "The 2016 elections were close.",
        "It starts at 5 p.m. on Monday.",
        "Ada Brown, 34, is 45 years old.",
        "The 45-year-old left in the 1990s.",
        "He came second, on the 5th floor.",
        "They won 3-2.",
        "The G7 met in Room 12 under Article 5.",
        "A Boeing 747 flew by on 9/11.",
        "No one came, and this one left.",
        "",
        "...",
    ],
)
def test_no_figures(text):
    assert read(text) == ()


def test_list_numbers_are_not_figures():
    assert [figure.text for figure in read("1. Open the box.\n\n2. Take 3 eggs.")] == ["3"]


def test_the_voice_is_the_speaker_s_inside_the_content():
    text = "Ada says 40 boats sank. Another 12 boats are missing."
    said = Annotation(
        "attribution",
        "indirect",
        Span(0, 22),
        parts={"source": (Span(0, 3),), "cue": (Span(4, 8),), "content": (Span(9, 22),)},
        details={"speaker": "Ada"},
    )
    assert [(figure.text, figure.voice) for figure in read(text, said)] == [("40", "Ada"), ("12", "reporter")]


def test_the_story():
    found = [(f.text, f.counts, f.approximation) for f in figures(Reading(load("blinken"), "test"))]
    assert found == [
        ("31,000", "civilians", "more than"),
        ("1,200", "people", "around"),
        ("240", "hostages", "some"),
        ("1 million", "people", "over"),
        ("a million", "refugees", "more than"),
        ("billions", "dollars", "billions of"),
    ]


PIECES = ["1", "2,000", ".", "-", "/", "%", "£", "$", "m", "bn", "a", "half", "and", "of", "million", "dozens", "third"]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=20), st.sampled_from(["", " "]))
def test_any_text_is_read(pieces, between):
    text = between.join(pieces)
    for figure in read(text):
        assert figure.text == figure.span.of(text) != ""
        assert figure.value is None or figure.value >= 0
