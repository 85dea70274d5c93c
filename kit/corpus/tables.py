"""Tables of articles: JSON lines and Parquet, an article a line or a row, read one after the other."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from kit.corpus.items import Item
from kit.files import replace_surrogates
from kit.sources.load import LARGEST
from kit.wording import one_line

# What a column may be called, the likeliest first; capitals don't matter.
FIELDS = {
    "text": ("text", "body", "content", "full_text", "maintext", "article_text"),
    "title": ("title", "headline"),
    "date": ("date", "published", "published_at", "publish_date", "date_publish", "publication_date", "datetime"),
    "id": ("id", "guid", "url", "uri", "link"),
    "publisher": ("publisher", "publication", "newspaper", "outlet", "source", "site"),
}
AT_ONCE = 64  # rows of a Parquet file in memory
CHUNK = 1 << 20
BROKEN = (OSError, EOFError, ValueError, NotImplementedError, zlib.error)  # what damaged files raise
ONE_A_LINE = 'Each line is to hold one, such as {"text": "Rain may come."}.'
NO_TEXT = f"has no text. What holds it may be called {', '.join(FIELDS['text'])}."


class Table(NamedTuple):
    """A kind of table: how to count its rows, and how to read them under a name."""

    kind: str
    count: Callable[[Path], int]
    items: Callable[[Path, str], Iterator[Item]]


def table_of(path: Path) -> Table | None:
    """The kind of table that a file is, by its ending; None for a file that is an article itself."""
    name = path.name.lower()
    return next((table for ending, table in TABLES.items() if name.endswith(ending)), None)


def find_fields(names: list[str]) -> dict[str, str]:
    """Which of these columns holds the text, the title, the date, the id and the publisher.

    >>> find_fields(["URL", "Headline", "body"])
    {'text': 'body', 'title': 'Headline', 'id': 'URL'}
    """
    there = {name.lower(): name for name in reversed(names)}
    found = {field: next((there[name] for name in called if name in there), None) for field, called in FIELDS.items()}
    return {field: name for field, name in found.items() if name is not None}


def _item(record: Mapping[str, Any], fields: Mapping[str, str], kind: str, name: str) -> Item:
    """The item of a line or a row; what it lacks is its problem."""
    text = record.get(fields.get("text", ""))
    if not isinstance(text, str):
        return Item(name, problem=f"{name} {NO_TEXT}")
    if not text.strip():
        return Item(name, problem=f"{name} is empty.")
    data = replace_surrogates(text).encode()
    if len(data) > LARGEST:
        return Item(name, problem=f"{name} is larger than {LARGEST // 1_000_000} MB.")
    known = {field: _plain(record.get(fields[field])) for field in FIELDS if field != "text" and field in fields}
    return Item(name, data, {"kind": kind} | {field: value for field, value in known.items() if value})


def _plain(value: Any) -> str:
    """A value as text on one line: "" where there is none, dates as ISO writes them."""
    if isinstance(value, dict | list) or value is None:
        return ""
    return one_line(replace_surrogates(value.isoformat() if hasattr(value, "isoformat") else str(value)))


def _breaks_off(name: str, read: int, error: Exception) -> Item:
    """What stands for the rest of a damaged file, of which so many rows could be read."""
    where, rest = (f"{name}:{read + 1}", " from here on") if read else (name, "")
    reason = one_line(str(getattr(error, "strerror", None) or error)).rstrip(".")
    return Item(where, problem=f"{where} can’t be read{rest}: {reason}.")


# ------------------------------------------------------------------------------------------ JSON lines


def _open(path: Path) -> IO[bytes] | gzip.GzipFile:
    return gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb")


def _count_lines(path: Path) -> int:
    with _open(path) as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK), b"")) or 1


def _json_lines(path: Path, name: str) -> Iterator[Item]:
    number = 0
    try:
        with _open(path) as file:
            while line := file.readline(LARGEST):
                number += 1
                whole = line
                while len(line) == LARGEST and not line.endswith(b"\n"):  # The rest of what is too long.
                    line = file.readline(LARGEST)
                if whole.strip():
                    yield _from_json(whole, f"{name}:{number}", too_long=whole is not line)
    except BROKEN as error:
        yield _breaks_off(name, number, error)


def _from_json(line: bytes, name: str, *, too_long: bool) -> Item:
    if too_long:
        return Item(name, problem=f"{name} is larger than {LARGEST // 1_000_000} MB.")
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Item(name, problem=f"{name} isn’t UTF-8.")
    except (ValueError, RecursionError):
        return Item(name, problem=f"{name} isn’t JSON. {ONE_A_LINE}")
    if not isinstance(record, dict):
        return Item(name, problem=f"{name} isn’t a JSON object. {ONE_A_LINE}")
    return _item(record, find_fields(list(record)), "JSONL", name)


# ------------------------------------------------------------------------------------------ Parquet


def _count_rows(path: Path) -> int:
    import pyarrow.parquet as pq

    return int(pq.read_metadata(path).num_rows)


def _parquet(path: Path, name: str) -> Iterator[Item]:
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(path, pre_buffer=False) as file:
            fields = find_fields(file.schema_arrow.names)
            if "text" not in fields:
                yield Item(name, problem=f"{name} {NO_TEXT}")
                return
            for some in file.iter_batches(AT_ONCE, columns=[*fields.values()]):
                for record in some.to_pylist():
                    number += 1
                    yield _item(record, fields, "Parquet", f"{name}:{number}")
    except BROKEN as error:
        yield _breaks_off(name, number, error)


TABLES = {
    ".jsonl": Table("JSONL", _count_lines, _json_lines),
    ".ndjson": Table("JSONL", _count_lines, _json_lines),
    ".jsonl.gz": Table("JSONL", _count_lines, _json_lines),
    ".parquet": Table("Parquet", _count_rows, _parquet),
}
