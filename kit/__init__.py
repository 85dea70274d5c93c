"""Between the Lines: read a news story for who says so, how sure they are, and in whose words.

>>> import kit
>>> reading = kit.annotate(kit.load("blinken"))
>>> reading.reader
'kit 1.0'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kit.analysis.annotate import annotate, attributions, framing, hedges
from kit.comparing.comparison import agreement
from kit.errors import KitError
from kit.readings.reading import Annotation, Reading
from kit.render.glossary import glossary
from kit.summaries.differences import compare
from kit.summaries.figures import figures
from kit.summaries.people import parties
from kit.summaries.report import report
from kit.text.article import Article, load, read_text

if TYPE_CHECKING:
    from kit.course.hand_in import hand_in
    from kit.course.progress import progress
    from kit.summaries.charts import chart
    from kit.widgets.marker import Marker
    from kit.widgets.paste import Paste
    from kit.widgets.quiz import Quiz
    from kit.widgets.reader import show
    from kit.widgets.rewriter import Rewriter

__all__ = [
    "Annotation",
    "Article",
    "KitError",
    "Marker",
    "Paste",
    "Quiz",
    "Reading",
    "Rewriter",
    "agreement",
    "annotate",
    "attributions",
    "chart",
    "compare",
    "figures",
    "framing",
    "glossary",
    "hand_in",
    "hedges",
    "load",
    "parties",
    "progress",
    "read_text",
    "report",
    "show",
]

# Imported when first used: widgets take longer to load than all the rest. The others are imported at once, also so
# that a function stands for its name where a module has the same (kit.report, kit.figures, kit.framing).
_LATER = {
    "Marker": "kit.widgets.marker",
    "Paste": "kit.widgets.paste",
    "Quiz": "kit.widgets.quiz",
    "Rewriter": "kit.widgets.rewriter",
    "chart": "kit.summaries.charts",
    "hand_in": "kit.course.hand_in",
    "progress": "kit.course.progress",
    "show": "kit.widgets.reader",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        value = globals()[name] = getattr(import_module(_LATER[name]), name)
        return value
    raise AttributeError(f"module 'kit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
