"""Every lesson in a real JupyterLab, from top to bottom, by mouse and by keyboard alone: no answer is ever lost."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from conftest import ROOT
from playwright.sync_api import expect

from e2e.first_look import check_first_look
from e2e.lab import DARK, LIGHT, Notebook
from e2e.student import WIDGETS, Given, Keyboard, Mouse, Student, shown
from kit.course.lessons import find_question, lesson_before, read_lesson

# Classes, since tests run side by side by class or file: these take longest.
pytestmark = pytest.mark.browser

LESSONS = [f"notebooks/{path.name}" for path in sorted((ROOT / "notebooks").glob("0*.ipynb"))]
ALONE = [f"exercises/{path.name}" for path in sorted((ROOT / "exercises").glob("0*.ipynb"))]
ASKS = re.compile(r'kit\.(Quiz\.review|Quiz|Marker|Rewriter|Paste)\("([^"]+)"')
SHOWS = re.compile(r"kit\.(show|Quiz|Marker|Rewriter|Paste)\b")


@pytest.fixture
def fresh(lab):
    """No answers from earlier tests."""
    lab.forget()
    yield lab
    lab.theme(LIGHT)


def exercises(notebook: Notebook) -> list[tuple[str, str]]:
    """The exercises of a lesson that nobody has worked on, in their order: name in the answers, and whole id."""
    found: list[tuple[str, str]] = []
    for cell in notebook.content()["cells"]:
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


class TestByMouse:
    @pytest.mark.parametrize("path", [*LESSONS, *ALONE])
    def test_lesson(self, fresh, path):
        fresh.theme(LIGHT)
        notebook = fresh.open(path)
        notebook.run_all()
        check_first_look(notebook)
        asked = exercises(notebook)
        student = Student(Mouse(notebook))
        widgets = notebook.page.locator(WIDGETS)
        to_come = iter(asked)
        given: list[Given] = []
        while len(given) < widgets.count():
            widget = widgets.nth(len(given))
            if "btl-reader" not in widget.get_attribute("class"):
                check_asks(widget, next(to_come)[1])
            given.append(student.answer(widget))
            if "pasted" in (given[-1].answer or {}):
                with notebook.running_again(widget):
                    notebook.command("Run", "Run Selected Cell and All Below")
                notebook.has_run()
        check_kept(fresh, asked, given)
        assert notebook.violations(".btl") == []
        notebook.restart()
        check_shown(notebook, given)
        assert notebook.errors == []
        notebook.close_page()
        again = fresh.open(path)
        again.run_all()
        check_shown(again, given)
        check_kept(fresh, asked, given)
        assert again.errors == []
        again.close()


class TestByKeyboardAlone:
    """Nothing here clicks, and no script moves the focus: a page that has loaded has it on the first cell."""

    @pytest.mark.parametrize("path", LESSONS)
    def test_lesson(self, fresh, path):
        fresh.theme(DARK)
        notebook = fresh.open(path)
        hands = Keyboard(notebook)
        student = Student(hands)
        asked = exercises(notebook)
        cells = notebook.content()["cells"]
        given: list[Given] = []
        for number, cell in enumerate(cells):
            notebook.press("Shift+Enter" if number < len(cells) - 1 else "Control+Enter")
            if not SHOWS.search(cell["source"]) or cell["cell_type"] != "code":
                continue
            node = notebook.page.locator(".jp-Notebook:visible .jp-Cell").nth(number)
            widgets = node.locator(WIDGETS)
            expect(widgets).to_have_count(2 if "Quiz.review" in cell["source"] else 1)
            notebook.press("ArrowUp")
            given += [student.answer(widget) for widget in widgets.all()]
            hands.leave(node)
            notebook.press("ArrowDown")
        notebook.idle()
        notebook.save()
        notebook.check()
        check_kept(fresh, asked, given)
        assert notebook.violations(".btl") == []
        notebook.press("0", "0")
        notebook.page.get_by_role("dialog").get_by_text("Restart Kernel?").wait_for()
        with notebook.running_again():
            notebook.press("Enter", "Control+a", "Control+Enter")
        notebook.idle()
        check_shown(notebook, given)
        notebook.save()
        notebook.check()
        check_kept(fresh, asked, given)
        assert notebook.errors == []
        notebook.close()
