"""A lesson that `kit lesson` made, in a real JupyterLab: the lesson view shows it, step by step."""

from __future__ import annotations

import json
import shutil

import pytest
from conftest import ROOT, running_lab
from playwright.sync_api import expect

from e2e.lab import WAIT, Lab
from e2e.student import WIDGETS, Mouse, Student, kind_of
from kit.cli import main
from kit.course.answers import forget_open
from kit.resources import FIRST

pytestmark = [pytest.mark.browser, pytest.mark.walk]
ARTICLE = ROOT / "tests" / "examples" / "new_lesson" / "agency.txt"


@pytest.fixture
def lesson(tmp_path, browser, monkeypatch):
    """The lesson, opened in its own folder."""
    folder = tmp_path / "course" / "my class"
    (tmp_path / "course" / "notebooks").mkdir(parents=True)
    shutil.copy(ROOT / FIRST, tmp_path / "course" / FIRST)  # which makes it a course
    assert main(["lesson", str(ARTICLE), "-o", str(folder)]) == 0
    monkeypatch.chdir(folder)
    monkeypatch.delenv("BTL_ANSWERS", raising=False)
    forget_open()
    expect.set_options(timeout=WAIT)
    with running_lab(tmp_path / "course", tmp_path, "--LabApp.expose_app_in_browser=True") as (address, _):
        lesson = Lab(address, browser).open_lesson("my class/agency.ipynb")
        yield lesson
        lesson.close()


def test_each_step_opens_and_an_answer_is_kept(lesson):
    seen = 0
    number, count = lesson.step()
    while True:
        for widget in lesson.cells().locator(WIDGETS).all():
            seen += 1
            if kind_of(widget) == "quiz" and number == 1:
                Student(Mouse(lesson)).answer(widget)
        if number == count:
            break
        lesson.onward(lesson.click_continue)
        number, count = lesson.step()
    assert seen >= 10
    assert not lesson.notice().is_visible()
    assert lesson.errors == []
    lesson.saved()
    answers = json.loads(lesson.lab.file("answers/agency.json"))["answers"]
    assert answers["how-much"]["committed"]
