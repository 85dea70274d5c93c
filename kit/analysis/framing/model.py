"""What training/framing.py learned about loaded words: whether readers would mark a word, here.

A logistic regression over readable features of a word and its sentence: the word, its ending, its tag, its neighbours,
what the lexicons say of it, and two numbers that a table holds for each word: how like the words that readers marked in
news (``marked``) and how like the words of the kit's own lexicons (``curated``) it is. A weight is a number beside a
feature's name in models/framing.json, so that each decision can be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from kit.lexicons.matcher import Match
from kit.resources import read_model
from kit.text.tokens import Token

NOMINAL = ("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "RB", "RBR", "RBS", "UH", "FW")
CONTENT = frozenset((*NOMINAL, "VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))
SIDES = (("before", -1), ("after", 1))
EDGE = Token("", 0, 0, "^", "^")

NOTHING = -9  # likeness of a word that the table doesn't hold, and of a name


class Likeness(NamedTuple):
    """How like the words that readers marked, and how like the lexicons' words, a word is."""

    marked: int
    curated: int


UNKNOWN = Likeness(NOTHING, NOTHING)


def features(
    tokens: Sequence[Token], matches: Sequence[Match], table: Mapping[str, Likeness]
) -> Iterator[tuple[int, list[str]]]:
    """The features of each word that could be marked: (number of the token, names of its features)."""
    like = [_likeness(token, table) for token in tokens]
    most_marked = _largest([likeness.marked for likeness in like])
    most_curated = _largest([likeness.curated for likeness in like])
    mean = _mean_feature(like)
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
        two_before, one_before, (marked, curated), one_after, two_after = around[at : at + 5]
        kind = tag[:2]
        names = [
            f"word {word}",
            f"ends {word[-3:]}",
            f"ends {word[-4:]}",
            f"starts {word[:5]}",
            f"tag {tag}",
            f"marked {marked}",
            f"curated {curated}",
            f"marked {kind} {marked}",
            f"curated {kind} {curated}",
            f"before {before.lower}",
            f"after {after.lower}",
            f"tags {before.tag} {tag} {after.tag}",
            f"tag before {before.tag}",
            f"tag after {after.tag}",
            f"marked before {one_before.marked}",
            f"marked after {one_after.marked}",
            f"marked two before {two_before.marked}",
            f"marked two after {two_after.marked}",
            f"curated before {one_before.curated}",
            f"curated after {one_after.curated}",
            f"marked else {_largest_but(marked, most_marked)}",
            f"curated else {_largest_but(curated, most_curated)}",
            mean,
        ]
        if token.text[0].isupper():
            names.append("capital" if at and before.lower not in '":' else "capital first")
            if len(word) > 2 and token.text.isupper():
                names.append("capitals")
        if quoted:
            names.append("quoted")
        if at in labels:
            entry = labels[at].entry
            names += [f"label {entry.label}", f"entry {entry.id}"]
        names += [f"label {side} {labels[at + step].entry.label}" for side, step in SIDES if at + step in labels]
        if last in ("!", "?"):
            names.append(f"end {last}")
        yield at, names


def _likeness(token: Token, table: Mapping[str, Likeness]) -> Likeness:
    name = token.tag[:3] == "NNP"
    return table.get(token.lower, UNKNOWN) if token.tag in CONTENT and not name else UNKNOWN


def _mean_feature(like: Sequence[Likeness]) -> str:
    """How like marked words a sentence is as a whole."""
    known = [likeness.marked for likeness in like if likeness != UNKNOWN]
    return f"mean {round(sum(known) / len(known))}" if known else "mean none"


def _largest(numbers: Sequence[int]) -> tuple[int, int]:
    """The two largest numbers."""
    first, second = sorted([*numbers, NOTHING, NOTHING], reverse=True)[:2]
    return first, second


def _largest_but(number: int, largest: tuple[int, int]) -> int:
    """The largest number beside one, given the two largest of all."""
    return largest[1] if number == largest[0] else largest[0]


def scores(tokens: Sequence[Token], matches: Sequence[Match]) -> dict[int, float]:
    """For each word that could be marked, the log-odds that readers would mark it here; by number of the token."""
    model = _model()
    weights: dict[str, float] = model["weights"]
    bias: float = model["bias"]
    return {
        at: bias + sum([weights[name] for name in names if name in weights])
        for at, names in features(tokens, matches, model["table"])
    }


def limits() -> Mapping[str, float]:
    """From what log-odds on a word is marked: by label for the lexicons' words ("war": by topic)."""
    limits: dict[str, float] = _model()["limits"]
    return limits


@cache
def _model() -> dict[str, Any]:
    """The model, its table of words unpacked: words are stored together that have the same two numbers."""
    model: dict[str, Any] = read_model("framing")
    table: dict[str, Likeness] = {}
    for numbers, words in model["table"].items():
        table |= dict.fromkeys(words.split(), Likeness(*map(int, numbers.split())))
    return model | {"table": table}
