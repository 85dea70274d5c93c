"""Running a notebook's cells with nbval, out of sight, and what went wrong in words."""

from __future__ import annotations

import contextlib
import difflib
import io
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from nbval.kernel import RunningKernel
from nbval.plugin import NbCellError

SETTINGS = (
    "--nbval-lax",  # Compares the stored output of cells tagged nbval-check-output; the others need only run.
    "--nbval-current-env",  # The Python that runs the check, whatever kernel the notebook names.
    "--nbval-cell-timeout=120",
    "--capture=no",
    "--color=no",
    "--noconftest",
    "-pno:cacheprovider",
    "-pno:unraisableexception",  # Here it would only see the files that nbval leaves open.
)
DIFFER = "Cell outputs differ"  # how nbval says it
TOO_LONG = "exceeded"  # as above
COLOURS = re.compile(r"\x1b\[[\d;]*m")
ABOUT_ANSWERS = re.compile(r"\b(progress|hand_in)\s*\(")  # what these show is another thing once there are answers
LONGEST_WAIT = 60  # seconds for what is done after the last cell


@dataclass
class Run:
    """One run of a notebook: how many cells were run, and what went wrong, each in a paragraph."""

    cells: int = 0
    problems: list[str] = field(default_factory=list)


def run(path: Path, folder: str, *, afterwards: str = "", answered: bool = False) -> Run:
    """Run a notebook from top to bottom in a kernel of its own, and compare the outputs that its tagged cells hold.

    ``folder`` is for pytest's settings. ``afterwards``: code for the kernel once all cells have run without a problem.
    ``answered``: there are answers already, so that the outputs that tell of them are not the stored ones.
    """
    settings = Path(folder, "pytest.ini")
    settings.write_text("[pytest]\n", "utf-8")
    listener = _Listener(afterwards, answered)
    with contextlib.redirect_stdout(io.StringIO()) as said:
        where = [f"--config-file={settings}", f"--rootdir={folder}", str(path)]
        status = pytest.main([*SETTINGS, *where], plugins=[listener])
    if status == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    done = listener.done
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) and not done.problems:
        done.problems.append(said.getvalue().strip())
    return done


class KernelDied(Exception):
    """A cell has ended the Python that runs it."""


class _Listener:
    """A plugin of pytest: hears what becomes of each cell, and has the last word in the kernel."""

    def __init__(self, afterwards: str, answered: bool) -> None:
        self.done = Run()
        self._afterwards = afterwards
        self._answered = answered
        self._stopped = False  # whether a cell has stopped with an error

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        for item in items if self._answered else ():
            if ABOUT_ANSWERS.search(item.cell.source):
                item.options["check"] = False

    @pytest.hookimpl(trylast=True)  # once nbval has started the kernel
    def pytest_runtest_setup(self, item: Any) -> None:
        item.parent.kernel.await_reply = partial(_await_reply, item.parent.kernel)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.done.cells += report.when == "call"

    def pytest_exception_interact(
        self,
        node: Any,
        call: pytest.CallInfo[object],
        report: pytest.TestReport | pytest.CollectReport,
    ) -> None:
        error = call.excinfo and call.excinfo.value
        if isinstance(error, NbCellError):
            self.done.problems.append(self._in_words(error, node))
        elif isinstance(error, KernelDied):
            ended = "ends Python itself (“the kernel died”), and no cell below it can run"
            self.done.problems.append(f"Code cell {node.cell_num + 1} {ended}:\n{node.cell.source}")
            node.parent.timed_out = True  # nbval's word for it: the cells below are not run
        else:
            self.done.problems.append(f"It can't be run: {error}.")

    @pytest.hookimpl(tryfirst=True)  # before nbval stops the kernel
    def pytest_runtest_teardown(self, item: Any, nextitem: Any) -> None:
        if nextitem is not None or self.done.problems or not self._afterwards:
            return
        try:
            reply = item.parent.kernel.kc.execute(self._afterwards, reply=True, timeout=LONGEST_WAIT)["content"]
        except TimeoutError:
            self.done.problems.append(
                f"After its last cell there was no answer from Python for {LONGEST_WAIT} seconds."
            )
            return
        if reply["status"] == "error":
            known = reply["ename"] == "KitError"
            self.done.problems += reply["evalue"].splitlines() if known else [_plain("\n".join(reply["traceback"]))]

    def _in_words(self, error: NbCellError, node: Any) -> str:
        """A cell's problem. The first error in full: those of the cells below it mostly follow from it."""
        cell, trace = f"Code cell {error.cell_num + 1}", _plain(error.inner_traceback or "").lstrip("-").lstrip()
        if str(error).startswith(DIFFER):
            changes = "\n".join(_changes(node.cell.outputs, node.test_outputs)) or trace
            return f"{cell} gives another output than the notebook holds:\n{error.source}\n{changes}"
        if TOO_LONG in str(error):
            return f"{cell} takes too long and was stopped:\n{error.source}"
        if not trace:  # no answer from the kernel
            return f"{cell}: {error}\n{error.source}"
        first, self._stopped = not self._stopped, True
        last = trace.splitlines()[-1].strip()
        return f"{cell} stops with an error:\n{error.source}\n{trace}" if first else f"{cell}, too: {last}"


def _await_reply(kernel: RunningKernel, message: str, timeout: float) -> None:
    """Wait for the kernel to be done with a cell. nbval's own way would wait on for a kernel that has died."""
    until = time.monotonic() + timeout
    while time.monotonic() < until:
        try:
            reply = kernel.get_message("shell", timeout=1)
        except Empty:
            if not kernel.is_alive():
                raise KernelDied from None
        else:
            if reply["parent_header"].get("msg_id") == message:
                return
    raise Empty


def _changes(stored: Iterable[Any], now: Iterable[Any]) -> list[str]:
    """The lines in which two lists of outputs differ as plain text."""
    before, after = _text(stored).splitlines(), _text(now).splitlines()
    changes = difflib.unified_diff(before, after, "in the notebook", "now", lineterm="", n=1)
    return [line for line in changes if not line.startswith("@@")]


def _text(outputs: Iterable[Any]) -> str:
    return "\n".join(str(one.get("text") or one.get("data", {}).get("text/plain", "")).rstrip("\n") for one in outputs)


def _plain(text: str) -> str:
    return COLOURS.sub("", text).strip()
