"""The class's own reading: what many readers make of a text together, each counted by how reliable they are.

Not every reader is equally careful, and who is shows in the marks themselves: a reader who marks what most others mark,
and little else, is reliable. So two questions are answered in turns until nothing changes any more: which words are
meant to be marked, and how often does each reader mark such a word, and how often any other? The method is Dawid's
and Skene's; here it has two answers, marked or not.

Source: A. P. Dawid, A. M. Skene (1979), Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm,
Applied Statistics 28(1).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import log

from kit.models.linear import probability

ROUNDS = 60
SETTLED = 1e-4  # the largest change of a probability after which nothing more happens


@dataclass(frozen=True)
class Consensus:
    """``words``: for each, how likely it belongs to the class's reading. ``weights``, by reader: what a mark of theirs
    counts, 0 or more."""

    words: tuple[float, ...]
    weights: Mapping[int, float]


def consensus(marked: Mapping[int, Collection[int]], words: int) -> Consensus:
    """What readers make of a text together. ``marked``: by reader, the numbers of the words that they marked, from 0.

    >>> read = consensus({1: {0, 4}, 2: {0, 4}, 3: {0, 4, 7}, 4: {0, 5, 6, 8}}, 10)
    >>> [number for number, chance in enumerate(read.words) if chance > 0.5]
    [0, 4]
    >>> read.weights[1] > read.weights[4]
    True
    """
    share = [0.0] * words
    for numbers in marked.values():
        for number in numbers:
            share[number] += 1 / len(marked)
    weights: dict[int, float] = {}
    unmarked: dict[int, float] = {}  # what it counts that a reader leaves a word out, 0 or less
    for _ in range(ROUNDS if marked else 0):
        meant = sum(share)
        for reader, numbers in marked.items():
            found = sum(share[number] for number in numbers)
            # As if each reader had been seen to hit, to miss and to mark wrongly once more: nobody is perfect.
            hits = (found + 1) / (meant + 2)  # how often they mark a word that is meant
            false = min((len(numbers) - found + 1) / (words - meant + 2), hits)  # and any other
            weights[reader], unmarked[reader] = log(hits / false), log((1 - hits) / (1 - false))
        prior = (meant + 1) / (words + 2)
        odds = [log(prior / (1 - prior)) + sum(unmarked.values())] * words
        for reader, numbers in marked.items():
            for number in numbers:
                odds[number] += weights[reader] - unmarked[reader]
        before, share = share, [probability(one) for one in odds]
        if max((abs(one - other) for one, other in zip(before, share, strict=True)), default=0.0) < SETTLED:
            break
    return Consensus(tuple(share), weights)
