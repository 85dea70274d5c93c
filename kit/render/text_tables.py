"""A reading as text tables, for a terminal or a mail."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence
from functools import partial

from kit.readings.labels import called_label, find_label, layers, meaning
from kit.readings.reading import REPORTER, Annotation, Reading
from kit.readings.voices import NOT_NAMED, voice_of
from kit.wording import one_line, visible

WIDEST = 120
NARROWEST = 60
LONGEST = 100  # characters of a passage that a table repeats
SURE = 0.5  # marks below it get a question mark
SAID = ("who", "signal", "how", "what", "how they know", "inside the words of")  # of marks with a source and a content
MARKED = ("words", "what it is", "in context", "whose words")


def reading_table(reading: Reading, *, width: int | None = None) -> str:
    """All marks of a reading, one table for each layer. ``width`` in columns; default: the terminal's.

    >>> from kit.text.article import read_text
    >>> from kit.text.spans import Span
    >>> marks = (Annotation("hedge", "modal", Span(3, 6)),)
    >>> print(reading_table(Reading(read_text("It may rain."), "me", marks), width=60))
    It may rain.
    read by me
    <BLANKLINE>
    How sure?
    words    what it is      in context    whose words
    -------  --------------  ------------  -------------
    may      can be, or not  It may rain.  the reporter
    <BLANKLINE>
    """
    columns = fitting(width)
    text = reading.article.text
    tables = [visible(f"{reading.article.title}\nread by {reading.reader}")]
    for layer in layers():
        if marks := reading.layer(layer.name):
            header, row = (SAID, _said_row) if layer.parts else (MARKED, _mark_row)
            rows = [row(mark, text) for mark in marks]
            tables.append(f"{layer.question}\n{table_text(header, rows, width=columns)}")
    if len(tables) == 1:
        tables.append("Nothing marked.")
    return "\n\n".join(tables) + "\n"


def table_text(header: Sequence[str], rows: Sequence[Sequence[str | int]], *, width: int | None = None) -> str:
    """A table that fits into ``width`` columns (default: the terminal's): the widest column gives way.

    >>> print(table_text(("who", "times"), [("the mayor", 2)]))
    who        times
    ---------  -------
    the mayor  2
    """
    from tabulate import tabulate  # here: it takes longer to load than the rest of the kit

    columns = fitting(width)
    widths = [max(len(str(cell)) for cell in column) for column in zip(header, *rows, strict=True)]
    widest = widths.index(max(widths))
    widths = [width if n == widest else min(width, max(columns // 5, 12)) for n, width in enumerate(widths)]
    while sum(widths) + 2 * len(widths) > columns and max(widths) > 12:
        widths[widths.index(max(widths))] -= 1
    wrap = partial(textwrap.fill, break_on_hyphens=False)  # "Hamas-controlled" is one word to look for
    wrapped = [[wrap(visible(str(cell)), width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    table: str = tabulate(wrapped, header, tablefmt="simple", disable_numparse=True)  # wrapping "31,000" it fails
    return table


def fitting(width: int | None) -> int:
    """The columns to fill: neither too few to read nor too many."""
    return min(max(width or shutil.get_terminal_size((100, 24)).columns, NARROWEST), WIDEST)


def _said_row(mark: Annotation, text: str) -> tuple[str, ...]:
    kind = mark.details.get("speaker_kind", "")
    who = mark.details.get("speaker") or NOT_NAMED
    return (
        f"{who} (for its government)" if kind == "place" else who,
        mark.part("cue", text) or "–",
        _how(mark.label) + ("" if mark.confidence >= SURE else " ?"),
        _begin(mark.part("content", text)),
        called_label(mark.details.get("basis", "")),
        "" if mark.voice == REPORTER else mark.voice,
    )


def _mark_row(mark: Annotation, text: str) -> tuple[str, ...]:
    start, end = mark.span.start, mark.span.end
    before = text[max(start - LONGEST, 0) : start].rpartition("\n")[2].split(" ")[-4:]
    after = text[end : end + LONGEST].partition("\n")[0].split(" ")[:4]
    context = f"{' '.join(before)}{mark.span.of(text)}{' '.join(after)}"
    return (_begin(mark.span.of(text)), meaning(mark.label), one_line(context), voice_of(mark))


def _how(name: str) -> str:
    label = find_label(name)
    return label.briefly if label and label.briefly else name


def _begin(passage: str) -> str:
    """A passage on one line, or its beginning."""
    return textwrap.shorten(passage, LONGEST, placeholder=" …")
