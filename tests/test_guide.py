"""The teacher's guide: its minutes are those measured, and its rubric has each written question once and no other."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

from kit.classroom.handout import handed_out
from kit.course.lesson_files import lessons
from kit.course.lessons import read_lesson
from kit.course.minutes import parts_of

GUIDE = (ROOT / "exercises" / "TEACHER_GUIDE.md").read_text("utf-8")
MINUTES = re.compile(r"^\| (\d\d · .+?) \| \S.+? \| (\d+) \| (\d+|–) \| (\d+|–) \|$", re.M)
LEVELS = re.compile(r"^\| `([\w-]+)` (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.M)


def heading(lesson):
    return f"{lesson[:2]} · {read_lesson(lesson).title}"


def sections(title):
    """What stands below each lesson's heading, in the section of this title."""
    whole = GUIDE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in whole.split("\n### ")[1:]}


def measured(lesson):
    core, more = parts_of(ROOT / "notebooks" / f"{lesson}.ipynb")
    alone = ROOT / "exercises" / f"{lesson}.ipynb"
    exercises = parts_of(alone)[0].stated if alone.exists() else 0
    return tuple(str(minutes or "–") for minutes in (core.stated, more.stated, exercises))


def test_its_minutes_are_those_that_are_measured():
    told = {title: tuple(minutes) for title, *minutes in MINUTES.findall(GUIDE)}
    assert told == {heading(lesson): measured(lesson) for lesson in lessons()}


def test_each_lesson_has_its_part_with_where_students_differ_and_what_to_ask():
    parts = sections("Lesson by lesson")
    assert list(parts) == [heading(lesson) for lesson in lessons()]
    for part in parts.values():
        said = re.findall(r"\*([A-Z][^*]+)\.\*", " ".join(part.split()))
        assert said == ["Where they differ", "Why that is good", "Ask"]


@pytest.mark.parametrize("lesson", lessons())
def test_its_rubric_has_each_written_question_in_three_levels_and_no_other(lesson):
    written = [(asked.name, asked.title) for asked in read_lesson(lesson).questions if asked.kind == "text"]
    rows = LEVELS.findall(sections("Rubric for written answers").get(heading(lesson), ""))
    assert sorted((name, title) for name, title, *_ in rows) == sorted(written)
    assert all(len(set(levels)) == 3 for _, _, *levels in rows)


def test_students_do_not_get_it():
    assert "TEACHER_GUIDE.md" in {path.name for path in (ROOT / "exercises").iterdir()}
    assert [file.name for file in handed_out() if "GUIDE" in file.name] == []
