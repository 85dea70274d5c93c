"""Entities: the people, bodies and places that an article names, each brought under one name.

The fullest form of a name is the one that counts. Titles are stripped and remembered, so that "the secretary" finds the
secretary; "Lima" finds Ana Lima wherever her full name stands in the article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kit.analysis.speakers.names import Name
from kit.analysis.speakers.people import BODY, GROUP, PERSON, PLACE, UNKNOWN, people_lexicon
from kit.text.tokens import Sentence, Token

REMEMBERED = 8  # entities that one noun may stand for
PRONOUN_WITHIN = 25  # tokens after a name
MOST_NAMESAKES = 20  # people with one surname; more are a list, not a story


@dataclass(eq=False)
class Entity:
    """Somebody or something spoken of. ``name`` is the canonical name, ``kind`` a speaker kind.

    ``gender`` is "he", "she" or, as long as the text has not told, "". ``nouns`` are the words it is called by.
    ``guess`` is the gender that its first name or an earlier pronoun hints at, never more than a tie-breaker.
    ``sure`` is false for a single capitalised word that could as well be no person.
    """

    name: str
    kind: str
    gender: str = ""
    plural: bool = False
    person: bool = False
    sure: bool = True
    acts: bool = True  # false for a place without a government
    guess: str = ""
    new: bool = True  # false for a description that begins with "the": it may be somebody named before
    nouns: set[str] = field(default_factory=set)


NAMELESS = Entity("", UNKNOWN)


class Register:
    """The entities of one article, by what they are called."""

    def __init__(self, sentences: Sequence[Sentence], names: Sequence[Sequence[Name]]) -> None:
        self.by_last: dict[str, list[Entity]] = {}
        self.by_first: dict[str, Entity] = {}
        self.by_name: dict[str, Entity] = {}
        self.called: dict[tuple[str, bool], list[Entity]] = {}  # by noun, singular or plural; the last one last
        self.votes: Counter[str] = Counter()  # for a single unknown word to be a person
        surnames: list[Name] = []
        for sentence, in_sentence in zip(sentences, names, strict=True):
            for name in in_sentence:
                if name.kind == PERSON and len(name.words) > 1:
                    self._add_person(name)
                elif name.kind == PERSON:
                    surnames.append(name)
                elif name.kind == BODY:
                    self._add_body(name)
                elif not name.kind:
                    self.votes[name.words[0]] += _vote(name, sentence.tokens)
        for name in surnames:  # once all full names are known
            self._add_person(name)

    def _add_person(self, name: Name) -> None:
        """A person by full name, or by title and surname; the fullest form of a name becomes the canonical one."""
        last = surname(name.words)
        if len(name.words) == 1 and last not in self.by_last and last in self.by_first:  # "Plumber Darren"
            self.by_first[last].nouns |= name.nouns
            return
        namesakes = self.by_last.setdefault(last, [])
        full = " ".join(name.words)
        same = _namesakes(namesakes, name)
        entity = same[0] if same else None
        if entity is None:
            entity = Entity(
                full, PERSON, person=True, guess=people_lexicon().hint(name.words[0]) if len(name.words) > 1 else ""
            )
            namesakes.append(entity)
            self.by_first.setdefault(name.words[0], entity)
        elif len(full) > len(entity.name):
            entity.name = full
        entity.nouns |= name.nouns
        entity.gender = entity.gender or name.gender

    def _add_body(self, name: Name) -> None:
        """A body under its name, its last words ("State Department") and its initials."""
        full = " ".join(name.words)
        entity = self.by_name.get(full)
        if entity is None:
            entity = Entity(full, BODY, nouns=set(name.nouns))
            self.by_name[full] = entity
        elif len(full) > len(entity.name):
            entity.name = full
        for short in _short_forms(name.words):
            known = self.by_name.get(short)
            if known is None:
                self.by_name[short] = entity
            elif len(known.name) < len(full):
                known.name, known.nouns = full, entity.nouns
                self.by_name[full] = known

    def is_person(self, name: Name) -> bool:
        """Whether a single word is the surname of somebody whom the article names in full."""
        return len(name.words) == 1 and any(" " in entity.name for entity in self.by_last.get(surname(name.words), ()))

    def named(self, name: Name, before: str) -> Entity:
        """The entity that a name names."""
        full, people = " ".join(name.words), people_lexicon()
        if name.kind != GROUP and (name.kind == PERSON or len(name.words) == 1):
            same = _namesakes(self.by_last.get(surname(name.words), []), name)
            if same and not (before in people.before_places and full in people.places):
                return same[0]  # of several, whom the article names first: the others keep their first names
            if full in self.by_first:
                return self.by_first[full]
        place, governed = people.places.get(full, (full, False))
        entity = self.by_name.get(place)
        if entity is None:
            is_place = full in people.places or name.kind == PLACE
            entity = Entity(full, PLACE, acts=governed) if is_place else self._new_entity(name, full)
            self.by_name[place] = self.by_name[full] = entity
        return entity

    def _new_entity(self, name: Name, full: str) -> Entity:
        if name.kind:
            return Entity(full, name.kind, name.gender, name.kind == GROUP, nouns=set(name.nouns))
        votes = self.votes[full]
        return Entity(full, PERSON if votes >= 0 else BODY, sure=votes != 0, person=votes >= 0)

    def remember(self, entity: Entity) -> None:
        for noun in entity.nouns:
            called = self.called.setdefault((noun, entity.plural), [])
            if entity in called:
                called.remove(entity)
            called.append(entity)
            del called[:-REMEMBERED]


def _namesakes(known: Sequence[Entity], name: Name) -> list[Entity]:
    """Those that a name may be, the likeliest first: Mr Brandt is not Ada Brandt."""
    same = [entity for entity in known[:MOST_NAMESAKES] if _same_person(entity.name.split(), name.words)]
    if name.gender:
        same = [entity for entity in same if entity.gender in ("", name.gender)]
        same.sort(key=lambda entity: (entity.gender != name.gender, entity.guess not in ("", name.gender)))
    return same


def _vote(name: Name, tokens: Sequence[Token]) -> int:
    """Is a single unknown word a person? 1 or more: yes, less than 0: no. The first pronoun after it in its sentence
    tells, and so does what stands before it."""
    people = people_lexicon()
    vote = 0
    for token in tokens[name.end : name.end + PRONOUN_WITHIN]:
        if token.tag[:3] == "PRP" or token.lower in ("who", "which"):
            pronoun = people.pronouns.get(token.lower)
            if pronoun in ("he", "she") or token.lower == "who":
                vote = 1
            elif pronoun in ("it", "they") or token.lower == "which":
                vote = -1
            break
    before = tokens[name.start - 1].lower if name.start else ""
    noun = people.nouns.get(before)
    if noun is not None and (noun.person or noun.kind == GROUP):  # "his wife Jean", "the company Greenline"
        return 1 if noun.person else -1
    if name.end < len(tokens) and tokens[name.end].tag == "POS":
        return vote  # "in Moss's opinion"
    return vote - 1 if before == "the" or before in people.before_places else vote


def _short_forms(words: Sequence[str]) -> list[str]:
    """What else a body is called: by its initials, and without its first word ("State Department")."""
    forms = []
    if len(words) > 1:
        forms.append("".join(word[0] for word in words if word[0].isupper()))
    if len(words) > 2:
        forms.append(" ".join(words[1:]))
    return [form for form in forms if len(form) > 1]


def surname(name: Sequence[str]) -> str:
    """The last word of a name that isn't "Jr."; "Al-Masri", where a sentence begins, is "al-Masri"."""
    followed = len(name) > 1 and name[-1].lower() in people_lexicon().after_names
    last = name[-2] if followed else name[-1]
    return last[0].lower() + last[1:] if people_lexicon().is_joined_name(last) else last


def _same_person(name: Sequence[str], other: Sequence[str]) -> bool:
    """Could these two names with one surname be one person's? "Lima" and "A. Lima" could be "Ana Lima"."""
    shorter, longer = sorted((list(name), list(other)), key=len)
    if len(shorter) == 1 and surname(shorter) == surname(longer):
        return True
    if longer[-len(shorter) :] == shorter:
        return True
    if not people_lexicon().inside_names.isdisjoint((name[0].lower(), other[0].lower())):  # "Van der Berg"
        return True
    first, other_first = name[0].rstrip("."), other[0].rstrip(".")
    initial = min(len(first), len(other_first)) == 1
    return first == other_first or (initial and first[0] == other_first[0])
