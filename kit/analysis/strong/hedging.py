"""Hedges by the network: it tells which of the lexicons' matches are hedges here, and finds doubts that none lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from kit.analysis.hedging.find import doubts, find_hedges, own_judge
from kit.analysis.hedging.scope import scope
from kit.analysis.strong.network import MARKS, Answer, network, read
from kit.lexicons.matcher import Match
from kit.models.linear import probability
from kit.readings.reading import Annotation
from kit.text.article import Article
from kit.text.spans import Span
from kit.text.tokens import Sentence, Token

UNLISTED = (
    "The network found no listed signal here, but from the context it takes this word for a doubt. Ask whether the "
    "sentence would be more certain without it."
)
SPECULATION, WEASEL = MARKS.index("speculation"), MARKS.index("weasel")


def hedges(article: Article, sentences: Sequence[Sentence]) -> Iterable[Annotation]:
    """The hedges of an article: of the lexicons' words those that the network takes for hedges, and some others.

    Where the kit's own model of doubts or of weasels is better, it takes the network's place.
    """
    answer, card, better = read(article, sentences), network().card["hedge"], network().card["better"]

    def speculation(matches: Sequence[Match], tokens: Sequence[Token]) -> Iterator[float]:
        odds = answer.of(tokens)[:, SPECULATION]
        return (_calibrated("speculation", float(odds[match.start : match.end].max())) for match in matches)

    def weasel(matches: Sequence[Match], tokens: Sequence[Token]) -> tuple[float, list[float]]:
        evidence = answer.of(tokens)[:, WEASEL]
        return _calibrated("weasel", float(np.logaddexp.reduce(evidence))), evidence.tolist()

    judge = own_judge()
    if better["speculation"]:
        judge = judge._replace(speculation=speculation, least_doubt=card["speculation"]["least"])
    if better["weasel"]:
        judge = judge._replace(weasel=weasel, least_weasel=card["weasel"]["least"])
    found = find_hedges(sentences, judge)
    if not better["speculation"]:
        return found
    unlisted = (mark for sentence in sentences for mark in _unlisted(answer, sentence.tokens, card["unlisted"]))
    return sorted([*found, *unlisted], key=lambda mark: mark.span)


def _calibrated(name: str, odds: float) -> float:
    head = network().card["hedge"][name]
    return probability(head["scale"] * odds + head["shift"])


def _unlisted(answer: Answer, tokens: Sequence[Token], least: float) -> Iterator[Annotation]:
    """The words of a sentence that the network takes for a doubt, sure enough to mark them without a lexicon."""
    likely = [_calibrated("speculation", odds) for odds in answer.of(tokens)[:, SPECULATION].tolist()]
    places = [at for at, token in enumerate(tokens) if likely[at] >= least and token.lower.isalpha()]
    if not places:
        return
    listed = {at for match in doubts().find(tokens) for at in range(match.start, match.end)}
    for at in places:
        if at not in listed:
            yield Annotation(
                layer="hedge",
                label="epistemic",
                span=Span(tokens[at].start, tokens[at].end),
                why=UNLISTED,
                entry="model/speculation",
                parts={"scope": (scope(tokens, at, at + 1, "epistemic"),)},
                details={"strength": "weak"},
                confidence=likely[at],
            )
