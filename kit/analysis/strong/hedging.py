"""Hedges by the network: it tells which of the lexicons' matches are hedges here, and where a claim lacks an owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from kit.analysis.hedging.find import find_hedges, own_judge
from kit.analysis.strong.network import MARKS, network, read
from kit.lexicons.matcher import Match
from kit.models.linear import probability
from kit.readings.reading import Annotation
from kit.text.article import Article
from kit.text.tokens import Sentence, Token

SPECULATION, WEASEL = MARKS.index("speculation"), MARKS.index("weasel")


def hedges(article: Article, sentences: Sequence[Sentence]) -> Iterable[Annotation]:
    """The hedges of an article. Where the kit's own model of doubts or of weasels is better, that one judges."""
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
    return find_hedges(sentences, judge)


def _calibrated(name: str, odds: float) -> float:
    head = network().card["hedge"][name]
    return probability(head["scale"] * odds + head["shift"])
