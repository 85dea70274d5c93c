"""What an archive is made of: items, each an article still to be read, in batches of some dozens."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kit.errors import KitError
from kit.files import replace_surrogates

if TYPE_CHECKING:
    import sqlite3

PER_BATCH = 50  # articles: some seconds of work, which is all that is lost when a run is killed
LARGEST_BATCH = 4_000_000  # bytes; so that memory stays flat, and a task is light enough to be sent


@dataclass(frozen=True, slots=True)
class Item:
    """An article still to be read: ``name``, never twice in an archive, and ``data``, a file as it is, or a text.

    ``record``: what a table says of a text (``kind``, ``title``, ``date``, ``id``, ``publisher``); None of a file.
    ``problem``: why it can't be used, as a sentence; then there is nothing else.
    """

    name: str
    data: bytes = b""
    record: Mapping[str, str] | None = None
    problem: str = ""

    def digest(self) -> bytes:
        """SHA-256 of all that it is."""
        known = json.dumps([self.name, self.record, self.problem, len(self.data)], sort_keys=True)
        return hashlib.sha256(known.encode("utf-8", "surrogatepass") + self.data).digest()


@dataclass(frozen=True, slots=True)
class Batch:
    """Some items that are read in one go. ``name``: its number, and the start of a checksum of all that is in it."""

    number: int
    items: tuple[Item, ...]
    name: str = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha256(b"".join(item.digest() for item in self.items)).hexdigest()
        object.__setattr__(self, "name", f"{self.number:06}-{digest[:16]}")


def batches(items: Iterable[Item]) -> Iterator[Batch]:
    """Items in batches, in their order, one batch in memory at a time.

    >>> [len(batch.items) for batch in batches(Item(f"{n}.txt", b"Rain.") for n in range(120))]
    [50, 50, 20]
    """
    number, size, some = 0, 0, list[Item]()
    for item in items:
        if some and (len(some) == PER_BATCH or size + len(item.data) > LARGEST_BATCH):
            yield Batch(number, tuple(some))
            number, size, some = number + 1, 0, []
        some.append(item)
        size += len(item.data)
    if some:
        yield Batch(number, tuple(some))


def without_duplicates(items: Iterable[Item]) -> Iterator[Item]:
    """The same items; where one holds just what an earlier one does, its ``problem`` says so.

    What was seen is remembered in a database on the disk, which goes by itself: a million articles need no memory.

    >>> [item.problem for item in without_duplicates([Item("a", b"Rain."), Item("b", b"Snow."), Item("c", b"Rain.")])]
    ['', '', 'c holds the same as a.']
    """
    import sqlite3  # Here: a Python in a browser need not have it.

    try:
        with closing(sqlite3.connect("")) as seen:  # A private database in a temporary file.
            seen.execute("CREATE TABLE seen (digest BLOB PRIMARY KEY, name TEXT) WITHOUT ROWID")
            for item in items:
                first = _first(seen, item) if item.data.strip() else None
                yield Item(item.name, problem=f"{item.name} holds the same as {first}.") if first else item
    except sqlite3.Error as error:
        raise KitError(
            f"The folder for temporary files can't be used ({error}). Free some space, and run the same command again."
        ) from None


def _first(seen: sqlite3.Connection, item: Item) -> str | None:
    """The name of the item that was seen with the same data, if any; else this one is remembered."""
    digest = hashlib.sha256(item.data).digest()
    found = seen.execute("SELECT name FROM seen WHERE digest = ?", [digest]).fetchone()
    if found:
        return str(found[0])
    seen.execute("INSERT INTO seen VALUES (?, ?)", [digest, replace_surrogates(item.name)])
    return None
