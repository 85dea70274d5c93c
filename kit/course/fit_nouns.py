"""A noun in the place of a noun: in the number of the one that it replaces, and with one article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kit.course.places import GROUP, A, Place, describes, kinds, noun_follows, tags_in
from kit.text.inflection import plural_of, singular_of
from kit.text.tokens import token_spans
from kit.wording import with_n

SINGLE = frozenset(("a", "an", "another", "each", "every", "one"))
QUANTITY = frozenset(["all", "enough", "few", "fewer", "less", "many", "more", "most", "much", "no", "several", "some"])
WITH_THE = re.compile(r"(?:Act|Bank|Gulf|Party|Sanctuary|Sea|Strip|Territor(?:y|ies))$")  # names that have "the"
ONE_VERB = frozenset(("is", "was", "has", "does", "'s"))


def _head(tags: Sequence[str]) -> int | None:
    """Which of some words is the noun that leads them: the last one before "of" and the like."""
    head = None
    for at, tag in enumerate(tags):
        if tag.startswith("NN"):
            head = at
        elif head is not None and not tag.startswith(("POS", "CC", "HYPH")):
            break
        elif tag.startswith(("IN", "TO", "MD", "VBZ", "VBP", "VBD", "PRP", "WP", "WRB", ",")) and tag != "PRP$":
            return None
    return head


def noun_of(place: Place) -> int | None:
    """The noun that the words of a place are about; None if they are about none."""
    head = _head([place.tag(at) for at in range(place.start, place.end)])
    if head is not None and not describes(place):
        return place.start + head
    alone = place.end - place.start == 1 and not noun_follows(place)
    before = place.tag(place.start - 1) in ("DT", "PRP$", "JJ") or place.word(place.start - 1) == "of"
    return place.start if alone and before and place.tag(place.start) in ("JJ", "VBG", "VBN", "RB", "NN") else None


def as_noun(words: str, place: Place, head: int) -> str | None:
    """Words in the place of a noun, the token ``head``; None if they don't fit."""
    if words.startswith(("a ", "an ")) and _article(place):
        words = words.split(" ", 1)[1]
    row, texts, tags = words.split(), [words[start:end] for start, end in token_spans(words)], tags_in(words, place)
    if tags == ["VBG"]:
        tags = ["NN"]
    at = _head(tags)
    if at is None or texts[at] not in row or {texts[at], row[0]} & kinds("verbs") or _is_clause(tags, at):
        return None
    many, plural = place.tag(head) in ("NNS", "NNPS"), tags[at] in ("NNS", "NNPS")
    inside, before = place.word(place.start) if place.tag(place.start) == "DT" else "", _article(place)
    own = _own_article(row, tags)
    if own and own not in A and before not in ("", own):
        return None
    if own in QUANTITY:
        return None if inside or (not many and _one_follows(place)) else words
    if own == "the" or tags[0] == "PRP$":
        verb_follows = place.tag(place.end) == "VBP" or _one_follows(place)
        agrees = plural == many or not verb_follows
        return (" ".join(row[1:]) if before == own else words) if agrees else None
    if tags[at].startswith("NNP"):
        with_the = WITH_THE.search(texts[at]) or texts[at].islower()
        return f"{inside} {words}".strip() if with_the else None if before == "the" else words
    noun = _numbered(texts[at], tags[at], place, many=many, article=inside or before, own=own)
    if noun is None:
        return None
    row[row.index(texts[at])] = noun
    if own and (before or many):
        return " ".join(row[1:])
    return " ".join([with_n(inside, row[0]), *row] if inside and not own else row)


def _is_clause(tags: Sequence[str], at: int) -> bool:
    """Whether words with a noun at ``at`` are more than a noun: "police beat protesters", "change one's mind"."""
    finite = len(tags) > at + 2 and tags[at + 1] in ("VBP", "VBD", "VBZ") and tags[at + 2].startswith((*GROUP, "IN"))
    return finite or (at == 0 and len(tags) > 1 and tags[1] in ("PRP", "PRP$", "DT", "CD"))


def _own_article(row: Sequence[str], tags: Sequence[str]) -> str:
    """The word for which or how many that an alternative brings along: "the", "many", the "few" of "a few"."""
    if len(row) > 1 and row[1] in QUANTITY:
        return row[1]
    return row[0].lower() if tags[0] in ("DT", "PRP$") or row[0].lower() in QUANTITY else ""


def _article(place: Place) -> str:
    """The word that begins the group of words before a place, such as "the"; empty if the place begins its group."""
    at = place.start - 1
    while place.tag(at) in ("JJ", "JJR", "JJS", "NN", "NNP") or (place.tag(at) == "VBN" and place.tag(at - 1) == "DT"):
        at -= 1
    begins = place.tag(at) in ("DT", "PRP$", "POS", "CD", "WP$")
    return place.word(at) if begins else ""


def _one_follows(place: Place) -> bool:
    """Whether a verb follows that speaks of one."""
    return place.tag(place.end) == "VBZ" or place.word(place.end) in ONE_VERB


def _numbered(noun: str, tag: str, place: Place, *, many: bool, article: str, own: str) -> str | None:
    """A noun as one or as many; None if it can't be that here."""
    mass, plural = noun.lower() in kinds("uncountable"), noun.lower() in kinds("only_many") or tag == "NNS"
    plural = plural or (not mass and singular_of(noun) != noun)
    if many:
        return None if mass else noun if plural else plural_of(noun)
    if mass:
        return None if article in SINGLE else noun
    if not plural:
        return noun if article or own else None
    together = place.word(place.end - 1) in kinds("collective") or noun.lower() in kinds("only_many")
    if article and not together:
        return singular_of(noun)
    return None if article in SINGLE or _one_follows(place) else noun
