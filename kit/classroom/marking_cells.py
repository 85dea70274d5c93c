"""What the notebooks ask students to mark: the tasks of the cells with `kit.Marker`, read and not run."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from kit.course.lesson_files import own_folder
from kit.course.marking_tasks import Task, make_task
from kit.errors import KitError
from kit.resources import lesson_notebooks
from kit.sources.load import load
from kit.text.article import Article, as_article

OPTIONS = ("layer", "labels", "paragraphs")  # of `kit.Marker`, on which the task depends


def marking_tasks() -> dict[str, Task]:
    """What is to be marked in each exercise, by its id, as far as its text is one that all students share.

    >>> task = marking_tasks()["02_who_says_so/mark"]
    >>> task.article.id, task.labels, task.paragraphs
    ('blinken', ('cue',), (2, 5))
    """
    own = own_folder()
    notebooks = (*lesson_notebooks().values(), *(sorted(own.glob("*.ipynb")) if own else ()))
    return {exercise: task for path in notebooks for exercise, task in _tasks_in(path).items()}


@cache
def _tasks_in(path: Path) -> dict[str, Task]:
    tasks: dict[str, Task] = {}
    names: dict[str, Any] = {}
    for statement in _statements(path):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                names[name] = _value(value, names, path.parent)
            case ast.Assign(value=value) | ast.Expr(value=value):
                pass
            case _:
                continue
        if isinstance(value, ast.Call) and _called(value) == "kit.Marker" and len(value.args) == 2:
            exercise, article = (_value(one, names, path.parent) for one in value.args)
            given = {option.arg: option.value for option in value.keywords if option.arg}
            options = {name: _value(given[name], names, path.parent) for name in OPTIONS if name in given}
            if isinstance(exercise, str) and isinstance(article, Article | str):
                try:
                    tasks[exercise] = make_task(article, **options)
                except (KitError, TypeError):
                    continue  # `kit check` says what is wrong in this cell
    return tasks


def _statements(path: Path) -> Iterator[ast.stmt]:
    """The Python of a notebook, without the cells that aren't whole."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (OSError, ValueError, LookupError, TypeError):
        return
    for source in sources:
        try:
            yield from ast.parse(source).body
        except (SyntaxError, ValueError):
            continue


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func)


def _value(node: ast.expr, names: dict[str, Any], folder: Path) -> Any:
    """What an expression stands for: plain data, a name given before, or an article that is loaded; else None."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Call) and _called(node) in ("kit.load", "kit.read_text") and len(node.args) == 1:
        given = _value(node.args[0], names, folder)
        if not isinstance(given, str):
            return None
        try:
            beside = folder / given
            return (
                as_article(given) if _called(node) == "kit.read_text" else load(beside if beside.is_file() else given)
            )
        except KitError:
            return None
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError):
        return None
