"""The people and bodies of an article: who is described how, and who is never heard.

Who is described how: the words that carry a view, grouped by the party that they describe.

A small rule, so that a student can check it. In its order: the word stands behind "was" or "called" and its party
before it ("Ada was ruthless", "called the minister heartless"); the party owns the word ("Israel's assault", "assault
by the army"); the word is part of what the party is called; it is an adjective right in front of the party (head noun);
the party is the subject of the verb ("he": the last person named), or does what the adjective describes ("launched a
brutal raid", not "condemned the brutal raid"). What is left describes nobody whom the sentence names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from kit.analysis.speakers.entities import Entity
from kit.analysis.speakers.mentions import Mention, find_mentions
from kit.analysis.speakers.people import DOCUMENT, PERSON, PLACE, UNKNOWN
from kit.readings.labels import find_label
from kit.readings.reading import REPORTER, Annotation, Reading, need_reading
from kit.readings.voices import explained, voice_of
from kit.render.sections import Section
from kit.resources import read_grammar
from kit.text.inflection import grammar_words
from kit.text.tokens import Sentence, Token
from kit.wording import one_line

OWNED = re.compile(r"\s+(?:of|by|from|against)\s+(?:the\s+|a\s+|an\s+|its\s+|their\s+)?")
OWNS = re.compile(r"(?:['’]s?|,? responsible for the|,? behind the)\s+(?:[\w-]+\s+){0,3}")
BETWEEN = re.compile(r"\s+(?:[\w-]+\s+)?")  # at most one word between a mark and the noun that it describes
TOLD = re.compile(
    r"\b(?:tell|tells|told|telling|speaks? to|spoke to|speaking to|interview with)\s+(?:the\s+)?\Z", re.IGNORECASE
)
FAR = 20  # characters that are looked at before a name
NOBODY = "nobody named in the sentence"


def parties(reading: Reading) -> Section:
    """Who is described how: a row a party, with the words that describe it, and whose words these are.

    >>> from kit.analysis.annotate import annotate
    >>> made = parties(annotate("Orvel's brutal assault on Port Vorn went on."))
    >>> made.records()[0]["about"]
    'Orvel'
    """
    need_reading(reading, "parties")
    text, groups = reading.article.text, by_party(reading)
    order = sorted(groups, key=lambda who: (who == NOBODY, -len(groups[who]), who))
    rows = tuple((who, ", ".join(_words(mark, text) for mark in groups[who])) for who in order)
    note = (
        "The words that carry a view, by whom they describe; in brackets whose words they are, if not the reporter's. "
        "A simple rule finds the party: look at each in its sentence."
    )
    return Section("parties", "Who is described how?", explained(note, rows), ("about", "words"), rows)


def by_party(reading: Reading) -> dict[str, list[Annotation]]:
    """The marks that carry a view, by the party that they describe."""
    text, read = reading.article.text, reading.sentences
    mentions = [one for one in find_mentions(text, read) if one.entity.kind != DOCUMENT]
    groups: dict[str, list[Annotation]] = {}
    for mark in reading.layer("framing"):
        if (label := find_label(mark.label)) and label.describes:
            groups.setdefault(party_of(mark, text, read, mentions) or NOBODY, []).append(mark)
    return groups


def party_of(mark: Annotation, text: str, read: Sequence[Sentence], mentions: Sequence[Mention]) -> str:
    """The name of the party that a mark describes; "" if its sentence names none. ``mentions``: in text order.

    >>> from kit.text.article import read_text
    >>> from kit.text.spans import Span
    >>> from kit.text.tokens import sentences
    >>> text = "The army denied it. Rebels launched a brutal raid."
    >>> read = sentences(read_text(text))
    >>> mark = Annotation("framing", "loaded", Span(text.index("brutal"), text.index(" raid")))
    >>> party_of(mark, text, read, find_mentions(text, read))
    'rebels'
    """
    number = bisect_right([sentence.start for sentence in read], mark.span.start) - 1
    here = [one for one in mentions if one.sentence == number]
    start, end = mark.span
    if (predicate := _predicate(read[number].tokens, start)) is not None:
        named = [one.entity.name for one in here if one.start <= predicate.start < one.end]
        return named[0] if named else predicate.lower
    before = [one for one in reversed(here) if one.end <= start]
    after = [one for one in here if one.start >= end]
    found = [one for one in before if OWNS.fullmatch(text, one.end, start)]
    found += [one for one in after if OWNED.fullmatch(text, end, one.start)]
    found += [one for one in here if one.start < end and start < one.end]
    tokens = [token for token in read[number].tokens if token.end <= end]
    tags = [token.tag[:2] for token in tokens[-2:]]
    noun = not tags or tags[-1] == "NN" or tags in (["JJ", "VB"], ["DT", "VB"])  # "massive bloodshed", however tagged
    if not noun and not any(token.tag.startswith("VB") for token in tokens if token.start >= start):
        found += [one for one in after if BETWEEN.fullmatch(text, end, one.start)]
    if not noun and not _describes_another_noun(read[number].tokens, start, end):
        found += [one for one in before if one.role == "subject"]
        if any(token.lower in ("he", "she") for token in tokens):
            found += [one for one in reversed(mentions) if one.end <= start and one.entity.kind == PERSON]
    return found[0].entity.name if found else _noun(read[number].tokens, start, end)


def _predicate(tokens: Sequence[Token], start: int) -> Token | None:
    """The noun that an adjective behind it describes: "Ada was ruthless", "called the minister heartless"."""
    first = next((n for n, token in enumerate(tokens) if token.start >= start), 0)
    if tokens[first].tag.startswith("VB"):
        return None
    at = first - 1
    while at > 0 and tokens[at].tag.startswith("RB"):
        at -= 1
    if at < 1:
        return None
    if tokens[at].lower in grammar_words("links"):
        at -= 1
        while at > 0 and tokens[at].tag[:2] in ("RB", "MD", "VB"):
            at -= 1
        return tokens[at] if tokens[at].tag.startswith("NN") else None
    if not tokens[at].tag.startswith("NN"):
        return None
    phrase = at
    while phrase > 0 and tokens[phrase].tag[:2] in ("NN", "JJ", "DT", "PR"):
        phrase -= 1
    return tokens[at] if tokens[phrase].lower in grammar_words("calls") else None


def _describes_another_noun(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a noun follows that the word describes, unless the subject does it: "condemned the brutal raid"."""
    last = next((n for n, token in enumerate(tokens) if token.start >= end), len(tokens))
    first = next((n for n, token in enumerate(tokens) if token.start >= start), len(tokens))
    tags = [token.tag[:2] for token in tokens[last : last + 2]]
    if tags[:1] != ["NN"] and tags != ["JJ", "NN"]:
        return False
    verb = first - 1
    while verb > 0 and tokens[verb].tag[:2] in ("NN", "JJ", "DT", "PR", "RB", "IN", "RP", "PO"):
        verb -= 1
    return tokens[verb].tag.startswith("VB") and tokens[verb].lower not in grammar_words("does")


def _noun(tokens: Sequence[Token], start: int, end: int) -> str:
    """Where no party is known by name: the noun after an adjective, or the subject before a verb, in lower case."""
    first = next((n for n, token in enumerate(tokens) if token.start >= start), len(tokens))
    last = next((n for n, token in enumerate(tokens) if token.start >= end), len(tokens))
    tags = [token.tag[:2] for token in tokens]
    if tags[first:last] and "VB" not in tags[first:last] and tags[last - 1] != "NN":
        while last < len(tags) and tags[last] in ("JJ", "CD"):
            last += 1
        while last + 1 < len(tags) and tags[last] == tags[last + 1] == "NN":
            last += 1
        return tokens[last].lower if last < len(tags) and tags[last] == "NN" else ""
    if "VB" not in tags[first:last]:
        return ""
    at = first - 1
    while at > 0 and tags[at] in ("RB", "MD", "VB"):
        at -= 1
    phrase = at
    while phrase > 0 and tags[phrase] in ("NN", "JJ", "DT", "CD", "PR"):
        phrase -= 1
    if phrase > 0 and tokens[phrase].lower == "of" and tags[phrase - 1] == "NN":
        at = phrase - 1  # "troops of the regime"
    elif phrase >= 0 and tags[phrase] in ("IN", "TO"):
        return ""  # "on their way to market"
    return tokens[at].lower if at >= 0 and tags[at] == "NN" else ""


def _words(mark: Annotation, text: str) -> str:
    words = one_line(mark.span.of(text))
    return words if mark.voice == REPORTER else f"{words} ({voice_of(mark)})"


def silent(reading: Reading) -> list[tuple[str, int]]:
    """Who is spoken of at least twice but never speaks: (name, number of mentions), the most often mentioned first.

    Its attributions name who speaks, as from `name_speakers`. People, bodies, groups and places that stand for
    governments count; pronouns do not, nor a place where nobody acts, nor an agency or a paper that only listens.
    """
    text, speak = reading.article.text, {mark.details.get("speaker", "") for mark in reading.layer("attribution")}
    mentioned: dict[Entity, list[Mention]] = {}
    for mention in find_mentions(text, reading.sentences):
        mentioned.setdefault(mention.entity, []).append(mention)
    listed = [
        (entity.name, len(mentions))
        for entity, mentions in mentioned.items()
        if len(mentions) > 1
        and entity.name not in speak | _stand_ins()
        and _can_speak(entity, {text[mention.start : mention.end] for mention in mentions})
        and not all(TOLD.search(text, max(0, mention.start - FAR), mention.start) for mention in mentions)
        and (entity.kind != PLACE or any(mention.role != "other" for mention in mentions))
    ]
    return sorted(listed, key=lambda pair: (-pair[1], pair[0]))


@cache
def _stand_ins() -> set[str]:
    """Capitals: their governments speak under other names, or are named by them for a place only."""
    return set(read_grammar()["stand_in"])


def _can_speak(entity: Entity, forms: set[str]) -> bool:
    """Leaves out papers, places without a government, and rows of capitals that may be no person ("World War")."""
    if entity.kind == PERSON:
        return bool(entity.gender or entity.nouns or (entity.sure and len(forms) > 1))
    return entity.acts and entity.kind not in (DOCUMENT, UNKNOWN)
