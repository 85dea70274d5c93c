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
        into = list(zip(*self.moves, strict=True))  # for each label the weights of coming from each other
        best = [start + score for start, score in zip(self.start, scores[0], strict=True)]
        best = _only(best, forced.get(0))
        came_from: list[list[int]] = []
        for position in range(1, len(scores)):
            came, following = [], []
            for moves, score in zip(into, scores[position], strict=True):
                ways = [before + move for before, move in zip(best, moves, strict=True)]
                top = max(ways)
                came.append(ways.index(top))
                following.append(top + score)
            came_from.append(came)
            best = _only(following, forced.get(position))
        top = max(best)
        label = best.index(top)
        path = [label]
        for came in reversed(came_from):
            label = came[label]
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
            before = _shares(
                [
                    chance * sum([b * odd for b, odd in zip(before, into, strict=True)])
                    for chance, into in zip(chances, odds, strict=True)
                ]
            )
            ahead.append(before)
        behind = [1.0] * len(self.labels)
        result = [before]
        for position in range(len(scores) - 1, 0, -1):
            onward = [b * chance for b, chance in zip(behind, local[position], strict=True)]
            behind = [sum([o * odd for o, odd in zip(onward, out, strict=True)]) for out in back_odds]
            both = [a * b for a, b in zip(ahead[position - 1], behind, strict=True)]
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
