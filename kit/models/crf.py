"""Linear-chain models in pure Python: label scores from features, the best labels, and how sure they are.

The models are conditional random fields (Lafferty, McCallum and Pereira 2001), trained by training/chain.py.
"""

from __future__ import annotations

import math
from base64 import b64decode
from collections.abc import Collection, Mapping, Sequence
from operator import add, mul
from typing import Any

from kit.models.packed import PackedWeights

NEVER = 1 << 40
UPPER = bytes([0x80] * 128 + [0x7F] * 128)  # the upper byte of a signed byte as a number of 16 bits, `ZERO` added


def _wide(weights: bytes) -> bytes:
    """Signed bytes as the numbers of 16 bits that `PackedWeights` takes."""
    wide = bytearray(2 * len(weights))
    wide[::2], wide[1::2] = weights, weights.translate(UPPER)
    return bytes(wide)


class Chain(PackedWeights):
    """A model over sequences of tokens.

    ``model`` is plain JSON data: ``labels``; ``scale``, by which weights were multiplied to make whole numbers;
    ``start`` and ``moves``, weights of a first label and of one label after another; ``features``, names separated
    by tabs, and ``weights``, as many signed bytes a feature as there are labels, in base 64.
    """

    def __init__(self, model: dict[str, Any]) -> None:
        self.labels: list[str] = model["labels"]
        self.scale: float = 1 / model["scale"]
        self.start: list[int] = model["start"]
        self.moves: list[list[int]] = model["moves"]
        self._odds = [[math.exp(weight * self.scale) for weight in row] for row in zip(*self.moves, strict=True)]
        super().__init__(model["features"], len(self.labels), _wide(b64decode(model["weights"])))

    def best(self, scores: Sequence[Sequence[int]], forced: Mapping[int, Collection[int]]) -> tuple[list[int], float]:
        """The best labels (Viterbi) among those that give each ``forced`` token one of the labels it may have.

        Also returns by how much they beat the sequence of label 0 alone, in log odds.
        """
        into = list(zip(*self.moves, strict=True))  # for each label the weights of coming from each other
        best = [start + score for start, score in zip(self.start, scores[0], strict=True)]
        best = _only(best, forced.get(0))
        reached = [best]
        for position in range(1, len(scores)):
            best = [max(map(add, best, moves)) + score for moves, score in zip(into, scores[position], strict=True)]
            if position in forced:
                best = _only(best, forced[position])
            reached.append(best)
        top = max(best)
        label = best.index(top)
        path = [label]
        for best in reached[-2::-1]:
            ways = list(map(add, best, into[label]))
            label = ways.index(max(ways))
            path.append(label)
        path.reverse()
        nothing = self.start[0] + (len(scores) - 1) * self.moves[0][0] + sum(row[0] for row in scores)
        return path, (top - nothing) * self.scale

    def marginals(self, scores: Sequence[Sequence[int]]) -> list[list[float]]:
        """For each token the probability of each label (forward and backward sums)."""
        odds, back_odds = self._odds, list(zip(*self._odds, strict=True))
        local = self._chances(scores)
        before = _shares(local[0])
        ahead = [before]
        for chances in local[1:]:
            before = _shares([chance * sum(map(mul, before, into)) for chance, into in zip(chances, odds, strict=True)])
            ahead.append(before)
        behind = [1.0] * len(self.labels)
        result = [before]
        for position in range(len(scores) - 1, 0, -1):
            onward = list(map(mul, behind, local[position]))
            behind = [sum(map(mul, onward, out)) for out in back_odds]
            both = list(map(mul, ahead[position - 1], behind))
            total = sum(both)
            result.append([b / total for b in both])
            behind = [b / total for b in behind]
        result.reverse()
        return result

    def _chances(self, scores: Sequence[Sequence[int]]) -> list[list[float]]:
        """For each token what its own features say for each label, beside the likeliest."""
        exp, scale = math.exp, self.scale
        first = [start + score for start, score in zip(self.start, scores[0], strict=True)]
        rows = [first, *scores[1:]]
        tops = map(max, rows)
        return [[exp((score - top) * scale) for score in row] for row, top in zip(rows, tops, strict=True)]


def _only(scores: list[int], allowed: Collection[int] | None) -> list[int]:
    """Scores by label, with the labels that are not allowed put out of reach; None allows all."""
    if allowed is None:
        return scores
    return [score if label in allowed else score - NEVER for label, score in enumerate(scores)]


def _shares(chances: Sequence[float]) -> list[float]:
    total = sum(chances)
    return [chance / total for chance in chances]
