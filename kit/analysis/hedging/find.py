"""Hedges: the words that say how sure a claim is, each with the clause it weakens and the sense it has there.

The lexicons propose, by words, tags and context (Hyland 2005; Szarvas et al. 2012; Ganter and Strube 2009: each entry
names its source); two learned models (model.py) tell from the context whether a match is a hedge here, and
where a doubt that nobody owns is a weasel too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kit.analysis.hedging.model import speculation, thresholds, weasel
from kit.analysis.hedging.scope import scope
from kit.analysis.hedging.senses import CERTAIN, sense, word_list
from kit.lexicons.matcher import Lexicon, Match, lexicon
from kit.readings.reading import Annotation
from kit.text.names import in_a_name
from kit.text.spans import Span
from kit.text.tokens import Sentence, Token

PLAIN = 0.9  # confidence of a match that only the lexicon decided
WHY_MODEL = (
    "Readers of an encyclopedia often ask of a sentence like this: who says so, or who exactly? These words speak most "
    "for asking. Look whether the text names a person or a source."
)


class Judge(NamedTuple):
    """Tells of a sentence's matches and tokens how likely it is that each match weakens a claim; and how likely it is
    that readers miss the claim's owner, with how much each token speaks for it. ``least_doubt``, ``least_weasel``: from
    what likelihood on they are marked."""

    speculation: Callable[[Sequence[Match], Sequence[Token]], Iterable[float]]
    weasel: Callable[[Sequence[Match], Sequence[Token]], tuple[float, list[float]]]
    least_doubt: float
    least_weasel: float


@cache
def own_judge() -> Judge:
    """The kit's own, by model.py."""
    return Judge(speculation, weasel, *thresholds())


@cache
def doubts() -> Lexicon:
    """The entries with the six labels of speculation. Ids differ across all hedge files."""
    return lexicon("hedges_modal", "hedges_epistemic", "hedges_belief", "hedges_hearsay")


@cache
def vaguenesses() -> Lexicon:
    """The entries with the labels approximator, weasel and booster."""
    return lexicon("approximators", "weasels", "boosters")


def find_hedges(sentences: Sequence[Sentence], judge: Judge | None = None) -> list[Annotation]:
    """The hedges of an article's sentences, in text order. ``judge``: None is the kit's own (model.py).

    Each has one of nine labels; ``parts["scope"]``, the clause or phrase that it weakens (or, a booster, strengthens);
    and ``details``: ``strength``, how much of the claim it takes back (weak, medium, strong), and ``sense`` where the
    word has several.
    Never raises. The voice is filled in by kit/readings/voices.py.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> article = read_text("The bridge may be closed, reportedly for some 20 days.")
    >>> [(hedge.label, hedge.span.of(article.text)) for hedge in find_hedges(sentences(article))]
    [('modal', 'may'), ('hearsay', 'reportedly'), ('approximator', 'some')]
    """
    judge = judge or own_judge()
    hedges = [hedge for sentence in sentences for hedge in _in_sentence(sentence.tokens, judge)]
    return sorted(hedges, key=lambda hedge: hedge.span)


def _in_sentence(tokens: Sequence[Token], judge: Judge) -> Iterator[Annotation]:
    doubted = doubts().find(tokens)
    vague = [match for match in vaguenesses().find(tokens) if not in_a_name(tokens, match.start, match.end)]
    for match, likely in zip(doubted, judge.speculation(doubted, tokens), strict=True):
        meant = sense(match.entry.id, tokens, match.start)
        if likely >= judge.least_doubt and meant not in CERTAIN:
            yield _annotation(match, tokens, likely, meant)
    weasels = [match for match in vague if match.entry.label == "weasel"]
    for match in vague:
        if match.entry.label != "weasel":
            yield _annotation(match, tokens, PLAIN)
    likely, evidence = judge.weasel(doubted + vague, tokens)
    if likely < judge.least_weasel:
        return
    for match in weasels:
        yield _annotation(match, tokens, likely)
    if not weasels and not _owned(tokens):
        yield from _unlisted(doubted, vague, tokens, evidence, likely)


def _owned(tokens: Sequence[Token]) -> bool:
    """Whether somebody speaks or thinks in a sentence, so that its doubt has an owner."""
    says, saying = word_list("says"), word_list("saying")
    return any(token.lower in says or (token.tag == "VBD" and token.lower in saying) for token in tokens)


def _unlisted(
    doubted: Sequence[Match], vague: Sequence[Match], tokens: Sequence[Token], evidence: Sequence[float], likely: float
) -> Iterator[Annotation]:
    """The weasel mark of a sentence where the lexicon has none: the word that speaks most for it, or the whole hedge
    that the word is in. None if it isn't a word, or is a name, a pronoun, or vague in another way ("some 240")."""
    best = max(range(len(tokens)), key=lambda at: evidence[at])
    otherwise_vague = any(match.start <= best < match.end for match in vague)
    if otherwise_vague or not tokens[best].lower.isalpha() or tokens[best].tag.startswith(("NNP", "PRP")):
        return
    around = (match for match in doubted if match.start <= best < match.end)
    start, end = next(((match.start, match.end) for match in around), (best, best + 1))
    yield Annotation(
        layer="hedge",
        label="weasel",
        span=Span(tokens[start].start, tokens[end - 1].end),
        why=WHY_MODEL,
        entry="model/weasel",
        parts={"scope": (scope(tokens, start, end, "weasel"),)},
        details={"strength": "weak"},
        confidence=likely,
    )


def _annotation(match: Match, tokens: Sequence[Token], confidence: float, name: str = "") -> Annotation:
    """``name``: that of the sense that the entry has here; "" for its plain one."""
    entry = match.entry
    senses: dict[str, str] = entry.more.get("senses", {})
    details = {"strength": entry.more["strength"]}
    if name in senses:
        details["sense"] = name
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
