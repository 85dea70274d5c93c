"""The lessons for a folder of one's own: a copy of those that the kit brings along, never over anybody's changes."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from kit.errors import KitError
from kit.files import write_atomically
from kit.resources import LESSONS, lesson_folder, lesson_notebooks
from kit.wording import plural

LAID_OUT = ".laid-out.json"  # in the folder with the lessons: which text of each the kit wrote there
WHERE = " and ".join(f"{name}/" for name in LESSONS)


def find_or_lay_out(*, yes: bool = False) -> Path:
    """The folder with the lessons. Where there is none, the lessons are laid out here, if that is wanted.

    ``yes``: it is; without it, whoever sits at the terminal is asked. Raises `KitError` if the answer is no, if nobody
    can be asked, and if the folder can't be written.
    """
    try:
        return lesson_folder()
    except KitError:
        here = Path.cwd()
    if not yes and not sys.stdin.isatty():
        raise KitError(f"There are no lessons in {here}. `kit lab --yes` lays them out here.")
    if not yes and not _is_wanted(here):
        raise KitError("Nothing was written. Change to the folder for your lessons and run `kit lab` again.")
    written = lay_out(here)
    print(f"Written: {plural(len(written), 'notebook')} in {WHERE}.")
    return here


def lay_out(folder: Path) -> list[str]:
    """Copy the lessons into a folder; a file that is there stays as it is. Returns the names of those written.

    Raises `KitError` if the folder can't be written; what was written until then stays.
    """
    written = []
    for name, notebook in lesson_notebooks().items():
        target = folder / name
        if target.exists() or target.is_symlink():
            continue
        try:
            write_atomically(target, notebook.read_text("utf-8"))
        except OSError as error:
            raise KitError(
                f"{target} can't be written ({error.strerror or error}). Change to a folder of your own first."
            ) from None
        written.append(name)
    return written


def renew(folder: Path) -> list[str]:
    """As `lay_out`, and a lesson of an older kit is replaced if nobody has changed its cells; answers are elsewhere."""
    ledger, ours = folder / LAID_OUT, lesson_notebooks()
    try:
        known = json.loads(ledger.read_bytes())
    except (OSError, ValueError):
        known = {}
    new = {name: _cells(notebook) for name, notebook in ours.items()}
    for name in ours:
        if known.get(name) and known[name] == _cells(folder / name) != new[name]:
            (folder / name).unlink()
    written = lay_out(folder)
    told = known | {name: cells for name, cells in new.items() if cells == _cells(folder / name)}
    if told != known:
        write_atomically(ledger, json.dumps(told, indent=1) + "\n")
    return written


def _cells(notebook: Path) -> str:
    """A checksum of what stands in a notebook's cells, whatever they showed when they ran; empty if it is none."""
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
        texts = [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    except (OSError, ValueError, LookupError, TypeError):
        return ""
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


def _is_wanted(folder: Path) -> bool:
    """Ask at the terminal."""
    count = plural(len(lesson_notebooks()), "notebook")
    try:
        answer = input(f"There are no lessons in {folder}. Lay them out here ({count} in {WHERE})? [y/n] ")
    except EOFError:  # Ctrl+D
        return False
    return answer.strip().lower() in ("y", "yes")
