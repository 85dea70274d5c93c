"""Figures: every number in an article that counts or measures something, with what it counts and who vouches for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kit.analysis.hedging.find import vaguenesses
from kit.lexicons.matcher import Match
from kit.readings.reading import Reading, need_reading
from kit.readings.voices import Voices
from kit.text.numbers import is_written, money_and_sum, number_end, number_words, suffix, value_of
from kit.text.spans import Span
from kit.text.tokens import Token

YEARS = range(1000, 2100)
LAST_DAY = 31  # of a month
BEYOND = Token("", 0, 0, "", "")  # what stands beyond a sentence's edges
PHRASE = ("JJ", "NN", "VBN", "VBG", "PRP$", "POS")  # tags inside a noun phrase, by their start
LONGEST_PHRASE = 6  # tokens
JOINING = ("under", "over", "to", "for", "by", "in", "of", "past", "below", "above", "at")
AFTERTHOUGHTS = ("or", "give", "plus", "and", "odd")
SKIPPED = frozenset(("the", "a", "an", "its", "his", "her", "their", "our", "all", "more", "other", "such", "whole"))


@dataclass(frozen=True)
class Figure:
    """A number that counts or measures.

    ``span`` holds the number with its unit sign (half-open code points), ``text`` what stands there. ``value`` is the
    number where it can be read as one (the lower of a range; None for "dozens"). ``counts`` names what is counted or
    the unit, ``approximation`` the words that leave it inexact ("around", "more than"), or is empty. ``voice`` is who
    says so; ``doubt`` why that is a guess, or empty.
    """

    span: Span
    text: str
    value: float | None
    counts: str
    approximation: str
    voice: str
    doubt: str = ""


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
    numbers = []
    for sentence in reading.sentences:
        tokens = sentence.tokens
        vague = [match for match in vaguenesses().find(tokens) if match.entry.label == "approximator"]
        for start, end in _figures(tokens):
            span = Span(tokens[start].start, tokens[end - 1].end)
            voice = voices.of(span)
            numbers.append(
                Figure(
                    span=span,
                    text=span.of(text),
                    value=value_of(tokens[start:end]),
                    counts=_counted(tokens, start, end),
                    approximation=_approximation(vague, tokens, start, end),
                    voice=voice.name,
                    doubt=voice.doubt,
                )
            )
    return tuple(numbers)


def _figures(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The figures in one sentence, as token ranges."""
    at = 0
    while at < len(tokens):
        end = number_end(tokens, at)
        if end > at and _is_figure(tokens, at, end):
            yield at, end
        at = max(end, at + 1)


def _is_figure(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the number tokens[start:end] counts or measures, and isn't a date, a time, an age, a name or a score."""
    if tokens[start].lower in number_words()["money"]:
        return True
    number = _Number(tokens, start, end)
    if number.is_time_or_day() or number.is_fraction_or_date() or number.is_age():
        return False
    if end > start + 1:
        return True
    return not (
        number.is_day_after_month()
        or number.is_year()
        or number.is_pronoun()
        or number.is_list_number()
        or number.is_part_of_a_name()
        or number.is_age_in_commas()
        or number.is_score()
    )


class _Number:
    """A number in its sentence, and what else than a figure it can be. The last seven are asked of single tokens."""

    def __init__(self, tokens: Sequence[Token], start: int, end: int) -> None:
        self.tokens, self.start, self.end = tokens, start, end
        self.lists = number_words()["lists"]
        self.word = tokens[start].lower
        self.value = value_of(tokens[start:end])
        self.before = tokens[start - 1] if start else BEYOND
        self.after = tokens[end] if end < len(tokens) else BEYOND

    def is_time_or_day(self) -> bool:
        """ "8 pm", "3 May"."""
        day = self.value is not None and self.value <= LAST_DAY
        return self.after.lower in self.lists["after_time"] or (day and self.after.lower in self.lists["months"])

    def is_fraction_or_date(self) -> bool:
        """ "3/5/2024"."""
        return "/" in (self.before.lower, self.after.lower)

    def is_age(self) -> bool:
        """ "aged 34", "34 years old", "34 years of age"."""
        years = self.after.lower == "years" and _lower(self.tokens, self.end + 1) in ("old", "of")
        return years or self.before.lower in self.lists["before_age"]

    def is_day_after_month(self) -> bool:
        """ "May 3"."""
        return self.before.lower in self.lists["months"] and self.before.tag.startswith("NNP")

    def is_year(self) -> bool:
        """ "2024", but not in "2024 people"."""
        if len(self.word) != 4 or not self.word.isdigit() or self.value is None or int(self.value) not in YEARS:
            return False
        return self.after.tag != "NNS" or self.before.lower in self.lists["before_year"]

    def is_pronoun(self) -> bool:
        """ "one of them", "this one"."""
        counts = self.after.tag.startswith(("NN", "JJ")) and self.before.lower not in self.lists["before_one"]
        return self.word == "one" and not counts

    def is_list_number(self) -> bool:
        """ "1. Who says so?"."""
        return self.start == 0 and self.after.lower in (".", ")", ":")

    def is_part_of_a_name(self) -> bool:
        """ "Article 5", "Apollo 13", "40 Under 40"."""
        name_before = self.start > 1 and self.before.tag.startswith("NNP")
        name = (self.before.lower in self.lists["names"]) or (name_before and not self.counted)
        return name or self._is_in_a_title()

    def _is_in_a_title(self) -> bool:
        """Whether a word that joins numbers is written with a capital beside it, as only titles do: "40 Under 40"."""
        at_start = self.after.text[:1].isupper() and self.after.lower in JOINING and self.end + 1 < len(self.tokens)
        at_end = self.start > 1 and self.before.text[:1].isupper() and self.before.lower in JOINING
        return (at_start and is_written(self.tokens[self.end + 1].lower)) or (
            at_end and is_written(self.tokens[self.start - 2].lower)
        )

    def is_age_in_commas(self) -> bool:
        """ "Ada Brown, 34, ...": after a name."""
        in_commas = self.before.lower == "," and self.after.lower in (",", ".", ";")
        return in_commas and self.start > 1 and self.tokens[self.start - 2].tag.startswith("NN")

    def is_score(self) -> bool:
        """ "3-1", but not "3-5 km"."""
        return "-" in self.word and is_written(self.word) and not suffix(self.word) and not self.counted

    @property
    def counted(self) -> str:
        """What it counts, or its unit; empty if the sentence leaves it open."""
        return _counted(self.tokens, self.start, self.end)


def _counted(tokens: Sequence[Token], at: int, end: int) -> str:
    """What the number counts, or its unit; empty if the sentence leaves it open."""
    known = number_words()
    if tokens[at].lower in known["money"]:
        return str(known["money"][tokens[at].lower])
    if money := money_and_sum(tokens[at].lower)[0]:
        return money
    if unit := suffix(tokens[end - 1].lower):
        return unit
    following = _lower(tokens, end)
    if following in ("%", "percent", "pc"):
        return _share(tokens, end + 1)
    if following == "per" and _lower(tokens, end + 1) == "cent":
        return _share(tokens, end + 2)
    return _phrase(tokens, end + 1 if following == "of" else end)


def _share(tokens: Sequence[Token], at: int) -> str:
    of = _phrase(tokens, at + 1) if _lower(tokens, at) == "of" else ""
    return f"percent of {of}" if of else "percent"


def _phrase(tokens: Sequence[Token], at: int) -> str:
    """The noun phrase that starts at token ``at``, up to its last noun, without an article."""
    if _lower(tokens, at) in SKIPPED:
        at += 1
    end = at
    for place, token in enumerate(tokens[at : at + LONGEST_PHRASE], at):
        is_word = token.tag.startswith(PHRASE) and token.text[:1].isalpha()
        if not is_word or token.lower in number_words()["lists"]["months"]:
            break
        if token.tag.startswith("NN"):
            end = place + 1
    return " ".join(token.text for token in tokens[at:end]).replace(" 's", "'s").replace(" ’s", "’s")


def _approximation(approximators: Sequence[Match], tokens: Sequence[Token], start: int, end: int) -> str:
    """The approximators that touch the number, or are part of it."""
    touching: list[str] = []
    for match in reversed(approximators):
        precedes = match.start < end and match.end >= start
        follows = end <= match.start <= end + 1 and tokens[match.start].lower in AFTERTHOUGHTS
        if precedes or follows:
            touching.insert(0, " ".join(token.lower for token in tokens[match.start : match.end]))
            start = min(start, match.start)
    return " … ".join(touching)


def _lower(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].lower if at < len(tokens) else ""
