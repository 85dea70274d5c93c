"""What the widgets share that save every change: their task, the state of saving, changes that are their own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from html import escape

import traitlets

from kit.course.answers import Answers
from kit.render.html import static
from kit.widgets.base import Widget


class Saving(Widget):
    """A task on a text, kept in the answers. ``saved`` tells the browser what is saved, ``message`` what else there is.

    A subclass sets ``_store`` and ``_name`` (the lesson's answers and the exercise's name), and ``_request``, the
    browser's last message. ``_own`` tells whether a change of the answers or the traits is this widget's own.
    For viewers that run no widgets it gives the text's ``_paragraphs`` and an ``_invitation`` to where it can be done.
    """

    _store: Answers
    _name: str
    _request = ""
    _own = False
    _invitation: str

    exercise = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode(read_only=True).tag(sync=True)
    task = traitlets.Unicode(read_only=True).tag(sync=True)
    steps = traitlets.Dict(read_only=True).tag(sync=True)
    message = traitlets.Unicode(read_only=True).tag(sync=True)
    saved = traitlets.Dict(read_only=True).tag(sync=True)

    def _tell_saved(self, *, untouched: bool) -> None:
        """Say what is saved. ``untouched``: there is nothing of the student's to save."""
        self.set_trait(
            "saved",
            {
                "ok": self._store.saved(self._name),
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

    def _heard(self) -> None:
        """The answers changed: by this widget, by its copy in another cell, or by another exercise."""
        if not self._own:
            self._load()

    def _load(self) -> None:
        """Show what the answers hold."""
        raise NotImplementedError

    def _paragraphs(self) -> Iterable[str]:
        raise NotImplementedError

    def __repr__(self) -> str:
        """The same whatever was done, so that nbval can compare it."""
        return f"{type(self).__name__}({self.exercise!r})"

    def _without_scripts(self) -> str:
        text = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in self._paragraphs())
        task = f"<p><strong>{escape(self.task)}</strong></p>\n<p>{self._invitation}</p>"
        return static(f'{task}\n<div class="btl-page">\n{text}\n</div>')
