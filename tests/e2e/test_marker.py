"""The Marker in a real JupyterLab: by mouse, by touch, by keyboard alone; saved, restarted, compared."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from e2e.lab import CUT_OFF, has_focus
from kit.readings.reading import Annotation, Reading
from kit.text.article import read_text
from kit.text.spans import Span

pytestmark = pytest.mark.browser

TEXT = (
    "Ferry 🌩️ late\n\nMira Vale said the ferry may be late. “It can't sail,” she added.\n\n"
    "The harbour office 🇩🇪 reportedly hopes so. Some 40 people wait <b>there</b>.\n"
)


def hedge(words: str, label: str, why: str) -> Annotation:
    start = TEXT.index(words)
    return Annotation("hedge", label, Span(start, start + len(words)), why, "hedge/x")


OTHER = Reading(
    read_text(TEXT),
    "kit 1.0",
    (
        hedge("may", "modal", "“May” leaves it open."),
        hedge("reportedly", "hearsay", "Passed on, not vouched for."),
        hedge("Some 40", "approximator", "Not an exact figure."),
    ),
)
CELL = f"""import kit, shutil
from kit.widgets.marker import Marker
shutil.rmtree("../answers", ignore_errors=True)
article = kit.read_text({TEXT!r})
other = kit.Reading.from_dict({OTHER.to_dict()!r}, article)"""
SHOW = 'marker = Marker("02_who_says_so/mark", article, layer="hedge", against=[other])\nmarker'


@pytest.fixture(scope="module")
def notebook(lab):
    """A notebook with a Marker in it."""
    opened = lab.open(lab.write("notebooks/marker_test.ipynb", CELL, SHOW))
    yield opened
    assert opened.errors == []
    opened.close()


@pytest.fixture
def marker(notebook):
    """A fresh Marker, as it is when a student has just run the cell for the first time."""
    notebook.resize(1280)
    notebook.run_all()
    return notebook.page.locator(".btl-marker")


def word(marker, text):
    return marker.locator(".btl-word").get_by_text(text, exact=True)


def status(marker):
    return marker.get_by_role("status").inner_text()


def drag(notebook, first, last):
    """Over the words from first to last, with the mouse."""
    start, end = first.bounding_box(), last.bounding_box()
    mouse = notebook.page.mouse
    mouse.move(start["x"] + 4, start["y"] + start["height"] / 2)
    mouse.down()
    mouse.move(end["x"] + 4, end["y"] + end["height"] / 2, steps=6)
    mouse.up()


def choose(marker, label, sure="I’m sure"):
    marker.get_by_role("radio", name=label).check()
    marker.get_by_role("radio", name=sure).check()
    marker.get_by_role("button", name="Mark it").click()


def is_saved(marker):
    marker.get_by_text("Saved in answers/02_who_says_so").wait_for()


def answers(lab):
    """What the file holds."""
    (path,) = lab.files("answers")
    return json.loads(lab.file(path))


def marks(lab):
    return [(mark["text"], mark["label"], mark["confidence"]) for mark in answers(lab)["annotations"]]


def drawn(marker):
    """What is drawn as marked, each run of words."""
    runs = marker.locator(".btl-page .btl-hedge").all()
    return ["".join(run.locator(":scope > .btl-word, :scope > .btl-gap").all_inner_texts()) for run in runs]


def mark_may_by_keyboard(notebook, marker):
    word(marker, "Ferry").click()
    notebook.press("Escape", "Control+Home", *["ArrowRight"] * 7, "Enter", "Space", "Tab", "Space", "Enter")


def test_the_page_shows_the_text_as_it_is(marker):
    shown = marker.locator(".btl-page > *").evaluate_all("blocks => blocks.map((block) => block.textContent)")
    assert "\n\n".join(shown).strip() == TEXT.strip()
    assert status(marker).startswith("Click a word, or drag")
    gaps = marker.locator(".btl-page > p").evaluate_all(
        "all => all.map((p) => parseFloat(getComputedStyle(p).marginBottom))"
    )
    assert all(gap > 10 for gap in gaps[:-1])


def test_the_text_is_read_aloud_as_lists_of_words(marker):
    # Not as an application: Orca says nothing there, and keeps the arrow keys to itself.
    paragraph = marker.get_by_role("group", name="The text. Arrow keys").get_by_role("listbox", name="Paragraph 2 of 3")
    assert paragraph.get_by_role("option").all_inner_texts()[:4] == ["Mira", "Vale", "said", "the"]
    word(marker, "Mira").click()
    marker.get_by_role("form", name="A new mark: Mira").wait_for()


def test_words_marked_by_mouse(lab, notebook, marker):
    drag(notebook, word(marker, "can't"), word(marker, "sail"))
    assert marker.locator(".btl-words").inner_text() == "can't sail"
    choose(marker, "modal", "not sure")
    assert status(marker) == "Marked: can't sail, modal, not sure."
    is_saved(marker)
    assert drawn(marker) == ["can't sail"]
    assert marks(lab) == [("can't sail", "modal", 0.5)]


def test_a_drag_beside_an_open_form_starts_a_new_mark(notebook, marker):
    word(marker, "harbour").click()
    drag(notebook, word(marker, "reportedly"), word(marker, "hopes"))
    assert marker.locator(".btl-words").inner_text() == "reportedly hopes"
    word(marker, "Ferry").click()  # in another paragraph: a new mark
    assert marker.locator(".btl-words").inner_text() == "Ferry"


def test_keys_after_a_click_beside_the_forms_controls_are_not_the_texts(notebook, marker):
    word(marker, "may").click()
    marker.get_by_role("radio", name="modal").check()
    marker.locator(".btl-words").click()  # as any click in Safari, it leaves the focus to what is around
    notebook.press("ArrowRight", "Enter")
    assert marker.locator(".btl-words").inner_text() == "may"
    assert marker.get_by_role("radio", name="modal").is_checked()
    notebook.press("Escape")
    assert marker.locator("form").count() == 0
    assert has_focus(word(marker, "may"))


def test_words_marked_by_touch(notebook, marker):
    touch = notebook.page.context.new_cdp_session(notebook.page)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def tap(target):
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    try:
        tap(word(marker, "harbour"))
        marker.locator(".btl-words").get_by_text("harbour", exact=True).wait_for()
        tap(word(marker, "hopes"))
        marker.locator(".btl-words").get_by_text("harbour office 🇩🇪 reportedly hopes", exact=True).wait_for()
        tap(word(marker, "reportedly"))  # inside: start again from here
        marker.locator(".btl-words").get_by_text("reportedly", exact=True).wait_for()
        tap(marker.get_by_role("radio", name="hearsay"))
        tap(marker.get_by_role("radio", name="I’m sure"))
        tap(marker.get_by_role("button", name="Mark it"))
        is_saved(marker)
    finally:
        touch.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        touch.detach()
    assert drawn(marker) == ["reportedly"]


def test_all_of_it_by_keyboard_alone(lab, notebook, marker):
    press = notebook.press
    marker.get_by_role("button", name="Start again").focus()
    press("Tab")
    assert has_focus(word(marker, "Ferry"))
    press("ArrowRight")
    assert has_focus(word(marker, "late").first)
    assert status(marker) == ""  # the word itself is read aloud, since it has the focus
    press("ArrowDown")
    assert status(marker) == "Sentence 2 of 5: Mira Vale said the ferry may be late"
    press("ArrowDown", "Shift+ArrowRight", "Shift+ArrowRight")
    assert status(marker) == "3 words chosen: It can't sail"
    assert marker.get_by_role("option", selected=True).all_inner_texts() == ["It", "can't", "sail"]
    press("ArrowUp", "ArrowUp", "Control+ArrowRight", "Control+ArrowLeft", "End")
    assert has_focus(word(marker, "late").last)
    press("Home", *["ArrowRight"] * 4, "ArrowRight", "Shift+ArrowRight", "Enter")
    assert marker.locator(".btl-words").inner_text() == "may be"
    press("Enter")  # nothing is chosen yet
    assert marker.get_by_role("form").get_by_role("alert").inner_text() == "Choose what it is."
    press("ArrowDown", "ArrowUp", "Tab", "Space", "Enter")
    assert status(marker) == "Marked: may be, modal."
    assert has_focus(word(marker, "be"))
    is_saved(marker)

    press("Enter", "ArrowDown", "Enter")  # another label
    assert status(marker) == "Marked: may be, epistemic."
    press("Control+z")
    marker.locator(".btl-tag", has_text="modal").wait_for()
    press("Control+Shift+Z")
    marker.locator(".btl-tag", has_text="epistemic").wait_for()
    press("Delete")
    assert status(marker) == "Mark deleted: may be. Undo brings it back."
    marker.get_by_role("heading", name="You have marked nothing yet.").wait_for()
    press("Control+z")
    marker.get_by_role("status").get_by_text("Undone. Your marks: 1").wait_for()
    assert has_focus(word(marker, "be"))  # also after the paragraph was drawn again
    press("ArrowLeft")
    assert status(marker) == "Your mark: epistemic"
    press("ArrowRight", "Enter", "Escape")
    assert marker.locator("form").count() == 0

    press("Tab", "Tab", "Tab", "Enter")  # keys, the list, I'm done
    marker.get_by_role("heading", name="Beside other readers").wait_for()
    assert has_focus(marker.get_by_role("heading", name="Beside other readers"))
    read_aloud = marker.locator(".btl-place").first.aria_snapshot()
    assert "term: you" in read_aloud
    assert "✓" not in read_aloud
    assert marker.locator(".btl-number-big").inner_text() == "0.50 of 1"
    missed = marker.locator(".btl-group-missed li").first
    press("Tab", "Tab", "Tab", "Space")
    assert missed.get_by_role("checkbox").is_checked()
    press("Tab")
    notebook.page.keyboard.insert_text("“Reportedly” is")
    notebook.page.wait_for_timeout(1500)  # what is typed is saved meanwhile
    notebook.page.keyboard.insert_text(" honest. 😀")
    press("Tab")
    is_saved(marker)
    assert list(answers(lab)["answers"]["mark"]["disagree"].values()) == ["“Reportedly” is honest. 😀"]


def test_a_mark_is_changed_and_deleted_by_mouse(lab, notebook, marker):
    mark_may_by_keyboard(notebook, marker)
    is_saved(marker)
    word(marker, "may").click()
    marker.get_by_role("button", name="End one word later").click()
    marker.get_by_role("radio", name="belief").check()
    marker.get_by_role("button", name="Keep the change").click()
    is_saved(marker)
    assert drawn(marker) == ["may be"]
    assert marks(lab) == [("may be", "belief", 1.0)]
    marker.get_by_text("Show them as a list").click()
    marker.get_by_role("button", name="Change the mark: may be").click()
    marker.get_by_role("button", name="Delete").click()
    marker.get_by_role("heading", name="You have marked nothing yet.").wait_for()
    marker.get_by_role("button", name="Undo").click()
    marker.get_by_role("heading", name="Your marks: 1").wait_for()
    marker.get_by_role("button", name="Start again").click()
    marker.get_by_role("heading", name="You have marked nothing yet.").wait_for()
    marker.get_by_role("button", name="Undo").click()
    marker.get_by_role("heading", name="Your marks: 1").wait_for()


def test_without_a_mark_nothing_is_done_or_undone(notebook, marker):
    before = status(marker)
    for keys in ("Enter", "Control+z"):
        marker.get_by_role("button", name="Undo").focus()
        notebook.press(keys)
    done = marker.get_by_role("button", name="I’m done")
    done.focus()
    notebook.press("Enter")
    marker.get_by_role("alert").get_by_text("Mark at least one place first").wait_for()  # where the button is
    assert has_focus(done)
    assert status(marker) == before


def test_a_double_click_on_mark_it_marks_once_and_leaves_the_keyboard_in_the_text(notebook, marker):
    word(marker, "may").click()
    marker.get_by_role("radio", name="modal").check()
    marker.get_by_role("radio", name="I’m sure").check()
    marker.get_by_role("button", name="Mark it").dblclick()
    assert marker.locator("form").count() == 0
    assert has_focus(word(marker, "may"))
    assert drawn(marker) == ["may"]


def test_in_a_narrow_window_the_words_that_were_marked_come_back_into_view(notebook, marker):
    with notebook.window(360, 500):
        word(marker, "Ferry").click()
        choose(marker, "booster")  # at the end of a form that is as high as the window
        expect(word(marker, "Ferry")).to_be_in_viewport()


def test_the_whole_text_chosen_and_then_a_drag(notebook, marker):
    word(marker, "harbour").click()
    notebook.press("Escape", "Control+a")
    assert status(marker).endswith("“It … people wait <b>there</b")  # cut between words
    assert notebook.page.evaluate("getSelection().isCollapsed")
    notebook.page.evaluate("getSelection().selectAllChildren(document.body)")  # as Ctrl+A does elsewhere
    drag(notebook, word(marker, "can't"), word(marker, "sail"))
    assert marker.locator(".btl-words").inner_text() == "can't sail"


def test_who_starts_again_is_at_the_beginning(notebook, marker):
    mark_may_by_keyboard(notebook, marker)
    with notebook.window(1280, 500):
        marker.get_by_role("button", name="I’m done").click()
        expect(marker.get_by_role("heading", name="Beside other readers")).to_be_focused()
        marker.locator(".btl-place").last.scroll_into_view_if_needed()
        marker.get_by_role("button", name="Start again").evaluate("button => button.click()")
        marker.get_by_role("heading", name="You have marked nothing yet.").wait_for()
        expect(marker.get_by_role("button", name="Start again")).to_be_in_viewport()


def test_the_comparison_gives_reasons_and_takes_an_answer(notebook, marker):
    mark_may_by_keyboard(notebook, marker)
    word(marker, "wait").click()
    choose(marker, "belief")
    is_saved(marker)
    assert marker.locator(".btl-reveal").is_hidden()
    marker.get_by_role("button", name="I’m done").click()
    marker.get_by_text("Marked by others, not by you: 2").wait_for()
    assert marker.get_by_text("Passed on, not vouched for.").is_visible()
    assert "Some 40" in marker.locator(".btl-group-missed").inner_text()
    extra = marker.locator(".btl-group-extra li")
    extra.get_by_role("button", name="Take my mark away").click()
    marker.locator(".btl-group-extra").wait_for(state="detached")
    covered = """bar => {
        const top = document.activeElement.getBoundingClientRect().top;
        return [document.activeElement.textContent, top < bar.getBoundingClientRect().bottom];
    }"""
    assert marker.locator(".btl-bar").evaluate(covered) == ["Beside other readers", False]
    some = marker.locator(".btl-group-missed li", has=marker.page.locator("mark", has_text="Some 40"))
    some.get_by_role("button", name="Mark it, too").click()
    marker.get_by_text("Marked by others, not by you: 1").wait_for()
    assert drawn(marker) == ["may", "Some 40"]
    assert marker.get_by_text("In your first round it was 0.40.").is_visible()
    marker.locator(".btl-page .btl-number").nth(1).click()  # the number in the text leads to the place in the list
    assert has_focus(marker.locator(".btl-group-missed li button").first)


def test_everything_is_there_after_a_restart_and_when_opened_again(lab, notebook, marker):
    mark_may_by_keyboard(notebook, marker)
    is_saved(marker)
    marker.get_by_role("button", name="I’m done").click()
    marker.get_by_role("heading", name="Beside other readers").wait_for()
    is_saved(marker)
    keeping = CELL.replace("shutil.rmtree", "# shutil.rmtree")
    opened = lab.open(lab.write("notebooks/renamed.ipynb", keeping, SHOW))  # another notebook, another kernel
    opened.run_all()
    again = opened.page.locator(".btl-marker")
    assert drawn(again) == ["may"]
    assert again.get_by_role("heading", name="Beside other readers").is_visible()
    assert again.get_by_text("Saved in answers/02_who_says_so").is_visible()
    assert opened.errors == []
    opened.close()


def test_a_kernel_that_is_gone_is_noticed(lab):
    opened = lab.open(lab.write("notebooks/marker_gone.ipynb", CELL, SHOW))
    opened.run_all()
    marker = opened.page.locator(".btl-marker")
    lab.end_kernels(opened.path)
    word(marker, "may").click()
    choose(marker, "modal")
    marker.get_by_text("Not saved yet: is the kernel running?").wait_for()
    assert drawn(marker) == ["may"]
    opened.close()


def test_keys_pressed_in_the_marker_are_no_commands_for_the_cell(notebook, marker):
    with notebook.unchanged():
        word(marker, "Ferry").focus()
        notebook.press("d", "d", "x", "a", "b", "m", "y", "Shift+M", "z", "0", "0", "Enter")
        notebook.press("d", "d", "x", "Escape", "Control+z")


def test_axe_finds_nothing_in_either_theme(lab, theme):
    opened = lab.open(lab.write("notebooks/marker_axe.ipynb", CELL, SHOW))
    opened.run_all()
    marker = opened.page.locator(".btl-marker")
    assert opened.violations(".btl-marker") == []
    mark_may_by_keyboard(opened, marker)
    word(marker, "wait").click()
    assert opened.violations(".btl-marker") == []
    choose(marker, "weasel")
    marker.get_by_role("button", name="I’m done").click()
    marker.get_by_role("heading", name="Beside other readers").wait_for()
    marker.get_by_role("checkbox").first.check()
    assert opened.violations(".btl-marker") == []
    opened.close()


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (1280, 2), (2560, 1)])
def test_nothing_is_cut_off_in_a_small_or_large_window(notebook, marker, width, zoom):
    mark_may_by_keyboard(notebook, marker)
    marker.get_by_role("button", name="I’m done").click()
    marker.get_by_role("heading", name="Beside other readers").wait_for()
    marker.get_by_text("With the keyboard").click()
    word(marker, "wait").click()
    with notebook.window(width, zoom=zoom):
        assert marker.evaluate(CUT_OFF) == []


def test_jupyterlab_shows_the_widget_and_the_file_keeps_the_text(notebook, marker):
    data = notebook.saved()["cells"][1]["outputs"][0]["data"]
    assert data["text/plain"] == "Marker('02_who_says_so/mark')"
    assert "&lt;b&gt;there" in "".join(data["text/html"])
    assert notebook.page.locator(".btl-marker b").count() == 0
