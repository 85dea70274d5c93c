"""Paste in a real JupyterLab: paste, choose a file, go back, run again; by mouse and by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.lab import CUT_OFF, answers_in

pytestmark = pytest.mark.browser

CELLS = (
    answers_in("answers-paste", fresh=False),
    'yours = kit.Paste("06_your_article/first", example="ferry_1")\nyours',
    "print(yours.article.title)",
)
TEXT = "The bridge may close\n\nThe bridge may have to close, the mayor of Port Vorn said. 🚢"


@pytest.fixture(scope="module")
def notebook(lab):
    opened = lab.open(lab.write("notebooks/paste_test.ipynb", *CELLS))
    opened.run_all()
    yield opened
    assert opened.errors == []
    opened.close()


@pytest.fixture
def paste(notebook):
    widget = notebook.page.locator(".btl-paste")
    if widget.get_by_role("button", name="Back to the example").is_visible():
        widget.get_by_role("button", name="Back to the example").click()
    widget.get_by_text("Until you give a text").wait_for()
    return widget


def test_paste_by_keyboard_alone_and_find_it_again(lab, notebook, paste):
    with notebook.unchanged():
        paste.get_by_label("Paste an article here").focus()
        notebook.page.keyboard.insert_text(TEXT)
        notebook.press("Tab", "Tab", "d", "d", "x", "Enter")
        paste.get_by_text("You work with your text: “The bridge may close”").wait_for()
        assert paste.get_by_text("Saved in answers-paste/06_your_article.json.").is_visible()
    again = lab.open(lab.write("notebooks/paste_again.ipynb", *CELLS))
    again.run_all()
    assert again.page.get_by_label("Paste an article here").input_value() == TEXT
    assert again.page.locator(".jp-OutputArea").get_by_text("The bridge may close").last.is_visible()
    assert again.errors == []
    again.close()


COPY = """([text, html]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  data.setData("text/html", html);
  const field = document.querySelector(".btl-paste textarea");
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  field.value = text;  // what a browser does by itself
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}"""


def test_a_page_that_is_pasted_whole_loses_its_menu(notebook, paste):
    body = [
        f"The bridge may have to close in {month}, the mayor of Port Vorn said on Monday to the council."
        for month in ("May", "June", "July")
    ]
    paragraphs = "".join(f"<p>{text}</p>" for text in body)
    html = f"<nav><a href=/>Home</a></nav><article><h1>The bridge may close</h1>{paragraphs}</article>"
    copied = "\n\n".join(["Home", "The bridge may close", *body])
    field = paste.get_by_label("Paste an article here")
    notebook.page.evaluate(COPY, [copied, html])
    paste.get_by_role("button", name="Use this text").click()
    paste.get_by_text("You work with your text: “The bridge may close”").wait_for()
    assert field.input_value() == "\n\n".join(["The bridge may close", *body])
    paste.get_by_role("button", name="Back to the example").click()
    paste.get_by_text("Until you give a text").wait_for()
    notebook.page.evaluate(COPY, [copied, html])
    field.fill(copied + " It was changed by hand.")
    paste.get_by_role("button", name="Use this text").click()
    paste.get_by_text("You work with your text").wait_for()
    assert field.input_value() == copied + " It was changed by hand."


def test_a_file_and_one_that_is_none(paste):
    chooser = paste.get_by_label("or choose a file")
    chooser.set_input_files({"name": "mine.txt", "mimeType": "text/plain", "buffer": TEXT.encode()})
    paste.get_by_text("You work with your text").wait_for()
    assert paste.get_by_label("Paste an article here").input_value() == TEXT
    chooser.set_input_files({"name": "mine.pdf", "mimeType": "text/plain", "buffer": b"%PDF-1.7"})
    paste.get_by_role("alert").get_by_text("mine.pdf is damaged").wait_for()
    chooser.set_input_files({"name": "huge.txt", "mimeType": "text/plain", "buffer": b"a" * 8_000_001})
    paste.get_by_role("alert").get_by_text("too large").wait_for()
    assert paste.get_by_text("You work with your text").is_visible()


def test_a_text_that_is_not_used_yet_outlives_a_reload(lab):
    opened = lab.open(lab.write("notebooks/paste_typed.ipynb", *CELLS))
    opened.run_all()
    field = opened.page.get_by_label("Paste an article here")
    field.fill("A text to use later.")
    opened.load()
    expect(field).to_have_value("A text to use later.")
    opened.page.get_by_role("button", name="Use this text").click()
    opened.page.get_by_text("You work with your text").wait_for()
    field.fill("")
    field.fill(TEXT)
    opened.page.get_by_role("button", name="Back to the example").click()
    opened.page.get_by_text("Until you give a text").wait_for()
    opened.load()
    expect(field).to_have_value("")
    assert opened.errors == []
    opened.close()


def test_nothing_pasted_back_and_undo(paste):
    example = paste.get_by_role("status").get_by_text("Until you give a text")
    example.evaluate("line => { line.firstChild.isOld = true; }")
    paste.get_by_label("Paste an article here").fill("  ")
    paste.get_by_role("button", name="Use this text").click()
    paste.get_by_role("alert").get_by_text("There is no text yet.").wait_for()
    assert example.evaluate("line => line.firstChild.isOld")  # set again, it would be read aloud again
    paste.get_by_label("Paste an article here").fill(TEXT)
    paste.get_by_role("button", name="Use this text").click()
    paste.get_by_text("You work with your text").wait_for()
    paste.get_by_role("button", name="Back to the example").click()
    expect(paste.get_by_label("Paste an article here")).to_be_focused()  # the button has gone
    paste.get_by_text("Until you give a text").wait_for()
    paste.get_by_role("button", name="Undo: bring my earlier text back").click()
    paste.get_by_text("You work with your text").wait_for()
    assert paste.get_by_label("Paste an article here").input_value() == TEXT


def test_axe_finds_nothing_in_either_theme(lab, theme):
    opened = lab.open(lab.write("notebooks/paste_axe.ipynb", *CELLS))
    opened.run_all()
    opened.page.get_by_label("Paste an article here").fill("short")
    opened.page.get_by_role("button", name="Use this text").click()
    opened.page.get_by_role("alert").get_by_text("hardly any words").wait_for()
    assert opened.violations(".btl-paste") == []
    opened.close()


def test_nothing_is_cut_off_in_a_small_window(notebook, paste):
    paste.get_by_label("Paste an article here").fill(
        "Donaudampfschifffahrtsgesellschaft" * 9 + " may close a line on Monday, it said."
    )
    paste.get_by_role("button", name="Use this text").click()
    paste.get_by_text("You work with your text").wait_for()
    with notebook.window(320):
        assert paste.evaluate(CUT_OFF) == []
