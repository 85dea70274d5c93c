"""Mentions: the people, bodies, groups and papers that an article speaks of, each brought under one name.

The fullest form of a name is the one that counts; titles are stripped and remembered, so that "the secretary" finds
the secretary. One pass over the text finds the names, a second puts every mention in place. Linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import NamedTuple

from kit.analysis.speakers.entities import Entity, Register
from kit.analysis.speakers.names import TITLE, Name, names
from kit.analysis.speakers.people import BODY, GROUP, OFFICIAL, PERSON, UNKNOWN, Noun, people_lexicon
from kit.text.tokens import Sentence, Token
from kit.wording import one_line

OPENING = frozenset(["that", "because", "although", "though", "if", "while", "as", "after", "before", "since", "until"])
VERB = ("VBD", "VBZ", "VBP", "MD")
BEFORE_HEAD = ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "POS", "DT", "PRP$", "HYPH")
APPOSED = re.compile(r"\s*[,:](?:\s*\d{1,3}\s*,)?\s*")  # "Lima, the mayor", "Lima, 54, the mayor"
AGES = (("teenager", 13, 19), ("pensioner", 65, 130))
THEY = frozenset(["they/them", "they/their", "they/them/theirs"])  # "Riley Quinn, who uses they/them pronouns"
PRONOUNS_WITHIN = 6  # tokens
LONGEST_PHRASE = 9  # tokens
LONGEST_APPOSED = 5  # tokens between a comma and a name


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
    all_names = [list(names(sentence.tokens)) for sentence in sentences]
    reader = _Reader(text, Register(sentences, all_names), source_ends)
    for number, (sentence, in_sentence) in enumerate(zip(sentences, all_names, strict=True)):
        reader.read(number, sentence.tokens, in_sentence)
    return reader.mentions


class _Reader:
    """Puts the mentions in place, sentence by sentence."""

    def __init__(self, text: str, register: Register, source_ends: Container[int]) -> None:
        self.text, self.register, self.source_ends = text, register, source_ends
        self.people = people_lexicon()
        self.mentions: list[Mention] = []
        self.number = 0
        self.tokens: Sequence[Token] = ()

    def read(self, number: int, tokens: Sequence[Token], in_sentence: Sequence[Name]) -> None:
        self.number, self.tokens = number, tokens
        starting = {name.start: name for name in in_sentence}
        inside = {at for name in in_sentence for at in range(name.start + 1, name.end)}
        for at, token in enumerate(tokens):
            if at in starting:
                self._name(starting[at])
            elif at not in inside and (token.tag[:2] == "NN" or token.end in self.source_ends):
                noun = self.people.nouns.get(token.lower)
                last = at + 1 == len(tokens) or tokens[at + 1].tag[:2] != "NN" or token.end in self.source_ends
                if noun is not None and last:
                    self._phrase(at, noun)

    def _name(self, name: Name) -> None:
        tokens = self.tokens
        following = tokens[name.end].tag if name.end < len(tokens) else ""
        if name.kind == TITLE and not self.register.is_person(name):
            if following[:2] != "NN":
                head = name.end - 1
                word = tokens[head].lower
                noun = self.people.nouns.get(word) or Noun(word, OFFICIAL, plural=False, gender="", person=True)
                self._phrase(head, noun, name)
            return
        if following in ("NN", "NNS") and name.kind != PERSON and not self.register.is_person(name):
            return  # "US officials": the officials speak
        before = tokens[name.start - 1].lower if name.start else ""
        entity = self.register.named(name, before)
        at = self._described_before(name.start) if entity.kind == PERSON else None
        if at is not None:  # "the mayor, Ana Lima": one and the same
            described = self.mentions[at]
            entity.nouns |= described.entity.nouns | set(described.entity.name.lower().split()[:-1])
            entity.gender = entity.gender or described.entity.gender
            self.mentions[at] = described._replace(entity=entity)
        if entity.kind == PERSON:
            entity.nouns |= self._by_age(name.end)
            told = {token.lower for token in self.tokens[name.end : name.end + PRONOUNS_WITHIN]}
            entity.gender = "they" if told & THEY else entity.gender
        self._add(name.start, name.end, entity)

    def _by_age(self, at: int) -> set[str]:
        """What somebody may be called whose age stands there: "Ana Lima, 17," is a teenager."""
        tokens = self.tokens[at : at + 3]
        if len(tokens) < 3 or tokens[0].text != "," or not tokens[1].text.isdecimal() or len(tokens[1].text) > 3:
            return set()
        age = int(tokens[1].text)
        return {f"{age}-year-old"} | {noun for noun, first, last in AGES if first <= age <= last}

    def _phrase(self, head: int, noun: Noun, title: Name | None = None) -> None:
        """A mention by a description whose last word is at ``head``: "the minister", "health officials", "a poll"."""
        tokens, end = self.tokens, head + 1
        first = self._phrase_start(title.start if title else head, head)
        begin = first  # of the description, behind "the" and the like
        while begin < head and (tokens[begin].lower in self.people.before_nouns or tokens[begin].tag in ("CD", "POS")):
            begin += 1
        definite = tokens[first].lower in ("the", "this", "that") or title is not None
        entity = self._described(begin, head, noun, definite, title)
        speaks = end < len(tokens) and tokens[end].tag in VERB  # "in Port Vorn, the mayor said": two of them
        named = self._mention_before_comma(first)
        if named and not speaks and noun.person and named.entity.kind == PERSON:
            named.entity.nouns |= entity.nouns  # "Ana Lima, the mayor": one and the same
            named.entity.gender = named.entity.gender or noun.gender
            entity = named.entity
        self._add(first, end, entity)

    def _phrase_start(self, first: int, head: int) -> int:
        """Where the noun phrase begins that ends at ``head`` and holds ``first``."""
        tokens = self.tokens
        while first > 0 and head - first < LONGEST_PHRASE:
            if tokens[first - 1].end in self.source_ends:  # "his sister Hana plan to sue"
                break
            tag = tokens[first - 1].tag
            elected = tag == "VBN" and first > 1 and tokens[first - 2].tag in ("DT", "JJ", "PRP$")
            if tag not in BEFORE_HEAD and not elected:
                break
            first -= 1
            if tag in ("DT", "PRP$"):
                break
        while tokens[first].tag == "POS":
            first += 1
        return first

    def _described(self, begin: int, head: int, noun: Noun, definite: bool, title: Name | None) -> Entity:
        """Who is described: somebody who was called so before, or somebody new."""
        if definite:
            modifiers = self._modifiers(begin, head)
            for called in reversed(self.register.called.get((noun.lemma, noun.plural), ())):
                if modifiers <= called.nouns | {word.lower() for word in called.name.split()}:
                    return called
        name = self._full_description(begin, head, noun)
        entity = self.register.by_name.get(name)
        if entity is None:
            kind = BODY if self._is_named_body(begin, head, noun) else noun.kind
            nouns = {noun.lemma} | (title.nouns if title else set())
            entity = Entity(name, kind, noun.gender, noun.plural, person=noun.person, new=not definite, nouns=nouns)
            self.register.by_name[name] = entity
        return entity

    def _modifiers(self, begin: int, head: int) -> set[str]:
        """The words of a description but for its noun; with "state" of "the secretary of state"."""
        tokens = self.tokens
        modifiers = {token.lower for token in tokens[begin:head] if token.tag != "POS"} - {"of", "the"}
        after = [token.lower for token in tokens[head + 1 : head + 3]]
        if len(after) == 2 and after[0] == "of" and after[1] in self.people.offices:
            modifiers.add(after[1])
        return modifiers

    def _full_description(self, begin: int, head: int, noun: Noun) -> str:
        """A description as the name of somebody: "spokesman for the harbour office"."""
        tokens, first = self.tokens, self.tokens[begin]
        of_somebody = noun.person or noun.kind in (OFFICIAL, UNKNOWN)
        ends_source = tokens[head].end in self.source_ends
        end = self._with_complement(head + 1) if of_somebody and not ends_source else head + 1
        full = one_line(self.text[first.start : tokens[end - 1].end])
        common = first.tag in ("NN", "NNS") or first.lower in self.people.offices
        if begin == 0 and (common or (first.tag == "NNP" and begin == head)) and not full.isupper():
            return full[0].lower() + full[1:]  # a capital only because the sentence starts here
        return full

    def _is_named_body(self, begin: int, head: int, noun: Noun) -> bool:
        """ "the Israeli army", but not "the army"."""
        before = self.tokens[begin:head]
        named = any(token.tag[:3] == "NNP" or (token.tag == "JJ" and token.text[0].isupper()) for token in before)
        return named and not noun.plural and noun.kind == GROUP and noun.lemma in self.people.body_words

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
                if tokens[stop - 1].tag[:2] == "NN" and tokens[stop - 1].text not in self.people.calendar:
                    end = stop
        return end

    def _described_before(self, first: int) -> int | None:
        """The mention, by its number, that describes whoever is named from token ``first`` on: "the chair of the union,
        Ana Lima", "her producer, the fiddler Ana Lima"."""
        tokens, start = self.tokens, self.tokens[first].start
        for at in range(len(self.mentions) - 1, max(len(self.mentions) - 3, -1), -1):
            mention = self.mentions[at]
            if mention.sentence != self.number or mention.end >= start:
                return None
            between = self.text[mention.end : start]
            comma = between.find(":" if ":" in between else ",")  # "a new mayor: Ana Lima"
            if not _may_be(mention.entity) or comma < 0:
                continue
            whole = not between[:comma].strip() or mention.entity.name.endswith(one_line(between[:comma].strip()))
            age = APPOSED.match(between, comma)
            more = [token for token in tokens[:first] if age and token.start >= mention.end + age.end()]
            if whole and len(more) <= LONGEST_APPOSED and all(token.tag in BEFORE_HEAD for token in more):
                return at
        return None

    def _mention_before_comma(self, first: int) -> Mention | None:
        """The last mention, if only a comma (or an age) lies between it and token ``first`` of its sentence."""
        if not self.mentions or self.mentions[-1].sentence != self.number:
            return None
        end, start = self.mentions[-1].end, self.tokens[first].start
        return self.mentions[-1] if end < start and APPOSED.fullmatch(self.text, end, start) else None

    def _add(self, first: int, end: int, entity: Entity) -> None:
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        self.register.remember(entity)
        self.mentions.append(Mention(start, stop, entity, self._role(first, end), self.number))

    def _role(self, first: int, end: int) -> str:
        tokens = self.tokens
        if end < len(tokens) and (tokens[end].tag == "POS" or tokens[end].tag in ("NN", "NNS")):
            return "owner"  # "Brandt's" or "the Brandt campaign"
        before = first - 1
        if before > 0 and tokens[before].tag == "DT":
            before -= 1
        if before >= 0 and tokens[before].tag in ("IN", "TO") and tokens[before].lower not in OPENING:
            return "other"
        while end + 1 < len(tokens) and tokens[end].tag == "IN" and tokens[end + 1].tag in BEFORE_HEAD:
            end += 2  # "researchers at the university found"
            while end < len(tokens) and tokens[end].tag in BEFORE_HEAD:
                end += 1
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
