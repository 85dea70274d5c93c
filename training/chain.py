"""Training of linear-chain models (kit/models/crf.py): AdaGrad with dropout of features, averaged over epochs.

Needs numpy and numba, which compiles the inner loop. Deterministic for one seed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numba import njit


@dataclass
class Sequences:
    """Sequences of tokens as arrays.

    Token t has the features ``features[tokens[t]:tokens[t + 1]]`` and the label ``labels[t]``; sequence s has the
    tokens ``sequences[s]`` to ``sequences[s + 1]``. ``names`` numbers the features.
    """

    names: dict[str, int]
    features: np.ndarray
    tokens: np.ndarray
    labels: np.ndarray
    sequences: np.ndarray

    @property
    def longest(self) -> int:
        return int(np.max(np.diff(self.sequences)))


@dataclass
class Weights:
    """Weights of features by label, of first labels, and of one label after another."""

    features: np.ndarray
    start: np.ndarray
    moves: np.ndarray

    @staticmethod
    def average(many: list[Weights]) -> Weights:
        parts = zip(*((w.features, w.start, w.moves) for w in many), strict=True)
        return Weights(*(sum(part) / len(many) for part in parts))


def collect(
    sequences: Iterable[tuple[Iterable[list[str]], list[int]]], names: dict[str, int] | None = None, rare: int = 2
) -> Sequences:
    """Number the features of sequences, given as (features of each token, labels).

    With ``names`` only those features count; without, all that occur at least ``rare`` times.
    """
    grow, known = names is None, {} if names is None else names
    features, tokens, labels, ends = array("i"), array("q", [0]), array("b"), array("q", [0])
    for rows, row_labels in sequences:
        for row in rows:
            if grow:
                features.extend([known.setdefault(name, len(known)) for name in row])
            else:
                features.extend([known[name] for name in row if name in known])
            tokens.append(len(features))
        labels.extend(row_labels)
        ends.append(len(labels))
    numbers, offsets = np.frombuffer(features, np.int32), np.frombuffer(tokens, np.int64)
    if grow:
        often = np.bincount(numbers, minlength=len(known)) >= rare
        renumbered = np.where(often, np.cumsum(often) - 1, -1).astype(np.int32)[numbers]
        kept = renumbered >= 0
        offsets = np.concatenate([[0], np.cumsum(kept)])[offsets]
        numbers = renumbered[kept]
        known = {name: i for i, name in enumerate(name for name, keep in zip(known, often, strict=True) if keep)}
    return Sequences(known, numbers, offsets, np.frombuffer(labels, np.int8), np.frombuffer(ends, np.int64))


def train(
    data: Sequences,
    label_count: int,
    chosen: np.ndarray,
    *,
    rate: float,
    epochs: int,
    skip: int = 3,
    drop: float = 0.3,
    decay: float = 1e-4,
    seed: int = 0,
) -> Weights:
    """Train on the ``chosen`` sequences; the result is the average of the weights after each epoch from ``skip`` on."""
    shapes = (len(data.names), label_count), (label_count,), (label_count, label_count)
    weights = [np.zeros(shape, np.float32) for shape in shapes]
    squares = [np.ones(shape, np.float32) for shape in shapes]
    sums = [np.zeros(shape, np.float32) for shape in shapes]
    shuffle = np.random.default_rng(seed)
    arrays = data.features, data.tokens, data.labels, data.sequences
    for epoch in range(epochs):
        order = shuffle.permutation(chosen)
        settings = np.float32(rate), np.float32(decay), drop, seed * 997 + epoch, data.longest
        _epoch(*arrays, order, *weights, *squares, *settings)
        if epoch >= skip:
            for total, part in zip(sums, weights, strict=True):
                total += part
    return Weights(*(total / (epochs - skip) for total in sums))


def score(data: Sequences, weights: Weights, chosen: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Scores and probabilities of the labels of every token of the chosen sequences (others: zeros)."""
    chosen = np.arange(len(data.sequences) - 1) if chosen is None else chosen
    return _score(
        data.features, data.tokens, data.sequences, chosen, weights.features, weights.start, weights.moves, data.longest
    )


@njit(cache=True, fastmath=True)
def _forward_backward(scores, size, start, moves, local, ahead, behind, totals):
    """Scaled forward and backward sums of one sequence; returns the log of the partition sum."""
    labels = scores.shape[1]
    log_sum = 0.0
    for t in range(size):
        top = scores[t, 0] + (start[0] if t == 0 else np.float32(0))
        for k in range(labels):
            local[t, k] = scores[t, k] + (start[k] if t == 0 else np.float32(0))
            top = max(top, local[t, k])
        total = np.float32(0)
        for k in range(labels):
            local[t, k] = np.exp(local[t, k] - top)
            reach = np.float32(1)
            if t > 0:
                reach = np.float32(0)
                for j in range(labels):
                    reach += ahead[t - 1, j] * moves[j, k]
            ahead[t, k] = local[t, k] * reach
            total += ahead[t, k]
        totals[t] = total
        log_sum += top + np.log(total)
        for k in range(labels):
            ahead[t, k] /= total
    for k in range(labels):
        behind[size - 1, k] = 1
    for t in range(size - 2, -1, -1):
        for j in range(labels):
            reach = np.float32(0)
            for k in range(labels):
                reach += moves[j, k] * behind[t + 1, k] * local[t + 1, k]
            behind[t, j] = reach / totals[t + 1]
    return log_sum


@njit(cache=True, fastmath=True)
def _epoch(
    features, tokens, labels, sequences, order,
    w, start, moves, w_squares, start_squares, move_squares, rate, decay, drop, seed, longest,
):  # fmt: skip
    dice, limit = np.uint64(seed + 1), np.uint64(drop * 2**31)
    count, tiny = w.shape[1], np.float32(1e-6)
    scores = np.zeros((longest, count), np.float32)
    local, ahead, behind = np.zeros_like(scores), np.zeros_like(scores), np.zeros_like(scores)
    totals, gradient = np.zeros(longest, np.float32), np.zeros(count, np.float32)
    odds, move_gradient = np.zeros_like(moves), np.zeros_like(moves)
    kept = np.zeros(512 * longest, np.bool_)
    more = np.float32(1 / (1 - drop))
    for s in order:
        first, size = sequences[s], sequences[s + 1] - sequences[s]
        base = tokens[first]
        for t in range(size):
            scores[t] = 0
            for f in range(tokens[first + t], tokens[first + t + 1]):
                dice = dice * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)
                kept[f - base] = (dice >> np.uint64(33)) >= limit
                if kept[f - base]:
                    for k in range(count):
                        scores[t, k] += w[features[f], k] * more
        for j in range(count):
            for k in range(count):
                odds[j, k] = np.exp(moves[j, k])
                move_gradient[j, k] = 0
        _forward_backward(scores, size, start, odds, local, ahead, behind, totals)
        for t in range(size - 1):
            for j in range(count):
                for k in range(count):
                    move_gradient[j, k] += ahead[t, j] * odds[j, k] * behind[t + 1, k] * local[t + 1, k] / totals[t + 1]
            move_gradient[labels[first + t], labels[first + t + 1]] -= 1
        for j in range(count):
            for k in range(count):
                g = move_gradient[j, k]
                move_squares[j, k] += g * g
                moves[j, k] -= rate * g / np.sqrt(move_squares[j, k] + tiny)
        for t in range(size):
            largest = np.float32(0)
            for k in range(count):
                gradient[k] = ahead[t, k] * behind[t, k] - (1 if k == labels[first + t] else 0)
                largest = max(largest, abs(gradient[k]))
            if t == 0:
                for k in range(count):
                    start_squares[k] += gradient[k] * gradient[k]
                    start[k] -= rate * gradient[k] / np.sqrt(start_squares[k] + tiny)
            if largest < 1e-3:
                continue
            for f in range(tokens[first + t], tokens[first + t + 1]):
                if kept[f - base]:
                    row = features[f]
                    for k in range(count):
                        g = gradient[k] + decay * w[row, k]
                        w_squares[row, k] += g * g
                        w[row, k] -= rate * g / np.sqrt(w_squares[row, k] + tiny)


@njit(cache=True, fastmath=True)
def _score(features, tokens, sequences, chosen, w, start, moves, longest):
    count = w.shape[1]
    all_scores = np.zeros((len(tokens) - 1, count), np.float32)
    probabilities = np.zeros_like(all_scores)
    local = np.zeros((longest, count), np.float32)
    ahead, behind = np.zeros_like(local), np.zeros_like(local)
    totals, odds = np.zeros(longest, np.float32), np.exp(moves)
    for s in chosen:
        first, end = sequences[s], sequences[s + 1]
        for t in range(first, end):
            for f in range(tokens[t], tokens[t + 1]):
                for k in range(count):
                    all_scores[t, k] += w[features[f], k]
        _forward_backward(all_scores[first:end], end - first, start, odds, local, ahead, behind, totals)
        for t in range(first, end):
            for k in range(count):
                probabilities[t, k] = ahead[t - first, k] * behind[t - first, k]
    return all_scores, probabilities
