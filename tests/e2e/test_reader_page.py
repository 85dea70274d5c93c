"""The Reader on a page of its own, in a real browser: by mouse and by keyboard, in both themes, and let alone."""

from __future__ import annotations

from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from e2e.lab import has_focus
from e2e.test_reader import COUNCIL, READING, TEXT
from kit.widgets.reader_page import reader_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    into = tmp_path_factory.mktemp("page") / "reader.html"
    into.write_text(reader_page(READING), "utf-8")
    return into


@pytest.fixture
def opened(open_file, made):
    """Opens the page."""
    return partial(open_file, made)


def test_a_mark_opens_its_card_by_mouse(opened):
    page = opened()
    page.get_by_role("button", name="believes, attribution").click()
    card = page.get_by_role("dialog")
    expect(card.locator(".btl-kind")).to_have_text("attribution")
    expect(card.locator("dd").nth(1)).to_contain_text(COUNCIL)
    card.get_by_role("button", name="Close").click()
    expect(card).to_have_count(0)


def test_everything_works_by_keyboard_alone(opened):
    page = opened()
    switch = page.get_by_role("button", name="In whose words?")
    for _ in range(12):
        page.keyboard.press("Tab")
        if has_focus(switch):
            break
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(1)
    expect(page.get_by_role("status")).to_contain_text("Mark 2 of")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    switch.press(" ")
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("button", name="monster, framing word")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (390, "dark")])
def test_it_can_be_read_by_everybody(opened, width, scheme):
    page = opened(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page.get_by_role("button", name="monster, framing word").click()
    page.locator("details summary").last.click()
    found = Axe().run(page).response["violations"]
    assert [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_where_scripts_are_off_the_marked_text_is_there(opened):
    page = opened(java_script_enabled=False)
    expect(page.locator(".btl-page mark.btl-framing")).to_have_text("monster")
    expect(page.locator(".btl-legend")).to_be_visible()


def test_on_paper_there_is_the_text_with_its_marks_and_no_card(opened):
    page = opened(color_scheme="dark")
    page.get_by_role("button", name="monster, framing word").click()
    page.emulate_media(media="print")
    expect(page.get_by_role("dialog")).to_be_hidden()
    shown = page.locator(".btl-reader .btl-page").inner_text()
    assert "monster" in shown
    assert TEXT[-9:] in shown
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_script_that_somebody_puts_into_the_file_does_not_run(browser, made, tmp_path):
    """The same words run in a page without the policy, so this would be seen."""
    evil = "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"
    page = browser.new_page()
    for name, text in (("with", made.read_text("utf-8")), ("without", "<title>Free</title><main>")):
        (tmp_path / name).write_text(text.replace("<main>", f"<main>{evil}"), "utf-8")
        (tmp_path / name).rename(tmp_path / f"{name}.html")
        page.goto((tmp_path / f"{name}.html").as_uri())
        if name == "without":
            page.wait_for_function("document.title === 'run'")
        else:
            expect(page.locator(".btl-reader")).to_have_count(1)
            assert page.title() == READING.article.title
    page.close()
