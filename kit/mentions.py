"""Mentions: the people, bodies, groups and papers that an article speaks of, each brought under one name.

The fullest form of a name is the one that counts; titles are stripped and remembered, so that "the secretary" finds
the secretary. One pass over the text finds the names, a second puts every mention in place. Linear in its length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kit.language import Sentence, Token
from kit.names import (
    BODY,
    GROUP,
    OFFICIAL,
    PERSON,
    PLACE,
    UNKNOWN,
    Name,
    Noun,
    names,
    words,
)

VERB = ("VBD", "VBZ", "VBP", "MD")
BEFORE_HEAD = ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "POS", "DT", "PRP$", "HYPH")
LONGEST_PHRASE = 9  # tokens


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


class Mention(NamedTuple):
    """A place where an entity is mentioned: code points [start, end) of the text."""

    start: int
    end: int
    entity: Entity
    role: str  # subject, owner ("Israel's") or other
    sentence: int


def find_mentions(text: str, sentences: Sequence[Sentence]) -> list[Mention]:
    """All mentions in text order.

    >>> from kit.article import read_text
    >>> from kit.language import sentences
    >>> text = "Mayor Ana Lima spoke. Lima smiled. The mayor left."
    >>> [mention.entity.name for mention in find_mentions(text, sentences(read_text(text)))]
    ['Ana Lima', 'Ana Lima', 'Ana Lima']
    """
    found = [list(names(sentence.tokens)) for sentence in sentences]
    register = _Register(sentences, found)
    mentions: list[Mention] = []
    for number, (sentence, some) in enumerate(zip(sentences, found, strict=True)):
        _Reader(text, number, sentence, some, register, mentions).read()
    return mentions


class _Register:
    """The entities of one article, by what they are called."""

    def __init__(self, sentences: Sequence[Sentence], found: Sequence[Sequence[Name]]) -> None:
        self.by_last: dict[str, list[Entity]] = {}
        self.by_first: dict[str, Entity] = {}
        self.by_name: dict[str, Entity] = {}
        self.called: dict[tuple[str, bool], Entity] = {}  # the last one called by a noun, singular or plural
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
        last = _surname(name.words)
        known = self.by_last.setdefault(last, [])
        full = " ".join(name.words)
        entity = next((e for e in known if _same_person(e.name.split(), name.words)), None)
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
        if name.kind in (PERSON, PLACE, ""):
            people = self.by_last.get(_surname(name.words), [])
            same = [e for e in people if _same_person(e.name.split(), name.words)]
            if same and not (before in known.before_places and full in known.places):
                return same[-1] if len(same) == 1 else max(same, key=lambda e: e is self.called.get((full, False)))
            if full in self.by_first:
                return self.by_first[full]
        entity = self.by_name.get(known.places[full][0] if full in known.places else full)
        if entity is not None:
            return entity
        if full in known.places or name.kind == PLACE:
            one, acts = known.places.get(full, (full, False))
            entity = Entity(_place_name(full), PLACE, acts=acts)
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
            self.called[noun, entity.plural] = entity
        if entity.person:
            self.called[entity.name.split()[-1], False] = entity


def _surname(name: Sequence[str]) -> str:
    return name[-2] if len(name) > 1 and name[-1].lower() in words().after_names else name[-1]


def _same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Could these two names with one surname be one person's? "Lima" and "A. Lima" could be "Ana Lima"."""
    if len(one) == 1 or len(other) == 1:
        return True
    a, b = one[0].rstrip("."), other[0].rstrip(".")
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


def _place_name(full: str) -> str:
    return full.rstrip(".") if full.count(".") == 1 else full


class _Reader:
    """Puts the mentions of one sentence in place."""

    def __init__(
        self, text: str, number: int, sentence: Sentence, found: Sequence[Name], register: _Register, out: list[Mention]
    ) -> None:
        self.text, self.number, self.tokens, self.register, self.out = text, number, sentence.tokens, register, out
        self.found = {name.start: name for name in found}
        self.inside = {at for name in found for at in range(name.start + 1, name.end)}

    def read(self) -> None:
        nouns, tokens, found, inside = words().nouns, self.tokens, self.found, self.inside
        for at, token in enumerate(tokens):
            if at in found:
                self._name(found[at])
            elif token.tag[:2] == "NN" and at not in inside:
                noun = nouns.get(token.lower)
                if noun is not None and (at + 1 == len(tokens) or tokens[at + 1].tag[:2] != "NN"):
                    self._phrase(at, at + 1, noun)

    def _name(self, name: Name) -> None:
        tokens = self.tokens
        following = tokens[name.end].tag if name.end < len(tokens) else ""
        if name.kind == "title":
            if following[:2] != "NN":
                self._phrase(name.end - 1, name.end, words().nouns.get(tokens[name.end - 1].lower), name)
            return
        if following in ("NN", "NNS") and name.kind != PERSON:
            return  # "US officials": the officials speak
        before = tokens[name.start - 1].lower if name.start else ""
        entity = self.register.named(name, before)
        previous = self.out[-1] if self.out and self.out[-1].sentence == self.number else None
        start = tokens[name.start].start
        if previous and self._comma_between(previous.end, start) and entity.kind == PERSON and _may_be(previous.entity):
            entity.nouns |= previous.entity.nouns  # "the mayor, Ana Lima": one and the same
            entity.gender = entity.gender or previous.entity.gender
            self.out[-1] = previous._replace(entity=entity)
        self._add(name.start, name.end, entity)

    def _phrase(self, head: int, end: int, noun: Noun | None, title: Name | None = None) -> None:
        """A mention by a description: "the minister", "health officials", "a poll"."""
        tokens, first = self.tokens, title.start if title else head
        while first > 0 and head - first < LONGEST_PHRASE:
            tag = tokens[first - 1].tag
            elected = tag == "VBN" and first > 1 and tokens[first - 2].tag in ("DT", "JJ", "PRP$")
            if tag not in BEFORE_HEAD and not elected:
                break
            first -= 1
            if tag in ("DT", "PRP$"):
                break
        while tokens[first].tag == "POS":
            first += 1
        begin = first
        while begin < head and (tokens[begin].lower in words().before_nouns or tokens[begin].tag in ("CD", "POS")):
            begin += 1
        noun = noun or Noun(tokens[head].lower, OFFICIAL, False, "", True)
        definite = tokens[first].lower in ("the", "this", "that") or title is not None
        entity = self._described(begin, head, noun, definite, title)
        previous = self.out[-1] if self.out and self.out[-1].sentence == self.number else None
        apposed = previous is not None and self._comma_between(previous.end, tokens[first].start)
        if previous and apposed and noun.person and previous.entity.kind == PERSON:
            previous.entity.nouns |= entity.nouns  # "Ana Lima, the mayor": one and the same
            previous.entity.gender = previous.entity.gender or noun.gender
            entity = previous.entity
        self._add(first, end, entity)

    def _described(self, begin: int, head: int, noun: Noun, definite: bool, title: Name | None) -> Entity:
        tokens, register = self.tokens, self.register
        modifiers = {token.lower for token in tokens[begin:head] if token.tag != "POS"} - {"of", "the"}
        if definite:
            known = register.called.get((noun.lemma, noun.plural))
            if known is not None and modifiers <= known.nouns | {w.lower() for w in known.name.split()}:
                return known
        end = self._with_complement(head + 1) if noun.kind in (OFFICIAL, UNKNOWN) or noun.person else head + 1
        full = " ".join(self.text[tokens[begin].start : tokens[end - 1].end].split())
        entity = register.by_name.get(full)
        if entity is None:
            kind = noun.kind
            if kind == GROUP and not noun.plural and any(t.text[0].isupper() for t in tokens[max(begin, 1) : head]):
                kind = BODY if noun.lemma in words().body_words else GROUP
            called = {noun.lemma} | (set(title.nouns) if title else modifiers)
            entity = Entity(full, kind, noun.gender, noun.plural, person=noun.person, nouns=called)
            register.by_name[full] = entity
        return entity

    def _with_complement(self, at: int) -> int:
        """Where a description ends: "spokesman for the harbour office"."""
        tokens, end = self.tokens, at
        if at + 1 >= len(tokens):
            return end
        name_follows = tokens[at + 1].text[0].isupper()
        if tokens[at].lower in ("of", "for") or (name_follows and tokens[at].lower in ("from", "at", "in")):
            stop = at + 1
            while stop < len(tokens) and stop - at < LONGEST_PHRASE and tokens[stop].tag in BEFORE_HEAD:
                stop += 1
                if tokens[stop - 1].tag[:2] == "NN" and tokens[stop - 1].text not in words().calendar:
                    end = stop
        return end

    def _comma_between(self, end: int, start: int) -> bool:
        return end < start and self.text[end:start].strip() == ","

    def _add(self, first: int, end: int, entity: Entity) -> None:
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        self.register.remember(entity)
        self.out.append(Mention(start, stop, entity, self._role(first, end), self.number))

    def _role(self, first: int, end: int) -> str:
        tokens = self.tokens
        if end < len(tokens) and tokens[end].tag == "POS":
            return "owner"
        if first and tokens[first - 1].tag in ("IN", "TO"):
            return "other"
        for token in tokens[end : end + 3]:
            if token.tag in VERB:
                return "subject"
            if token.tag != "RB":
                break
        if end < len(tokens) and tokens[end].text == ",":  # "Lima, 54, said"
            for at in range(end + 1, min(end + 12, len(tokens) - 1)):
                if tokens[at].text == ",":
                    return "subject" if tokens[at + 1].tag in VERB else "other"
        return "other"


def _may_be(entity: Entity) -> bool:
    """Could a description be that of one named person?"""
    return entity.person and entity.kind in (OFFICIAL, UNKNOWN)
