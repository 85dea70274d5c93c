"""`kit corpus`: readings of very many articles, batch by batch; what is finished is kept whatever happens."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tqdm import tqdm

from kit.analysis.registry import DEFAULT, STRONG, analysers
from kit.corpus.archive import GO_ON, Archive, about_run, opened
from kit.corpus.inputs import count, inputs, items
from kit.corpus.items import Batch, batches, without_duplicates
from kit.corpus.rows import Rows, read_batch
from kit.errors import KitError
from kit.extras import need
from kit.progress_bar import progress_bar
from kit.version import __version__

MOST_SAID = 20  # sentences about what is left out
FULL = (errno.ENOSPC, errno.EDQUOT)


def make_archive(
    paths: Sequence[str | Path],
    folder: str | Path,
    *,
    reader: str = DEFAULT,
    workers: int = 1,
    scheduler: str | None = None,
) -> Archive:
    """Read all articles in files, folders and tables (JSON lines, Parquet), and write an archive into a folder.

    ``workers``: processes on this machine; ``scheduler``: the address of a Dask scheduler, whose workers read instead.
    Finished batches are kept: the same call goes on where an earlier one ended. What can't be read is left out, and
    told. The result is the same however it was made. Raises `KitError` where something isn't there, where the folder
    holds something else, where no space is left or a scheduler goes away, and where nothing at all could be read.
    """
    need("corpus")
    if workers < 1:
        raise KitError("--workers takes a whole number, 1 or more.")
    analysers(reader)
    if reader == STRONG:
        need(STRONG)
    folder = Path(folder)
    total = count(inputs(paths, beside=folder))
    if not total:
        raise KitError(f"There is no file in {', '.join(map(str, paths))}.")
    about = about_run([Path(path).as_posix() for path in paths], reader)
    try:
        with opened(folder, about) as archive, progress_bar("Reading", total, counted="articles") as bar:
            run = _Run(archive, bar)
            for batch, rows in _results(run.to_do(paths), reader, workers, scheduler):
                run.add(batch, rows)
            archive.finish(run.names, about)
    except KeyboardInterrupt:
        print(f"kit: Stopped. {GO_ON}", file=sys.stderr)
        raise
    except OSError as error:
        raise KitError(_cant_write(folder, error)) from None
    if not archive.counts()["articles"]:
        raise KitError(f"No article could be read. {folder / 'left_out'} says why, of each.")
    return archive


class _Run:
    """One run: what is there already, what is added, how far it is."""

    def __init__(self, archive: Archive, bar: tqdm[None]) -> None:
        self.archive, self.bar = archive, bar
        self.names: set[str] = set()  # of all batches that there are
        self.left_out = 0

    def to_do(self, paths: Sequence[str | Path]) -> Iterator[Batch]:
        """The batches that aren't there yet."""
        found = inputs(paths, beside=self.archive.folder)
        for batch in batches(without_duplicates(items(found))):
            self.names.add(batch.name)
            if self.archive.has(batch):
                if not self.bar.disable:
                    self.bar.initial += len(batch.items)  # So that the rate is that of reading.
                self.bar.update(len(batch.items))
            else:
                yield batch

    def add(self, batch: Batch, rows: Rows) -> None:
        self.archive.add(batch, rows)
        for row in rows["left_out"]:
            self.left_out += 1
            if self.left_out <= MOST_SAID:
                self._say(f"left out: {row['reason']}")
            elif self.left_out == MOST_SAID + 1:
                self._say(f"more is left out; all of it stands in {self.archive.folder / 'left_out'}")
        self.bar.update(len(batch.items))

    def _say(self, sentence: str) -> None:
        self.bar.write(f"kit: {sentence}", file=sys.stderr)


def _results(to_do: Iterable[Batch], reader: str, workers: int, scheduler: str | None) -> Iterator[tuple[Batch, Rows]]:
    """All batches with their rows: read here, by processes on this machine, or by a scheduler's workers."""
    if scheduler:
        from kit.corpus.scheduler import on_scheduler

        return on_scheduler(to_do, reader, scheduler)
    if workers > 1:
        from kit.corpus.workers import in_processes  # Here: a Python in a browser has no processes.

        return in_processes(to_do, reader, workers)
    return ((batch, read_batch(batch.items, reader, __version__)) for batch in to_do)


def _cant_write(folder: Path, error: OSError) -> str:
    if error.errno in FULL:
        return f"No space is left for {folder}. Free some. {GO_ON}"
    return f"{folder} can't be written: {error.strerror or error}. {GO_ON}"
