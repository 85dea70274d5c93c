"""Lessons: what the file of each says.

A lesson is a file ``items/<lesson>.toml``. Beside ``items/`` are its notebooks, its texts, and ``keys/<lesson>.toml``
with the keys of what is handed in. The kit's own lessons are in ``exercises/``. A teacher's are in a folder of their
own, of any name, that is made the same way::

    my_class/
        bridge.ipynb          asks kit.Quiz("bridge/first-look")
        bridge.md             the text that it is about
        items/bridge.toml     the questions
        keys/bridge.toml      the keys of what is handed in, if anything is; not for students
        readings/bridge.json  a careful reader's reading of the text, if there is one

The folder is found from the notebook upward: there is nothing to set. JupyterLab does not list ``items`` and ``keys``.
A file's name is the lesson's: letters, digits, _ and -; the kit's own names are taken. A file begins with::

    title = "The old bridge"
    article = "bridge.md"                # what it is about: a file beside items/, or one of the kit's by name
    own_article = true                   # optional: each student brings an article and gives it to kit.Paste
    examples = ["ferry_1", "ferry_2"]    # optional: other texts on which marks count, such as the examples of kit.Paste
    to_keep = { note = "My note" }       # optional: questions for the page to keep, and what they are called there
    core = ["before", "mark"]            # optional: the exercises of the core; the others are for those who want more

    [marking]                            # optional: the exercises with kit.Marker and kit.Rewriter, name and title
    mark = "Mark who speaks"

and goes on with its questions: see `kit.course.questions`. It is read once: after a change, restart the kernel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from kit.course.lesson_files import ITEMS, file_of, first_file, keys_of, lessons, own_folder
from kit.course.question_tables import file_shown, read_questions
from kit.course.questions import NAME, Question, split_id
from kit.errors import KitError
from kit.files import read_file
from kit.resources import seeds_folder
from kit.sources.load import load
from kit.text.article import Article

HEADER: dict[str, tuple[type, str]] = {  # what a lesson's file holds, and how one writes it
    "title": (str, 'title = "..."'),
    "article": (str, 'article = "bridge.md"'),
    "to_keep": (dict, 'to_keep = { note = "My note" }'),
    "own_article": (bool, "own_article = true"),
    "examples": (list, 'examples = ["...", "..."]'),
    "core": (list, 'core = ["...", "..."]'),
    "marking": (dict, '[marking] and, below it, name = "title" for each exercise'),
    "item": (list, "[[item]], in two brackets, before each question"),
}


@dataclass(frozen=True)
class Lesson:
    """A lesson. ``marking``: its marking exercises, name and title. ``article``: the text that it is about.

    ``own_article``: whether students bring articles of their own; ``examples``: other texts on which marks count.
    ``to_keep``: the questions whose answers come on the page to keep, name and title there.
    ``core``: the names of the exercises that everybody does, questions and marking; the others are more to do.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    marking: Mapping[str, str]
    article: Article
    own_article: bool = False
    examples: tuple[Article, ...] = ()
    to_keep: Mapping[str, str] = field(default_factory=dict)
    core: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The title, with the number that the lesson's name begins with.

        >>> read_lesson("02_who_says_so").heading
        '02 Who says so?'
        """
        number = re.match(r"\d+", self.id)
        return f"{number[0]} {self.title}" if number else self.title


def find_question(exercise: str) -> Question:
    """The question with this id. Raises `KitError` if there is none.

    >>> find_question("02_who_says_so/first-look").title
    'Who is the source?'
    """
    lesson, name = split_id(exercise)
    questions = {question.name: question for question in read_lesson(lesson).questions}
    if name not in questions:
        raise KitError(f"There is no exercise {name!r} in {lesson}. There are: {', '.join(questions)}.")
    return questions[name]


def read_lesson(lesson: str, *, with_keys: bool = False) -> Lesson:
    """A lesson, checked. ``with_keys``: with the keys of its assessment questions, for teachers.

    Raises `KitError`, with the place, for a lesson that does not exist and for a question that is not complete.

    >>> lesson = read_lesson("06_your_article")
    >>> lesson.own_article, [article.id for article in lesson.examples]
    (True, ['ferry_1', 'ferry_2'])
    """
    file = file_of(lesson)
    if file is None:
        own = "" if own_folder() else " One of your own is found from its folder: go there first."
        raise KitError(f"There is no lesson {lesson!r}. The lessons are: {', '.join(lessons())}.{own}")
    return _read(file, with_keys)


def article_of(lesson: str) -> Article:
    """The text that a lesson is about; that of the kit's first lesson, if there is no file with this lesson.

    >>> article_of("02_who_says_so").meta["agency"]
    'dpa'
    """
    return _read(file_of(lesson) or first_file(), False).article


@cache
def _read(file: Path, with_keys: bool) -> Lesson:
    data = _toml(file)
    _check_header(file, data)
    keys = None
    if with_keys:
        keys = _toml(keys_of(file)) if keys_of(file).is_file() else {}
    questions = read_questions(file, data.get("item", []), keys)
    marking = data.get("marking", {})
    for question in questions:
        if question.name in marking:
            raise KitError(
                f"{file_shown(file)}, [marking]: an item has the id {question.name!r}, too. Each needs its own."
            )
    to_keep = data.get("to_keep", {})
    if unknown := [name for name in to_keep if name not in [question.name for question in questions]]:
        raise KitError(
            f"{file_shown(file)}, to_keep: there is no question {unknown[0]!r}. Mend the name, or take it out."
        )
    exercises = (*(question.name for question in questions), *marking)
    core = tuple(data.get("core", exercises))
    if unknown := [name for name in core if name not in exercises]:
        raise KitError(f"{file_shown(file)}, core: there is no exercise {unknown[0]!r}. Mend the name, or take it out.")
    return Lesson(
        id=file.stem,
        title=data.get("title", file.stem),
        questions=questions,
        marking=marking,
        article=_main_article(file, data),
        own_article=data.get("own_article", False),
        examples=tuple(_article(file, name) for name in data.get("examples", ())),
        to_keep=to_keep,
        core=core,
    )


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomli.loads(read_file(file))
    except (tomli.TOMLDecodeError, RecursionError) as error:
        raise KitError(f"{file_shown(file)} is not valid TOML: {error}.") from None


def _check_header(file: Path, data: Mapping[str, Any]) -> None:
    """Raises `KitError` for what a lesson's file can't hold beside its questions."""
    for name, value in data.items():
        if name not in HEADER:
            raise KitError(f"{file_shown(file)}: there is no {name!r} in a lesson. There are: {', '.join(HEADER)}.")
        wanted, written = HEADER[name]
        inner: list[object] = []
        if isinstance(value, dict | list):
            inner = list(value.values()) if isinstance(value, dict) else value
        inner_type = dict if name == "item" else str
        if not isinstance(value, wanted) or not all(isinstance(part, inner_type) for part in inner):
            raise KitError(f"{file_shown(file)}: {name} is not what it should be. Write {written}.")
    for name in data.get("marking", ()):
        if not NAME.fullmatch(name):
            raise KitError(
                f"{file_shown(file)}, [marking]: {name!r} can't name an exercise: use letters, digits, _ and -."
            )


def _main_article(file: Path, data: Mapping[str, Any]) -> Article:
    """What a lesson is about. One that marks nothing, or students' own articles, need not say so."""
    if "article" in data:
        return _article(file, data["article"])
    first = first_file()
    if file == first or (data.get("marking") and not data.get("own_article")):
        raise KitError(
            f"{file_shown(file)}: it does not say which text is marked. Write at its top: "
            'article = "bridge.md" (a file beside items/, or one of the kit\'s by name).'
        )
    return _read(first, False).article


def _article(file: Path, name: str) -> Article:
    """An article that a lesson names: a file beside ``items/``, or one of the kit's."""
    for place in (file.parents[1] / name, seeds_folder() / f"{name}.md"):
        try:
            if place.is_file():
                return load(place)
        except (KitError, OSError) as error:
            raise KitError(f"{file_shown(file)}, article {name!r}: {error}") from None
    raise KitError(
        f"{file_shown(file)}: there is no file {name!r} beside {ITEMS}/, nor an article of the kit's. Mend the name."
    )
