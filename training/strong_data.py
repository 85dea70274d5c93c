"""The corpora that the strong reader learns from, as the network sees them, and batches of their windows.

Four tasks share one encoder: who says what (PolNeAR), speculation (Szeged), weasels (CoNLL-2010), and loaded words and
names (SemEval-2020 task 11). A part of each is held out: confidences are calibrated on it.
"""

from __future__ import annotations

import json
import random
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import numpy as np

from benchmarks.held_out import document, is_held_out
from kit.analysis.attribution.first_look import LABELS
from kit.analysis.attribution.token_table import TokenRange, TokenTable
from kit.analysis.framing.find import lexicon_matches, limit_of
from kit.analysis.hedging.find import doubts
from kit.analysis.strong.subwords import Subwords
from kit.analysis.strong.windows import LONGEST, Columns, Window, columns, cuts, window
from kit.lexicons.matcher import Match
from kit.text.article import read_text
from kit.text.tokens import Token, sentences

PARTS = {"C": "content", "S": "source", "Q": "cue"}
TECHNIQUES = {"Loaded_Language": 0, "Name_Calling,Labeling": 1}
LIMITS = ("loaded", "label", "metaphor", "intensifier", "euphemism", "war")  # words that a lexicon proposes
NOTHING = -100  # a label that counts in no loss

Parts = dict[str, list[TokenRange]]


@dataclass
class Text:
    """A text with its gold. ``labels``, one row a token: of attributions a tag, of speculation 0 or 1, of loaded words
    two columns (loaded, label), of weasels the number of its sentence in ``uncertain``. ``attributions``: their parts
    by token; ``listed``: the tokens of each doubt or loaded word that the kit's lexicons propose."""

    name: str
    seen: Columns
    labels: np.ndarray
    attributions: list[Parts] = field(default_factory=list)
    uncertain: list[bool] = field(default_factory=list)
    listed: list[TokenRange] = field(default_factory=list)

    @property
    def held_out(self) -> bool:
        return is_held_out(self.name)


@dataclass
class Example:
    """A window of a text."""

    text: Text
    window: Window


def lines(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


class Reader:
    """Makes texts with gold from the corpora in a folder."""

    def __init__(self, folder: Path, subwords: Subwords) -> None:
        self.folder, self.subwords = folder, subwords

    def _table(self, text: str) -> tuple[TokenTable, Columns]:
        table = TokenTable(sentences(read_text(text)), {"cue": {}, "source": {}})
        return table, columns(table, self.subwords)

    def attributions(self) -> Iterator[Text]:
        for article in lines(self.folder / "polnear_train.jsonl"):
            table, seen = self._table(article["text"])
            gold = [
                {part: ranges(table, attribution[part]) for part in PARTS.values()}
                for attribution in article["attributions"]
            ]
            yield Text(article["doc"], seen, tags(gold, table.size), gold)

    def speculation(self) -> Iterator[Text]:
        for name, rows in groupby(lines(self.folder / "szegedwiki_train.jsonl"), key=lambda row: row["doc"]):
            text, starts = joined(name, group := list(rows))
            table, seen = self._table(text)
            spans = [
                (start + first, start + end)
                for row, start in zip(group, starts, strict=True)
                for first, end, _ in row["cues"]
            ]
            yield Text(name, seen, marked(table, spans), listed=list(listed(text, doubts().find)))

    def weasels(self) -> Iterator[Text]:
        for name, group in mixed(lines(self.folder / "conll10w_train.jsonl")):
            text, starts = joined(name, group)
            table, seen = self._table(text)
            row_of = [bisect_left(starts, start + 1) - 1 for start in table.starts]
            yield Text(name, seen, np.array(row_of, dtype=np.int64), uncertain=[row["uncertain"] for row in group])

    def loaded(self) -> Iterator[Text]:
        for article in lines(self.folder / "ptc_train.jsonl"):
            table, seen = self._table(article["text"])
            by_kind = [
                marked(table, [(first, end) for first, end, name in article["spans"] if TECHNIQUES.get(name) == kind])
                for kind in TECHNIQUES.values()
            ]
            name = document("ptc", 0, article)
            yield Text(name, seen, np.stack(by_kind, axis=1), listed=list(listed(article["text"], judged)))


def judged(tokens: Sequence[Token]) -> list[Match]:
    """The framing lexicons' matches in a sentence that are marked only if readers likely would."""
    return [match for match in lexicon_matches(tokens) if limit_of(match.entry, LIMITS)]


def listed(text: str, find: Callable[[Sequence[Token]], list[Match]]) -> Iterator[TokenRange]:
    """What a lexicon finds in a text, by token."""
    first = 0
    for sentence in sentences(read_text(text)):
        for match in find(sentence.tokens):
            yield first + match.start, first + match.end
        first += len(sentence.tokens)


def mixed(rows: Sequence[dict]) -> Iterator[tuple[str, list[dict]]]:
    """The documents of the CoNLL file, by name, each with sentences from all of those that are held out or all of those
    that are not. The file has all certain sentences first: beside its neighbours there, each would give away the next.
    """
    named = [(document("conll", number, row), row) for number, row in enumerate(rows)]
    for held_out in (False, True):
        part = [(name, row) for name, row in named if is_held_out(name) == held_out]
        some = [row for _, row in part]
        random.Random(0).shuffle(some)
        names = list(dict.fromkeys(name for name, _ in part))
        yield from ((name, some[number :: len(names)]) for number, name in enumerate(names))


def joined(name: str, rows: Sequence[dict]) -> tuple[str, list[int]]:
    """Sentences as one text, in paragraphs of one to four, and where each starts: the network meets lone sentences as
    well as sentences in company."""
    dice = random.Random(name)
    text, starts, left = "", [], 0
    for row in rows:
        if text:
            text += " " if left else "\n\n"
        left = left - 1 if left else dice.randrange(4)
        starts.append(len(text))
        text += row["text"]
    return text, starts


def ranges(table: TokenTable, spans: Sequence[Sequence[int]]) -> list[TokenRange]:
    """Spans of the text as token ranges."""
    found = ((bisect_left(table.starts, first), bisect_left(table.starts, end)) for first, end in spans)
    return [(first, end) for first, end in found if first < end]


def marked(table: TokenTable, spans: Sequence[tuple[int, int]]) -> np.ndarray:
    """1 for the tokens that start in one of the spans, 0 for the others."""
    labels = np.zeros(table.size, dtype=np.int64)
    for first, end in ranges(table, spans):
        labels[first:end] = 1
    return labels


def write_tags(labels: np.ndarray, attribution: Parts, kinds: str, offset: int = 0) -> None:
    """Write the begin and inside tags of an attribution's parts into ``labels``, which start at token ``offset``."""
    for kind in kinds:
        for first, end in attribution[PARTS[kind]]:
            for i in range(max(first, offset), min(end, offset + len(labels))):
                labels[i - offset] = LABELS.index(("B" if i == first else "I") + kind)


def tags(gold: list[Parts], size: int) -> np.ndarray:
    """One tag a token; where attributions lie inside each other, cue before source before inner content."""
    labels = np.zeros(size, dtype=np.int64)
    by_size = sorted(gold, key=lambda parts: -sum(end - first for first, end in parts["content"]))
    for kind in "CSQ":
        for parts in by_size:
            write_tags(labels, parts, kind)
    return labels


def batches(texts: Sequence[Text], size: int, seed: int) -> Iterator[list[Example]]:
    """Batches of windows of similar length, without end; each time round the windows are cut at other places."""
    dice = random.Random(seed)
    while True:
        examples = [
            Example(text, window(text.seen, *cut))
            for text in texts
            for cut in cuts(text.seen, first=dice.randint(LONGEST // 3, LONGEST))
        ]
        examples.sort(key=lambda example: len(example.window.ids) + 60 * dice.random())
        groups = [examples[i : i + size] for i in range(0, len(examples), size)]
        dice.shuffle(groups)
        yield from groups
