"""What all widgets share, in a real JupyterLab."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CELLS = {
    "reader": 'import kit\nkit.show("The ferry may be late.")',
    "marker": 'kit.Marker("03_how_sure/dom", "The ferry may be late.", layer="hedge")',
    "rewriter": 'kit.Rewriter("04_in_whose_words/dom", "The brutal regime fell.")',
    "paste": 'kit.Paste("06_your_article/dom", example="ferry_1")',
}
FOCUS = {"marker": "[role=option]", "rewriter": "textarea", "paste": "textarea"}


@pytest.fixture(scope="module")
def notebook(lab):
    opened = lab.open(lab.write("notebooks/dom_test.ipynb", *CELLS.values()))
    opened.run_all()
    yield opened
    assert opened.errors == []
    opened.close()


@pytest.mark.parametrize("name", FOCUS)
def test_saving_is_still_jupyterlabs(notebook, name):
    page = notebook.page
    changed = page.locator(".lm-TabBar-tab.jp-mod-current.jp-mod-dirty")
    notebook.type("1")
    assert changed.count() == 1
    page.locator(f".btl-{name}").locator(FOCUS[name]).first.focus()
    page.keyboard.press("Control+s")
    changed.wait_for(state="detached")


@pytest.mark.parametrize("name", ["rewriter", "paste"])
def test_enter_begins_a_line_in_a_field_and_control_z_takes_back(notebook, name):
    field = notebook.page.locator(f".btl-{name} textarea").first
    before = field.input_value()
    field.focus()
    notebook.press("Control+End", "a", "Enter", "b")
    assert field.input_value() == f"{before}a\nb"
    notebook.press("Control+z")
    assert field.input_value() != f"{before}a\nb"
    notebook.press("Control+Shift+Z")
    assert field.input_value() == f"{before}a\nb"


def test_lines_are_read_aloud_while_their_widget_is_in_use(notebook):
    marker = notebook.page.locator(".btl-marker")
    line = marker.get_by_role("status")
    assert line.get_attribute("aria-live") == "off"  # when the cell runs, or comes into view
    marker.get_by_role("option").first.click()
    assert line.get_attribute("aria-live") == "polite"
    assert marker.get_by_role("alert").first.get_attribute("aria-live") == "assertive"
    notebook.press("Escape", "Escape")
    expect(line).to_have_attribute("aria-live", "off")


def test_no_widget_gives_an_element_an_id(notebook):
    for name in CELLS:
        assert notebook.page.locator(f".btl-{name}").count() == 1
        assert notebook.page.locator(f".btl-{name} [id]").count() == 0


def test_a_dark_page_is_printed_light(lab, theme):
    notebook = lab.open(lab.write("notebooks/printed.ipynb", 'import kit\nkit.Quiz("02_who_says_so/before")'))
    notebook.run_all()
    notebook.page.emulate_media(media="print")
    quiz = notebook.page.locator(".btl-quiz")
    look = quiz.evaluate("node => (({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(node))")
    assert look == ["rgb(32, 31, 29)", "rgb(255, 255, 255)"]
    notebook.close()
