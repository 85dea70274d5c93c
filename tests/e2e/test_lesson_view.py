"""The lesson view: a lesson runs by itself, step by step, and says what is wrong; the notebook is one click away."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.lab import Lab, Lesson
from kit.version import __version__

pytestmark = pytest.mark.browser

PATH = "exercises/small.ipynb"
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
OF_CELLS = ".jp-InputPrompt, .jp-cell-toolbar, .jp-Notebook-footer, .cm-editor, .jp-Collapser"


@pytest.fixture
def small(lab: Lab) -> Any:
    """A small lesson that nobody has opened."""
    lab.forget()
    lab.write(PATH, *CELLS, lesson=LESSON)
    yield lab
    lab.show_notebooks(False)
    lab.end_kernels(PATH)
    lab.forget("answers/person-2")
    lab.forget()


def answer(lesson: Lesson) -> None:
    lesson.page.get_by_role("radio", name="About half").check()
    lesson.page.get_by_role("button", name="Commit my answer").click()
    lesson.page.get_by_role("status").get_by_text("Saved in ").wait_for()


def text(lesson: Lesson, words: str) -> Any:
    """The lesson's own text with these words."""
    return lesson.page.locator(".jp-MarkdownOutput", has_text=words)


def button(lesson: Lesson, name: str) -> Any:
    return lesson.page.get_by_role("button", name=name, exact=True)


class TestInPeace:
    def test_it_comes_to_its_first_question_by_itself_and_nothing_of_jupyter_is_seen(self, small, theme):
        lesson = small.open_lesson(PATH)
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
        button(lesson, "Map").click()
        page.get_by_text("You are here.").wait_for()
        assert lesson.violations(".btl-lesson-bar, .btl-lesson-map") == []
        assert lesson.errors == []
        lesson.close_page()

    def test_the_last_step_adds_no_cell_and_keys_go_on_from_inside_a_field(self, small):
        cells = [*CELLS[:3], 'kit.Quiz("02_who_says_so/look-back")', *CELLS[4:]]
        small.write(PATH, *cells, lesson=LESSON)
        lesson = small.open_lesson(PATH)
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
        lesson.close_page()

    def test_at_twice_the_size_and_on_a_telephone_all_of_it_is_in_reach(self, small):
        lesson = small.open_lesson(PATH)
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
        lesson.close_page()


class TestTheNotebookInPlace:
    def test_all_of_jupyter_comes_back_and_that_is_remembered(self, small):
        lesson = small.open_lesson(PATH)
        lesson.onward(lesson.click_continue)
        button(lesson, "Show the notebook").click()
        shown = lesson.page.locator("#jp-top-panel, .jp-DirListing-content, .lm-DockPanel-tabBar, #jp-main-statusbar")
        expect(shown.filter(visible=True)).to_have_count(4)
        text(lesson, "The end").wait_for()
        assert lesson.page.locator(".jp-InputPrompt:visible").count()
        assert lesson.page.locator(".btl-lesson-bar:visible").count() == 0
        lesson.close_page()
        again = small.open(PATH)
        button(again, "Show the lesson").click()
        again.page.locator(".btl-lesson-where").get_by_text("Step 2 of 4").wait_for()
        expect(text(again, "The end")).to_be_hidden()
        again.close_page()

    def test_what_was_deleted_moved_and_added_there_is_followed(self, small):
        lesson = small.open_lesson(PATH)
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
        expect(lesson.notice()).to_contain_text("There is nothing in this lesson")
        assert lesson.errors == []
        lesson.close_page()


class TestWhereOneWas:
    def test_it_opens_again_on_that_step_with_what_was_answered(self, small):
        lesson = small.open_lesson(PATH)
        answer(lesson)
        lesson.onward(lesson.click_continue)
        lesson.onward(lesson.click_continue)
        button(lesson, "One step back").click()
        assert lesson.step() == (2, 4)
        button(lesson, "Back to step 3").click()
        assert lesson.step() == (3, 4)
        lesson.close()
        again = small.open_lesson(PATH)
        assert again.step() == (3, 4)
        again.check_begins_at_top()
        assert again.page.get_by_role("button", name="Change my mind").is_visible()
        again.close_page()

    def test_python_ends_in_the_middle_of_a_step(self, small):
        small.write(PATH, *CELLS[:4], "## 2", ENDS_ONCE, lesson=LESSON)
        lesson = small.open_lesson(PATH)
        answer(lesson)
        lesson.click_continue()
        expect(lesson.notice()).to_contain_text("Python had to start again. Your answers are safe")
        lesson.press("Shift+Enter")
        assert lesson.page.locator(".jp-Dialog").count() == 0
        lesson.ready()
        lesson.page.locator(".jp-OutputArea").get_by_text("less certain or less exact").wait_for()
        lesson.page.get_by_role("button", name="Change my mind").wait_for()
        assert lesson.step() == (2, 2)
        assert lesson.errors == []
        lesson.close_page()

    def test_a_cell_that_fails_is_said_and_can_be_tried_again(self, small):
        small.write(PATH, *CELLS[:4], "## 2", "open('../wanted.txt').close()\nkit.glossary('hedge')", lesson=LESSON)
        lesson = small.open_lesson(PATH)
        lesson.onward(lesson.click_continue)
        expect(lesson.notice()).to_contain_text("Something in this step did not work. Your answers are safe.")
        small.request("PUT", "/api/contents/wanted.txt", {"type": "file", "format": "text", "content": ""})
        button(lesson, "Try again").click()
        lesson.page.locator(".jp-OutputArea").get_by_text("less certain or less exact").wait_for()
        expect(lesson.notice()).to_be_hidden()
        lesson.close_page()


class TestCodeInALesson:
    def test_what_was_changed_runs_before_the_lesson_goes_on(self, small):
        content = small.request("GET", f"/api/contents/{PATH}")["content"]
        content["cells"][7]["metadata"] = {"between_the_lines": {"code": "shown"}}
        small.put(PATH, content)
        lesson = small.open_lesson(PATH)
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
        lesson.close_page()


class TestTheMap:
    def test_a_link_to_a_term_opens_it_there(self, small):
        lesson = small.open_lesson(PATH)
        lesson.page.get_by_role("link", name="a term").click()
        term = lesson.page.locator("[data-term=hedge]")
        expect(term.locator("summary")).to_be_focused()
        assert term.get_by_text("less certain or less exact").is_visible()
        lesson.press("Escape")
        assert lesson.page.locator(".btl-lesson-map:visible").count() == 0
        expect(button(lesson, "Map")).to_be_focused()
        lesson.close_page()

    def test_somebody_else_starts_afresh_and_the_first_one_comes_back(self, small):
        lesson = small.open_lesson(PATH)
        answer(lesson)
        lesson.onward(lesson.click_continue)
        button(lesson, "Map").click()
        map_ = lesson.page.get_by_role("complementary", name="The map")
        map_.get_by_text("1 of 27 done").wait_for()
        map_.get_by_text("26 still open").click()
        assert map_.get_by_role("listitem").filter(has_text="Who is the source?").first.is_visible()
        map_.get_by_role("button", name="Somebody else works here now").click()
        lesson.page.locator(".btl-lesson-where").get_by_text("Step 1 of 4").wait_for()
        lesson.ready()
        expect(text(lesson, "2 · Read")).to_be_hidden()
        expect(lesson.page.get_by_role("radio", name="About half")).not_to_be_checked()
        answer(lesson)
        assert small.files("answers/person-2") == ["answers/person-2/02_who_says_so.json"]
        button(lesson, "Map").click()
        map_.get_by_role("button", name="Go on as person 1").click()
        lesson.page.locator(".btl-lesson-where").get_by_text("Step 2 of 4").wait_for()
        lesson.ready()
        assert json.loads(small.file("answers/02_who_says_so.json"))["answers"]["before"]["committed"]
        lesson.close_page()

    def test_all_is_handed_in(self, small):
        lesson = small.open_lesson(PATH)
        button(lesson, "Map").click()
        lesson.page.get_by_label("Your name, if your teacher wants it").fill("Ada")
        button(lesson, "Write the file").click()
        link = lesson.page.get_by_role("link", name="The page to read and print")
        link.wait_for()
        assert lesson.page.request.get(f"{small.root}{link.get_attribute('href').removeprefix(small.root)}").ok
        assert json.loads(small.file("answers/hand-in.json"))["name"] == "Ada"
        lesson.close_page()


class TestWhatIsOdd:
    def test_a_damaged_mark(self, small):
        notebook = small.open(small.write(PATH, *CELLS, lesson={"lesson": 7}))
        notebook.page.get_by_text("the mark is damaged: it is shown as a notebook").wait_for()
        assert notebook.page.locator(".btl-lesson-bar").count() == 0
        notebook.close_page()

    def test_a_lesson_and_an_extension_that_the_kit_does_not_know(self, small):
        context = small.browser.new_context()
        page = context.new_page()

        def older(route: Any) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=answer.text().replace("1.0.0", "0.0.1"))

        page.route("**/extensions/between-the-lines/static/*.js*", older)
        small.write(PATH, *CELLS, lesson={"lesson": "99_unknown"})
        lesson = Lesson(small, page, PATH, [])
        lesson.load()
        expect(lesson.notice()).to_contain_text(f"The lesson view is of version 0.0.1, the kit of {__version__}.")
        lesson.onward(lesson.click_continue)
        context.close()

    def test_two_lessons_open(self, small):
        copy = small.write("exercises/copied.ipynb", *CELLS, lesson=LESSON)
        lesson = small.open_lesson(PATH)
        button(lesson, "Show the notebook").click()
        lesson.page.locator(".jp-DirListing-item", has_text="copied.ipynb").dblclick()
        button(lesson, "Show the lesson").locator("visible=true").click()
        notice = lesson.page.locator(".btl-lesson-notice:visible")
        expect(notice).to_contain_text("is open, too. Both keep your answers")
        notice.get_by_role("button", name="Go there").click()
        expect(lesson.page.locator(".btl-quiz:visible")).to_be_visible()
        assert lesson.errors == []
        lesson.close_page()
        small.end_kernels(copy)
