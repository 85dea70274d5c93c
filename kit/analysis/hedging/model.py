"""What training/hedging.py learned about hedges: whether a word that can be a hedge is one here.

Two logistic regressions over readable features. The first, for the six labels of speculation, looks at one match of
the lexicon and the words around it. The second, for weasels, looks at a whole sentence, its matches and its stems,
since whether "some" is a weasel depends on what else is said; it also tells which words speak for its verdict. A weight
is a number beside a feature's name in models/hedging.json, so that each decision can be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from kit.analysis.hedging.senses import sense, word_list
from kit.lexicons.matcher import Match
from kit.models.linear import probability
from kit.resources import read_model
from kit.text.inflection import without_ending
from kit.text.tokens import Token

BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "'s", "'re", "am"))
NEGATIONS = frozenset(("not", "n't", "no", "never", "nor", "neither"))
PRIOR = 1.0  # log-odds: a match of a curated entry counts, unless the training text spoke against it
START, END = Token("", 0, 0, "^", "^"), Token("", 0, 0, "$", "$")


def match_features(match: Match, tokens: Sequence[Token], facts: Sequence[str]) -> list[str]:
    """The features of one match: its entry and words, their neighbours, and the ``facts`` of its sentence."""
    entry, start, end = match
    name = entry.id
    before, first = tokens[start - 1] if start else START, tokens[start]
    earlier = tokens[start - 2] if start > 1 else START
    after = tokens[end] if end < len(tokens) else END
    later = tokens[end + 1] if end + 1 < len(tokens) else END
    near = tokens[max(0, start - 4) : start]
    negated = ["negated"] if any(token.lower in NEGATIONS for token in near) else []
    context = [
        f"tag {first.tag}",
        f"before {before.lower}",
        f"after {after.lower}",
        f"tags {before.tag} _",
        f"tags _ {after.tag}",
        f"tags _ _ {later.tag}",
        f"tags {earlier.tag} _ _",
    ]
    if meaning := sense(name, tokens, start):
        context.append(f"sense {meaning}")
    context += negated
    if any(token.lower in BE for token in near[-3:]):
        context.append("be")
    if any(token.lower in word_list("saying") for token in tokens[:start]):
        context.append("said")
    context += facts
    return [
        f"entry {name}",
        f"words {' '.join(token.lower for token in tokens[start:end])}",
        f"label {entry.label}",
        *negated,
        *facts,
        *(f"{name}: {feature}" for feature in context),
        f"{entry.label}: tags _ {after.tag}",
        f"{entry.label}: tags {before.tag} _",
        f"{entry.label}: tags _ _ {later.tag}",
    ]


def sentence_facts(tokens: Sequence[Token], matches: Sequence[Match]) -> list[str]:
    """What holds for a whole sentence: its tense, a condition, a year, company of other hedges."""
    facts = [f"tense {_tense([token.tag for token in tokens])}"]
    if any(token.lower in ("if", "unless") for token in tokens):
        facts.append("condition")
    if any(len(token.text) == 4 and token.text.isdigit() for token in tokens):
        facts.append("year")
    if len(matches) > 1:
        facts.append("company")
    return facts


def _tense(tags: Sequence[str]) -> str:
    present = tags.count("VBZ") + tags.count("VBP")
    if "MD" in tags:
        return "modal"
    if tags.count("VBD") > present:
        return "past"
    return "present" if present else "none"


def speculation(matches: Sequence[Match], tokens: Sequence[Token]) -> Iterator[float]:
    """For each match of one sentence, how likely it is that it weakens a claim (0 to 1)."""
    model = _model()["speculation"]
    facts = sentence_facts(tokens, matches)
    for match in matches:
        score = PRIOR + _sum(match_features(match, tokens, facts), model["weights"])
        shifts: dict[str, float] = match.entry.more.get("news", {})
        yield probability(score + shifts.get(sense(match.entry.id, tokens, match.start) or "plain", 0.0))


def weasel_features(matches: Sequence[Match], tokens: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    """The features of a sentence, each with the tokens (from, to) where it is seen, as often as it is: those of its
    matches; its stems in ones, twos and threes; and pairs of stems with one to three others between them."""
    facts = sentence_facts(tokens, matches)
    for match in matches:
        for feature in match_features(match, tokens, facts):
            yield feature, match.start, match.end
    row = ["^", *map(_stem, tokens), "$"]  # row[n] is the stem of tokens[n - 1]
    for at, stem in enumerate(row):
        first = max(0, at - 1)
        in_a_row = f"= {stem}"
        yield in_a_row, first, min(len(tokens), at)
        for to in range(at + 1, min(at + 3, len(row))):
            in_a_row += f" {row[to]}"
            yield in_a_row, first, min(len(tokens), to)
        if at:
            for to in range(at + 2, min(at + 5, len(row) - 1)):
                yield f"{stem} .. {row[to]}", first, to


def _stem(token: Token) -> str:
    """A word without its ending; # for a number, NNP for a name."""
    if any(map(str.isdigit, token.text)):
        return "#"
    if token.tag.startswith("NNP") and token.text[0].isupper():
        return "NNP"
    return without_ending(token.lower)


def weasel(matches: Sequence[Match], tokens: Sequence[Token]) -> tuple[float, list[float]]:
    """How likely it is that readers find a sentence's claim without an owner (0 to 1), and how much each token speaks
    for it (log-odds; what several tokens say together is shared among them)."""
    model = _model()["weasel"]
    weights, score, evidence = model["weights"], model["bias"], [0.0] * len(tokens)
    counted: set[str] = set()
    for feature, start, end in weasel_features(matches, tokens):
        if (weight := weights.get(feature)) and feature not in counted:  # where it is first seen
            counted.add(feature)
            score += weight
            for at in range(start, end):
                evidence[at] += weight / (end - start)
    return probability(score), evidence


def thresholds() -> tuple[float, float]:
    """From what probability on a match is marked: speculation, weasel."""
    model = _model()
    return model["speculation"]["threshold"], model["weasel"]["threshold"]


def _sum(features: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(feature, 0.0) for feature in features)


@cache
def _model() -> Any:
    return read_model("hedging")
