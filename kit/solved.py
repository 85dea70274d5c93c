"""The answer key as answers: `kit check` has them given in a notebook's kernel, as a student's clicks would be."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from kit.answers import Answer, split_id
from kit.errors import KitError
from kit.exercises import Item, read_lesson
from kit.feedback import feedback, is_complete
from kit.resources import items_folder

KEYS = items_folder().parent / "keys"  # only teachers have them


def model_answer(item: Item) -> Answer:
    """The answer that the author of a question wants; to a guess, the first that there is.

    >>> from kit.exercises import Option
    >>> options = Option("a", "The mayor"), Option("b", "Nobody", right=True)
    >>> model_answer(Item("01_x/y", "choice", "", "", options))["picked"]
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
    }


def disagreement(item: Item) -> str:
    """Where a question and its key do not agree, as a sentence; empty if they do."""
    answer = model_answer(item)
    if missing := is_complete(item, answer):
        return f"the answer in its key is not accepted: “{missing}”"
    told = feedback(item, answer)
    if item.asks_sure and told["verdict"] != "right":
        bad = "; ".join(f"“{row['text']}” ({row['state']})" for row in told["rows"] if row["mark"] in ("bad", "missed"))
        return f"answered by its key it is called {told['verdict']}, not right: {bad}."
    if item.kind == "text" and (lacks := [row["text"] for row in told["rows"] if row["mark"] != "good"]):
        return f"its model answer does not make the point “{lacks[0]}”."
    return ""


def answer_all(file: str) -> None:
    """Answer every exercise that this kernel shows, each by its key, and note down in a file what they show then.

    Raises `KitError` with a line for each that can't be answered so.
    """
    problems = [problem for widget in _widgets() if (problem := _answer(widget))]
    if problems:
        raise KitError("\n".join(dict.fromkeys(problems)))
    note_down(file)


def note_down(file: str) -> None:
    """Write down what the answered exercises of this kernel show: their traits by their names, as JSON."""
    shown = {repr(widget): {name: getattr(widget, name) for name in _answered(widget)} for widget in _widgets()}
    Path(file).write_text(json.dumps(shown), "utf-8")


def _widgets() -> list[Any]:
    """The exercises that are there, in the order in which they were made."""
    from ipywidgets.widgets.widget import _instances  # The only list of them that ipywidgets keeps.

    return [widget for widget in _instances.values() if _answered(widget)]


def _answered(widget: Any) -> tuple[str, ...]:
    """The traits that hold an exercise's answer and what is said about it."""
    from kit.widgets.marker import Marker
    from kit.widgets.quiz import Quiz
    from kit.widgets.rewriter import Rewriter

    match widget:
        case Quiz():
            return "picked", "text", "sure", "committed", "feedback"
        case Marker():
            return "marks", "committed", "reveal"
        case Rewriter():
            return "versions", "changes"
    return ()


def _answer(widget: Any) -> str:
    """Answer one exercise; the sentence that says why it can't be done, or empty."""
    return {"Quiz": _answer_quiz, "Marker": _mark, "Rewriter": _rewrite}[type(widget).__name__](widget)


def _answer_quiz(quiz: Any) -> str:
    try:
        item = _with_key(quiz.item)
    except KitError as error:
        return str(error)
    if problem := disagreement(item):
        return f"{item.id}: {problem}"
    answer = model_answer(item)
    quiz.picked, quiz.text, quiz.sure = answer["picked"], answer["text"], answer["sure"]
    quiz.commit()
    return f"{item.id}: {quiz.problem or quiz.saved}" if quiz.problem or not quiz.committed else ""


@cache
def _with_key(item: Item) -> Item:
    if not item.assess:
        return item
    found = {one.id: one for one in read_lesson(split_id(item.id)[0], KEYS).items}
    return found[item.id]


def _mark(marker: Any) -> str:
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


def _rewrite(rewriter: Any) -> str:
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
