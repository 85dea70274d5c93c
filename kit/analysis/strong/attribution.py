"""Attributions by the network: which of those that it proposes are kept, and how sure each is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from kit.analysis.attributing import attributing
from kit.analysis.attribution.model import Found
from kit.analysis.attribution.token_table import TokenTable, tokens_of
from kit.analysis.strong.links import Proposed
from kit.analysis.strong.network import network, read
from kit.models.linear import probability
from kit.readings.reading import Annotation
from kit.text.article import Article
from kit.text.tokens import Sentence

UNLISTED = (
    "The network found no listed signal here: by the context it takes “{cue}” for what somebody says, thinks or means "
    "to do."
)


def attributions(article: Article, sentences: Sequence[Sentence]) -> Iterable[Annotation]:
    """The attributions of an article; what follows the network is as in the default reader."""
    answer = read(article, sentences)

    def find(table: TokenTable, listed: Collection[int]) -> list[Found]:
        return chosen(answer.proposals)

    return attributing(article, sentences, find=find, unlisted=UNLISTED)


def chosen(proposals: Sequence[Proposed]) -> list[Found]:
    """The proposals that are sure enough, in the order of their cues; no two share a word of a cue."""
    settings = network().card["attribution"]
    weights, bias = settings["weights"], settings["bias"]
    sure = [
        probability(bias + sum(weight * value for weight, value in zip(weights, proposal.evidence(), strict=True)))
        for proposal in proposals
    ]
    surest_first = sorted(zip(sure, proposals, strict=True), key=lambda pair: -pair[0])
    taken: set[int] = set()
    kept = []
    for confidence, proposal in surest_first:
        cue = set(tokens_of(proposal.cue))
        if confidence >= settings["least"] and not cue & taken:
            taken |= cue
            kept.append(Found(proposal.source, proposal.cue, proposal.content, confidence))
    return sorted(kept, key=lambda attribution: attribution.cue)
