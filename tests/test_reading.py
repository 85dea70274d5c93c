"""Readings: the one format. What is written comes back the same; what is broken gets a sentence."""

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import KitError
from kit.files import write_atomically
from kit.readings.labels import find_layer, layer_names
from kit.readings.reading import Annotation, Reading
from kit.resources import PACKAGE
from kit.sources.load import load
from kit.text.article import read_text
from kit.text.spans import Span

SCHEMA = json.loads((PACKAGE / "readings" / "reading.schema.json").read_text("utf-8"))
TEXT = "“It may rain,” the mayor of 東京 said 👍. Nobody else did."
ARTICLE = read_text(TEXT)
CUTS_A_WORD = re.compile(r"\w\w")  # where a place begins or ends

edges = st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=2, unique=True)
spans = edges.map(lambda pair: Span(*sorted(pair)))
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
annotations = st.builds(
    Annotation,
    layer=st.sampled_from(layer_names()),
    label=words.filter(bool),
    span=spans,
    why=words,
    entry=words,
    voice=words.filter(bool),
    parts=st.dictionaries(words, st.lists(spans, max_size=3).map(tuple), max_size=3),
    details=st.dictionaries(words, words, max_size=3),
    confidence=st.integers(0, 1000).map(lambda n: n / 1000),
)
readings = st.builds(Reading, st.just(ARTICLE), words, st.lists(annotations, max_size=5).map(tuple))


@given(readings)
def test_round_trip(reading):
    data = json.loads(reading.to_json())
    jsonschema.validate(data, SCHEMA)
    assert Reading.from_dict(data, ARTICLE) == reading


@given(readings)
def test_sorted(reading):
    keys = [(a.span.start, a.span.end, a.layer) for a in reading.annotations]
    assert keys == sorted(keys)


def test_save_and_load(tmp_path):
    reading = Reading(ARTICLE, "me", (Annotation("hedge", "modal", Span(4, 7)),))
    reading.save(tmp_path / "new folder" / "me.json")
    assert Reading.load(tmp_path / "new folder" / "me.json", ARTICLE) == reading
    assert [path.name for path in (tmp_path / "new folder").iterdir()] == ["me.json"]


def test_the_gold_readings_are_readings():
    story = load("blinken")
    files = sorted((PACKAGE.parent / "seeds" / "readings").glob("blinken*.json"))
    assert files
    for path in files:
        written = json.loads(path.read_text("utf-8"))
        jsonschema.validate(written, SCHEMA)
        reading = Reading.load(path, story)
        assert [mark.to_dict(story.text)["text"] for mark in reading.annotations] == [
            mark["text"] for mark in written["annotations"]
        ]
        for mark in reading.annotations:
            assert mark.label in {label.name for label in find_layer(mark.layer).labels}
            for span in (mark.span, *(span for places in mark.parts.values() for span in places)):
                assert not CUTS_A_WORD.search(story.text, max(span.start - 1, 0), span.start + 1), mark
                assert not CUTS_A_WORD.search(story.text, span.end - 1, span.end + 1), mark


def broken(**changes):
    data = json.loads(Reading(ARTICLE, "me", (Annotation("hedge", "modal", Span(4, 7)),)).to_json())
    for path, value in changes.items():
        *steps, last = path.split("__")
        place = data
        for step in steps:
            place = place[int(step) if step.isdigit() else step]
        place[last] = value
    return json.dumps(data)


BROKEN = {
    "not valid JSON (line 1)": "{not json",
    "schema is 'reading/9'": broken(schema="reading/9"),
    "schema is None": "[1, 2]",
    "the checksums differ": broken(article__sha256="0" * 64),
    "isn't a place in the text": broken(annotations__0__end=10_000),
    "there is no layer": broken(annotations__0__layer="mood"),
    "label is not text": broken(annotations__0__label=3),
    "'reader' is missing": json.dumps({**json.loads(broken()), "reader": None}).replace('"reader": null, ', ""),
    "is empty": "",
    "is broken": broken(annotations=7),
}


def test_the_kits_own_readings_are_known_by_name():
    assert Reading.load("blinken", load("blinken")).reader == "the careful reader"
    with pytest.raises(KitError, match="There is no file nobody"):
        Reading.load("nobody", load("blinken"))


@pytest.mark.parametrize("message", BROKEN)
def test_broken_files_get_a_sentence_and_stay_as_they_are(tmp_path, message):
    path = tmp_path / "me.json"
    path.write_text(BROKEN[message], "utf-8")
    with pytest.raises(KitError) as error:
        Reading.load(path, ARTICLE)
    assert message in str(error.value)
    assert "me.json" in str(error.value)
    assert "\n" not in str(error.value)
    assert path.read_text("utf-8") == BROKEN[message]


NO_ARTICLE = {"schema": "reading/1", "article": 3, "reader": "", "annotations": []}


@pytest.mark.parametrize("data", [None, 3, "x", [], {"schema": "reading/1"}, NO_ARTICLE])
def test_anything_else_is_refused_with_a_sentence(data):
    with pytest.raises(KitError):
        Reading.from_dict(data, ARTICLE)


@pytest.mark.skipif(os.name != "posix", reason="other systems have other rights")
def test_others_may_read_what_was_written(tmp_path):
    write_atomically(tmp_path / "a.json", "text")
    assert (tmp_path / "a.json").stat().st_mode & 0o777 == 0o644


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    write_atomically(path, "old")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, "new")
    assert path.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
