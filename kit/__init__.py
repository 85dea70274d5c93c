"""Between the Lines: read a news story for who says so, how sure they are, and in whose words.

>>> import kit
>>> reading = kit.annotate(kit.load("blinken"))
>>> reading.reader
'kit 1.0'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.analysis import annotate, attributions, framing, hedges
from kit.article import Article, load, read_text
from kit.errors import KitError
from kit.reading import Annotation, Reading

if TYPE_CHECKING:
    from kit.widgets.reader import show

__all__ = [
    "Annotation",
    "Article",
    "KitError",
    "Reading",
    "annotate",
    "attributions",
    "framing",
    "hedges",
    "load",
    "read_text",
    "show",
]

_WIDGETS = {"show": "kit.widgets.reader"}  # imported when first used: widgets take longer to load than all the rest


def __getattr__(name: str) -> Any:
    if name in _WIDGETS:
        from importlib import import_module

        return getattr(import_module(_WIDGETS[name]), name)
    raise AttributeError(f"module 'kit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
