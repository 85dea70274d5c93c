"""What Quiz, Marker, Rewriter and Paste share: a student's work that is saved at every change, told of, and undone."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import traitlets
from markupsafe import Markup

from kit.course.answers import Answers
from kit.render.html import static
from kit.widgets.base import Widget

RESET = None  # a step that is the reset itself: the answers keep what it took away


class Exercise(Widget):
    """What a student does in one cell. It is kept in the lesson's answers, and the traits show what these hold.

    Whatever the student changes goes into the answers first (`_keep`), and from there into the traits (`_load`). So a
    restart, an undo, a copy of the exercise in another cell and another notebook are all the same: the answers to this
    exercise have changed, and `_show` shows them. ``unsaved``: what was done can't be saved now; as long as that is so
    the page asks again and again to "save".
    """

    unsaved = traitlets.Bool(read_only=True).tag(sync=True)

    _name: str  # the exercise within its lesson
    _own = False  # whether what changes now is this widget's own doing

    def _open(self, exercise: str, name: str, answers: Answers) -> None:
        """Take up the exercise of this id, kept under this name. Where the traits are ready, `_load` has to follow."""
        self._id, self._name, self._answers = exercise, name, answers
        answers.listen(name, self._heard)
        self.on_msg(self._asked)

    def reset(self) -> None:
        """Start this exercise again, from nothing. `undo` brings it back."""
        self._keep(self._answers.reset)

    def undo(self) -> None:
        """Go back to what it was before the last change that counts, or before the reset."""
        self._keep(self._answers.undo)

    def _keep(self, change: Callable[..., Any], *given: Any, **options: Any) -> None:
        """Change what the answers hold of this exercise, by one of their methods, and show it."""
        with self._alone():
            change(self._name, *given, **options)
        self._load()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """What changes in here is the widget's own doing: no answer of the student's, and no news."""
        before, self._own = self._own, True
        try:
            yield
        finally:
            self._own = before

    def _heard(self) -> None:
        """The answers to this exercise changed, or whether they are saved."""
        if not self._own:
            self._load()

    def _load(self) -> None:
        """Show what the answers hold, ``unsaved`` first: the page looks at it when it hears of the rest."""
        self.set_trait("unsaved", not self._answers.saved(self._name))
        self._show()

    def _show(self) -> None:
        """Show what the answers hold."""
        raise NotImplementedError

    def _asked(self, widget: Any, content: Any, buffers: Any) -> None:
        if isinstance(content, dict) and content.get("do") == "save":
            self._answers.save_again()
        super()._asked(widget, content, buffers)

    def __repr__(self) -> str:
        """The same whatever was done, so that nbval can compare it."""
        return f"{type(self).__name__}({self._id!r})"


class TextExercise(Exercise):
    """Work on a text, in steps that can be undone one by one: what Marker and Rewriter share.

    ``saved`` tells the browser what is saved, and the id of the last message that is in it; it is set last in every
    change. ``steps`` says what can be undone, ``message`` what else there is to say. A step is what `_put` takes.
    For viewers that run no widgets there are the text's ``_paragraphs``, with what was done to them, and an
    ``_invitation`` to where it can be done.
    """

    _invitation: str
    _request = ""  # the browser's last message

    exercise = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode(read_only=True).tag(sync=True)
    task = traitlets.Unicode(read_only=True).tag(sync=True)
    steps = traitlets.Dict(read_only=True).tag(sync=True)
    message = traitlets.Unicode(read_only=True).tag(sync=True)
    saved = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        self._past: list[Any] = []
        self._future: list[Any] = []

    def undo(self) -> None:
        """Take back the last change, or the reset, also one of an earlier session."""
        if self.steps["undo"]:
            self._step(self._past, self._future, self._answers.undo)

    def redo(self) -> None:
        """Make again what `undo` took back."""
        if self._future:
            self._step(self._future, self._past, self._answers.reset)

    def _step(self, way: list[Any], back: list[Any], past_reset: Callable[[str], Any]) -> None:
        """Go one step on this way; ``past_reset`` does it where the step is a reset."""
        to = way.pop() if way else RESET
        back.append(self._now(to))
        if to is RESET:
            self._keep(past_reset)
        else:
            self._put(to)

    def _changed(self, before: Any) -> None:
        """The student took a new step, away from this."""
        self._past.append(before)
        self._future.clear()

    def _now(self, to: Any) -> Any:
        """What leads back here from a step."""
        raise NotImplementedError

    def _put(self, to: Any) -> None:
        """Save this as what the student made of the text."""
        raise NotImplementedError

    def _tell(self) -> None:
        """Say what is saved and what can be undone, by `_say`: the last of every change."""
        raise NotImplementedError

    def _say(self, *, untouched: bool, restorable: bool, **steps: bool) -> None:
        """``untouched``: there is nothing of the student's to save. ``restorable``: an earlier session was reset."""
        can = {"undo": bool(self._past) or restorable, "redo": bool(self._future)}
        self.set_trait("steps", can | steps)
        self.set_trait(
            "saved",
            {
                "ok": self._answers.saved(self._name),
                "text": self._answers.message if untouched else self._answers.status(self._name),
                "heard": self._request,
                "count": self.saved.get("count", 0) + 1,  # so that the browser hears of each time
            },
        )

    def _asked(self, widget: Any, content: Any, buffers: Any) -> None:
        self.set_trait("message", "")
        super()._asked(widget, content, buffers)

    def _acknowledge(self, asked: Mapping[str, Any]) -> None:
        self._request = str(asked.get("id", ""))
        self._tell()
        super()._acknowledge(asked)

    def _paragraphs(self) -> Iterable[str]:
        raise NotImplementedError

    def _look(self) -> str:
        """The classes of the static HTML."""
        return "btl"

    def _without_scripts(self) -> Markup:
        text = Markup("\n").join(Markup("<p>{}</p>").format(paragraph) for paragraph in self._paragraphs())
        body = Markup('<p><strong>{}</strong></p>\n<p>{}</p>\n<div class="btl-page">\n{}\n</div>')
        return static(body.format(self.task, self._invitation, text), classes=self._look())
