"""Mentions: the people, bodies, groups and papers that an article speaks of, each brought under one name.

The fullest form of a name is the one that counts; titles are stripped and remembered, so that "the secretary" finds
the secretary. One pass over the text finds the names, a second puts every mention in place. Linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import NamedTuple

from kit.analysis.speakers.entities import Entity, Register
from kit.analysis.speakers.names import (
    BODY,
    GROUP,
    OFFICIAL,
    PERSON,
    UNKNOWN,
    Name,
    Noun,
    names,
    words,
)
from kit.text.tokens import Sentence, Token
from kit.wording import one_line

VERB = ("VBD", "VBZ", "VBP", "MD")
BEFORE_HEAD = ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "POS", "DT", "PRP$", "HYPH")
APPOSED = re.compile(r"\s*,(?:\s*\d{1,3}\s*,)?\s*")  # "Lima, the mayor", "Lima, 54, the mayor"
LONGEST_PHRASE = 9  # tokens


class Mention(NamedTuple):
    """A place where an entity is mentioned: code points [start, end) of the text."""

    start: int
    end: int
    entity: Entity
    role: str  # subject, owner ("Israel's") or other
    sentence: int


def find_mentions(text: str, sentences: Sequence[Sentence], source_ends: Container[int] = frozenset()) -> list[Mention]:
    """All mentions in text order. ``source_ends``: where sources end, for a noun stands there whatever its tag.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> text = "Mayor Ana Lima spoke. Lima smiled. The mayor left."
    >>> [mention.entity.name for mention in find_mentions(text, sentences(read_text(text)))]
    ['Ana Lima', 'Ana Lima', 'Ana Lima']
    """
    found = [list(names(sentence.tokens)) for sentence in sentences]
    reader = _Reader(text, Register(sentences, found), source_ends)
    for number, (sentence, some) in enumerate(zip(sentences, found, strict=True)):
        reader.read(number, sentence.tokens, some)
    return reader.out


class _Reader:
    """Puts the mentions in place, sentence by sentence."""

    def __init__(self, text: str, register: Register, source_ends: Container[int]) -> None:
        self.text, self.register, self.source_ends = text, register, source_ends
        self.out: list[Mention] = []
        self.number = 0
        self.tokens: Sequence[Token] = ()

    def read(self, number: int, tokens: Sequence[Token], some: Sequence[Name]) -> None:
        self.number, self.tokens = number, tokens
        nouns, source_ends = words().nouns, self.source_ends
        found = {name.start: name for name in some}
        inside = {at for name in some for at in range(name.start + 1, name.end)}
        for at, token in enumerate(tokens):
            if at in found:
                self._name(found[at])
            elif at not in inside and (token.tag[:2] == "NN" or token.end in source_ends):
                noun = nouns.get(token.lower)
                last = at + 1 == len(tokens) or tokens[at + 1].tag[:2] != "NN" or token.end in source_ends
                if noun is not None and last:
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
        speaks = end < len(tokens) and tokens[end].tag in VERB  # "in Port Vorn, the mayor said": two of them
        apposed = previous is not None and not speaks and self._comma_between(previous.end, tokens[first].start)
        if previous and apposed and noun.person and previous.entity.kind == PERSON:
            previous.entity.nouns |= entity.nouns  # "Ana Lima, the mayor": one and the same
            previous.entity.gender = previous.entity.gender or noun.gender
            entity = previous.entity
        self._add(first, end, entity)

    def _described(self, begin: int, head: int, noun: Noun, definite: bool, title: Name | None) -> Entity:
        tokens, register = self.tokens, self.register
        modifiers = {token.lower for token in tokens[begin:head] if token.tag != "POS"} - {"of", "the"}
        if head + 2 < len(tokens) and tokens[head + 1].lower == "of" and tokens[head + 2].lower in words().offices:
            modifiers.add(tokens[head + 2].lower)  # "the secretary of state"
        for known in reversed(register.called.get((noun.lemma, noun.plural), ()) if definite else ()):
            if modifiers <= known.nouns | {word.lower() for word in known.name.split()}:
                return known
        end = self._with_complement(head + 1) if noun.kind in (OFFICIAL, UNKNOWN) or noun.person else head + 1
        full = one_line(self.text[tokens[begin].start : tokens[end - 1].end])
        first = tokens[begin]
        lowers = first.tag in ("NN", "NNS") or first.lower in words().offices or (first.tag == "NNP" and begin == head)
        if begin == 0 and lowers and not full.isupper():  # a capital only because the sentence starts here
            full = full[0].lower() + full[1:]
        entity = register.by_name.get(full)
        if entity is None:
            named = any(t.tag[:3] == "NNP" or (t.tag == "JJ" and t.text[0].isupper()) for t in tokens[begin:head])
            body = named and not noun.plural and noun.kind == GROUP and noun.lemma in words().body_words
            kind = BODY if body else noun.kind  # "the Israeli army", but "the army"
            called = {noun.lemma} | (title.nouns if title else set())
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
        return end < start and APPOSED.fullmatch(self.text, end, start) is not None

    def _add(self, first: int, end: int, entity: Entity) -> None:
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        self.register.remember(entity)
        self.out.append(Mention(start, stop, entity, self._role(first, end), self.number))

    def _role(self, first: int, end: int) -> str:
        tokens = self.tokens
        if end < len(tokens) and (tokens[end].tag == "POS" or tokens[end].tag in ("NN", "NNS")):
            return "owner"  # "Brandt's" or "the Brandt campaign"
        if first and tokens[first - 1].tag in ("IN", "TO"):
            return "other"
        for token in tokens[end : end + 3]:
            if token.tag in VERB:
                return "subject"
            if token.tag != "RB":
                break
        if end < len(tokens) and tokens[end].text == ",":  # "Lima, 54, a cook, said"
            for at in range(end + 1, min(end + 12, len(tokens) - 1)):
                if tokens[at].text == "," and tokens[at + 1].tag in VERB:
                    return "subject"
        return "other"


def _may_be(entity: Entity) -> bool:
    """Could a description be that of one named person?"""
    return entity.person and entity.kind in (OFFICIAL, UNKNOWN)
