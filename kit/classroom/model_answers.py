"""The answer key as answers: `kit check` has them given in a notebook's kernel, as a student's clicks would be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ipywidgets.widgets import widget as ipywidgets_widget

from kit.course.answers import Answer
from kit.course.feedback import feedback, what_is_missing
from kit.course.lesson_files import has_keys
from kit.course.lessons import read_lesson
from kit.course.questions import Question, split_id
from kit.errors import KitError
from kit.widgets.marker import Marker
from kit.widgets.quiz import Quiz
from kit.widgets.rewriter import Rewriter

SHOWN: dict[type, tuple[str, ...]] = {  # the traits that hold an answer and what is said about it
    Quiz: ("picked", "text", "sure", "committed", "points", "feedback"),
    Marker: ("marks", "committed", "reveal"),
    Rewriter: ("versions", "changes"),
}


def model_answer(item: Question) -> Answer:
    """The answer that the author of a question wants; to a guess, the first that there is.

    >>> from kit.course.questions import Option
    >>> options = Option("a", "The mayor"), Option("b", "Nobody", right=True)
    >>> model_answer(Question("01_x/y", "choice", "", "", options))["picked"]
    ['b']
    """
    right = [option for option in item.options if option.right] or list(item.options[:1])
    picked = [option.id for option in (item.options if item.kind == "order" else right)]
    if item.kind == "span":
        picked = [str(number) for option in right for number in item.place(option)]
    return {
        "picked": [] if item.kind == "text" else picked[:1] if item.takes_one else picked,
        "text": item.model,
        "sure": "sure" if item.asks_sure else "",
        "hints": 0,
        "committed": True,
        "points": {option.id: option.quote for option in item.options if option.quote},
    }


def disagreement(item: Question) -> str:
    """Where a question and its key do not agree, as a sentence; empty if they do."""
    answer = model_answer(item)
    if missing := what_is_missing(item, answer):
        return f"the answer in its key is not accepted: “{missing}”"
    told = feedback(item, answer)
    if item.asks_sure and told["verdict"] != "right":
        bad = "; ".join(f"“{row['text']}” ({row['state']})" for row in told["rows"] if row["mark"] in ("bad", "missed"))
        return f"answered by its key it is called {told['verdict']}, not right: {bad}."
    return ""


def answer_all(file: str) -> None:
    """Answer every exercise that this kernel shows, each by its key, and note down in a file what they show then.

    Raises `KitError` with a line for each that can't be answered so.
    """
    problems = [problem for kind, exercise in _exercises() if (problem := _ANSWER[kind](exercise))]
    if problems:
        raise KitError("\n".join(dict.fromkeys(problems)))
    note_down(file)


def note_down(file: str) -> None:
    """Write down what the exercises of this kernel show: their traits by their names, as JSON."""
    shown = {repr(one): {trait: getattr(one, trait) for trait in SHOWN[kind]} for kind, one in _exercises()}
    Path(file).write_text(json.dumps(shown), "utf-8")


def _exercises() -> list[tuple[type, Any]]:
    """The exercises that are there and what they are, in the order in which they were made."""
    there = ipywidgets_widget._instances.values()  # ipywidgets keeps no other list of them
    return [(kind, widget) for widget in there for kind in SHOWN if isinstance(widget, kind)]


# How each is answered: the sentence that says why it can't be done, or empty.


def _answer(quiz: Quiz) -> str:
    item = quiz.item
    try:
        if item.assess:
            lesson = split_id(item.id)[0]
            if not has_keys(lesson):
                return ""
            item = next(one for one in read_lesson(lesson, with_keys=True).questions if one.id == item.id)
    except KitError as error:
        return str(error)
    if problem := disagreement(item):
        return f"{item.id}: {problem}"
    answer = model_answer(item)
    quiz.picked, quiz.text, quiz.sure = answer["picked"], answer["text"], answer["sure"]
    quiz.commit()
    for point, quote in answer["points"].items():
        quiz.tick(point, quote)
    return "" if quiz.committed else f"{item.id}: {quiz.problem}"


def _mark(marker: Marker) -> str:
    """Mark the first word, look, and mark all that other readers have marked."""
    label = marker.choices[0]["label"] if marker.choices else ""
    marker.marks = [{"first": 0, "last": 0, "label": label, "sure": True}]
    marker.commit()
    missed = [place for place in marker.reveal["places"] if place["kind"] == "missed"]
    theirs = [
        {"first": first, "last": last, "label": place["label"] if label else "", "sure": True}
        for place in missed
        for first, last in place["words"]
    ]
    marker.marks = [*marker.marks, *theirs]
    missed = [place["quote"] for place in marker.reveal["places"] if place["kind"] == "missed"]
    if missed:
        return f"{marker.exercise}: marked as others have marked it, “{missed[0]}” is still called missed."
    return ""


def _rewrite(rewriter: Rewriter) -> str:
    """Take the first other word that is offered (or add some), and write the files."""
    offered = [
        (number, choice["words"])
        for number, mark in enumerate(rewriter.marks)
        for choice in mark["choices"]
        if not choice["advice"]
    ]
    if offered:
        rewriter.swap(*offered[0])
    else:
        rewriter.versions = [f"{text} So it was." for text in rewriter.versions]
    rewriter.export()
    return "" if rewriter.changes else f"{rewriter.exercise}: nothing is said about a change."


_ANSWER: dict[type, Callable[[Any], str]] = {Quiz: _answer, Marker: _mark, Rewriter: _rewrite}
