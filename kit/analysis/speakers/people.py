"""What the kit knows of people: nouns, titles, first names, places and the like, from lexicons/people.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from kit.resources import read_toml
from kit.text.inflection import plural_of

PERSON, BODY, OFFICIAL, GROUP = "named person", "named body", "unnamed official", "group"
DOCUMENT, PLACE, UNKNOWN = "document", "place", "unknown"
GENDERS = {"open": "", "he": "he", "she": "she"}  # by the key of a word list


class Noun(NamedTuple):
    """What people.toml knows of a common noun."""

    lemma: str
    kind: str
    plural: bool
    gender: str
    person: bool


class _Section(NamedTuple):
    """A section of nouns in people.toml, and whom its nouns name."""

    name: str
    one: str  # the kind of a singular noun
    many: str  # of a plural noun
    person: bool  # whether a singular noun is one person


NOUN_SECTIONS = (
    _Section("officials", OFFICIAL, OFFICIAL, person=True),
    _Section("people", UNKNOWN, GROUP, person=True),
    _Section("groups", GROUP, GROUP, person=False),
    _Section("documents", DOCUMENT, DOCUMENT, person=False),
    _Section("bodies", GROUP, GROUP, person=False),
)


class PeopleLexicon:
    """people.toml, made ready for look-up.

    ``places``: for each name of a place the first of all its names, and whether it has a government.
    """

    def __init__(self) -> None:
        data = read_toml("people")
        self.nouns: dict[str, Noun] = {}
        for word, noun in _nouns(data):
            self.nouns.setdefault(word, noun)
        self.body_words = frozenset(f"{data['bodies']['open']} {data['bodies']['in_names']}".split())
        self.bodies = frozenset(data["bodies"]["named"].split())
        self.honorifics = {word: gender for key, gender in GENDERS.items() for word in data["honorifics"][key].split()}
        self.short_titles: dict[str, str] = data["short_titles"]
        self.capital_titles: dict[str, str] = data["capital_titles"]
        self.full_titles = self.short_titles | {key.lower(): noun for key, noun in self.capital_titles.items()}
        self.offices = frozenset(data["offices"]["words"].split())
        self.first_names = {name: gender for gender in ("he", "she") for name in data["names"][gender].split()}
        self.endings = {key: tuple(data["names"][f"{key}_endings"].split()) for key in ("he", "she")}
        self.after_surnames = frozenset(data["after_surnames"]["words"].split())
        self.again = frozenset(data["again"]["words"].split())
        self.again_with_name = frozenset(data["again"]["with_name"].split())
        self.not_again = frozenset(data["again"]["not_again"].split())
        alike = [frozenset(words.split()) for words in data["again"]["alike"]]
        self.alike = {word: words for words in alike for word in words}
        self.again_bodies = frozenset(data["again_bodies"]["words"].split())
        self.body_names = re.compile("|".join(data["body_names"]["patterns"]))
        self.not_bodies = re.compile(data["body_names"]["not_bodies"])
        self.peoples = frozenset(data["peoples"]["words"].split())
        self.calendar = frozenset(data["calendar"]["words"].split())
        self.pronouns = {word: kind for kind, words in data["pronouns"].items() for word in words.split()}
        small = {key: frozenset(words.split()) for key, words in data["small"].items()}
        self.inside_names, self.after_names = small["inside_names"], small["after_names"]
        self.before_surnames = small["before_surnames"]
        joined = "|".join(sorted(small["joined_names"]))
        self.joined_names = re.compile(rf"(?:{joined})[-‐‑'’](?=[^\W\d_])", re.IGNORECASE)
        self.before_places, self.before_nouns = small["before_places"], small["before_nouns"]
        self.places = dict(_places(data["places"]))

    def is_title(self, word: str) -> bool:
        """Is this lower-case word one that stands before a person's name?"""
        noun = self.nouns.get(word)
        bare = word.rstrip(".")
        return bare in self.honorifics or bare in self.short_titles or (noun is not None and noun.person)

    def is_joined_name(self, word: str) -> bool:
        """Whether a particle is joined to a name in this word.

        >>> [people_lexicon().is_joined_name(word) for word in ("al-Masri", "D'Angelo", "al-ways", "un-American")]
        [True, True, False, False]
        """
        found = self.joined_names.match(word)
        return found is not None and word[found.end()].isupper()

    def hint(self, first_name: str) -> str:
        """The gender that a first name in no list hints at by its ending, or ""."""
        lower = first_name.lower()
        return next((kind for kind in ("he", "she") if len(lower) > 2 and lower.endswith(self.endings[kind])), "")

    def looks_like_body(self, name: str) -> bool:
        """Whether a single word has the look of a body's name: "Ofgas"."""
        return bool(self.body_names.fullmatch(name)) and not self.not_bodies.fullmatch(name)

    def gender(self, word: str) -> str:
        """The gender that a lower-case noun or honorific tells: "he", "she" or ""."""
        noun = self.nouns.get(word)
        return noun.gender if noun else self.honorifics.get(word.rstrip("."), "")


def _nouns(data: dict[str, Any]) -> Iterator[tuple[str, Noun]]:
    """All nouns; of a word that is listed twice the first counts."""
    for section in NOUN_SECTIONS:
        words = data[section.name]
        for key, gender in GENDERS.items():
            for word in words.get(key, "").split():
                yield word, Noun(word, section.one, False, gender, section.person)
                yield plural_of(word), Noun(word, section.many, True, gender, False)
        for word in words.get("plural", "").split():
            yield word, Noun(word, section.many, True, "", False)


def _places(data: dict[str, Any]) -> Iterator[tuple[str, tuple[str, bool]]]:
    """All names of places; of a name that is listed twice the last counts."""
    for key in ("elsewhere", "states", "capitals"):
        for line in data[key]:
            names = line.split(" = ")
            for name in names:
                yield name, (names[0], key != "elsewhere")
    for key in ("state_words", "capital_words"):
        for name in data[key].split():
            yield name, (name, True)


@cache
def people_lexicon() -> PeopleLexicon:
    return PeopleLexicon()
