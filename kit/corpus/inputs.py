"""From what somebody names to a stream of items: files, folders, tables. Nothing is ever in memory as a whole."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kit.corpus.items import Item
from kit.corpus.tables import BROKEN, Table, table_of
from kit.errors import KitError
from kit.files import read_bytes, replace_surrogates
from kit.sources.load import LARGEST, find_file


class Input(NamedTuple):
    """A file: what it is called in the archive, and where it is. ``problem``: why it can't be used, as a sentence."""

    name: str
    path: Path
    problem: str = ""


def inputs(named: Sequence[str | Path], *, beside: Path) -> Iterator[Input]:
    """The files that are named, and all in folders, in the order of their names; hidden ones are left alone.

    ``beside``: the folder of the archive, which may lie in a folder that is named. Raises `KitError`, before the first
    one, where something isn't there.
    """
    for one in named:
        if not Path(one).exists() and not find_file(one).exists():
            raise KitError(f"There is no file or folder {one}. Check the name, or start it at the folder you are in.")
    return _inputs(named, beside.resolve())


def _inputs(named: Sequence[str | Path], beside: Path) -> Iterator[Input]:
    for one in named:
        path = Path(one)
        if path.is_dir():
            yield from _walk(path, path.as_posix(), beside)
        else:
            yield Input(replace_surrogates(path.as_posix()), find_file(one))


def _walk(folder: Path, name: str, beside: Path) -> Iterator[Input]:
    if folder.resolve() == beside:
        return
    try:
        with os.scandir(folder) as found:
            entries = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in found)
    except OSError as error:
        yield Input(name, folder, f"The folder {name} can’t be read: {error.strerror or error}.")
        return
    for entry, is_folder in entries:
        if entry.startswith("."):
            continue
        path, called = folder / entry, f"{name.rstrip('/')}/{replace_surrogates(entry)}"
        if is_folder:
            yield from _walk(path, called, beside)
        elif path.is_file():
            yield Input(called, path)


def count(found: Iterator[Input]) -> int:
    """About how many articles there are: lines of tables are counted, and nothing is read otherwise."""
    total = 0
    for one in found:
        table = table_of(one.path)
        total += 1 if table is None or one.problem else _rows(table, one.path)
    return total


def _rows(table: Table, path: Path) -> int:
    try:
        return table.count(path)
    except BROKEN:
        return 1


def items(found: Iterator[Input]) -> Iterator[Item]:
    """The articles in files and tables, one after the other."""
    for one in found:
        table = table_of(one.path)
        if one.problem:
            yield Item(one.name, problem=one.problem)
        elif table:
            yield from table.items(one.path, one.name)
        else:
            try:
                yield Item(one.name, read_bytes(one.path, LARGEST))
            except KitError as error:
                yield Item(one.name, problem=str(error))
