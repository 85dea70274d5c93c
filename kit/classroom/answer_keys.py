"""The questions of lessons with what counts as right, for teachers: no program can know that a key is wrong."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import chdir
from pathlib import Path

from kit.course.lesson_files import has_keys, lessons, own_folder
from kit.course.lessons import read_lesson
from kit.course.questions import Option, Question
from kit.resources import items_folder

WIDTH = 110
SIGNS = "✓ counts as right   ~ defensible: good readers differ   · doesn't count"
OPEN = "? its key is not here"


def keys_of_notebooks(notebooks: Sequence[Path]) -> str:
    """The questions of all lessons that these notebooks are of, each once: the kit's, and those of teachers' own."""
    stems: dict[Path | None, list[str]] = {}
    for path in notebooks:
        folder = own_folder(path.parent)
        stems.setdefault(None if folder == items_folder().parent else folder, []).append(path.stem)
    told: list[str] = []
    for folder, names in stems.items():
        with chdir(folder or Path.cwd()):  # where its lessons are found
            told.append(answer_keys(names))
    return "\n\n".join(filter(None, told))


def answer_keys(names: Iterable[str]) -> str:
    """All questions of the lessons with these names, as text. Names that are no lessons are left out.

    >>> print("\\n".join(answer_keys(["02_who_says_so"]).splitlines()[:4]))
    02 Who says so?
    ✓ counts as right   ~ defensible: good readers differ   · doesn't count
    <BLANKLINE>
    02_who_says_so/first-look · Who is the source?
    """
    parts, wanted = [], set(names)
    for name in (lesson for lesson in lessons() if lesson in wanted):
        lesson = read_lesson(name, with_keys=has_keys(name))
        parts += [f"{lesson.heading}\n{SIGNS}", *("\n".join(_told(question)) for question in lesson.questions)]
    return "\n\n".join(parts)


def _told(question: Question) -> Iterator[str]:
    sealed = " (to hand in)" if question.assess else ""
    yield f"{question.id} · {question.title}{sealed}"
    if question.passage:
        yield _wrapped(f"> {question.passage}")
    yield _wrapped(question.question)
    if question.guess:
        yield _wrapped("A guess: nothing is right or wrong.")
    elif not question.has_key:
        yield _wrapped(OPEN)
    for number, option in enumerate(question.options, 1):
        shown = f"{number}." if question.kind == "order" else sign(question, option)
        yield textwrap.fill(f"{shown} {option.text}", WIDTH, initial_indent="    ", subsequent_indent="      ")
    if question.model:
        yield _wrapped(f"Our answer: {question.model}")


def sign(question: Question, option: Option) -> str:
    """What an option counts as: see `SIGNS`; "-" where nothing does."""
    if question.guess or not question.has_key or question.kind == "text":
        return "-"
    return "✓" if option.right else "~" if option.defensible else "·"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="  ")
