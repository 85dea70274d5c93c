"""Several processes on this machine read the batches.

Every batch is given with its rows, as soon as they are there and in whatever order. A task is one batch with all that
is in it, so workers need no files of ours, and one that dies in the middle of it loses nothing else.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait

from kit.corpus.archive import GO_ON
from kit.corpus.items import Batch
from kit.corpus.rows import Rows, read_batch
from kit.errors import KitError
from kit.version import __version__

AHEAD = 2  # batches for each worker: one to read, one that waits
MOST_DEATHS = 3  # of processes, over one batch


def in_processes(batches: Iterable[Batch], reader: str, workers: int) -> Iterator[tuple[Batch, Rows]]:
    """In so many processes on this machine. One that dies is replaced, and what it was reading is read again.

    Raises `KitError` where processes die over the same batch again and again.
    """
    others, again, deaths = iter(batches), list[Batch](), Counter[str]()
    pool = _pool(workers)

    def take() -> Batch | None:
        return again.pop() if again else next(others, None)

    def submit(batch: Batch) -> Future[Rows]:
        nonlocal pool
        try:
            return pool.submit(read_batch, batch.items, reader, __version__)
        except BrokenExecutor:
            pool.shutdown(wait=False)
            pool = _pool(workers)
            return pool.submit(read_batch, batch.items, reader, __version__)

    try:
        for batch, future in as_done(take, submit, lambda: AHEAD * workers):
            try:
                rows = future.result()
            except BrokenExecutor:
                deaths[batch.name] += 1
                if deaths[batch.name] == MOST_DEATHS:
                    raise KitError(died(batch)) from None
                again.append(batch)
            else:
                yield batch, rows
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def as_done(
    take: Callable[[], Batch | None], submit: Callable[[Batch], Future[Rows]], at_once: Callable[[], int]
) -> Iterator[tuple[Batch, Future[Rows]]]:
    """Batches with their futures, as these are done; never more than ``at_once()`` are on their way."""
    running: dict[Future[Rows], Batch] = {}
    while True:
        while len(running) < at_once() and (batch := take()) is not None:
            running[submit(batch)] = batch
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            yield running.pop(future), future


def died(batch: Batch) -> str:
    """The sentence for a batch over which processes die: mostly there is too little memory."""
    first, last = batch.items[0].name, batch.items[-1].name
    return (
        f"Workers died {MOST_DEATHS} times between {first} and {last}. Perhaps there is too little memory: use fewer "
        f"workers, or take these articles out. {GO_ON}"
    )


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin)


def _begin() -> None:
    """What a worker does first: end at Ctrl+C at once, and end with its parent, even if that was killed."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = multiprocessing.parent_process()

    def end_with_parent() -> None:
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()
