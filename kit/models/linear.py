"""Linear models: a sum of weights, one for each feature, as a probability."""

from __future__ import annotations

import math

FARTHEST = 30.0  # log-odds beyond which nothing changes


def probability(log_odds: float) -> float:
    """Log-odds as a probability, between 0 and 1 (the logistic function).

    >>> probability(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-max(-FARTHEST, min(FARTHEST, log_odds))))
