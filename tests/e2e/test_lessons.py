"""Every lesson in a real JupyterLab, top to bottom, by mouse, by keyboard alone and by touch: no answer is ever lost.

`make test` walks through some of them each way, `make walks` through all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from conftest import ROOT
from playwright.sync_api import expect

import kit
from e2e.first_look import FirstLook
from e2e.lab import DARK, LIGHT, Lesson, Notebook
from e2e.student import REPORT, WIDGETS, Finger, Given, Keyboard, Mouse, Student, kind_of, shown
from kit.course.lesson_files import lesson_before
from kit.course.lessons import find_question, read_lesson

# Classes, since tests run side by side by class or file: these take longest.
pytestmark = pytest.mark.browser

LESSONS = [f"notebooks/{path.name}" for path in sorted((ROOT / "notebooks").glob("0*.ipynb"))]
ALONE = [f"exercises/{path.name}" for path in sorted((ROOT / "exercises").glob("0*.ipynb"))]
ASKS = re.compile(r'kit\.(Quiz\.review|Quiz|Marker|Rewriter|Paste)\("([^"]+)"')
# The code of the step in view; JupyterLab's app is in the page for tests alone.
CODE = """(step) => window.jupyterapp.shell.currentWidget.content.widgets
    .filter((cell) => cell.model.type === "code" && Number(cell.node.dataset.step) === step)
    .map((cell) => cell.model.sharedModel.getSource())"""
SHOWS = re.compile(r"kit\.(show|Quiz|Marker|Rewriter|Paste)\b")


def walks(*chosen: str) -> Any:
    """For a test of each lesson; `make test` runs those with these in their paths, `make walks` the others."""
    return pytest.mark.parametrize(
        "path",
        [
            path if any(name in path for name in chosen) else pytest.param(path, marks=pytest.mark.walk)
            for path in [*LESSONS, *ALONE]
        ],
    )


@pytest.fixture
def fresh(lab):
    """No answers from earlier tests."""
    lab.forget()
    return lab


@pytest.fixture(scope="class")
def window(lab):
    """A window that opens one lesson after another: to load JupyterLab takes longer than to open a lesson."""
    window = lab.open_lesson(LESSONS[0])
    window.lab.end_kernels(LESSONS[0])
    yield window
    window.close_page()


def exercises(cells: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The exercises of a lesson that nobody has worked on, in their order: name in the answers, and whole id."""
    found: list[tuple[str, str]] = []
    for cell in cells:
        for kind, exercise in ASKS.findall(cell["source"]) if cell["cell_type"] == "code" else []:
            if kind == "Quiz.review":
                opening = [item for item in read_lesson(lesson_before(exercise)).questions if item.opening][:2]
                found += [(f"again-{item.name}", item.id) for item in opening]
            else:
                found.append((exercise.split("/")[1], exercise))
    return found


def kept(lab: Any) -> dict[str, dict[str, Any]]:
    """The answers that the files on the server hold, by name; an exercise's marks are with it."""
    answers: dict[str, dict[str, Any]] = {}
    for path in lab.files("answers"):
        if not path.endswith(".json"):
            continue
        reading = json.loads(lab.file(path))
        for name, answer in reading.get("answers", {}).items():
            marks = [mark for mark in reading["annotations"] if mark["details"]["exercise"] == name]
            answers[name] = answer | {"marks": marks}
    return answers


def check_kept(lab: Any, asked: list[tuple[str, str]], given: list[Given]) -> None:
    """Every answer that the student gave stands in the files, and nothing else does."""
    answers = kept(lab)
    assert sorted(answers) == sorted(name for name, _ in asked)
    handed_in = [one.answer for one in given if one.answer is not None]
    for (name, exercise), answer in zip(asked, handed_in, strict=True):
        found = answers[name]
        assert "pasted" in found or found["committed"] is True, (name, found)
        if "picked" in answer:
            item = find_question(exercise)
            texts = dict(enumerate(item.words)) if item.kind == "span" else {o.id: o.text for o in item.options}
            picked = [texts[int(one) if item.kind == "span" else one] for one in found["picked"]]
            assert (picked, found["text"], found["sure"]) == (answer["picked"], answer["text"], answer["sure"]), name
            assert list(found["points"].values()) == answer.get("quotes", []), name
        elif "marks" in answer:
            for mark, (text, label, sure) in zip(found["marks"], answer["marks"], strict=True):
                assert (mark["text"], mark["label"], mark["confidence"]) == (text, label or mark["label"], sure), name
            assert list(found["disagree"].values()) == answer["disagree"], name
        else:
            assert {key: found[key] for key in answer} == answer, name


def check_asks(widget: Any, exercise: str) -> None:
    """A question that nobody has answered is there with all that can be chosen, and gives nothing away."""
    if "btl-quiz" not in widget.get_attribute("class"):
        return
    item, page = find_question(exercise), " ".join(shown(widget).replace("|", " ").split())
    asked = [item.question, item.passage]
    if item.kind not in ("text", "span"):
        asked += [text for option in item.options for text in (option.text, option.card, option.address)]
    told = [item.model, item.after, item.otherwise, *item.hints, *(option.feedback for option in item.options)]
    for text in filter(None, asked):
        assert " ".join(text.split()) in page, (exercise, text)
    for text in filter(None, told):
        assert " ".join(text.split()) not in page, (exercise, text)


def check_shown(notebook: Notebook, given: list[Given]) -> None:
    """The page shows every answer as it did when it was given."""
    widgets = notebook.page.locator(WIDGETS)
    expect(widgets).to_have_count(len(given))
    for number, one in enumerate(given):
        if one.answer is not None:
            assert shown(widgets.nth(number)) == one.shown


def walk(lesson: Lesson, student: Student, go_on: Callable[[], None]) -> None:
    """Through a lesson from its first step to its last, answering whatever it asks. ``go_on``: how to go on.

    Then all is kept, nothing is wrong, and whoever opens the lesson again finds it where it was.
    """
    cells = lesson.content()["cells"]  # Read once: from now on the lesson saves itself.
    asked, look = exercises(cells), FirstLook(cells, replace(kit.read_text(REPORT), own=True))
    to_come = iter(asked)
    given: list[Given] = []
    number, count = lesson.step()
    while True:
        widgets = lesson.cells().locator(WIDGETS)
        expect(widgets).to_have_count(widgets_in_view(lesson))
        lesson.check_begins_at_top()
        for widget in widgets.all():
            widget.scroll_into_view_if_needed()
            look.check(widget)
            if kind_of(widget) != "reader":
                check_asks(widget, next(to_come)[1])
            given.append(student.answer(widget))
        if number == count:
            break
        lesson.onward(go_on)
        number, count = lesson.step()
    check_kept(lesson.lab, asked, given)
    assert lesson.violations(".jp-NotebookPanel .btl, .btl-lesson-bar") == []
    lesson.none_runs()
    lesson.saved()
    lesson.check()
    lesson.lab.end_kernels(lesson.path)
    lesson.turn_to(lesson.path)
    check_shown(lesson, given)
    assert lesson.step() == (count, count)
    lesson.check_begins_at_top()
    check_kept(lesson.lab, asked, given)
    assert lesson.errors == []
    lesson.lab.end_kernels(lesson.path)


def widgets_in_view(lesson: Lesson) -> int:
    """How many widgets the step in view shows."""
    code = lesson.page.evaluate(CODE, lesson.step()[0] - 1)
    return sum(2 if "Quiz.review" in source else 1 for source in code if SHOWS.search(source))


class TestByMouse:
    @walks("notebooks/00", "notebooks/06")
    def test_lesson(self, fresh, window, path):
        window.turn_to(path)
        walk(window, Student(Mouse(window)), window.click_continue)


class TestByKeyboardAlone:
    """Nothing here clicks, and no script moves the focus; in the dark."""

    @walks("notebooks/04")
    def test_lesson(self, fresh, window, path):
        window.do("apputils:change-theme", theme=DARK)
        window.turn_to(path)
        walk(window, Student(Keyboard(window)), lambda: window.press("Shift+Enter"))
        window.do("apputils:change-theme", theme=LIGHT)


class TestByTouch:
    @walks("notebooks/02")
    def test_lesson(self, fresh, path):
        lesson = fresh.open_lesson(path, touch=True)
        lesson.resize(390, 800)
        go_on = lesson.page.get_by_role("button", name="Continue").tap
        walk(lesson, Student(Finger(lesson)), go_on)
        lesson.close_page()


class TestTheWay:
    """Whoever answers nothing gets to the end, too, and finds the beginning of each step at the top of the view."""

    @pytest.mark.parametrize("path", [*LESSONS, *ALONE])
    def test_each_step_begins_at_the_top(self, fresh, window, path):
        window.resize(*((390, 800) if path in LESSONS else (1366, 768)))
        window.turn_to(path)
        number, count = window.step()
        while number < count:
            expect(window.cells().locator(WIDGETS)).to_have_count(widgets_in_view(window))
            window.check_begins_at_top()
            window.onward(window.click_continue)
            number, count = window.step()
        window.check_begins_at_top()
        assert not window.notice().is_visible()
        assert window.errors == []
        window.lab.end_kernels(path)


class TestWithoutTheLessonView:
    """As in any Jupyter: a notebook that does not say which lesson it is."""

    def test_lesson(self, fresh):
        notebook = fresh.open(fresh.as_notebook(LESSONS[2]))
        notebook.run_all()
        cells = notebook.content()["cells"]
        asked, student, look, given = exercises(cells), Student(Mouse(notebook)), FirstLook(cells), []
        for widget in notebook.page.locator(WIDGETS).all():
            widget.scroll_into_view_if_needed()
            look.check(widget)
            given.append(student.answer(widget))
        check_kept(fresh, asked, given)
        notebook.restart()
        check_shown(notebook, given)
        check_kept(fresh, asked, given)
        assert notebook.errors == []
        notebook.close()
