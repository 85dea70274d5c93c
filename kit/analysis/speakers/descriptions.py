"""Sources that no name and no known noun gives away: named by their own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kit.analysis.speakers.entities import NAMELESS, Entity, surname
from kit.analysis.speakers.people import BODY, GROUP, UNKNOWN, people_lexicon
from kit.text.tokens import Token
from kit.wording import one_line

OPENERS = ("DT", "PRP$", "IN")
KIND_OF_TAG = {"NNS": GROUP, "NNPS": GROUP, "NNP": BODY, "CD": GROUP}


def described(text: str, tokens: Sequence[Token], people: Mapping[str, Entity]) -> Entity:
    """Who a source is that isn't a known mention: its words up to the first comma, without its article.

    ``people``: the article's people by surname, as headlines call them.
    """
    tokens = _core(tokens)
    if not tokens or tokens[0].tag in OPENERS:
        return NAMELESS
    name = one_line(text[tokens[0].start : tokens[-1].end])
    head = _head(tokens)
    if person := people.get(surname([head.text])):
        return person
    if noun := people_lexicon().nouns.get(head.lower):
        return Entity(name, noun.kind)
    if head.tag in KIND_OF_TAG:
        return Entity(name, KIND_OF_TAG[head.tag])
    return Entity(name, GROUP if people_lexicon().pronouns.get(tokens[0].lower) == "some" else UNKNOWN)


def _core(tokens: Sequence[Token]) -> Sequence[Token]:
    """A source's words up to the first comma, relative pronoun or verb, without its article and marks around it."""
    first, end = 0, 0
    while end < len(tokens) and not _ends_core(tokens[end]):
        end += 1
    while end - first > 1 and (tokens[first].tag in OPENERS or not tokens[first].text[0].isalnum()):
        first += 1
    while end - first > 1 and not tokens[end - 1].text[-1].isalnum() and tokens[end - 1].text != "%":
        end -= 1
    return tokens[first:end]


def _ends_core(token: Token) -> bool:
    return token.text in (",", "(", "–", "—", "--", ":") or token.tag[:2] in ("WP", "VB")


def _head(tokens: Sequence[Token]) -> Token:
    """The head of a noun phrase: its last word before "of" and the like; the number of "38% of voters"."""
    if tokens[0].tag == "CD":
        return tokens[0]
    end = next((i for i, token in enumerate(tokens) if token.tag in ("IN", "TO")), len(tokens))
    return tokens[max(end - 1, 0)]
