"""Linear-chain models in pure Python: label scores from features, the best labels, and how sure they are.

The models are conditional random fields (Lafferty, McCallum and Pereira 2001), trained by training/chain.py.
All weights of one feature are packed into one whole number, 32 bits a label, so that adding up the features of a
token is a single `sum` for all labels at once. They are packed when first looked up: most texts need few of them.
"""

from __future__ import annotations

import math
import struct
from array import array
from base64 import b64decode
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

BITS = 32
MOST_PACKED = 500_000  # features; a text has no end of unknown words, memory has
MIDDLE = 1 << (BITS - 1)
NEVER = 1 << 40


class _Weights(dict[str, int]):
    """The packed weights by feature; those of an unknown feature are 0."""

    def __init__(self, names: Sequence[str], rows: bytes, size: int) -> None:
        super().__init__()
        self.places = {name: place * size for place, name in enumerate(names)}
        self.rows, self.size = array("b", rows), size

    def __missing__(self, name: str) -> int:
        place = self.places.get(name)
        row = () if place is None else self.rows[place : place + self.size]
        packed = sum(weight << (BITS * label) for label, weight in enumerate(row))
        if len(self) >= MOST_PACKED:
            self.clear()
        self[name] = packed
        return packed


class Chain:
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
        size = len(self.labels)
        self._row = struct.Struct(f"<{size}I")
        self._middle = sum(MIDDLE << (BITS * label) for label in range(size))
        self.weights = _Weights(model["features"].split("\t"), b64decode(model["weights"]), size)

    def scores(self, tokens: Iterable[Iterable[str]]) -> list[tuple[int, ...]]:
        """For each token, given by its features, a score for each label."""
        get, unpack, middle, size = self.weights.__getitem__, self._row.unpack, self._middle, self._row.size
        return [unpack((sum(map(get, names)) + middle).to_bytes(size, "little")) for names in tokens]

    def best(self, scores: Sequence[Sequence[int]], forced: Mapping[int, Collection[int]]) -> tuple[list[int], float]:
        """The best labels (Viterbi) among those that give each ``forced`` token one of the labels it may have.

        Also returns by how much they beat the sequence of label 0 alone, in log odds.
        """
        moves = list(zip(*self.moves, strict=True))
        best = [first + score for first, score in zip(self.start, scores[0], strict=True)]
        back: list[list[int]] = []
        if 0 in forced:
            best = [b if label in forced[0] else b - NEVER for label, b in enumerate(best)]
        for position in range(1, len(scores)):
            came, after = [], []
            for move, score in zip(moves, scores[position], strict=True):
                ways = [b + m for b, m in zip(best, move, strict=True)]
                top = max(ways)
                came.append(ways.index(top))
                after.append(top + score)
            if position in forced:
                after = [a if label in forced[position] else a - NEVER for label, a in enumerate(after)]
            back.append(came)
            best = after
        top = max(best)
        label = best.index(top)
        path = [label]
        for came in reversed(back):
            label = came[label]
            path.append(label)
        path.reverse()
        nothing = self.start[0] + (len(scores) - 1) * self.moves[0][0] + sum(row[0] for row in scores)
        return path, (top - nothing) * self.scale

    def marginals(self, scores: Sequence[Sequence[int]]) -> list[list[float]]:
        """For each token the probability of each label (forward and backward sums)."""
        exp, scale = math.exp, self.scale
        odds, back_odds = self._odds, list(zip(*self._odds, strict=True))
        local, ahead = [], []
        before: list[float] = []
        for position, row in enumerate(scores):
            if position == 0:
                row = [first + score for first, score in zip(self.start, row, strict=True)]
            top = max(row)
            chances = [exp((score - top) * scale) for score in row]
            local.append(chances)
            if position:
                chances = [
                    c * sum([b * o for b, o in zip(before, into, strict=True)])
                    for c, into in zip(chances, odds, strict=True)
                ]
            total = sum(chances)
            before = [c / total for c in chances]
            ahead.append(before)
        behind = [1.0] * len(self.labels)
        result = [before]
        for position in range(len(scores) - 1, 0, -1):
            onward = [b * c for b, c in zip(behind, local[position], strict=True)]
            behind = [sum([n * o for n, o in zip(onward, out, strict=True)]) for out in back_odds]
            both = [a * b for a, b in zip(ahead[position - 1], behind, strict=True)]
            total = sum(both)
            result.append([b / total for b in both])
            behind = [b / total for b in behind]
        result.reverse()
        return result
