"""How a marked text is scored against gold: pure functions on the forms that the gold files have.

A span is a pair (start, end) of code points, half-open. An attribution maps ``source``, ``cue`` and ``content`` to
lists of spans. A passive is a pair (participle, whether its agent is named). Tallies of texts are added, so that every
figure is micro-averaged over its corpus.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Span = Sequence[int]
Attribution = Mapping[str, Sequence[Span]]
Passive = tuple[str, bool]

PARTS = ("source", "cue", "content")
WORD = re.compile(r"[A-Za-z][A-Za-z'’\-]*")
QUOTED = re.compile(r'["“„]|``|\'\'')
QUOTATION = re.compile(r'(?:["“„]|``).*?(?:["”]|\'\'|$)', re.S)


@dataclass(frozen=True)
class Tally:
    """``right`` of ``marked`` marks, ``found`` of ``gold`` gold marks; shares of a span count as fractions."""

    right: float = 0
    marked: int = 0
    found: float = 0
    gold: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right, self.marked + other.marked, self.found + other.found, self.gold + other.gold
        )

    @property
    def precision(self) -> float:
        return self.right / self.marked if self.marked else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else 0.0

    @property
    def f(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def same(marked: Iterable[Hashable], gold: Iterable[Hashable]) -> Tally:
    """Marks that are exactly a gold mark; a gold mark that stands twice can be met twice."""
    ours, theirs = Counter(marked), Counter(gold)
    met = (ours & theirs).total()
    return Tally(met, ours.total(), met, theirs.total())


def parts(attributions: Iterable[Attribution], name: str) -> set[tuple[int, ...]]:
    """All spans of one part, pooled over the attributions of an article."""
    return {tuple(span) for attribution in attributions for span in attribution.get(name, ())}


def wholes(attributions: Iterable[Attribution]) -> set[tuple[frozenset[tuple[int, ...]], ...]]:
    """Each attribution as its three sets of spans: right only if all three are."""
    return {tuple(frozenset(parts([attribution], name)) for name in PARTS) for attribution in attributions}


def characters(spans: Iterable[Span]) -> set[int]:
    """The places that lie in any of the spans."""
    return {place for start, end in spans for place in range(start, end)}


def words(text: str, spans: Iterable[Span]) -> set[int]:
    """The words whose first character lies in any of the spans, each as the place where it starts."""
    inside = characters(spans)
    return {word.start() for word in WORD.finditer(text) if word.start() in inside}


def places(text: str, strings: Iterable[str]) -> list[tuple[int, int]]:
    """Each place where one of the strings stands as whole words, in capitals or not."""
    patterns = (rf"(?<!\w){re.escape(string.strip())}(?!\w)" for string in strings if string.strip())
    return [match.span() for pattern in patterns for match in re.finditer(pattern, text, re.IGNORECASE)]


def merged(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """The same places, spans that overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((start, end) for start, end in spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def overlap(marked: Iterable[Span], gold: Iterable[Span]) -> Tally:
    """Span identification as SemEval-2020 task 11 scores it (Da San Martino et al. 2020).

    Precision: the mean over marked spans of the share that lies in gold; recall: the mean over gold spans of the share
    that is marked. Spans of one side that overlap are made one first.
    """
    ours, theirs = merged(marked), merged(gold)
    covered, wanted = characters(ours), characters(theirs)

    def shares(spans: list[tuple[int, int]], other: set[int]) -> float:
        return sum(sum(place in other for place in range(*span)) / (span[1] - span[0]) for span in spans)

    return Tally(shares(ours, wanted), len(ours), shares(theirs, covered), len(theirs))


def participles(passives: Iterable[Passive]) -> list[str]:
    """The verbs of some passives in the form in which they are compared."""
    return [verb.lower() for verb, _ in passives]


def agents(marked: Iterable[Passive], gold: Iterable[Passive]) -> Tally:
    """Of the participles that were found, those that are rightly said to have or to lack an agent.

    Each gold participle is met once, in the order of the text, so ``precision`` is the share that is right.
    """
    left = [(verb.lower(), agent) for verb, agent in gold]
    right = met = 0
    for verb, agent in marked:
        match = next((item for item in left if item[0] == verb.lower()), None)
        if match:
            left.remove(match)
            met += 1
            right += match[1] == agent
    return Tally(right, met, right, met)


def kind(text: str, attribution: Attribution) -> str:
    """What the quotation marks say of an attribution: direct, mixed or indirect, by one rule for gold and tools.

    direct: no letter of the content stands outside quotation marks; mixed: some do, some don't; indirect: no quotation.
    """
    content = " ".join(text[start:end] for start, end in attribution.get("content", ()))
    if not QUOTED.search(content):
        return "indirect"
    return "mixed" if WORD.search(QUOTATION.sub(" ", content)) else "direct"


@dataclass(frozen=True)
class Bin:
    """Some marks of similar confidence: how many, how sure the tool was on average, and how often it was right."""

    marks: int
    confidence: float
    right: float


def reliability(marks: Iterable[tuple[float, bool]], bins: int = 10) -> list[Bin]:
    """Marks as (confidence, whether right) in bins of equal width; empty bins are left out."""
    sorted_in: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in marks:
        sorted_in.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, right))
    return [
        Bin(len(inside), sum(c for c, _ in inside) / len(inside), sum(r for _, r in inside) / len(inside))
        for _, inside in sorted(sorted_in.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: how far confidence and the share of right marks lie apart, on average."""
    return sum(b.marks * abs(b.confidence - b.right) for b in bins) / (sum(b.marks for b in bins) or 1)
