"""The points that a teacher gave to written answers: on the page, and from there in a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kit.errors import KitError
from kit.files import read_file

SCHEMA = "points/1"

Points = dict[str, dict[str, dict[str, Any]]]  # by exercise and student's key: "points", "of" which answer, "at"


def read_points(path: Path) -> Points:
    """A file that the page saved, as it is. Raises `KitError` for any other."""
    try:
        data = json.loads(read_file(path))
    except (ValueError, RecursionError):
        data = None
    found = data.get("points") if isinstance(data, dict) and data.get("schema") == SCHEMA else None
    if not isinstance(found, dict):
        raise KitError(
            f"{path} isn't a file with points. On the page, choose “Save points to a file” and name that one."
        )
    points: Points = {}
    for exercise, by_student in found.items():
        for key, given in by_student.items() if isinstance(by_student, dict) else ():
            if isinstance(given, dict) and _is_number(given.get("points")):
                plain = {"points": given["points"], "of": str(given.get("of", "")), "at": str(given.get("at", ""))}
                points.setdefault(exercise, {})[key] = plain
    return points


def points_of(points: Mapping[str, Mapping[str, Mapping[str, Any]]], lesson: str, student: str) -> float | None:
    """The points of a student in a lesson, added up; None without any.

    >>> points_of({"02_x/why": {"ab": {"points": 2}}, "02_x/who": {"ab": {"points": 0.5}}}, "02_x", "ab")
    2.5
    """
    given = [
        by_student[student]["points"]
        for exercise, by_student in points.items()
        if exercise.partition("/")[0] == lesson and student in by_student and by_student[student]["points"] is not None
    ]
    return sum(given) if given else None


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1000)
