"""The Reader in a real JupyterLab: by mouse, by keyboard alone, in both themes, small and large."""

from __future__ import annotations

import pytest

from e2e.lab import CUT_OFF, LIGHT, has_focus
from kit.readings.reading import Annotation, Reading
from kit.text.article import read_text
from kit.text.spans import Span

pytestmark = pytest.mark.browser

# All that can go wrong between Python and the page: emoji, an accent of its own, right-to-left marks, CRLF, markup.
TEXT = (
    "Storm 🌩️ nears the coast of Port Vorn\r\n\r\n"
    "The pier of Port Vorn on Monday morning. Ben Okoro/AFP/dpa\r\n\r\n"
    "The cafe\u0301 <script>document.title = 'attacked'</script> \u200fשלום\u200e 🇩🇪 may close, "
    "the mayor reportedly claimed.\r\n\r\n"
    "Ana Lima said the council believes that some 40 boats are at the mercy of a monster. "
    "“We will be fine,” she added."
)
MAYOR, COUNCIL = "the mayor", "the council"


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def said(source: str, cue: str, content: str, voice: str = "reporter") -> Annotation:
    parts = {"source": (at(source),), "cue": (at(cue),), "content": (at(content),)}
    spans = [span for spans in parts.values() for span in spans]
    whole = Span(min(spans).start, max(span.end for span in spans))
    details = {"speaker": source, "speaker_kind": "named_person", "stance": "neutral"}
    return Annotation(
        "attribution", "indirect", whole, f"“{cue}” has {source} as its subject.", "cue/x", voice, parts, details
    )


CLOSING = TEXT[at("The cafe").start : at("close").end]
READING = Reading(
    read_text(TEXT),
    "a test",
    (
        said(MAYOR, "reportedly claimed", CLOSING),
        said("Ana Lima", "said", "the council believes that some 40 boats are at the mercy of a monster"),
        said(COUNCIL, "believes", "some 40 boats are at the mercy of a monster", "Ana Lima"),
        Annotation("hedge", "modal", at("🇩🇪 may"), "“May” leaves it open.", "hedge/may", MAYOR, confidence=0.8),
        Annotation("hedge", "hearsay", at("reportedly"), "Passed on, not vouched for.", "hedge/reportedly"),
        Annotation("hedge", "approximator", at("some 40"), "Not an exact figure.", "hedge/some", COUNCIL),
        Annotation("framing", "metaphor", at("monster"), "A storm is no monster.", "framing/monster", COUNCIL),
    ),
)
CELL = f"""import kit
reading = kit.Reading.from_dict({READING.to_dict()!r}, kit.read_text({TEXT!r}))
reader = kit.show(reading)
reader"""


@pytest.fixture(scope="module")
def shared(lab):
    """A notebook with a Reader in it."""
    opened = lab.open(lab.write("notebooks/reader_test.ipynb", CELL))
    yield opened
    assert opened.errors == []
    opened.close()


@pytest.fixture
def notebook(shared):
    """The notebook as it is when a student has just run it."""
    shared.resize(1280)
    shared.run_all()
    return shared


@pytest.fixture
def own(lab, tmp_path):
    """A notebook for tests that change its cells."""
    opened = lab.open(lab.write(f"notebooks/{tmp_path.name}.ipynb", CELL))
    opened.run_all()
    yield opened
    opened.close()


@pytest.fixture
def reader(notebook):
    return notebook.page.locator(".btl-reader")


@pytest.fixture
def card(reader):
    return reader.get_by_role("dialog")


def mark(reader, name):
    """Where the keyboard stops for a mark, by what a screen reader calls it."""
    return reader.get_by_role("button", name=name, exact=True)


def rows(card):
    return dict(zip(card.locator("dt").all_inner_texts(), card.locator("dd").all_inner_texts(), strict=True))


def status(reader):
    return reader.get_by_role("status").inner_text()


def tab_into_the_text(notebook, reader):
    """Tab from the last layer switch: the text is the next stop."""
    reader.get_by_role("button", name="In whose words?").focus()
    notebook.page.keyboard.press("Tab")


def test_the_page_shows_the_text_as_it_is(notebook, reader):
    shown = reader.locator(".btl-page > *").evaluate_all(
        """blocks => blocks.map((block) => [...block.childNodes]
            .filter((node) => !node.classList?.contains("btl-note")).map((node) => node.textContent).join(""))"""
    )
    assert "".join(shown).split() == TEXT.split()
    assert notebook.page.title() != "attacked"
    assert reader.get_by_role("heading").inner_text() == "Storm 🌩️ nears the coast of Port Vorn"
    assert reader.locator(".btl-note").all_inner_texts() == ["caption", "photo credit"]


def test_each_mark_lies_on_its_own_words_to_the_pixel(own):
    """From Python's offsets to what the browser draws: astral characters must not shift anything."""
    reader = own.page.locator(".btl-reader")
    for index, annotation in enumerate(READING.annotations):
        own.type(f"reader.selected = {index}")
        drawn = "".join(reader.locator(".btl-open").evaluate_all("pieces => pieces.map((piece) => piece.textContent)"))
        spans = sorted(span for spans in annotation.parts.values() for span in spans) or [annotation.span]
        assert drawn == "".join(span.of(TEXT) for span in spans)


def test_a_mark_opened_by_mouse(reader, card):
    mark(reader, "🇩🇪 may, hedge").click()
    assert card.locator(".btl-words").inner_text() == "🇩🇪 may"
    assert rows(card) == {
        "Why": "“May” leaves it open.",
        "Whose words": "inside somebody’s words: the mayor",
        "How sure this reading is": "fairly sure",
    }
    assert status(reader) == "Mark 1 of 7: hedge, inside somebody’s words: the mayor"
    card.get_by_role("button", name="Close").click()
    assert card.count() == 0


def test_a_mark_opened_by_keyboard_alone(notebook, reader, card):
    press = notebook.press
    tab_into_the_text(notebook, reader)
    press("ArrowRight", "ArrowRight")
    assert status(reader) == "Mark 3 of 7: hedge, the reporter’s own words"
    focused = mark(reader, "reportedly claimed, attribution; reportedly, hedge")
    assert has_focus(focused)
    assert focused.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    press("Enter")
    assert has_focus(card.get_by_role("heading", name="reportedly", exact=True))
    assert card.locator(".btl-kind").inner_text() == "hedge"
    press("ArrowRight")
    assert card.locator(".btl-words").inner_text() == "said"
    press("Escape")
    assert card.count() == 0
    assert has_focus(mark(reader, "said, attribution"))


def test_home_and_end_reach_the_first_and_the_last_mark(notebook, reader):
    tab_into_the_text(notebook, reader)
    notebook.page.keyboard.press("End")
    assert status(reader).startswith("Mark 7 of 7: framing word")
    notebook.page.keyboard.press("ArrowRight")
    assert status(reader).startswith("Mark 7 of 7")
    notebook.page.keyboard.press("Home")
    assert status(reader).startswith("Mark 1 of 7: hedge, inside")


def test_the_text_is_one_tab_stop(reader):
    assert reader.locator(".btl-page [tabindex='0']").count() == 1
    assert reader.locator(".btl-page [role=button]").count() == 6  # seven marks; two share "reportedly"


def test_marks_in_one_place_are_all_in_reach(reader, card):
    mark(reader, "monster, framing word").click()
    others = card.locator(".btl-others").get_by_role("button")
    assert others.all_inner_texts() == ["attribution: believes", "attribution: said"]
    others.first.click()
    assert rows(card)["Whose words"] == "inside somebody’s words: Ana Lima"
    assert rows(card)["Who"] == "the council (named person)"
    assert others.all_inner_texts() == ["framing word: monster", "attribution: said"]


def test_a_click_anywhere_in_what_is_said_opens_who_says_it(reader, card):
    reader.locator(".btl-content", has_text="boats are at the mercy").click()
    assert card.locator(".btl-words").inner_text() == "believes"


def test_layers_are_switched_off_and_on(notebook, reader, card):
    switch = reader.get_by_role("button", name="How sure? 3 hedges", exact=True)  # neither samples nor a sign are read
    mark(reader, "🇩🇪 may, hedge").click()
    switch.click()
    assert switch.get_attribute("aria-pressed") == "false"
    assert status(reader) == "How sure? 3 hedges hidden."
    assert card.count() == 0
    assert mark(reader, "🇩🇪 may, hedge").count() == 0
    assert (
        reader.locator(".btl-page .btl-hedge").first.evaluate("n => getComputedStyle(n).textDecorationLine") == "none"
    )
    tab_into_the_text(notebook, reader)
    notebook.page.keyboard.press("End")
    assert status(reader).startswith("Mark 4 of 4")
    switch.focus()
    notebook.page.keyboard.press("Space")
    assert switch.get_attribute("aria-pressed") == "true"
    assert mark(reader, "🇩🇪 may, hedge").count() == 1


def test_python_sees_what_was_clicked_and_the_page_what_python_sets(own):
    reader = own.page.locator(".btl-reader")
    reader.get_by_role("button", name="In whose words?").click()
    mark(reader, "believes, attribution").click()
    assert own.type("reader.layers, reader.marks[reader.selected]['words']") == (
        "(['attribution', 'hedge'], 'believes')"
    )
    own.type("reader.layers = ['framing']; reader.selected = 6")
    assert reader.get_by_role("dialog").locator(".btl-words").inner_text() == "monster"


def test_keys_pressed_in_the_reader_are_no_commands_for_the_cell(own):
    reader = own.page.locator(".btl-reader")
    with own.unchanged():
        tab_into_the_text(own, reader)
        own.press(*"ddxabmyz00", "Shift+M", "Enter", *"ddx00", "ArrowDown", "Escape", "d", "d")


def test_axe_finds_nothing_in_either_theme(lab, theme):
    opened = lab.open(lab.write("notebooks/reader_theme.ipynb", CELL))
    opened.run_all()
    reader = opened.page.locator(".btl-reader")
    paper = reader.evaluate("node => getComputedStyle(node).backgroundColor")
    assert (paper == "rgb(253, 252, 249)") == (theme == LIGHT)
    assert opened.violations(".btl-reader") == []
    mark(reader, "believes, attribution").click()
    for summary in reader.locator("summary").all():
        summary.click()
    assert opened.violations(".btl-reader") == []
    opened.close()


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (1280, 2), (2560, 1)])
def test_nothing_is_cut_off_in_a_small_or_large_window(notebook, reader, card, width, zoom):
    mark(reader, "said, attribution").click()
    with notebook.window(width, zoom=zoom):
        assert reader.evaluate(CUT_OFF) == []


def test_saving_works_from_inside_the_reader(own):
    own.focus()
    own.type("1")
    assert own.page.locator(".lm-TabBar-tab.jp-mod-current.jp-mod-dirty").count() == 1
    tab_into_the_text(own, own.page.locator(".btl-reader"))
    own.page.keyboard.press("Control+s")
    own.page.locator(".lm-TabBar-tab.jp-mod-current.jp-mod-dirty").wait_for(state="detached")


def test_the_switches_stay_in_view(notebook, reader):
    notebook.resize(1280, 620)
    mark(reader, "monster, framing word").scroll_into_view_if_needed()
    mark(reader, "monster, framing word").evaluate("node => node.scrollIntoView({ block: 'start' })")
    bar, word = reader.locator(".btl-bar").bounding_box(), mark(reader, "monster, framing word").bounding_box()
    panel = notebook.page.locator(".jp-WindowedPanel-outer:visible").bounding_box()
    assert bar["y"] >= panel["y"]
    assert word["y"] >= bar["y"] + bar["height"]


def test_print_keeps_the_marks_and_leaves_the_card(notebook, reader):
    mark(reader, "🇩🇪 may, hedge").click()
    notebook.page.emulate_media(media="print")
    try:
        assert reader.locator(".btl-card").evaluate("node => getComputedStyle(node).display") == "none"
        assert reader.locator(".btl-hedge").first.evaluate("n => getComputedStyle(n).textDecorationStyle") == "wavy"
    finally:
        notebook.page.emulate_media(media="screen")


def test_two_readers_on_one_page_do_not_meddle(lab):
    again = "other = kit.show(reading)\nother"
    opened = lab.open(lab.write("notebooks/two_readers.ipynb", CELL, again))
    opened.run_all()
    one, other = opened.page.locator(".btl-reader").all()
    mark(one, "monster, framing word").click()
    other.get_by_role("button", name="How sure?").click()
    assert one.get_by_role("dialog").count() == 1
    assert other.get_by_role("dialog").count() == 0
    assert mark(one, "🇩🇪 may, hedge").count() == 1
    assert opened.page.locator(".btl-reader [id]").count() == 0
    assert opened.errors == []
    opened.close()


def test_jupyterlab_shows_the_widget_and_the_file_keeps_the_text(notebook, reader):
    assert notebook.page.locator(".btl").count() == 1
    data = notebook.saved()["cells"][0]["outputs"][0]["data"]
    assert "".join(data["text/plain"]).endswith("3 attributions, 3 hedges, 1 framing word)")
    assert "<mark" in "".join(data["text/html"])


def test_the_lesson_runs_from_top_to_bottom_and_its_marks_open(lab):
    opened = lab.open(lab.as_notebook("notebooks/02_who_says_so.ipynb"))
    opened.run_all()
    reader = opened.page.locator(".btl-reader.btl-show-attribution").last
    card = reader.get_by_role("dialog")
    mark(reader, "believes, attribution").first.click()
    assert rows(card)["Who"].startswith("Israel")
    assert "terrorists responsible for the October 7 massacre" in rows(card)["What"]
    opened.page.keyboard.press("Escape")
    assert card.count() == 0
    opened.page.keyboard.press("Home")
    opened.page.keyboard.press("Enter")
    assert status(reader).startswith("Mark 1 of ")
    assert {"Why", "Who", "Signal"} <= rows(card).keys()
    opened.close()


def test_a_card_explains_its_terms_by_keyboard_alone(notebook, reader, card):
    press = notebook.page.keyboard.press
    tab_into_the_text(notebook, reader)
    press("Enter")
    explained = card.locator("details")
    assert explained.locator("summary").all_inner_texts() == ["What does “hedge” mean?", "What does “modal” mean?"]
    assert not explained.get_by_text("less certain or less exact").is_visible()
    for key in ("Tab", "Enter", "Tab", "Space"):
        press(key)
    assert explained.get_by_text("A word that makes a statement less certain or less exact.").is_visible()
    assert explained.get_by_text("Whose words: the voice.").is_visible()
    assert explained.get_by_text("A helping verb such as may, could or would").is_visible()
    assert explained.get_by_text("In the story: “would depend on the consent of Hamas”").is_visible()
    assert notebook.violations(".btl-card") == []
    press("Enter")  # closes what is in focus, and leaves the card open
    assert not explained.get_by_text("A helping verb").is_visible()
    press("ArrowRight")
    assert explained.locator("summary").all_inner_texts()[0] == "What does “attribution” mean?"
    assert explained.locator("[open]").count() == 0


def test_an_open_explanation_stays_open_while_its_card_does(own):
    reader = own.page.locator(".btl-reader")
    mark(reader, "monster, framing word").click()
    summary = reader.get_by_role("dialog").locator("summary").last
    summary.click()
    own.type("reader.layers = ['attribution', 'framing']")
    assert reader.get_by_role("dialog").get_by_text("one thing is spoken of as if it were another").is_visible()


@pytest.mark.parametrize(("width", "height", "zoom"), [(1366, 768, 1), (390, 844, 1), (1366, 768, 2)])
def test_a_card_stays_on_screen_wherever_its_mark_is(notebook, reader, card, width, height, zoom):
    at_the_head, near_the_edge, at_the_end = "🇩🇪 may, hedge", "some 40, hedge", "monster, framing word"
    with notebook.window(width, height, zoom=zoom):
        seen = notebook.page.locator(".jp-WindowedPanel-outer:visible").bounding_box()
        for name in (at_the_head, near_the_edge, at_the_end):
            mark(reader, name).scroll_into_view_if_needed()
            mark(reader, name).click()
            box = card.bounding_box()
            assert seen["x"] <= box["x"]
            assert box["x"] + box["width"] <= seen["x"] + seen["width"]
            assert seen["y"] <= box["y"] + 1
            if box["height"] < seen["height"] - 200:  # the switches take room, too
                assert box["y"] + box["height"] <= seen["y"] + seen["height"] + 1
            card.get_by_text("What does “").first.click()
            told = card.locator("details").first.bounding_box()
            assert seen["y"] <= told["y"] + 1
            assert told["y"] + told["height"] <= seen["y"] + seen["height"] + 1
            notebook.page.keyboard.press("Escape")


def test_a_wide_window_is_used(notebook, reader, card):
    with notebook.window(1366, 768):
        mark(reader, "monster, framing word").click()
        text, beside, all_of_it = (one.bounding_box() for one in (reader.locator(".btl-page"), card, reader))
        assert text["width"] + beside["width"] > all_of_it["width"] * 0.85
        notebook.page.keyboard.press("Escape")


def test_a_dollar_is_money_on_the_page(lab):
    price = "The bridge cost $7 million and $8, the mayor said."
    formula = "from IPython.display import HTML\nHTML('<p>A formula: $x^2$</p>')"
    cells = (
        f'kit.show("{price}")',
        f'kit.report(kit.annotate("{price}"))',
        f'kit.compare("{price}", "It cost $9 or $10.")',
    )
    opened = lab.open(lab.write("notebooks/money.ipynb", "import kit", *cells, formula))
    opened.run_all()
    opened.page.locator(".jp-RenderedHTMLCommon mjx-container").first.wait_for()  # formulas are drawn by now
    assert opened.page.locator("mjx-container").count() == 1
    opened.close()
