"""Whose answers these are: the folder that they are in, and a fresh one when somebody else works on this computer."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kit.errors import KitError
from kit.files import alone_in, write_atomically

IN_USE = "in-use.txt"  # in the answers folder: the name of the folder in it that is in use
PERSON = re.compile(r"person-\d+")


class Folder(NamedTuple):
    """A person's answers. ``changed``: the day of the last answer, "" if there is none."""

    name: str
    changed: str
    in_use: bool


def course_folder() -> Path:
    """The nearest folder from here upward that holds ``notebooks/``; where there is none, the one that you are in."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / "notebooks").is_dir()), here)


def base_folder() -> Path:
    """Where answers are kept: ``BTL_ANSWERS``, else ``answers/`` in the `course_folder`."""
    given = os.environ.get("BTL_ANSWERS")
    return Path(given) if given else course_folder() / "answers"


def answers_folder() -> Path:
    """Where the answers of whoever works here now are: `base_folder`, or the folder in it that was chosen last."""
    base = base_folder()
    try:
        name = (base / IN_USE).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return base
    return base / name if PERSON.fullmatch(name) and (base / name).is_dir() else base


def all_folders() -> list[Folder]:
    """The folders of all who have worked here, in the order in which they came: the first is `base_folder` itself."""
    base, in_use = base_folder(), answers_folder()
    return [Folder(path.name, _changed(path), path == in_use) for path in (base, *_later(base))]


def start_afresh() -> Path:
    """Somebody else works here now: a new, empty folder, in use from now on. Raises OSError if it can't be made."""
    base = base_folder()
    with alone_in(base):
        numbers = [int(path.name.removeprefix("person-")) for path in _later(base)]
        fresh = base / f"person-{max(numbers, default=1) + 1}"
        fresh.mkdir()
    choose_folder(fresh.name)
    return fresh


def choose_folder(name: str) -> None:
    """Work on in a folder that `all_folders` names. Raises `KitError` if there is none of this name."""
    base = base_folder()
    if name == base.name:
        (base / IN_USE).unlink(missing_ok=True)
    elif PERSON.fullmatch(name) and (base / name).is_dir():
        write_atomically(base / IN_USE, f"{name}\n")
    else:
        raise KitError(f"There are no answers in {base.name}/{name}. Choose one of those that are there.")


def _later(base: Path) -> list[Path]:
    """The folders of those who came later, in their order."""
    found = [path for path in base.glob("person-*") if PERSON.fullmatch(path.name) and path.is_dir()]
    return sorted(found, key=lambda path: int(path.name.removeprefix("person-")))


def _changed(folder: Path) -> str:
    times = [path.stat().st_mtime for path in folder.glob("*.json")]
    return datetime.fromtimestamp(max(times)).date().isoformat() if times else ""
