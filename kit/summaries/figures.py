"""Figures: every number in an article that counts or measures something, with what it counts and who vouches for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kit.analysis.hedging.find import vaguenesses
from kit.lexicons.matcher import Match
from kit.readings.reading import Reading, need_reading
from kit.readings.voices import Voices
from kit.text.numbers import is_written, number_end, number_words, suffix, value_of
from kit.text.spans import Span
from kit.text.tokens import Token

YEARS = range(1000, 2100)
PHRASE = ("JJ", "NN", "VBN", "VBG", "PRP$", "POS")  # tags inside a noun phrase, by their start
LONGEST_PHRASE = 6  # tokens
AFTERTHOUGHTS = ("or", "give", "plus", "and", "odd")
SKIPPED = frozenset(("the", "a", "an", "its", "his", "her", "their", "our", "all", "more", "other", "such", "whole"))


@dataclass(frozen=True)
class Figure:
    """A number that counts or measures.

    ``span`` holds the number with its unit sign (half-open code points), ``text`` what stands there. ``value`` is the
    number where it can be read as one (the lower of a range; None for "dozens"). ``counts`` names what is counted or
    the unit, ``approximation`` the words that leave it inexact ("around", "more than"), or is empty. ``voice`` is who
    says so.
    """

    span: Span
    text: str
    value: float | None
    counts: str
    approximation: str
    voice: str


def figures(reading: Reading) -> tuple[Figure, ...]:
    """The figures of a reading's article, in text order, with the voices that the reading's attributions give them.

    Dates, years, times of day, ages, ordinals, scores, list numbers and numbers in names are no figures.
    Never raises: a notation that can't be read as a number gives ``value`` None.

    >>> from kit.text.article import read_text
    >>> text = "Around 1,200 people came on May 3, and it cost £3bn."
    >>> [(f.text, f.value, f.counts, f.approximation) for f in figures(Reading(read_text(text), "me"))]
    [('1,200', 1200.0, 'people', 'around'), ('£3bn', 3000000000.0, 'pounds', '')]
    """
    need_reading(reading, "figures")
    text, voices = reading.article.text, Voices(reading.layer("attribution"))
    found = []
    for sentence in reading.sentences:
        tokens = sentence.tokens
        vague = vaguenesses().find(tokens)
        at = 0
        while at < len(tokens):
            end = number_end(tokens, at)
            if end > at and _is_figure(tokens, at, end):
                span = Span(tokens[at].start, tokens[end - 1].end)
                found.append(
                    Figure(
                        span=span,
                        text=span.of(text),
                        value=value_of(tokens[at:end]),
                        counts=_counted(tokens, at, end),
                        approximation=_approximation(vague, tokens, at, end),
                        voice=voices.at(span),
                    )
                )
            at = max(end, at + 1)
    return tuple(found)


def _is_figure(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether the number at tokens[at:end] counts or measures, and isn't a date, a time, an age, a name or a score."""
    lists = number_words()["lists"]
    word = tokens[at].lower
    if word in number_words()["money"]:
        return True
    before = tokens[at - 1] if at else None
    previous = before.lower if before else ""
    after = tokens[end] if end < len(tokens) else None
    following = after.lower if after else ""
    value = value_of(tokens[at:end])
    alone = end == at + 1
    if following in lists["after_time"] or (following in lists["months"] and value is not None and value <= 31):
        return False
    if "/" in (previous, following):
        return False
    if previous in lists["before_age"] or (following == "years" and _lower(tokens, end + 1) in ("old", "of")):
        return False
    if not alone:
        return True
    if previous in lists["months"] and before is not None and before.tag.startswith("NNP"):
        return False
    if word.isdigit() and len(word) == 4 and value is not None and int(value) in YEARS:
        counted = after is not None and after.tag == "NNS" and previous not in lists["before_year"]
        if not counted:
            return False
    if word == "one" and (previous in lists["before_one"] or after is None or not after.tag.startswith(("NN", "JJ"))):
        return False
    if at == 0 and following in (".", ")", ":"):
        return False
    named = before is not None and at > 1 and before.tag.startswith("NNP") and not _counted(tokens, at, end)
    if previous in lists["names"] or named:
        return False
    if previous == "," and following in (",", ".", ";") and at > 1 and tokens[at - 2].tag.startswith("NN"):
        return False  # "Ada Brown, 34,": an age
    return "-" not in word or not is_written(word) or bool(suffix(word) or _counted(tokens, at, end))


def _counted(tokens: Sequence[Token], at: int, end: int) -> str:
    """What the number counts, or its unit; empty if the sentence leaves it open."""
    known = number_words()
    if tokens[at].lower in known["money"]:
        return str(known["money"][tokens[at].lower])
    if unit := suffix(tokens[end - 1].lower):
        return unit
    if _lower(tokens, end) == "%" or _lower(tokens, end) in ("percent", "pc"):
        return _share(tokens, end + 1)
    if _lower(tokens, end) == "per" and _lower(tokens, end + 1) == "cent":
        return _share(tokens, end + 2)
    if _lower(tokens, end) == "of":
        return _phrase(tokens, end + 1)
    return _phrase(tokens, end)


def _share(tokens: Sequence[Token], at: int) -> str:
    of = _phrase(tokens, at + 1) if _lower(tokens, at) == "of" else ""
    return f"percent of {of}" if of else "percent"


def _phrase(tokens: Sequence[Token], at: int) -> str:
    """The noun phrase that starts at token ``at``, up to its last noun, without an article."""
    if _lower(tokens, at) in SKIPPED:
        at += 1
    end = at
    for place in range(at, min(len(tokens), at + LONGEST_PHRASE)):
        token = tokens[place]
        if (
            not token.tag.startswith(PHRASE)
            or not token.text[:1].isalpha()
            or token.lower in number_words()["lists"]["months"]
        ):
            break
        if token.tag.startswith("NN"):
            end = place + 1
    return " ".join(token.text for token in tokens[at:end]).replace(" 's", "'s").replace(" ’s", "’s")


def _approximation(vague: Sequence[Match], tokens: Sequence[Token], at: int, end: int) -> str:
    """The approximators that touch the number, or are part of it."""
    start = at
    touching = []
    for match in reversed([match for match in vague if match.entry.label == "approximator"]):
        follows = end <= match.start <= end + 1 and tokens[match.start].lower in AFTERTHOUGHTS
        if (match.start < end and match.end >= start) or follows:
            touching.append(match)
            start = min(start, match.start)
    return " … ".join(" ".join(t.lower for t in tokens[match.start : match.end]) for match in reversed(touching))


def _lower(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].lower if at < len(tokens) else ""
