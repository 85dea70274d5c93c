"""What the widgets share that save every change: the state of saving, and changes that are their own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import anywidget
import traitlets

from kit.answers import LOCK, Answers


class OneAtATime(anywidget.AnyWidget):
    """A widget whose messages are handled one after the other, in whatever threads they come: `kit.answers.LOCK`."""

    def _handle_msg(self, msg: Any) -> None:
        with LOCK:
            super()._handle_msg(msg)


class Saving(OneAtATime):
    """A widget that keeps its exercise in the answers. ``saved`` says to the browser what is saved.

    A subclass sets ``_store`` and ``_name`` (the lesson's answers and the exercise's name), and ``_request``, the
    browser's last message. ``_own`` tells whether a change of the answers or the traits is this widget's own.
    """

    _store: Answers
    _name: str
    _request = ""
    _own = False

    saved = traitlets.Dict(read_only=True).tag(sync=True)

    def _tell_saved(self, *, untouched: bool) -> None:
        """Say what is saved. ``untouched``: there is nothing of the student's to save."""
        self.set_trait(
            "saved",
            {
                "ok": untouched or self._store.saved(self._name),
                "text": self._store.message if untouched else self._store.status(self._name),
                "heard": self._request,
                "count": self.saved.get("count", 0) + 1,  # so that the browser hears of each time
            },
        )

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """What changes in here is the widget's own doing."""
        before, self._own = self._own, True
        try:
            yield
        finally:
            self._own = before
