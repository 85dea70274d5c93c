"""Pictures of each widget in a real JupyterLab, to look at after a change, and the README's. They test nothing.

    .venv/bin/python -m pytest tests/e2e/pictures.py

They go to tests/e2e/pictures/, which git ignores, by theme and width; the README's goes to docs/reader.png.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import ROOT

from e2e.lab import LIGHT, Notebook

FOLDER = ROOT / "tests" / "e2e" / "pictures"
START = 'import kit\nstory = kit.load("blinken")\nreading = kit.annotate(story)'
TALL = 4500
Scene = tuple[str, Callable[[Any], None]]


def open_card(reader: Any) -> None:
    reader.get_by_role("button", name="believes, attribution").first.click()


def explain(reader: Any) -> None:
    open_card(reader)
    reader.get_by_text("What does “").first.click()


def mark(marker: Any) -> None:
    for word in ("said", "worked", "believes"):
        choose(marker, word)


def choose(marker: Any, word: str) -> None:
    marker.locator(".btl-word").get_by_text(word, exact=True).first.click()


def compare(marker: Any) -> None:
    mark(marker)
    marker.get_by_role("button", name="I’m done").click()
    marker.get_by_role("heading", name="Beside other readers").wait_for()


def answer(quiz: Any) -> None:
    quiz.get_by_role("button", name="Hint 1 of 2").click()
    quiz.get_by_label("Gallant told the reporter").check()
    quiz.get_by_label("I’m sure").check()
    quiz.get_by_role("button", name="Commit my answer").click()
    quiz.get_by_role("button", name="Change my mind").wait_for()


def write(quiz: Any) -> None:
    quiz.get_by_label("Your answer").fill("It takes no side, so each reader can decide.")
    quiz.get_by_role("button", name="Commit my answer").click()
    for name, words in (("It does not judge", "takes no side"), ("Readers can", "reader can decide")):
        quiz.get_by_role("checkbox", name=name).check()
        quiz.get_by_role("textbox", name="Your words for it").fill(words)
        quiz.get_by_role("button", name="These are my words").click()
        quiz.get_by_text(f"Your words: “{words}”").wait_for()


def have_a_point(quiz: Any) -> None:
    quiz.get_by_label("Care: it says no more").check()
    quiz.get_by_label("I’m sure").check()
    quiz.get_by_role("button", name="Commit my answer").click()
    quiz.get_by_text("You have a point.").wait_for()


def swap(rewriter: Any) -> None:
    rewriter.get_by_role("button", name="terrorists", exact=True).first.click()
    rewriter.get_by_role("button", name="fighters", exact=False).first.click()
    rewriter.get_by_role("button", name="hunting down", exact=True).first.click()


def hand_in(form: Any) -> None:
    form.get_by_label("Your name").fill("Amira K")
    form.get_by_role("button", name="Hand in this lesson").click()
    form.get_by_text("No place for files?").click()
    form.get_by_label("The code", exact=True).wait_for()


def look(output: Any) -> None:
    """As it is when the cell has run."""


SCENES: dict[str, Scene] = {
    "reader": ("kit.show(reading)", explain),
    "marker": (
        'kit.Marker("02_who_says_so/mark", story, layer="attribution", labels=["cue"], paragraphs=(2, 3))',
        mark,
    ),
    "marker_labels": (
        'kit.Marker("03_how_sure/mark", story, layer="hedge", paragraphs=(2, 3))',
        lambda one: choose(one, "some"),
    ),
    "marker_compared": (
        'kit.Marker("02_who_says_so/other", story, layer="attribution", labels=["cue"], paragraphs=(2, 3))',
        compare,
    ),
    "quiz": ('kit.Quiz("02_who_says_so/before")', look),
    "quiz_answered": ('kit.Quiz("02_who_says_so/nested")', answer),
    "quiz_written": ('kit.Quiz("02_who_says_so/why-said")', write),
    "quiz_defensible": ('kit.Quiz("03_how_sure/j-reportedly")', have_a_point),
    "quiz_order": ('kit.Quiz("01_what_am_i_looking_at/photo-road")', look),
    "quiz_words": ('kit.Quiz("02_who_says_so/find-the-cue")', look),
    "quiz_log": ('kit.Quiz("01_what_am_i_looking_at/log-agency")', look),
    "rewriter": ('kit.Rewriter("04_in_whose_words/rewrite", story, paragraphs=(2, 3))', swap),
    "paste": ('kit.Paste("06_your_article/first", example="ferry_1")', look),
    "hand_in": ('kit.HandIn("02_who_says_so")', hand_in),
    "chart_voices": ('kit.chart(reading, "voices")', look),
    "chart_when": ('kit.chart(reading, "when")', look),
    "report": ("kit.report(reading)", look),
    "progress": ("kit.progress()", look),
    "glossary": ('kit.glossary("hedge", "cue", "news agency")', look),
}


@pytest.fixture
def notebook(lab: Any, theme: str, width: int) -> Any:
    lab.forget()
    opened = lab.open(lab.write("notebooks/pictures.ipynb", START, *(cell for cell, _ in SCENES.values())))
    opened.command("View", "Appearance", "Show Left Sidebar")
    opened.resize(width, TALL)
    opened.run_all()
    yield opened
    opened.close()


@pytest.mark.parametrize("width", [1100, 320])
def test_pictures_of_each_widget(notebook: Notebook, theme: str, width: int) -> None:
    folder = FOLDER / f"{theme.split()[-1].lower()}_{width}"
    folder.mkdir(parents=True, exist_ok=True)
    cells = notebook.page.locator(".jp-CodeCell")
    for number, (name, (_, act)) in enumerate(SCENES.items(), start=1):
        cells.nth(number).scroll_into_view_if_needed()
        output = cells.nth(number).locator(".jp-OutputArea-output").first
        act(output.locator(".btl").first if output.locator(".btl").count() else output)
        output.screenshot(path=folder / f"{name}.png")


def test_the_picture_in_the_readme(lab: Any) -> None:
    lab.theme(LIGHT)
    opened = lab.open(lab.write("notebooks/picture.ipynb", f"{START}\nkit.show(reading)"))
    opened.command("View", "Appearance", "Show Left Sidebar")
    opened.resize(1240, 1000)
    opened.run_all()
    open_card(opened.page.locator(".btl-reader"))
    opened.page.screenshot(path=ROOT / "docs" / "reader.png")
    opened.close()
