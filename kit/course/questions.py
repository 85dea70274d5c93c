"""Exercises: the questions of a lesson, read from TOML, and what there is to say about an answer.

A question is one table in ``exercises/items/<lesson>.toml``; a new one needs no code:

    [[item]]
    id = "first-look"          # in answers and notebooks: "02_who_says_so/first-look"
    kind = "choice"            # choice, choices, order, text, span or log
    title = "Who says so?"
    question = "Who says that the bridge is safe?"
    passage = "..."            # optional; where = "the story" or "invented" says where it is from
    hints = ["...", "..."]     # shown one by one, before the answer
    after = "..."              # optional: what to take along
    opening = true             # optional: asked again at the start of the next lesson
    [[item.option]]
    id = "a"
    text = "..."
    right = true
    feedback = "..."           # why it is right, or what is wrong with it

``order``: the options in their right order. ``span``: the options are words of the passage. ``text``: ``model`` is an
answer of ours; the options are the points that a full answer makes, found in an answer by any of their ``words``.
``log``: a check, and the evidence of it: the options are source cards (``card``: what a source says; ``address``: where
that can be read); an answer takes one and quotes it. The option without a card is any other source that one looked up.
With ``guess = true`` nothing is right or wrong: a prediction.
With ``assess = true`` the item has no key and no feedback; both are in ``exercises/keys/<lesson>.toml``, for teachers.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from kit.course.answers import split_id
from kit.errors import KitError
from kit.files import read_file
from kit.resources import items_folder

KINDS = ("choice", "choices", "order", "text", "span", "log")
WHERE = {"": "", "the story": "From the story", "invented": "Invented: no such place, no such people"}


@dataclass(frozen=True)
class Option:
    """A possible answer, with what there is to say about it. ``words``: what shows that a text makes this point."""

    id: str
    text: str
    feedback: str = ""
    right: bool = False
    words: tuple[str, ...] = ()
    card: str = ""
    address: str = ""


@dataclass(frozen=True)
class Item:
    """A question. ``id`` is the exercise's whole id, lesson and name."""

    id: str
    kind: str
    title: str
    question: str
    options: tuple[Option, ...] = ()
    passage: str = ""
    where: str = ""
    hints: tuple[str, ...] = ()
    model: str = ""
    otherwise: str = ""
    after: str = ""
    opening: bool = False
    assess: bool = False
    guess: bool = False

    @property
    def asks_sure(self) -> bool:
        """Whether a student says how sure they are: where an answer can be right."""
        return not self.guess and self.kind not in ("text", "log")

    @property
    def takes_one(self) -> bool:
        """Whether an answer is one of the options."""
        return self.kind in ("choice", "log")

    @property
    def name(self) -> str:
        return split_id(self.id)[1]

    @property
    def words(self) -> list[str]:
        """The passage as words; the answer to a span item is a list of their numbers, counted from 0."""
        return self.passage.split()

    def shown(self) -> tuple[Option, ...]:
        """The options as a student sees them: those to put in order are mixed, always in the same way."""
        if self.kind != "order":
            return self.options
        mixed = list(self.options)
        random.Random(self.id).shuffle(mixed)
        return tuple(mixed) if mixed != list(self.options) else tuple(reversed(mixed))

    def place(self, option: Option) -> tuple[int, ...]:
        """The numbers of an option's words in the passage; empty if they are not there.

        >>> lamp = Option("a", "said")
        >>> Item("02_x/y", "span", "", "", (lamp,), passage="It is safe, she said.").place(lamp)
        (4,)
        """
        wanted = [_bare(word) for word in option.text.split()]
        words = [_bare(word) for word in self.words]
        for start in range(len(words) - len(wanted) + 1):
            if wanted and words[start : start + len(wanted)] == wanted:
                return tuple(range(start, start + len(wanted)))
        return ()


@dataclass(frozen=True)
class Lesson:
    """The questions of a lesson. ``marking``: its marking exercises, name and title."""

    id: str
    title: str
    items: tuple[Item, ...]
    marking: Mapping[str, str]


def find_item(exercise: str) -> Item:
    """The question with this id. Raises `KitError` if there is none."""
    lesson, name = split_id(exercise)
    items = {item.name: item for item in read_lesson(lesson).items}
    if name not in items:
        raise KitError(f"There is no exercise {name!r} in {lesson}. There are: {', '.join(items)}.")
    return items[name]


def lessons() -> tuple[str, ...]:
    """The names of all lessons that have exercises, in their order."""
    return tuple(sorted(path.stem for path in items_folder().glob("*.toml")))


def lesson_before(lesson: str) -> str:
    """The lesson before this one. Raises `KitError` if there is none."""
    earlier = [name for name in lessons() if name < lesson]
    if not earlier:
        raise KitError(f"There is no lesson with questions before {lesson}.")
    return earlier[-1]


@cache
def read_lesson(lesson: str, keys: Path | None = None) -> Lesson:
    """The questions of a lesson, checked. ``keys``: the folder with the keys of assessment items, for teachers.

    Raises `KitError`, with the place, for a lesson that does not exist and for a question that is not complete.
    """
    path = items_folder() / f"{lesson}.toml"
    if not path.is_file():
        raise KitError(f"There is no lesson {lesson!r}. The lessons are: {', '.join(lessons())}.")
    data = _toml(path)
    key = _toml(keys / path.name) if keys else {}
    items: dict[str, Item] = {}
    for number, plain in enumerate(data.get("item", []), 1):
        where = f"{path.name}, item {plain.get('id', number)}"
        try:
            item = _with_key(_item(lesson, plain), key.get(plain.get("id", "")))
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            raise KitError(f"{where}: {error}. Compare it with the other items.") from None
        if item.name in items:
            raise KitError(f"{where}: there is another item with this id. Each needs its own.")
        if problem := _problem(item, keyed=not item.assess or keys is not None):
            raise KitError(f"{where}: {problem}")
        items[item.name] = item
    if strangers := [name for name in key if name not in items]:
        raise KitError(f"keys/{path.name}: there is no item {strangers[0]!r}.")
    return Lesson(lesson, data.get("title", lesson), tuple(items.values()), data.get("marking", {}))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_file(path))
    except tomllib.TOMLDecodeError as error:
        raise KitError(f"{path.name} is not valid TOML: {error}.") from None


def _item(lesson: str, plain: dict[str, Any]) -> Item:
    fields: dict[str, Any] = {key: value for key, value in plain.items() if key != "option"}
    fields |= {"id": f"{lesson}/{plain['id']}", "hints": tuple(plain.get("hints", ()))}
    options = tuple(
        Option(**(option | {"words": tuple(option.get("words", ()))})) for option in plain.get("option", [])
    )
    return Item(**fields, options=options)


def _with_key(item: Item, key: dict[str, Any] | None) -> Item:
    """An item with its key: ``right``, a list of option ids, ``feedback`` by option id, and any other field."""
    if key is None:
        return item
    fields = key | {"hints": tuple(key.get("hints", ()))}
    right, feedback = fields.pop("right", []), fields.pop("feedback", {})
    options = {option.id: replace(option, feedback=feedback.get(option.id, "")) for option in item.options}
    if unknown := [name for name in [*right, *feedback] if name not in options]:
        raise ValueError(f"its key names an option {unknown[0]!r} that is not there")
    if item.kind == "order" and right:
        options = {name: options[name] for name in right}
    options |= {name: replace(options[name], right=True) for name in right}
    return replace(item, options=tuple(options.values()), **fields)


def _problem(item: Item, *, keyed: bool) -> str:
    """What is wrong with an item; empty if nothing is. ``keyed``: whether it has to hold its key."""
    ids = [option.id for option in item.options]
    complete = all(option.feedback for option in item.options)
    if item.kind not in KINDS:
        return f"there is no kind {item.kind!r}. The kinds are {', '.join(KINDS)}."
    if not (item.title and item.question):
        return "it needs a title and a question."
    if item.where not in WHERE or bool(item.where) != bool(item.passage):
        return 'a passage needs where = "the story" or where = "invented", and nothing else has one.'
    if len(set(ids)) < len(ids):
        return "two options have the same id."
    if len(ids) < 2 and item.kind not in ("text", "span"):
        return "it needs at least two options."
    if item.kind == "span" and not all(item.place(option) for option in item.options):
        return "an option is not in the passage."
    if not keyed:
        leaks = item.model or item.after or any(option.right or option.feedback for option in item.options)
        return "an assessment item's key and feedback belong into exercises/keys." if leaks else ""
    if not complete:
        return f"option {next(o.id for o in item.options if not o.feedback)!r} has no feedback."
    if item.kind in ("choice", "choices", "span", "log") and item.guess == any(option.right for option in item.options):
        return "in a guess nothing is right." if item.guess else "no option is right."
    if item.kind in ("text", "log") and not item.model:
        return f"a {item.kind} item needs a model answer."
    if any(bool(option.card) != bool(option.address) for option in item.options):
        return "a card needs the address where it can be checked."
    if item.kind == "span" and not item.otherwise:
        return "a span item needs otherwise: what to say about any other word."
    return "it needs at least one hint." if item.asks_sure and not item.hints else ""


def _bare(word: str) -> str:
    """A word without the punctuation around it."""
    return word.strip(".,;:!?\"'()“”‘’").lower()
