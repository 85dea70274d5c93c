"""The file that is handed in: the answers of one lesson or of all, with a name if the student gave one.

Its form is ``hand-in/1``: "schema"; "name"; "lessons", those that it holds; "at", when it was made; "progress", a list
of lesson, exercise and state; and "readings", the files of answers as they are, by their names. Files that an older kit
made hold all lessons and have no "lessons" and no "at".
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kit.course.answers import LOCK
from kit.course.answers_folder import answers_folder
from kit.course.lesson_files import lessons
from kit.course.progress import Work, progress_of
from kit.errors import KitError
from kit.files import alone_in, numbered, replace_surrogates, write_atomically

SCHEMA = "hand-in/1"
FOLDER = "handed-in"  # in the folder of answers
ALL = "all_lessons"
NO_NAME = "no-name"
LONGEST_NAME = 200  # characters
LONGEST_IN_FILE_NAME = 40


def to_hand_in(works: Sequence[Work], name: str = "") -> dict[str, Any]:
    """The work in some lessons as it is handed in."""
    chosen = [work.lesson.id for work in works]
    states = progress_of(works).exercises
    return {
        "schema": SCHEMA,
        "name": replace_surrogates(str(name)).strip()[:LONGEST_NAME],
        "lessons": chosen,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "progress": [{"lesson": one.lesson, "exercise": one.name, "state": one.state} for one in states],
        "readings": _readings(answers_folder(), works),
    }


def save(hand_in: dict[str, Any]) -> Path:
    """Write it to ``handed-in/02_who_says_so_Amira-K.json`` in the folder of answers, never over another file: a second
    one gets a number. What is there already, word by word, is not written again. `KitError` if it can't be written.
    """
    folder = answers_folder() / FOLDER
    text = replace_surrogates(json.dumps(hand_in, ensure_ascii=False, indent=1)) + "\n"
    try:
        with LOCK, alone_in(folder) as alone:
            for path in numbered(folder / f"{file_stem(hand_in)}.json"):
                if not path.exists():
                    write_atomically(path, text, alone=alone)
                    break
                if _same(_read_json(path), hand_in):
                    break
    except OSError as error:
        raise KitError(
            f"The folder {folder} can't be written ({error.strerror or error}). "
            "Ask for a folder of your own and hand in again; your answers stay where they are."
        ) from None
    return path


def file_stem(hand_in: dict[str, Any]) -> str:
    """The name of the file without its ending and number.

    >>> file_stem({"lessons": ["02_who_says_so"], "name": "Amira K."})
    '02_who_says_so_Amira-K'
    """
    what = hand_in["lessons"][0] if len(hand_in["lessons"]) == 1 else ALL
    who = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", hand_in["name"])).strip("-")
    return f"{what}_{who[:LONGEST_IN_FILE_NAME].strip('-') or NO_NAME}"


def shown(path: Path) -> str:
    """A file as it is seen beside the folder of answers.

    >>> shown(Path("/home/kim/answers/handed-in/all_lessons_Kim.json"))
    'answers/handed-in/all_lessons_Kim.json'
    """
    return "/".join(path.parts[-3 if path.parent.name == FOLDER else -2 :])


def _same(old: Any, new: dict[str, Any]) -> bool:
    """Whether two hold the same answers under the same name, whenever that was."""
    return isinstance(old, dict) and old | {"at": ""} == json.loads(replace_surrogates(json.dumps(new))) | {"at": ""}


def _readings(folder: Path, works: Sequence[Work]) -> dict[str, Any]:
    """The answer files as they are, by name; one that can't be read is left out (`Progress.notes` says so)."""
    already_read = {answers.path: answers.held for work in works for answers in (work.answers, *work.elsewhere)}
    chosen = {work.lesson.id for work in works}
    others = set(lessons()) - chosen
    readings = {}
    for path in _files(folder):
        if others and path.name.partition(".")[0] not in chosen:
            continue
        data = already_read[path] if path in already_read else _read_json(path)
        known = isinstance(data, dict) and str(data.get("schema", "")).startswith("reading/")
        if known and ".broken-" not in path.name:
            readings[path.stem] = data
    return readings


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("*.json"))
    except OSError:  # The folder can't be looked into.
        return []


def _read_json(path: Path) -> Any:
    """What a file holds; None if that can't be read."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
