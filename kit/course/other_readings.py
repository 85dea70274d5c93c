"""The readings that a student's own is compared with: the kit's, and those that people made of the same article."""

from __future__ import annotations

import contextlib

from kit.analysis.annotate import annotate
from kit.course.lesson_files import readings_folders
from kit.errors import KitError
from kit.readings.reading import Reading
from kit.text.article import Article
from kit.version import PROGRAMS


def other_readings(article: Article) -> list[Reading]:
    """The kit's reading of an article, and those that people made of it, from `readings_folders`.

    >>> from kit.sources.load import load
    >>> [reading.reader for reading in other_readings(load("blinken"))]
    ['kit 1.0', 'the careful reader']
    """
    found: list[Reading] = []
    with contextlib.suppress(Exception):  # a mistake of the kit's must not stop a lesson: the others are compared
        found.append(annotate(article))
    for path in (path for folder in readings_folders() for path in sorted(folder.glob("*.json"))):
        with contextlib.suppress(KitError):  # a reading of another article
            reading = Reading.load(path, article)
            if reading.reader not in PROGRAMS:
                found.append(reading)
    return found
