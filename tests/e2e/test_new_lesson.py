"""A lesson that `kit lesson` made, in a real JupyterLab: the lesson view shows it, step by step."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT

from e2e.made_lesson import made_lesson
from e2e.student import WIDGETS, Mouse, Student, kind_of
from kit.cli import main
from kit.course.lessons import read_lesson

pytestmark = [pytest.mark.browser, pytest.mark.walk]
ARTICLE = ROOT / "tests" / "examples" / "new_lesson" / "agency.txt"


@pytest.fixture
def lesson(tmp_path, browser, monkeypatch):
    """The lesson, opened in its own folder."""
    with made_lesson(ARTICLE, tmp_path / "course", browser, monkeypatch) as lesson:
        yield lesson


def test_it_is_worked_through_and_handed_in_and_the_class_page_reads_it(lesson, tmp_path):
    student = Student(Mouse(lesson))
    number, count = lesson.step()
    while True:
        for widget in lesson.cells().locator(WIDGETS).all():
            if kind_of(widget) == "rewriter":  # not every word that is marked in it has another to put there
                student.hands.write(widget.get_by_role("textbox").last, " It rained.")
                widget.get_by_role("button", name="Write to files").click()
                widget.get_by_text("Written: answers/").wait_for()
            else:
                student.answer(widget)
        form = lesson.cells().locator(".btl-hand-in")
        if form.count():
            form.get_by_label("Your name").fill("Kim Lee")
            form.get_by_role("button", name="Hand in this lesson").click()
            form.get_by_text("Written: answers/handed-in/agency_Kim-Lee.json.").wait_for()
        if number == count:
            break
        lesson.onward(lesson.click_continue)
        number, count = lesson.step()
    assert not lesson.notice().is_visible()
    assert lesson.errors == []
    held = json.loads(lesson.lab.file("answers/handed-in/agency_Kim-Lee.json"))["readings"]["agency"]["answers"]
    core = set(read_lesson("agency").core)
    assert core <= {name for name, answer in held.items() if answer.get("committed")}
    (tmp_path / "in.json").write_text(lesson.lab.file("answers/handed-in/agency_Kim-Lee.json"), "utf-8")
    assert main(["class", str(tmp_path / "in.json"), "-o", str(tmp_path / "class.html"), "--names"]) == 0
    page = (tmp_path / "class.html").read_text("utf-8")
    assert "Kim Lee" in page
    assert f"{len(core)}/{len(core)}" in page
