"""The workers of a Dask scheduler read the batches. For the extra `corpus`, and only where one is named."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from kit.corpus.archive import GO_ON
from kit.corpus.items import Batch
from kit.corpus.rows import Rows, read_batch
from kit.corpus.workers import AHEAD, as_done, died
from kit.errors import KitError
from kit.version import __version__

TO_CONNECT = 10  # seconds
LOUD = ("distributed.client", "distributed.core", "distributed.batched")  # about what we say in a sentence


def on_scheduler(batches: Iterable[Batch], reader: str, address: str) -> Iterator[tuple[Batch, Rows]]:
    """On the workers of the scheduler at this address, such as ``tcp://10.0.0.5:8786``.

    Dask gives what a dead worker was reading to another one. Raises `KitError` where there is no scheduler, where it
    goes away, where workers have no kit or another one, and where workers die over the same batch again and again.
    """
    others = iter(batches)
    with _client(address) as client:
        executor = client.get_executor(pure=False)

        def submit(batch: Batch) -> Future[Rows]:
            future: Future[Rows] = executor.submit(read_batch, batch.items, reader, __version__)
            return future

        def at_once() -> int:
            return AHEAD * max(1, sum(_workers(client)))

        if not _workers(client):
            print(f"kit: The scheduler at {address} has no workers yet; waiting for one.", file=sys.stderr)
        for batch, future in as_done(lambda: next(others, None), submit, at_once):
            yield batch, _result(batch, future, address)


def _workers(client: Any) -> list[int]:
    """How many batches each worker can read at a time."""
    known = client.scheduler_info(n_workers=-1).get("workers", {})  # None while it is away.
    return [int(worker["nthreads"]) for worker in known.values()]


def _result(batch: Batch, future: Future[Rows], address: str) -> Rows:
    from distributed import KilledWorker

    try:
        return future.result()
    except KilledWorker:
        raise KitError(died(batch)) from None
    except ImportError as error:
        raise KitError(
            f"The workers of {address} lack something ({error}). Install the kit on each: pip install between-the-lines"
        ) from None
    except (CancelledError, OSError):
        raise KitError(f"The scheduler at {address} went away. {GO_ON}") from None


@contextmanager
def _client(address: str) -> Iterator[Any]:
    """A connection to the scheduler, without Dask's own words about it."""
    if find_spec("distributed") is None:
        raise KitError('--scheduler needs Dask: pip install "between-the-lines[corpus]"')
    from distributed import Client

    for name in LOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # For good: they go on after the client is closed.
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="distributed")  # Of large tasks: a batch is one.
        try:
            client = Client(address, timeout=TO_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise KitError(f"There is no Dask scheduler at {address} ({error}). Start one: dask scheduler") from None
        try:
            yield client
        finally:
            client.close(timeout=1)
