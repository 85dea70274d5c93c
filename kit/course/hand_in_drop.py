"""The drop folder: where a hub collects what its students hand in.

The environment variable ``BTL_DROP`` names it. A file is there whole or not at all, and none is written over, whoever
else writes into the same folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from kit.files import numbered, write_new

DROP = "BTL_DROP"


class Sent(NamedTuple):
    """What became of a file on its way to the teacher, in a sentence; both are empty where there is no drop folder."""

    told: str = ""
    problem: str = ""


def drop_folder() -> Path | None:
    """The folder that ``BTL_DROP`` names; None where what is handed in stays on this computer."""
    return Path(given) if (given := os.environ.get(DROP)) else None


def send(file: Path) -> Sent:
    """Copy what was handed in into the drop folder, if there is one, under its own name, with a number where another
    file has that name. What is there already, byte by byte, is not copied again. ``file`` itself stays in any case.
    """
    folder = drop_folder()
    if folder is None:
        return Sent()
    try:
        _copy(file, folder)
    except OSError as error:
        return Sent(
            problem=f"It did not reach your teacher: the class's folder {folder} can't be written "
            f"({error.strerror or error}). Nothing is lost. Tell your teacher, and hand in again later."
        )
    return Sent(told="Your teacher has it.")


def _copy(file: Path, folder: Path) -> None:
    data = file.read_bytes()
    for target in numbered(folder / file.name):
        try:
            write_new(target, data)
            return
        except FileExistsError:
            if target.read_bytes() == data:
                return
