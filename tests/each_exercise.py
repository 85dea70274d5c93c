"""Each kind of exercise, for tests of what all of them share: how they save."""

import pytest

from kit.sources.load import load
from kit.widgets.marker import Marker
from kit.widgets.paste import Paste
from kit.widgets.quiz import Quiz
from kit.widgets.rewriter import Rewriter

LESSON = "04_in_whose_words"
OWN = "The old mill may close, the mayor of Port Vorn said on Monday."
MARKS = [{"first": n, "last": n, "label": "modal", "sure": True} for n in (0, 3)]

# How a cell makes it, how a student answers, the trait that shows the answer.
EXERCISES = {
    "Quiz": (lambda: Quiz(f"{LESSON}/look-back"), lambda quiz: setattr(quiz, "text", "Words."), "text"),
    "Marker": (
        lambda: Marker(f"{LESSON}/mark", load("blinken"), layer="hedge"),
        lambda marker: setattr(marker, "marks", MARKS),
        "marks",
    ),
    "Rewriter": (
        lambda: Rewriter(f"{LESSON}/rewrite", "A brutal plan."),
        lambda desk: setattr(desk, "versions", ["A plan."]),
        "versions",
    ),
    "Paste": (lambda: Paste(f"{LESSON}/first", example="ferry_1"), lambda paste: paste.use(OWN), "text"),
}
each_exercise = pytest.mark.parametrize("kind", EXERCISES)


def said(widget):
    """The sentence about saving, whatever the widget calls it."""
    return widget.saved["text"] if isinstance(widget.saved, dict) else widget.saved
