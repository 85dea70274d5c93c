"""What training/framing.py learned about loaded words: whether readers would mark a word, here.

A logistic regression over readable features of a word and its sentence: the word, its ending, its tag, its neighbours,
what the lexicons say of it, and two numbers that a table holds for each word: how like the words that readers marked in
news (``marked``) and how like the words of the kit's own lexicons (``curated``) it is. A weight is a number beside a
feature's name in models/framing.json, so that each decision can be read.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from kit.lexicons.matcher import Match
from kit.resources import read_model
from kit.text.tokens import Token

NOMINAL = ("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "RB", "RBR", "RBS", "UH", "FW")
CONTENT = frozenset((*NOMINAL, "VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))
SIDES = (("before", -1), ("after", 1))
EDGE = Token("", 0, 0, "^", "^")

Likeness = tuple[int, int]  # how like marked words, how like curated words
NOTHING = -9  # for a word that the table doesn't hold, and for names
UNKNOWN: Likeness = (NOTHING, NOTHING)


def features(
    tokens: Sequence[Token], matches: Sequence[Match], table: Mapping[str, Likeness]
) -> Iterator[tuple[int, list[str]]]:
    """The features of each word that could be marked: (number of the token, names of its features)."""
    like = [
        table.get(token.lower, UNKNOWN) if token.tag in CONTENT and token.tag[:3] != "NNP" else UNKNOWN
        for token in tokens
    ]
    marked, curated = (_largest([pair[n] for pair in like]) for n in (0, 1))
    known = [pair[0] for pair in like if pair != UNKNOWN]
    mean = f"mean {round(sum(known) / len(known))}" if known else "mean none"
    last = tokens[-1].text
    labels: dict[int, Match] = {at: match for match in matches for at in range(match.start, match.end)}
    padded = [EDGE, EDGE, *tokens, EDGE, EDGE]
    around = [UNKNOWN, UNKNOWN, *like, UNKNOWN, UNKNOWN]
    quoted = False
    for at, token in enumerate(tokens):
        word, tag = token.lower, token.tag
        if word == '"':
            quoted = not quoted
        if tag not in CONTENT or not word[:1].isalpha():
            continue
        before, after = padded[at + 1], padded[at + 3]
        p, c = like[at]
        kind = tag[:2]
        found = [
            f"word {word}",
            f"ends {word[-3:]}",
            f"ends {word[-4:]}",
            f"starts {word[:5]}",
            f"tag {tag}",
            f"marked {p}",
            f"curated {c}",
            f"marked {kind} {p}",
            f"curated {kind} {c}",
            f"before {before.lower}",
            f"after {after.lower}",
            f"tags {before.tag} {tag} {after.tag}",
            f"tag before {before.tag}",
            f"tag after {after.tag}",
            f"marked before {around[at + 1][0]}",
            f"marked after {around[at + 3][0]}",
            f"marked two before {around[at][0]}",
            f"marked two after {around[at + 4][0]}",
            f"curated before {around[at + 1][1]}",
            f"curated after {around[at + 3][1]}",
            f"marked else {marked[0] if p != marked[0] else marked[1]}",
            f"curated else {curated[0] if c != curated[0] else curated[1]}",
            mean,
        ]
        if token.text[0].isupper():
            found.append("capital" if at and before.lower not in '":' else "capital first")
            if len(word) > 2 and token.text.isupper():
                found.append("capitals")
        if quoted:
            found.append("quoted")
        if at in labels:
            entry = labels[at].entry
            found += [f"label {entry.label}", f"entry {entry.id}"]
        found += [f"label {side} {labels[at + step].entry.label}" for side, step in SIDES if at + step in labels]
        if last in ("!", "?"):
            found.append(f"end {last}")
        yield at, found


def _largest(numbers: Sequence[int]) -> tuple[int, int]:
    """The two largest numbers."""
    first, second = sorted([*numbers, NOTHING, NOTHING], reverse=True)[:2]
    return first, second


def scores(tokens: Sequence[Token], matches: Sequence[Match]) -> dict[int, float]:
    """For each word that could be marked, the log-odds that readers would mark it here; by number of the token."""
    model = _model()
    weights: dict[str, float] = model["weights"]
    bias: float = model["bias"]
    return {
        at: bias + sum([weights[name] for name in found if name in weights])
        for at, found in features(tokens, matches, model["table"])
    }


def limits() -> Mapping[str, float]:
    """From what log-odds on a word is marked: by label for the lexicons' words ("war": by topic), "new" for others."""
    limits: dict[str, float] = _model()["limits"]
    return limits


def probability(score: float) -> float:
    """Log-odds as a probability.

    >>> probability(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def _model() -> dict[str, Any]:
    """The model, its table of words unpacked: words are stored together that have the same two numbers."""
    model: dict[str, Any] = read_model("framing")
    model["table"] = {
        word: (int(numbers.split()[0]), int(numbers.split()[1]))
        for numbers, words in model["table"].items()
        for word in words.split()
    }
    return model
