"""Attributions by learned models: who says what, as token ranges with a confidence.

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
from kit.analysis.attribution.first_look import CONTENT_LABELS, CUE_LABELS, LABELS, Candidate, FirstLook
from kit.analysis.attribution.judge_features import Proposal, evidence
from kit.analysis.attribution.link_features import link_features
from kit.analysis.attribution.token_table import TokenRange, TokenTable, tokens_of
from kit.models.crf import Chain
from kit.resources import read_model, uncollected

LISTED = 0.2  # confidence that is enough for cues that a lexicon vouches for


class Found(NamedTuple):
    """One attribution: the tokens of its source (none: nobody is named), cue and content, each in text order, and how
    sure the model is. ``verbatim``: its content is somebody's very words, without quotation marks."""

    source: tuple[TokenRange, ...]
    cue: tuple[TokenRange, ...]
    content: tuple[TokenRange, ...]
    confidence: float
    verbatim: bool = False

    @property
    def ranges(self) -> tuple[TokenRange, ...]:
        """All its token ranges."""
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
@uncollected()
def models() -> Models:
    """The kit's own models, read on first use."""
    return Models(read_model("attribution"))


def first_look(table: TokenTable, chain: Chain) -> FirstLook:
    """What the first model makes of an article."""
    scores = chain.scores(cue_features(table))
    probabilities = [row for first, end in stretches(table) for row in chain.marginals(scores[first:end])]
    return FirstLook(table, probabilities)


def pieces(labels: Sequence[str], kind: str, first: int = 0) -> tuple[TokenRange, ...]:
    """The pieces of one kind in the begin and inside labels of the tokens from ``first`` on.

    >>> pieces(["BC", "IC", "O", "BQ", "BC"], "C", first=10)
    ((10, 12), (14, 15))
    """
    ranges: list[TokenRange] = []
    for i, label in enumerate(labels, first):
        if label[1:] != kind:
            continue
        if label[0] == "I" and ranges and ranges[-1][1] == i:
            ranges[-1] = (ranges[-1][0], i + 1)
        else:
            ranges.append((i, i + 1))
    return tuple(ranges)


def proposal(candidate: Candidate, first: int, links: Chain, scores: Sequence[Sequence[int]]) -> Proposal:
    """The best labelling of a window that starts at token ``first``, should the candidate be a cue.

    An attribution has a content: if the best labelling shows none, the likeliest content token is held to be one.
    """
    forced = {candidate.anchor - first: CUE_LABELS}
    path, lead = links.best(scores, forced)
    if not set(CONTENT_LABELS) & set(path):
        outside_cue = [i for i, label in enumerate(path) if label not in CUE_LABELS]
        if outside_cue:
            likeliest = max(outside_cue, key=lambda i: max(scores[i][label] for label in CONTENT_LABELS) - scores[i][0])
            path = links.best(scores, forced | {likeliest: CONTENT_LABELS})[0]
    labels = [LABELS[label] for label in path]
    source, cue, content = (pieces(labels, kind, first) for kind in "SQC")
    return Proposal(candidate, lead, source, cue, content)


def find(table: TokenTable, listed: Collection[int] = ()) -> list[Found]:
    """The attributions in an article, in the order of their cues; no two share a word of a cue.

    ``listed``: tokens that a lexicon vouches for as parts of cues; for them less confidence is enough.
    """
    known = models()
    look = first_look(table, known.cues)
    proposals = []
    for candidate in look.candidates:
        first, features = link_features(table, look, candidate)
        proposals.append(proposal(candidate, first, known.links, known.links.scores(features)))
    judged = known.judge.scores(evidence(table, look, proposals))
    confidences = [known.judge.marginals([scores])[0][1] for scores in judged]
    likeliest_first = sorted(zip(confidences, proposals, strict=True), key=lambda pair: -pair[0])
    taken: set[int] = set()
    kept = []
    for confidence, proposed in likeliest_first:
        cue = set(tokens_of(proposed.cue))
        enough = known.threshold if cue.isdisjoint(listed) else LISTED
        if confidence >= enough and not cue & taken:
            taken |= cue
            kept.append(Found(proposed.source, proposed.cue, proposed.content, confidence))
    return sorted(kept, key=lambda attribution: attribution.cue)
