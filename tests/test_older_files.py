"""Files that the kit wrote once stay readable. The examples are as kit 1.0 wrote them, and are never changed."""

import json
from pathlib import Path

import pytest

import kit
from kit.course.answers import open_answers
from kit.text.article import read_text

EXAMPLES = Path(__file__).parent / "examples"
LESSON = "02_who_says_so"


@pytest.fixture
def handed_in(tmp_path, monkeypatch):
    """The answers of a hand-in as the lessons' own files again."""
    monkeypatch.setenv("BTL_ANSWERS", str(tmp_path))
    data = json.loads((EXAMPLES / "hand-in-1.json").read_text("utf-8"))
    for name, reading in data["readings"].items():
        (tmp_path / f"{name}.json").write_text(json.dumps(reading), "utf-8")
    return data


def test_a_reading_of_schema_1():
    article = read_text((EXAMPLES / "reading-1.txt").read_text("utf-8"))
    reading = kit.Reading.load(EXAMPLES / "reading-1.json", article)
    assert reading.reader == "kit 1.0"
    said, hedge = reading.annotations
    assert (said.layer, said.label, said.details["speaker"]) == ("attribution", "indirect", "Ada Brandt")
    assert {name: said.part(name, article.text) for name in said.parts} == {
        "source": "mayor Ada Brandt",
        "cue": "said",
        "content": "Rain may come to Port Vorn",
    }
    assert (hedge.label, hedge.voice, hedge.span.of(article.text)) == ("modal", "Ada Brandt", "may")
    assert reading.answers["guess"]["picked"] == ["a"]


def test_a_hand_in_of_schema_1(handed_in):
    assert (handed_in["schema"], handed_in["name"]) == ("hand-in/1", "Kim")
    store = open_answers(LESSON)
    assert store.message == ""
    assert store.get("first-look")["picked"] == ["leaders"]
    assert store.history("first-look")[0]["picked"] == ["blinken"]
    assert [mark.span.of(store.article.text) for mark in store.marks("mark")] == ["US Secretary"]


def test_what_was_done_counts_as_done(handed_in):
    done = {one["exercise"] for one in handed_in["progress"] if one["state"] == "done"}
    assert done == {"first-look", "mark"}
    assert {one.name for one in kit.progress(LESSON).of("done")} == done
