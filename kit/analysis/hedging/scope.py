"""The scope of a hedge: the clause or phrase whose claim it weakens.

A shallow version of the scopes of Farkas et al. (2010): clauses end at commas before a new clause, at quotation
marks, colons, semicolons, and at words that open a clause of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from kit.analysis.hedging.senses import word_list
from kit.text.spans import Span
from kit.text.tokens import Token

NEW_CLAUSE = frozenset(("CC", "WDT", "WP", "WRB", "IN"))
HARD = frozenset([";", ":", '"', "``", "''", "(", ")", "--", ".", "?", "!"])
IN_A_PHRASE = ("DT", "CD", "JJ", "NN", "$", "#", "RB", "PO", "PR")  # tags, by their first two letters
PARTICIPLES = ("VBG", "VBN")
FORWARD = ("belief", "inquiry", "hearsay")  # what comes after these is what they are about


def scope(tokens: Sequence[Token], start: int, end: int, label: str) -> Span:
    """The span that a hedge at tokens[start:end] weakens, the hedge included. Never empty.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> text = "The mayor said it may rain, but nobody listened."
    >>> scope(sentences(read_text(text))[0].tokens, 4, 5, "modal").of(text)
    'it may rain'
    """
    if label in ("approximator", "weasel"):
        return Span(tokens[start].start, tokens[_phrase_end(tokens, end) - 1].end)
    first = start if label in FORWARD else _clause_start(tokens, start)
    relative = first > 0 and tokens[first - 1].tag in ("WDT", "WP", "WP$")
    return Span(tokens[first].start, tokens[_clause_end(tokens, end, relative) - 1].end)


def _phrase_end(tokens: Sequence[Token], at: int) -> int:
    """Where the noun phrase that goes on at token ``at`` ends."""
    end = at
    while end < len(tokens) and (tokens[end].tag in PARTICIPLES or tokens[end].tag[:2] in IN_A_PHRASE):
        end += 1
    return end


def _clause_start(tokens: Sequence[Token], at: int) -> int:
    while at > 0 and tokens[at - 1].lower not in HARD and tokens[at - 1].lower not in word_list("openers"):
        if tokens[at - 1].tag.startswith("VBD") and tokens[at].tag in ("PRP", "DT", "NNP", "EX"):
            break  # "said it may": a clause without "that"
        at -= 1
    return at


def _clause_end(tokens: Sequence[Token], at: int, relative: bool) -> int:
    """Where the clause ends that goes on at token ``at``; a relative clause ends at its comma."""
    while at < len(tokens) and tokens[at].lower not in HARD:
        clause_follows = at + 1 < len(tokens) and tokens[at + 1].tag in NEW_CLAUSE
        if tokens[at].lower == "," and (relative or clause_follows):
            break
        at += 1
    return at
