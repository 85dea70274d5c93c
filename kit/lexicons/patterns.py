"""Patterns: how a lexicon writes the words that it looks for.

A form, as it is written in a lexicon, is a row of pieces, each of which matches one token:

=============  =====================================================================================
``may``        the word, however it is capitalised; ``May`` with a capital matches only itself
``hunt~``      the word and its inflections (hunt, hunts, hunted, hunting)
``may/MD``     the word where its Penn tag starts with MD; ``may/-NNP``: where it does not
``/NN``        any word with that tag; ``/NN|VBG``: with one of these tags
``#``          a number
``a|an|#``     one of several words, or a number
``*``          any one token
``**``         nothing, or up to three tokens
``^``          the start of the sentence (matches no token)
``[some] #``   only what stands in brackets is marked; the rest is context
=============  =====================================================================================

Words are written as in a text: ``won't`` and ``U.S.-backed`` are cut into tokens as a text is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain, product
from typing import NamedTuple

from kit.errors import KitError
from kit.text.inflection import inflections
from kit.text.tokens import Token, token_spans

GAP = 3  # tokens that ** may stand for
ANY = ""  # in place of a word: whichever
ONE_TOKEN = re.compile(r"(?![Cc]annot\b)[^\W\d_]+(?:-[^\W\d_]+)*")  # surely one, so that no tokenizer need be asked
PLAIN = re.compile(rf"(?:{ONE_TOKEN.pattern}~? )*{ONE_TOKEN.pattern}~?")
PENN_TAGS = (
    " CC CD DT EX FW IN JJ JJR JJS LS MD NN NNS NNP NNPS PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP "
    "VBZ WDT WP WP$ WRB"
)
MARKS = "[]*~#^"  # what means something in a form, where it stands in the right place


class TokenPattern(NamedTuple):
    """What one token must be: one of the words, or a ``number``, or neither is given and it may be any token; and its
    Penn tag must start with one of ``tags``, and with none of ``tags_not``."""

    words: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()
    tags_not: tuple[str, ...] = ()
    number: bool = False

    def fits(self, token: Token) -> bool:
        words, tags, tags_not, number = self
        other_word = (words or number) and token.lower not in words and token.text not in words
        if other_word and not (number and (token.tag == "CD" or token.text[:1].isdigit())):
            return False
        return (not tags or token.tag.startswith(tags)) and not (tags_not and token.tag.startswith(tags_not))


Row = tuple[TokenPattern | None, ...]  # None is a gap, **


class Pattern(NamedTuple):
    """A compiled form: a row of token patterns. ``anchor``: the one looked up first; ``mark``: those (from, to) whose
    tokens are marked; ``last_words``: in small letters those of which a sentence must hold one."""

    row: Row
    mark: tuple[int, int]
    anchor: int
    at_start: bool
    last_words: frozenset[str]

    @property
    def anchor_words(self) -> set[str]:
        """In small letters, the words of which a text must hold one where the pattern matches."""
        anchor = self.row[self.anchor]
        return set(map(str.lower, anchor.words)) if anchor else set()

    @property
    def next_words(self) -> set[str]:
        """The same of the token after that; ANY where that may be any."""
        after = self.row[self.anchor + 1] if self.anchor + 1 < len(self.row) else None
        return set(map(str.lower, after.words)) if after and after.words and not after.number else {ANY}

    def find(self, tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
        """The marked tokens if the pattern matches with its anchor at token ``at``."""
        first = at - self.anchor
        if first < 0 or (self.at_start and first != 0):
            return None
        places = self._walk(tokens, first, 0)
        if places is None:
            return None
        begin, end = self.mark
        return places[begin], places[end]

    def _walk(self, tokens: Sequence[Token], start: int, from_part: int) -> list[int] | None:
        """Where each of the row's parts from one on starts, and where the last ends; None if they don't match here."""
        at = start
        for part in self.row[from_part:]:
            if part is None:
                after_gap = from_part + at - start + 1
                for skip in range(GAP + 1):
                    rest = self._walk(tokens, at + skip, after_gap)
                    if rest is not None:
                        return [*range(start, at + 1), *rest]
                return None
            if at >= len(tokens) or not part.fits(tokens[at]):
                return None
            at += 1
        return list(range(start, at + 1))


def compile_form(form: str) -> tuple[Pattern, ...]:
    """A form as patterns: several where a piece has words of different lengths ("cannot|could").

    Raises `KitError` for one that no text can match.

    >>> [len(pattern.row) for pattern in compile_form("cannot|could sail")]
    [2, 3]
    """
    pieces = form.removeprefix("^ ").split()
    begin, end = _brackets(pieces) if "[" in form or "]" in form else (0, len(pieces))
    patterns = []
    for rows in product(*[_rows(piece.strip("[]")) for piece in pieces]):
        row = tuple(chain(*rows))
        anchor = next((i for i, part in enumerate(row) if part and part.words and not part.number), None)
        if anchor is None or None in row[:anchor]:
            raise KitError("a form needs a word, and no ** before the first one.")
        mark = sum(map(len, rows[:begin])), sum(map(len, rows[:end]))
        last = next(part.words for part in reversed(row) if part and part.words and not part.number)
        patterns.append(Pattern(row, mark, anchor, form.startswith("^ "), frozenset(map(str.lower, last))))
    return tuple(patterns)


def first_words(form: str) -> set[str] | None:
    """What a form of plain words begins with, in small letters: one that is one pattern, and that texts can match. None
    for any other form.

    >>> sorted(first_words("hunt~ down")), first_words("hunt~ #")
    (['hunt', 'hunted', 'hunting', 'hunts'], None)
    """
    if not PLAIN.fullmatch(form):
        return None
    word = form.partition(" ")[0]
    base = word.removesuffix("~")
    return {word.lower()} if word == base else set(map(str.lower, inflections(base)))


def _brackets(pieces: Sequence[str]) -> tuple[int, int]:
    """Which pieces of a form stand in brackets."""
    opened = [number for number, piece in enumerate(pieces) if piece.startswith("[")]
    closed = [number for number, piece in enumerate(pieces, 1) if piece.endswith("]")]
    if len(opened) != 1 or len(closed) != 1 or opened >= closed:
        raise KitError("write one pair of brackets, or none.")
    return opened[0], closed[0]


@cache
def _rows(piece: str) -> tuple[Row, ...]:
    """What a piece of a form may stand for: one pattern for all its words of one token, a row for each longer one."""
    if piece.isalpha() and ONE_TOKEN.match(piece):
        return ((TokenPattern(frozenset((piece,))),),)
    if piece == "*":
        return ((TokenPattern(),),)
    if piece == "**":
        return ((None,),)
    written, _, condition = piece.partition("/")
    tags = _tags(condition)
    words = written.split("|") if written else []
    single: set[str] = set()
    longer: list[list[str]] = []
    for word in words:
        base = word.removesuffix("~")
        row = [base] if word == "#" or ONE_TOKEN.fullmatch(base) else _tokens(word)
        if len(row) > 1:
            longer.append(row)
        elif word != "#":
            single |= {word} if word == base else inflections(base)
    if longer and tags:
        raise KitError(f"{' '.join(longer[0])!r} are several tokens: give each its own tag.")
    forbidden = condition.startswith("-")
    one_token = TokenPattern(frozenset(single), () if forbidden else tags, tags if forbidden else (), "#" in words)
    rows: list[Row] = [tuple(TokenPattern(frozenset((word,))) for word in row) for row in longer]
    return tuple(rows) if one_token == TokenPattern() else ((one_token,), *rows)


def _tags(condition: str) -> tuple[str, ...]:
    """The tags of a condition: "MD", "-NNP" or "NN|VBG"."""
    tags = tuple(condition.removeprefix("-").split("|")) if condition else ()
    for tag in tags:
        if not tag or f" {tag}" not in PENN_TAGS:
            raise KitError(f"no Penn tag starts with {tag!r}:{PENN_TAGS}.")
    return tags


def _tokens(word: str) -> list[str]:
    """A form's word as the tokens that it is in a text. Refuses what is none."""
    tokens = [word[start:end] for start, end in token_spans(word)]
    if not tokens or not set(MARKS).isdisjoint(word):
        raise KitError(f"the word {word!r} is empty, or has one of the marks {MARKS} in a wrong place.")
    if len(tokens) > 1 and "-" in (tokens[0], tokens[-1]):
        raise KitError(f"{word!r} is never a word in a text: write the whole word, such as 'high-stakes'.")
    return tokens
