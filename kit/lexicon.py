"""Lexicons: word lists in TOML that say why, and the one matcher that all analysers share.

A form is a row of items, each of which matches one token:

=============  =====================================================================================
``may``        the word, however it is capitalised; ``May`` with a capital matches only itself
``hunt~``      the word and its inflections (hunt, hunts, hunted, hunting)
``may/MD``     the word where its Penn tag starts with MD; ``may/-NNP``: where it does not
``/NN``        any word with that tag
``#``          a number
``a|an``       one of several words
``*``          any one token
``**``         nothing, or up to three tokens
``^``          the start of the sentence (matches no token)
``[some] #``   only what stands in brackets is marked; the rest is context
=============  =====================================================================================

An entry's ``unless`` lists forms in which it does not count. Its ``match`` and ``avoid`` examples are tests.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from kit.errors import KitError
from kit.language import Token
from kit.resources import read_toml

GAP = 3  # tokens that ** may stand for
FIELDS = {"id", "forms", "label", "gloss", "match", "avoid", "source", "unless"}


@dataclass(frozen=True)
class Entry:
    """One lexicon entry. ``more`` holds the fields that only some lexicons have (stance, alternatives, ...)."""

    id: str
    label: str
    gloss: str
    forms: tuple[str, ...]
    match: tuple[str, ...]
    avoid: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    source: str = ""
    more: dict[str, Any] = field(default_factory=dict, compare=False)


class Match(NamedTuple):
    """An entry found in a sentence: tokens[start:end] are marked."""

    entry: Entry
    start: int
    end: int


class Item(NamedTuple):
    """What one token of a form must be. Empty ``words``: any word; ``tag``: how its Penn tag starts."""

    words: frozenset[str]
    tag: str
    tag_not: str
    number: bool

    def fits(self, token: Token) -> bool:
        if self.words and token.lower not in self.words and token.text not in self.words:
            return False
        if self.number and not (token.tag == "CD" or token.text[:1].isdigit()):
            return False
        if self.tag and not token.tag.startswith(self.tag):
            return False
        return not (self.tag_not and token.tag.startswith(self.tag_not))


class Form(NamedTuple):
    """A compiled form. ``anchor``: the item looked up first; ``mark``: the items (from, to) that are marked."""

    items: tuple[Item | None, ...]  # None is a gap, **
    mark: tuple[int, int]
    anchor: int
    at_start: bool

    def find(self, tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
        """The marked tokens if the form matches with its anchor at token ``at``."""
        first = at - self.anchor
        if first < 0 or (self.at_start and first != 0):
            return None
        places = self._walk(tokens, first, 0)
        if places is None:
            return None
        begin, end = self.mark
        return places[begin], places[end]

    def _walk(self, tokens: Sequence[Token], at: int, item: int) -> list[int] | None:
        """Where each item starts, and where the last ends; None if the items don't match here."""
        places = []
        for number in range(item, len(self.items)):
            wanted = self.items[number]
            places.append(at)
            if wanted is None:
                for skip in range(GAP + 1):
                    rest = self._walk(tokens, at + skip, number + 1)
                    if rest is not None:
                        return places + rest
                return None
            if at >= len(tokens) or not wanted.fits(tokens[at]):
                return None
            at += 1
        return [*places, at]


def _compile(form: str) -> Form:
    at_start = form.startswith("^ ")
    items: list[Item | None] = []
    begin, end = 0, None
    for piece in form.removeprefix("^ ").split():
        if piece.startswith("["):
            begin = len(items)
        items.append(_item(piece.strip("[]")) if piece.strip("[]") != "**" else None)
        if piece.endswith("]"):
            end = len(items)
    anchor = next((i for i, item in enumerate(items) if item and item.words), None)
    if anchor is None or None in items[:anchor]:
        raise KitError(f"the form {form!r} needs a word, and no ** before the first one")
    return Form(tuple(items), (begin, len(items) if end is None else end), anchor, at_start)


def _item(piece: str) -> Item:
    if piece == "*":
        return Item(frozenset(), "", "", False)
    if piece == "#":
        return Item(frozenset(), "", "", True)
    word, _, tag = piece.partition("/")
    words = {w for part in word.split("|") for w in (inflections(part[:-1]) if part.endswith("~") else [part]) if w}
    tag, tag_not = ("", tag[1:]) if tag.startswith("-") else (tag, "")
    return Item(frozenset(words), tag, tag_not, False)


def inflections(word: str) -> set[str]:
    """A word with its regular endings, or the irregular ones of lexicons/irregular.toml. Harmless extras included.

    >>> sorted(inflections("carry")), sorted(inflections("say"))
    (['carried', 'carries', 'carry', 'carrying'], ['said', 'say', 'saying', 'says'])
    """
    irregular = _irregular().get(word)
    if irregular is not None:
        return {word, *irregular}
    if re.search(r"[^aeiou]y$", word):
        return {word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    if word.endswith("e"):
        return {word, word + "s", word + "d", word[:-1] + "ing"}
    endings = {word, word + "ed", word + "ing", word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s")}
    if re.search(r"(?:^|[^aeiou])[aeiou][bdgklmnprt]$", word):
        endings |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return endings


@cache
def _irregular() -> dict[str, list[str]]:
    return {word: forms.split() for word, forms in read_toml("irregular").items()}


@dataclass(frozen=True)
class Lexicon:
    """Entries that are looked up together.

    >>> from kit.article import read_text
    >>> from kit.language import sentences
    >>> tokens = sentences(read_text("It may rain in May."))[0].tokens
    >>> [(m.entry.id, m.start, m.end) for m in Lexicon([Entry("may", "modal", "...", ("may/MD",), ())]).find(tokens)]
    [('may', 1, 2)]
    """

    entries: Sequence[Entry]
    sources: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        index: dict[str, list[tuple[Form, Entry, bool]]] = defaultdict(list)
        for entry in self.entries:
            for written, counts in [(f, True) for f in entry.forms] + [(f, False) for f in entry.unless]:
                form = _compile(written)
                anchor = form.items[form.anchor]
                assert anchor is not None
                for word in {w.lower() for w in anchor.words}:
                    index[word].append((form, entry, counts))
        object.__setattr__(self, "_index", dict(index))

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """All matches in the tokens of one sentence, in order; of overlapping ones the longest, then the first."""
        index: dict[str, list[tuple[Form, Entry, bool]]] = self._index  # type: ignore[attr-defined]
        found: list[Match] = []
        refused: list[Match] = []
        for at, token in enumerate(tokens):
            for form, entry, counts in index.get(token.lower, ()):
                place = form.find(tokens, at)
                if place and place[0] < place[1]:
                    (found if counts else refused).append(Match(entry, *place))
        for no in refused:
            found = [m for m in found if m.entry is not no.entry or m.end <= no.start or no.end <= m.start]
        if len(found) < 2:
            return found
        kept: list[Match] = []
        taken: set[int] = set()
        for match in sorted(found, key=lambda m: (m.start - m.end, m.start)):
            if taken.isdisjoint(range(match.start, match.end)):
                kept.append(match)
                taken.update(range(match.start, match.end))
        return sorted(kept, key=lambda m: m.start)


@cache
def lexicon(*names: str) -> Lexicon:
    """The lexicon of one or more files in kit/lexicons, by name.

    Raises `KitError` for an entry that breaks a rule: see `check`.
    """
    entries: list[Entry] = []
    sources: dict[str, str] = {}
    for name in names:
        data = read_toml(name)
        sources |= {key: source["citation"] for key, source in data.get("sources", {}).items()}
        entries += check(name, data)
    return Lexicon(entries, sources)


def check(name: str, data: dict[str, Any]) -> list[Entry]:
    """The entries of one lexicon file. Refuses a duplicate id, an empty gloss, a missing example, an unknown source,
    and a form that stands in two entries, each with a `KitError` that names the place."""
    entries: list[Entry] = []
    ids: set[str] = set()
    owner: dict[str, str] = {}
    for number, raw in enumerate(data.get("entry", []), 1):
        where = f"lexicons/{name}.toml, entry {raw.get('id', number)!r}"
        missing = [key for key in ("id", "forms", "label", "gloss", "match", "source") if not raw.get(key)]
        if missing:
            raise KitError(f"{where}: {', '.join(missing)} is missing or empty.")
        if raw["id"] in ids:
            raise KitError(f"{where}: the id is used twice.")
        if raw["source"] not in data.get("sources", {}):
            raise KitError(f"{where}: there is no [sources.{raw['source']}].")
        for form in raw["forms"]:
            if form in owner:
                raise KitError(f"{where}: the form {form!r} also stands in {owner[form]!r}.")
            owner[form] = raw["id"]
        ids.add(raw["id"])
        known: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in raw.items() if key in FIELDS
        }
        entries.append(Entry(**known, more={key: value for key, value in raw.items() if key not in FIELDS}))
    return entries
