"""Running a notebook out of sight: nbclient runs its cells, nbval compares what they show, and all of it in words."""

from __future__ import annotations

import contextlib
import io
import os
import re
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbval.plugin import coalesce_streams

from kit.classroom.stored_outputs import changes
from kit.resources import PACKAGE, packed
from kit.wording import plural, series

SETTINGS = (
    "--nbval-lax",  # Compares the stored output of cells tagged nbval-check-output; the others need only run.
    "--capture=no",
    "--color=no",
    "--noconftest",
    "-pno:cacheprovider",
)
COLOURS = re.compile(r"\x1b\[[\d;]*m")
ABOUT_ANSWERS = re.compile(r"\b(progress|hand_in)\s*\(")  # what these show is another thing once there are answers
LONGEST_CELL = 120  # seconds
LONGEST_WAIT = 60  # seconds for what is done after the last cell


@dataclass
class Run:
    """One run of a notebook: how many cells were run, and what went wrong, each in a paragraph.

    ``outputs``: what the tagged cells show now that hold another output or none, by their place among all cells;
    ``differing``: how many of the problems are such.
    """

    cells: int = 0
    problems: list[str] = field(default_factory=list)
    outputs: dict[int, list[Any]] = field(default_factory=dict)
    differing: int = 0


def read(path: Path) -> nbformat.NotebookNode:
    """A notebook as JupyterLab reads it. Raises whatever nbformat does at a file that holds none."""
    with warnings.catch_warnings(action="ignore"):  # of cells without ids, which old notebooks have
        notebook: nbformat.NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def run(path: Path, folder: Path, *, afterwards: str = "", answered: bool = False) -> Run:
    """Run a notebook from top to bottom in a kernel of its own, and compare the outputs that its tagged cells hold.

    ``folder`` holds what the kernel writes: settings, history, answers; nobody's own take part. ``afterwards``: code
    for the kernel once all cells have run without a problem. ``answered``: there are answers already, so that the
    outputs that tell of them are not the stored ones.
    """
    settings = folder / "pytest.ini"
    settings.write_text("[pytest]\n", "utf-8")
    cells = _Cells(path, folder, afterwards, answered)
    with contextlib.redirect_stdout(io.StringIO()) as said:
        where = [f"--config-file={settings}", f"--rootdir={folder}", str(path)]
        status = pytest.main([*SETTINGS, *where], plugins=[cells])
    if status == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    done = cells.done
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) and not done.problems:
        done.problems.append(said.getvalue().strip())
    return done


class _Cells:
    """A plugin of pytest that runs the cells which nbval has found.

    nbval knows from tags and comments what to do with a cell, and how outputs are compared. Its own kernel is not
    started: it would wait two minutes for one that has died.
    """

    def __init__(self, path: Path, folder: Path, afterwards: str, answered: bool) -> None:
        self.done = Run()
        self._path = path
        self._folder = folder
        self._afterwards = afterwards
        self._answered = answered
        self._stopped = False  # whether a cell has stopped with an error
        self._followers: dict[int, str] = {}  # the cells that stopped after it, and the last line of each error

    def pytest_runtestloop(self, session: Any) -> bool:
        """Take the place of pytest's own loop over the cells; true where that is done."""
        notebook = read(self._path)
        code = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
        where = {"metadata": {"path": str(self._path.parent)}}
        client = NotebookClient(
            notebook, self._kernel(), resources=where, allow_errors=True, shutdown_kernel="immediate"
        )
        try:
            with client.setup_kernel(cleanup_kc=True, env=self._environment(), stderr=DEVNULL):
                client.timeout = LONGEST_CELL
                for index, item in zip(code, session.items, strict=True):
                    self._run_cell(client, index, item)
                if self._afterwards and not self.done.problems:
                    client.timeout = LONGEST_WAIT
                    self._run_last(client)
        except (CellTimeoutError, DeadKernelError):
            pass  # Said already; no cell below can run.
        except RuntimeError as error:  # The kernel does not start.
            self.done.problems.append(f"It can't be run: {error}.")
        if self._followers:
            self.done.problems.append(self._told_of_followers())
        return True

    def _kernel(self) -> AsyncKernelManager:
        """A kernel of the Python that runs the check, whatever other kernels there are."""
        return AsyncKernelManager(
            connection_file=str(self._folder / "kernel.json"),
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
        )

    def _environment(self) -> dict[str, str]:
        """The kernel's environment variables: Jupyter's files and the answers are in the folder."""
        names = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "BTL_ANSWERS")
        ours = {name: str(self._folder / name.lower()) for name in names}
        theirs = {name: value for name, value in os.environ.items() if name != "PYTHONSTARTUP"}
        if not packed():  # The notebooks find the kit that checks them, also where it is not installed.
            found = (str(PACKAGE.parent), theirs.get("PYTHONPATH"))
            ours["PYTHONPATH"] = os.pathsep.join(filter(None, found))
        return theirs | ours

    def _run_cell(self, client: NotebookClient, index: int, item: Any) -> None:
        """Run a cell and look at what it shows. Raises what nbclient does where no cell below can run."""
        if item.options["skip"]:
            return
        cell, called = client.nb.cells[index], f"Code cell {item.cell_num + 1}"
        self.done.cells += 1
        try:
            client.execute_cell(cell, index)
        except DeadKernelError:
            self._note(f"{called} ends Python itself (“the kernel died”), and no cell below it can run", cell.source)
            raise
        except CellTimeoutError:
            self._note(f"{called} takes too long and was stopped", cell.source)
            raise
        error = _error(cell)
        if error and not item.options["check_exception"]:
            trace = _plain(error.traceback).lstrip("-").lstrip()
            if self._stopped:  # The first error is shown in full: those of the cells below mostly follow from it.
                self._followers[item.cell_num + 1] = trace.splitlines()[-1].strip()
            else:
                self._note(f"{called} stops with an error", cell.source, trace)
            self._stopped = True
        elif item.options["check"] and not self._is_stored(item):
            self.done.outputs[index] = coalesce_streams(cell.outputs)
        elif self._is_compared(item):
            now, stored = coalesce_streams(cell.outputs), coalesce_streams(item.cell.outputs)
            if not item.compare_outputs(now, stored):
                self.done.outputs[index] = now
                self.done.differing += 1
                differ = changes(stored, now) or item.comparison_traceback
                self._note(f"{called} gives another output than the notebook holds", cell.source, *differ)

    def _note(self, problem: str, source: str, *lines: str) -> None:
        self.done.problems.append("\n".join((f"{problem}:", source, *lines)))

    def _is_compared(self, item: Any) -> bool:
        """Whether a cell shows what it showed when it was saved. One that was never run holds nothing to compare."""
        if self._answered and ABOUT_ANSWERS.search(item.cell.source):
            return False
        return bool(item.options["check"]) and self._is_stored(item)

    @staticmethod
    def _is_stored(item: Any) -> bool:
        return item.cell.execution_count is not None and bool(item.cell.outputs)

    def _told_of_followers(self) -> str:
        """The cells below the first that stopped, in one line: they mostly stop because it did."""
        numbers = series(str(number) for number in self._followers)
        cells = f"Code cell{'s' if len(self._followers) > 1 else ''} {numbers} below it"
        errors = list(dict.fromkeys(self._followers.values()))
        more = f" (and {plural(len(errors) - 1, 'other error')})" if len(errors) > 1 else ""
        return f"{cells}, too: {errors[0]}{more}"

    def _run_last(self, client: NotebookClient) -> None:
        """Run what is to be done once all cells have run."""
        cell = nbformat.v4.new_code_cell(self._afterwards)  # type: ignore[no-untyped-call]
        client.nb.cells.append(cell)
        try:
            client.execute_cell(cell, len(client.nb.cells) - 1)
        except CellTimeoutError:
            self.done.problems.append(
                f"After its last cell there was no answer from Python for {LONGEST_WAIT} seconds."
            )
        except DeadKernelError:
            self.done.problems.append("After its last cell Python ended (“the kernel died”).")
        if error := _error(cell):
            known = error.ename == "KitError"
            self.done.problems += error.evalue.splitlines() if known else [_plain(error.traceback)]


def _error(cell: Any) -> Any:
    """The output that tells of an error; None if there is none."""
    return next((output for output in cell.outputs if output.output_type == "error"), None)


def _plain(traceback: list[str]) -> str:
    """A traceback as one text without colours; never empty."""
    return COLOURS.sub("", "\n".join(traceback)).strip() or "(without a message)"
