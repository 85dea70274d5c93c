"""The table of formats: what readings can be written as, and read from."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kit.errors import KitError
from kit.files import decode, read_bytes
from kit.formats import brat, conll, csv_marks, web_annotation
from kit.readings.reading import Reading
from kit.text.article import Article
from kit.wording import series


class Read(Protocol):
    """What reads a format: the file's text, the article, who made it, and what to call the file in errors."""

    def __call__(self, source: str, article: Article, *, reader: str, where: str) -> Reading: ...


@dataclass(frozen=True)
class Format:
    """A format. ``endings``: the usual one first; ``with_text``: the text lies beside it, in a file ``.txt``."""

    endings: tuple[str, ...]
    write: Callable[[Reading], str]
    read: Read
    with_text: bool = False


def _read_json(source: str, article: Article, *, reader: str, where: str) -> Reading:
    """A reading of ours; other JSON is taken for web annotations."""
    try:
        data = json.loads(source)
    except (ValueError, RecursionError):
        data = None  # the other format says what is wrong
    if isinstance(data, dict) and "schema" in data:
        return Reading.from_dict(data, article, where=where)
    return web_annotation.read(source, article, reader=reader, where=where)


FORMATS: dict[str, Format] = {
    "json": Format((".json",), Reading.to_json, _read_json),
    "brat": Format((".ann",), brat.write, brat.read, with_text=True),
    "w3c": Format((".jsonld",), web_annotation.write, web_annotation.read),
    "csv": Format((".csv",), csv_marks.write, csv_marks.read),
    "conll": Format((".conll", ".bio", ".tsv"), conll.write, conll.read),
}


def read_reading(path: Path, article: Article) -> Reading:
    """A reading of ``article`` from a file in any of the formats; its ending says in which.

    Where a file doesn't say who read, it is called after the file. Raises `KitError`, with file and line or mark, for a
    file that can't be read or belongs to another text.
    """
    ending = path.suffix.lower()
    found = next((form for form in FORMATS.values() if ending in form.endings), None)
    if found is None:
        known = series(form.endings[0] for form in FORMATS.values())
        raise KitError(f"{path}: readings end in {known}. Rename the file, or export it in one of these formats.")
    data = read_bytes(path)
    source = decode(data, where=str(path)) if data.strip() else ""  # in brat, no mark is an empty file
    return found.read(source, article, reader=path.stem, where=str(path))
