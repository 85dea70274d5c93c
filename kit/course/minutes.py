"""Minutes: how long a lesson takes, so that what it says of itself can be held to it.

A lesson's notebook has a *core*, and from the cell on whose metadata say ``{"between_the_lines": {"route": "more"}}``
it has *more*, for those who want it. The measure is rough, and the same for all lessons: reading at a learner's pace,
and a stated time for what one does.
"""

from __future__ import annotations

import ast
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.course.lesson_files import lesson_before
from kit.course.lessons import find_question, read_lesson
from kit.course.marking_tasks import Task
from kit.course.questions import Question
from kit.errors import KitError
from kit.files import read_file
from kit.sources.load import load
from kit.text.article import Article, read_text

WORDS = 130  # read in a minute by somebody who reads English as a second language
CHOICE, WRITTEN = 1, 3  # minutes to think and choose; to think and write
DOING = {"Marker": 4, "Rewriter": 5, "Paste": 3}  # to mark and compare, to rewrite, to give a text; reading is extra
LOOK = 1  # at whatever else is shown: marks, a table, a chart
ASKING = ("Quiz", "Marker", "Rewriter")
SHOWING = ("show", "report", "chart", "compare", "glossary")
OWN, OWN_TEXT = "article", 300  # what a student brings: how a cell ends that names it, and its words
ASKED_AGAIN = 2  # questions on the lesson before
ROUNDED = 5
NO_WORDS = re.compile(r"\]\([^)]*\)|<[^>]*>|[^\w\s'’-]")  # addresses of links, tags, marks of punctuation

Articles = Mapping[str, Article]  # by the names that a notebook gives them


@dataclass(frozen=True)
class Part:
    """The core of a lesson, or the rest: its minutes, the exercises that it asks, how many answers are written."""

    minutes: float
    exercises: tuple[str, ...]
    written: int

    @property
    def stated(self) -> int:
        """The minutes as a lesson states them: rounded up to five.

        >>> Part(26.2, ("02_who_says_so/before",), written=0).stated
        30
        """
        return math.ceil(self.minutes / ROUNDED) * ROUNDED


def parts_of(notebook: Path) -> tuple[Part, Part]:
    """The core of a lesson's notebook, and what more there is.

    Raises `KitError` for a file that is no notebook, and for a question that is not there.
    """
    try:
        cells = [cell for cell in json.loads(read_file(notebook))["cells"] if _note(cell, "only") != "notebook"]
        sources = [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
        more = [number for number, cell in enumerate(cells) if _note(cell, "route") == "more"]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise KitError(f"{notebook.name} is no notebook: {error}.") from None
    articles = _articles([source for kind, source in sources if kind == "code"])
    first = more[0] if more else len(cells)
    read: set[str] = set()
    return _part(sources[:first], articles, read), _part(sources[first:], articles, read)


def _note(cell: Any, name: str) -> Any:
    return cell["metadata"].get("between_the_lines", {}).get(name)


def _articles(sources: Iterable[str]) -> dict[str, Article]:
    """The articles that cells load, and the texts that they hold."""
    found: dict[str, Article] = {}
    for source in sources:
        for line in ast.parse(source).body:
            if isinstance(line, ast.Assign) and (article := _article(line.value, found)):
                found[ast.unparse(line.targets[0])] = article
    return found


def _article(node: ast.expr, known: Articles) -> Article | None:
    """What stands in the code for a text: its name, `kit.load` with its name, or the text itself."""
    match node:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id=name), attr="plain"):
            return known.get(name)
        case ast.Call(func=ast.Attribute(attr="load"), args=[ast.Constant(value=str(name))]):
            return load(name)
        case ast.Constant(value=str(text)):
            return read_text(text)
    return None


def _part(cells: Iterable[tuple[str, str]], articles: Articles, read: set[str]) -> Part:
    """``read``: what was shown so far; a text that is shown again is only looked at."""
    minutes, exercises, written = 0.0, [], 0
    for kind, source in cells:
        if kind != "code":
            minutes += _reading(source)
            continue
        for name, call in _calls(source):
            for question in _questions(name, call):
                minutes += _answering(question)
                written += _writes(question)
            if name in DOING or name in SHOWING:
                words = _words(name, call, articles)
                if name == "show" and (text := ast.unparse(call.args[0]).removesuffix(".plain")) in read:
                    words = 0
                elif name == "show":
                    read.add(text)
                minutes += words / WORDS + (DOING.get(name) or (0 if words else LOOK))
            if name in ASKING:
                exercises.append(ast.literal_eval(call.args[0]))
    return Part(minutes, tuple(exercises), written)


def _calls(source: str) -> Iterator[tuple[str, ast.Call]]:
    """The calls of the kit in a cell, with their names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (name := ast.unparse(node.func)).startswith("kit."):
            yield name.removeprefix("kit."), node


def _questions(name: str, call: ast.Call) -> list[Question]:
    """The questions that a call asks."""
    if name == "Quiz":
        return [find_question(ast.literal_eval(call.args[0]))]
    if name == "Quiz.review":
        before = read_lesson(lesson_before(ast.literal_eval(call.args[0]))).questions
        return [question for question in before if question.opening][:ASKED_AGAIN]
    return []


def _writes(question: Question) -> bool:
    return question.kind in ("text", "log")


def _answering(question: Question) -> float:
    """The minutes of a question: to read it, to answer, and to read what there is to say about one answer."""
    feedback = max((option.feedback for option in question.options), key=len, default="")
    told = [
        question.title,
        question.passage,
        question.question,
        question.before,
        question.after,
        question.model,
        feedback,
    ]
    for option in question.options:
        told += [option.text, option.card]
    return _reading(" ".join(told)) + (WRITTEN if _writes(question) else CHOICE)


def _words(name: str, call: ast.Call, articles: Articles) -> int:
    """How many words of a text are to be read, marked or rewritten; 0 where something else is shown."""
    if name not in ("show", "Marker", "Rewriter"):
        return 0
    text = call.args[0 if name == "show" else 1]
    if ast.unparse(text).endswith(OWN):
        return OWN_TEXT
    if (article := _article(text, articles)) is None:
        return 0
    paragraphs = next((ast.literal_eval(given.value) for given in call.keywords if given.arg == "paragraphs"), None)
    return len(Task(article, "hedge", (), paragraphs).words)


def _reading(text: str) -> float:
    """The minutes to read a text."""
    return len(NO_WORDS.sub(" ", text).split()) / WORDS
