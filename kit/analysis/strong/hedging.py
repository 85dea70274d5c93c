"""Hedges by the network: it tells which of the lexicons' matches are hedges here, and finds doubts that none lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from kit.analysis.hedging.find import Judge, find_hedges
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
    """The hedges of an article: of the lexicons' words those that the network takes for hedges, and some others."""
    answer, card = read(article, sentences), network().card["hedge"]

    def speculation(matches: Sequence[Match], tokens: Sequence[Token]) -> Iterator[float]:
        of_token = _speculation(answer, tokens)
        return (max(of_token[match.start : match.end]) for match in matches)

    def weasel(matches: Sequence[Match], tokens: Sequence[Token]) -> tuple[float, list[float]]:
        evidence = answer.of(tokens)[:, WEASEL]
        return _calibrated("weasel", float(np.logaddexp.reduce(evidence))), evidence.tolist()

    found = find_hedges(sentences, Judge(speculation, weasel, (card["speculation"]["least"], card["weasel"]["least"])))
    listed = {i for mark in found for i in range(*mark.span)}
    unlisted = (
        mark
        for sentence in sentences
        for mark in _unlisted(sentence.tokens, _speculation(answer, sentence.tokens), card["unlisted"])
        if mark.span.start not in listed
    )
    return sorted([*found, *unlisted], key=lambda mark: mark.span)


def _speculation(answer: Answer, tokens: Sequence[Token]) -> list[float]:
    """How likely each token of a sentence weakens a claim."""
    return [_calibrated("speculation", odds) for odds in answer.of(tokens)[:, SPECULATION].tolist()]


def _calibrated(name: str, odds: float) -> float:
    head = network().card["hedge"][name]
    return probability(head["scale"] * odds + head["shift"])


def _unlisted(tokens: Sequence[Token], likely: Sequence[float], least: float) -> Iterator[Annotation]:
    """The words of a sentence that the network takes for a doubt, sure enough to mark them without a lexicon."""
    for at, token in enumerate(tokens):
        if likely[at] >= least and token.lower.isalpha():
            yield Annotation(
                layer="hedge",
                label="epistemic",
                span=Span(token.start, token.end),
                why=UNLISTED,
                entry="model/speculation",
                parts={"scope": (scope(tokens, at, at + 1, "epistemic"),)},
                details={"strength": "weak"},
                confidence=likely[at],
            )
