"""What a class marked in a text: place by place how many, beside other readers; and how far its students agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil
from random import Random
from statistics import fmean
from typing import Any

from kit.classroom.class_work import Exercise, Marked
from kit.classroom.consensus import Consensus, consensus
from kit.classroom.discernment import Counts
from kit.comparing.alpha import alpha
from kit.comparing.comparison import UNSURE, Mark, align
from kit.course.marking_tasks import Task
from kit.readings.reading import Reading
from kit.text.spans import Span
from kit.text.words import covered

SPLIT = (0.35, 0.65)  # of the class's weight at a place: between these, two readings
SECOND = 0.3  # of the weight of a place's labels, from which on a label is kept beside another
FEWEST = 0.1  # of the class that marks a word: from there on it is a place
CAREFUL, KIT = "the careful reader", "the kit"
MOST_PAIRS = 300  # of students whose marks are compared; of more, these are drawn by lot, always the same


@dataclass(frozen=True)
class Reference:
    """What a reader outside the class marked there. ``sure``: not one of the places on which careful readers differ."""

    label: str
    why: str
    sure: bool


@dataclass(frozen=True)
class Place:
    """A place in the text: its words, by number within the task and in their order, and who marked it. ``labels``: how
    many gave each.

    ``careful`` and ``kit``: theirs, or None. ``weight``: the share of the class that marked it, the reliable counting
    for more. ``kept``: the labels under which it is in the class's own reading; ``split``: the class is of two minds.
    """

    words: tuple[int, ...]
    students: frozenset[int]
    labels: Mapping[str, int]
    sure: int
    careful: Reference | None
    kit: Reference | None
    weight: float
    kept: tuple[str, ...]
    split: bool

    @property
    def pieces(self) -> list[tuple[int, int]]:
        """Its words in pieces that stand together, each by its first and its last word."""
        pieces: list[tuple[int, int]] = []
        for word in self.words:
            if pieces and word == pieces[-1][1] + 1:
                pieces[-1] = (pieces[-1][0], word)
            else:
                pieces.append((word, word))
        return pieces


@dataclass(frozen=True)
class MarkedText:
    """What a class marked in one exercise. ``readers``: who has committed marks, by number.

    ``alpha``: Krippendorff's, on words, marked or not; ``by_paragraph``: the same, by the part's number. ``pairs``:
    the mean agreement (F) of two students; ``beside``: each student's with the careful reader, or with the kit where
    there is none; ``key`` says whom. ``counts``: hits and false alarms by student.
    """

    exercise: Exercise
    task: Task
    readers: tuple[int, ...]
    places: tuple[Place, ...]
    alpha: float | None
    by_paragraph: Mapping[int, float | None]
    pairs: float | None
    beside: Mapping[int, float]
    key: str
    counts: Mapping[int, Counts]
    consensus: Consensus

    def key_of(self, place: Place) -> Reference | None:
        """What there is to find at a place: by the careful reader, or by the kit where there is none."""
        return place.careful if self.key == CAREFUL else place.kit


def marked_text(exercise: Exercise, kit: Reading | None, careful: Reading | None) -> MarkedText | None:
    """What the class marked in an exercise, beside other readers; None where nobody has committed marks."""
    task = exercise.task
    if task is None or not exercise.marks:
        return None
    by_student = exercise.marks
    theirs = {"kit": _references(task, kit), "careful": _references(task, careful)}
    on_words = {student: {word for mark in marks for word in mark.words} for student, marks in by_student.items()}
    together = consensus(on_words, len(task.words))
    found = _place_words(by_student, [*theirs["careful"], *theirs["kit"]])
    keyed = theirs["careful"] if careful else theirs["kit"]
    outside = {word for references in theirs.values() for words in references for word in words}
    values = {student: [word in words for word in range(len(task.words))] for student, words in on_words.items()}
    parts = [word.part for word in task.words]
    return MarkedText(
        exercise=exercise,
        task=task,
        readers=tuple(by_student),
        places=tuple(_place(words, by_student, theirs, together) for words in found),
        alpha=alpha(list(values.values())),
        by_paragraph={
            part: alpha([[one for one, of in zip(row, parts, strict=True) if of == part] for row in values.values()])
            for part in dict.fromkeys(parts)
        },
        pairs=_pairs(list(by_student.values())),
        beside={
            student: _alike(marks, [Marked(words, "") for words in keyed]) for student, marks in by_student.items()
        },
        key=CAREFUL if careful else KIT,
        counts={student: _counts(words, keyed, outside, len(task.words)) for student, words in on_words.items()},
        consensus=together,
    )


def _references(task: Task, reading: Reading | None) -> dict[tuple[int, ...], Reference]:
    """What another reader marked of what the task asks for, by its words."""
    found: dict[tuple[int, ...], Reference] = {}
    for mark in task.marks(reading) if reading else ():
        words = tuple(sorted({number for span in mark.spans for number in covered(task.words, span)}))
        sure = mark.annotation.confidence > UNSURE
        found.setdefault(words, Reference(mark.label if len(task.labels) > 1 else "", mark.annotation.why, sure))
    return found


def _place_words(
    by_student: Mapping[int, Sequence[Marked]], references: Iterable[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    """The words of each place: those of other readers, and between them where a part of the class marked the same."""
    found: list[tuple[int, ...]] = []
    taken: set[int] = set()
    for words in references:
        if not taken & set(words):
            found.append(words)
            taken |= set(words)
    on: defaultdict[int, list[Marked]] = defaultdict(list)
    for marks in by_student.values():
        for mark in marks:
            for word in mark.words:
                on[word].append(mark)
    least = max(1, ceil(len(by_student) * FEWEST))
    for word, marks in sorted(on.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(marks) >= least and word not in taken:
            beside = Counter(other for mark in marks for other in mark.words)  # most who mark the one mark the other
            found.append(tuple(sorted(w for w, n in beside.items() if 2 * n > len(marks) and w not in taken)))
            taken |= set(found[-1])
    return sorted(found)


def _place(
    words: tuple[int, ...],
    by_student: Mapping[int, Sequence[Marked]],
    theirs: Mapping[str, Mapping[tuple[int, ...], Reference]],
    together: Consensus,
) -> Place:
    here = set(words)
    marks = {student: [mark for mark in own if here & set(mark.words)] for student, own in by_student.items()}
    marks = {student: own for student, own in marks.items() if own}
    labels: Counter[str] = Counter(label for own in marks.values() for label in {mark.label for mark in own})
    weights = together.weights
    heavy: defaultdict[str, float] = defaultdict(float)
    for student, own in marks.items():
        for label in {mark.label for mark in own}:
            heavy[label] += weights[student]
    whole = sum(weights.values()) or 1.0
    weight = sum(weights[student] for student in marks) / whole
    votes = sum(heavy.values()) or 1.0
    belongs = max(together.words[word] for word in words) >= 0.5
    heaviest = sorted(heavy, key=lambda label: (-heavy[label], label))
    kept = tuple(label for label in heaviest if heavy[label] / votes >= SECOND) or tuple(heaviest[:1])
    return Place(
        words=words,
        students=frozenset(marks),
        labels=dict(labels.most_common()),
        sure=sum(any(mark.sure for mark in own) for own in marks.values()),
        careful=_overlapping(theirs["careful"], here),
        kit=_overlapping(theirs["kit"], here),
        weight=weight,
        kept=kept if belongs else (),
        split=SPLIT[0] <= weight <= SPLIT[1] or (belongs and len(kept) > 1),
    )


def _overlapping(references: Mapping[tuple[int, ...], Reference], here: set[int]) -> Reference | None:
    return next((reference for words, reference in references.items() if here & set(words)), None)


def _counts(words: set[int], keyed: Mapping[tuple[int, ...], Reference], outside: set[int], length: int) -> Counts:
    """A student's hits, of the places that are sure, and false alarms, of the words that nobody outside marks."""
    sure = [place for place, reference in keyed.items() if reference.sure]
    return Counts(
        hits=sum(bool(words & set(place)) for place in sure),
        places=len(sure),
        alarms=len(words - outside),
        plain=length - len(outside),
    )


def _alike(some: Sequence[Marked], others: Sequence[Marked]) -> float:
    """The agreement on places of two readers, F, 0 to 1, as `kit.comparing.comparison` counts it: here by words."""
    places = align([_as_marks(some), _as_marks(others)])
    both = sum(place.readers == 2 for place in places)
    total = both + len(places)
    return 2 * both / total if total else 1.0


def _as_marks(some: Sequence[Marked]) -> list[Mark]:
    annotation: Any = None  # nothing here asks for it
    return [
        Mark(("", ""), mark.label, (Span(mark.words[0], mark.words[-1] + 1),), annotation)
        for mark in some
        if mark.words
    ]


def _pairs(readings: Sequence[Sequence[Marked]]) -> float | None:
    """The mean agreement of two students."""
    pairs = list(combinations(range(len(readings)), 2)) if len(readings) < 200 else None
    if pairs is None or len(pairs) > MOST_PAIRS:
        lot = Random(0)
        pairs = [(one, two) for one, two in (lot.sample(range(len(readings)), 2) for _ in range(MOST_PAIRS))]
    return fmean(_alike(readings[one], readings[two]) for one, two in pairs) if pairs else None
