"""Krippendorff's alpha: how far readers agree, beyond what chance would give."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import permutations


def alpha(values: Sequence[Sequence[Hashable | None]]) -> float | None:
    """Krippendorff's alpha for nominal data.

    ``values``: a row for each reader, a column for each thing judged; None where a reader gave no judgement.
    1: all agree; 0: no better than chance; below 0: worse than chance. None where nothing can be said: no two
    judgements of the same thing, or the same one everywhere.

    Source: K. Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C; the example is his.

    >>> round(alpha(["aabbdcccedda", "babbbccceddd"]), 3)
    0.692
    """
    together: defaultdict[tuple[Hashable, Hashable], float] = defaultdict(float)  # his "coincidences"
    for column, times in Counter(zip(*values, strict=True)).items():  # equal columns are counted at once
        given = Counter(value for value in column if value is not None)
        others = given.total() - 1
        if others < 1:
            continue
        for value, count in given.items():
            together[value, value] += times * count * (count - 1) / others
        for one, two in permutations(given, 2):
            together[one, two] += times * given[one] * given[two] / others
    totals: defaultdict[Hashable, float] = defaultdict(float)
    for (value, _), weight in together.items():
        totals[value] += weight
    if len(totals) < 2:
        return None
    judgements = sum(totals.values())
    observed = sum(weight for (one, two), weight in together.items() if one != two)
    expected = (judgements**2 - sum(total**2 for total in totals.values())) / (judgements - 1)
    return 1 - observed / expected


def in_words(value: float | None) -> str:
    """An alpha in words, by Krippendorff's own limits (Content Analysis, 2004, chapter 11): .800 and .667.

    >>> in_words(0.81), in_words(0.42), in_words(None)
    ('they agree', 'they see partly the same', 'nothing to compare')
    """
    if value is None:
        return "nothing to compare"
    limits = ((0.8, "they agree"), (0.667, "they agree, with reservations"), (0.2, "they see partly the same"))
    return next((text for limit, text in limits if value >= limit), "they hardly agree more than by chance")
