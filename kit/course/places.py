"""A place in a sentence where other words are to stand, and what is known of words before they stand there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from kit.resources import read_toml
from kit.text.inflection import inflections, singular_of
from kit.text.tokens import Token, tag_words, token_spans

BE = inflections("be")
HAVE = inflections("have")
HELPERS = BE | HAVE | inflections("do") | inflections("get")
GROUP = ("DT", "PRP", "NN", "CD", "JJ", "WP", "EX", "VBG", "PDT")  # tags that a group around a noun begins with
DESCRIBES = ("JJ", "VBN", "VBG")
A = frozenset(("a", "an"))


class Place(NamedTuple):
    """Where other words are to stand: tokens[start:end] of a sentence."""

    tokens: Sequence[Token]
    start: int
    end: int

    def tag(self, at: int) -> str:
        """The tag of a token; empty outside the sentence."""
        if not 0 <= at < len(self.tokens):
            return ""
        return "NN" if self.tokens[at].lower in kinds("nouns") else self.tokens[at].tag

    def word(self, at: int) -> str:
        """A token in small letters; empty outside the sentence."""
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def verb_before(self) -> str:
        """The word before the place that is no adverb, in small letters."""
        at = self.start - 1
        while at >= 0 and self.tag(at) in ("RB", "RBR") and self.word(at) not in HELPERS:
            at -= 1
        return self.word(at)

    def with_words(self, words: str) -> tuple[list[str], list[str]]:
        """Other words here, as tokens, and the tags that they have here."""
        texts = [words[start:end] for start, end in token_spans(words)]
        before, after = self.tokens[: self.start], self.tokens[self.end :]
        row = [*(token.text for token in before), *texts, *(token.text for token in after)]
        return texts, tag_words(row)[self.start : self.start + len(texts)]


def noun_follows(place: Place) -> bool:
    """Whether a noun stands after a place, itself described or not."""
    following = place.tag(place.end)
    described = following.startswith(DESCRIBES) and place.tag(place.end + 1).startswith(("NN", "JJ"))
    return following.startswith("NN") or described


def describes(place: Place) -> bool:
    """Whether a place describes the noun after it."""
    first, last = place.tag(place.start), place.tag(place.end - 1)
    if first.startswith(("IN", "TO")):
        return False
    before_noun = place.tag(place.end).startswith(("NN", "JJ"))
    return before_noun and last.startswith((*DESCRIBES, "NN", "RB")) and last not in ("NNS", "NNPS")


def tags_in(words: str, place: Place) -> list[str]:
    """The tags that words have in a place, corrected where the lists know better."""
    texts, tags = place.with_words(words)
    return [_known_tags().get(text, tag) for text, tag in zip(texts, tags, strict=True)]


@cache
def _known_tags() -> dict[str, str]:
    nouns = kinds("nouns") | kinds("uncountable")
    many = {noun: "NN" if singular_of(noun) == noun else "NNS" for noun in nouns}
    return many | dict.fromkeys(kinds("adjectives"), "JJ")


@cache
def kinds(name: str) -> frozenset[str]:
    """A word list of lexicons/word_kinds.toml."""
    return frozenset(read_toml("word_kinds")[name].split())
