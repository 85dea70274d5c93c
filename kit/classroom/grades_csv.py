"""A table for Moodle's or Canvas's gradebook, or a spreadsheet: what was done, what was right, the teacher's points.

With a roster, a list of the class as Moodle or Canvas exports it, the table has its columns and its rows, so that the
platform knows whose they are. No number here judges what a student wrote: points are the teacher's.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.classroom.class_questions import is_written, most_points
from kit.classroom.class_work import ClassWork
from kit.classroom.owners import clean, normal, short_key
from kit.classroom.teacher_points import points_of
from kit.errors import KitError
from kit.files import read_file
from kit.formats.csv_marks import defused

BOM = "\ufeff"  # by which Excel knows UTF-8; Moodle and Canvas take it
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")  # what Canvas wants back
NAMES = {"student", "full name", "name", "last name", "surname", "email address", "email", "e-mail"}
OTHERS = {"first name", "username", "id number", "id", "sis user id", "sis login id", "section"}
NOT_STUDENTS = ("points possible", "student, test", "test student")  # rows of Canvas's own


@dataclass(frozen=True)
class Roster:
    """A class list. ``columns``: those that say who somebody is, as they are called there; ``rows``: by column."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]

    @property
    def is_canvas(self) -> bool:
        return {"Student", "ID"} <= set(self.columns)


def read_roster(path: Path) -> Roster:
    """A class list as Moodle (participants), Canvas (gradebook) or a spreadsheet saves it, as CSV.

    Raises `KitError` for a file in which no column has names or e-mail addresses.
    """
    text = read_file(path).removeprefix(BOM)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:5000], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    try:
        table = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), dialect) if any(row)]
    except csv.Error as error:
        raise KitError(f"{path} can't be read as a table: {error}. Save it as CSV once more.") from None
    head = table[0] if table else []
    kept = [name for name in head if name.lower() in NAMES | OTHERS]
    if not any(name.lower() in NAMES for name in kept):
        raise KitError(
            f"{path} has no column with names: its first line is “{', '.join(head)[:80]}”. "
            "Take the list of participants from Moodle or the gradebook from Canvas, as CSV."
        )
    rows = [{name: row[at] for at, name in enumerate(head) if name in kept and at < len(row)} for row in table[1:]]
    people = [row for row in rows if _full_name(row).strip().lower() not in NOT_STUDENTS and any(row.values())]
    return Roster(tuple(kept), tuple(people))


def match(work: ClassWork, roster: Roster) -> tuple[dict[int, int], list[str], list[str]]:
    """Who of the class is who on the roster: the student's number by the row's; then those who are on one side only.

    A student is found by an e-mail address, the whole name in any order, or the first name and the beginning of the
    last; only where exactly one fits.
    """
    by_sign: defaultdict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(roster.rows):
        for sign in _signs(row):
            by_sign[sign].add(number)
    found: dict[int, int] = {}
    for student, one in enumerate(work.students):
        name = one.name
        for sign in (name.lower(), normal(name)):
            rows = by_sign.get(sign, set()) - found.keys()
            if len(rows) == 1:
                found[next(iter(rows))] = student
                break
    strangers = [one.name for number, one in enumerate(work.students) if number not in found.values()]
    missing = [_full_name(row) for number, row in enumerate(roster.rows) if number not in found]
    return found, strangers, missing


def grades_csv(
    work: ClassWork, pseudonyms: Sequence[str], points: Mapping[str, Any], roster: Roster | None = None
) -> str:
    """The table: a row for each student, and for each on the roster."""
    head = [column for lesson in work.lessons for column in _columns(lesson.heading)]
    if roster is None:
        rows = [
            [student.name, pseudonyms[number], *_values(work, number, points)]
            for number, student in enumerate(work.students)
        ]
        return _written([["Full name", "On the page", *head], *rows])
    found, _, _ = match(work, roster)
    empty = [""] * len(head)
    columns = (
        [*CANVAS, *(name for name in roster.columns if name not in CANVAS)] if roster.is_canvas else roster.columns
    )
    rows = [
        [*(row.get(name, "") for name in columns), *(_values(work, found[at], points) if at in found else empty)]
        for at, row in enumerate(roster.rows)
    ]
    if roster.is_canvas:
        most = [value for lesson in work.lessons for value in _most(work, lesson.id)]
        rows = [["Points Possible", *[""] * (len(columns) - 1), *most], *rows]
    return _written([[*columns, *head], *rows])


def _columns(lesson: str) -> tuple[str, str, str]:
    return f"{lesson} done", f"{lesson} right", f"{lesson} points"


def _values(work: ClassWork, student: int, points: Mapping[str, Any]) -> list[str]:
    """By lesson: how much of the core is done; how many first answers are right or defensible; the teacher's points."""
    values: list[str] = []
    for lesson in work.lessons:
        exercises = work.of(lesson)
        if not any(student in exercise.states for exercise in exercises):
            values += ["", "", ""]
            continue
        done = sum(exercise.states.get(student) == "done" for exercise in exercises if exercise.core)
        given = [exercise.given[student] for exercise in exercises if student in exercise.given]
        right = sum(one.verdict in ("right", "defensible") for one in given)
        points_given = points_of(points, lesson.id, short_key(work.students[student].key))
        values += [str(done), str(right), "" if points_given is None else f"{points_given:g}"]
    return values


def _most(work: ClassWork, lesson: str) -> list[str]:
    """The most that a student can reach in a lesson's columns."""
    exercises = [exercise for exercise in work.exercises.values() if exercise.lesson.id == lesson]
    judged = sum(bool(one.question and one.question.asks_sure) for one in exercises)
    return [
        str(sum(one.core for one in exercises)),
        str(judged),
        str(sum(most_points(one) for one in exercises if is_written(one))),
    ]


def _signs(row: Mapping[str, str]) -> set[str]:
    """By what somebody on the roster is known: the whole name, first name and an initial, and addresses."""
    signs = set()
    name = _full_name(row)
    signs.add(normal(name))
    words = normal_order(row)
    if len(words) > 1:
        signs.add(normal(f"{words[0]} {words[-1][0]}"))
        signs.add(normal(f"{words[0]} {words[-1]}"))
        signs.add(normal("".join((words[-1], *words[:-1]))))  # Canvas: last and first name in one word
    for column, value in row.items():
        if "mail" in column.lower() or column.lower() in ("sis login id", "username"):
            signs |= {value.lower(), value.lower().partition("@")[0]}
    return {sign for sign in signs if sign}


def normal_order(row: Mapping[str, str]) -> list[str]:
    """The words of a name, the first name first: "Khan, Amira" and "Amira Khan" are the same."""
    last, comma, first = _full_name(row).partition(",")
    return clean(f"{first} {last}" if comma else last).split()


def _full_name(row: Mapping[str, str]) -> str:
    by_column = {column.lower(): value for column, value in row.items()}
    for column in ("full name", "student", "name"):
        if by_column.get(column):
            return by_column[column]
    last = by_column.get("last name") or by_column.get("surname") or ""
    return (
        clean(f"{by_column.get('first name', '')} {last}")
        or by_column.get("email address", "")
        or by_column.get("email", "")
    )


def _written(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([[defused(cell) for cell in row] for row in rows])
    return BOM + text.getvalue()
