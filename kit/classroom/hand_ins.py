"""What students handed in, by student: each one's last word on each lesson, and all that could not be used."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from kit.classroom.gathering import IN_MAIL, File, Problem, find_files
from kit.classroom.owners import Owner, normal, owner_of
from kit.course.hand_in_code import find_codes, from_code
from kit.course.hand_in_file import FOLDER
from kit.course.lesson_files import lessons, own_folder
from kit.errors import KitError
from kit.wording import plural, series


class HandIn(NamedTuple):
    """One thing that was handed in: a file, or a code. ``readings``: as in `kit.course.hand_in`, by name."""

    owner: Owner
    readings: Mapping[str, Mapping[str, Any]]
    shown: str
    when: tuple[str, int, float]  # what tells the last of several: the time in it, its number, the file's own time
    folder: tuple[str, ...]
    is_bare: bool  # an answer file, as the kit keeps it while a student works


@dataclass
class Student:
    """Somebody who handed in. ``key``: theirs in every file of the kit's; ``readings``: the last of each."""

    key: str
    name: str
    readings: dict[str, Mapping[str, Any]] = field(default_factory=dict)


def gather(
    paths: Iterable[Path], count: Callable[[int], object] = lambda more: None, step: Callable[[], object] = lambda: None
) -> tuple[list[Student], list[Problem]]:
    """Who handed in what, in the order of their names, and what should be known about it.

    ``count`` hears how many more files there are, ``step`` that one of them was read.
    """
    handed_in: list[HandIn] = []
    problems: list[Problem] = []
    there = lessons()
    for found in find_files(paths, count):
        step()
        for one in [found] if isinstance(found, Problem) else read_file(found, there):
            if isinstance(one, Problem):
                problems.append(one)
            else:
                handed_in.append(one)
    by_owner = _by_owner(_without_drafts(handed_in), problems)
    students = [_student(key, some, problems) for key, some in by_owner.items()]
    students.sort(key=lambda student: (student.name.casefold(), student.key))
    _name_apart(students, problems)
    _same_work(students, problems)
    return students, problems


def read_file(file: File, there: Sequence[str]) -> Iterator[HandIn | Problem]:
    """What is handed in in a file, of the lessons that are ``there``; a problem if it is something else."""
    if not file.parts[-1].lower().endswith(".json"):
        yield from _read_codes(file, there)
        return
    try:
        data = json.loads(file.data)
    except (ValueError, RecursionError):
        yield Problem(file.shown, "It isn't whole: it can't be read as JSON. Ask for it once more.")
        return
    schema = data.get("schema") if isinstance(data, dict) else None
    if isinstance(schema, str) and schema.startswith("reading/"):  # an answer file, handed in as it is
        data = {"readings": {_lesson_in(file, there): data}}
    elif not isinstance(schema, str) or not schema.startswith("hand-in/"):
        yield Problem(file.shown, "It isn't a hand-in of this course. It was left alone.")
        return
    yield from _take(data, file, there, file.shown)


def _read_codes(file: File, there: Sequence[str]) -> Iterator[HandIn | Problem]:
    """The codes in a text, a table or a mailbox; nothing for a file without any."""
    text = file.data.decode("utf-8", "replace")
    codes = dict.fromkeys(find_codes(text))
    if not codes and file.parts[-1] != IN_MAIL:
        yield Problem(file.shown, "There is neither a hand-in nor a code in it.")
    for code in codes:
        try:
            data = from_code(code)
        except KitError as error:
            yield Problem(f"{file.shown}{_line_of(code, text)}", str(error))
        else:
            if not data.get("name") and not owner_of(file.parts, "").name:
                data["name"] = f"no name, code {code[5:13]}"
            yield from _take(data, file, there, f"{file.shown}, code {code[:13]}…")


def _line_of(code: str, text: str) -> str:
    """In which line of a list a code begins, so that a teacher finds whose it is."""
    before, found, _ = text.partition(code[:13])
    return f", line {before.count(chr(10)) + 1}" if found and "\n" in text.strip() else ""


def _take(data: Mapping[str, Any], file: File, there: Sequence[str], shown: str) -> Iterator[HandIn | Problem]:
    """What of a hand-in is of lessons that are here, and whose it is."""
    readings, typed = data.get("readings"), data.get("name")
    if not isinstance(readings, dict):
        yield Problem(shown, "It is broken: its answers are missing. Ask for it once more.")
        return
    known, strange = {}, []
    for name, reading in readings.items():
        if str(name).partition(".")[0] in there and isinstance(reading, dict):
            known[str(name)] = reading
        else:
            strange.append(str(name)[:60])
    if strange:
        told = f"Not of a lesson that is here: {series(map(repr, strange[:3]))}. That was left out."
        hint = "" if own_folder() else " A lesson of your own is found from its folder: run the command there."
        yield Problem(shown, told + hint)
    if known:
        owner = owner_of(file.parts, typed if isinstance(typed, str) else "")
        when = (_time(data), owner.version, file.when)
        yield HandIn(owner, known, shown, when, file.parts[:-1], "schema" not in data)
    elif not strange:
        yield Problem(shown, "Nothing is answered in it.")


def _time(data: Mapping[str, Any]) -> str:
    """When something was handed in, as far as it says so, in a form that sorts."""
    try:
        return datetime.fromisoformat(data["at"]).astimezone(UTC).isoformat()
    except (LookupError, TypeError, ValueError, OverflowError):
        return ""


def _lesson_in(file: File, there: Sequence[str]) -> str:
    """The name of an answer file that was handed in as it is: the longest lesson's name that it begins with."""
    stem = file.parts[-1].rpartition(".")[0]
    return max((lesson for lesson in there if stem.startswith(lesson)), key=len, default=stem)


def _without_drafts(handed_in: list[HandIn]) -> list[HandIn]:
    """What was handed in, without the answer files of a whole folder of answers in which the same is handed in."""
    folders = {one.folder for one in handed_in if not one.is_bare}
    drafts = folders - {()} | {folder[:-1] for folder in folders if folder[-1:] == (FOLDER,)}
    return [one for one in handed_in if not (one.is_bare and one.folder in drafts)]


def _by_owner(handed_in: list[HandIn], problems: list[Problem]) -> dict[str, list[HandIn]]:
    """What each person handed in. A name that was only typed joins the one whom a platform knows by that name."""
    vouched: defaultdict[str, set[str]] = defaultdict(set)
    for one in handed_in:
        if one.owner.known:
            vouched[normal(one.owner.name)].add(one.owner.key)
    by_owner: defaultdict[str, list[HandIn]] = defaultdict(list)
    for one in handed_in:
        same = vouched.get(normal(one.owner.name), set())
        key = next(iter(same)) if not one.owner.known and len(same) == 1 else one.owner.key
        if not one.owner.name:
            problems.append(Problem(one.shown, "It has no name in it: it is counted as a student of its own."))
        by_owner[key].append(one)
    return by_owner


def _student(key: str, handed_in: list[HandIn], problems: list[Problem]) -> Student:
    """One person's last word on each lesson."""
    ordered = sorted(handed_in, key=lambda one: (one.when, one.shown))
    name = next((one.owner.name for one in reversed(ordered) if one.owner.name), "") or "no name"
    student = Student(key, name)
    earlier: dict[str, str] = {}  # the file that the reading of each name came from
    again: defaultdict[tuple[str, str, bool], list[str]] = defaultdict(list)
    for one in ordered:
        for reading, data in one.readings.items():
            if reading in student.readings:
                again[earlier[reading], one.shown, student.readings[reading] == data].append(reading)
            student.readings[reading], earlier[reading] = data, one.shown
    for (before, last, same), names in again.items():
        if same:
            problems.append(Problem(name, f"{last} holds the same as {before}: counted once."))
        else:
            which = series(sorted(names)[:3]) if len(names) < 4 else plural(len(names), "lesson")
            problems.append(
                Problem(name, f"Handed in twice ({which}): {last} counts, being the later one, and {before} does not.")
            )
    return student


def _name_apart(students: list[Student], problems: list[Problem]) -> None:
    """Number those who have one name."""
    by_name: defaultdict[str, list[Student]] = defaultdict(list)
    for student in students:
        by_name[normal(student.name)].append(student)
    for same in by_name.values():
        if len(same) > 1:
            name = same[0].name
            for number, student in enumerate(same, 1):
                student.name = f"{student.name} ({number})"
            problems.append(Problem(name, f"{len(same)} students have this name: they are numbered."))


def _same_work(students: list[Student], problems: list[Problem]) -> None:
    """Say which students handed in the very same: a copy, or one person under two names."""
    by_work: defaultdict[str, list[str]] = defaultdict(list)
    for student in students:
        by_work[json.dumps(student.readings, sort_keys=True)].append(student.name)
    for names in by_work.values():
        if len(names) > 1:
            problems.append(Problem(series(names), "They handed in the very same answers, letter by letter."))
