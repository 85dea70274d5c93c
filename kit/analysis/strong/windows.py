"""What the network reads: an article's tokens in subwords, packed into windows.

Training (training/strong.py) and reading go through the same functions, so that the network always sees the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from kit.analysis.attribution.token_table import TokenTable
from kit.analysis.strong.subwords import Subwords

LONGEST = 256  # subwords in a window
MOST_SUBWORDS = 8  # of one token; what is longer is an address or noise, and is cut
START, BREAK, UNKNOWN = 101, 102, 100  # [CLS], [SEP] and [UNK] of the encoder's vocabulary
QUOTE = {"O": 0, "i": 1, "b": 2, "e": 3}  # where in a quotation a token stands, by `TokenTable.role`
LINK_LEFT, LINK_RIGHT = 60, 75  # tokens that the network looks at on either side of a cue
LINK_WIDTH = LINK_LEFT + 1 + LINK_RIGHT

Array = np.ndarray


class Columns(NamedTuple):
    """An article as the network sees it: for each token its subwords, case (`case`), place in a quotation (`QUOTE`),
    and the numbers of its sentence and paragraph."""

    subwords: list[tuple[int, ...]]
    case: list[int]
    quote: list[int]
    sentence: list[int]
    paragraph: list[int]


class Window(NamedTuple):
    """The tokens [start, end) of an article. By subword: ``ids``, ``case``, ``quote``. By token: ``first``, the place
    of its first subword; ``sentence``; ``paragraph``; ``kind``, twice `QUOTE`, one more where a sentence begins."""

    start: int
    end: int
    ids: Array
    case: Array
    quote: Array
    first: Array
    sentence: Array
    paragraph: Array
    kind: Array


def case(word: str) -> int:
    """How a word is written: 0 without letters, 1 small, 2 capitalised, 3 in capitals, 4 one capital, 5 mixed.

    >>> [case(word) for word in ("7", "may", "May", "MAY", "I", "eBay")]
    [0, 1, 2, 3, 4, 5]
    """
    if not any(map(str.isalpha, word)):
        return 0
    if word.islower():
        return 1
    if word.isupper():
        return 4 if len(word) == 1 else 3
    return 2 if word[0].isupper() else 5


def columns(table: TokenTable, subwords: Subwords) -> Columns:
    """An article's tokens as the network sees them."""
    return Columns(
        [subwords(text)[:MOST_SUBWORDS] or (UNKNOWN,) for text in table.texts],
        [case(text) for text in table.texts],
        [QUOTE[table.role[i][0]] for i in range(table.size)],
        table.sentence,
        [table.paragraphs[sentence] for sentence in table.sentence],
    )


def cuts(seen: Columns, *, first: int = LONGEST, longest: int = LONGEST) -> Iterator[tuple[int, int]]:
    """The windows of an article as token ranges, each as long as fits, cut where a paragraph begins; where a paragraph
    is longer than a window, where a sentence begins, or else anywhere. ``first``: the length of the first one."""
    start, size = 0, len(seen.subwords)
    room = first
    while start < size:
        end, left = start, room - 2  # [CLS] and the last [SEP]
        while end < size:
            new_paragraph = end > start and seen.paragraph[end] != seen.paragraph[end - 1]
            left -= len(seen.subwords[end]) + new_paragraph
            if left < 0:
                break
            end += 1
        if end < size:
            end = _last_change(seen.paragraph, start, end) or _last_change(seen.sentence, start, end) or end
        yield start, end
        start, room = end, longest


def _last_change(numbers: Sequence[int], start: int, end: int) -> int | None:
    """The last place in (start, end] where another paragraph or sentence begins."""
    return next((i for i in range(end, start, -1) if numbers[i] != numbers[i - 1]), None)


def window(seen: Columns, start: int, end: int) -> Window:
    """The tokens [start, end) as the encoder's input; between paragraphs stands a [SEP]."""
    ids, cases, quotes, first = [START], [0], [0], []
    for i in range(start, end):
        if i > start and seen.paragraph[i] != seen.paragraph[i - 1]:
            ids.append(BREAK)
            cases.append(0)
            quotes.append(0)
        first.append(len(ids))
        ids += seen.subwords[i]
        cases += [seen.case[i]] * len(seen.subwords[i])
        quotes += [seen.quote[i]] * len(seen.subwords[i])
    ids.append(BREAK)
    cases.append(0)
    quotes.append(0)
    sentence = seen.sentence[start:end]
    kind = [2 * seen.quote[i] + (i == start or seen.sentence[i] != seen.sentence[i - 1]) for i in range(start, end)]
    rows = (ids, cases, quotes, first, sentence, seen.paragraph[start:end], kind)
    return Window(start, end, *(np.array(row, dtype=np.int64) for row in rows))
