"""Penn tags for words: an averaged perceptron (Collins 2002) that reads models of NLTK's trainer.

It gives NLTK's own tags, in half the time; tests/test_language.py compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

START, END = ("-START-", "-START2-"), ("-END-", "-END2-")

Weights = Mapping[str, Mapping[str, float]]  # by feature and tag


class Tagger:
    """``always`` are words that have one tag wherever they stand; ``tags`` are all there are."""

    def __init__(self, weights: Weights, always: Mapping[str, str], tags: Sequence[str]) -> None:
        self.weights, self.always, self.tags = weights, always, tags

    def tag(self, words: Sequence[str]) -> list[str]:
        """The tags of the words of one sentence, each found with an eye on the two before."""
        around = [*START, *map(_normal, words), *END]
        found: list[str] = []
        before, before2 = START
        for i, word in enumerate(words):
            tag = self.always.get(word) or self._likeliest(_features(word, before, before2, *around[i : i + 5]))
            found.append(tag)
            before, before2 = tag, before
        return found

    def _likeliest(self, features: Sequence[str]) -> str:
        """The tag for which the features speak most; of several the last by the alphabet."""
        scores = dict.fromkeys(self.tags, 0.0)
        for row in filter(None, map(self.weights.get, features)):
            for tag, weight in row.items():
                scores[tag] += weight
        top = max(scores.values())
        return max(tag for tag, score in scores.items() if score == top)


def _normal(word: str) -> str:
    """What a word counts as in the features of its neighbours."""
    if "-" in word and word[0] != "-":
        return "!HYPHEN"
    if word.isdigit() and len(word) == 4:
        return "!YEAR"
    return "!DIGITS" if word[:1].isdigit() else word.lower()


def _features(
    word: str, tag_1: str, tag_2: str, normal_2: str, normal_1: str, normal: str, normal1: str, normal2: str
) -> tuple[str, ...]:
    """The features of a word. Names such as ``tag_1`` and ``normal1`` are of the words before and after it."""
    return (
        "bias",
        f"i suffix {word[-3:]}",
        f"i pref1 {word[:1]}",
        f"i-1 tag {tag_1}",
        f"i-2 tag {tag_2}",
        f"i tag+i-2 tag {tag_1} {tag_2}",
        f"i word {normal}",
        f"i-1 tag+i word {tag_1} {normal}",
        f"i-1 word {normal_1}",
        f"i-1 suffix {normal_1[-3:]}",
        f"i-2 word {normal_2}",
        f"i+1 word {normal1}",
        f"i+1 suffix {normal1[-3:]}",
        f"i+2 word {normal2}",
    )
