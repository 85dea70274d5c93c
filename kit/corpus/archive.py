"""An archive: a folder with three tables as Parquet files, one a batch, and a file that says what it is.

A batch is there when its file in ``articles/`` is, which is written last. All files are written whole or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from kit.analysis.registry import STRONG, signature
from kit.corpus.items import PER_BATCH, Batch
from kit.corpus.rows import Rows
from kit.corpus.schema import SCHEMA, TABLES, arrow_schema
from kit.errors import KitError
from kit.files import replace_surrogates, write_atomically
from kit.version import __version__

ABOUT = "archive.json"
LOCK = ".lock"
GO_ON = "What is finished is kept: run the same command again, and it goes on from there."
LAST = "articles"  # the table that is written last


@dataclass(frozen=True)
class Archive:
    """A folder with the readings of many articles: `counts` says how many, docs/archive.md what its tables hold."""

    folder: Path

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        import pyarrow.parquet as pq

        return {name: sum(pq.read_metadata(path).num_rows for path in self._files(name)) for name in TABLES}

    def table(self, name: str, columns: Iterable[str] | None = None) -> Any:
        """One of its tables, "articles", "annotations" or "left_out", as a `pyarrow.Table`; only these columns."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        wanted = None if columns is None else list(columns)
        return pa.concat_tables(pq.read_table(path, columns=wanted) for path in self._files(name))

    def has(self, batch: Batch) -> bool:
        return self._path(LAST, batch.name).is_file()

    def add(self, batch: Batch, rows: Rows) -> None:
        """Write a batch's rows."""
        for table in sorted(TABLES, key=lambda name: name == LAST):
            write_atomically(self._path(table, batch.name), _parquet(table, rows[table]))

    def finish(self, names: set[str], about: dict[str, Any]) -> None:
        """Take away what is of other batches than these, and note that all are there."""
        for table in TABLES:
            for path in self._files(table):
                if path.stem not in names:
                    path.unlink()
        write_about(self.folder, about | {"finished": True, "rows": self.counts()})

    def _files(self, table: str) -> list[Path]:
        return sorted((self.folder / table).glob("[!.]*.parquet"))

    def _path(self, table: str, name: str) -> Path:
        return self.folder / table / f"{name}.parquet"


@contextmanager
def opened(folder: Path, about: dict[str, Any]) -> Iterator[Archive]:
    """The archive in a folder, begun or gone on with, while no other run writes into it.

    Raises `KitError` where the folder holds something else, an archive of something else or of another kit, and where
    another run is at work in it.
    """
    if folder.exists() and not folder.is_dir():
        raise KitError(f"{folder} is a file. Name a folder for the archive, new or not finished.")
    if not (folder / ABOUT).is_file() and folder.is_dir() and any(path.name != LOCK for path in folder.iterdir()):
        raise KitError(f"{folder} holds other files. Name a new folder for the archive.")
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise KitError(f"Another run is writing into {folder}. Wait for it, or name another folder.") from None
    try:
        if (folder / ABOUT).is_file():
            _compare(folder, _read_about(folder), about)
        write_about(folder, about | {"finished": False})
        for table in TABLES:
            for path in (folder / table).glob(".*.parquet.*"):  # What a run that was killed had begun to write.
                path.unlink()
        yield Archive(folder)
    finally:
        lock.release()


def about_run(inputs: Iterable[str], reader: str) -> dict[str, Any]:
    """What an archive says of how it was made. Two runs fill the same folder only where all of it is the same."""
    return {
        "schema": SCHEMA,
        "kit": __version__,
        "reader": signature(reader),
        "settings": {"articles in a batch": PER_BATCH} | ({"weights": _weights()} if reader == STRONG else {}),
        "inputs": list(inputs),
    }


def _weights() -> str:
    """The version of what the strong reader has learned."""
    try:
        return version("between-the-lines-strong")
    except PackageNotFoundError:
        return "not installed"


def write_about(folder: Path, about: dict[str, Any]) -> None:
    write_atomically(folder / ABOUT, json.dumps(about, ensure_ascii=False, indent=1) + "\n")


def _read_about(folder: Path) -> dict[str, Any]:
    try:
        about = json.loads((folder / ABOUT).read_bytes())
    except ValueError:
        about = None
    if not isinstance(about, dict):
        raise KitError(f"{folder / ABOUT} is damaged, so nobody can tell what the folder holds. Name a new folder.")
    return about


def _compare(folder: Path, before: dict[str, Any], now: dict[str, Any]) -> None:
    """`KitError` where the archive was begun by another run than this one."""
    called = {
        "schema": "an archive of the form {}, and this kit writes {}",
        "kit": "an archive by kit {}, and this is kit {}",
        "reader": "readings by {}, and you ask for {}",
        "inputs": "an archive of {}, and you name {}",
        "settings": "an archive with the settings {}, and these are {}",
    }
    for key, sentence in called.items():
        if before.get(key) != now[key]:
            found, wanted = (_shown(value) for value in (before.get(key), now[key]))
            raise KitError(f"{folder} holds {sentence.format(found, wanted)}. Name a new folder.")


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _parquet(table: str, rows: list[dict[str, Any]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        made = pa.Table.from_pylist(rows, schema=arrow_schema(table))
    except UnicodeEncodeError:  # Halves of characters, which Python can hold: each is one character, so places stay.
        whole = json.loads(replace_surrogates(json.dumps(rows, ensure_ascii=False)))
        made = pa.Table.from_pylist(whole, schema=arrow_schema(table))
    written = pa.BufferOutputStream()
    pq.write_table(made, written, compression="zstd")
    return bytes(written.getvalue())
