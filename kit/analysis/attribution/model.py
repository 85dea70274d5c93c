"""Attributions by learned models: who says what, as token spans with a confidence.

Two linear-chain models share the work, as in Newell, Margolin and Ruths (2018): the first reads the article and marks
what may be a cue, a source or a content; the second looks from each candidate cue at the words around it and marks the
source and the content that belong to this cue. A third weighs what speaks for each proposal (judge_features.py):
that is its confidence. training/attribution.py makes them from the PolNeAR corpus.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, NamedTuple

from kit.analysis.attribution.cue_features import cue_features, stretches
from kit.analysis.attribution.judge_features import Proposal, evidence
from kit.analysis.attribution.link_features import (
    CONTENT_LABELS,
    CUE_LABELS,
    LABELS,
    Candidate,
    FirstLook,
    link_features,
)
from kit.analysis.attribution.token_table import TokenTable
from kit.models.crf import Chain
from kit.resources import read_model
from kit.text.spans import Span

LISTED = 0.2  # confidence that is enough for cues that a lexicon vouches for


class Found(NamedTuple):
    """One attribution: the spans of its source (none: nobody is named), cue and content, and how sure the model is."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float

    def spans(self) -> tuple[Span, ...]:
        """All its spans."""
        return self.source + self.cue + self.content


class Models:
    """The two models, the judge of what they propose, their word classes, and the line between kept and dropped."""

    def __init__(self, model: dict[str, Any]) -> None:
        self.classes = {
            name: {word: label for label, words in groups.items() for word in words.split()}
            for name, groups in model["classes"].items()
        }
        self.cues, self.links, self.judge = (Chain(model[name]) for name in ("cues", "links", "judge"))
        self.threshold: float = model["threshold"]


@cache
def models() -> Models:
    """The kit's own models, read on first use."""
    return Models(read_model("attribution"))


def first_look(table: TokenTable, chain: Chain) -> FirstLook:
    """What the first model makes of an article."""
    scores = chain.scores(cue_features(table))
    probabilities = [row for first, end in stretches(table) for row in chain.marginals(scores[first:end])]
    return FirstLook(table, probabilities)


def pieces(labels: Sequence[str], kind: str) -> list[tuple[int, int]]:
    """The spans of one kind in a sequence of begin and inside labels, as (first, end).

    >>> pieces(["BC", "IC", "O", "BQ", "BC"], "C")
    [(0, 2), (4, 5)]
    """
    found: list[tuple[int, int]] = []
    for i, label in enumerate(labels):
        if label[1:] != kind:
            continue
        if label[0] == "I" and found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    return found


def proposal(candidate: Candidate, first: int, links: Chain, scores: Sequence[Sequence[int]]) -> Proposal:
    """The best labelling of a window that starts at token ``first``, should the candidate be a cue.

    An attribution has a content: if the best labelling shows none, the likeliest content token is held to be one.
    """
    forced = {candidate.anchor - first: CUE_LABELS}
    path, lead = links.best(scores, forced)
    if not set(CONTENT_LABELS) & set(path):
        chances = [max(row[label] for label in CONTENT_LABELS) - row[0] for row in scores]
        likeliest = max(
            (i for i in range(len(path)) if path[i] not in CUE_LABELS), key=chances.__getitem__, default=None
        )
        if likeliest is not None:
            path = links.best(scores, forced | {likeliest: CONTENT_LABELS})[0]
    labels = [LABELS[label] for label in path]
    source, cue, content = (tuple((first + a, first + b) for a, b in pieces(labels, kind)) for kind in "SQC")
    return Proposal(candidate, lead, source, cue, content)


def find(table: TokenTable, listed: Collection[int] = ()) -> list[Found]:
    """The attributions in an article, in the order of their cues; no two share a word of a cue.

    ``listed``: tokens that a lexicon vouches for as parts of cues; for them less confidence is enough.
    """
    use = models()
    look = first_look(table, use.cues)
    proposals = []
    for candidate in look.candidates:
        first, features = link_features(table, look, candidate)
        proposals.append(proposal(candidate, first, use.links, use.links.scores(features)))
    judged = [use.judge.marginals([row])[0][1] for row in use.judge.scores(evidence(table, look, proposals))]
    taken: set[int] = set()
    found = []
    for confidence, one in sorted(zip(judged, proposals, strict=True), key=lambda pair: -pair[0]):
        cue = {i for first, end in one.cue for i in range(first, end)}
        enough = use.threshold if cue.isdisjoint(listed) else LISTED
        if confidence >= enough and not cue & taken:
            taken |= cue
            found.append(_found(table, one, confidence))
    return sorted(found, key=lambda one: one.cue)


def _found(table: TokenTable, one: Proposal, confidence: float) -> Found:
    source, cue, content = (
        tuple(Span(table.starts[first], table.ends[end - 1]) for first, end in ranges)
        for ranges in (one.source, one.cue, one.content)
    )
    return Found(source, cue, content, confidence)
