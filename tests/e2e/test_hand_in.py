"""HandIn in a real JupyterLab: a file, a download, a code to copy and its picture; also in a narrow window."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from e2e.lab import CUT_OFF, answers_in
from kit.course.hand_in_code import from_code
from kit.widgets.hand_in import qr_rows

pytestmark = pytest.mark.browser

LESSON = "02_who_says_so"
CELLS = (answers_in("answers-hand-in", fresh=True), f'kit.HandIn("{LESSON}")')
DARK = """svg => {
    const [path] = svg.children;
    const size = svg.viewBox.baseVal.width - 8;
    const point = svg.createSVGPoint();
    return Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => {
        point.x = x + 0.5;
        point.y = y + 0.5;
        return path.isPointInFill(point) ? "1" : "0";
    }).join(""));
}"""


@pytest.fixture(scope="module")
def notebook(lab):
    opened = lab.open(lab.write("notebooks/hand_in_test.ipynb", *CELLS))
    opened.run_all()
    yield opened
    assert opened.errors == []
    opened.close()


def test_a_lesson_is_handed_in_by_keyboard_alone(lab, notebook):
    form = notebook.page.locator(".btl-hand-in")
    expect(form.get_by_role("link")).to_be_hidden()
    form.get_by_label("Your name").focus()
    notebook.page.keyboard.insert_text("Amira <b>K</b>")
    notebook.press("Enter")
    form.get_by_text("Written: answers-hand-in/handed-in/02_who_says_so_Amira-b-K-b.json.").wait_for()
    with notebook.page.expect_download() as download:
        form.get_by_role("link", name="Download 02_who_says_so_Amira-b-K-b.json").click()
    held = json.loads(download.value.path().read_text("utf-8"))
    assert held == json.loads(lab.file("answers-hand-in/handed-in/02_who_says_so_Amira-b-K-b.json"))
    assert held["name"] == "Amira <b>K</b>"


def test_the_code_is_copied_and_is_what_the_picture_shows(notebook):
    form = notebook.page.locator(".btl-hand-in")
    notebook.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    form.get_by_role("button", name="Hand in this lesson").click()
    form.get_by_text("No place for files?").click()
    form.get_by_role("button", name="Copy the code").click()
    form.get_by_text("Copied.").wait_for()
    code = notebook.page.evaluate("navigator.clipboard.readText()")
    assert code == form.get_by_label("The code", exact=True).input_value()
    assert from_code(code)["lessons"] == [LESSON]
    assert form.get_by_role("img").evaluate(DARK) == qr_rows(code)
    assert notebook.violations(".btl-hand-in") == []


def test_nothing_is_cut_off_in_a_narrow_window(notebook):
    form = notebook.page.locator(".btl-hand-in")
    form.get_by_role("button", name="Hand in this lesson").click()
    expect(form.get_by_role("img")).to_be_visible()
    with notebook.window(320):
        assert form.evaluate(CUT_OFF) == []
