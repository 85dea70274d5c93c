"""What all widgets of the kit share: how their messages are handled, and what is seen where no widgets run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anywidget
from markupsafe import Markup

from kit.course.answers import LOCK
from kit.files import replace_surrogates


class Widget(anywidget.AnyWidget):
    """A widget whose messages are handled one by one, in whatever threads they come: `kit.course.answers.LOCK`.

    The browser asks with a message that says what to ``do`` and has an ``id`` of its own. When all of that is done and
    saved, and the traits are on their way, it hears ``{"done": ..., "id": ...}``; see static/exercise.js.
    """

    def _handle_msg(self, msg: Any) -> None:
        with LOCK:
            super()._handle_msg(msg)

    def _asked(self, widget: Any, content: Any, buffers: Any) -> None:
        """Something was done in the browser: do it here, and say so. `on_msg` takes it."""
        asked = content if isinstance(content, dict) else {}
        self._do(asked, buffers)
        self._acknowledge(asked)

    def _do(self, asked: Mapping[str, Any], buffers: Any) -> None:
        """Do what a message asks for; nothing, where no browser of ours would send it."""
        raise NotImplementedError

    def _acknowledge(self, asked: Mapping[str, Any]) -> None:
        self.send({"done": asked.get("do"), "id": str(asked.get("id", ""))})

    def _without_scripts(self) -> Markup:
        """The HTML for viewers that run no widgets: nbviewer, print."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**options)
        if bundle is not None:
            bundle[0]["text/html"] = replace_surrogates(str(self._without_scripts()))
        return bundle
