"""The Quiz: one question. Answer it, say how sure you are, and only then see what there is to say about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets
import traitlets
from markupsafe import Markup

from kit.course.answers import AGAIN, Answer, open_answers
from kit.course.feedback import SURE, feedback, pickable, read_answer, was_wrong_but_sure, what_is_missing
from kit.course.lesson_files import lesson_before
from kit.course.lessons import find_question, read_lesson
from kit.course.minutes import ASKED_AGAIN
from kit.course.on_paper import answer_html
from kit.course.questions import WHERE, Option, Question, split_id
from kit.course.written import lacks_quote
from kit.errors import KitError
from kit.render.html import static
from kit.widgets.assets import script, style
from kit.widgets.exercise import Exercise

LONGEST_TEXT = 20_000  # characters that the browser lets one type
A_GUESS = "A guess: nothing is right or wrong here yet."
FOR_TEACHERS = "Your teacher has the key to this one, so you are not told here whether it is right."


class Quiz(Exercise):
    """One question, by its id. Its traits are its whole state: a click sets them, and so can Python.

    ``picked``: the ids of the chosen options, for ``order`` all of them, for ``span`` the numbers of the words.
    ``text``: what was typed. ``sure``: "sure", "unsure" or "". ``hints``: those shown so far. ``committed``: whether
    the answer is given; then ``feedback`` holds what there is to say about it. ``points``: of a written answer, the
    points that were ticked since, each with its words in the answer; see `tick`. ``saved`` and ``problem`` are
    sentences. Every change is saved at once; see `kit.course.answers`.

    Raises `KitError` if there is no such question.

    >>> Quiz("02_who_says_so/first-look")
    Quiz('02_who_says_so/first-look')
    """

    _esm = script("quiz")
    _css = style("quiz")

    question = traitlets.Dict(read_only=True).tag(sync=True)
    picked = traitlets.List(traitlets.Unicode()).tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)
    sure = traitlets.Enum(SURE, default_value="").tag(sync=True)
    hints = traitlets.List(traitlets.Unicode(), read_only=True).tag(sync=True)
    committed = traitlets.Bool(read_only=True).tag(sync=True)
    feedback = traitlets.Dict(read_only=True).tag(sync=True)
    points = traitlets.Dict(read_only=True).tag(sync=True)
    saved = traitlets.Unicode(read_only=True).tag(sync=True)
    problem = traitlets.Unicode(read_only=True).tag(sync=True)
    can_undo = traitlets.Bool(read_only=True).tag(sync=True)

    def __init__(self, exercise: str, *, asked_in: str | None = None) -> None:
        super().__init__()
        self.item = find_question(exercise)
        lesson, name = split_id(exercise)
        lesson, name = (asked_in, AGAIN + name) if asked_in else (lesson, name)
        self._open(exercise, name, open_answers(lesson))
        self.set_trait("question", _public(self.item) | {"id": f"{lesson}/{name}"})
        self._load()
        self.observe(self._draft, ["picked", "text", "sure"])

    @staticmethod
    def review(lesson: str) -> Review:
        """Two questions on the lesson before: those answered wrongly but with confidence, else its opening ones."""
        return Review(lesson)

    def commit(self) -> None:
        """Give the answer. Only then is there feedback; what is missing is said in ``problem``."""
        missing = what_is_missing(self.item, self._state())
        self.set_trait("problem", missing)
        if not missing:
            self._save(committed=True)

    def reopen(self) -> None:
        """Change one's mind. The answer given before is kept in the history."""
        if self.committed:
            self.set_trait("problem", "")
            self._save(committed=False, sure="")

    def tick(self, point: str, quote: str) -> None:
        """Say that the answer makes this point, in these of its words. If they aren't in it, ``problem`` says so."""
        if self.committed and point in (option["id"] for option in self.feedback["points"]):
            self.set_trait("problem", lacks_quote(self.text, quote))
            if not self.problem:
                self._save(points=self.points | {point: quote})

    def untick(self, point: str) -> None:
        """Take a tick back."""
        self.set_trait("problem", "")
        if point in self.points:
            self._save(points={name: quote for name, quote in self.points.items() if name != point})

    def hint(self) -> None:
        """Show one more hint."""
        if len(self.hints) < len(self.item.hints):
            self._save(hints=len(self.hints) + 1)

    @traitlets.validate("picked")
    def _known_options(self, proposal: Any) -> list[str]:
        picked = list(dict.fromkeys(proposal["value"]))
        if unknown := [name for name in picked if name not in pickable(self.item)]:
            raise KitError(f"{self!r} has no option {unknown[0]!r}.")
        if self.item.takes_one and len(picked) > 1:
            raise KitError(f"{self!r} takes one option.")
        if self.item.kind == "order" and picked and len(picked) < len(self.item.options):
            raise KitError(f"{self!r} takes all options, in an order.")
        return sorted(picked, key=int) if self.item.kind == "span" else picked

    def _do(self, asked: Mapping[str, Any], buffers: Any) -> None:
        """A button was pressed. A commit brings its answer along, which may be newer than the traits."""
        if asked.get("do") == "commit" and not self.committed:
            latest = read_answer(self.item, asked)
            self.picked, self.text, self.sure = latest["picked"], latest["text"], latest["sure"]
        match asked.get("do"):
            case "commit" | "reopen" | "hint" | "reset" | "undo" as action:
                getattr(self, action)()
            case "tick":
                self.tick(str(asked.get("point")), str(asked.get("quote")))
            case "untick":
                self.untick(str(asked.get("point")))

    def _draft(self, change: Any) -> None:
        """The student chose or typed something: it arrives as a trait, and so has no id."""
        if not self._own:
            self.set_trait("problem", "")
            if self.committed:  # The answer that was given stays as it was; `reopen` comes first.
                self._load()
            else:
                self._save()
            self._acknowledge({"do": "draft"})

    def _state(self) -> Answer:
        """The answer as the traits hold it."""
        return {
            "picked": list(self.picked),
            "text": self.text,
            "sure": self.sure,
            "hints": len(self.hints),
            "committed": self.committed,
            "points": dict(self.points),
        }

    def _save(self, **changes: Any) -> None:
        """Save the answer with these changes. One that was given is kept in the history, unless it is only ticked."""
        given = self.committed and "points" not in changes
        self._keep(self._answers.put, self._state() | changes, keep=given)

    def _show(self) -> None:
        answer = read_answer(self.item, self._answers.get(self._name))
        with self._alone(), self.hold_sync():
            self.picked, self.text, self.sure = answer["picked"], answer["text"], answer["sure"]
            self.set_trait("hints", list(self.item.hints[: answer["hints"]]))
            self.set_trait("committed", answer["committed"])
            self.set_trait("points", answer["points"])
            self.set_trait("feedback", feedback(self.item, answer) if answer["committed"] else {})
            self.set_trait("can_undo", not answer["committed"] and bool(self._answers.history(self._name)))
            self.set_trait("saved", self._sentence(answer))

    def _sentence(self, answer: Mapping[str, Any]) -> str:
        status = self._answers.status(self._name)
        drafted = self._answers.saved(self._name) and not answer["committed"] and self._answers.get(self._name)
        return f"Not committed yet. {status.replace('Saved', 'Draft saved', 1)}" if drafted else status

    def _without_scripts(self) -> Markup:
        return static(fragment(self.item) + answer_html(self.item, self._state()))


class Review(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """The questions that open a lesson, on the lesson before. Their answers belong to this lesson."""

    def __init__(self, lesson: str) -> None:
        self.lesson = lesson
        self.quizzes = [Quiz(item.id, asked_in=lesson) for item in asked_again(lesson)]
        super().__init__(self.quizzes)

    def __repr__(self) -> str:
        return f"Quiz.review({self.lesson!r})"

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = super()._repr_mimebundle_(**options)
        return bundle | {"text/html": "\n".join(str(quiz._without_scripts()) for quiz in self.quizzes)}


def asked_again(lesson: str) -> list[Question]:
    """What to ask at the start of a lesson: of the lesson before, what was asked already, what was wrong but sure,
    and the questions made for it, the first two of these.
    """
    before = lesson_before(lesson)
    items = read_lesson(before).questions
    now, then = open_answers(lesson), open_answers(before)
    asked = [item for item in items if now.get(AGAIN + item.name)]
    sure = [item for item in items if was_wrong_but_sure(item, read_answer(item, then.get(item.name)))]
    chosen = dict.fromkeys([*sure, *(item for item in items if item.opening), *asked])
    return sorted(chosen, key=lambda item: item not in asked)[:ASKED_AGAIN]


def fragment(item: Question) -> Markup:
    """A question as static HTML: its text and its options, every character escaped."""
    passage = options = Markup("")
    if item.passage:
        passage = Markup("<blockquote>{}<br><small>{}</small></blockquote>").format(item.passage, WHERE[item.where])
    if item.kind not in ("text", "span"):
        options = Markup("<ul>{}</ul>").format(Markup("").join(map(_option_html, item.shown())))
    note = Markup("<p><small>{}</small></p>").format(_note(item)) if _note(item) else ""
    return Markup(
        "<section lang='en'><h4>{}</h4>{}<p>{}</p>{}{}"
        "<p><small>Run this cell to answer, in JupyterLab. What you have answered is saved and comes back.</small></p>"
        "</section>"
    ).format(item.title, passage, item.question, note, options)


def _note(item: Question) -> str:
    """What one should know before one answers."""
    return item.before or (FOR_TEACHERS if item.assess else A_GUESS if item.guess else "")


def _option_html(option: Option) -> Markup:
    lines = (line for line in (option.text, option.card, option.address) if line)
    return Markup("<li>{}</li>").format(Markup("<br>").join(lines))


def _public(item: Question) -> dict[str, Any]:
    """What the browser gets of an item: nothing that tells the answer."""
    hidden = item.kind in ("text", "span")
    return {
        "kind": item.kind,
        "title": item.title,
        "question": item.question,
        "before": _note(item),
        "passage": item.passage,
        "words": item.words if item.kind == "span" else [],
        "where": WHERE[item.where],
        "options": [] if hidden else [_shown(option) for option in item.shown()],
        "hints": len(item.hints),
        "asks_sure": item.asks_sure,
        "longest": LONGEST_TEXT,
    }


def _shown(option: Option) -> dict[str, str]:
    return {"id": option.id, "text": option.text, "card": option.card, "address": option.address}
