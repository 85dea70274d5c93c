"""Which lessons there are, in what order, and where the files of each lie: the kit's own, and a teacher's.

How a folder of lessons is made: see `kit.course.lessons`.
"""

from __future__ import annotations

from pathlib import Path

from kit.course.questions import NAME
from kit.errors import KitError
from kit.resources import items_folder, seeds_folder

ITEMS, KEYS, READINGS = "items", "keys", "readings"


def lessons() -> tuple[str, ...]:
    """The names of all lessons: the kit's own in their order, then those of the folder that you are in.

    >>> lessons()[2]
    '02_who_says_so'
    """
    return (*_kits_lessons(), *_own_lessons())


def lesson_before(lesson: str) -> str:
    """The lesson before this one. Raises `KitError` if there is none.

    >>> lesson_before("03_how_sure")
    '02_who_says_so'
    """
    earlier = [name for name in _course_of(lesson) if name < lesson]
    if not earlier:
        raise KitError(f"There is no lesson with questions before {lesson}.")
    return earlier[-1]


def comes_last(lesson: str) -> bool:
    """Whether no lesson follows that could ask again.

    >>> comes_last("02_who_says_so")
    False
    """
    return lesson == _course_of(lesson)[-1]


def file_of(lesson: str) -> Path | None:
    """A lesson's file; None if there is none. The kit's own come first."""
    if not NAME.fullmatch(str(lesson)):
        return None
    if (file := items_folder() / f"{lesson}.toml").is_file():
        return file
    folder = own_folder()
    if folder and (file := folder / ITEMS / f"{lesson}.toml").is_file():
        return file
    return None


def first_file() -> Path:
    """The file of the kit's first lesson, on whose article all lessons are that name none."""
    return items_folder() / f"{_kits_lessons()[0]}.toml"


def keys_of(file: Path) -> Path:
    """The file with the keys of a lesson, which need not be there."""
    return file.parents[1] / KEYS / file.name


def has_keys(lesson: str) -> bool:
    """Whether the keys of a lesson are here. Students' copies have none."""
    file = file_of(lesson)
    return file is not None and keys_of(file).parent.is_dir()


def own_folder(start: Path | None = None) -> Path | None:
    """The folder with a teacher's own lessons: ``start`` (where you are) or the nearest above it; None without any.

    Nobody looks above the folder that holds ``notebooks/``, which is the course's.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if any((folder / ITEMS).glob("*.toml")):
            return folder
        if (folder / "notebooks").is_dir():
            return None
    return None


def readings_folders() -> tuple[Path, ...]:
    """The folders with readings that people made: the kit's, and that beside the lessons of one's own."""
    own = own_folder()
    return (seeds_folder() / READINGS, *([own / READINGS] if own else []))


def _kits_lessons() -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in items_folder().glob("*.toml")))


def _own_lessons() -> tuple[str, ...]:
    """The lessons of one's own folder. Those of the kit are the kit's in a copy of ``exercises/``, too."""
    folder = own_folder()
    names = sorted(file.stem for file in (folder / ITEMS).glob("*.toml")) if folder else []
    for name in names:
        if not NAME.fullmatch(name):
            raise KitError(f"{ITEMS}/{name}.toml can't name a lesson: use letters, digits, _ and -. Rename the file.")
    kits = _kits_lessons()
    return tuple(name for name in names if name not in kits)


def _course_of(lesson: str) -> tuple[str, ...]:
    """The lessons that one lesson is among: those of one's own folder, or else the kit's."""
    own = _own_lessons()
    return own if lesson in own else _kits_lessons()
