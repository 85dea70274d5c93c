"""Entities: the people, bodies and places that an article names, each brought under one name.

The fullest form of a name is the one that counts. Titles are stripped and remembered, so that "the secretary" finds the
secretary; "Lima" finds Ana Lima wherever her full name stands in the article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kit.analysis.speakers.names import BODY, GROUP, PERSON, PLACE, Name, words
from kit.text.tokens import Sentence, Token

REMEMBERED = 8  # entities that one noun may stand for
MOST_NAMESAKES = 20  # people with one surname; more are a list, not a story


@dataclass(eq=False)
class Entity:
    """Somebody or something spoken of. ``name`` is the canonical name, ``kind`` a speaker kind.

    ``gender`` is "he", "she" or, as long as the text has not told, "". ``nouns`` are the words it is called by.
    ``sure`` is false for a single capitalised word that could as well be no person.
    """

    name: str
    kind: str
    gender: str = ""
    plural: bool = False
    person: bool = False
    sure: bool = True
    acts: bool = True  # false for a place without a government
    nouns: set[str] = field(default_factory=set)


class Register:
    """The entities of one article, by what they are called."""

    def __init__(self, sentences: Sequence[Sentence], found: Sequence[Sequence[Name]]) -> None:
        self.by_last: dict[str, list[Entity]] = {}
        self.by_first: dict[str, Entity] = {}
        self.by_name: dict[str, Entity] = {}
        self.called: dict[tuple[str, bool], list[Entity]] = {}  # by noun, singular or plural; the last one last
        self.votes: Counter[str] = Counter()
        short: list[Name] = []
        for sentence, some in zip(sentences, found, strict=True):
            for name in some:
                if name.kind == PERSON and len(name.words) > 1:
                    self._add_person(name)
                elif name.kind == PERSON or not name.kind:
                    short.append(name)
                if not name.kind:
                    self._vote(name, sentence.tokens)
                elif name.kind == BODY:
                    self._add_body(name)
        for name in short:
            if name.kind == PERSON:
                self._add_person(name)

    def _add_person(self, name: Name) -> None:
        """A person by full name, or by title and surname; the fullest form of a name becomes the canonical one."""
        last = surname(name.words)
        known = self.by_last.setdefault(last, [])
        full = " ".join(name.words)
        entity = next((e for e in known[:MOST_NAMESAKES] if _same_person(e.name.split(), name.words)), None)
        if entity is None:
            entity = Entity(full, PERSON, person=True)
            known.append(entity)
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
        if len(name.words) > 1:
            initials = "".join(word[0] for word in name.words if word[0].isupper())
            for other in (initials, " ".join(name.words[1:]) if len(name.words) > 2 else ""):
                shorter = self.by_name.get(other)
                if len(other) < 2:
                    continue
                if shorter is None:
                    self.by_name[other] = entity
                elif len(shorter.name) < len(full):
                    shorter.name, shorter.nouns = full, entity.nouns
                    self.by_name[full] = shorter

    def _vote(self, name: Name, tokens: Sequence[Token]) -> None:
        """Is a single unknown word a person? The first pronoun after it in its sentence tells."""
        for token in tokens[name.end : name.end + 25]:
            if token.tag[:3] == "PRP" or token.lower in ("who", "which"):
                pronoun = words().pronouns.get(token.lower)
                person = pronoun in ("he", "she") or token.lower == "who"
                self.votes[name.words[0]] += person - (pronoun in ("it", "they") or token.lower == "which")
                break
        before = tokens[name.start - 1].lower if name.start else ""
        self.votes[name.words[0]] -= before == "the" or before in words().before_places

    def named(self, name: Name, before: str) -> Entity:
        """The entity that a name names."""
        full, known = " ".join(name.words), words()
        if name.kind != GROUP and (name.kind == PERSON or len(name.words) == 1):
            people = self.by_last.get(surname(name.words), [])[:MOST_NAMESAKES]
            same = [e for e in people if _same_person(e.name.split(), name.words)]
            if same and not (before in known.before_places and full in known.places):
                return same[0]  # of several, whom the article names first: the others keep their first names
            if full in self.by_first:
                return self.by_first[full]
        entity = self.by_name.get(known.places[full][0] if full in known.places else full)
        if entity is not None:
            return entity
        if full in known.places or name.kind == PLACE:
            one, acts = known.places.get(full, (full, False))
            entity = Entity(full, PLACE, acts=acts)
            self.by_name[one] = entity
        elif name.kind:
            entity = Entity(full, name.kind, name.gender, name.kind == GROUP, nouns=set(name.nouns))
        else:
            votes = self.votes[full]
            entity = Entity(full, BODY if votes < 0 else PERSON, sure=votes != 0, person=votes >= 0)
        self.by_name[full] = entity
        return entity

    def remember(self, entity: Entity) -> None:
        for noun in entity.nouns:
            some = self.called.setdefault((noun, entity.plural), [])
            if entity in some:
                some.remove(entity)
            some.append(entity)
            del some[:-REMEMBERED]


def surname(name: Sequence[str]) -> str:
    """The last word of a name that is no "Jr."."""
    return name[-2] if len(name) > 1 and name[-1].lower() in words().after_names else name[-1]


def _same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Could these two names with one surname be one person's? "Lima" and "A. Lima" could be "Ana Lima"."""
    shorter, longer = sorted((list(one), list(other)), key=len)
    if longer[-len(shorter) :] == shorter:
        return True
    if {one[0].lower(), other[0].lower()} & words().inside_names:  # "Van der Berg"
        return True
    a, b = one[0].rstrip("."), other[0].rstrip(".")
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])
