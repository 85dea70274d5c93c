"""Readings beside one another: two, or a whole class. Who marked the same places, and how far they agree.

Readers rarely draw a mark's edges alike. So marks are the same place if they overlap, each with at most one mark of
another reader, those first that are most alike (in how much of both together they share). An attribution's place is
its source and its cue, not all that is said.
"""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from kit.comparing.alpha import alpha, in_words
from kit.errors import KitError
from kit.readings.labels import find_layer
from kit.readings.reading import Annotation, Reading, need_reading
from kit.render.html import static
from kit.text.spans import Span
from kit.text.words import Word, covered, words_of
from kit.wording import visible

WIDTH = 80  # columns of a comparison as text
UNSURE = 0.5  # marks of this confidence or less


class Mark(NamedTuple):
    """An annotation as something to compare: its ``kind`` (only marks of a kind can be the same place: a layer, and
    where parts are compared, a part of an attribution), its ``label``, and its place, which may be in pieces."""

    kind: tuple[str, str]
    label: str
    spans: tuple[Span, ...]
    annotation: Annotation


class Place(NamedTuple):
    """A place in the text: what each reader marked there, or None."""

    marks: tuple[Mark | None, ...]

    @property
    def readers(self) -> int:
        """How many marked it."""
        return sum(mark is not None for mark in self.marks)

    @property
    def start(self) -> int:
        """Where it begins: the earliest code point that anybody marked."""
        return min(mark.spans[0].start for mark in self.marks if mark)

    @property
    def labels(self) -> set[str]:
        """The labels it was given."""
        return {mark.label for mark in self.marks if mark}


def marks_of(reading: Reading, labels: Collection[str] = ()) -> list[Mark]:
    """What there is to compare in a reading, in text order.

    ``labels``: only these are compared; empty: all. A label may be a layer's ("modal"), a kind of speaker ("named
    person"), or a part of an attribution ("cue"): then its parts are compared one by one.

    >>> from kit.text.article import read_text
    >>> said = Annotation("attribution", "indirect", Span(0, 20), details={"speaker_kind": "named person"},
    ...     parts={"source": (Span(0, 3),), "cue": (Span(4, 8),), "content": (Span(9, 20),)})
    >>> reading = Reading(read_text("Ada said it was late."), "me", (said,))
    >>> [(mark.label, mark.spans) for mark in marks_of(reading)]
    [('indirect', (Span(start=0, end=3), Span(start=4, end=8)))]
    >>> [mark.label for mark in marks_of(reading, ["cue", "source"])], marks_of(reading, ["named person"])[0].label
    (['source', 'cue'], 'named person')
    """
    found: list[Mark] = []
    for mark in reading.annotations:
        parts = [part.name for part in find_layer(mark.layer).parts if part.name in labels]
        if parts:
            pieces = ((name, mark.parts[name]) for name in parts if mark.parts.get(name))
            found += [Mark((mark.layer, name), name, tuple(sorted(spans)), mark) for name, spans in pieces]
            continue
        known = (mark.label, mark.details.get("speaker_kind") or "unknown")
        label = next((label for label in known if label in labels), "") if labels else mark.label
        if label:
            found.append(Mark((mark.layer, ""), label, _place(mark), mark))
    seen: dict[tuple[object, ...], Mark] = {}  # attributions in one another share a source: one place
    for one in found:
        seen.setdefault((one.kind, one.spans, one.label), one)
    return sorted(seen.values(), key=lambda one: (one.spans[0], one.kind))


def _place(mark: Annotation) -> tuple[Span, ...]:
    pieces = (*mark.parts.get("source", ()), *mark.parts.get("cue", ()))
    return tuple(sorted(pieces)) or (mark.span,)


def align(readers: Sequence[Sequence[Mark]]) -> list[Place]:
    """The places that readers marked, in text order. A mark is in exactly one place.

    Time grows with the length of all marks together.
    """
    places: list[list[Mark | None]] = []
    at: defaultdict[tuple[tuple[str, str], int], set[int]] = defaultdict(set)  # the places at a code point
    sizes: Counter[int] = Counter()  # of the places, in code points
    for reader, marks in enumerate(readers):
        shared = []
        for number, mark in enumerate(marks):
            meets = Counter(place for point in _points(mark) for place in at.get((mark.kind, point), ()))
            size = sum(1 for _ in _points(mark))
            shared += [(-count / (size + sizes[place] - count), number, place) for place, count in meets.items()]
        placed: dict[int, int] = {}
        for _, number, place in sorted(shared):
            if number not in placed and place not in placed.values():
                placed[number] = place
        for number, mark in enumerate(marks):
            place = placed.get(number, len(places))
            if place == len(places):
                places.append([None] * len(readers))
            places[place][reader] = mark
            for point in _points(mark):
                sizes[place] += place not in at[mark.kind, point]
                at[mark.kind, point].add(place)
    return sorted((Place(tuple(marks)) for marks in places), key=lambda place: place.start)


def _points(mark: Mark) -> Iterator[int]:
    return (point for span in mark.spans for point in range(*span))


def _word_values(all_words: list[Word], marks: Sequence[Mark]) -> list[frozenset[tuple[str, str]]]:
    """For each word: the kinds of marks on it."""
    on: list[set[tuple[str, str]]] = [set() for _ in all_words]
    for mark in marks:
        for span in mark.spans:
            for index in covered(all_words, span):
                on[index].add(mark.kind)
    return [frozenset(kinds) for kinds in on]


@dataclass(frozen=True)
class Comparison:
    """Two readings of one article, place by place: see `compare`."""

    mine: Reading
    other: Reading
    matched: tuple[tuple[Mark, Mark], ...]
    missed: tuple[Mark, ...]
    extra: tuple[Mark, ...]
    alpha: float | None

    @property
    def f1(self) -> float:
        """The share of places that are the same, 0 to 1: twice the matched, divided by all marks of both.

        1 where neither marked anything. Source: L. R. Dice (1945), Measures of the Amount of Ecologic Association
        between Species, Ecology 26(3); the harmonic mean of precision and recall.
        """
        marks = 2 * len(self.matched) + len(self.missed) + len(self.extra)
        return 2 * len(self.matched) / marks if marks else 1.0

    @property
    def same_label(self) -> int:
        """How many of the matched places were given the same label."""
        return sum(mine.label == other.label for mine, other in self.matched)

    def __str__(self) -> str:
        mine, other, both = len(self.matched + self.extra), len(self.matched + self.missed), len(self.matched)
        one, two = called(self.mine.reader), called(self.other.reader)
        counts = f"Marked by {one}: {mine}, by {two}: {other}, by both: {both}"
        return f"{counts}. Agreement {self.f1:.2f} of 1: {how_alike(self.f1)}."

    def __repr__(self) -> str:
        """The counts, and what only one of the two marked, in words."""
        return "\n\n".join(textwrap.fill(visible(line), WIDTH) for line in self._lines())

    def _repr_html_(self) -> str:
        return str(static(Markup("").join(map(Markup("<p>{}</p>").format, self._lines()))))

    def _lines(self) -> Iterator[str]:
        yield str(self)
        for reader, marks in ((self.other.reader, self.missed), (self.mine.reader, self.extra)):
            if marks:
                yield f"Only {called(reader)} marked: {_quoted(marks, self.mine.article.text)}."


def _quoted(marks: Sequence[Mark], text: str) -> str:
    """The words of marks; "?" after those of which their reader was unsure."""
    return ", ".join(
        f"“{' … '.join(span.of(text) for span in mark.spans)}”{'' if mark.annotation.confidence > UNSURE else ' (?)'}"
        for mark in marks
    )


def called(reader: str) -> str:
    """How a reader is spoken of: "kit 1.0" is "the kit".

    >>> called("kit 1.0"), called("the careful reader"), called("")
    ('the kit', 'the careful reader', 'another reader')
    """
    return "the kit" if reader.startswith("kit ") else reader or "another reader"


def how_alike(f1: float) -> str:
    """An agreement on places, 0 to 1, in words.

    >>> how_alike(1.0), how_alike(0.5), how_alike(0.0)
    ('the same in every place', 'about half in common', 'nothing in common')
    """
    if f1 in (0.0, 1.0):
        return "the same in every place" if f1 else "nothing in common"
    steps = ((0.8, "nearly the same"), (0.6, "much in common"), (0.4, "about half in common"), (0.2, "some in common"))
    return next((text for limit, text in steps if f1 >= limit), "little in common")


def compare(mine: Reading, other: Reading, *, labels: Collection[str] = ()) -> Comparison:
    """Compare two readings of one article: what both marked, what only ``other`` did (missed), what only ``mine``.

    ``labels``: compare only these, see `marks_of`. ``alpha`` is Krippendorff's, on words: marked or not. Raises
    `KitError` where the two are not readings of the same text.

    >>> from kit.text.article import read_text
    >>> article = read_text("It may rain, and it could be very late.")
    >>> def reading(name, *spans):
    ...     return Reading(article, name, tuple(Annotation("hedge", "modal", Span(*span)) for span in spans))
    >>> compared = compare(reading("me", (0, 6)), reading("you", (3, 6), (20, 25)))
    >>> len(compared.matched), len(compared.missed), len(compared.extra), round(compared.f1, 2)
    (1, 1, 0, 0.67)
    """
    _same_text([mine, other], "compare")
    marks = [marks_of(reading, labels) for reading in (mine, other)]
    places = align(marks)
    all_words = words_of(mine.article)
    return Comparison(
        mine=mine,
        other=other,
        matched=tuple((place.marks[0], place.marks[1]) for place in places if place.marks[0] and place.marks[1]),
        missed=tuple(mark for place in places if not place.marks[0] and (mark := place.marks[1])),
        extra=tuple(mark for place in places if not place.marks[1] and (mark := place.marks[0])),
        alpha=alpha([_word_values(all_words, mark) for mark in marks]),
    )


@dataclass(frozen=True)
class Agreement:
    """What a group of readers marked in one article: see `agreement`."""

    readers: tuple[str, ...]
    places: tuple[Place, ...]
    alpha: float | None

    def __str__(self) -> str:
        value = "" if self.alpha is None else f"alpha {self.alpha:.2f}, "
        return f"{len(self.readers)} readers, {len(self.places)} places: {value}{in_words(self.alpha)}."


def agreement(readings: Sequence[Reading], *, labels: Collection[str] = ()) -> Agreement:
    """How far a group of readers agree: the places with who marked them, and Krippendorff's alpha on words.

    ``labels``: as in `compare`. Raises `KitError` for fewer than two readings, or for readings of different texts.

    >>> from kit.text.article import read_text
    >>> article = read_text("It may rain, and it could be very late.")
    >>> may, could = (Annotation("hedge", "modal", Span(*span)) for span in ((3, 6), (20, 25)))
    >>> group = agreement([Reading(article, "a", (may, could)), Reading(article, "b", (may,))])
    >>> print(group)
    2 readers, 2 places: alpha 0.62, they see partly the same.
    >>> [place.readers for place in group.places]
    [2, 1]
    """
    if not isinstance(readings, Sequence):
        raise KitError("agreement() takes a list of readings: kit.agreement([mine, yours]).")
    _same_text(readings, "agreement")
    if len(readings) < 2:
        raise KitError(f"Agreement needs at least two readings of the same text, not {len(readings)}.")
    marks = [marks_of(reading, labels) for reading in readings]
    all_words = words_of(readings[0].article)
    values = [_word_values(all_words, one) for one in marks]
    return Agreement(tuple(reading.reader for reading in readings), tuple(align(marks)), alpha(values))


def _same_text(readings: Sequence[Reading], name: str) -> None:
    for reading in readings:
        need_reading(reading, name)
    if len({reading.article.sha256 for reading in readings}) > 1:
        titles = " and ".join(dict.fromkeys(repr(reading.article.title) for reading in readings))
        raise KitError(f"These are readings of different texts ({titles}). Compare readings of one text.")
