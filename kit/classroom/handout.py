"""`kit handout`: what students get, as a folder or a ZIP file: lessons, exercises, the kit, a start for each system.

No keys, no tests, no history, and nobody's answers. Each system starts it by one file, which sets everything up in the
folder itself, once, with the versions of ``requirements.lock``.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import tomli

from kit.errors import KitError
from kit.resources import PACKAGE, items_folder, lesson_notebooks, needs_extra, seeds_folder
from kit.wording import plural

FOR_TEACHERS = "for_teachers"  # a notebook that stays with them
FOLDER = "between-the-lines"  # that a ZIP file holds
STARTS = {"start.sh": "start.sh", "start.command": "start.sh", "start.bat": "start.bat", "READ_ME.txt": "READ_ME.txt"}
EXECUTABLE = ("start.sh", "start.command")
FOR_WINDOWS = ("start.bat", "READ_ME.txt")  # with the line ends that Windows wants
NEEDED = ("lab", "check", "sources")  # extras
LEFT_OUT = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}
PINNED = re.compile(r"^([\w.-]+)==(?:.*\n)(?: +.*\n)*", re.MULTILINE)  # a package of the lock, with its comment
ASKED_BY = re.compile(r"^    # +(?:via )?([\w.-]+)$", re.MULTILINE)
EXECUTABLE_MODE, PLAIN_MODE = 0o755, 0o644


class Handed(NamedTuple):
    """A file of the handout: its place, what it holds, and whether one starts it."""

    name: str
    data: bytes
    executable: bool = False


def handout(output: Path) -> int:
    """Write the handout into a new or empty folder, or into a new file ``*.zip``; 0.

    Raises `KitError` where there is something already, where it can't be written, and where the kit doesn't run from
    the folder that was downloaded.
    """
    files = list(handed_out())
    try:
        if output.suffix.lower() == ".zip":
            _write_zip(output, files)
        else:
            _write_folder(output, files)
    except OSError as error:
        raise KitError(f"{output} can't be written ({error.strerror or error}). Name another place.") from None
    notebooks = sum(file.name.endswith(".ipynb") for file in files)
    print(f"Written: {output} with {plural(notebooks, 'notebook')}, the kit and a start for Windows, macOS and Linux.")
    print("No answer keys are in it. Before class, start it once yourself: start.bat check, or ./start.sh check.")
    return 0


def handed_out() -> Iterator[Handed]:
    """All that students get. Raises `KitError` where the kit doesn't run from the folder that was downloaded."""
    root = PACKAGE.parent
    if not (root / "requirements.lock").is_file():
        raise KitError("`kit handout` needs the whole folder of the project, as it was downloaded. Run it there.")
    for name, source in STARTS.items():
        text = (PACKAGE / "classroom" / "handed_out" / source).read_text("utf-8")
        if name in FOR_WINDOWS:
            text = text.replace("\n", "\r\n")
        yield Handed(name, text.encode(), name in EXECUTABLE)
    yield Handed("requirements.txt", requirements(root).encode())
    yield Handed("LICENSE", (root / "LICENSE").read_bytes())
    for name, notebook in lesson_notebooks().items():
        if notebook.stem != FOR_TEACHERS and needs_extra(notebook) in ("", *NEEDED):
            yield Handed(name, notebook.read_bytes())
    for folder in (PACKAGE, seeds_folder(), items_folder()):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not LEFT_OUT & set(path.parts):
                yield Handed(path.relative_to(root).as_posix(), path.read_bytes())


def requirements(root: Path) -> str:
    """The part of the lock that the lessons need: what they ask for, and what that asks for in turn."""
    project = tomli.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(one for extra in NEEDED for one in project["optional-dependencies"][extra])]
    wanted = {re.split(r"[^\w.-]", one)[0].replace(".", "-").lower() for one in asked}
    lock = {found[1]: found[0] for found in PINNED.finditer((root / "requirements.lock").read_text("utf-8"))}
    askers = {name: set(ASKED_BY.findall(entry)) for name, entry in lock.items()}
    while more := {name for name in lock if name not in wanted and askers[name] & wanted}:
        wanted |= more
    return "".join(re.sub(r"(?m)^    #.*\n", "", entry) for name, entry in lock.items() if name in wanted)


def _write_folder(output: Path, files: list[Handed]) -> None:
    if output.is_file() or (output.is_dir() and any(output.iterdir())):
        raise KitError(f"{output} is there already and isn't an empty folder. Name a new one.")
    for name, data, executable in files:
        path = output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(EXECUTABLE_MODE if executable else PLAIN_MODE)


def _write_zip(output: Path, files: list[Handed]) -> None:
    if output.exists():
        raise KitError(f"{output} is there already. Name a new file, or delete that one first.")
    output.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(output, "x", zipfile.ZIP_DEFLATED) as packed:
        for name, data, executable in files:
            about = zipfile.ZipInfo(f"{FOLDER}/{name}")
            about.compress_type = zipfile.ZIP_DEFLATED
            about.create_system = 3  # Unix: else its modes would not count
            about.external_attr = (0o100000 | (EXECUTABLE_MODE if executable else PLAIN_MODE)) << 16
            packed.writestr(about, data)
