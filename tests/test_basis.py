"""How can they know? On what each source stands, and the words that tell."""

import json
import tomllib
from dataclasses import replace

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.analysis.basis import give_basis
from kit.readings.labels import BASES
from kit.readings.reading import Annotation
from kit.render.cards import card
from kit.resources import PACKAGE
from kit.sources.load import load
from kit.text.article import read_text
from kit.text.spans import Span
from kit.text.tokens import sentences

TEXTS = tomllib.loads((ROOT / "tests" / "examples" / "basis.toml").read_text("utf-8"))["text"]


def bases(text):
    """The basis of each attribution that the kit finds, and its words, by the source and its speaker."""
    return [
        (mark.part("source", text), mark.details["speaker"], mark.details["basis"], mark.part("basis", text))
        for mark in kit.attributions(text)
    ]


def found(text, sources):
    """Which of the expected sources are found with another basis, or not at all."""
    marks = bases(text)
    for name, basis, words in sources:
        if not any((name in f"{s} {who}" if name else not s) and b == basis and words in w for s, who, b, w in marks):
            yield name, basis, words, marks


def each():
    """The examples; those that another part of the kit still reads wrongly are expected to fail."""
    for case in TEXTS:
        marks = pytest.mark.xfail(reason=case["not_yet"], strict=True) if "not_yet" in case else ()
        yield pytest.param(case, id=case["text"][:60], marks=marks)


@pytest.mark.parametrize("case", list(each()))
def test_each_source_stands_on_what_its_words_say(case):
    assert list(found(case["text"], case["sources"])) == []


STORY = {
    "Israel": "nothing",
    "A US State Department official": "unnamed",
    "the Department of Defence in Washington": "statement",
    "US Defence Secretary Lloyd Austin": "office",
    "Hamas-controlled health officials": "unnamed",
}


def test_the_story():
    article = load("blinken")
    reading = kit.annotate(article)
    found = {mark.part("source", article.text): mark.details["basis"] for mark in reading.layer("attribution")}
    assert {source: found[source] for source in STORY} == STORY
    interview = next(m for m in reading.annotations if m.part("basis", article.text) == "in the interview")
    assert (interview.details["speaker"], interview.details["basis"]) == ("Antony Blinken", "media")


def test_card_table_and_report_say_it():
    text = "Prices will rise, Kell Foods said in a statement. Peter Orr said that the choir was poor."
    reading = kit.annotate(text)
    [first, second] = (dict(card(mark, text).rows) for mark in reading.layer("attribution"))
    asked = "How can they know?"
    assert first[asked].endswith("(“in a statement”)")
    assert second[asked] == "nothing said – the text doesn’t say how they know"
    rows = {row["basis"]: row["who"] for row in kit.report(reading)["basis"].records()}
    assert rows == {"document or statement": "Kell Foods", "nothing said": "Peter Orr"}


def test_the_schema_and_the_table_name_the_same_bases():
    schema = json.loads((PACKAGE / "readings" / "reading.schema.json").read_text("utf-8"))
    named = schema["$defs"]["annotation"]["properties"]["details"]["properties"]["basis"]["enum"]
    assert named == [basis.name for basis in BASES]


@given(st.text(alphabet=st.sampled_from('aAB ,."“”\n')), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_any_marks_on_any_text_have_a_basis(text, places):
    spans = [Span(min(start, len(text)), min(start + size, len(text))) for start, size in places]
    marks = [Annotation("attribution", "direct", span, parts={"source": (span,), "content": (span,)}) for span in spans]
    article = read_text(text)
    for speaker in ("", "A", "A B"):
        named = [replace(mark, details={"speaker": speaker, "speaker_kind": "named person"}) for mark in marks]
        assert len(give_basis(article, sentences(article), named)) == len(marks)
