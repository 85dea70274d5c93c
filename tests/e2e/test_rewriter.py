"""The Rewriter in a real JupyterLab: by mouse, by keyboard alone; saved, undone, exported, restarted."""

from __future__ import annotations

import json

import pytest

from e2e.lab import CUT_OFF, answers_in, has_focus

pytestmark = pytest.mark.browser

TALL = 3000
LESSON = "04_in_whose_words"
TEXT = (
    "The terrorists fled to Varnes on Monday, Ana Lima said.\\n\\n"
    "The town was shelled at noon. 🕊️ “It is over,” she said, and nobody knew what she meant by it."
)
SHOW = f'kit.Rewriter("{LESSON}/rewrite-orna", "{TEXT}")'


def cells(*, fresh):
    return answers_in("answers-rewriter", fresh=fresh), SHOW


@pytest.fixture(scope="module")
def notebook(lab):
    opened = lab.open(lab.write("notebooks/rewriter_test.ipynb", *cells(fresh=True)))
    yield opened
    assert opened.errors == []
    opened.close()


@pytest.fixture
def desk(notebook):
    """The desk, untouched."""
    notebook.resize(1280, TALL)
    notebook.run_all()
    return notebook.page.locator(".btl-rewriter")


def field(desk, number):
    return desk.get_by_label(f"Your version, paragraph {number}")


def file(lab, name):
    return lab.file(f"answers-rewriter/{name}")


def test_a_swap_typing_undo_and_files_by_mouse(lab, desk):
    desk.get_by_role("button", name="terrorists").click()
    panel = desk.get_by_role("group", name="About “terrorists”")
    assert panel.get_by_text("whose words: Ana Lima").is_visible()
    assert panel.get_by_text("BBC, AP").first.is_visible()
    panel.get_by_role("button", name="gunmen", exact=True).click()
    desk.get_by_role("listitem").get_by_text("“terrorists” became “gunmen”").wait_for()
    assert panel.is_hidden()
    assert field(desk, 1).input_value() == "The gunmen fled to Varnes on Monday, Ana Lima said."
    field(desk, 2).fill("The army shelled the town at noon. 🕊️ <b>“It is over,”</b> she said.")
    desk.get_by_role("listitem").get_by_text("no longer leaves out who did it").wait_for()
    assert desk.get_by_role("status").get_by_text("no longer leaves out").is_visible()
    desk.get_by_text(f"Saved in answers-rewriter/{LESSON}.json.").wait_for()
    desk.get_by_role("button", name="Undo").click()
    desk.get_by_text("no longer leaves out").first.wait_for(state="hidden")
    assert field(desk, 2).input_value().startswith("The town was shelled")
    desk.get_by_role("button", name="Redo").click()
    desk.get_by_role("listitem").get_by_text("no longer leaves out").wait_for()
    desk.get_by_role("button", name="Write to files").click()
    written = desk.get_by_text(f"Written: answers-rewriter/{LESSON}-rewrite-orna.txt")
    written.wait_for()
    assert written.bounding_box()["y"] > desk.get_by_role("listitem").last.bounding_box()["y"]  # where one finishes
    assert file(lab, f"{LESSON}-rewrite-orna.txt").startswith("The gunmen fled")
    assert json.loads(file(lab, f"{LESSON}.json"))["answers"]["rewrite-orna"]["committed"] is True
    desk.get_by_role("button", name="Start again").click()
    desk.get_by_role("listitem").get_by_text("Nothing has changed yet.").wait_for()
    desk.get_by_role("button", name="Undo").click()
    desk.get_by_role("listitem").get_by_text("“terrorists” became “gunmen”").wait_for()


def test_the_same_by_keyboard_alone(notebook, desk):
    press = notebook.press
    desk.get_by_role("button", name="terrorists").focus()
    press("Enter")
    panel = desk.get_by_role("group", name="About “terrorists”")
    assert has_focus(panel)
    press("Escape")
    assert panel.is_hidden()
    press("Enter", "Tab", "Tab", "Enter")
    desk.get_by_role("listitem").get_by_text("“terrorists” became “gunmen”").wait_for()
    assert has_focus(desk.get_by_role("button", name="terrorists"))
    press("Tab", "Control+End")
    notebook.page.keyboard.insert_text(" It rained.")
    desk.get_by_role("listitem").get_by_text("you added “It rained").wait_for()
    field(desk, 2).focus()
    press("Tab")  # no further than from the last field
    assert has_focus(desk.get_by_role("button", name="Write to files"))
    press("Enter")
    desk.get_by_role("status").get_by_text("Written: ").wait_for()


def test_a_double_click_is_no_more_than_a_click(desk):
    desk.get_by_role("button", name="terrorists").dblclick()
    panel = desk.get_by_role("group", name="About “terrorists”")
    assert panel.is_visible()
    panel.get_by_role("button", name="gunmen", exact=True).dblclick()
    desk.get_by_role("listitem").get_by_text("“terrorists” became “gunmen”").wait_for()
    assert desk.locator(".btl-panel").is_hidden()
    assert has_focus(desk.get_by_role("button", name="terrorists"))


def test_what_is_typed_fast_is_not_overtaken(notebook, desk):
    field(desk, 1).fill("")
    field(desk, 1).press_sequentially("The army shelled the town, and then it was still. " * 2, delay=30)
    desk.get_by_role("listitem").get_by_text("army shelled the town").first.wait_for()
    assert field(desk, 1).input_value() == "The army shelled the town, and then it was still. " * 2


def test_what_is_typed_right_after_a_swap_does_not_undo_it(desk):
    desk.get_by_role("button", name="terrorists").click()
    desk.get_by_role("button", name="gunmen", exact=True).click()
    field(desk, 2).fill("It was over.")
    desk.get_by_role("listitem").nth(1).wait_for()
    assert field(desk, 1).input_value().startswith("The gunmen fled")


def test_keys_pressed_at_the_desk_are_no_commands_for_the_cell(notebook, desk):
    with notebook.unchanged():
        desk.get_by_role("button", name="terrorists").focus()
        notebook.press("d", "d", "x", "a", "b", "m", "y", "0", "0")
        field(desk, 2).focus()
        notebook.press("d", "d", "x", "Shift+Enter", "Escape")
        notebook.press("a", "d", "d")


def test_the_version_is_there_after_a_restart(lab, desk):
    field(desk, 1).fill("Armed men fled to Varnes.")
    desk.get_by_text(f"Saved in answers-rewriter/{LESSON}.json.").wait_for()
    opened = lab.open(lab.write("notebooks/rewriter_again.ipynb", *cells(fresh=False)))
    opened.resize(1280, TALL)
    opened.run_all()
    again = opened.page.locator(".btl-rewriter")
    assert field(again, 1).input_value() == "Armed men fled to Varnes."
    assert again.get_by_role("listitem").get_by_text("“The terrorists” became “Armed men”").is_visible()
    assert opened.errors == []
    opened.close()


def test_the_desk_stays_where_it_is_while_one_types(notebook, desk):
    top = field(desk, 1).bounding_box()["y"]
    field(desk, 1).fill("Rain. " * 60)
    desk.get_by_role("listitem").get_by_text("became “Rain").wait_for()
    assert len(desk.get_by_role("status").first.inner_text()) > 150
    assert field(desk, 1).bounding_box()["y"] == top


def test_what_was_just_typed_outlives_a_reload(lab):
    opened = lab.open(lab.write("notebooks/rewriter_typed.ipynb", *cells(fresh=True)))
    opened.resize(1280, TALL)
    opened.run_all()
    desk = opened.page.locator(".btl-rewriter")
    field(desk, 1).click()
    opened.page.keyboard.press("Control+End")
    opened.page.keyboard.insert_text(" It rained.")
    opened.load()
    desk.get_by_role("listitem").get_by_text("you added “It rained").wait_for()
    assert field(desk, 1).input_value().endswith("Ana Lima said. It rained.")
    assert field(desk, 2).input_value().startswith("The town was shelled")
    assert opened.errors == []
    opened.close()


def test_axe_finds_nothing_in_either_theme(lab, theme):
    opened = lab.open(lab.write("notebooks/rewriter_axe.ipynb", *cells(fresh=True)))
    opened.resize(1280, TALL)
    opened.run_all()
    desk = opened.page.locator(".btl-rewriter")
    assert opened.violations(".btl-rewriter") == []
    field(desk, 2).fill("The army shelled it.")
    desk.get_by_role("listitem").get_by_text("no longer leaves out").wait_for()
    desk.get_by_role("button", name="terrorists").click()
    desk.get_by_text("What does “label” mean?").click()
    assert desk.get_by_text("What people, groups and places are called.").is_visible()
    assert opened.violations(".btl-rewriter") == []
    opened.close()


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (1280, 2), (2560, 1)])
def test_nothing_is_cut_off_and_the_marks_lie_under_their_words(notebook, desk, width, zoom):
    field(desk, 1).fill("Donaudampfschifffahrtsgesellschaft" * 9 + " fled from the terrorists.")
    desk.get_by_role("listitem").get_by_text("became").first.wait_for()
    desk.get_by_role("button", name="terrorists").click()
    with notebook.window(width, TALL * 2, zoom=zoom):
        assert desk.evaluate(CUT_OFF) == []
        heights = desk.evaluate(
            """node => [...node.querySelectorAll(".btl-sheet")].map((sheet) => {
                const [copy, field] = sheet.children;
                return [copy.getBoundingClientRect().height, field.scrollHeight];
            })"""
        )
    assert all(abs(copy - text) <= 2 for copy, text in heights), heights
