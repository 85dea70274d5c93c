"""The data files that come with the package."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from kit.errors import KitError

PACKAGE = Path(__file__).parent
FIRST = Path("notebooks/00_start_here.ipynb")


def read_toml(name: str) -> dict[str, Any]:
    """A lexicon file by name, without its ending."""
    return tomllib.loads((PACKAGE / "lexicons" / f"{name}.toml").read_text("utf-8"))


@cache
def read_grammar() -> dict[str, Any]:
    """The word lists of lexicons/grammar.toml, which several modules look into."""
    return read_toml("grammar")


def read_model(name: str) -> Any:
    """A model file by name, without its ending."""
    return json.loads((PACKAGE / "models" / f"{name}.json").read_bytes())


def seeds_folder() -> Path:
    """Where the kit's own articles are: beside the package in a clone, inside it in a wheel."""
    packed = PACKAGE / "seeds"
    return packed if packed.is_dir() else PACKAGE.parent / "seeds"


def items_folder() -> Path:
    """Where the lessons' questions are: in ``exercises/`` in a clone, inside the package in a wheel."""
    packed = PACKAGE / "items"
    return packed if packed.is_dir() else PACKAGE.parent / "exercises" / "items"


def keys_folder() -> Path:
    """Where the keys of assessment items are, beside the questions. Students' copies and wheels have none."""
    return items_folder().parent / "keys"


def lesson_folder() -> Path:
    """The folder that holds ``notebooks/``: where you are, or else the clone that the kit runs from.

    Raises KitError where neither has the first notebook.
    """
    for folder in (Path.cwd(), PACKAGE.parent):
        if (folder / FIRST).is_file():
            return folder
    raise KitError(f"There is no {FIRST} in {Path.cwd()}. Change to your copy of Between the Lines first.")
