"""Hedges: the words that say how sure a claim is, each with the clause it weakens and the sense it has there.

The lexicons propose, by words, tags and context (Hyland 2005; Szarvas et al. 2012; Ganter and Strube 2009: each entry
names its source).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kit.article import Article
from kit.language import Sentence
from kit.lexicon import Lexicon, lexicon
from kit.page import Span
from kit.reading import Annotation
from kit.scope import scope
from kit.senses import sense

FILES = ("hedges_modal", "hedges_epistemic", "hedges_belief", "hedges_hearsay", "approximators", "weasels", "boosters")


@cache
def hedge_lexicon() -> Lexicon:
    """All hedge entries. Their ids differ across the files."""
    return lexicon(*FILES)


def find_hedges(article: Article, sentences: Sequence[Sentence]) -> list[Annotation]:
    """The hedges of an article's sentences, in text order.

    Each has a label (see the design's nine), ``parts["scope"]``: the clause or phrase that it weakens, and
    ``details``: ``strength``, how much of the claim it takes back (weak, medium, strong), and ``sense`` where the word has several.
    Never raises. The voice is filled in by kit/voices.py.

    >>> from kit.article import read_text
    >>> from kit.language import sentences
    >>> article = read_text("The bridge may be closed, reportedly for some 20 days.")
    >>> [(hedge.label, hedge.span.of(article.text)) for hedge in find_hedges(article, sentences(article))]
    [('modal', 'may'), ('hearsay', 'reportedly'), ('approximator', 'some')]
    """
    found = []
    for sentence in sentences:
        tokens = sentence.tokens
        for match in hedge_lexicon().find(tokens):
            entry = match.entry
            name = sense(entry.id, tokens, match.start)
            senses: dict[str, str] = entry.more.get("senses", {})
            details = {"strength": entry.more["strength"]} | ({"sense": name} if name in senses else {})
            found.append(
                Annotation(
                    layer="hedge",
                    label=entry.label,
                    span=Span(tokens[match.start].start, tokens[match.end - 1].end),
                    why=senses.get(name, entry.gloss),
                    entry=f"hedges/{entry.id}",
                    parts={"scope": (scope(tokens, match.start, match.end, entry.label),)},
                    details=details,
                )
            )
    return found
