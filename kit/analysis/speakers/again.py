"""People and bodies that are called anew: "the midfielder", "the 56-year-old", "the former mayor", "the firm"."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import NamedTuple

from kit.analysis.speakers.candidates import HARDLY, NOT, PERHAPS, SURELY, Fits
from kit.analysis.speakers.entities import Entity
from kit.analysis.speakers.people import BODY, OFFICIAL, PERSON, UNKNOWN, people_lexicon
from kit.text.tokens import Token

LONGEST = 4  # words
BACK, BACK_BY_GENDER = 6, 9  # sentences in which somebody who is called anew was named; further for "the old man"
AGE = re.compile(r"\d+-year-old")
DEFINITE = frozenset(["the", "this"])


class Anew(NamedTuple):
    """Who may be meant by a description, and how many sentences back."""

    fits: Fits
    back: int


def called_anew(tokens: Sequence[Token], spoken: Container[int], last: Entity) -> Anew | None:
    """Whom a source's words may call anew; None if they are no such words. ``spoken``: ids of who has spoken; ``last``:
    who spoke last."""
    words = [token for token in tokens if token.text[0].isalnum()]
    if not 2 <= len(words) <= LONGEST or words[0].lower not in DEFINITE:
        return None
    if words[-1].lower in people_lexicon().again_bodies and len(words) == 2:
        return Anew(lambda entity: _may_be_body(entity, id(entity) in spoken), BACK)
    noun = _noun_of_person(words)
    if noun is None:
        return Anew(lambda entity: PERHAPS if entity is last else NOT, BACK) if _may_be_last(words, last) else None
    known = people_lexicon().nouns.get(noun)
    gender = known.gender if known else ""
    back = BACK_BY_GENDER if gender else BACK
    people = people_lexicon()
    official = known is not None and known.kind == OFFICIAL
    may_be_another = (official or noun in people.alike) and noun not in people.again | people.again_with_name
    least = SURELY if may_be_another else HARDLY

    def fits(entity: Entity) -> int:
        fit = _may_be_person(entity, id(entity) in spoken, noun, gender)
        return fit if fit >= least else NOT

    return Anew(fits, back)


def _noun_of_person(words: Sequence[Token]) -> str | None:
    """The noun by which these words call one person anew: not "the mayor", whom nobody may have named."""
    people, last = people_lexicon(), words[-1].lower
    known = people.nouns.get(last)
    if known is not None and (known.plural or not known.person):
        return None
    nationality = words[-1].text in people.peoples and len(words) == 2 and not last.endswith("s")
    with_name = last in people.again_with_name or (known is not None and known.kind == OFFICIAL)
    of_a_party = with_name and words[-2].text[0].isupper() and len(words) > 2
    former = words[1].lower in ("former", "retired") and len(words) > 2 and not last.endswith("s")
    plain = AGE.fullmatch(last) or last in people.again or last in people.alike
    return last if plain or nationality or of_a_party or former else None


def _may_be_last(words: Sequence[Token], last: Entity) -> bool:
    """Whether "the bus driver" may be the person who spoke last: not "the witness", of whom an article has several."""
    people = people_lexicon()
    noun = people.nouns.get(words[-1].lower)
    if noun is None or noun.kind != UNKNOWN or not noun.person or noun.lemma in people.not_again:
        return False
    return last.kind == PERSON and last.gender in ("", noun.gender or last.gender)


def _may_be_person(entity: Entity, spoken: bool, noun: str, gender: str) -> int:
    """Whether a description may be that of somebody named before; best of somebody who was called so."""
    if entity.kind != PERSON or not entity.person or entity.plural or not (entity.sure or spoken):
        return NOT
    if gender and entity.gender not in ("", gender):
        return NOT
    if not entity.nouns.isdisjoint(people_lexicon().alike.get(noun, {noun})) or (gender and entity.gender == gender):
        return SURELY
    return HARDLY if gender and entity.guess not in ("", gender) else PERHAPS


def _may_be_body(entity: Entity, spoken: bool) -> int:
    """Whether "the firm" may be a body that has spoken, or one word of which it isn't known what it names."""
    return PERHAPS if spoken and (entity.kind == BODY or not entity.sure) else NOT
