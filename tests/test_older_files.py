"""Files that an earlier version of the kit has written: whoever has answered once keeps the answers."""

import json
import shutil
from hashlib import sha256

import pytest
from conftest import ROOT

from kit.course.answers import open_answers
from kit.course.feedback import read_answer
from kit.course.hand_in import hand_in
from kit.course.hand_in_code import WORDS, from_code
from kit.course.lessons import find_question
from kit.course.progress import progress
from kit.readings.reading import Reading
from kit.sources.load import load

EXAMPLES = ROOT / "tests" / "examples"
LESSON = "02_who_says_so"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    folder = tmp_path / "answers"
    folder.mkdir()
    monkeypatch.setenv("BTL_ANSWERS", str(folder))
    return folder


def test_answers_of_reading_1(folder):
    shutil.copy(EXAMPLES / "reading-1.json", folder / f"{LESSON}.json")
    answers = open_answers(LESSON)
    assert answers.message == ""
    nested = read_answer(find_question(f"{LESSON}/nested"), answers.get("nested"))
    assert (nested["picked"], nested["sure"], nested["hints"], nested["committed"]) == (
        ["department"],
        "unsure",
        1,
        True,
    )
    assert [earlier["picked"] for earlier in answers.history("nested")] == [["austin"]]
    assert answers.get("why-said")["text"] == "Because “said” takes no side 🕊️"
    story = load("blinken").text
    marks = answers.marks("mark")
    assert [(mark.span.of(story), mark.label, mark.confidence) for mark in marks] == [
        ("from", "cue", 1.0),
        ("had said", "cue", 0.5),
    ]
    assert list(answers.get("mark")["disagree"].values()) == ["I still read it as a signal."]
    answers.put("why-said", {"text": "More."})
    assert json.loads(answers.path.read_bytes())["answers"]["nested"]["picked"] == ["department"]


def test_a_reading_of_reading_1():
    reading = Reading.load(EXAMPLES / "reading-1.json", load("blinken"))
    assert len(reading.annotations) == 2
    assert set(reading.answers) == {"nested", "why-said", "mark"}


def test_what_was_handed_in_as_hand_in_1(folder):
    """The answers in it are a student's answers again, as far on as it says; handed in again, nothing is lost."""
    old = json.loads((EXAMPLES / "hand-in-1.json").read_bytes())
    assert (old["schema"], old["name"]) == ("hand-in/1", "Kim")
    for name, reading in old["readings"].items():
        (folder / f"{name}.json").write_text(json.dumps(reading), "utf-8")
    states = {(one["lesson"], one["exercise"]): one["state"] for one in old["progress"]}
    now = {(exercise.lesson, exercise.name): exercise.state for exercise in progress().exercises}
    touched = {exercise: state for exercise, state in states.items() if state != "untouched"}
    assert len(touched) == 6
    assert touched == {exercise: state for exercise, state in now.items() if state != "untouched"}
    again = json.loads(hand_in("Kim").file.read_bytes())
    assert again["readings"] == old["readings"]


def test_a_code_of_the_first_kind(folder):
    """Its dictionary never changes, whatever ids the lessons have by now."""
    assert sha256(WORDS).hexdigest() == "ce81e3b4af703c9b6f7caa3f90f7f3cba62d855c02e6a74937fd04e902182ff6"
    old = from_code((EXAMPLES / "hand-in-code-1.txt").read_text("utf-8"))
    assert [old[key] for key in ("schema", "name", "lessons", "at")] == [
        "hand-in/1",
        "Kim",
        [LESSON],
        "2026-12-01T09:30:00+00:00",
    ]
    reading = Reading.from_dict(old["readings"][LESSON], load("blinken"))
    story = reading.article.text
    assert [(mark.span.of(story), mark.confidence) for mark in reading.annotations] == [
        ("from", 1.0),
        ("had said", 0.5),
    ]
    nested = read_answer(find_question(f"{LESSON}/nested"), reading.answers["nested"])
    assert (nested["picked"], nested["sure"], nested["hints"]) == (["department"], "unsure", 1)
    assert [first["picked"] for first in reading.answers["nested"]["history"]] == [["austin"]]
    assert [mark["text"] for mark in reading.answers["mark"]["first"]] == ["from"]
    assert {row["exercise"] for row in old["progress"] if row["state"] == "done"} == {"nested", "why-said", "mark"}
