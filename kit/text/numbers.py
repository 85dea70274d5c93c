"""Numbers in running text: where one starts and ends, and what it amounts to.

Digits of any script, with grouping and suffix (1,200; 1.2m; £3bn; 5-10), number words (twelve hundred), round plurals
(tens of thousands) and fractions (two thirds).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from kit.resources import read_toml
from kit.text.tokens import Token

# 1 = the number, 2 = the end of a range, 3 = a suffix
WRITTEN = re.compile(r"(\d+(?:[.,'’]\d+)*)(?:[-–](\d+(?:[.,]\d+)*))?(?:-?([^\W\d_]+))?\Z")
LETTERS_AND_SUM = re.compile(r"([^\W\d_]+)(\d.*)\Z")
GROUPED = re.compile(r"\d{1,3}(?:[,'’]\d{3})+(?:\.\d+)?\Z")
MOST_TOKENS = 12
MOST_IN_A_SHARE = 1000  # "one in a thousand"; "5 in 2024" is not a share
JOINTS = ("a", "an", "and", "of")


@cache
def number_words() -> Any:
    """The tables of lexicons/figures.toml, the lists as sets."""
    data = read_toml("figures")
    return data | {"lists": {name: frozenset(words.split()) for name, words in data["lists"].items()}}


def number_end(tokens: Sequence[Token], at: int) -> int:
    """Where the number that starts at token ``at`` ends; ``at`` itself if none starts there.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> tokens = sentences(read_text("It cost £ 3 million and tens of thousands of jobs."))[0].tokens
    >>> [(number_end(tokens, at) - at) for at in (1, 2, 6)]
    [0, 3, 3]
    """
    known = number_words()
    end = at + 1 if tokens[at].lower in known["money"] else at
    first = end
    while end < len(tokens) and end - first < MOST_TOKENS and _goes_on(tokens, first, end):
        end += 1
    while end > first and tokens[end - 1].lower in JOINTS:
        end -= 1
    return end if end > first else at


def _goes_on(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Whether token ``end`` belongs to the number that started at ``first``."""
    known = number_words()
    word = tokens[end].lower
    before = tokens[end - 1].lower if end > first else ""
    if "in" in (word, before) and end > first:
        return _share(tokens, first) is not None
    if is_written(word):
        return end == first or (len(word) == 3 and word.isdigit() and before.isdigit() and len(before) <= 3)
    if word in known["scale"] and len(word) > 3:
        return end > first
    if word in known["lists"]["round"]:
        return end == first or before == "of"
    if _fraction(word) is not None:
        return before in ("a", "one", *known["small"]) or (end == first and (word == "half" or "-" in word))
    if word == "of":
        return before in known["lists"]["round"] and _is(tokens, end + 1, known["lists"]["round"])
    if word in ("a", "an"):
        scaled = _is(tokens, end + 1, known["scale"]) and len(tokens[end + 1].lower) > 3
        return scaled or _is_part(tokens, end) or (before == "and" and _is(tokens, end + 1, ("half",)))
    if word == "and":
        half = _is(tokens, end + 1, ("a",)) and _is(tokens, end + 2, ("half",))
        return end > first and (half or (before in known["scale"] and _is(tokens, end + 1, known["small"])))
    return _small(word) is not None and (end == first or _joins(before))


def _share(tokens: Sequence[Token], first: int) -> float | None:
    """The value of "one in five" or "3 in 10" that starts at a token; None of "5 in 2024", which isn't one."""
    if first + 2 >= len(tokens) or tokens[first + 1].lower != "in":
        return None
    part, whole = _digits(tokens[first].lower), _digits(tokens[first + 2].lower)
    if part is None or whole is None or not 0 < part < whole <= MOST_IN_A_SHARE:
        return None
    return part / whole


def _digits(word: str) -> float | None:
    """The value of a single small number, in digits or as a word."""
    return float(word) if word.isdecimal() and len(word) <= len(str(MOST_IN_A_SHARE)) else _small(word)


def _is_part(tokens: Sequence[Token], at: int) -> bool:
    """ "A third of", "a quarter of"."""
    fraction = _is(tokens, at + 1, number_words()["fraction"])
    return fraction and at + 2 < len(tokens) and tokens[at + 2].lower == "of"


def _joins(before: str) -> bool:
    known = number_words()
    return before in known["scale"] or before == "and" or known["small"].get(before, 0) >= 20


def _is(tokens: Sequence[Token], at: int, words: Any) -> bool:
    return at < len(tokens) and tokens[at].lower in words


def _small(word: str) -> float | None:
    """The value of "seven" or "twenty-one"; None if it isn't such a word."""
    small = number_words()["small"]
    tens, _, ones = word.partition("-")
    if tens not in small or (ones and ones not in small):
        return None
    return float(small[tens] + small[ones]) if ones else float(small[tens])


def _fraction(word: str) -> float | None:
    """The value of "half" or "two-thirds"; None if it isn't such a word."""
    known = number_words()
    ones, hyphen, part = word.rpartition("-")
    if part not in known["fraction"] or (hyphen and ones not in known["small"]):
        return None
    value = known["fraction"][part]
    return float(value * known["small"][ones]) if hyphen else float(value)


def is_written(word: str) -> bool:
    """Whether a word is a number in digits, with a unit or scale that is known, and no ordinal or decade.

    >>> [is_written(w) for w in ("1,200", "3bn", "5-10", "20km", "5th", "1990s", "45-year-old", "F-16")]
    [True, True, True, True, False, False, False, False]
    """
    match = WRITTEN.match(money_and_sum(word)[1])
    return match is not None and (not match[3] or suffix(word) != "" or match[3] in number_words()["scale"])


def money_and_sum(word: str) -> tuple[str, str]:
    """The money that letters in front of a large sum stand for, and the sum; "" and the word itself if they don't.

    >>> [money_and_sum(word) for word in ("n500m", "r2.5bn", "n95")]
    [('naira', '500m'), ('rand', '2.5bn'), ('', 'n95')]
    """
    known = number_words()
    found = LETTERS_AND_SUM.match(word)
    if not found or found[1] not in known["money_letters"]:
        return "", word
    written = WRITTEN.match(found[2])
    large = written is not None and (written[3] in known["scale"] or GROUPED.match(written[1]))
    return (known["money_letters"][found[1]], found[2]) if large else ("", word)


def suffix(word: str) -> str:
    """The unit that is written at a number: "km" of "20km"; empty if there is none."""
    match = WRITTEN.match(word)
    known = number_words()
    unit = match[3] if match and match[3] else ""
    return unit if unit in known["lists"]["units"] and unit not in known["scale"] else ""


def value_of(tokens: Sequence[Token]) -> float | None:
    """What a number amounts to: of a range the lower end; None for a round plural ("dozens").

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> [value_of(sentences(read_text(t))[0].tokens) for t in ("1.2m", "twelve hundred", "half a million", "١٢")]
    [1200000.0, 1200.0, 500000.0, 12.0]
    """
    known = number_words()
    if len(tokens) == 3 and (share := _share(tokens, 0)) is not None:
        return share
    total, current = 0.0, 0.0  # the thousands and millions that are done with, and what is being counted up
    seen, before = False, ""
    for token in tokens:
        word = token.lower
        if word in known["lists"]["round"]:
            return None
        if is_written(word):
            value = _written_value(word)
            if value is None:
                return None
            goes_on = seen and len(word) == 3 and word.isdigit() and current < 1000  # "1 200"
            current = current * 1000 + value if goes_on else current + value
        elif (small := _small(word)) is not None:
            current += small
        elif (fraction := _fraction(word)) is not None:
            current = current + fraction if before == "and" else (current or 1.0) * fraction
        elif word in known["scale"]:
            current = (current or 1.0) * known["scale"][word]
            if known["scale"][word] >= 1000:
                total, current = total + current, 0.0
        else:
            before = before if word in ("a", "an") else word
            continue
        before, seen = word, True
    return total + current if seen else None


def _written_value(word: str) -> float | None:
    match = WRITTEN.match(money_and_sum(word)[1])
    if not match:
        return None
    digits = match[1]
    if GROUPED.match(digits):
        digits = re.sub("[,'’]", "", digits)
    try:
        value = float(digits.replace(",", "."))
    except ValueError:
        return None
    scale: float = number_words()["scale"].get(match[3] or "", 1.0)
    return value * scale
