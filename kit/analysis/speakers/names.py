"""Names: the rows of proper nouns in a sentence, and what each names: a person, a body, a place, an office.

Readable rules over tags and capitals, with the word lists of lexicons/people.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kit.resources import read_toml
from kit.text.inflection import plural_of
from kit.text.tokens import Token

PERSON, BODY, OFFICIAL, GROUP = "named person", "named body", "unnamed official", "group"
DOCUMENT, PLACE, UNKNOWN = "document", "place", "unknown"
LONGEST_NAME = 8  # tokens; a longer row of capitals is a headline or a table


class Noun(NamedTuple):
    """What people.toml knows of a common noun."""

    lemma: str
    kind: str
    plural: bool
    gender: str
    person: bool


class Name(NamedTuple):
    """A row of proper nouns: tokens [start, end) of a sentence; ``words`` are the name without its title."""

    start: int
    end: int
    words: tuple[str, ...]
    kind: str  # a speaker kind, "title" for an office without a name, "" for a single word of unknown kind
    nouns: frozenset[str]
    gender: str


class Words:
    """people.toml, made ready for look-up."""

    def __init__(self) -> None:
        data = read_toml("people")
        self.nouns: dict[str, Noun] = {}
        genders = (("open", ""), ("he", "he"), ("she", "she"))
        for section, one, many in (
            ("officials", OFFICIAL, OFFICIAL),
            ("people", UNKNOWN, GROUP),
            ("groups", GROUP, GROUP),
            ("documents", DOCUMENT, DOCUMENT),
            ("bodies", GROUP, GROUP),
        ):
            person = section in ("officials", "people")
            for key, gender in genders:
                for word in data[section].get(key, "").split():
                    self.nouns.setdefault(word, Noun(word, one, False, gender, person))
                    self.nouns.setdefault(plural_of(word), Noun(word, many, True, gender, False))
            for word in data[section].get("plural", "").split():
                self.nouns.setdefault(word, Noun(word, many, True, "", False))
        self.body_words = frozenset(f"{data['bodies']['open']} {data['bodies']['in_names']}".split())
        self.bodies = frozenset(data["bodies"]["named"].split())
        self.honorifics = {word: gender for key, gender in genders for word in data["honorifics"][key].split()}
        self.short_titles: dict[str, str] = data["short_titles"]
        self.offices = frozenset(data["offices"]["words"].split())
        self.first_names = {name: gender for gender in ("he", "she") for name in data["names"][gender].split()}
        self.peoples = frozenset(data["peoples"]["words"].split())
        self.calendar = frozenset(data["calendar"]["words"].split())
        self.pronouns = {word: kind for kind, some in data["pronouns"].items() for word in some.split()}
        small = {key: frozenset(some.split()) for key, some in data["small"].items()}
        self.inside_names, self.after_names = small["inside_names"], small["after_names"]
        self.before_places, self.before_nouns = small["before_places"], small["before_nouns"]
        self.places: dict[str, tuple[str, bool]] = {}  # name: (one name for all its names, does it have a government)
        places = data["places"]
        for key in ("elsewhere", "states", "capitals"):
            for forms in places[key]:
                shared = (forms.partition(" = ")[0], key != "elsewhere")
                self.places |= dict.fromkeys(forms.split(" = "), shared)
        for key in ("state_words", "capital_words"):
            self.places |= {name: (name, True) for name in places[key].split()}

    def titled(self, word: str) -> bool:
        """Is this lower-case word one that stands before a person's name?"""
        noun = self.nouns.get(word)
        return (
            word.rstrip(".") in self.honorifics
            or word.rstrip(".") in self.short_titles
            or (noun is not None and noun.person)
        )


@cache
def words() -> Words:
    return Words()


def names(tokens: Sequence[Token]) -> Iterator[Name]:
    """The names in one sentence's tokens, in order.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> said = sentences(read_text("Mayor Ana Lima met the Department of Trade in Cairo."))[0].tokens
    >>> [(" ".join(name.words), name.kind) for name in names(said)]
    [('Ana Lima', 'named person'), ('Department of Trade', 'named body'), ('Cairo', 'place')]
    """
    known, at, end = words(), 0, len(tokens)
    if end > 3 and not any(token.text.islower() for token in tokens):
        return  # in a headline of capitals every word looks like a name
    while at < end:
        token = tokens[at]
        if token.tag[:3] != "NNP" and token.text not in known.first_names and token.text not in known.bodies:
            at += 1
            continue
        first_name = token.text in known.first_names and at + 1 < end and _proper(tokens[at + 1], known)
        if not first_name and not _proper(token, known):
            at += 1
            continue
        stop = _run_end(tokens, at, known)
        if stop - at <= LONGEST_NAME:
            yield _classify(tokens, at, stop, known)
        at = stop


def _proper(token: Token, known: Words) -> bool:
    if token.tag[:3] != "NNP":
        return token.text in known.bodies
    return token.text[0].isalpha() and token.text not in known.calendar


def _run_end(tokens: Sequence[Token], at: int, known: Words) -> int:
    """Where the row of proper nouns that starts here ends, with "of (the)", "&" and "van" inside where they belong."""
    stop = at + 1
    while stop < len(tokens):
        token = tokens[stop]
        capital = token.text[0].isupper() and token.tag[:2] == "NN" and token.text not in known.calendar
        if not capital and not _proper(token, known):
            after = _after_link(tokens, stop, known)
            if after == stop or after >= len(tokens) or not _proper(tokens[after], known):
                break
            stop = after
        stop += 1
    return stop


def _after_link(tokens: Sequence[Token], at: int, known: Words) -> int:
    """The first token after the small words that may link two parts of a name; ``at`` itself if there are none."""
    if tokens[at].text == "&":
        return at + 1
    if tokens[at].lower == "of":
        last, the = tokens[at - 1], at + 1 < len(tokens) and tokens[at + 1].lower == "the"
        noun = known.nouns.get(last.lower)
        office = last.lower in known.body_words or (noun is not None and noun.kind == OFFICIAL)
        return at + 1 + the if office or last.text == "States" else at
    while at < len(tokens) and tokens[at].lower in known.inside_names:
        at += 1
    return at


def _classify(tokens: Sequence[Token], start: int, end: int, known: Words) -> Name:
    """What a row of proper nouns names: a person (title stripped), a body, a place, an office, or not yet known."""
    run = tokens[start:end]
    texts = tuple(token.text for token in run)
    lowers = [token.lower for token in run]
    before = tokens[start - 1].lower if start else ""
    title = max((i for i, lower in enumerate(lowers) if known.titled(lower)), default=-1)
    if title == len(run) - 1 and title > 0 and texts[title - 1] in known.first_names:
        title = max((i for i, lower in enumerate(lowers[:title]) if known.titled(lower)), default=-1)  # "Ana Bishop"
    gender = next((g for lower in lowers[: title + 1] if (g := _gender(lower, known))), "")
    if 0 <= title < len(run) - 1:
        rest = _after_title(texts, lowers, title + 1, known)
        plain = (lower.rstrip(".") for lower in lowers[:rest])
        nouns = frozenset(known.short_titles.get(lower, lower) for lower in plain) - {"of", "the"}
        if rest < len(run) and not any(lower in known.body_words for lower in lowers[rest:]):
            return Name(start, end, texts[rest:], PERSON, nouns, gender or known.first_names.get(texts[rest], ""))
        if rest > title + 1:
            return Name(start, end, texts, "title", frozenset(lowers) - {"of", "the"}, gender)
    elif title >= 0:
        return Name(start, end, texts, "title", frozenset(lowers) - {"of"}, gender)
    if texts[-1] in known.peoples:
        return Name(start, end, texts, GROUP, frozenset(), "")
    place = " ".join(texts)
    if place in known.places:
        return Name(start, end, texts, PLACE, frozenset(), "")
    noun = known.nouns.get(lowers[-1])
    if noun and noun.kind == DOCUMENT and lowers[-1] not in known.body_words:
        return Name(start, end, texts, "title", frozenset(lowers), "")  # "the Harbour Poll"
    if len(run) == 1 and start == 0 and noun and (noun.plural or noun.kind != GROUP):
        return Name(start, end, texts, "title", frozenset(lowers), "")  # "Police said"
    first_name = len(run) == 2 and texts[0] in known.first_names
    if not first_name and (any(lower in known.body_words for lower in lowers) or any(t in known.bodies for t in texts)):
        return Name(start, end, texts, BODY, frozenset(lowers), "")
    if len(run) == 1:
        kind = GROUP if run[0].tag == "NNPS" else BODY if len(texts[0]) > 1 and texts[0].isupper() else ""
        return Name(start, end, texts, kind, frozenset(), "")
    if len(run) > 4 or (before == "the" and not first_name):
        return Name(start, end, texts, BODY, frozenset(lowers), "")
    if before in known.before_places and not first_name:
        return Name(start, end, texts, PLACE, frozenset(), "")
    lowercase_title = before if known.titled(before) else ""
    gender = known.first_names.get(texts[0], _gender(before, known))
    return Name(start, end, texts, PERSON, frozenset({lowercase_title} - {""}), gender)


def _gender(lower: str, known: Words) -> str:
    noun = known.nouns.get(lower)
    return noun.gender if noun else known.honorifics.get(lower.rstrip("."), "")


def _after_title(texts: Sequence[str], lowers: Sequence[str], at: int, known: Words) -> int:
    """Where the name begins after a title: behind "of State", "of Foreign Affairs", "of Israel"."""
    if at < len(lowers) and lowers[at] == "of":
        at += 2 if at + 1 < len(lowers) and lowers[at + 1] == "the" else 1
        first = at
        while at < len(lowers) and (lowers[at] in known.offices or at == first):
            at += 1
        if " ".join(texts[first : at + 1]) in known.places:  # "of Saudi Arabia"
            at += 1
    return at
