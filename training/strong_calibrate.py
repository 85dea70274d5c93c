"""How sure the strong reader is: from the network's scores to confidences, on texts that it has not learned from.

Each confidence is a logistic regression, each limit from which something is marked the one with the best F.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from strong_data import LIMITS, Parts, Text

from kit.analysis.strong.links import Proposed
from kit.analysis.strong.network import MARKS, Network

SHARE_OF_WEASELS = 0.22  # of sentences, outside the corpus, which has more

Array = np.ndarray


def logistic(values: Array, right: Array, weight: Array | None = None) -> tuple[list[float], float]:
    """The weights and the bias of a logistic regression, by Newton's method with a slight penalty."""
    mean, spread = values.mean(0), values.std(0) + 1e-6
    x = np.hstack([(values - mean) / spread, np.ones((len(values), 1))])
    weight = np.ones(len(x)) if weight is None else weight
    penalty = np.diag([0.1] * values.shape[1] + [0.0])
    theta = np.zeros(x.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-np.clip(x @ theta, -30, 30)))
        slope = x.T @ (weight * (likely - right)) + penalty @ theta
        curve = (x * (weight * likely * (1 - likely))[:, None]).T @ x + penalty + 1e-9 * np.eye(len(theta))
        theta = theta - np.linalg.solve(curve, slope)
    weights = theta[:-1] / spread
    return [round(float(w), 4) for w in weights], round(float(theta[-1] - weights @ mean), 4)


def best_limit(likely: Array, right: Array, weight: Array | None = None, missed: int = 0) -> float:
    """The limit among hundredths from which on marks have the best F; ``missed``: gold marks that none of them is."""
    weight = np.ones(len(likely)) if weight is None else weight

    def f(limit: float) -> float:
        marked = likely >= limit
        both = (weight * marked).sum() + (weight * right).sum() + missed
        return 2 * (weight * marked * right).sum() / both if both else 0.0

    return max((round(float(limit), 2) for limit in np.arange(0.05, 0.96, 0.01)), key=f)


def probabilities(odds: Array, scale: float, shift: float) -> Array:
    return 1 / (1 + np.exp(-np.clip(scale * odds + shift, -30, 30)))


def calibrate(network: Network, texts: dict[str, list[Text]]) -> dict[str, dict]:
    """The settings of each layer, for reader.json. ``texts``: those held out, by task."""
    looked = {task: [(text, *network.look(text.seen)) for text in some] for task, some in texts.items()}
    return {
        "attribution": attribution([(text, found) for text, found, _ in looked["attribution"]]),
        "hedge": {
            "speculation": speculation([(text, marks) for text, _, marks in looked["speculation"]]),
            "weasel": weasel([(text, marks) for text, _, marks in looked["weasel"]]),
        },
        "framing": framing([(text, marks) for text, _, marks in looked["loaded"]]),
    }


def is_right(proposal: Proposed, gold: Iterable[Parts]) -> bool:
    """Whether an annotator marked exactly this cue."""
    return any(sorted(parts["cue"]) == sorted(proposal.cue) for parts in gold)


def attribution(looked: Sequence[tuple[Text, list[Proposed]]]) -> dict:
    every = [(proposal, is_right(proposal, text.attributions)) for text, found in looked for proposal in found]
    values = np.array([proposal.evidence() for proposal, _ in every])
    right = np.array([float(yes) for _, yes in every])
    weights, bias = logistic(values, right)
    sure = 1 / (1 + np.exp(-(values @ np.array(weights) + bias)))
    gold = sum(len(text.attributions) for text, _ in looked)

    def f(least: float) -> float:
        kept = sure >= least
        return 2 * right[kept].sum() / (kept.sum() + gold)

    least = max((round(limit, 2) for limit in np.arange(0.1, 0.6, 0.01)), key=f)
    return {"weights": weights, "bias": bias, "least": least}


def proposed(looked: Sequence[tuple[Text, Array]], names: Sequence[str]) -> tuple[Array, Array, int]:
    """Of each word that the lexicons propose: the log-odds of some marks there, and whether people marked it; and how
    many of people's marks the lexicons propose nothing in."""
    places = [MARKS.index(name) for name in names]
    odds, right, missed = [], [], 0
    for text, marks in looked:
        of_token = np.logaddexp.reduce(marks[:, places], axis=1)
        odds += [of_token[start:end].max() for start, end in text.listed]
        marked = text.labels.reshape(len(text.labels), -1).any(1)
        right += [float(marked[start:end].any()) for start, end in text.listed]
        listed = {at for start, end in text.listed for at in range(start, end)}
        missed += sum(listed.isdisjoint(range(start, end)) for start, end in runs(marked))
    return np.array(odds), np.array(right), missed


def runs(marked: Array) -> list[tuple[int, int]]:
    """Where tokens are marked, as ranges."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(int)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def speculation(looked: Sequence[tuple[Text, Array]]) -> dict:
    odds, right, missed = proposed(looked, ["speculation"])
    (scale,), shift = logistic(odds[:, None], right)
    least = best_limit(probabilities(odds, scale, shift), right, missed=missed)
    return {"scale": scale, "shift": shift, "least": least}


def weasel(looked: Sequence[tuple[Text, Array]]) -> dict:
    odds, right = [], []
    for text, marks in looked:
        for number, uncertain in enumerate(text.uncertain):
            of_sentence = marks[text.labels == number, MARKS.index("weasel")]
            if len(of_sentence):
                odds.append(np.logaddexp.reduce(of_sentence))
                right.append(float(uncertain))
    values, yes = np.array(odds), np.array(right)
    share = yes.mean()
    rarer = SHARE_OF_WEASELS / (1 - SHARE_OF_WEASELS) / (share / (1 - share))
    weight = np.where(yes > 0, rarer, 1.0)
    (scale,), shift = logistic(values[:, None], yes, weight)
    least = best_limit(probabilities(values, scale, shift), yes, weight)
    return {"scale": scale, "shift": shift, "least": least}


def framing(looked: Sequence[tuple[Text, Array]]) -> dict:
    odds, right, missed = proposed(looked, ["loaded", "name"])
    (scale,), shift = logistic(odds[:, None], right)
    least = best_limit(probabilities(odds, scale, shift), right, missed=missed)
    limit = round(float(np.log(least / (1 - least))), 2)
    return {"scale": scale, "shift": shift, "limits": dict.fromkeys(LIMITS, limit)}
