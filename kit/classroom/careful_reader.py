"""The careful reader of a teacher's own lesson: the kit's reading as a draft, put right by hand, and saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kit.analysis.annotate import annotate
from kit.classroom.lesson_marking import LABELS
from kit.course.answers import EXERCISE, open_answers
from kit.course.lesson_files import ITEMS, READINGS, own_folder
from kit.course.lessons import read_lesson
from kit.course.marking_tasks import Task
from kit.errors import KitError
from kit.readings.reading import PARTS, Annotation, Reading
from kit.text.spans import Span
from kit.text.words import Word, covered, words_of
from kit.widgets.marker import Marker

CAREFUL_READER = "the careful reader"
BEGUN = "begun"  # the answer that notes which layers hold a draft: one without a mark may be empty on purpose
TASK = "These are the kit's marks. Take away what is wrong, and add what is missing."
Key = tuple[str, int, int]  # a label or a part, and the first and the last word


def draft_reading(lesson: str, layer: str) -> Marker:
    """The kit's marks on a lesson's article, of one layer, for a teacher to correct. What is changed is saved at once.

    `save_reading` makes the careful reader's reading of it. Raises `KitError` for a lesson or a layer that isn't there.
    """
    if str(layer) not in LABELS:
        raise KitError(f"There is no draft of {layer!r}. Choose from: {', '.join(LABELS)}.")
    article, labels = read_lesson(lesson).article, LABELS[layer]
    marker = Marker(f"{_drafts(lesson)}/{layer}", article, layer=layer, labels=labels, task=TASK, against=[])
    answers = open_answers(_drafts(lesson), article)
    begun = answers.get(BEGUN)
    if layer not in begun:
        task = Task(article, layer, labels)
        marks = [task.annotation(mark) for mark in _as_marked(task, annotate(article))]
        answers.put_marks(layer, marks)
        answers.put(BEGUN, {**begun, layer: True})
    return marker


def save_reading(lesson: str) -> Path:
    """Save what a teacher marked in the drafts as the careful reader's reading; its file, in ``readings/``.

    Markers of the lesson then show it beside the kit's. Where a mark of the kit's was kept, so are its reasons.
    Raises `KitError` for a lesson that isn't the teacher's own, and where a draft was never opened.
    """
    folder = own_folder()
    if folder is None or not (folder / ITEMS / f"{lesson}.toml").is_file():
        raise KitError(f"There is no lesson {lesson!r} of your own here. Run this in the folder of its notebook.")
    article = read_lesson(lesson).article
    answers = open_answers(_drafts(lesson), article)
    if missing := [layer for layer in LABELS if layer not in answers.get(BEGUN)]:
        raise KitError(f"The draft of {missing[0]!r} was never opened. Run the cells above first.")
    words, kits = words_of(article), annotate(article)
    marks = [mark for layer in LABELS for mark in _saved(kits, layer, words, answers.marks(layer))]
    path = folder / READINGS / f"{lesson}.json"
    try:
        Reading(article, CAREFUL_READER, tuple(marks)).save(path)
    except OSError as error:
        raise KitError(
            f"{path} can't be written ({error.strerror or error}). Your marks are kept: run this cell again later."
        ) from None
    return path


def _drafts(lesson: str) -> str:
    """Under which name a lesson's drafts are kept among the answers: no student's marks are among them."""
    return f"{lesson}-careful-reader"


def _as_marked(task: Task, reading: Reading) -> Iterator[dict[str, object]]:
    """A reading's marks as one makes them with a pen, each piece of words for itself."""
    for mark in task.marks(reading):
        for span in mark.spans:
            if numbers := covered(task.words, span):
                yield {"first": numbers[0], "last": numbers[-1], "label": mark.label, "sure": True}


def _saved(kits: Reading, layer: str, words: list[Word], marked: tuple[Annotation, ...]) -> Iterator[Annotation]:
    """What was marked, as annotations: the kit's own where they were kept, parts and all, and new ones."""

    def key(label: str, span: Span) -> Key:
        numbers = covered(words, span)
        return (label, numbers[0], numbers[-1]) if numbers else (label, -1, -1)

    wanted = {key(mark.label, mark.span): mark for mark in marked}
    kept: set[Key] = set()
    for mark in kits.layer(layer):
        if not mark.parts or layer != "attribution":
            if (here := key(mark.label, mark.span)) in wanted:
                kept.add(here)
                yield mark
            continue
        parts = {name: tuple(s for s in mark.parts.get(name, ()) if key(name, s) in wanted) for name in PARTS}
        kept |= {key(name, span) for name, spans in parts.items() for span in spans}
        if left := {name: spans for name, spans in parts.items() if spans}:
            basis = {name: spans for name, spans in mark.parts.items() if name not in PARTS}
            yield replace(mark, parts=left | basis)
    for here, mark in wanted.items():
        if here not in kept:
            details = {name: value for name, value in mark.details.items() if name != EXERCISE}
            yield replace(mark, details=details)
