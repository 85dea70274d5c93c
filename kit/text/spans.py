"""Stretches of a text: the one unit of place that everything shares."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of text: half-open code-point offsets, ``text[start:end]``.

    >>> Span(0, 3).of("two words")
    'two'
    >>> [Span(0, 3).overlaps(other) for other in (Span(2, 5), Span(3, 5))], Span(3, 5).overlaps(Span(0, 3))
    ([True, False], False)
    >>> Span(0, 3).covers(Span(0, 3)), Span(0, 3).covers(Span(2, 4))
    (True, False)
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end
