"""Who is painted how: framing marks by the party that they describe.

A small rule that can be read and doubted, not a parser. A mark describes its possessor ("Norland's assault": Norland),
else the name that "by", "of" or "from" ties to it ("terrorists from Velm": Velm), else the noun that it stands before
("brutal soldiers": soldiers); a verb describes who does it, the noun phrase before it; any other noun itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from kit.language import Token, sentences
from kit.reading import Annotation, Reading

NAMES = ("NNP", "NNPS")
NOUNS = (*NAMES, "NN", "NNS")
MODIFIERS = ("JJ", "JJR", "JJS", "VBN", "VBG", "CD", "NN")
TIES = ("by", "of", "from")
GRAMMAR = ("passive", "agentless", "nominalisation", "scare_quotes", "metonymy")  # they describe nobody


def painted(reading: Reading) -> dict[str, tuple[Annotation, ...]]:
    """The framing marks of a reading by the party that they describe, in the order of the text; the party with most
    marks comes first. Marks of grammar, and marks for which the rule finds no party, are left out.

    >>> import kit
    >>> story = kit.annotate("Norland's brutal assault went on. Soldiers slaughtered families.")
    >>> {party: [mark.span.of(story.article.text) for mark in marks] for party, marks in painted(story).items()}
    {'Norland': ['brutal assault'], 'Soldiers': ['slaughtered']}
    """
    parties: dict[str, list[Annotation]] = {}
    marks = [mark for mark in reading.layer("framing") if mark.label not in GRAMMAR]
    for sentence in sentences(reading.article):
        tokens = sentence.tokens
        for mark in marks:
            if sentence.start <= mark.span.start < sentence.end:
                inside = [at for at, token in enumerate(tokens) if mark.span.start <= token.start < mark.span.end]
                party = party_of(tokens, inside[0], inside[-1] + 1) if inside else ""
                if party:
                    parties.setdefault(party, []).append(mark)
    ordered = sorted(parties.items(), key=lambda item: -len(item[1]))
    return {party: tuple(found) for party, found in ordered}


def party_of(tokens: Sequence[Token], start: int, end: int) -> str:
    """Whom tokens[start:end] describes; "" if the rule finds nobody."""
    if possessor := _possessor(tokens, start):
        return possessor
    if tokens[start].tag.startswith("VB") and not _stands_before_noun(tokens, start, end):
        return _subject(tokens, start)
    head = end
    while head < len(tokens) and tokens[head].tag in (*MODIFIERS, *NOUNS) and tokens[head - 1].tag not in NAMES:
        head += 1
    if head + 1 < len(tokens) and tokens[head].lower in TIES and tokens[head + 1].tag in NAMES:
        return _name(tokens, head + 1)
    return tokens[head - 1].text if tokens[head - 1].tag in NOUNS else ""


def _stands_before_noun(tokens: Sequence[Token], start: int, end: int) -> bool:
    attributive = tokens[start].tag in ("VBN", "VBG") and start > 0 and tokens[start - 1].tag in ("DT", "JJ", "IN")
    return attributive and end < len(tokens) and tokens[end].tag in NOUNS


def _possessor(tokens: Sequence[Token], at: int) -> str:
    """Who owns the noun phrase around ``at``."""
    before = at - 1
    while before > 0 and tokens[before].tag in MODIFIERS:
        before -= 1
    return _name_before(tokens, before) if before > 0 and tokens[before].tag == "POS" else ""


def _subject(tokens: Sequence[Token], verb: int) -> str:
    """The nearest noun phrase before a verb that no preposition and no verb governs."""
    at = verb - 1
    while at >= 0:
        if tokens[at].tag in NOUNS:
            first = at
            while first > 0 and tokens[first - 1].tag in (*NOUNS, *MODIFIERS, "DT", "PRP$", "POS"):
                first -= 1
            governor = tokens[first - 1].tag if first else ""
            if governor not in ("IN", "TO", "CC") and not governor.startswith("VB"):
                return _name_before(tokens, at + 1) if tokens[at].tag in NAMES else tokens[at].text
            at = first
        at -= 1
    return ""


def _name(tokens: Sequence[Token], at: int) -> str:
    end = at
    while end < len(tokens) and tokens[end].tag in NAMES:
        end += 1
    return " ".join(token.text for token in tokens[at:end])


def _name_before(tokens: Sequence[Token], end: int) -> str:
    """The name that ends before ``end``, or the noun there."""
    start = end
    while start > 0 and tokens[start - 1].tag in NAMES:
        start -= 1
    if start < end:
        return " ".join(token.text for token in tokens[start:end])
    return tokens[end - 1].text if end > 0 and tokens[end - 1].tag in NOUNS else ""
