"""From the tables of a lesson's file to questions: each with its key, and refused if it is not complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any

from kit.course.questions import KINDS, NAME, WHERE, Option, Question
from kit.course.written import occurs
from kit.errors import KitError

Table = Mapping[str, Any]

TYPES: dict[object, tuple[type, str]] = {  # of a field as it is declared: what TOML gives, and how one writes it
    "str": (str, "a text in quotation marks"),
    "bool": (bool, "true or false, without quotation marks"),
    "tuple[str, ...]": (list, 'texts in brackets: ["...", "..."]'),
}


def read_questions(file: Path, tables: Sequence[Table], keys: Mapping[str, Any] | None) -> tuple[Question, ...]:
    """The questions in the tables of a lesson's file. ``keys``: their keys by name; None: nobody asks for them.

    Raises `KitError`, with the file and the question, for one that is not complete and for a key of no question.

    >>> read_questions(Path("my_class/items/bridge.toml"), [{"id": "who", "kind": "choice"}], None)
    Traceback (most recent call last):
    kit.errors.KitError: my_class/items/bridge.toml, item who: it has no title. Compare it with the other items.
    """
    questions: dict[str, Question] = {}
    keys_file = file.parents[1] / "keys" / file.name
    for number, table in enumerate(tables, 1):
        where = f"{file_shown(file)}, item {table.get('id', number)}"
        try:
            question = _question(file.stem, table)
            if keys and question.name in keys:
                where = f"{file_shown(keys_file)}, {question.name}"
                question = _with_key(question, keys[question.name])
        except (TypeError, ValueError, AttributeError) as error:
            raise KitError(f"{where}: {error}. Compare it with the other items.") from None
        if question.name in questions:
            raise KitError(
                f"{file_shown(file)}, item {question.name}: there is another item with this id. Each needs its own."
            )
        if problem := _problem(question, f"{file.parents[1].name}/keys", keys):
            raise KitError(f"{where}: {problem}")
        questions[question.name] = question
    for name in keys or ():
        if name not in questions:
            raise KitError(f"{file_shown(keys_file)}: there is no item {name!r}. Mend the name, or take it out.")
    return tuple(questions.values())


def file_shown(file: Path) -> str:
    """A lesson's file with its folders: items and keys have a file of the same name each.

    >>> file_shown(Path("my_class/items/bridge.toml"))
    'my_class/items/bridge.toml'
    """
    return "/".join(file.parts[-3:])


def _question(lesson: str, table: Table) -> Question:
    """A question as its table has it. Raises `ValueError` for what does not fit."""
    options = table.get("option", [])
    given = {name: value for name, value in table.items() if name != "option"}
    _check_fields(Question, given)
    if not NAME.fullmatch(given["id"]):
        raise ValueError("an id has letters, digits, _ and -, and no spaces")
    if not isinstance(options, list):
        raise ValueError("an option begins with [[item.option]], in two brackets")
    given["id"] = f"{lesson}/{given['id']}"
    given["hints"] = tuple(given.get("hints", ()))
    return Question(**given, options=tuple(_option(option) for option in options))


def _option(table: dict[str, Any]) -> Option:
    _check_fields(Option, table)
    return Option(**table)


def _check_fields(kind: type[Question | Option], table: Table) -> None:
    """Raises `ValueError` for a field that a table lacks, that there is not, or that holds something else."""
    declared = {field.name: field for field in fields(kind) if field.name != "options"}
    for name in table:
        if name not in declared:
            raise ValueError(f"there is no field {name!r}")
    for name, field in declared.items():
        if name not in table:
            if field.default is MISSING:
                raise ValueError(f"it has no {name}")
            continue
        wanted, written = TYPES[field.type]
        value = table[name]
        texts = value if isinstance(value, list) else ()
        if not isinstance(value, wanted) or not all(isinstance(text, str) for text in texts):
            raise ValueError(f"{name} is {written}")


def _with_key(question: Question, key: Table) -> Question:
    """A question with its key: ``right`` and ``defensible``, lists of ids, ``feedback`` by id, and any other field."""
    given: dict[str, Any] = dict(key)
    given["hints"] = tuple(key.get("hints", ()))
    right, defensible, feedback = given.pop("right", []), given.pop("defensible", []), given.pop("feedback", {})
    for name, ids in (("right", right), ("defensible", defensible)):
        if isinstance(ids, str):
            raise ValueError(f'{name} in its key stands in brackets: ["{ids}"]')
    options = {option.id: replace(option, feedback=feedback.get(option.id, "")) for option in question.options}
    for name in (*right, *defensible, *feedback):
        if name not in options:
            raise ValueError(f"its key names an option {name!r} that is not there")
    if question.kind == "order" and right:
        options = {name: options[name] for name in right}
    for name in right:
        options[name] = replace(options[name], right=True)
    for name in defensible:
        options[name] = replace(options[name], defensible=True)
    return replace(question, options=tuple(options.values()), **given)


def _problem(question: Question, keys_folder: str, keys: Mapping[str, Any] | None) -> str:
    """What is wrong with a question, as a sentence; empty if nothing is."""
    if problem := _misshapen(question):
        return problem
    if not question.assess:
        return _unexplained(question)
    if keys is None:
        options = question.options
        tells = question.model or question.after or any(o.right or o.defensible or o.feedback for o in options)
        return f"an assessment item's key and feedback belong into {keys_folder}." if tells else ""
    if question.name not in keys:
        return f"its key is missing. Write it into {keys_folder}, in a file of the same name as this one."
    return _unexplained(question)


def _misshapen(question: Question) -> str:
    """What is wrong with a question even where its key is not known."""
    ids = [option.id for option in question.options]
    if question.kind not in KINDS:
        return f"there is no kind {question.kind!r}. The kinds are {', '.join(KINDS)}."
    if not (question.title and question.question):
        return "it needs a title and a question."
    if question.where not in WHERE or bool(question.where) != bool(question.passage):
        return 'a passage needs where = "the story" or where = "invented", and nothing else has one.'
    if len(set(ids)) < len(ids):
        return "two options have the same id."
    if len(ids) < 2 and question.kind not in ("text", "span"):
        return "it needs at least two options."
    if question.kind == "span" and not all(question.place(option) for option in question.options):
        return "an option is not in the passage."
    return ""


def _unexplained(question: Question) -> str:
    """What is missing of a question's key, its feedback and its hints."""
    for option in question.options:
        if not option.feedback:
            return f"option {option.id!r} has no feedback."
    has_right = any(option.right for option in question.options)
    if question.kind in ("choice", "choices", "span", "log"):
        if question.guess and has_right:
            return "in a guess nothing is right."
        if not question.guess and not has_right:
            return "no option is right."
    if problem := _indefensible(question):
        return problem
    if question.kind in ("text", "log") and not question.model:
        return f"a {question.kind} item needs a model answer."
    if question.kind == "text" and not question.assess:
        for option in question.options:
            if not occurs(option.quote, question.model):
                return f"option {option.id!r} needs a quote: the words of the model answer that make this point."
    if any(bool(option.card) != bool(option.address) for option in question.options):
        return "a card needs the address where it can be checked."
    if question.kind == "span" and not question.otherwise:
        return "a span item needs otherwise: what to say about any other word."
    if question.asks_sure and not question.hints:
        return "it needs at least one hint."
    return ""


def _indefensible(question: Question) -> str:
    """What is wrong with the options that are called defensible."""
    for option in question.options:
        if option.defensible and (question.guess or question.kind not in ("choice", "choices", "span")):
            return "defensible is for options of choice, choices and span, and for no guess."
        if option.defensible and option.right and question.kind == "choice":
            return f"option {option.id!r} is right or defensible, not both."
    return ""
