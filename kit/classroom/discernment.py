"""Discernment, not suspicion: does somebody tell words that carry something from plain ones, or just mark a lot?

Two things are counted: of the places that are there to be found, how many were marked (hits), and of the plain words,
how many were marked all the same (false alarms). Whoever marks everything has all the hits, and all the false alarms.
Sensitivity, d′, is what is left when that is taken out: how far the two are apart, in standard deviations; 0 is
guessing, 1 some, 2 a good deal, 3 a lot. The criterion says which way somebody leans: above 0 they would rather leave
out than mark too much, below 0 they mark when in doubt.

Source: N. A. Macmillan, C. D. Creelman (2005), Detection Theory: A User's Guide, chapters 1 and 2. Rates of 0 and 1 are
moved by half a mark: M. J. Hautus (1995), Corrections for extreme proportions ..., Behavior Research Methods 27(1).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist, fmean, stdev
from typing import NamedTuple

FEWEST = 5  # students in both, before anything is said about a change
ERRORS = 2.6  # standard errors that a change must be larger than: chance alone does so once in a hundred times


class Counts(NamedTuple):
    """What somebody marked of what. ``places`` were there to find, ``hits`` of them marked; of ``plain`` words,
    ``alarms`` were marked."""

    hits: int
    places: int
    alarms: int
    plain: int

    def __add__(self, other: object) -> Counts:
        if not isinstance(other, Counts):
            return NotImplemented
        return Counts(*(one + two for one, two in zip(self, other, strict=True)))

    @property
    def sensitivity(self) -> float:
        """d′.

        >>> round(Counts(80, 100, 5, 100).sensitivity, 1), Counts(5, 10, 5, 10).sensitivity
        (2.4, 0.0)
        """
        hit, false = self._scores()
        return hit - false

    @property
    def criterion(self) -> float:
        """c.

        >>> Counts(1, 10, 0, 100).criterion > 0 > Counts(10, 10, 50, 100).criterion
        True
        """
        return -sum(self._scores()) / 2

    def _scores(self) -> tuple[float, float]:
        score = NormalDist().inv_cdf
        return score((self.hits + 0.5) / (self.places + 1)), score((self.alarms + 0.5) / (self.plain + 1))


class Change(NamedTuple):
    """A class before and after: the mean change of d′ and of the criterion, and the standard error of each."""

    sensitivity: float
    sensitivity_error: float
    criterion: float
    criterion_error: float


def change(before: Sequence[Counts], after: Sequence[Counts]) -> Change | None:
    """How students changed: the same ones in the same order in both. None if they are too few to tell."""
    if len(before) < FEWEST:
        return None
    pairs = list(zip(before, after, strict=True))
    sensitivity = [late.sensitivity - early.sensitivity for early, late in pairs]
    criterion = [late.criterion - early.criterion for early, late in pairs]
    root = sqrt(len(pairs))
    return Change(fmean(sensitivity), stdev(sensitivity) / root, fmean(criterion), stdev(criterion) / root)


def level(sensitivity: float) -> str:
    """A d′ in words.

    >>> level(2.4), level(0.1)
    ('tell them apart well', 'mark much as if by chance')
    """
    steps = (
        (3.0, "tell them apart very well"),
        (2.0, "tell them apart well"),
        (1.0, "tell them apart, with gaps"),
        (0.4, "hardly tell them apart"),
    )
    return next((words for least, words in steps if sensitivity >= least), "mark much as if by chance")


def leaning(criterion: float) -> str:
    """A criterion in words.

    >>> leaning(0.9), leaning(-0.5)
    ('would rather leave a word out than mark one too many', 'mark when in doubt')
    """
    if criterion > 0.2:
        return "would rather leave a word out than mark one too many"
    return "mark when in doubt" if criterion < -0.2 else "lean neither way"


def change_in_words(found: Change | None) -> str:
    """What a change means, in a sentence or two.

    >>> change_in_words(Change(0.6, 0.1, 0.0, 0.1))
    'The class tells them apart better than before.'
    >>> change_in_words(Change(0.0, 0.1, -0.5, 0.1))
    'The class only marks more than before: more distrust, not more discernment.'
    """
    if found is None:
        return f"Fewer than {FEWEST} students did both: too few to speak of a change."
    better = _direction(found.sensitivity, found.sensitivity_error)
    leans = _direction(found.criterion, found.criterion_error)
    said = {
        (1, 0): "The class tells them apart better than before.",
        (1, 1): "The class tells them apart better than before, and marks with more care.",
        (1, -1): "The class tells them apart better than before, and is quicker to mark.",
        (0, -1): "The class only marks more than before: more distrust, not more discernment.",
        (0, 1): "The class only marks less than before, and tells them apart no better.",
        (-1, -1): "The class marks more than before, and tells them apart less well: more distrust, less discernment.",
    }
    if better == 0 and leans == 0:
        return "No clear change."
    return said.get((better, leans), "The class tells them apart less well than before. The text may be harder.")


def _direction(value: float, error: float) -> int:
    if abs(value) <= ERRORS * error:
        return 0
    return 1 if value > 0 else -1
