"""`kit check`: do the notebooks still do what they say? nbval with the kit's settings, a line a notebook."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from kit.errors import KitError
from kit.lab import lesson_folder

FOLDERS = ("notebooks", "exercises")
COMPARED = "nbval-check-output"
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
COLOURS = re.compile(r"\x1b\[[\d;]*m")
ADVICE = """
What to do: open the notebook with `kit lab` and choose Run > Restart Kernel and Run All Cells.
- A cell stops with an error: its last line says what is wrong. After a change to the kit, run `make setup`.
- Outputs differ: where the new output is right, save the notebook; where it is not, report it as a bug.
- A tagged cell holds no output: run the notebook and save it, or take the tag off the cell.
- A cell takes too long: on a slow or busy machine, check one notebook alone (`kit check NOTEBOOK`)."""


@dataclass
class Result:
    """What became of one notebook: cells run, outputs compared, what went wrong."""

    path: Path
    cells: int = 0
    compared: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)

    def line(self) -> str:
        state = "FAILED" if self.problems else "ok"
        counts = f"{self.cells} cells run, {self.compared} outputs compared"
        return f"{state:6}  {shown(self.path):44}  {counts}, {self.seconds:.1f} s"


def check(paths: Sequence[str | Path] = ()) -> int:
    """Run notebooks, and all in folders, from top to bottom: a line each, then what failed and what to do.

    Without ``paths``: those in ``notebooks/`` and ``exercises/``. Returns 0 where all pass, 1 otherwise.
    Notebooks are only read; new outputs are not stored. Raises KitError where there is nothing to check.
    """
    results = []
    for path in find_notebooks(paths):
        results.append(check_one(path))
        print(results[-1].line(), flush=True)
    failed = [result for result in results if result.problems]
    for result in failed:
        print(f"\n{shown(result.path)}")
        for problem in result.problems:
            print("  " + problem.replace("\n", "\n  "))
    if failed:
        print(ADVICE)
    print(f"\n{len(results) - len(failed)} of {len(results)} notebooks pass.")
    return 1 if failed else 0


def find_notebooks(paths: Sequence[str | Path] = ()) -> list[Path]:
    """The notebooks at these paths, each once; those in a folder by name. KitError where there are none."""
    places = [Path(path) for path in paths] or [
        folder for name in FOLDERS if (folder := lesson_folder() / name).is_dir()
    ]
    found: list[Path] = []
    for place in places:
        if not place.exists():
            raise KitError(f"There is no file or folder {place}.")
        if place.is_dir():
            found += (p for p in sorted(place.rglob("*.ipynb")) if ".ipynb_checkpoints" not in p.parts)
        elif place.suffix == ".ipynb":
            found.append(place)
        else:
            raise KitError(f"{place} is no notebook: its name does not end in .ipynb.")
    if not found:
        raise KitError(f"There is no notebook in {', '.join(map(str, places))}.")
    return list(dict.fromkeys(path.resolve() for path in found))


def check_one(path: Path) -> Result:
    """Run one notebook in a kernel of its own; compare the outputs that its tagged cells hold."""
    result = Result(path)
    started = time.perf_counter()
    try:
        notebook = json.loads(path.read_bytes())
        _look(notebook["cells"], result)
    except (ValueError, LookupError, TypeError, AttributeError):
        result.problems.append("This file is damaged: it does not hold a notebook.")
    else:
        _run(result)
    result.seconds = time.perf_counter() - started
    return result


def shown(path: Path) -> str:
    """A path as short as it can be said from where you are."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _look(cells: list[dict[str, object]], result: Result) -> None:
    """Count the outputs to compare. nbval alone would pass a tagged cell without any, comparing nothing."""
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    for number, cell in enumerate(code, start=1):
        if COMPARED not in cell["metadata"].get("tags", []):  # type: ignore[attr-defined]
            continue
        if cell["outputs"] and cell["execution_count"] is not None:
            result.compared += 1
        else:
            result.problems.append(f"Code cell {number} is tagged {COMPARED} but holds no output to compare.")


def _run(result: Result) -> None:
    """Run nbval out of sight."""
    import pytest  # Here, as nbval below: nothing else in the kit needs them.
    from nbval.plugin import NbCellError

    class Listener:
        """Hears from pytest what became of each cell."""

        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            result.cells += report.when == "call"

        def pytest_exception_interact(
            self,
            node: pytest.Item | pytest.Collector,
            call: pytest.CallInfo[object],
            report: pytest.TestReport | pytest.CollectReport,
        ) -> None:
            error = call.excinfo and call.excinfo.value
            problem = report.longreprtext
            if isinstance(error, NbCellError):
                problem = f"Code cell {error.cell_num + 1}: {error}\n{error.source}\n{error.inner_traceback or ''}"
            result.problems.append(COLOURS.sub("", problem).strip())

    with _same_for_everybody() as folder, contextlib.redirect_stdout(io.StringIO()) as said:
        settings = Path(folder, "pytest.ini")
        settings.write_text("[pytest]\n", "utf-8")
        where = [f"--config-file={settings}", f"--rootdir={folder}", str(result.path)]
        status = pytest.main([*SETTINGS, *where], plugins=[Listener()])
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) and not result.problems:
        result.problems.append(said.getvalue().strip())


@contextlib.contextmanager
def _same_for_everybody() -> Iterator[str]:
    """A temporary folder for Jupyter's files and for answers: nobody's own settings and answers take part."""
    with tempfile.TemporaryDirectory() as folder:
        names = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "BTL_ANSWERS")
        with mock.patch.dict(os.environ, dict.fromkeys(names, folder)):
            yield folder
