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
FORGET = '[file.unlink() for file in pathlib.Path("../answers").glob("*.json")]'
CELL = f"""import kit, pathlib
from kit.widgets.marker import Marker
{FORGET}
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


def row(marker):
    """What there is to say about one mark."""
    return marker.get_by_role("group", name="Your mark:")


def about(marker):
    """The words that the row is about."""
    return row(marker).get_attribute("aria-label").removeprefix("Your mark: ")


def choose(marker, kind):
    row(marker).get_by_role("combobox", name="What is it?").select_option(kind)


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
    word(marker, "Ferry").focus()
    notebook.press("Control+Home", *["ArrowRight"] * 7, "Enter", "Escape")


def test_the_page_shows_the_text_as_it_is(marker):
    shown = marker.locator(".btl-page > *").evaluate_all("blocks => blocks.map((block) => block.textContent)")
    assert "\n\n".join(shown).strip() == TEXT.strip()
    assert status(marker).startswith("Click or tap a word")
    gaps = marker.locator(".btl-page > p").evaluate_all(
        "all => all.map((p) => parseFloat(getComputedStyle(p).marginBottom))"
    )
    assert all(gap > 10 for gap in gaps[:-1])


def test_the_text_is_read_aloud_as_lists_of_words(marker):
    # Not as an application: Orca says nothing there, and keeps the arrow keys to itself.
    paragraph = marker.get_by_role("group", name="The text. Arrow keys").get_by_role("listbox", name="Paragraph 2 of 3")
    assert paragraph.get_by_role("option").all_inner_texts()[:4] == ["Mira", "Vale", "said", "the"]


def test_one_click_marks_a_word_as_usual_and_the_rest_is_for_those_who_want_it(lab, notebook, marker):
    word(marker, "may").click()
    is_saved(marker)
    assert marks(lab) == [("may", "modal", 1.0)]
    assert status(marker) == "Marked: may, could be."
    assert has_focus(word(marker, "may"))
    choose(marker, "weasel")
    row(marker).get_by_role("checkbox", name="not sure").check()
    assert status(marker) == "Changed: may, weasel, not sure."
    is_saved(marker)
    assert marks(lab) == [("may", "weasel", 0.5)]
    word(marker, "may").click()  # whose row it is: close it
    assert row(marker).count() == 0


def test_kinds_have_everyday_names_and_the_fields_beside_them(marker):
    word(marker, "may").click()
    kind = row(marker).get_by_role("combobox", name="What is it?")
    assert kind.locator("option").all_inner_texts()[:3] == ["could be", "how likely", "thinks or hopes"]
    assert kind.locator("option").last.inner_text() == "booster: said with extra certainty"
    choose(marker, "approximator")
    assert kind.get_attribute("title") == "approximator: not an exact figure"  # a tooltip, and read aloud
    assert "not exact" in marker.locator(".btl-tag").all_inner_texts()


def test_words_marked_by_dragging(lab, notebook, marker):
    drag(notebook, word(marker, "can't"), word(marker, "sail"))
    assert about(marker) == "can't sail"
    row(marker).get_by_role("checkbox", name="not sure").check()
    assert status(marker) == "Changed: can't sail, could be, not sure."
    is_saved(marker)
    assert drawn(marker) == ["can't sail"]
    assert marks(lab) == [("can't sail", "modal", 0.5)]


def test_dragging_and_shift_make_a_mark_longer_or_shorter(notebook, marker):
    word(marker, "harbour").click()
    drag(notebook, word(marker, "harbour"), word(marker, "reportedly"))
    assert drawn(marker) == ["harbour office 🇩🇪 reportedly"]
    drag(notebook, word(marker, "reportedly"), word(marker, "office"))
    assert drawn(marker) == ["harbour office"]
    word(marker, "hopes").click(modifiers=["Shift"])
    assert drawn(marker) == ["harbour office 🇩🇪 reportedly hopes"]
    notebook.press("Shift+ArrowLeft")
    assert status(marker) == "Changed: harbour office 🇩🇪 reportedly, could be."
    drag(notebook, word(marker, "wait"), word(marker, "people"))  # elsewhere: another mark
    assert drawn(marker) == ["harbour office 🇩🇪 reportedly", "people wait"]


def test_a_mark_within_a_longer_one(notebook, marker):
    drag(notebook, word(marker, "It"), word(marker, "sail"))
    choose(marker, "weasel")
    notebook.press("Escape")
    word(marker, "can't").click()
    assert about(marker) == "It can't sail"
    row(marker).get_by_role("button", name="Mark this word too").click()
    assert about(marker) == "can't"
    marker.get_by_role("heading", name="Your marks: 2").wait_for()


def test_the_row_stays_beside_the_word_and_covers_none(notebook, marker):
    placed = """(row) => {
        const at = row.getBoundingClientRect();
        const word = document.querySelector(".btl-at").getBoundingClientRect();
        const over = [...document.querySelectorAll(".btl-word")].filter((one) => [...one.getClientRects()].some(
            (box) => box.left < at.right && at.left < box.right && box.top < at.bottom && at.top < box.bottom));
        const isOnScreen = at.left >= 0 && at.right <= innerWidth && at.top >= 0 && at.bottom <= innerHeight;
        return [isOnScreen, over.map((one) => one.textContent), Math.abs(at.top - word.top) < 40];
    }"""
    for width, height, zoom in ((1280, 768, 1), (1366, 768, 2), (390, 844, 1)):
        with notebook.window(width, height, zoom=zoom):
            for text in ("Ferry", "may", "ferry", "sail", "reportedly", "wait"):
                word(marker, text).click()
                assert row(marker).evaluate(placed) == [True, [], True], (width, zoom, text)
                expect(word(marker, text)).to_be_in_viewport()
            marker.get_by_role("button", name="Start again").click()
            marker.get_by_role("heading", name="You have marked nothing yet.").wait_for()


def test_keys_after_a_click_beside_the_rows_controls_are_not_the_texts(notebook, marker):
    word(marker, "may").click()
    row(marker).click(position={"x": 6, "y": 3})  # as any click in Safari, it leaves the focus to what is around
    notebook.press("ArrowRight", "Enter")
    assert about(marker) == "may"
    notebook.press("Escape")
    assert row(marker).count() == 0
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
        marker.get_by_role("group", name="Your mark: harbour", exact=True).wait_for()
        tap(row(marker).get_by_role("button", name="More words"))
        marker.get_by_role("status").get_by_text("Now click or tap the word").wait_for()
        tap(word(marker, "hopes"))
        marker.get_by_role("group", name="Your mark: harbour office 🇩🇪 reportedly hopes", exact=True).wait_for()
        tap(word(marker, "Ferry"))
        marker.get_by_role("group", name="Your mark: Ferry", exact=True).wait_for()
        tap(row(marker).get_by_role("button", name="Delete"))
        is_saved(marker)
    finally:
        touch.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        touch.detach()
    assert drawn(marker) == ["harbour office 🇩🇪 reportedly hopes"]


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
    assert status(marker) == "Marked: may be, could be."
    assert has_focus(word(marker, "be"))
    is_saved(marker)

    press("Enter")  # to what can be said of it
    assert has_focus(row(marker).get_by_role("combobox"))
    press("ArrowDown")
    assert status(marker) == "Changed: may be, how likely."
    press("Tab", "Space")
    assert status(marker) == "Changed: may be, how likely, not sure."
    press("Control+z", "Control+z")
    expect(row(marker).get_by_role("combobox")).to_have_value("modal")  # the row stays
    press("Control+Shift+Z", "Control+Shift+Z", "Enter")  # and back to the text
    assert has_focus(word(marker, "be"))
    marker.locator(".btl-tag", has_text="how likely ?").wait_for()
    press("Control+z", "Control+z")
    marker.locator(".btl-tag", has_text="could be").wait_for()
    press("Control+Shift+Z")
    marker.locator(".btl-tag", has_text="how likely").wait_for()
    press("Delete")
    assert status(marker) == "Mark deleted: may be. Undo brings it back."
    marker.get_by_role("heading", name="You have marked nothing yet.").wait_for()
    press("Control+z")
    marker.get_by_role("status").get_by_text("Undone. Your marks: 1").wait_for()
    assert has_focus(word(marker, "be"))  # also after the paragraph was drawn again
    press("ArrowLeft")
    assert status(marker) == "Your mark: how likely"
    press("ArrowRight", "Enter", "Tab", "Tab", "Enter")  # More words
    assert has_focus(word(marker, "be"))
    press("ArrowRight", "ArrowRight")
    assert status(marker) == "Changed: may be late. “It, how likely."
    press("ArrowLeft", "ArrowLeft", "Escape")
    assert drawn(marker) == ["may be"]
    assert row(marker).count() == 0

    press("Tab", "Tab", "Tab", "Enter")  # keys, the list, I'm done
    marker.get_by_role("heading", name="Beside other readers").wait_for()
    assert has_focus(marker.get_by_role("heading", name="Beside other readers"))
    read_aloud = marker.locator(".btl-place").first.aria_snapshot()
    assert "term: you" in read_aloud
    assert "✓" not in read_aloud
    press("Tab", *["Tab"] * 3)  # the number, the checkbox, the button: on to Next
    assert marker.get_by_role("heading", name="Where you differ: 1 of 3").is_visible()
    press("Tab", "Enter")
    assert status(marker) == "Where you differ: 2 of 3. Marked by others, not by you: reportedly"
    assert has_focus(marker.get_by_role("button", name="Next"))
    press("Shift+Tab", "Shift+Tab", "Shift+Tab", "Space")
    assert marker.locator(".btl-place").get_by_role("checkbox").is_checked()
    press("Tab")
    notebook.page.keyboard.insert_text("“Reportedly” is")
    notebook.page.wait_for_timeout(1500)  # what is typed is saved meanwhile
    notebook.page.keyboard.insert_text(" honest. 😀")
    press("Tab")
    is_saved(marker)
    assert list(answers(lab)["answers"]["mark"]["disagree"].values()) == ["“Reportedly” is honest. 😀"]


def test_a_mark_is_changed_and_deleted_from_the_list(lab, notebook, marker):
    word(marker, "may").click()
    is_saved(marker)
    marker.get_by_text("Show them as a list").click()
    marker.get_by_role("button", name="Change the mark: may").click()
    assert has_focus(row(marker).get_by_role("combobox"))
    choose(marker, "belief")
    is_saved(marker)
    assert marks(lab) == [("may", "belief", 1.0)]
    row(marker).get_by_role("button", name="Delete").click()
    marker.get_by_role("heading", name="You have marked nothing yet.").wait_for()
    for _ in range(2):
        marker.get_by_role("button", name="Undo").click()
        marker.get_by_role("heading", name="Your marks: 1").wait_for()
        marker.get_by_role("button", name="Start again").click()
        marker.get_by_role("heading", name="You have marked nothing yet.").wait_for()


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


def test_a_double_click_marks_once_and_leaves_the_keyboard_in_the_text(notebook, marker):
    word(marker, "may").dblclick()
    assert about(marker) == "may"
    row(marker).get_by_role("button", name="Delete").dblclick()
    assert row(marker).count() == 0
    assert has_focus(word(marker, "may"))
    assert drawn(marker) == []


def test_the_word_that_is_clicked_stays_where_it_is(notebook, marker):
    with notebook.window(390, 500):
        word(marker, "may").click()
        is_saved(marker)  # Until then the room below it opens.
        word(marker, "reportedly").evaluate("node => node.scrollIntoView({ block: 'center' })")
        before = word(marker, "reportedly").bounding_box()
        word(marker, "reportedly").click()  # the room below “may” closes
        assert abs(word(marker, "reportedly").bounding_box()["y"] - before["y"]) < 2


def test_the_whole_text_chosen_and_then_a_drag(notebook, marker):
    word(marker, "harbour").click()
    notebook.press("Escape", "Control+a")
    assert status(marker).endswith("“It … people wait <b>there</b")  # cut between words
    assert notebook.page.evaluate("getSelection().isCollapsed")
    notebook.page.evaluate("getSelection().selectAllChildren(document.body)")  # as Ctrl+A does elsewhere
    drag(notebook, word(marker, "can't"), word(marker, "sail"))
    assert about(marker) == "can't sail"


def test_who_starts_again_is_at_the_beginning(notebook, marker):
    mark_may_by_keyboard(notebook, marker)
    with notebook.window(1280, 500):
        marker.get_by_role("button", name="I’m done").click()
        expect(marker.get_by_role("heading", name="Beside other readers")).to_be_focused()
        marker.locator(".btl-place").last.scroll_into_view_if_needed()
        marker.get_by_role("button", name="Start again").evaluate("button => button.click()")
        marker.get_by_role("heading", name="You have marked nothing yet.").wait_for()
        expect(marker.get_by_role("button", name="Start again")).to_be_in_viewport()


def test_the_comparison_comes_one_place_at_a_time_and_takes_an_answer(notebook, marker):
    mark_may_by_keyboard(notebook, marker)
    word(marker, "wait").click()
    is_saved(marker)
    assert marker.locator(".btl-reveal").is_hidden()
    marker.get_by_role("button", name="I’m done").click()
    place, at = marker.locator(".btl-place"), marker.locator(".btl-stage h4")
    next_place = marker.get_by_role("button", name="Next")
    expect(at).to_have_text("Where you differ: 1 of 3")
    assert row(marker).count() == 0
    assert place.count() == 1
    assert place.get_by_text("Passed on, not vouched for.").is_visible()
    next_place.click()
    expect(at).to_have_text("Where you differ: 2 of 3")
    assert place.locator("mark").inner_text() == "Some 40"
    place.get_by_role("button", name="Mark it, too").click()
    place.get_by_text("Marked alike").wait_for()  # it stays: one sees what one did
    assert has_focus(next_place)
    assert drawn(marker) == ["may", "Some 40", "wait"]
    notebook.press("Enter")
    expect(at).to_have_text("Where you differ: 3 of 3")
    assert next_place.get_attribute("aria-disabled") == "true"
    place.get_by_role("button", name="Take my mark away").click()
    expect(at).to_have_text("Where you differ: 2 of 2")
    assert has_focus(at)
    marker.get_by_role("button", name="Back").click()
    expect(at).to_have_text("Where you differ: 1 of 2")
    marker.locator(".btl-page .btl-number").first.click()  # the number in the text leads to the place
    assert has_focus(place.get_by_role("button", name="Place 1: show it in the text"))
    assert at.inner_text() == "You don’t differ here"


def test_all_places_as_a_list_and_the_figures_for_those_who_want_them(notebook, marker):
    mark_may_by_keyboard(notebook, marker)
    word(marker, "wait").click()
    marker.get_by_role("button", name="I’m done").click()
    alpha = marker.get_by_text("Krippendorff’s alpha")
    assert alpha.is_hidden()
    marker.get_by_text("The same in figures").click()
    assert alpha.is_visible()
    switch = marker.get_by_role("button", name="Show all places as a list")
    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    marker.get_by_text("Marked by others, not by you: 2").wait_for()
    extra = marker.locator(".btl-group-extra li")
    extra.get_by_role("button", name="Take my mark away").click()
    marker.locator(".btl-group-extra").wait_for(state="detached")
    covered = """bar => {
        const top = document.activeElement.getBoundingClientRect().top;
        return [document.activeElement.textContent, top < bar.getBoundingClientRect().bottom];
    }"""
    assert marker.locator(".btl-bar").evaluate(covered) == ["Beside other readers", False]
    marker.locator(".btl-page .btl-number").nth(1).click()
    assert has_focus(marker.locator(".btl-group-missed li button").first)
    switch.click()
    assert marker.locator(".btl-place").count() == 1


def test_everything_is_there_after_a_restart_and_when_opened_again(lab, notebook, marker):
    mark_may_by_keyboard(notebook, marker)
    is_saved(marker)
    marker.get_by_role("button", name="I’m done").click()
    marker.get_by_role("heading", name="Beside other readers").wait_for()
    is_saved(marker)
    keeping = CELL.replace(FORGET, "")
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
    marker.get_by_role("button", name="I’m done").click()
    marker.get_by_role("heading", name="Beside other readers").wait_for()
    marker.get_by_role("checkbox").first.check()
    marker.get_by_text("The same in figures").click()
    assert opened.violations(".btl-marker") == []
    marker.get_by_role("button", name="Show all places as a list").click()
    assert opened.violations(".btl-marker") == []
    opened.close()


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (1280, 2), (2560, 1)])
def test_nothing_is_cut_off_in_a_small_or_large_window(notebook, marker, width, zoom):
    mark_may_by_keyboard(notebook, marker)
    marker.get_by_role("button", name="I’m done").click()
    marker.get_by_role("heading", name="Beside other readers").wait_for()
    marker.get_by_text("With the keyboard").click()
    marker.get_by_text("The same in figures").click()
    drag(notebook, word(marker, "It"), word(marker, "sail"))
    with notebook.window(width, zoom=zoom):
        assert marker.evaluate(CUT_OFF) == []


def test_jupyterlab_shows_the_widget_and_the_file_keeps_the_text(notebook, marker):
    data = notebook.saved()["cells"][1]["outputs"][0]["data"]
    assert data["text/plain"] == "Marker('02_who_says_so/mark')"
    assert "&lt;b&gt;there" in "".join(data["text/html"])
    assert notebook.page.locator(".btl-marker b").count() == 0
