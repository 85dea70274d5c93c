"""The class's own reading of each text, as a reading: to be kept, compared, and used as gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kit.classroom.class_marks import MarkedText, Place
from kit.readings.reading import Annotation, Reading
from kit.text.article import Article
from kit.wording import plural

THE_CLASS = "the class"


def class_readings(texts: Sequence[MarkedText]) -> list[Reading]:
    """What the class makes of each text together: a reading for each article, of all that was marked in it.

    A mark has the labels that the class keeps; where it is of two minds, a confidence of 0.5, as the careful reader's
    marks have it on which readers differ. ``why`` says how many marked it. It holds only what was asked for.
    """
    by_text: defaultdict[str, list[MarkedText]] = defaultdict(list)
    for text in texts:
        by_text[text.task.article.sha256].append(text)
    return [_reading(some[0].task.article, some) for some in by_text.values()]


def _reading(article: Article, texts: Sequence[MarkedText]) -> Reading:
    readers = {student for text in texts for student in text.readers}
    marks = [mark for text in texts for place in text.places for mark in _marks(text, place)]
    return Reading(article, f"{THE_CLASS} ({plural(len(readers), 'student')})", tuple(marks))


def _marks(text: MarkedText, place: Place) -> Iterator[Annotation]:
    """A place with each label under which it is kept; words that do not stand beside each other are several marks."""
    for label in place.kept:
        for first, last in place.pieces:
            mark = text.task.annotation({"first": first, "last": last, "label": label, "sure": not place.split})
            yield replace(mark, why=f"{len(place.students)} of {plural(len(text.readers), 'student')} marked it.")
