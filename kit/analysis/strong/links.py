"""From the network's scores to attributions: which tokens may be a cue, and what belongs to each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from kit.analysis.attribution.first_look import CANDIDATE, CONTENT_LABELS, CUE_LABELS, LABELS, LONGEST_CUE, Candidate
from kit.analysis.attribution.model import pieces
from kit.analysis.attribution.token_table import TokenRange
from kit.analysis.strong.windows import LINK_LEFT, Array

NEVER = -1e4  # log-odds
CONTINUED = (2, 4, 6)  # labels that no labelling begins with


class Proposed(NamedTuple):
    """The likeliest labelling around a possible cue, and what speaks for it: how likely its anchor is part of a cue,
    by how much (log-odds) it leads over "no cue", and whether it had to be told that there is a content."""

    source: tuple[TokenRange, ...]
    cue: tuple[TokenRange, ...]
    content: tuple[TokenRange, ...]
    likely: float
    lead: float
    told: bool

    def evidence(self) -> list[float]:
        """What its confidence is reckoned from."""
        odds = np.log(self.likely / (1 - self.likely))
        pieces = len(self.content) > 1 or len(self.cue) > 1 or len(self.source) > 1
        return [float(odds), min(self.lead, 20.0), float(self.told), float(not self.source), float(pieces)]

    def moved(self, by: int) -> Proposed:
        """The same, ``by`` tokens further on."""

        def move(ranges: Sequence[TokenRange]) -> tuple[TokenRange, ...]:
            return tuple((first + by, end + by) for first, end in ranges)

        return self._replace(source=move(self.source), cue=move(self.cue), content=move(self.content))


def likely_cues(likely: Array) -> list[Candidate]:
    """The runs of tokens that may be a cue, from the probabilities [tokens, labels] of a window."""
    begins = likely[:, CUE_LABELS[0]]
    cue = likely[:, list(CUE_LABELS)].sum(1)
    found: list[Candidate] = []
    at = 0
    while at < len(cue):
        first = at
        at += 1
        if cue[first] <= CANDIDATE:
            continue
        while at < min(len(cue), first + LONGEST_CUE) and cue[at] > CANDIDATE:
            if begins[at] > CANDIDATE and begins[at] > cue[at] / 2:
                break
            at += 1
        found.append(Candidate(first, at, first + int(cue[first:at].argmax())))
    return found


def best_labels(scores: Array, moves: Array) -> tuple[Array, Array]:
    """The best labelling of each row of scores [rows, tokens, labels], and its score (Viterbi)."""
    rows, length, labels = scores.shape
    every = np.arange(rows)
    total = scores[:, 0].copy()
    total[:, list(CONTINUED)] += NEVER
    back = np.zeros((length, rows, labels), dtype=np.int8)
    for place in range(1, length):
        ways = total[:, :, None] + moves
        back[place] = ways.argmax(1)
        total = ways.max(1) + scores[:, place]
    path = np.zeros((rows, length), dtype=np.int64)
    path[:, -1] = total.argmax(1)
    for place in range(length - 1, 0, -1):
        path[:, place - 1] = back[place, every, path[:, place]]
    return path, total.max(1)


def proposals(candidates: Sequence[Candidate], likely: Array, scores: Array, moves: Array) -> list[Proposed]:
    """What each candidate of a window would be, from the scores [candidates, LINK_WIDTH, labels] around it.

    Its anchor is held to be a cue. An attribution has a content: where the best labelling shows none, the likeliest
    content token is held to be one.
    """
    cue, other = list(CUE_LABELS), [label for label in range(len(LABELS)) if label not in CUE_LABELS]
    held, free = scores.copy(), scores.copy()
    held[:, LINK_LEFT, other] = NEVER
    free[:, LINK_LEFT, cue] = NEVER
    paths, best = best_labels(held, moves)
    _, without = best_labels(free, moves)
    told = np.array([not np.isin(path, CONTENT_LABELS).any() for path in paths], dtype=bool)
    if told.any():
        some = held[told]
        gain = some[:, :, list(CONTENT_LABELS)].max(2) - some[:, :, 0]
        gain[np.isin(paths[told], CUE_LABELS)] = NEVER
        at = gain.argmax(1)
        no_content = [label for label in range(len(LABELS)) if label not in CONTENT_LABELS]
        some[np.arange(len(some))[:, None], at[:, None], no_content] = NEVER
        paths[told] = best_labels(some, moves)[0]
    found = []
    for number, candidate in enumerate(candidates):
        labels = [LABELS[label] for label in paths[number]]
        source, cues, content = (pieces(labels, kind, candidate.anchor - LINK_LEFT) for kind in "SQC")
        sure = float(likely[candidate.anchor, cue].sum().clip(1e-6, 1 - 1e-6))
        lead = float(best[number] - without[number])
        found.append(Proposed(source, cues, content, sure, lead, bool(told[number])))
    return found
