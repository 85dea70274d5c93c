"""A lesson's files in TOML, as a person would write them: a comment for the teacher above each question."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kit.classroom.lesson_questions import Asked
from kit.wording import one_line

HEAD = """\
# Made by `kit lesson` from the kit's reading, which is not always right. Teacher: please check each question, and
# change what you like. The format: docs/developers/adding.md. The keys of what is handed in are in keys/, in a file of
# this name.
"""
KEYS_HEAD = """\
# For teachers, not for students. Teacher: please check each key. The questions are in items/, in a file of this name.
"""


def items_toml(header: Mapping[str, Any], marking: Mapping[str, str], asked: Sequence[Asked]) -> str:
    """The file of a lesson: its head, its marking exercises, its questions."""
    lines = [HEAD, *(f"{name} = {_value(value)}" for name, value in header.items()), "", "[marking]"]
    lines += [f"{name} = {_value(title)}" for name, title in marking.items()]
    for one in asked:
        lines += ["", f"# Teacher: please check. {one_line(one.check)}", "[[item]]", *_lines(one.table)]
        for option in one.table["option"]:
            lines += ["[[item.option]]", *_lines(option)]
    return "\n".join(lines) + "\n"


def keys_toml(asked: Sequence[Asked]) -> str:
    """The file with the keys of what is to be handed in."""
    lines = [KEYS_HEAD]
    for one in asked:
        if one.key:
            lines += [f"# Teacher: please check. {one_line(one.check)}", f"[{one.name}]", *_lines(one.key)]
            lines += [f"[{one.name}.feedback]", *_lines(one.key["feedback"]), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _lines(table: Mapping[str, Any]) -> Iterator[str]:
    for name, value in table.items():
        if name not in ("option", "feedback") or isinstance(value, str):
            yield f"{name} = {_value(value)}"


def _value(value: Any) -> str:
    """A value as TOML has it; JSON writes the same, but for one character.

    >>> print(_value(['“Said”, a "word"', True]))
    ["“Said”, a \\"word\\"", true]
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
