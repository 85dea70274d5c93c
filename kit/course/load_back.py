"""The other way round: what was handed in becomes one's answers again, on another computer or in another browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kit.course.answers import EXERCISE, Answers
from kit.course.hand_in_file import SCHEMA
from kit.course.lesson_files import lessons
from kit.course.progress import open_work
from kit.errors import KitError
from kit.readings.reading import Reading
from kit.wording import plural

LARGEST = 5_000_000  # characters; the file of a whole course has some 300,000


def load_back(content: str) -> str:
    """Take up the answers in a file that was handed in; what became of it, in a sentence.

    An exercise that is here already stays, if it came out of the file's; else what was here goes into its history,
    and *Undo* brings it back. Raises `KitError` for a file that is not a hand-in.
    """
    found, taken = 0, 0
    for lesson, data in _readings(content):
        work = open_work(lesson)
        for answers in (work.answers, *work.elsewhere):
            if theirs := _read(data, answers):
                names = {*theirs.answers, *(str(mark.details.get(EXERCISE)) for mark in theirs.annotations)}
                found += len(names)
                taken += sum(answers.adopt(name, theirs) for name in sorted(names))
                break
    if not found:
        raise KitError("There are no answers to these lessons in this file.")
    here = f" {found - taken} more of its answers were here already." if found > taken else ""
    return f"{plural(taken, 'answer')} taken from the file.{here}"


def _readings(content: str) -> Iterator[tuple[str, Any]]:
    """The files of answers in a hand-in, by lesson: a lesson's own come before those on other articles."""
    try:
        hand_in: Any = json.loads(content) if len(content) <= LARGEST else None
        readings: Any = hand_in["readings"] if hand_in["schema"] == SCHEMA else None
        files = sorted(readings.items())
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise KitError("This is not a file that was handed in here. Choose one whose name ends in .json.") from None
    known = set(lessons())
    for name, data in files:
        if (lesson := name.partition(".")[0]) in known:
            yield lesson, data


def _read(data: Any, answers: Answers) -> Reading | None:
    """A file of answers as a reading of this article; None if it reads another, or is broken."""
    try:
        return Reading.from_dict(data, answers.article)
    except KitError:
        return None
