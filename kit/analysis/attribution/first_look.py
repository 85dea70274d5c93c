"""What the first model makes of an article: for each token how likely it is part of a cue, a source or a content, and
the candidates that the second model looks at one by one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kit.analysis.attribution.token_table import EDGE, TokenTable

LABELS = ("O", "BC", "IC", "BS", "IS", "BQ", "IQ")  # begin and inside of Content, Source, Quoting words (the cue)
CONTENT_LABELS, CUE_LABELS = (1, 2), (5, 6)
CANDIDATE = 0.1  # probability from which on a token may be part of a cue
LONGEST_CUE = 12  # tokens
LIMITS = (0.02, 0.1, 0.25, 0.5, 0.75, 0.92)  # of the classes of sureness


def sureness(probability: float) -> str:
    """A probability as one of seven classes.

    >>> sureness(0.01), sureness(0.6), sureness(0.99)
    ('0', '4', '6')
    """
    return "0123456"[bisect_right(LIMITS, probability)]


@dataclass(frozen=True)
class Candidate:
    """Tokens first to end (half-open) that may be a cue; ``anchor`` is the likeliest of them."""

    first: int
    end: int
    anchor: int


class FirstLook:
    """The first model's answer for an article, as the second model's features use it.

    ``probabilities``: for each token one of each label. ``labels`` are the likeliest; ``cue_class`` and the like say
    how sure the model is. Columns that features look into have two tokens more, as in `TokenTable`.
    """

    def __init__(self, table: TokenTable, probabilities: Sequence[Sequence[float]]) -> None:
        self.labels = [LABELS[row.index(max(row))] for row in probabilities]
        self.content, self.source, self.cue = ([row[i] + row[i + 1] for row in probabilities] for i in (1, 3, 5))
        self.candidates = self._find_candidates(table, [row[5] for row in probabilities])
        self.anchors = [candidate.anchor for candidate in self.candidates]
        self.of_token = {i: candidate for candidate in self.candidates for i in range(candidate.first, candidate.end)}
        self.cue_class = [sureness(p) for p in self.cue]
        self.source_class = [sureness(p) for p in self.source]
        self.content_class = [sureness(p) for p in self.content]
        self.source_start = [sureness(row[3]) for row in probabilities]
        self.content_start = [sureness(row[1]) for row in probabilities]
        self.cue += [0.0, 0.0]
        for column in (self.labels, self.cue_class, self.source_class, self.content_class):
            column += [EDGE, EDGE]

    def _find_candidates(self, table: TokenTable, starting: Sequence[float]) -> list[Candidate]:
        candidates = []
        first = 0
        while first < table.size:
            if self.cue[first] <= CANDIDATE:
                first += 1
                continue
            end = self._candidate_end(table, starting, first)
            candidates.append(Candidate(first, end, max(range(first, end), key=self.cue.__getitem__)))
            first = end
        return candidates

    def _candidate_end(self, table: TokenTable, starting: Sequence[float], first: int) -> int:
        """Where the candidate ends that starts here: before an unlikely token, another cue or another sentence."""
        end = first + 1
        while end < min(table.size, first + LONGEST_CUE) and self.cue[end] > CANDIDATE:
            starts_another = starting[end] > CANDIDATE and starting[end] > self.cue[end] / 2
            if starts_another or table.sentence[end] != table.sentence[first]:
                break
            end += 1
        return end
