"""Whom a pronoun or a description may stand for, as a number: 0 for nobody, more for a better fit.

What the text tells (a title, a first name, "his wife") decides; what an earlier pronoun or a name's ending hints at
only breaks ties, for a guess must never make a man a woman for the rest of a text.
"""

from __future__ import annotations

from collections.abc import Callable

from kit.analysis.speakers.entities import Entity
from kit.analysis.speakers.people import BODY, DOCUMENT, GROUP

Fits = Callable[[Entity], int]
SURELY, PERHAPS, HARDLY, NOT = 3, 2, 1, 0


def _he(entity: Entity, spoken: bool) -> int:
    """Most people of whom it is not told are read as "he" by news: a man who is known comes no sooner than they."""
    fit = _one(entity, spoken, "he")
    return PERHAPS if fit == SURELY else fit


def _she(entity: Entity, spoken: bool) -> int:
    return _one(entity, spoken, "she")


def _one(entity: Entity, spoken: bool, gender: str) -> int:
    if not entity.person or entity.plural:
        return NOT
    if not (entity.sure or spoken):
        return HARDLY
    if entity.gender:
        return SURELY if entity.gender == gender else NOT
    if entity.guess:
        return SURELY if entity.guess == gender else HARDLY
    return PERHAPS


def _it(entity: Entity, spoken: bool) -> int:
    if entity.person or entity.plural or not entity.acts:
        return NOT
    if spoken:
        return SURELY
    return NOT if entity.kind == DOCUMENT else PERHAPS


def _they(entity: Entity, spoken: bool) -> int:
    """A paper says "it"; those who have spoken come before those who were told."""
    if entity.gender == "they":  # one person
        return SURELY
    may = entity.kind in (GROUP, BODY) or (entity.plural and entity.kind != DOCUMENT)
    return (SURELY if spoken else PERHAPS) if may else NOT


MAY_MEAN: dict[str, Callable[[Entity, bool], int]] = {"he": _he, "she": _she, "it": _it, "they": _they}
