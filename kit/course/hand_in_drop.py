"""The drop folder: where a hub collects what its students hand in.

The environment variable ``BTL_DROP`` names it. A file is there whole or not at all, and none is written over, whoever
else writes into the same folder.
"""

from __future__ import annotations

import os
import tempfile
from itertools import count
from pathlib import Path
from typing import NamedTuple

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
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(data)
            written.flush()
            os.fsync(handle)
        Path(temporary).chmod(0o644)  # The folder says who may read it.
        for number in count(1):
            target = folder / f"{file.stem}{f'_{number}' if number > 1 else ''}{file.suffix}"
            try:
                target.hardlink_to(temporary)  # Unlike a move, it fails where a file of that name is.
                return
            except FileExistsError:
                if target.read_bytes() == data:
                    return
    finally:
        Path(temporary).unlink(missing_ok=True)
