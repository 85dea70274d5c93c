"""The Marker: students mark words, commit to their reading, and only then see it beside others."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import traitlets

from kit.course.answers import FIRST, open_answers
from kit.course.marking_tasks import make_task
from kit.course.other_readings import other_readings
from kit.course.questions import split_id
from kit.course.reveal import reveal
from kit.errors import KitError
from kit.readings.reading import Annotation, Reading
from kit.render.marked_text import drawn_marks
from kit.text.article import Article
from kit.widgets.assets import script, style
from kit.widgets.exercise import RESET, TextExercise

DISAGREE = "disagree"  # the key of the answer that holds sentences by place
LONGEST_SENTENCE = 2000  # characters

Marks = list[dict[str, Any]]


class Marker(TextExercise):
    """An exercise in which a student marks words. Its traits are its whole state.

    ``marks``: the student’s marks, see `kit.course.marking_tasks.Task`; once set they are saved. ``choices``: the
    labels for them; the first is the usual one, which a click gives. ``looks``: how each is drawn. ``committed``:
    whether the student has said "I'm done"; then ``reveal`` holds the comparison, and ``disagree`` the student's
    sentences, by place. ``saved`` and ``steps`` say what is saved and what can be undone, ``message`` what else
    there is to say.
    """

    _esm = script("marker")
    _css = style("marker")
    _invitation = "Run this cell to mark words, in JupyterLab. What you have marked is saved and comes back."

    layer = traitlets.Unicode(read_only=True).tag(sync=True)
    blocks = traitlets.List(traitlets.Dict(), read_only=True).tag(sync=True)
    sentences = traitlets.List(traitlets.Int(), read_only=True).tag(sync=True)
    choices = traitlets.List(traitlets.Dict(), read_only=True).tag(sync=True)
    looks = traitlets.Dict(read_only=True).tag(sync=True)
    marks = traitlets.List(traitlets.Dict()).tag(sync=True)
    committed = traitlets.Bool(False, read_only=True).tag(sync=True)
    reveal = traitlets.Dict(read_only=True).tag(sync=True)
    disagree = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(
        self,
        exercise: str,
        article: Article | str,
        *,
        layer: str = "attribution",
        labels: Sequence[str] | None = None,
        paragraphs: tuple[int, int] | None = None,
        task: str = "",
        against: Sequence[Reading] | None = None,
    ) -> None:
        lesson, name = split_id(exercise)
        self._task = make_task(article, layer, labels, paragraphs)
        article = self._task.article
        super().__init__()
        self.exercise = exercise
        self._against = against
        self._others: list[Reading] = []
        self._elsewhere: tuple[Annotation, ...] = ()  # marks of this exercise on words that are not shown
        self._open(exercise, name, open_answers(lesson, article))
        self.set_trait("title", article.title)
        self.set_trait("task", task or self._task.text)
        self.set_trait("layer", layer)
        self.set_trait("choices", self._task.choices())
        self.set_trait("looks", self._task.looks())
        self.set_trait("blocks", self._task.blocks())
        self.set_trait("sentences", self._task.sentences())
        self._load()

    # What a student does. Each of these is a button, too.

    def reset(self) -> None:
        """Start this exercise again, from nothing; `undo` brings it back."""
        if self.marks or self.committed:
            self._changed(RESET)
            super().reset()

    def commit(self) -> None:
        """I'm done: keep these marks as the first round, and compare them with the other readings."""
        if self.committed:
            return
        if not self.marks:
            self.set_trait("message", "Mark at least one place first: your own reading is what you compare.")
            return
        self._past.clear()  # the first round is what was committed, no other
        self._future.clear()
        plain = [self._task.annotation(mark).to_dict(self._answers.article.text) for mark in self.marks]
        self._keep(self._answers.put, {"committed": True, FIRST: plain}, keep=False)

    def adopt(self, key: str) -> None:
        """Change my mind about a place: mark it as others did, or take my mark away."""
        place = next((place for place in self.reveal.get("places", ()) if place["key"] == key), None)
        if place is None or place["kind"] == "same":
            return
        here = [mark for mark in self.marks if [mark["first"], mark["last"]] in place["words"]]
        if place["kind"] == "extra":
            self.marks = [mark for mark in self.marks if mark not in here]
        elif place["kind"] == "label":
            self.marks = [mark | {"label": place["label"]} if mark in here else mark for mark in self.marks]
        else:
            label = place["label"] if self._task.labels else ""
            new = [{"first": first, "last": last, "label": label, "sure": True} for first, last in place["words"]]
            self.marks = [*self.marks, *new]

    def hold(self, key: str, because: str | None = "") -> None:
        """Still disagree about a place, with a sentence or without; None: no longer."""
        held = {place: text for place, text in self.disagree.items() if place != key}
        if because is not None:
            held[str(key)] = str(because)[:LONGEST_SENTENCE]
        self._keep(self._answers.put, self._answers.get(self._name) | {DISAGREE: held}, keep=False)

    # How it is kept.

    @traitlets.validate("marks")
    def _known_marks(self, proposal: Any) -> Marks:
        known = []
        for mark in proposal["value"]:
            try:
                first, last = sorted((int(mark["first"]), int(mark["last"])))
                new = {"first": first, "last": last, "label": str(mark.get("label", "")), "sure": bool(mark["sure"])}
            except (KeyError, TypeError, ValueError):
                raise KitError(f"{mark!r} isn't a mark: give its first and last word, its label, and sure.") from None
            if not 0 <= first <= last < len(self._task.words):
                raise KitError(f"There are no words {first} to {last}: there are {len(self._task.words)}, from 0.")
            if new["label"] not in (self._task.labels or ("",)):
                raise KitError(f"There is no label {new['label']!r} here. Choose from: {', '.join(self._task.labels)}.")
            known.append(new)
        places = {(mark["first"], mark["last"], mark["label"]): mark for mark in known}  # the last of its place counts
        return [places[place] for place in sorted(places)]

    @traitlets.observe("marks")
    def _marked(self, change: Any) -> None:
        if not self._own:
            self.set_trait("message", "")
            self._changed(change["old"])
            self._put(self.marks)

    def _put(self, to: Marks) -> None:
        made = [self._task.annotation(mark) for mark in to]
        self._keep(self._answers.put_marks, (*made, *self._elsewhere))

    def _now(self, to: Marks | None) -> Marks | None:
        return RESET if to is RESET else self.marks

    def _show(self) -> None:
        pairs = [(annotation, self._task.mark(annotation)) for annotation in self._answers.marks(self._name)]
        self._elsewhere = tuple(annotation for annotation, mark in pairs if mark is None)
        answer = self._answers.get(self._name)
        held = answer.get(DISAGREE)
        with self._alone():
            self.marks = [mark for _, mark in pairs if mark is not None]
        self.set_trait("committed", FIRST in answer)
        self.set_trait("disagree", {k: str(v) for k, v in held.items()} if isinstance(held, dict) else {})
        self._compare()
        self._tell()

    def _compare(self) -> None:
        """Fill ``reveal``, once the student has committed."""
        if not self.committed:
            self.set_trait("reveal", {})
            return
        article = self._answers.article
        self._others = self._others or (other_readings(article) if self._against is None else list(self._against))
        mine = Reading(article, "you", tuple(self._task.annotation(mark) for mark in self.marks))
        plain = mine.to_dict() | {"annotations": self._answers.get(self._name).get(FIRST)}
        first = mine
        with contextlib.suppress(KitError):  # changed by hand: then this round is the first that we know of
            first = Reading.from_dict(plain, article)
        self.set_trait("reveal", reveal(self._task, mine, first, self._others))

    def _tell(self) -> None:
        empty = not self.marks and not self.committed
        self._say(untouched=empty, restorable=empty and bool(self._answers.history(self._name)))

    def _do(self, asked: Mapping[str, Any], buffers: Any) -> None:
        match asked:
            case {"do": "mark", "marks": list(marks)}:
                with contextlib.suppress(KitError):  # no browser sends marks that are none
                    self.marks = marks
            case {"do": "undo" | "redo" | "reset" | "commit" as what}:
                getattr(self, what)()
            case {"do": "adopt", "key": str(key)}:
                self.adopt(key)
            case {"do": "hold", "key": str(key), "because": str() | None as because}:
                self.hold(key, because)

    def _paragraphs(self) -> Iterator[str]:
        return (drawn_marks(block["pieces"], self.layer, self.marks) for block in self.blocks)

    def _look(self) -> str:
        return f"btl btl-show-{self.layer}"
