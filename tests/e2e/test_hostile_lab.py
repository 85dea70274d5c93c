"""Texts that mean harm in a real JupyterLab: in every widget of a notebook, and in a lesson that is made of them."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT
from hostile_pages import payloads, sentences

from e2e.lab import answers_in
from e2e.made_lesson import made_lesson
from e2e.student import WIDGETS

pytestmark = [pytest.mark.browser, pytest.mark.walk]

TEXTS = list(payloads().values())
SOME = TEXTS[::3]
ARTICLE = (ROOT / "tests" / "examples" / "new_lesson" / "agency.txt").read_text("utf-8")
# JupyterLab has scripts, links and pictures of its own: looked at is what the kit drew.
DRAWN = """() => [...document.querySelectorAll(".btl *, .btl-lesson-bar *, .jp-MarkdownOutput *")].filter((one) =>
    one.matches("script, iframe, object, embed, base, form[action], svg:not(.btl svg[role=img]), math, link, img")
    || [...one.attributes].some(({ name, value }) => name.startsWith("on") || /^\\s*(javascript|data):/i.test(value)))
    .map((one) => one.outerHTML)"""


def check_nothing_ran(page):
    page.evaluate("() => new Promise((done) => setTimeout(() => requestIdleCallback(done)))")
    assert page.evaluate("document.documentElement.id") == ""
    assert page.evaluate(DRAWN) == []


def test_no_text_runs_in_a_widget(lab):
    text = "\n\n".join(["Rain in Port Vorn", *sentences(TEXTS)])
    cells = (
        answers_in("answers-hostile", fresh=True),
        f"texts = {SOME!r}\narticle = kit.read_text({text!r}, ' '.join(texts))\nreading = kit.annotate(article)",
        "kit.show(reading)",
        "kit.Marker('my_text/mark', article, layer='hedge', paragraphs=(1, 30), task=' '.join(texts))",
        "kit.Rewriter('my_text/rewrite', article, paragraphs=(1, 9), task=' '.join(texts))",
        "kit.report(reading)",
        "kit.compare(reading, kit.Reading(article, ' '.join(texts)))",
        "kit.chart(reading, 'voices')",
        "kit.Paste('my_text/paste', example='blinken')",
        "kit.HandIn('02_who_says_so')",
    )
    notebook = lab.open(lab.write("notebooks/hostile.ipynb", *cells))
    notebook.run_all()
    page = notebook.page
    shown = page.locator(".btl-reader .btl-page").text_content()
    assert [one for one in TEXTS if "\0" not in one and " ".join(one.split()) not in " ".join(shown.split())] == []
    for mark in page.locator(".btl-reader .btl-page [role=button]").all()[:20]:
        mark.dispatch_event("click")
    form = page.locator(".btl-hand-in")
    form.get_by_label("Your name").fill(TEXTS[5])
    form.get_by_label("Your name").press("Enter")
    form.get_by_text("Written: ").wait_for()
    pasted = page.locator(".btl-paste textarea")
    pasted.fill(text[:4000])
    check_nothing_ran(page)
    notebook.close()


@pytest.fixture
def lesson(tmp_path, browser, monkeypatch):
    """A lesson made of an article whose title, people and words are such texts."""
    title = " ".join(one for one in SOME if "\0" not in one)
    written = "\n\n".join(
        f"{part} “It is {text} here,” said Ada {text[:20]} Brandt." if number % 2 else part
        for number, (part, text) in enumerate(zip(ARTICLE.split("\n\n"), TEXTS, strict=False))
    )
    path = tmp_path / "agency.txt"
    path.write_text(f"+++\ntitle = {json.dumps(title)}\nauthor = {json.dumps(title)}\n+++\n{written}", "utf-8")
    with made_lesson(path, tmp_path / "course", browser, monkeypatch) as lesson:
        yield lesson


def test_no_text_runs_in_a_lesson(lesson):
    number, count = lesson.step()
    while True:
        for widget in lesson.cells().locator(WIDGETS).all():
            widget.wait_for()
        check_nothing_ran(lesson.page)
        if number == count:
            break
        lesson.onward(lesson.click_continue)
        number, count = lesson.step()
    assert lesson.errors == []
