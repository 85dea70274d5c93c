"""The lesson view: a lesson runs by itself, step by step, and says what is wrong; the notebook is one click away."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.lab import DARK, LIGHT, Lab, Lesson
from kit.course.hand_in_code import from_code
from kit.version import __version__

pytestmark = pytest.mark.browser

LESSON = {"lesson": "02_who_says_so"}
CELLS = (
    "# A small lesson\n\nSome words, and [a term](../notebooks/glossary.ipynb#cell-id=hedge).",
    "import kit",
    "## 1 · Guess",
    'kit.Quiz("02_who_says_so/before")',
    "## 2 · Read",
    'kit.show("The ferry may be late, the harbour office said.")',
    "## 3 · Try",
    'text = "It may rain."\nprint(text)\nkit.report(kit.annotate(text))["hedges"]',
    "## The end",
)
ENDS_ONCE = """import os
if not os.path.exists("../ended"):
    open("../ended", "w").close()
    os._exit(1)
kit.glossary("hedge")"""
CHROME = "#jp-top-panel, #jp-bottom-panel, .jp-SideBar, .lm-DockPanel-tabBar, #jp-left-stack"
# Where that which has the focus ends, and the view; where the bar begins, and whether the focus is in it.
FOCUS = """() => {
    const bar = document.querySelector(".btl-lesson-bar");
    const { bottom } = document.activeElement.getBoundingClientRect();
    const { top } = bar.getBoundingClientRect();
    const view = document.querySelector(".btl-lesson .jp-WindowedPanel-outer").getBoundingClientRect().bottom;
    return { bottom, view, bar: top, inBar: bar.contains(document.activeElement) };
}"""
OF_CELLS = ".jp-InputPrompt, .jp-cell-toolbar, .jp-Notebook-footer, .cm-editor, .jp-Collapser"


SWITCH = "between-the-lines:show-notebook"
OF_A_PYTHON_THAT_IS_GONE = ("Cannot send", "Kernel is dead")  # What ipywidgets says of its widgets there.
NUMBERS = count(1)


@pytest.fixture(scope="module")
def window(lab: Lab) -> Iterator[Lesson]:
    """One window for all of these tests: to load JupyterLab takes longer than most of them."""
    window = lab.open_lesson(lab.write("exercises/small.ipynb", *CELLS, lesson=LESSON))
    yield window
    window.close()


@pytest.fixture
def begin(window: Lesson) -> Iterator[Callable[..., Lesson]]:
    """Opens a small lesson that nobody has opened before."""
    lab, paths = window.lab, []
    lab.forget()

    def begin(*cells: str, lesson: Any = LESSON, shown: int | None = None) -> Lesson:
        content = lab.notebook(*(cells or CELLS), lesson=lesson)
        if shown is not None:
            content["cells"][shown]["metadata"] = {"between_the_lines": {"code": "shown"}}
        paths.append(lab.put(f"exercises/small_{next(NUMBERS)}.ipynb", content))
        window.turn_to(paths[-1])
        return window

    yield begin
    if window.page.evaluate(f"window.jupyterapp.commands.isToggled('{SWITCH}')"):
        window.do(SWITCH)
    lab.end_kernels(*paths)
    lab.forget("answers/person-2")
    lab.forget()
    errors = [error for error in window.errors if error not in OF_A_PYTHON_THAT_IS_GONE]
    window.errors.clear()
    assert errors == []


def answer(lesson: Lesson) -> None:
    lesson.page.get_by_role("radio", name="About half").check()
    lesson.page.get_by_role("button", name="Commit my answer").click()
    lesson.page.get_by_role("status").get_by_text("Saved in ").wait_for()


def text(lesson: Lesson, words: str) -> Any:
    """The lesson's own text with these words."""
    return lesson.page.locator(".jp-MarkdownOutput", has_text=words)


def button(lesson: Lesson, name: str) -> Any:
    return lesson.page.get_by_role("button", name=name, exact=True).locator("visible=true")


def said(lesson: Lesson, words: str | re.Pattern[str]) -> None:
    """Wait for a sentence above the bar."""
    expect(lesson.notice().locator("visible=true")).to_contain_text(words)


class TestInPeace:
    def test_it_comes_to_its_first_question_by_itself_and_nothing_of_jupyter_is_seen(self, begin):
        lesson = begin()
        page = lesson.page
        expect(page.locator(".btl-quiz")).to_be_in_viewport()
        assert lesson.step() == (1, 4)
        assert page.locator(f":is({CHROME}, {OF_CELLS}):visible").count() == 0
        expect(text(lesson, "2 · Read")).to_be_hidden()
        with lesson.unchanged():
            text(lesson, "Some words").dblclick()
            text(lesson, "Some words").click()
            lesson.press("a", "b", "d", "d", "m", "Enter", "x", "Escape", "Alt+Enter", "Control+Shift+ArrowDown")
            text(lesson, "Some words").click(button="right")
        assert page.locator(":is(.cm-editor, .lm-Menu):visible").count() == 0

    def test_it_is_accessible_in_both_themes(self, begin):
        lesson = begin()
        button(lesson, "Map").click()
        lesson.page.get_by_text("You are here.").wait_for()
        for theme in (DARK, LIGHT):
            lesson.do("apputils:change-theme", theme=theme)
            lesson.page.locator(f"body[data-jp-theme-name='{theme}']").wait_for(state="attached")
            assert lesson.violations(".jp-NotebookPanel:not(.lm-mod-hidden)") == [], theme

    def test_the_last_step_adds_no_cell_and_keys_go_on_from_inside_a_field(self, begin):
        cells = [*CELLS[:3], 'kit.Quiz("02_who_says_so/look-back")', *CELLS[4:]]
        lesson = begin(*cells)
        lesson.page.get_by_label("Your answer").click()
        lesson.page.keyboard.insert_text("Half of a thought")
        for keys in ("Control+Enter", "Shift+Enter", "Control+Enter"):
            lesson.onward(lambda keys=keys: lesson.press(keys))
            lesson.check_begins_at_top()
        lesson.press("Shift+Enter")
        expect(lesson.page.locator(".btl-lesson-unseen")).to_contain_text("You are at the end of this lesson.")
        assert lesson.step() == (4, 4)
        assert [cell["source"] for cell in lesson.saved()["cells"]] == list(cells)
        assert lesson.page.get_by_label("Your answer").input_value() == "Half of a thought"

    def test_at_twice_the_size_and_on_a_telephone_all_of_it_is_in_reach(self, begin):
        lesson = begin()
        for width, height, zoom in ((1366, 768, 2), (390, 800, 1)):
            lesson.resize(width, height, zoom=zoom)
            for name in ("Map", "One step back", "One step forward", "Show the notebook", "Continue"):
                box = button(lesson, name).bounding_box()
                assert box["x"] >= 0, name
                assert box["x"] + box["width"] <= width / zoom, name
                assert min(box["width"], box["height"]) >= 24, name
            assert lesson.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
        lesson.onward(lesson.click_continue)
        lesson.check_begins_at_top()
        lesson.resize(1280, 900)

    @pytest.mark.parametrize(("width", "height", "zoom"), [(1366, 768, 1), (1366, 768, 2), (390, 800, 1)])
    def test_what_has_the_focus_never_stands_under_the_bar(self, begin, width, height, zoom):
        lesson = begin()
        lesson.resize(width, height, zoom=zoom)
        seen = []
        while not (seen and seen[-1]["inBar"]):
            lesson.press("Tab")
            lesson.still()
            seen.append(lesson.page.evaluate(FOCUS))
        lesson.resize(1280, 900)
        assert len(seen) > 3  # the options, how sure, and the buttons
        assert [one for one in seen[:-1] if one["bottom"] > one["bar"]] == []
        assert {one["view"] for one in seen} == {one["bar"] for one in seen}  # what is scrolled ends where it begins


class TestTheNotebookInPlace:
    def test_all_of_jupyter_comes_back_and_that_is_remembered(self, begin):
        lesson = begin()
        lesson.onward(lesson.click_continue)
        with lesson.page.expect_response(lambda one: one.request.method == "PUT" and "/api/settings/" in one.url):
            button(lesson, "Show the notebook").click()
        shown = lesson.page.locator("#jp-top-panel, .jp-DirListing-content, .lm-DockPanel-tabBar, #jp-main-statusbar")
        expect(shown.filter(visible=True)).to_have_count(4)
        text(lesson, "The end").wait_for()
        assert lesson.page.locator(".jp-InputPrompt:visible").count()
        assert lesson.page.locator(".btl-lesson-bar:visible").count() == 0
        again = lesson.lab.open(lesson.path)
        expect(button(again, "Show the lesson")).to_be_visible()
        assert again.page.locator(".btl-lesson-bar:visible").count() == 0
        button(again, "Show the lesson").click()
        again.page.locator(".btl-lesson-where").get_by_text("Step 2 of 4").wait_for()
        expect(text(again, "The end")).to_be_hidden()
        again.close_page()

    def test_it_is_shown_at_once_while_the_server_does_not_answer(self, begin):
        """Whoever clicks next clicks on what they see."""
        lesson = begin()
        held: list[Any] = []
        lesson.page.route("**/api/settings/**", lambda route: held.append(route))
        button(lesson, "Show the notebook").click()
        assert lesson.page.locator(".btl-lesson-bar:visible").count() == 0
        expect(button(lesson, "Show the lesson")).to_be_visible()
        button(lesson, "Show the lesson").click()
        assert lesson.step() == (1, 4)
        for route in held:
            route.continue_()
        lesson.page.unroute("**/api/settings/**")

    def test_what_was_deleted_moved_and_added_there_is_followed(self, begin):
        lesson = begin()
        lesson.onward(lesson.click_continue)
        button(lesson, "Show the notebook").click()
        lesson.page.locator(".jp-Cell").nth(2).click()
        lesson.press("Escape", "d", "d", "b")
        button(lesson, "Show the lesson").click()
        lesson.ready()
        assert lesson.step() == (2, 4)
        button(lesson, "Show the notebook").click()
        lesson.focus()
        lesson.press("Control+a", "d", "d")
        button(lesson, "Show the lesson").click()
        said(lesson, "There is nothing in this lesson")


class TestWhereOneWas:
    def test_it_opens_again_on_that_step_with_what_was_answered(self, begin):
        lesson = begin()
        answer(lesson)
        lesson.onward(lesson.click_continue)
        lesson.onward(lesson.click_continue)
        button(lesson, "One step back").click()
        assert lesson.step() == (2, 4)
        button(lesson, "Back to step 3").click()
        assert lesson.step() == (3, 4)
        lesson.lab.end_kernels(lesson.path)
        lesson.turn_to(lesson.path)
        assert lesson.step() == (3, 4)
        lesson.check_begins_at_top()
        assert lesson.page.get_by_role("button", name="Change my mind").is_visible()

    def test_its_notebook_has_another_name_now(self, begin):
        lesson = begin()
        lesson.onward(lesson.click_continue)
        renamed = lesson.path.replace("small", "renamed")
        lesson.save()
        rename = "names => window.jupyterapp.serviceManager.contents.rename(...names)"
        lesson.page.evaluate(rename, [lesson.path, renamed])
        lesson.onward(lesson.click_continue)
        lesson.turn_to(renamed)
        assert lesson.step() == (3, 4)
        lesson.lab.end_kernels(renamed)


class TestPython:
    def test_it_ends_in_the_middle_of_a_step(self, begin):
        lesson = begin(*CELLS[:4], "## 2", ENDS_ONCE)
        answer(lesson)
        lesson.click_continue()
        said(lesson, "Python had to start again. Your answers are safe")
        lesson.press("Shift+Enter")
        assert lesson.page.locator(".jp-Dialog").count() == 0
        lesson.ready()
        lesson.page.locator(".jp-OutputArea").get_by_text("less certain or less exact").wait_for()
        lesson.page.get_by_role("button", name="Change my mind").wait_for()
        assert lesson.step() == (2, 2)

    def test_somebody_ends_it_and_it_can_be_started_again(self, begin):
        lesson = begin()
        answer(lesson)
        lesson.onward(lesson.click_continue)
        lesson.lab.end_kernels(lesson.path)
        said(lesson, "Python has stopped. Your answers are safe.")
        button(lesson, "Start Python again").click()
        lesson.ready()
        lesson.page.get_by_role("button", name="Change my mind").click()
        button(lesson, "Commit my answer").wait_for()  # Then the view has moved up to it.
        lesson.onward(lesson.click_continue)

    def test_it_was_restarted_while_the_notebook_was_shown(self, begin):
        lesson = begin()
        lesson.onward(lesson.click_continue)
        button(lesson, "Show the notebook").click()
        lesson.do("notebook:restart-kernel")
        lesson.page.locator(".jp-Dialog").get_by_role("button", name="Confirm Kernel Restart").click()
        lesson.page.locator(".jp-Dialog").wait_for(state="detached")
        lesson.page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
        button(lesson, "Show the lesson").click()
        lesson.ready()
        assert lesson.step() == (2, 4)
        answer(lesson)
        lesson.onward(lesson.click_continue)

    def test_a_cell_that_fails_is_said_and_can_be_tried_again(self, begin):
        lesson = begin(*CELLS[:4], "## 2", "open('../wanted.txt').close()\nkit.glossary('hedge')")
        lesson.onward(lesson.click_continue)
        said(lesson, "Something in this step did not work. Your answers are safe.")
        wanted = {"type": "file", "format": "text", "content": ""}
        lesson.lab.request("PUT", "/api/contents/wanted.txt", wanted)
        button(lesson, "Try again").click()
        lesson.page.locator(".jp-OutputArea").get_by_text("less certain or less exact").wait_for()
        expect(lesson.notice()).to_be_hidden()
        lesson.lab.request("DELETE", "/api/contents/wanted.txt")

    def test_the_connection_is_lost_and_comes_back(self, begin, window):
        lesson = window.other_window(window.lab.write("exercises/far_away.ipynb", *CELLS, lesson=LESSON))
        reachable, lines = [True], []

        def line(socket: Any) -> None:
            if reachable[0]:
                socket.connect_to_server()
                lines.append(socket)
            else:
                socket.close(code=4000)

        lesson.page.route_web_socket(re.compile("/channels"), line)
        lesson.load()
        answer(lesson)
        reachable[0] = False
        lines[-1].close(code=4000)
        said(lesson, "Jupyter does not answer.")
        lesson.click_continue()
        reachable[0] = True
        button(lesson, "Try again").click()
        lesson.ready()
        expect(lesson.notice()).to_be_hidden()
        assert lesson.step() == (2, 4)
        lesson.page.close()
        lesson.lab.end_kernels(lesson.path)


class TestCodeInALesson:
    def test_what_was_changed_runs_before_the_lesson_goes_on(self, begin):
        lesson = begin(shown=7)
        for _ in range(2):
            lesson.onward(lesson.click_continue)
        editor = lesson.page.locator(".cm-content:visible")
        expect(editor).to_have_count(1)
        editor.click()
        lesson.press("Control+a")
        lesson.page.keyboard.insert_text('print("changed", 6 * 7)')
        lesson.press("Shift+Enter")
        lesson.page.get_by_text("changed 42").wait_for()
        assert lesson.step() == (3, 4)
        lesson.onward(lambda: lesson.press("Shift+Enter"))


class TestTheMap:
    def test_a_link_to_a_term_opens_it_there(self, begin):
        lesson = begin()
        lesson.page.get_by_role("link", name="a term").click()
        term = lesson.page.locator("[data-term=hedge]")
        expect(term.locator("summary")).to_be_focused()
        assert term.get_by_text("less certain or less exact").is_visible()
        lesson.press("Escape")
        assert lesson.page.locator(".btl-lesson-map:visible").count() == 0
        expect(button(lesson, "Map")).to_be_focused()

    def test_somebody_else_starts_afresh_and_the_first_one_comes_back(self, begin):
        lesson = begin()
        answer(lesson)
        lesson.onward(lesson.click_continue)
        button(lesson, "Map").click()
        map_ = lesson.page.get_by_role("complementary", name="The map")
        map_.get_by_text(re.compile(r"^1 of \d+ done$")).wait_for()
        map_.get_by_text(re.compile(r"^\d+ still open$")).click()
        assert map_.get_by_role("listitem").filter(has_text="Said by nobody").first.is_visible()
        map_.get_by_role("button", name="Somebody else works here now").click()
        lesson.page.locator(".btl-lesson-where").get_by_text("Step 1 of 4").wait_for()
        lesson.ready()
        expect(text(lesson, "2 · Read")).to_be_hidden()
        expect(lesson.page.get_by_role("radio", name="About half")).not_to_be_checked()
        answer(lesson)
        assert lesson.lab.files("answers/person-2") == ["answers/person-2/02_who_says_so.json"]
        button(lesson, "Map").click()
        map_.get_by_role("button", name="Go on as person 1").click()
        lesson.page.locator(".btl-lesson-where").get_by_text("Step 2 of 4").wait_for()
        lesson.ready()
        assert json.loads(lesson.lab.file("answers/02_who_says_so.json"))["answers"]["before"]["committed"]

    def test_all_is_handed_in(self, begin):
        lesson = begin()
        button(lesson, "Map").click()
        lesson.page.get_by_label("Your name, if your teacher wants it").fill("Ada")
        button(lesson, "Hand in all lessons").click()
        link = lesson.page.get_by_role("link", name="The page to read and print")
        link.wait_for()
        root = lesson.lab.root
        assert lesson.page.request.get(f"{root}{link.get_attribute('href').removeprefix(root)}").ok
        assert json.loads(lesson.lab.file("answers/handed-in/all_lessons_Ada.json"))["name"] == "Ada"
        button(lesson, "Hand in this lesson").click()
        lesson.page.get_by_text("Copy this code").click()
        code = lesson.page.get_by_label("The code").input_value()
        assert from_code(code)["lessons"] == ["02_who_says_so"]


class TestWhatIsOdd:
    def test_a_damaged_mark(self, begin):
        lesson = begin()
        damaged = lesson.lab.write("exercises/damaged.ipynb", *CELLS, lesson={"lesson": 7})
        lesson.open_beside(damaged)
        lesson.page.get_by_text("the mark is damaged: it is shown as a notebook").wait_for()
        assert lesson.page.locator(".btl-lesson-bar:visible").count() == 0
        assert lesson.page.locator(".jp-NotebookPanel:visible .jp-InputPrompt:visible").count()
        # JupyterLab can't take it that a Python is ended, and its notebook closed, while that Python starts.
        lesson.page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
        lesson.lab.end_kernels(damaged)
        lesson.turn_to(lesson.path)
        lesson.onward(lesson.click_continue)  # The warning stays, and is not in the way.
        lesson.page.locator(".jp-Notification-Toast-warning button").first.click()

    def test_a_slow_python_a_lesson_and_an_extension_that_the_kit_does_not_know(self, begin, window):
        lab = window.lab
        lesson = window.other_window(lab.write("exercises/unknown.ipynb", *CELLS, lesson={"lesson": "99_unknown"}))
        page = lesson.page

        def older(route: Any) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=answer.text().replace("1.0.0", "0.0.1"))

        def later(route: Any) -> None:
            if route.request.method == "POST":
                held.append(route)
            else:
                route.continue_()

        held: list[Any] = []
        page.route("**/extensions/between-the-lines/static/*.js*", older)
        page.route("**/api/sessions?*", later)
        page.clock.install()
        page.goto(f"{lab.root}/lab/tree/{lesson.path}?reset")
        said(lesson, "Python is starting. Your first question comes by itself")
        lesson.press("Shift+Enter")
        expect(page.locator(".btl-lesson-unseen")).to_have_text("One moment …")
        page.clock.fast_forward(11_000)
        said(lesson, "A slow computer may need a minute.")
        for route in held:
            route.continue_()
        page.unroute("**/api/sessions?*")
        said(lesson, f"The lesson view is of version 0.0.1, the kit of {__version__}.")
        lesson.onward(lesson.click_continue)
        page.close()
        lab.end_kernels(lesson.path)

    def test_two_lessons_open(self, begin):
        lesson = begin()
        other = lesson.lab.write("exercises/copied.ipynb", *CELLS, lesson=LESSON)
        lesson.open_beside(other)
        said(lesson, "is open, too. Both keep your answers")
        button(lesson, "Go there").click()
        expect(lesson.page.locator(".btl-quiz:visible")).to_be_visible()
        lesson.lab.end_kernels(other)

    def test_one_lesson_in_two_windows(self, begin):
        lesson = begin()
        second = lesson.other_window(lesson.path)
        second.load()
        answer(second)
        second.onward(second.click_continue)
        second.save()
        lesson.onward(lesson.click_continue)
        said(lesson, "This lesson was changed in another window. Your answers are safe in both")
        assert lesson.page.locator(".jp-Dialog").count() == 0
        button(lesson, "Load it here").click()
        lesson.page.get_by_role("button", name="Change my mind").wait_for()
        expect(lesson.notice()).to_be_hidden()
        assert lesson.step() == (2, 4)
        second.page.close()
