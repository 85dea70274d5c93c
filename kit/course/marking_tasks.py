"""What a student is asked to mark: which words, in which layer, with which labels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from kit.comparing.comparison import UNSURE, Mark, marks_of
from kit.errors import KitError
from kit.files import replace_surrogates
from kit.readings.labels import ATTRIBUTION, called_label, everyday_label, find_layer, meaning
from kit.readings.reading import PARTS, Annotation, Reading
from kit.text.article import Article, as_article
from kit.text.spans import Span
from kit.text.words import Word, covered, words_of

PARTS_TASK = "Find each place where somebody other than the reporter speaks, thinks or plans. Mark "
PARTS_TASKS = {
    "source": "who it is",
    "cue": "the words that signal it (“said”, “believes”)",
    "content": "what is said or thought",
}
UNLABELLED = "marked"
SURE = 1.0


def students_mark(layer: str, label: str, span: Span, *, sure: bool) -> Annotation:
    """A mark of a student's as an annotation."""
    return Annotation(
        layer,
        label,
        span,
        entry="reader",
        parts={label: (span,)} if label in PARTS else {},
        details={"speaker_kind": label} if label in ATTRIBUTION.to_choose() else {},
        confidence=SURE if sure else UNSURE,
    )


@dataclass(frozen=True)
class Task:
    """What is to be marked. ``labels``: those to choose from; empty: a mark is a mark.

    ``paragraphs``: the first and the last paragraph of the body, counted from 1; None: headline and body.

    A student's mark is plain data for the browser: ``{"first": 3, "last": 5, "label": "modal", "sure": True}``, with
    words counted from 0 within what is shown; `annotation` makes it part of a reading, `mark` goes back.
    """

    article: Article
    layer: str
    labels: tuple[str, ...]
    paragraphs: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        self._check_labels()
        if not self.words:
            raise KitError("There is no text to mark here. Check the article and the numbers of the paragraphs.")

    def _check_labels(self) -> None:
        """Raises `KitError` for an unknown layer and for a label of another one.

        Where marks have parts, these may be marked instead.
        """
        layer = find_layer(self.layer)
        allowed, parts = layer.to_choose(), [part.name for part in layer.parts]
        choice = ", ".join(allowed)
        if parts:
            if set(self.labels) <= set(parts):
                return
            choice += f"; or {', '.join(parts)}"
        for label in self.labels:
            if label not in allowed:
                raise KitError(f"There is no label {label!r} for {self.layer}. Choose from: {choice}.")

    @cached_property
    def words(self) -> list[Word]:
        """The words that are shown."""
        everything = words_of(self.article)
        if self.paragraphs is None:
            return everything
        body = [number for number, part in enumerate(self.article.parts) if part.kind == "body"]
        shown = set(body[max(self.paragraphs[0] - 1, 0) : self.paragraphs[1]])
        return [word for word in everything if word.part in shown]

    @property
    def text(self) -> str:
        """The task in a sentence or two."""
        parts = [PARTS_TASKS[label] for label in self.labels if label in PARTS]
        if not parts:
            return find_layer(self.layer).task
        text = f"{PARTS_TASK}{', '.join(parts)}."
        return f"{text} Then choose which of these it is." if len(parts) > 1 else text

    def sentences(self) -> list[int]:
        """The first word of each sentence."""
        firsts: dict[int, int] = {}  # the first word by sentence
        for number, word in enumerate(self.words):
            firsts.setdefault(word.sentence, number)
        return list(firsts.values())

    def choices(self) -> list[dict[str, str]]:
        """The labels, the usual one first: the name that students choose by, the field's own, and what it means."""
        return [
            {"label": label, "name": everyday_label(label), "field": called_label(label), "means": meaning(label)}
            for label in self.labels
        ]

    def looks(self) -> dict[str, str]:
        """What a mark with each of the labels looks like; "": one without a label. See `kit.readings.labels.Layer`."""
        layer = find_layer(self.layer)
        return {label: layer.look(label) for label in self.labels or ("",)}

    def blocks(self) -> list[dict[str, Any]]:
        """The paragraphs that are shown, in pieces: words with their numbers, and what is between them (-1).

        No offset leaves Python: a browser, which counts UTF-16 units, never has to count.
        """
        text, blocks = self.article.text, []
        for number, group in groupby(enumerate(self.words), key=lambda pair: pair[1].part):
            part = self.article.parts[number]
            pieces, at = [], part.start
            for index, word in group:
                pieces += [(text[at : word.start], -1), (text[word.start : word.end], index)]
                at = word.end
            pieces.append((text[at : part.end], -1))
            plain = [{"text": replace_surrogates(piece), "word": index} for piece, index in pieces if piece]
            blocks.append({"kind": part.kind, "pieces": plain})
        return blocks

    def span(self, first: int, last: int) -> Span:
        """From the start of one word to the end of another, in the article."""
        return Span(self.words[first].start, self.words[last].end)

    def annotation(self, mark: dict[str, Any]) -> Annotation:
        """A student's mark as an annotation.

        >>> from kit.text.article import read_text
        >>> task = Task(read_text("It may rain."), "hedge", ("modal",))
        >>> made = task.annotation({"first": 1, "last": 1, "label": "modal", "sure": False})
        >>> made.span, made.confidence < SURE
        (Span(start=3, end=6), True)
        """
        span = self.span(mark["first"], mark["last"])
        return students_mark(self.layer, mark["label"] or UNLABELLED, span, sure=mark["sure"])

    def mark(self, annotation: Annotation) -> dict[str, Any] | None:
        """An annotation as a student's mark; None if it lies outside of what is shown, or is of another task."""
        numbers = covered(self.words, annotation.span)
        label = "" if annotation.label == UNLABELLED else annotation.label
        if not numbers or annotation.layer != self.layer or label not in (self.labels or ("",)):
            return None
        return {"first": numbers[0], "last": numbers[-1], "label": label, "sure": annotation.confidence > UNSURE}

    def marks(self, reading: Reading) -> list[Mark]:
        """What of a reading this task asks for."""
        marks = marks_of(reading.only([self.layer]), self.labels)
        return [mark for mark in marks if any(covered(self.words, span) for span in mark.spans)]


def make_task(article: Any, layer: str = "attribution", labels: Any = None, paragraphs: Any = None) -> Task:
    """What a cell with `kit.Marker` asks for: students' and teachers' cells are not type-checked.

    Raises `KitError`, with what to write, for what can't be marked.
    """
    if isinstance(labels, str):
        raise KitError(f'Marker() takes a list of labels: labels=["{labels}"].')
    match paragraphs:
        case None | (int(), int()):
            pass
        case _:
            raise KitError("Marker() takes the first and the last paragraph, counted from 1: paragraphs=(1, 6).")
    chosen = find_layer(layer).to_choose() if labels is None else tuple(labels)
    return Task(as_article(article), layer, chosen, paragraphs)
