"""How far a group of readers agrees, as text tables: each layer, each two readers, and where they differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from statistics import fmean

from kit.comparing.alpha import in_words
from kit.comparing.comparison import Agreement, Place, agreement, called, compare, how_alike
from kit.errors import KitError
from kit.readings.labels import Layer, called_label, layers
from kit.readings.reading import Reading
from kit.render.text_tables import fitting, table_text
from kit.wording import capital, one_line, plural, series, short, visible

LAYERS = ("layer", "places", "marked by all", "F", "alpha", "in words")
DIFFERENT = ("words", "marked by", "not by")
MOST_PAIRS = 6  # readers of whom each two are told apart
MOST_PLACES = 15  # a layer, where they differ
LONGEST = 60  # characters of a place


def agreement_tables(readings: Sequence[Reading], *, only: Collection[str] = (), width: int | None = None) -> str:
    """How far readings of one article agree, in words and figures. ``only``: these layers; empty: all.

    F is the mean over all pairs of readers: 1 if two mark the same places. Alpha is Krippendorff's, on words: marked or
    not. Marks with parts are compared by their signals. Raises `KitError` as `agreement` does, and where nobody marked
    anything.

    >>> from kit.readings.reading import Annotation
    >>> from kit.text.article import read_text
    >>> from kit.text.spans import Span
    >>> article = read_text("It may rain, and it could be very late.")
    >>> may, could = (Annotation("hedge", "modal", Span(*span)) for span in ((3, 6), (20, 25)))
    >>> readings = [Reading(article, "ada", (may, could)), Reading(article, "ben", (may,))]
    >>> print(agreement_tables(readings, width=100), end="")
    2 readers of “It may rain, and it could be very late.”: ada and ben.
    <BLANKLINE>
    layer    places    marked by all    F     alpha    in words
    -------  --------  ---------------  ----  -------  ------------------------
    hedge    2         1                0.67  0.62     they see partly the same
    <BLANKLINE>
    Hedge: where they differ
    words    marked by    not by
    -------  -----------  --------
    could    ada          ben
    """
    readings = _told_apart(readings)
    agreement(readings)  # says what is wrong with them
    marked = {mark.layer for reading in readings for mark in reading.annotations}
    chosen = [layer for layer in layers() if layer.name in (only or marked) and layer.name in marked]
    if not chosen:
        raise KitError("None of these readings has a mark there. Nothing can be compared.")
    title = readings[0].article.title
    names = series(called(reading.reader) for reading in readings)
    columns = fitting(width)
    blocks = [f"{plural(len(readings), 'reader')} of “{visible(one_line(title))}”: {visible(names)}."]
    rows, pairs, places = [], [], []
    for layer in chosen:
        of_layer = [reading.only([layer.name]) for reading in readings]
        labels = _labels(layer, of_layer)
        group = agreement(of_layer, labels=labels)
        alike = [(*pair, compare(*pair, labels=labels).f1) for pair in combinations(of_layer, 2)]
        rows.append(_row(layer, group, fmean(f1 for _, _, f1 in alike)))
        pairs += [
            (layer.name, called(one.reader), called(other.reader), f"{f1:.2f}", how_alike(f1))
            for one, other, f1 in alike
        ]
        places.append(_differing(layer, group, readings[0].article.text, columns))
    blocks.append(table_text(LAYERS, rows, width=columns))
    if 2 < len(readings) <= MOST_PAIRS:
        blocks.append(table_text(("layer", "one", "other", "F", "in words"), pairs, width=columns))
    return "\n\n".join([*blocks, *filter(None, places)]) + "\n"


def _told_apart(readings: Sequence[Reading]) -> list[Reading]:
    """Readers of one name get numbers."""
    names = [reading.reader for reading in readings]
    return [
        reading if names.count(reading.reader) == 1 else replace(reading, reader=f"{reading.reader} {number}")
        for number, reading in enumerate(readings, start=1)
    ]


def _labels(layer: Layer, readings: Sequence[Reading]) -> tuple[str, ...]:
    """What to compare: the signals, if all marks have parts; else whole marks."""
    in_parts = all(mark.parts for reading in readings for mark in reading.annotations)
    return (layer.whole,) if layer.whole and in_parts else ()


def _row(layer: Layer, group: Agreement, f1: float) -> tuple[str | int, ...]:
    places = len(group.places)
    by_all = sum(place.readers == len(group.readers) for place in group.places)
    alpha = "–" if group.alpha is None else f"{group.alpha:.2f}"
    return (layer.name, places, by_all, f"{f1:.2f}", alpha, in_words(group.alpha))


def _differing(layer: Layer, group: Agreement, text: str, columns: int) -> str:
    """The places of a layer that not all marked, or not all with one label; "" if there are none."""
    split = [place for place in group.places if place.readers < len(group.readers) or len(place.labels) > 1]
    if not split:
        return ""
    rows = [tuple(_place(place, group.readers, text)) for place in split[:MOST_PLACES]]
    more = len(split) - len(rows)
    after = f"\nand {plural(more, 'more place')}" if more else ""
    return f"{capital(layer.name)}: where they differ\n{table_text(DIFFERENT, rows, width=columns)}{after}"


def _place(place: Place, readers: Sequence[str], text: str) -> Iterator[str]:
    longest = max((mark for mark in place.marks if mark), key=lambda mark: mark.spans[-1].end - mark.spans[0].start)
    yield short(" … ".join(span.of(text) for span in longest.spans), LONGEST)
    pairs = list(zip(readers, place.marks, strict=True))
    different = len(place.labels) > 1
    yield ", ".join(
        called(reader) + (f" ({called_label(mark.label)})" if different else "") for reader, mark in pairs if mark
    )
    yield ", ".join(called(reader) for reader, mark in pairs if not mark)
