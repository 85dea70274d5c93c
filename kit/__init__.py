"""Between the Lines: read a news story for who says so, how sure they are, and in whose words.

>>> import kit
>>> reading = kit.annotate(kit.load("blinken"))
>>> reading.reader
'kit 1.0'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kit.version import __version__ as __version__

if TYPE_CHECKING:  # The same names for type checkers and editors, which run nothing.
    from kit.analysis.annotate import annotate as annotate
    from kit.analysis.annotate import attributions as attributions
    from kit.analysis.annotate import framing as framing
    from kit.analysis.annotate import hedges as hedges
    from kit.classroom.careful_reader import draft_reading as draft_reading
    from kit.classroom.careful_reader import save_reading as save_reading
    from kit.classroom.discussion import discuss as discuss
    from kit.comparing.comparison import agreement as agreement
    from kit.corpus.run import make_archive as make_archive
    from kit.course.hand_in import hand_in as hand_in
    from kit.course.progress import progress as progress
    from kit.errors import KitError as KitError
    from kit.readings.reading import Annotation as Annotation
    from kit.readings.reading import Reading as Reading
    from kit.render.glossary import glossary as glossary
    from kit.sources.load import load as load
    from kit.summaries.charts import chart as chart
    from kit.summaries.differences import compare as compare
    from kit.summaries.figures import figures as figures
    from kit.summaries.people import parties as parties
    from kit.summaries.report import report as report
    from kit.text.article import Article as Article
    from kit.text.article import read_text as read_text
    from kit.widgets.hand_in import HandIn as HandIn
    from kit.widgets.marker import Marker as Marker
    from kit.widgets.paste import Paste as Paste
    from kit.widgets.quiz import Quiz as Quiz
    from kit.widgets.reader import show as show
    from kit.widgets.rewriter import Rewriter as Rewriter

# Where each public name lives. Nothing is imported before it is used: a program that needs one name loads only that.
_HOMES = {
    "Annotation": "kit.readings.reading",
    "Article": "kit.text.article",
    "HandIn": "kit.widgets.hand_in",
    "KitError": "kit.errors",
    "Marker": "kit.widgets.marker",
    "Paste": "kit.widgets.paste",
    "Quiz": "kit.widgets.quiz",
    "Reading": "kit.readings.reading",
    "Rewriter": "kit.widgets.rewriter",
    "agreement": "kit.comparing.comparison",
    "annotate": "kit.analysis.annotate",
    "attributions": "kit.analysis.annotate",
    "chart": "kit.summaries.charts",
    "compare": "kit.summaries.differences",
    "discuss": "kit.classroom.discussion",
    "draft_reading": "kit.classroom.careful_reader",
    "figures": "kit.summaries.figures",
    "framing": "kit.analysis.annotate",
    "glossary": "kit.render.glossary",
    "hand_in": "kit.course.hand_in",
    "hedges": "kit.analysis.annotate",
    "load": "kit.sources.load",
    "make_archive": "kit.corpus.run",
    "parties": "kit.summaries.people",
    "progress": "kit.course.progress",
    "read_text": "kit.text.article",
    "report": "kit.summaries.report",
    "save_reading": "kit.classroom.careful_reader",
    "show": "kit.widgets.reader",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return value
    raise AttributeError(f"module 'kit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
