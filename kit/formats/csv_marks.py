"""CSV: a row a mark, for spreadsheets. They take it by a double click: a byte-order mark, commas, quotes where needed.

Offsets are code points, half-open. ``more`` holds in JSON what is seldom asked for: parts, details, reasons. A cell
that a spreadsheet would take for a formula gets an apostrophe, which is taken off again. When we read, only ``label``
(with ``layer`` or without), ``start`` and ``end`` are needed, and semicolons do as well as commas.

What the format can't hold: who read; that is the file's name.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from kit.errors import KitError
from kit.formats.kinds import make_mark, name_of, need_kind, need_words
from kit.readings.reading import Annotation, Reading
from kit.text.article import Article
from kit.text.spans import Span
from kit.wording import series, short

COLUMNS = ("layer", "label", "start", "end", "text", "why", "voice", "confidence", "entry", "more")
MORE = ("parts", "details", "reasons")
NEEDED = ("label", "start", "end")
FORMULA = re.compile(r"('*)([=+\-@\t\r].*)", re.DOTALL)
LARGEST = 10_000_000  # characters of a cell


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a number stays one.

    >>> defused('=HYPERLINK("http://x.example")'), defused("-3"), defused("rain")
    ('\\'=HYPERLINK("http://x.example")', '-3', 'rain')
    """
    return f"'{cell}" if _is_formula(cell) else cell


def _is_formula(cell: str) -> bool:
    match = FORMULA.fullmatch(cell)
    if not match:
        return False
    try:
        float(match[2])
    except ValueError:
        return True
    return False


def _as_it_was(cell: str) -> str:
    """What `defused` got."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def write(reading: Reading) -> str:
    """The table of a reading.

    >>> from kit.text.article import read_text
    >>> mark = Annotation("hedge", "modal", Span(3, 6), "It is open.")
    >>> for line in write(Reading(read_text("It may rain."), "me", (mark,))).lstrip("\\ufeff").splitlines():
    ...     print(line)
    layer,label,start,end,text,why,voice,confidence,entry,more
    hedge,modal,3,6,may,It is open.,reporter,1.0,,
    """
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    for mark in reading.annotations:
        plain = mark.to_dict(reading.article.text)
        more = {name: plain[name] for name in MORE if plain.get(name)}
        cells = plain | {"more": json.dumps(more, ensure_ascii=False) if more else ""}
        rows.writerow([defused(str(cells[name])) for name in COLUMNS])
    return f"\ufeff{file.getvalue()}"


def read(source: str, article: Article, *, reader: str, where: str) -> Reading:
    """A reading of ``article`` from a table; ``reader`` made it, and ``where`` names it in errors.

    Raises `KitError`, with the line, for one that is broken, marks of other words, and kinds that the kit doesn't know.
    """
    source = source.removeprefix("\ufeff")
    head = source.partition("\n")[0]
    csv.field_size_limit(LARGEST)
    rows = csv.DictReader(
        io.StringIO(source, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",", strict=True
    )
    marks: list[Annotation] = []
    try:
        if missing := [name for name in NEEDED if name not in (rows.fieldnames or ())]:
            raise KitError(f"{where}, line 1: there is no column {series(missing)}. Each row needs {series(NEEDED)}.")
        for row in rows:
            cells = {name: _as_it_was(cell) for name, cell in row.items() if isinstance(cell, str) and name}
            marks.append(_mark(cells, article, f"{where}, line {rows.line_num}"))
    except csv.Error as error:
        raise KitError(f"{where}, line {rows.line_num + 1}: this isn't CSV ({error}). Save the table again.") from None
    return Reading(article, reader, tuple(marks))


def _mark(cells: dict[str, str], article: Article, at: str) -> Annotation:
    label, layer = cells.get("label", ""), cells.get("layer", "")
    kind = need_kind(name_of(layer, label) if layer else label, at)
    item: dict[str, Any] = {name: cells[name] for name in ("why", "voice", "entry") if cells.get(name)}
    for name, number in (("start", int), ("end", int), ("confidence", float)):
        if cells.get(name):
            try:
                item[name] = number(cells[name])
            except ValueError:
                raise KitError(f"{at}: “{short(cells[name], 40)}” below “{name}” isn't a number.") from None
    item |= _more(cells.get("more", ""), at)
    if kind.part and "start" in item and "end" in item:
        item["parts"] = {kind.part: [[item["start"], item["end"]]]}
    mark = make_mark(item | {"layer": kind.layer, "label": kind.label}, article, at)
    if words := cells.get("text"):
        need_words(Span(*mark.span).of(article.text), words, article, at)
    return mark


def _more(cell: str, at: str) -> dict[str, Any]:
    if not cell:
        return {}
    try:
        more = json.loads(cell)
    except (ValueError, RecursionError):
        more = None
    if not isinstance(more, dict):
        raise KitError(f"{at}: what stands below “more” should be JSON. Leave the cell empty, or mend it.")
    return {name: more[name] for name in MORE if name in more}
