"""Hedges: the words that say how sure a claim is, each with the clause it weakens and the sense it has there.

The lexicons propose, by words, tags and context (Hyland 2005; Szarvas et al. 2012; Ganter and Strube 2009: each entry
names its source); two learned models (kit/hedging_model.py) tell from the context whether a match is a hedge here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kit.article import Article
from kit.hedging_model import speculation, thresholds, weasel
from kit.language import Sentence, Token
from kit.lexicon import Lexicon, Match, lexicon
from kit.page import Span
from kit.reading import Annotation
from kit.scope import scope
from kit.senses import sense

PLAIN = 0.9  # confidence of a match that only the lexicon decided


@cache
def doubts() -> Lexicon:
    """The entries with the six labels of speculation. Ids differ across all hedge files."""
    return lexicon("hedges_modal", "hedges_epistemic", "hedges_belief", "hedges_hearsay")


@cache
def vaguenesses() -> Lexicon:
    """The entries with the labels approximator, weasel and booster."""
    return lexicon("approximators", "weasels", "boosters")


def find_hedges(article: Article, sentences: Sequence[Sentence]) -> list[Annotation]:
    """The hedges of an article's sentences, in text order.

    Each has one of nine labels; ``parts["scope"]``, the clause or phrase that it weakens (or, a booster, strengthens);
    and ``details``: ``strength``, how much of the claim it takes back (weak, medium, strong), and ``sense`` where the
    word has several.
    Never raises. The voice is filled in by kit/voices.py.

    >>> from kit.article import read_text
    >>> from kit.language import sentences
    >>> article = read_text("The bridge may be closed, reportedly for some 20 days.")
    >>> [(hedge.label, hedge.span.of(article.text)) for hedge in find_hedges(article, sentences(article))]
    [('modal', 'may'), ('hearsay', 'reportedly'), ('approximator', 'some')]
    """
    found = []
    least_doubt, least_weasel = thresholds()
    for sentence in sentences:
        tokens = sentence.tokens
        doubted, vague = doubts().find(tokens), vaguenesses().find(tokens)
        for match, sure in zip(doubted, speculation(doubted, tokens), strict=True):
            if sure >= least_doubt:
                found.append(_annotation(match, tokens, sure))
        claimed = any(match.entry.label == "weasel" for match in vague)
        sure = weasel(doubted + vague, tokens) if claimed else 0.0
        for match in vague:
            if match.entry.label != "weasel":
                found.append(_annotation(match, tokens, PLAIN))
            elif sure >= least_weasel:
                found.append(_annotation(match, tokens, sure))
    return sorted(found, key=lambda hedge: hedge.span)


def _annotation(match: Match, tokens: Sequence[Token], confidence: float) -> Annotation:
    entry = match.entry
    name = sense(entry.id, tokens, match.start)
    senses: dict[str, str] = entry.more.get("senses", {})
    details = {"strength": entry.more["strength"]} | ({"sense": name} if name in senses else {})
    return Annotation(
        layer="hedge",
        label=entry.label,
        span=Span(tokens[match.start].start, tokens[match.end - 1].end),
        why=senses.get(name, entry.gloss),
        entry=f"hedges/{entry.id}",
        parts={"scope": (scope(tokens, match.start, match.end, entry.label),)},
        details=details,
        confidence=confidence,
    )
