"""Two routes: a core fits into half an hour, and what a lesson says of its minutes is what is measured."""

from __future__ import annotations

import json
import re

import pytest
from conftest import ROOT

from kit.course.lesson_files import comes_last, lessons
from kit.course.lessons import read_lesson
from kit.course.minutes import Part, parts_of
from kit.errors import KitError

LONGEST_CORE = 30
MOST_WRITTEN = 2
STATED = re.compile(r"core: about (\d+) minutes\b.*?; more, if you like: about (\d+) ")
START, *COURSE = lessons()
each_lesson = pytest.mark.parametrize("lesson", COURSE)


def notebook(lesson):
    return ROOT / "notebooks" / f"{lesson}.ipynb"


def cells(lesson):
    return json.loads(notebook(lesson).read_bytes())["cells"]


@each_lesson
def test_a_core_fits_into_half_an_hour_and_asks_for_little_writing(lesson):
    core, _ = parts_of(notebook(lesson))
    assert core.minutes <= LONGEST_CORE
    assert core.written <= MOST_WRITTEN


@each_lesson
def test_what_a_lesson_says_of_its_minutes_is_what_is_measured(lesson):
    core, more = parts_of(notebook(lesson))
    head, *_ = cells(lesson)
    assert STATED.search(head["source"]).groups() == (str(core.stated), str(more.stated))
    heading = next(cell for cell in cells(lesson) if cell["source"].startswith("## More, if you like"))
    assert f"About {more.stated} minutes" in heading["source"]


def test_the_start_is_short_and_its_map_and_the_page_for_students_say_the_same():
    start, _ = parts_of(notebook(START))
    measured = [tuple(str(part.stated) for part in parts_of(notebook(lesson))) for lesson in COURSE]
    text = "\n\n".join(cell["source"] for cell in cells(START))
    assert start.stated <= 10
    assert f"about {start.stated} minutes" in text
    page = (ROOT / "docs" / "students.md").read_text("utf-8")
    assert re.findall(r"^\| 00 · .+ \| (\d+) \|  \|$", page, re.M) == [str(start.stated)]
    for table in (text, page):
        assert re.findall(r"^\| \[?0[1-9] · .+ \| (\d+) \| (\d+) \|$", table, re.M) == measured


@each_lesson
def test_its_exercises_say_how_long_they_take(lesson):
    path = ROOT / "exercises" / f"{lesson}.ipynb"
    head, *_ = json.loads(path.read_bytes())["cells"]
    assert f"| **Time** | about {parts_of(path)[0].stated} minutes; " in head["source"]


@each_lesson
def test_what_is_counted_as_core_stands_in_the_core(lesson):
    core, more = parts_of(notebook(lesson))
    counted = {f"{lesson}/{name}" for name in read_lesson(lesson).core}
    assert set(core.exercises) == counted
    assert more.exercises


@each_lesson
def test_what_is_asked_again_next_time_was_in_the_core(lesson):
    read = read_lesson(lesson)
    if not comes_last(lesson):
        assert {question.name for question in read.questions if question.opening} <= set(read.core)


def test_each_thing_that_one_does_takes_its_time(tmp_path):
    def minutes(*sources, kind="code"):
        made = [{"cell_type": kind, "metadata": {}, "source": source} for source in sources]
        (tmp_path / "x.ipynb").write_text(json.dumps({"cells": made}))
        return parts_of(tmp_path / "x.ipynb")[0].minutes

    story = 'story = kit.load("ferry_1")'
    whole = minutes(story, "kit.show(story)")
    assert minutes("word " * 130, kind="markdown") == 1
    assert minutes("[a](http://x.org/a-b-c) **b** | <kbd>c</kbd>", kind="markdown") == pytest.approx(3 / 130)
    assert minutes(story, "kit.show(story)", "kit.show(story)") == whole + 1
    assert minutes(story, 'kit.Marker("x/m", story, layer="hedge")') == pytest.approx(whole + 4, abs=0.2)
    assert minutes(story, 'kit.Marker("x/m", story, layer="hedge", paragraphs=(1, 1))') < whole + 4
    assert minutes('kit.Quiz("02_who_says_so/before")') < 3 < minutes('kit.Quiz("02_who_says_so/look-back")')
    assert minutes('kit.Quiz.review("02_who_says_so")') > 2


def test_a_lesson_without_a_second_route_is_all_core(tmp_path):
    (tmp_path / "x.ipynb").write_text(json.dumps({"cells": []}))
    assert parts_of(tmp_path / "x.ipynb") == (Part(0, (), 0), Part(0, (), 0))
    (tmp_path / "x.ipynb").write_text("[]")
    with pytest.raises(KitError, match=r"x\.ipynb is no notebook"):
        parts_of(tmp_path / "x.ipynb")
