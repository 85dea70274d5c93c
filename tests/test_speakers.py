"""Who speaks: invented stories in tests/examples/speakers.toml, the kit's own story, and any text at all."""

import re
import tomllib
from pathlib import Path

import pytest
from conftest import calls_made
from hypothesis import given
from hypothesis import strategies as st

from kit.analysis.attribution.find import find_attributions
from kit.analysis.speakers.resolve import name_speakers
from kit.readings.reading import Annotation, Reading
from kit.sources.load import load
from kit.summaries.people import silent
from kit.text.article import read_text
from kit.text.spans import Span
from kit.text.tokens import sentences

TABLE = tomllib.loads((Path(__file__).parent / "examples" / "speakers.toml").read_text("utf-8"))["story"]
KINDS = {"named person", "named body", "unnamed official", "group", "document", "place", "unknown"}
STORY = load("blinken")
GOLD = Reading.load(Path(__file__).parent.parent / "seeds" / "readings" / "blinken.json", STORY).layer("attribution")


def told(marked):
    """A story without its brackets, and its attributions."""
    text, open_, parts = "", [], {}
    for piece in re.split(r"(\[\d |\{\d |[\]}])", marked):
        if re.fullmatch(r"[\[{]\d ", piece):
            open_.append(("source" if piece[0] == "[" else "content", int(piece[1]), len(text)))
        elif piece in ("]", "}"):
            name, number, start = open_.pop()
            parts.setdefault(number, {}).setdefault(name, []).append(Span(start, len(text)))
        else:
            text += piece
    return text, parts


def attributions(story):
    text, parts = told(story["text"])
    for number, cue in story.get("cue", []):
        start = text.index(cue)
        parts[number]["cue"] = [Span(start, start + len(cue))]
    found = []
    for number in sorted(parts):
        spans = {name: tuple(some) for name, some in parts[number].items()}
        whole = [span for some in spans.values() for span in some]
        span = Span(min(s.start for s in whole), max(s.end for s in whole))
        found.append(Annotation("attribution", "indirect", span, parts=spans))
    return text, found


def speakers(text, found):
    article = read_text(text)
    named = name_speakers(article, sentences(article), found)
    return [[mark.details["speaker"], mark.details["speaker_kind"]] for mark in named]


@pytest.mark.parametrize("story", TABLE, ids=[story["about"] for story in TABLE])
def test_story(story):
    assert speakers(*attributions(story)) == story["speakers"]


def test_blinken():
    """Every speaker of the gold reading; "their concerns", which it leaves open, are the delegation's."""
    for gold, mark in zip(GOLD, name_speakers(STORY, sentences(STORY), GOLD), strict=True):
        expected = (gold.details["speaker"], gold.details["speaker_kind"])
        if gold.part("source", STORY.text) == "their":
            expected = ("Israeli delegation", "group")
        assert (mark.details["speaker"], mark.details["speaker_kind"]) == expected, gold.part("cue", STORY.text)


def test_details_kept():
    mark = Annotation(
        "attribution", "direct", Span(0, 3), details={"stance": "neutral"}, parts={"source": (Span(0, 3),)}
    )
    article = read_text("Ada spoke.")
    assert name_speakers(article, sentences(article), [mark])[0].details["stance"] == "neutral"


def test_silent():
    listed = dict(silent(Reading(STORY, "gold", tuple(name_speakers(STORY, sentences(STORY), GOLD)))))
    assert {"Hamas", "Yoav Gallant", "hostages", "Egypt"} <= set(listed)
    assert not {"Antony Blinken", "Benjamin Netanyahu", "Israel", "US", "Gaza Strip", "Rafah"} & set(listed)
    assert listed["Hamas"] >= 4
    assert list(listed.values()) == sorted(listed.values(), reverse=True)


SCRAPS = re.findall(
    r"\S+",
    """Ana Lima Mayor Sen. the a he she they it who I we said "Yes," “No” of and The US Department officials experts .
    , 's Brandt Secretary State poll '' `` ANA VAN den is was in that » 😀 ١٢ İ""",
)
words = st.sampled_from([*SCRAPS, "\n\n", ""])


@given(st.lists(words, max_size=60).map(" ".join) | st.text(max_size=200), st.data())
def test_never_raises(text, data):
    place = st.integers(0, len(text))
    span = st.tuples(place, place).map(lambda pair: Span(min(pair), max(pair)))
    parts = st.fixed_dictionaries(
        {}, optional={name: st.lists(span, max_size=3).map(tuple) for name in ("source", "cue", "content")}
    )
    marks = [
        Annotation("attribution", "direct", span, parts=parts)
        for span, parts in data.draw(st.lists(st.tuples(span, parts), max_size=6))
    ]
    article = read_text(text)
    read = sentences(article)
    named = name_speakers(article, read, marks)
    assert [mark.span for mark in named] == [mark.span for mark in marks]
    assert {mark.details["speaker_kind"] for mark in named} <= KINDS
    assert all(count > 1 for _, count in silent(Reading(article, "a test", tuple(named))))


def test_work_grows_with_the_text_and_no_faster():
    text, found = attributions(TABLE[0])
    text += "\n\n"

    def work(copies):
        article = read_text(text * copies)
        marks = [
            Annotation("attribution", "indirect", Span(0, 0), parts={
                name: tuple(Span(s.start + i * len(text), s.end + i * len(text)) for s in spans)
                for name, spans in mark.parts.items()
            }) for i in range(copies) for mark in found
        ]  # fmt: skip
        read = sentences(article)
        return calls_made(lambda: name_speakers(article, read, marks))

    work(1)  # loads the word lists
    assert work(80) <= 4 * work(20)


def test_where_nobody_fits_the_guess_is_only_a_reason():
    text = '"Tom Kell is a thief," the union said. He sold the firm in May, he said.'
    article = read_text(text)
    said, guess = find_attributions(article, sentences(article))
    named = name_speakers(article, sentences(article), [said, guess])[1]
    assert named.details["speaker"] == ""
    assert named.details["maybe"] == "Tom Kell"
    assert "perhaps those of Tom Kell" in named.why
    assert named.confidence <= 0.3
