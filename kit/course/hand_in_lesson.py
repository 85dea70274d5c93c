"""Handing in from a lesson: the file, the code, and what is still open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from kit.course.hand_in_code import to_code
from kit.course.hand_in_drop import send
from kit.course.hand_in_file import save, shown, to_hand_in
from kit.course.lesson_files import lessons
from kit.course.progress import Progress, open_work, progress_of
from kit.wording import plural, series

NAMED = 3  # exercises that are still open


class HandedInLesson(NamedTuple):
    """What was handed in: the file and what it holds; the code, if it is one lesson; and a sentence or two about it.

    ``problem``: why the file is here, but not where a hub collects it; else empty.
    """

    file: Path
    content: str
    code: str
    told: str
    problem: str


def hand_in_from(lesson: str, name: str = "", *, every: bool = False) -> HandedInLesson:
    """Write the file of a lesson, or of ``every`` lesson. Raises `KitError` if it can't be written."""
    works = [open_work(one) for one in (lessons() if every else (lesson,))]
    hand_in = to_hand_in(works, name)
    file = save(hand_in)
    content = json.dumps(hand_in, ensure_ascii=False, indent=1)
    code = "" if every else to_code(hand_in, lesson)
    sent = send(file)
    told = (f"Written: {shown(file)}.", sent.told, _still_open(progress_of(works)))
    return HandedInLesson(file, content, code, " ".join(filter(None, told)), sent.problem)


def _still_open(progress: Progress) -> str:
    """What of the core is not done yet, in a sentence."""
    titles = [exercise.title for exercise in progress.exercises if exercise.core and exercise.state != "done"]
    if not titles:
        return "All of the core is done."
    if len(titles) > NAMED:
        return f"{plural(len(titles), 'exercise')} of the core are still open."
    return f"Still open in the core: {series(f'“{title}”' for title in titles)}."
