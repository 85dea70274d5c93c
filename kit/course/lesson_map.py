"""What the lesson view asks the kit: how far one is, where one was, what the terms mean, who works here.

The lesson view is JupyterLab's extension in ``labextension/``. It has no server of its own: it runs `answer` in the
lesson's kernel, so that it works in JupyterLite, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kit.course.answers_folder import all_folders, answers_folder, choose_folder, course_folder, start_afresh
from kit.course.hand_in import hand_in
from kit.course.hand_in_lesson import hand_in_from
from kit.course.lesson_files import own_folder
from kit.course.load_back import load_back
from kit.course.progress import Progress, progress
from kit.errors import KitError
from kit.files import alone_in, from_here, read_file, write_atomically
from kit.render.glossary import all_terms
from kit.version import __version__

PLACES = "places.json"  # in the answers folder: where one was in each lesson
HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


def answer(question: str) -> None:
    """Answer the lesson view by displaying JSON. ``question``: JSON, with "do" and what belongs to it."""
    from IPython.display import display

    asked = json.loads(question)
    try:
        told = ANSWERS[asked.pop("do")](**asked)
    except (KitError, OSError) as error:
        told = {"problem": str(error)}
    display({"application/json": told}, raw=True)  # type: ignore[no-untyped-call]


def look(lesson: str) -> dict[str, Any]:
    """The place in this lesson (see `keep_place`), and all that the map shows."""
    now = progress()
    return {
        "version": __version__,
        "place": _places().get(lesson),
        "lessons": list(_lessons(now)),
        "glossary": [{"id": slug(one.term), "term": one.term, "told": one.told()} for one in all_terms()],
        "folders": [folder._asdict() for folder in all_folders()],
        "notes": list(now.notes),
    }


def keep_place(lesson: str, place: Any) -> dict[str, Any]:
    """Keep where one is in a lesson, with the answers. ``place`` is the lesson view's own, plain JSON."""
    file = answers_folder() / PLACES
    with alone_in(file.parent) as alone:
        write_atomically(file, json.dumps(_places() | {lesson: place}, indent=1) + "\n", alone=alone)
    return {}


def somebody_else(lesson: str) -> dict[str, Any]:
    """A fresh folder of answers; then as `look`."""
    start_afresh()
    return look(lesson)


def choose(lesson: str, folder: str) -> dict[str, Any]:
    """A folder of answers that was there before; then as `look`."""
    choose_folder(folder)
    return look(lesson)


def take_up(lesson: str, content: str) -> dict[str, Any]:
    """The answers in a file that was handed in, by what it holds; then as `look`, with what became of it."""
    told = load_back(content)
    return look(lesson) | {"told": told}


def hand_in_one(lesson: str, name: str) -> dict[str, Any]:
    """Write the file of this lesson: its path, as seen from the notebook, the code, and what is missing."""
    done = hand_in_from(lesson, name)
    return {"file": from_here(done.file), "page": "", "code": done.code, "told": done.problem or done.told}


def hand_in_all(lesson: str, name: str) -> dict[str, Any]:
    """Write the files of all lessons: their paths, as seen from the notebook, and what is missing."""
    done = hand_in(name)
    return {"file": from_here(done.file), "page": from_here(done.page), "code": "", "told": repr(done)}


ANSWERS: dict[str, Callable[..., dict[str, Any]]] = {
    "look": look,
    "keep place": keep_place,
    "somebody else": somebody_else,
    "choose": choose,
    "load back": take_up,
    "hand in": hand_in_one,
    "hand in all": hand_in_all,
}


def slug(term: str) -> str:
    """A term as the glossary notebook names its cell.

    >>> slug("the reader's note")
    'the-readers-note'
    """
    return re.sub(r"[^a-z0-9]+", "-", term.lower().replace("'", "").replace("’", ""))


def _places() -> dict[str, Any]:
    """Where one was, by lesson; empty if the file is not there or can't be used."""
    try:
        found = json.loads((answers_folder() / PLACES).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _lessons(now: Progress) -> Iterator[dict[str, Any]]:
    """The lessons in their order, and then a teacher's own, with the notebooks to open."""
    root, folder = course_folder(), own_folder()
    found = _notebooks(root / "notebooks")
    for lesson, (path, title) in (found | (_notebooks(folder) if folder else {}) | found).items():
        own = now.in_lesson(lesson)
        places = (root / "exercises" / f"{lesson}.ipynb", path.with_name(f"{lesson}_exercises.ipynb"))
        alone = next((place for place in places if place.is_file()), None)
        core, more = [one for one in own if one.core], [one for one in own if not one.core]
        yield {
            "id": lesson,
            "title": title or path.stem,
            "notebook": from_here(path),
            "exercises": from_here(alone) if alone else "",
            "count": len(core),
            "done": sum(1 for one in core if one.state == "done"),
            "open": [{"title": one.title, "state": one.state} for one in core if one.state != "done"],
            "more": {"count": len(more), "done": sum(1 for one in more if one.state == "done")},
        }


def _notebooks(folder: Path) -> dict[str, tuple[Path, str]]:
    """By lesson: the notebook whose metadata names it, and its title. Of several, the one called like the lesson."""
    found: dict[str, tuple[Path, str]] = {}
    for path in sorted(folder.glob("*.ipynb")):
        lesson, title = _read(path)
        if lesson and (lesson not in found or path.stem == lesson):
            found[lesson] = path, title
    return found


def _read(notebook: Path) -> tuple[str, str]:
    """The lesson that a notebook is, and its title; "" for what it does not say."""
    try:
        data = json.loads(read_file(notebook))
        lesson = str(data["metadata"]["between_the_lines"]["lesson"])
        first = HEADING.search("".join(data["cells"][0]["source"]))
    except (KitError, ValueError, LookupError, TypeError, RecursionError):
        return "", ""
    return lesson, first.group(1) if first else ""
