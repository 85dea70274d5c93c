"""Texts that mean harm on every page that the kit makes, in real browsers: none of them runs.

Each page is opened twice: as it is, and without its Content-Security-Policy, where only the escaping of texts holds. So
that a text that ran would be seen, the same texts are opened as markup first.
"""

from __future__ import annotations

import pytest
from hostile_pages import (
    LESSON,
    hand_ins,
    in_a_file,
    in_a_page_as_it_is,
    in_a_text,
    in_marks,
    marked_by_hand,
    pages_of,
    pages_of_exercises,
    pages_of_work,
    payloads,
)

from e2e import firefox
from kit.classroom.discussion import discuss
from kit.cli import main

pytestmark = pytest.mark.browser

TEXTS = list(payloads().values())
POLICY = "Content-Security-Policy"
# What has become of a page, once all that was under way is done: it has the id that the texts give it; what handles
# events or holds a script, but for the page's own; what was fetched. Before that, all of it is opened and chosen.
LOOK = """new Promise((done) => {
    for (const one of document.querySelectorAll("details")) one.open = true;
    for (const one of document.querySelectorAll(".btl-reader .btl-page [role=button]")) one.click();
    for (const one of document.querySelectorAll("summary, button, [tabindex]")) one.focus();
    setTimeout(() => requestIdleCallback(() => done({
        run: document.documentElement.id,
        born: [...document.querySelectorAll("*")].filter((one) => [...one.attributes].some(({ name, value }) =>
            name.startsWith("on") || name === "srcdoc" || name === "src" || /^\\s*(javascript|data):/i.test(value)))
            .map((one) => one.outerHTML),
        foreign: [...document.querySelectorAll("iframe, object, embed, base, svg, math, link, [http-equiv=refresh]")]
            .map((one) => one.outerHTML),
        fetched: performance.getEntriesByType("resource").map((one) => one.name),
    })));
})"""
NOTHING = {"run": "", "born": [], "foreign": [], "fetched": []}


def pages(folder, *, everything):
    """The pages; without ``everything`` a part of them, that takes a few seconds."""
    articles = {"text": in_a_text(TEXTS, folder)}
    if everything:
        articles["web page"] = in_a_file("html", TEXTS, folder)
        articles["page as it is"] = in_a_page_as_it_is(TEXTS, folder)
    readings = {way: marked_by_hand(article) for way, article in articles.items()} | {"marks": in_marks(TEXTS)}
    made = {f"{way}, {name}": page for way, of in readings.items() for name, page in pages_of(of).items()}
    made |= pages_of_work(" ".join(TEXTS), folder) | pages_of_exercises(" ".join(TEXTS[::4]))
    if everything:
        students = hand_ins(TEXTS, folder / "in")
        assert main(["class", str(students), "-o", str(folder / "class.html"), "--names"]) == 0
        made["class"] = (folder / "class.html").read_text("utf-8")
        made["discuss"] = discuss(LESSON, students).to_html()
    return made


def both_ways(pages, *, everything):
    """Each page without its policy, if it has one; with ``everything`` also as it is."""
    for name, page in pages.items():
        if everything or POLICY not in page:
            yield name, str(page)
        if POLICY in page:
            yield f"{name}, without policy", str(page).replace(POLICY, "X-None")


@pytest.fixture(scope="module")
def chromium(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def fox(tmp_path_factory):
    command = firefox.installed()
    if command is None:
        pytest.skip("No Firefox on this machine (Debian: apt install firefox-esr).")
    with firefox.running(command, tmp_path_factory.mktemp("profile")) as tab:
        yield tab


def look(tab, path, text):
    """What became of a page."""
    path.write_text(text, "utf-8")
    tab.goto(path.as_uri())
    return tab.evaluate(LOOK)


def look_at_all(tab, folder, *, everything):
    made = both_ways(pages(folder, everything=everything), everything=everything)
    found = {name: look(tab, folder / "page.html", page) for name, page in made}
    assert {name: what for name, what in found.items() if what != NOTHING} == {}


def those_that_run(tab, folder, texts):
    head = "<!doctype html><meta charset=utf-8><title>x</title><body><p>"
    return [text for text in texts if look(tab, folder / "page.html", head + text)["run"]]


def test_no_text_runs_on_a_page(chromium, tmp_path, folder):
    assert len(those_that_run(chromium, tmp_path, TEXTS[:12])) >= 6  # it would be seen
    look_at_all(chromium, tmp_path, everything=False)


@pytest.mark.walk
@pytest.mark.parametrize("tab", ["chromium", "fox"])
def test_no_text_runs_on_any_page(tab, request, tmp_path, folder):
    tab = request.getfixturevalue(tab)
    assert len(those_that_run(tab, tmp_path, TEXTS)) >= 25
    look_at_all(tab, tmp_path, everything=True)
