"""The data files that come with the package."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from kit.errors import KitError

PACKAGE = Path(__file__).parent
LESSONS = ("notebooks", "exercises")  # the folders with the lessons' notebooks
NEEDS_EXTRA = "between_the_lines_needs"  # in a notebook's metadata
FIRST = Path("notebooks/00_start_here.ipynb")


@contextmanager
def uncollected() -> Iterator[None]:
    """For work that makes much and hardly any cycles, also as a decorator: Python doesn't look through all of it, again
    and again, for garbage. That was a fifth of the time to start, and grew faster than a text."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def read_toml(name: str) -> dict[str, Any]:
    """A lexicon file by name, without its ending."""
    return tomli.loads((PACKAGE / "lexicons" / f"{name}.toml").read_text("utf-8"))


@cache
def read_grammar() -> dict[str, Any]:
    """The word lists of lexicons/grammar.toml, which several modules look into."""
    return read_toml("grammar")


@uncollected()
def read_model(name: str) -> Any:
    """A model file by name, without its ending."""
    return json.loads((PACKAGE / "models" / f"{name}.json").read_bytes())


def seeds_folder() -> Path:
    """Where the kit's own articles are."""
    return _material() / "seeds"


def items_folder() -> Path:
    """Where the lessons' questions are."""
    return _material() / "exercises" / "items"


def keys_folder() -> Path:
    """Where the keys of assessment items are, beside the questions. Students' copies and wheels have none."""
    return _material() / "exercises" / "keys"


def lesson_notebooks() -> dict[str, Path]:
    """The notebooks of the course, by their place in a folder of lessons: "notebooks/00_start_here.ipynb"."""
    places = [file for name in LESSONS for file in sorted((_material() / name).glob("*.ipynb"))]
    return {file.relative_to(_material()).as_posix(): file for file in places}


def needs_extra(notebook: Path) -> str:
    """The extra that a notebook needs, as its metadata say: "corpus". All lessons do without, and give ""."""
    return str(json.loads(notebook.read_bytes()).get("metadata", {}).get(NEEDS_EXTRA, ""))


def lesson_folder() -> Path:
    """The folder that holds ``notebooks/``: where you are, or else the clone that the kit runs from.

    Raises KitError where neither has the first notebook.
    """
    for folder in (Path.cwd(), PACKAGE.parent):
        if (folder / FIRST).is_file():
            return folder
    raise KitError(f"There is no {FIRST} in {Path.cwd()}. Change to the folder with your lessons first.")


def _material() -> Path:
    """What the course is made of: beside the package in a clone, inside it where it was installed from a wheel."""
    return PACKAGE / "material" if packed() else PACKAGE.parent


def packed() -> bool:
    """Whether the kit was installed from a wheel, which has the course inside the package."""
    return (PACKAGE / "material").is_dir()
