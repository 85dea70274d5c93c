"""`kit check`: do the notebooks still do what they say? Each is run as a student finds it, and again with answers."""

from __future__ import annotations

import json
import os
import signal
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from kit.course.lessons import own_folder
from kit.errors import KitError
from kit.extras import need
from kit.resources import LESSONS, keys_folder, lesson_folder
from kit.wording import plural

COMPARED = "nbval-check-output"
KERNEL = "python3"
AT_ONCE = 4  # notebooks, on a machine with as many processors; each takes about 300 MB
ADVICE = """
What to do: open the notebook with `kit lab` and choose Run > Restart Kernel and Run All Cells.
- A cell stops with an error: its last line says what is wrong. After a change to the kit, run `make setup`.
- Another output: where the new one is right, save the notebook; where it is not, report it as a bug.
- A tagged cell holds no output: run the notebook and save it, or take the tag off the cell.
- A cell takes too long: on a slow or busy machine, check one notebook alone (`kit check NOTEBOOK`).
- An answer key does not fit: compare the question in exercises/items/ with its key in exercises/keys/."""
NO_KEYS = "Not tried with answers: there is no exercises/keys/ here. Students' copies have none."


@dataclass
class Result:
    """What became of one notebook: cells run, outputs compared, answers tried, what went wrong."""

    path: Path
    cells: int = 0
    compared: int = 0
    answers: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)

    def line(self) -> str:
        state = "FAILED" if self.problems else "ok"
        counts = [f"{plural(self.cells, 'cell')} run"]
        counts += [f"{plural(self.compared, 'output')} compared"] if self.compared else []
        counts += [f"{plural(self.answers, 'answer')} tried"] if self.answers else []
        return f"{state:6}  {shown(self.path):44}  {', '.join(counts)}, {self.seconds:.1f} s"


def check(paths: Sequence[str | Path] = ()) -> int:
    """Run notebooks, and all in folders, from top to bottom: a line each, then what failed and what to do.

    Each is run as a student finds it. Then all its exercises are answered by their keys, and it is run again as it is
    opened on another day, answers and all. Without ``paths``: those in ``notebooks/`` and ``exercises/``. Returns 0
    where all pass, 1 otherwise. Notebooks are only read; new outputs are not stored. Raises KitError where there is
    nothing to check, or nbval is not installed.
    """
    need("check")
    found, results = find_notebooks(paths), []
    at_once = min(len(found), os.cpu_count() or 1, AT_ONCE)
    at_ctrl_c = (signal.SIGINT, signal.SIG_DFL)  # end at once, not after the notebooks that wait
    with ProcessPoolExecutor(at_once, get_context("spawn"), signal.signal, at_ctrl_c) as pool:
        for result in pool.map(check_one, found):
            print(result.line(), flush=True)
            results.append(result)
    failed = [result for result in results if result.problems]
    for result in failed:
        print(f"\n{shown(result.path)}")
        for problem in result.problems:
            print("  " + problem.replace("\n", "\n  "))
    if failed:
        print(ADVICE)
    passed, verb = len(results) - len(failed), "passes" if len(results) == 1 else "pass"
    print(f"\n{passed} of {plural(len(results), 'notebook')} {verb}.")
    if not keys_folder().is_dir():
        print(NO_KEYS)
    return 1 if failed else 0


def find_notebooks(paths: Sequence[str | Path] = ()) -> list[Path]:
    """The notebooks at these paths, each once; those in a folder by name. KitError where there are none."""
    places = [Path(path) for path in paths] or [
        folder for name in LESSONS if (folder := lesson_folder() / name).is_dir()
    ]
    found: list[Path] = []
    for place in places:
        if not os.access(place, os.R_OK):
            raise KitError(f"There is no file or folder {place} that can be read.")
        if place.is_dir():
            found += (p for p in sorted(place.rglob("*.ipynb")) if ".ipynb_checkpoints" not in p.parts)
        elif place.suffix == ".ipynb":
            found.append(place)
        else:
            raise KitError(f"{place} isn't a notebook: its name doesn't end in .ipynb.")
    if not found:
        raise KitError(f"There is no notebook in {', '.join(str(place.resolve()) for place in places)}.")
    return list(dict.fromkeys(path.resolve() for path in found))


def check_one(path: Path) -> Result:
    """Run one notebook in a kernel of its own; where there are keys, answer what it asks and run it again."""
    from nbformat import ValidationError  # Here, as in `_run`: only a check needs the packages of the extra.

    from kit.classroom.notebook_runner import read

    result = Result(path)
    started = time.perf_counter()
    try:
        notebook = read(path)
        _look(notebook["cells"], result)
        kernel = notebook.get("metadata", {}).get("kernelspec", {})
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ValidationError):
        result.problems.append("This file is damaged: it does not hold a notebook.")
    else:
        if kernel.get("name", KERNEL) != KERNEL:
            called = kernel.get("display_name", kernel["name"])
            result.problems.append(
                f"It asks for the kernel “{called}”, which your students' JupyterLab need not have. "
                "Open it with `kit lab`, choose Kernel > Change Kernel > Python 3, and save it."
            )
        else:
            _run(result)
    result.seconds = time.perf_counter() - started
    return result


def shown(path: Path) -> str:
    """A path as short as it can be said from where you are."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _look(cells: list[dict[str, Any]], result: Result) -> None:
    """Count the outputs to compare. nbval alone would pass a tagged cell without any, comparing nothing."""
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    for number, cell in enumerate(code, start=1):
        if COMPARED not in cell["metadata"].get("tags", []):
            continue
        if cell["outputs"] and cell["execution_count"] is not None:
            result.compared += 1
        else:
            result.problems.append(f"Code cell {number} is tagged {COMPARED} but holds no output to compare.")


def _run(result: Result) -> None:
    """Run it as a student finds it, answer its exercises, and run it as it is found with answers."""
    from kit.classroom.notebook_runner import run

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given, found = folder / "given.json", folder / "found.json"
        answer_all = f"import kit.classroom.model_answers; kit.classroom.model_answers.answer_all({str(given)!r})"
        can_be_answered = keys_folder().is_dir() or own_folder(result.path.parent)
        first = run(result.path, folder, afterwards=answer_all if can_be_answered else "")
        result.cells, result.problems = first.cells, [*result.problems, *first.problems]
        answers = _noted(given)
        if not answers:
            return
        note_down = f"import kit.classroom.model_answers; kit.classroom.model_answers.note_down({str(found)!r})"
        again = run(result.path, folder, afterwards=note_down, answered=True)
        result.problems += [f"Once all questions are answered: {problem}" for problem in again.problems]
        result.answers, now = len(answers), _noted(found)
        lost = [name for name, answer in answers.items() if not again.problems and now.get(name) != answer]
        result.problems += [f"{name} does not show its answer when the notebook is run again." for name in lost]


def _noted(file: Path) -> dict[str, Any]:
    """What `kit.classroom.model_answers` wrote down; empty if it did not get so far."""
    return json.loads(file.read_bytes()) if file.is_file() else {}
