"""Questions: what one asks, the options it has, and what there is to say about each of them.

A question is one table in a lesson's file (see `kit.course.lessons`); a new one needs no code::

    [[item]]
    id = "first-look"          # in answers and notebooks: "02_who_says_so/first-look"
    kind = "choice"            # choice, choices, order, text, span or log
    title = "Who says so?"
    question = "Who says that the bridge is safe?"
    passage = "..."            # optional; where = "the story" or "invented" says where it is from
    before = "..."             # optional: what to know before one answers
    hints = ["...", "..."]     # shown one by one, before the answer
    after = "..."              # optional: what to take along
    opening = true             # optional: asked again at the start of the next lesson
    [[item.option]]
    id = "a"
    text = "..."
    right = true
    feedback = "..."           # why it is right, or what is wrong with it

An option with ``defensible = true`` is one on which good readers differ, as its feedback says. In a ``choice`` it is
another answer with reasons of its own; in ``choices`` and ``span`` one may pick it or leave it, whatever the key says.

``order``: the options in their right order. ``span``: the options are words of the passage. ``text``: ``model`` is an
answer of ours; the options are the points that a full answer makes, each with a ``quote``: the words of the model that
make it. No program looks for them in an answer: students tick those that they made and quote their own words.
``log``: a check, and the evidence of it: the options are source cards (``card``: what a source says; ``address``: where
that can be read); an answer takes one and quotes it. The option without a card is any other source that one looked up.
With ``guess = true`` nothing is right or wrong: a prediction.
With ``assess = true`` the question has no key and no feedback; both are in the lesson's keys, for teachers.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from kit.errors import KitError

KINDS = ("choice", "choices", "order", "text", "span", "log")
WHERE = {"": "", "the story": "From the story", "invented": "Invented: no such place, no such people"}
NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*")  # of a lesson and of an exercise


def split_id(exercise: str) -> tuple[str, str]:
    """The lesson and the name in an exercise's id. Raises `KitError` if it is none.

    >>> split_id("02_who_says_so/first-look")
    ('02_who_says_so', 'first-look')
    """
    lesson, _, name = str(exercise).partition("/")
    if not (NAME.fullmatch(lesson) and NAME.fullmatch(name)):
        raise KitError(
            f'{exercise!r} isn\'t the id of an exercise. Write its lesson and its name: "02_who_says_so/first-look".'
        )
    return lesson, name


@dataclass(frozen=True)
class Option:
    """A possible answer, with what there is to say about it. ``quote``: the words of the model that make this point."""

    id: str
    text: str
    feedback: str = ""
    right: bool = False
    defensible: bool = False
    quote: str = ""
    card: str = ""
    address: str = ""


@dataclass(frozen=True)
class Question:
    """A question. ``id`` is the exercise's whole id, lesson and name."""

    id: str
    kind: str
    title: str
    question: str
    options: tuple[Option, ...] = ()
    passage: str = ""
    where: str = ""
    before: str = ""
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
    def has_key(self) -> bool:
        """Whether it says what counts as right: a question to be handed in does so only with the teacher's keys."""
        return bool(self.model) or any(option.feedback for option in self.options)

    @property
    def takes_one(self) -> bool:
        """Whether an answer is one of the options."""
        return self.kind in ("choice", "log")

    @property
    def name(self) -> str:
        """The exercise's name within its lesson.

        >>> Question("02_x/first-look", "choice", "", "").name
        'first-look'
        """
        return split_id(self.id)[1]

    @property
    def words(self) -> list[str]:
        """The passage as words; the answer to a span question is a list of their numbers, counted from 0."""
        return self.passage.split()

    def shown(self) -> tuple[Option, ...]:
        """The options as a student sees them: those to put in order are mixed, always in the same way."""
        if self.kind != "order":
            return self.options
        mixed = list(self.options)
        random.Random(self.id).shuffle(mixed)
        return tuple(mixed) if mixed != list(self.options) else tuple(reversed(mixed))

    def place(self, option: Option) -> tuple[int, ...]:
        """The numbers of an option's words in the passage, counted from 0; empty if they are not there.

        >>> said = Option("a", "said")
        >>> Question("02_x/y", "span", "", "", (said,), passage="It is safe, she said.").place(said)
        (4,)
        """
        wanted = [_bare(word) for word in option.text.split()]
        words = [_bare(word) for word in self.words]
        for start in range(len(words) - len(wanted) + 1):
            if wanted and words[start : start + len(wanted)] == wanted:
                return tuple(range(start, start + len(wanted)))
        return ()


def _bare(word: str) -> str:
    """A word without the punctuation around it."""
    return word.strip(".,;:!?\"'()“”‘’").lower()
