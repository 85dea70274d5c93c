"""Lexicons: word lists in TOML that say why, and the one matcher that all analysers share.

An entry lists the forms that it looks for (patterns.py); its ``unless`` lists forms in which it does not count. Its
``match`` and ``avoid`` examples are tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from threading import Lock
from typing import Any, NamedTuple

from kit.errors import KitError
from kit.lexicons.patterns import ANY, Pattern, compile_form, first_words
from kit.resources import read_toml, uncollected
from kit.text.tokens import Token

REQUIRED = ("id", "forms", "label", "gloss", "match", "source")
FIELDS = {*REQUIRED, "avoid", "unless"}
LISTS = {"forms", "match", "avoid", "unless"}  # of texts; each other field of `FIELDS` is one text


@dataclass(frozen=True)
class Entry:
    """One lexicon entry. ``source`` cites the work it follows, ``file`` names the lexicon it is from; ``more`` holds
    the fields that only some lexicons have (stance, alternatives, ...)."""

    id: str
    label: str
    gloss: str
    forms: tuple[str, ...]
    match: tuple[str, ...]
    avoid: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    source: str = ""
    file: str = ""
    more: dict[str, Any] = field(default_factory=dict, compare=False)


class Match(NamedTuple):
    """An entry found in a sentence: tokens[start:end] are marked."""

    entry: Entry
    start: int
    end: int


class Lexicon:
    """Entries that are looked up together. A form that no text can match is refused with a `KitError`.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> tokens = sentences(read_text("It may rain in May."))[0].tokens
    >>> [(m.entry.id, m.start, m.end) for m in Lexicon([Entry("may", "modal", "...", ("may/MD",), ())]).find(tokens)]
    [('may', 1, 2)]
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        # In the order of the entries; a form of plain words is compiled when a text has its first word.
        self._forms: list[tuple[str | Pattern, Entry, bool]] = []
        # By their first word, the places in that list of what no text has called for yet: most never are.
        self._waiting: dict[str, list[int]] = {}
        # By that word and the next one, what texts have called for: "the" alone begins hundreds.
        self._index: dict[str, dict[str, list[tuple[int, Pattern, Entry, bool]]]] = {}
        self._looking_up = Lock()
        for entry in entries:
            for form in entry.forms:
                self._add(entry, form, counts=True)
            for form in entry.unless:
                self._add(entry, form, counts=False)

    def _add(self, entry: Entry, form: str, *, counts: bool) -> None:
        words = first_words(form)
        if words:
            self._wait(words, form, entry, counts)
            return
        try:
            patterns = compile_form(form)
        except KitError as error:
            raise KitError(f"lexicons/{entry.file}.toml, entry {entry.id!r}, form {form!r}: {error}") from None
        for pattern in patterns:
            self._wait(pattern.anchor_words, pattern, entry, counts)

    def _wait(self, words: Iterable[str], form: str | Pattern, entry: Entry, counts: bool) -> None:
        for word in words:
            self._waiting.setdefault(word, []).append(len(self._forms))
        self._forms.append((form, entry, counts))

    def _look_up(self, word: str) -> None:
        """Have what waits for this word found by it and the word after it."""
        with self._looking_up:
            for number in self._waiting.get(word, ()):
                form, entry, counts = self._forms[number]
                pattern = compile_form(form)[0] if isinstance(form, str) else form
                by_next = self._index.setdefault(word, {})
                for following in pattern.next_words:
                    by_next.setdefault(following, []).append((number, pattern, entry, counts))
            self._waiting.pop(word, None)

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """All matches in the tokens of one sentence, in order; of overlapping ones the longest, then the first."""
        return self.find_both(tokens)[0]

    def find_both(self, tokens: Sequence[Token]) -> tuple[list[Match], list[Match]]:
        """The matches, as `find` gives them; and those that an entry's ``unless`` refuses."""
        matches: list[Match] = []
        refusals: list[Match] = []
        words = [token.lower for token in tokens]
        here = set(words)
        for word in self._waiting.keys() & here:
            self._look_up(word)
        for at, (word, following) in enumerate(zip_longest(words, words[1:], fillvalue=ANY)):
            by_next = self._index.get(word)
            if not by_next:
                continue
            for _, pattern, entry, counts in sorted([*by_next.get(ANY, ()), *by_next.get(following, ())]):
                place = None if pattern.last_words.isdisjoint(here) else pattern.find(tokens, at)
                if place and place[0] < place[1]:
                    (matches if counts else refusals).append(Match(entry, *place))
        refused = [match for match in matches if any(_refuses(refusal, match) for refusal in refusals)]
        matches = [match for match in matches if match not in refused] if refused else matches
        return (_longest(matches) if len(matches) > 1 else matches), refused


def _refuses(refusal: Match, match: Match) -> bool:
    """Whether an entry's ``unless`` touches a match of the same entry."""
    return match.entry is refusal.entry and match.start < refusal.end and refusal.start < match.end


def _longest(matches: Sequence[Match]) -> list[Match]:
    """Of overlapping matches the longest, then the first; in order."""
    kept: list[Match] = []
    taken: set[int] = set()
    for match in sorted(matches, key=lambda match: (match.start - match.end, match.start)):
        if taken.isdisjoint(range(match.start, match.end)):
            kept.append(match)
            taken.update(range(match.start, match.end))
    return sorted(kept, key=lambda match: match.start)


@cache
@uncollected()
def lexicon(*names: str) -> Lexicon:
    """The lexicon of one or more files in kit/lexicons, by name.

    Raises `KitError` for an entry that breaks a rule: see `validate_entries`, and `Lexicon`.
    """
    return Lexicon([entry for name in names for entry in validate_entries(name, read_toml(name))])


def validate_entries(name: str, data: dict[str, Any]) -> list[Entry]:
    """The entries of one lexicon file. Refuses a duplicate id, an empty gloss, a missing example, an unknown source,
    a form that stands in two entries, and what is no text, each with a `KitError` that names the place."""
    sources, listed = data.get("sources", {}), data.get("entry", [])
    if not isinstance(sources, dict) or not isinstance(listed, list):
        raise KitError(f"lexicons/{name}.toml: write sources as [sources.name], and each entry below [[entry]].")
    entries: list[Entry] = []
    ids: set[str] = set()
    owner: dict[str, str] = {}
    for number, raw in enumerate(listed, 1):
        if not isinstance(raw, dict):
            raise KitError(f"lexicons/{name}.toml, entry {number} isn't one. Write [[entry]], and its fields below.")
        where = f"lexicons/{name}.toml, entry {raw.get('id', number)!r}"
        missing = [key for key in REQUIRED if not raw.get(key)]
        if missing:
            raise KitError(f"{where}: {', '.join(missing)} is missing or empty.")
        for key in FIELDS & raw.keys():
            parts = raw[key] if isinstance(raw[key], list) else [raw[key]]
            if isinstance(raw[key], list) != (key in LISTS) or not all(isinstance(part, str) for part in parts):
                raise KitError(
                    f"{where}: {key} is not what it should be. Write {'a list of texts' if key in LISTS else 'text'}."
                )
        if raw["id"] in ids:
            raise KitError(f"{where}: the id is used twice.")
        if raw["source"] not in sources:
            raise KitError(f"{where}: there is no [sources.{raw['source']}].")
        source = sources[raw["source"]]
        citation = source.get("citation") if isinstance(source, dict) else None
        if not isinstance(citation, str):
            raise KitError(f"{where}: [sources.{raw['source']}] has no citation.")
        for form in raw["forms"]:
            if form in owner:
                raise KitError(f"{where}: the form {form!r} also stands in {owner[form]!r}.")
            owner[form] = raw["id"]
        ids.add(raw["id"])
        entries.append(_entry(raw, citation, name))
    return entries


def _entry(raw: dict[str, Any], source: str, file: str) -> Entry:
    fields: dict[str, Any] = {}
    more: dict[str, Any] = {}
    for key, value in raw.items():
        if key in FIELDS:
            fields[key] = tuple(value) if isinstance(value, list) else value
        else:
            more[key] = value
    return Entry(**fields | {"source": source, "file": file}, more=more)
