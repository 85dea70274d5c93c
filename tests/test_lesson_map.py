"""What the lesson view hears from the kit, and the answers of those who share a computer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import kit
from kit.course import lesson_map
from kit.course.answers import open_answers
from kit.course.answers_folder import IN_USE, all_folders, answers_folder, choose_folder, start_afresh
from kit.course.hand_in_code import from_code
from kit.course.lessons import read_lesson
from kit.render.glossary import all_terms

LESSON = "02_who_says_so"
NOTEBOOK = {
    "cells": [{"cell_type": "markdown", "source": ["# 02 · Who says so?\n", "\n", "Text"], "metadata": {}}],
    "metadata": {"between_the_lines": {"lesson": LESSON}},
}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of one lesson, with exercises; one works in its folder of notebooks."""
    monkeypatch.delenv("BTL_ANSWERS", raising=False)
    for folder in ("notebooks", "exercises"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{LESSON}.ipynb").write_text(json.dumps(NOTEBOOK), "utf-8")
    monkeypatch.chdir(tmp_path / "notebooks")
    return tmp_path


def answered(question: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """What the lesson view gets."""
    shown: list[Any] = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append(data["application/json"]))
    lesson_map.answer(json.dumps(question))
    assert capsys.readouterr().out == ""
    (one,) = shown
    assert json.loads(json.dumps(one)) == one
    return one


def test_the_map_tells_what_is_done_and_open(course):
    open_answers(LESSON).put("before", {"picked": ["half"], "committed": True})
    open_answers(LESSON).put("no-source", {"picked": []})
    open_answers(LESSON).put("nested", {"picked": ["department"], "sure": "sure", "committed": True})
    (lesson,) = lesson_map.look(LESSON)["lessons"]
    assert lesson["title"] == "02 · Who says so?"
    assert (lesson["notebook"], lesson["exercises"]) == (f"{LESSON}.ipynb", f"../exercises/{LESSON}.ipynb")
    core = read_lesson(LESSON).core
    assert lesson["count"] == len(core)
    assert lesson["more"] == {"count": len(kit.progress(LESSON).exercises) - len(core), "done": 1}
    states = [one["state"] for one in lesson["open"]]
    assert (lesson["done"], states.count("begun")) == (1, 1)
    assert len(states) == lesson["count"] - 1


def test_notebooks_that_are_not_lessons_are_not_on_the_map(course):
    for name, text in (("a", "{"), ("b", "[]"), ("c", '{"metadata": {}, "cells": []}')):
        (course / "notebooks" / f"{name}.ipynb").write_text(text, "utf-8")
    (course / "notebooks" / "own.ipynb").write_text(
        json.dumps({"cells": [{"source": "No heading"}], "metadata": {"between_the_lines": {"lesson": "own"}}}), "utf-8"
    )
    found = {one["id"]: one for one in lesson_map.look(LESSON)["lessons"]}
    assert list(found) == [LESSON, "own"]
    assert (found["own"]["title"], found["own"]["count"], found["own"]["exercises"]) == ("own", 0, "")


def test_a_copy_is_no_lesson_of_its_own_and_a_new_name_changes_nothing(course):
    lesson = course / "notebooks" / f"{LESSON}.ipynb"
    (course / "notebooks" / f"{LESSON}-Copy1.ipynb").write_text(lesson.read_text("utf-8"), "utf-8")
    (shown,) = lesson_map.look(LESSON)["lessons"]
    assert shown["notebook"] == lesson.name
    lesson.unlink()
    (shown,) = lesson_map.look(LESSON)["lessons"]
    assert (shown["notebook"], shown["exercises"]) == (f"{LESSON}-Copy1.ipynb", f"../exercises/{LESSON}.ipynb")


def test_the_lessons_of_this_project_are_all_on_it(monkeypatch):
    monkeypatch.chdir(ROOT / "exercises")
    shown = lesson_map.look(LESSON)["lessons"]
    assert [one["id"] for one in shown] == [path.stem for path in sorted((ROOT / "notebooks").glob("0*.ipynb"))]
    assert all(Path(one["notebook"]).is_file() for one in shown)
    assert all(not one["exercises"] or Path(one["exercises"]).is_file() for one in shown)


def test_a_term_is_called_as_its_cell_in_the_glossary_notebook():
    cells = json.loads((ROOT / "notebooks" / "glossary.ipynb").read_text("utf-8"))["cells"]
    assert {lesson_map.slug(one.term) for one in all_terms()} <= {cell["id"] for cell in cells}


def test_the_place_is_kept_with_the_answers(course):
    place = {"reached": {"cell": "abc", "number": 4}}
    assert lesson_map.keep_place(LESSON, place) == {}
    lesson_map.keep_place(f"{LESSON}/exercises", None)
    assert lesson_map.look(LESSON)["place"] == place
    assert lesson_map.look("01_what_am_i_looking_at")["place"] is None


@pytest.mark.parametrize("broken", ["", "{", "[1]", "null", "\x00"])
def test_a_broken_place_is_ignored(course, broken):
    (course / "answers").mkdir()
    (course / "answers" / lesson_map.PLACES).write_text(broken, "utf-8")
    assert lesson_map.look(LESSON)["place"] is None
    lesson_map.keep_place(LESSON, 1)
    assert lesson_map.look(LESSON)["place"] == 1


def test_somebody_else_starts_afresh_and_the_first_one_can_come_back(course):
    open_answers(LESSON).put("before", {"picked": ["half"], "committed": True})
    lesson_map.keep_place(LESSON, 7)
    told = lesson_map.somebody_else(LESSON)
    assert (told["place"], told["lessons"][0]["done"]) == (None, 0)
    assert answers_folder() == course / "answers" / "person-2"
    assert [one["in_use"] for one in told["folders"]] == [False, True]
    assert open_answers(LESSON).get("before") == {}
    open_answers(LESSON).put("before", {"picked": ["all"], "committed": True})
    told = lesson_map.choose(LESSON, "answers")
    assert (told["place"], told["lessons"][0]["done"]) == (7, 1)
    assert open_answers(LESSON).get("before")["picked"] == ["half"]
    choose_folder("person-2")
    assert open_answers(LESSON).get("before")["picked"] == ["all"]


def test_each_one_who_comes_has_a_folder_that_nobody_had(course):
    names = [start_afresh().name for _ in range(11)]
    assert names == [f"person-{number}" for number in range(2, 13)]
    assert [folder.name for folder in all_folders()] == ["answers", *names]
    assert [folder.name for folder in all_folders() if folder.in_use] == ["person-12"]


@pytest.mark.parametrize("said", ["../elsewhere", "person-9", "", "person-2/..", "\xff"])
def test_a_folder_that_is_not_there_is_not_in_use(course, said):
    start_afresh()
    (course / "answers" / IN_USE).write_bytes(said.encode("latin-1"))
    assert answers_folder() == course / "answers"


def test_a_question_that_can_not_be_answered_is_answered_with_a_sentence(course, capsys, monkeypatch):
    told = answered({"do": "choose", "lesson": LESSON, "folder": "../.."}, capsys, monkeypatch)
    assert told == {"problem": "There are no answers in answers/../... Choose one of those that are there."}
    (course / "answers").write_text("a file in the way", "utf-8")
    told = answered({"do": "somebody else", "lesson": LESSON}, capsys, monkeypatch)
    assert "problem" in told


def test_all_is_handed_in(course, capsys, monkeypatch):
    told = answered({"do": "hand in all", "lesson": LESSON, "name": "Ada"}, capsys, monkeypatch)
    assert (told["file"], told["page"]) == ("../answers/handed-in/all_lessons_Ada.json", "../answers/hand-in.html")
    assert json.loads(Path(told["file"]).read_text("utf-8"))["name"] == "Ada"
    assert told["told"].startswith("To hand in: answers/handed-in/all_lessons_Ada.json")


def test_one_lesson_is_handed_in_with_its_code(course, capsys, monkeypatch):
    told = answered({"do": "hand in", "lesson": LESSON, "name": "Ada"}, capsys, monkeypatch)
    assert told["file"] == f"../answers/handed-in/{LESSON}_Ada.json"
    assert from_code(told["code"])["name"] == "Ada"
    assert told["told"].startswith(f"Written: answers/handed-in/{LESSON}_Ada.json. ")
