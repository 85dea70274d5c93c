"""Where in an article something is worth marking and rewriting: the paragraphs with most to find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from kit.course.marking_tasks import Task
from kit.readings.labels import find_label
from kit.readings.reading import PARTS, Reading

MOST_WORDS = 120  # to mark in one exercise; a single paragraph may have more
VIEWS = ("loaded", "label", "metaphor", "intensifier", "euphemism", "scare_quotes")
SURE = 0.5  # confidence of a mark for whose sake a passage is chosen
DOUBTS = ("modal", "epistemic", "belief", "inquiry", "conditional", "hearsay", "approximator", "weasel", "booster")
LABELS: Mapping[str, tuple[str, ...]] = {"attribution": PARTS, "hedge": DOUBTS, "framing": VIEWS}  # in a whole reading
TASKS = {"mark-who": ("attribution", ("cue",)), "mark-sure": ("hedge", DOUBTS), "mark-words": ("framing", VIEWS)}
DOERS = ("mark-doers", "framing", ("agentless",))  # where there is no word that carries a view
TITLES = {
    "mark-who": "Mark who speaks",
    "mark-sure": "Mark how sure they are",
    "mark-words": "Mark words that carry a view",
    "mark-doers": "Mark where nobody does it",
    "mark-more": "Mark who speaks: another part",
    "rewrite": "In other words",
}


class Paragraphs(NamedTuple):
    """What is marked in an exercise: paragraphs of the body, the first and the last, counted from 1."""

    layer: str
    labels: tuple[str, ...]
    paragraphs: tuple[int, int]


def windows(reading: Reading) -> dict[str, Paragraphs]:
    """The marking exercises, by name: one for each layer of which the kit found something, and one more for signals."""
    found: dict[str, Paragraphs] = {}
    for name, (layer, labels) in TASKS.items():
        if place := _best(reading, layer, labels, taken=None):
            found[name] = Paragraphs(layer, labels, place)
    name, layer, labels = DOERS
    if "mark-words" not in found and (place := _best(reading, layer, labels, taken=None)):
        found[name] = Paragraphs(layer, labels, place)
    who = found.get("mark-who")
    if who and (place := _best(reading, who.layer, who.labels, taken=who.paragraphs)):
        found["mark-more"] = Paragraphs(who.layer, who.labels, place)
    return found


def to_rewrite(reading: Reading) -> tuple[int, int]:
    """The paragraph with most words that carry a view, as the first and the last of what is rewritten."""
    marks: Counter[int] = Counter()
    for mark in reading.layer("framing"):
        label = find_label(mark.label)
        marks[_paragraph(reading, mark.span.start)] += 3 if label and label.view else 1
    marks.pop(0, None)
    best = max(marks, key=lambda number: (marks[number], -number), default=1)
    return best, best


def _body(reading: Reading) -> list[int]:
    return [number for number, part in enumerate(reading.article.parts) if part.kind == "body"]


def _paragraph(reading: Reading, at: int) -> int:
    """The paragraph of the body at a place, counted from 1; 0: somewhere else."""
    parts = reading.article.parts
    return next((n for n, part in enumerate(_body(reading), 1) if parts[part].start <= at < parts[part].end), 0)


def _best(
    reading: Reading, layer: str, labels: tuple[str, ...], taken: tuple[int, int] | None
) -> tuple[int, int] | None:
    """The paragraphs beside each other with most marks, and not more words than one marks in a sitting."""
    found = [mark for mark in Task(reading.article, layer, labels).marks(reading) if mark.annotation.confidence >= SURE]
    marks = Counter(_paragraph(reading, mark.spans[0].start) for mark in found)
    parts, text = reading.article.parts, reading.article.text
    words = [len(text[parts[number].start : parts[number].end].split()) for number in _body(reading)]
    best, most = None, 0
    for first in range(1, len(words) + 1):
        for last in range(first, len(words) + 1):
            overlaps = taken and first <= taken[1] and taken[0] <= last
            if overlaps or (last > first and sum(words[first - 1 : last]) > MOST_WORDS):
                break
            count = sum(marks[number] for number in range(first, last + 1))
            if count > most:
                best, most = (first, last), count
    return best
