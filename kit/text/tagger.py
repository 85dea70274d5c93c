"""Penn tags for words: an averaged perceptron (Collins 2002), trained by NLTK.

It gives NLTK's own tags, in a fifth of the time; tests/test_language.py compares the two.
"""

from __future__ import annotations

from array import array
from base64 import b64decode
from collections.abc import Sequence
from functools import reduce
from itertools import accumulate
from operator import add
from typing import Any

from kit.models.packed import ZERO, PackedWeights

UNIT = 100  # weights are in hundredths
START, END = ("-START-", "-START2-"), ("-END-", "-END2-")


class Tagger(PackedWeights):
    """``model`` is plain JSON data: ``tags``, sorted; ``always``, words that have one tag wherever they stand;
    ``features``, names separated by tabs. Most features have weights for few tags: in a table with a row for each
    feature and a column for each tag, ``gaps`` tell how many cells on the next weight stands (a byte each), and
    ``weights`` what it is (two bytes each, little-endian, `ZERO` added), both in base 64.
    """

    def __init__(self, model: dict[str, Any]) -> None:
        self.tags: list[str] = model["tags"]
        self.always: dict[str, str] = model["always"]
        features: str = model["features"]
        weights = array("H", b64decode(model["weights"]))
        rows = array("H", ZERO.to_bytes(2, "little")) * (len(self.tags) * (features.count("\t") + 1))
        for cell, weight in zip(accumulate(b64decode(model["gaps"])), weights, strict=True):
            rows[cell] = weight
        super().__init__(features, len(self.tags), rows.tobytes())

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
        """The tag for which the features speak most."""
        [scores] = self.scores([features])
        top = max(scores)
        if scores.count(top) == 1:
            return self.tags[scores.index(top)]
        return max((self._nltks_score(features, at), tag) for at, tag in enumerate(self.tags) if scores[at] == top)[1]

    def _nltks_score(self, features: Sequence[str], at: int) -> float:
        """The score of a tag as NLTK adds it up, in floats; what these are off by tells equals apart."""
        return reduce(add, [(row[at] - ZERO) / UNIT for row in self.scores([name] for name in features)])


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
