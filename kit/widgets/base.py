"""What all widgets of the kit share: how their messages are handled, and what is seen where no widgets run."""

from __future__ import annotations

from typing import Any

import anywidget
from markupsafe import Markup

from kit.course.answers import LOCK
from kit.files import replace_surrogates


class Widget(anywidget.AnyWidget):
    """A widget whose messages are handled one by one, in whatever threads they come: `kit.course.answers.LOCK`."""

    def _handle_msg(self, msg: Any) -> None:
        with LOCK:
            super()._handle_msg(msg)

    def _without_scripts(self) -> Markup:
        """The HTML for viewers that run no widgets: nbviewer, print."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**options)
        if bundle is not None:
            bundle[0]["text/html"] = replace_surrogates(str(self._without_scripts()))
        return bundle
