"""Lexicons: word lists in TOML that say why, and the one matcher that all analysers share.

A form is a row of items, each of which matches one token:

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

Words are written as in a text: ``won't`` and ``U.S.-backed`` are cut into tokens as a text is. An entry's ``unless``
lists forms in which it does not count. Its ``match`` and ``avoid`` examples are tests.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, product
from typing import Any, NamedTuple

from kit.errors import KitError
from kit.language import Token, token_spans
from kit.resources import read_toml

GAP = 3  # tokens that ** may stand for
ONE_TOKEN = re.compile(r"(?![Cc]annot$)[^\W\d_]+(?:-[^\W\d_]+)*")  # surely one, so that no tokenizer need be asked
PENN_TAGS = (
    " CC CD DT EX FW IN JJ JJR JJS LS MD NN NNS NNP NNPS PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP "
    "VBZ WDT WP WP$ WRB"
)
MARKS = "[]*~#^"  # what means something in a form, where it stands in the right place
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
    file: str = ""  # the lexicon that it is from
    more: dict[str, Any] = field(default_factory=dict, compare=False)


class Match(NamedTuple):
    """An entry found in a sentence: tokens[start:end] are marked."""

    entry: Entry
    start: int
    end: int


class Item(NamedTuple):
    """What one token of a form must be: one of the words, or a ``number``, or neither is given and it may be any token;
    and its Penn tag must start with one of ``tags``."""

    words: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()
    tags_not: tuple[str, ...] = ()
    number: bool = False

    def fits(self, token: Token) -> bool:
        words, tags, tags_not, number = self
        one_of = token.lower in words or token.text in words
        if not one_of and (words or number) and not (number and (token.tag == "CD" or token.text[:1].isdigit())):
            return False
        return (not tags or token.tag.startswith(tags)) and not (tags_not and token.tag.startswith(tags_not))


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


Row = tuple[Item | None, ...]


def _compile(form: str) -> tuple[Form, ...]:
    """A form as rows of items: several where a piece has words of different lengths ("cannot|could")."""
    pieces = form.removeprefix("^ ").split()
    begin, end = _brackets(pieces) if "[" in form or "]" in form else (0, len(pieces))
    forms = []
    for rows in product(*[_rows(piece.strip("[]")) for piece in pieces]):
        items = tuple(chain(*rows))
        anchor = next((i for i, item in enumerate(items) if item and item.words and not item.number), None)
        if anchor is None or None in items[:anchor]:
            raise KitError("a form needs a word, and no ** before the first one.")
        mark = sum(map(len, rows[:begin])), sum(map(len, rows[:end]))
        forms.append(Form(items, mark, anchor, form.startswith("^ ")))
    return tuple(forms)


def _brackets(pieces: Sequence[str]) -> tuple[int, int]:
    """Which pieces of a form stand in brackets."""
    opened = [number for number, piece in enumerate(pieces) if piece.startswith("[")]
    closed = [number for number, piece in enumerate(pieces, 1) if piece.endswith("]")]
    if len(opened) != 1 or len(closed) != 1 or opened >= closed:
        raise KitError("write one pair of brackets, or none.")
    return opened[0], closed[0]


@cache
def _rows(piece: str) -> tuple[Row, ...]:
    """What a piece of a form may stand for: one item for all its words of one token, and a row for each longer one."""
    if piece.isalpha() and ONE_TOKEN.match(piece):
        return ((Item(frozenset((piece,))),),)
    if piece in ("*", "**"):
        return ((None if piece == "**" else Item(),),)
    word, _, tag = piece.partition("/")
    tags = tuple(tag.removeprefix("-").split("|")) if tag else ()
    if unknown := [tag for tag in tags if not tag or f" {tag}" not in PENN_TAGS]:
        raise KitError(f"no Penn tag starts with {unknown[0]!r}:{PENN_TAGS}.")
    allowed, forbidden = ((), tags) if tag.startswith("-") else (tags, ())
    single: set[str] = set()
    longer: list[list[str]] = []
    parts = word.split("|") if word else []
    for part in parts:
        base = part.removesuffix("~")
        row = [base] if part == "#" or ONE_TOKEN.fullmatch(base) else _tokens(part)
        if len(row) > 1:
            longer.append(row)
        elif part != "#":
            single |= {part} if part == base else inflections(base)
    if longer and tags:
        raise KitError(f"{' '.join(longer[0])!r} are several tokens: give each its own tag.")
    one = Item(frozenset(single), allowed, forbidden, "#" in parts)
    return (*([] if one == Item() else [(one,)]), *(tuple(Item(frozenset((word,))) for word in row) for row in longer))


def _tokens(word: str) -> list[str]:
    """A form's word as the tokens that it is in a text. Refuses what is none."""
    tokens = [word[start:end] for start, end in token_spans(word)]
    if not tokens or not set(MARKS).isdisjoint(word):
        raise KitError(f"the word {word!r} is empty, or has one of the marks {MARKS} in a wrong place.")
    if len(tokens) > 1 and "-" in (tokens[0], tokens[-1]):
        raise KitError(f"{word!r} is never a word in a text: write the whole word, such as 'high-stakes'.")
    return tokens


def inflections(word: str) -> set[str]:
    """A word with its regular endings, as a verb and as a noun, or the irregular ones of lexicons/irregular.toml.

    >>> sorted(inflections("carry")), sorted(inflections("say"))
    (['carried', 'carries', 'carry', 'carrying'], ['said', 'say', 'saying', 'says'])
    >>> sorted(inflections("strip"))
    ['strip', 'stripped', 'stripping', 'strips']
    """
    irregular = _irregular().get(word)
    if irregular is not None:
        return {word, *irregular}
    if re.search(r"[^aeiou]y$", word):
        return {word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    if word.endswith("e"):
        stem = word if re.search(r"[eoy]e$", word) else word[:-2] + "y" if word.endswith("ie") else word[:-1]
        return {word, word + "s", word + "d", stem + "ing"}
    plurals = {word + "es"} if re.search(r"(?:s|x|z|ch|sh|o)$", word) else set()
    if not plurals or word.endswith("o"):
        plurals.add(word + "s")
    sounds = word.replace("qu", "q")
    doubled = re.search(r"(?:^|[^aeiou])[aeiou][bdgklmnprt]$", sounds)
    stems = {word + word[-1]} if doubled else {word + "k"} if re.search(r"[ai]c$", word) else {word}
    if doubled and re.search(r"[aeiouy][^aeiouy]+[aeiou].$", sounds):  # more than one syllable: the stress decides
        stems.add(word)
    return {word, *plurals, *(stem + ending for stem in stems for ending in ("ed", "ing"))}


@cache
def _irregular() -> dict[str, list[str]]:
    return {word: forms.split() for word, forms in read_toml("irregular").items()}


@dataclass(frozen=True)
class Lexicon:
    """Entries that are looked up together. A form that no text can match is refused with a `KitError`.

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
                try:
                    forms = _compile(written)
                except KitError as error:
                    place = f"lexicons/{entry.file}.toml, entry {entry.id!r}, form {written!r}"
                    raise KitError(f"{place}: {error}") from None
                for form in forms:
                    anchor = form.items[form.anchor]
                    assert anchor is not None
                    found = (form, entry, counts)
                    for word in {w.lower() for w in anchor.words}:
                        index[word].append(found)
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

    Raises `KitError` for an entry that breaks a rule: see `check`, and `Lexicon`.
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
        entries.append(Entry(**known, file=name, more={key: value for key, value in raw.items() if key not in FIELDS}))
    return entries
