"""`kit check`: do the notebooks still do what they say? Each is run as a student finds it, and again with answers."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.classroom.check_report import Result, advice, damaged, problems_of, shown
from kit.classroom.stored_outputs import changes, store
from kit.course.lesson_files import own_folder
from kit.errors import KitError
from kit.extras import EXTRAS, need
from kit.progress_bar import progress_bar
from kit.resources import LESSONS, NEEDS_EXTRA, items_folder, keys_folder, lesson_folder
from kit.wording import plural

if TYPE_CHECKING:
    from kit.classroom.notebook_runner import Run

COMPARED = "nbval-check-output"
KERNEL = "python3"
AT_ONCE = 4  # notebooks, on a machine with as many processors; each takes about 300 MB
NO_KEYS = "Not tried with answers: there is no exercises/keys/ here. Students' copies have none."
DOES = "Each is run as a student finds it"
AND_AGAIN = ", then answered by its keys and run again, as on another day"


def check(paths: Sequence[str | Path] = (), *, fix: bool = False) -> int:
    """Run notebooks, and all in folders, from top to bottom: a line each, then what failed and what to do.

    Each is run as a student finds it. Then all its exercises are answered by their keys, and it is run again as it is
    opened on another day, answers and all. Without ``paths``: those in ``notebooks/`` and ``exercises/``. Returns 0
    where all pass, 1 otherwise. Notebooks are only read, but with ``fix``: where the outputs to compare are others, or
    missing, and nothing else is wrong, the difference is shown and those of now are stored. Raises KitError where there
    is nothing to check, or nbval is not installed.
    """
    need("check")
    found = find_notebooks(paths)
    at_once = min(len(found), os.cpu_count() or 1, AT_ONCE)
    several = f", {at_once} at a time" if at_once > 1 else ""
    again = AND_AGAIN if keys_folder().is_dir() else ""
    print(f"Checking {plural(len(found), 'notebook')}{several}. {DOES}{again}.", flush=True)
    results = _check_all(found, at_once, fix=fix)
    failed = [result for result in results if result.problems]
    for result in results:
        for difference in result.stored:
            print(f"\n{shown(result.path)}: stored anew\n  " + difference.replace("\n", "\n  "))
    for lines in problems_of(failed):
        print("\n" + "\n".join(lines))
    if failed:
        print(advice(failed))
    run = [result for result in results if not result.lacks]
    passed, verb = len(run) - len(failed), "passes" if len(run) == 1 else "pass"
    print(f"\n{passed} of {plural(len(run), 'notebook')} {verb}.")
    if not keys_folder().is_dir():
        print(NO_KEYS)
    return 1 if failed else 0


def _check_all(found: Sequence[Path], at_once: int, *, fix: bool) -> list[Result]:
    """Check notebooks beside each other, with a bar; the line of each is printed in their order."""
    at_ctrl_c = (signal.SIGINT, signal.SIG_DFL)  # end at once, not after the notebooks that wait
    steps = [_code_cells(path) for path in found]
    with (
        ProcessPoolExecutor(at_once, get_context("spawn"), signal.signal, at_ctrl_c) as pool,
        progress_bar("Checking", sum(steps)) as bar,
    ):
        running = {
            pool.submit(partial(check_one, fix=fix), path): step for path, step in zip(found, steps, strict=True)
        }
        waiting, to_come = list(running), set(running)
        while to_come:
            done, to_come = wait(to_come, timeout=1, return_when="FIRST_COMPLETED")
            bar.update(sum(running[one] for one in done))
            bar.refresh()
            while waiting and waiting[0].done():
                bar.write(waiting.pop(0).result().line())
    return [one.result() for one in running]


def _code_cells(path: Path) -> int:
    """How many cells a notebook has to run, as far as that can be seen: a measure of how long it takes."""
    try:
        return sum(cell["cell_type"] == "code" for cell in json.loads(path.read_bytes())["cells"]) or 1
    except (OSError, ValueError, LookupError, TypeError):
        return 1


def find_notebooks(paths: Sequence[str | Path] = ()) -> list[Path]:
    """The notebooks at these paths, each once; those in a folder by name. KitError where there are none."""
    places = [Path(path) for path in paths] or [
        folder for name in LESSONS if (folder := lesson_folder() / name).is_dir()
    ]
    found: list[Path] = []
    for place in places:
        if not os.access(place, os.R_OK):
            raise KitError(f"There is no file or folder {place} that can be read.{_meant(place)}")
        if place.is_dir():
            found += (p for p in sorted(place.rglob("*.ipynb")) if ".ipynb_checkpoints" not in p.parts)
        elif place.suffix == ".ipynb":
            found.append(place)
        else:
            raise KitError(f"{place} isn't a notebook: its name doesn't end in .ipynb.")
    if not found:
        raise KitError(f"There is no notebook in {', '.join(str(place.resolve()) for place in places)}.")
    return list(dict.fromkeys(path.resolve() for path in found))


def _meant(place: Path) -> str:
    """The notebooks of the course that a name could mean, as a sentence."""
    with contextlib.suppress(KitError):
        root = lesson_folder()
        alike = [path for name in LESSONS for path in (root / name).glob("*.ipynb") if path.stem == place.stem]
        if alike:
            return f" Did you mean {' or '.join(shown(path) for path in alike)}?"
    return ""


def check_one(path: Path, *, fix: bool = False) -> Result:
    """Run one notebook in a kernel of its own; where there are keys, answer what it asks and run it again."""
    from nbformat import ValidationError  # Here, as in `_run`: only a check needs the packages of the extra.

    from kit.classroom.notebook_runner import read

    result = Result(path)
    started = time.perf_counter()
    try:
        notebook = read(path)
        _look(notebook["cells"], result)
        kernel = notebook.get("metadata", {}).get("kernelspec", {})
        result.lacks = _lacks(notebook.get("metadata", {}).get(NEEDS_EXTRA))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ValidationError):
        result.problems.append(damaged(path))
    else:
        if result.lacks:
            return result
        if kernel.get("name", KERNEL) != KERNEL:
            called = kernel.get("display_name", kernel["name"])
            result.problems.append(
                f"It asks for the kernel “{called}”, which your students' JupyterLab need not have. "
                "Open it with `kit lab`, choose Kernel > Change Kernel > Python 3, and save it."
            )
        else:
            _run(result, fix=fix)
    result.seconds = time.perf_counter() - started
    return result


def _lacks(extra: str | None) -> str:
    """A sentence where a notebook needs an extra that isn't installed here: that is no fault of the notebook."""
    try:
        if extra in EXTRAS:
            need(extra)
    except KitError as error:
        return str(error)
    return ""


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


def _run(result: Result, *, fix: bool) -> None:
    """Run it as a student finds it, answer its exercises, and run it as it is found with answers."""
    from kit.classroom.notebook_runner import run

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given, found = folder / "given.json", folder / "found.json"
        answer_all = f"import kit.classroom.model_answers; kit.classroom.model_answers.answer_all({str(given)!r})"
        can_be_answered = keys_folder().is_dir() or own_folder(result.path.parent) not in (None, items_folder().parent)
        first = run(result.path, folder, afterwards=answer_all if can_be_answered else "")
        if fix and first.outputs and first.differing == len(first.problems):
            _store(result, first)
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


def _store(result: Result, first: Run) -> None:
    """Store the outputs of now, and note how they differ from those that the notebook held."""
    from kit.classroom.notebook_runner import read

    cells = read(result.path)["cells"]
    for index, now in first.outputs.items():
        result.stored.append("\n".join([cells[index].source, *changes(cells[index].outputs, now)]))
    try:
        store(result.path, first.outputs)
    except OSError as error:
        result.stored = []
        result.problems.append(f"It can't be written ({error.strerror or error}): the outputs of now are not stored.")
    else:
        result.problems = []
        result.compared += sum(not cells[index].outputs for index in first.outputs)


def _noted(file: Path) -> dict[str, Any]:
    """What `kit.classroom.model_answers` wrote down; empty if it did not get so far."""
    return json.loads(file.read_bytes()) if file.is_file() else {}
