"""Log-odds: which words one of two texts has more often than the other, for its length."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

LEAST = 2  # times that a word must stand in the two texts together


def log_odds(a: Mapping[str, int], b: Mapping[str, int]) -> list[tuple[str, int, int, float]]:
    """How far words lean to one of two texts: (word, count in a, count in b, z), the words of ``a`` first.

    The z-score of the log-odds ratio with an informative Dirichlet prior, here the counts of both texts together: rare
    words are drawn towards no difference. Source: Monroe, Colaresi and Quinn (2008), Fightin' Words, Political
    Analysis 16(4), equations 15, 16, 18 and 22.

    >>> [(word, round(z, 1)) for word, _, _, z in log_odds({"town": 9, "rebels": 5}, {"town": 9, "heroes": 5})]
    [('rebels', 1.5), ('town', 0.0), ('heroes', -1.5)]
    """
    prior = Counter(a) + Counter(b)
    total, in_a, in_b = prior.total(), sum(a.values()), sum(b.values())
    found = []
    for word, weight in prior.items():
        if weight < LEAST or weight == total:
            continue
        m, n = a.get(word, 0), b.get(word, 0)
        one, two = (math.log((k + weight) / (size + total - k - weight)) for k, size in ((m, in_a), (n, in_b)))
        found.append((word, m, n, (one - two) / math.sqrt(1 / (m + weight) + 1 / (n + weight))))
    return sorted(found, key=lambda row: (-row[3], row[0]))
