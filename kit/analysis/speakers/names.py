"""Names: the rows of proper nouns in a sentence, and what each names: a person, a body, a place, an office.

Readable rules over tags and capitals, with the word lists of lexicons/people.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kit.analysis.speakers.people import (
    BODY,
    DOCUMENT,
    GROUP,
    OFFICIAL,
    PERSON,
    PLACE,
    PeopleLexicon,
    people_lexicon,
)
from kit.text.tokens import Token

QUOTES = frozenset(['"', "“", "”", "'", "‘", "’", "``", "''"])
OF = frozenset(["of", "for"])
DOERS = ("er", "or", "ist", "ian", "man", "woman")
INITIAL = re.compile(r"[A-Z]\.")
LONGEST_NAME = 8  # tokens; a longer row of capitals is a headline or a table
MOST_IN_A_PERSON = 4  # words of a person's name without a title
BEFORE_A_NOUN = ("DT", "JJ", "CD", "PRP$")  # "a van"
TITLE = "title"  # an office without a name


class Name(NamedTuple):
    """A row of proper nouns: tokens [start, end) of a sentence; ``words`` are the name without its title."""

    start: int
    end: int
    words: tuple[str, ...]
    kind: str  # a speaker kind, TITLE, or "" for a single word of unknown kind
    nouns: frozenset[str] = frozenset()
    gender: str = ""


def names(tokens: Sequence[Token]) -> Iterator[Name]:
    """The names in one sentence's tokens, in order.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> said = sentences(read_text("Mayor Ana Lima met the Department of Trade in Cairo."))[0].tokens
    >>> [(" ".join(name.words), name.kind) for name in names(said)]
    [('Ana Lima', 'named person'), ('Department of Trade', 'named body'), ('Cairo', 'place')]
    """
    people, at, end = people_lexicon(), 0, len(tokens)
    if end > 3 and not any(token.text.islower() for token in tokens):
        return  # in a headline of capitals every word looks like a name
    while at < end:
        if not _begins_name(tokens, at, people):
            at += 1
            continue
        stop = _row_end(tokens, at, people)
        if stop - at <= LONGEST_NAME:
            yield _classify(tokens, at, stop, people)
        at = stop


def _begins_name(tokens: Sequence[Token], at: int, people: PeopleLexicon) -> bool:
    token = tokens[at]
    if _proper(token, people):
        return True
    if token.text in people.before_surnames:
        named = _after_link(tokens, at, people)
        said_of = at > 0 and tokens[at - 1].tag in BEFORE_A_NOUN
        return named < len(tokens) and not said_of and _proper(tokens[named], people)  # "said van der Berg"
    if at + 1 == len(tokens) or not _proper(tokens[at + 1], people):
        return False
    tagged_otherwise = token.tag == "JJ" and token.text[0].isupper() and token.text not in people.peoples
    after_doer = at > 0 and tokens[at - 1].text.islower() and tokens[at - 1].lower.endswith(DOERS)
    return token.text in people.first_names or (tagged_otherwise and after_doer)  # "the geographer Lucian Brand"


def _proper(token: Token, people: PeopleLexicon) -> bool:
    if token.tag[:3] != "NNP":
        return token.text in people.bodies or people.is_joined_name(token.text)
    return token.text[0].isalpha() and token.text not in people.calendar


def _row_end(tokens: Sequence[Token], at: int, people: PeopleLexicon) -> int:
    """Where the row of proper nouns that starts here ends, with "of (the)", "&" and "van" inside where they belong."""
    stop = at + 1
    while stop < len(tokens):
        token = tokens[stop]
        capital = token.text[0].isupper() and token.tag[:2] == "NN" and token.text not in people.calendar
        if not capital and not _proper(token, people):
            after = _after_link(tokens, stop, people)
            if after == stop or after >= len(tokens) or not _proper(tokens[after], people):
                break
            stop = after
        stop += 1
    return stop


def _after_link(tokens: Sequence[Token], at: int, people: PeopleLexicon) -> int:
    """The first token after the small words that may link two parts of a name; ``at`` itself if there are none."""
    if tokens[at].text == "&":
        return at + 1
    if _is_nickname(tokens, at) or _is_title_in_brackets(tokens, at, people):
        return at + 3
    if tokens[at].lower in OF:
        if not _may_be_of_something(tokens[at - 1], tokens[at].lower, people):
            return at
        the_follows = at + 1 < len(tokens) and tokens[at + 1].lower == "the"
        return at + 2 if the_follows else at + 1
    while at < len(tokens) and tokens[at].lower in people.inside_names:
        at += 1
    return at


def _is_nickname(tokens: Sequence[Token], at: int) -> bool:
    """Whether a single word in quotation marks begins here: Ana "Sunny" Lima."""
    around = tokens[at : at + 3 : 2]
    return len(around) == 2 and all(token.text in QUOTES for token in around) and tokens[at + 1].text[0].isupper()


def _is_title_in_brackets(tokens: Sequence[Token], at: int, people: PeopleLexicon) -> bool:
    """Barr. (Mrs.) Ana Lima."""
    inside = "".join(token.text for token in tokens[at : at + 3 : 2]) == "()"
    return inside and tokens[at + 1].lower.rstrip(".") in people.honorifics


def _may_be_of_something(token: Token, link: str, people: PeopleLexicon) -> bool:
    """Whether a name may go on with this link after this word: "Department of", "Minister for", "States of"."""
    noun = people.nouns.get(token.lower)
    official = noun is not None and noun.kind == OFFICIAL
    if link == "for":
        return official and token.text[0].isupper() and not token.lower.startswith("spokes")
    return token.lower in people.body_words or official or token.text == "States"


def _classify(tokens: Sequence[Token], start: int, end: int, people: PeopleLexicon) -> Name:
    """What a row of proper nouns names: a person (title stripped), a body, a place, an office, or not yet known."""
    row = [token for at, token in enumerate(tokens[start:end], start) if not _in_marks(tokens, at, start, end)]
    name = _with_title(row, start, people) or _without_person(row, start, people)
    name = name or _bare_name(row, tokens, start, people)
    return name._replace(end=end)


def _in_marks(tokens: Sequence[Token], at: int, start: int, end: int) -> bool:
    """Whether a token is a quotation mark or a bracket, or the nickname in quotation marks."""
    if not tokens[at].text[0].isalnum() and tokens[at].text != "&":
        return True
    return start < at < end - 1 and tokens[at - 1].text in QUOTES and tokens[at + 1].text in QUOTES


def _with_title(row: Sequence[Token], start: int, people: PeopleLexicon) -> Name | None:
    """A row with a title: "Mayor Ana Lima" is a person, "Secretary of State" an office. None if it has no title, or one
    that belongs to a body ("Minister Council")."""
    end = start + len(row)
    if len(row) > 2 and row[-1].text in people.after_surnames:  # "Karl Voss MP"
        row = row[:-1]
        without = tuple(token.text for token in row)
        if _last_title(without, people) < 0 and people.body_words.isdisjoint(token.lower for token in row):
            return Name(start, end, without, PERSON, frozenset(), people.first_names.get(without[0], ""))
    texts = tuple(token.text for token in row)
    lowers = [token.lower for token in row]
    title = _last_title(texts, people)
    if title == len(row) - 1 and title > 0 and texts[title - 1] in people.first_names:
        title = _last_title(texts[:title], people)  # "Ana Bishop"
    if title < 0:
        return None
    gender = next(filter(None, (people.gender(lower) for lower in lowers[: title + 1])), "")
    if title == len(row) - 1:
        return Name(start, end, texts, TITLE, frozenset(lowers) - OF, gender)
    first = _after_title(texts, lowers, title + 1, people)
    if first < len(row) and people.body_words.isdisjoint(lowers[first:]):
        bare = [lower.rstrip(".") for lower in lowers[:first]]
        nouns = frozenset(people.full_titles.get(lower, lower) for lower in bare) - OF - {"the"}
        told = people.first_names.get(texts[first], "") if first + 1 < len(row) else ""  # "Bishop Otieno" tells nothing
        return Name(start, end, texts[first:], PERSON, nouns, gender or told)
    if first > title + 1:
        return Name(start, end, texts, TITLE, frozenset(lowers) - OF - {"the"}, gender)
    return None


def _last_title(texts: Sequence[str], people: PeopleLexicon) -> int:
    """The place of the last word that is a title; -1 if there is none. One in capitals ("DCI") has a name behind it."""
    last = len(texts) - 1
    return max(
        (
            i
            for i, text in enumerate(texts)
            if people.is_title(text.lower()) or (text in people.capital_titles and i < last)
        ),
        default=-1,
    )


def _without_person(row: Sequence[Token], start: int, people: PeopleLexicon) -> Name | None:
    """A row that a word list tells to be a people, a place, a document, an office or a body."""
    end = start + len(row)
    texts = tuple(token.text for token in row)
    lowers = [token.lower for token in row]
    if texts[-1] in people.peoples:
        return Name(start, end, texts, GROUP)
    if " ".join(texts) in people.places:
        return Name(start, end, texts, PLACE)
    noun = people.nouns.get(lowers[-1])
    if noun and noun.kind == DOCUMENT and lowers[-1] not in people.body_words:
        return Name(start, end, texts, TITLE, frozenset(lowers))  # "the Harbour Poll"
    if len(row) == 1 and start == 0 and noun and (noun.plural or noun.kind != GROUP):
        return Name(start, end, texts, TITLE, frozenset(lowers))  # "Police said"
    of_a_body = not people.body_words.isdisjoint(lowers) or not people.bodies.isdisjoint(texts)
    if of_a_body and not _is_first_and_last(texts, people):
        return Name(start, end, texts, BODY, frozenset(lowers))
    return None


def _is_first_and_last(texts: Sequence[str], people: PeopleLexicon) -> bool:
    """A first name and one word more: a person, whatever that word is."""
    return len(texts) == 2 and texts[0] in people.first_names


def _bare_name(row: Sequence[Token], tokens: Sequence[Token], start: int, people: PeopleLexicon) -> Name:
    """A name of which no list knows a word, but perhaps the first name: by its length and the word before it."""
    end = start + len(row)
    texts = tuple(token.text for token in row)
    before = tokens[start - 1].lower if start else ""
    if len(row) == 1:
        return Name(start, end, texts, BODY if before == "(" else _kind_of_one_word(row[0], people))
    if "&" in texts:
        return Name(start, end, texts, BODY, frozenset(token.lower for token in row))
    is_person = _is_first_and_last(texts, people)
    if (first := _person_behind(texts, people)) and not is_person:
        name = texts[first:]
        return Name(start + first, end, name, PERSON, frozenset(), people.first_names.get(name[0], ""))
    if len(row) > MOST_IN_A_PERSON or (before == "the" and not is_person):
        return Name(start, end, texts, BODY, frozenset(token.lower for token in row))
    if before in people.before_places and not is_person:
        return Name(start, end, texts, PLACE)
    nouns = frozenset([before]) if people.is_title(before) else frozenset[str]()  # "the mayor Ana Lima"
    return Name(start, end, texts, PERSON, nouns, people.first_names.get(texts[0], people.gender(before)))


def _person_behind(texts: Sequence[str], people: PeopleLexicon) -> int:
    """Where a person's name begins behind that of a firm ("Big Basket Dora Simm"); 0 if it doesn't."""
    initial = next((i for i in range(2, len(texts) - 1) if INITIAL.fullmatch(texts[i])), 0)
    if initial and texts[0] not in people.first_names:  # "District Collector R. Kadam"
        return initial
    first = next((i for i in range(len(texts) - 1) if texts[i] in people.first_names), 0)
    return first if len(texts) - first == 2 and texts[first - 1].lower() not in people.inside_names else 0


def _kind_of_one_word(token: Token, people: PeopleLexicon) -> str:
    if token.tag == "NNPS":
        return GROUP
    capitals = len(token.text) > 1 and token.text.isupper()
    return BODY if capitals or people.looks_like_body(token.text) else ""


def _after_title(texts: Sequence[str], lowers: Sequence[str], at: int, people: PeopleLexicon) -> int:
    """Where the name begins after a title: behind "of State", "of Foreign Affairs", "of Israel"."""
    if at < len(lowers) and lowers[at] in OF:
        the_follows = at + 1 < len(lowers) and lowers[at + 1] == "the"
        at += 2 if the_follows else 1
        first = at
        while at < len(lowers) and (lowers[at] in people.offices or at == first):
            at += 1
        if " ".join(texts[first : at + 1]) in people.places:  # "of Saudi Arabia"
            at += 1
        at = max(at, _first_name(texts, at, people))
        one_left = at == first + 1 == len(lowers) - 1
        if one_left and lowers[first] not in people.offices and texts[first] not in people.places:
            at = len(lowers)  # "Manager of Obuom Aggregates"
    return at


def _first_name(texts: Sequence[str], at: int, people: PeopleLexicon) -> int:
    """Where a first name stands behind a title's "of": "Director of Public Prosecution Ylva Brun"; else where the last
    two words begin, if there are three or more."""
    known = next((i for i in range(at, len(texts) - 1) if texts[i] in people.first_names), None)
    if known is not None:
        return known
    return len(texts) - 2 if len(texts) - at > 2 and texts[-2].lower() not in people.inside_names else at
