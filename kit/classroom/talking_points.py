"""What a class could talk about tomorrow: what most missed, what many marked alone, sure mistakes, where it splits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from kit.classroom.class_marks import MarkedText, Place
from kit.classroom.class_work import ClassWork, Exercise
from kit.course.answers import Answer
from kit.course.feedback import was_wrong_but_sure
from kit.course.questions import Option
from kit.course.reveal import around
from kit.readings.labels import everyday_label
from kit.wording import capital, one_line, series, short

FEWEST = 3  # students who did an exercise, before it is worth the class's time
MISSED = 0.5  # of the class that marked a place: above it, it wasn't missed
ALONE = 0.2  # of the class that marked a place which nobody else does
SURE = 0.15  # of the class that was sure and wrong
LONGEST = 160  # characters of a question or an answer
LONGEST_WHY = 400  # of what there is to say about it: whole sentences, as far as anybody writes them
ASK = {  # what to ask the class, by layer
    "attribution": "Ask: who is speaking here, and which word tells us?",
    "hedge": "Ask: what would the sentence claim without this word?",
    "framing": "Ask: which plainer word could stand here, and what would change?",
}


class Point(NamedTuple):
    """Something to talk about. ``weight``: how many students it is about; ``words``: the place or the question, with
    what stands ``before`` and ``after`` it; ``said``: what the class did; ``why``: what there is to say about it;
    ``exercise``: its id."""

    kind: str
    weight: float
    words: str
    said: str
    why: str
    exercise: str
    before: str = ""
    after: str = ""


def talking_points(work: ClassWork, texts: Iterable[MarkedText], most: int = 3) -> dict[str, list[Point]]:
    """The most telling of each kind: missed, sure (and wrong), split, alone; the most telling first."""
    found: dict[str, list[Point]] = {"missed": [], "sure": [], "split": [], "alone": []}
    for text in texts:
        if len(text.readers) >= FEWEST:
            for place in text.places:
                if point := _point(text, place):
                    found[point.kind].append(point)
    for exercise in work.exercises.values():
        if point := _sure_mistake(exercise):
            found["sure"].append(point)
    return {kind: sorted(points, key=lambda point: -point.weight)[:most] for kind, points in found.items() if points}


def quoted(text: MarkedText, place: Place) -> str:
    """The words of a place, its pieces joined by " … "."""
    article = text.task.article.text
    return " … ".join(one_line(text.task.span(*piece).of(article)) for piece in place.pieces)


def _point(text: MarkedText, place: Place) -> Point | None:
    """What there is to say of a place, if anything."""
    of, marked = len(text.readers), len(place.students)
    share, ask = marked / of, ASK.get(text.task.layer, "")
    key = text.key_of(place)
    if key and key.sure and share < MISSED:
        said = f"{marked} of {of} marked it. {capital(text.key)} does{_as(key.label)}."
        kind, weight, why = "missed", of - marked, f"{key.why} {ask}".strip()
    elif len(place.kept) > 1:
        said = f"{series([f'{place.labels[label]} say “{everyday_label(label)}”' for label in place.kept])}."
        why = "Both can be argued: ask one of each side for reasons."
        if key and key.label:
            why += f" {capital(text.key)} says “{everyday_label(key.label)}”."
        kind, weight = "split", min(place.labels[label] for label in place.kept)
    elif place.split and not key:
        said = f"{marked} of {of} marked it, the others didn’t."
        kind, weight, why = "split", min(marked, of - marked), ask
    elif not place.careful and not place.kit and share >= ALONE and marked >= FEWEST:
        said = f"{marked} of {of} marked it; neither the kit nor another reader does."
        kind, weight, why = "alone", marked, "Ask those who did for their reasons. They may have good ones."
    else:
        return None
    beside = around(text.task.article, *text.task.span(place.words[0], place.words[-1]))
    return Point(kind, weight, quoted(text, place), said, why, text.exercise.id, *beside)


def _as(label: str) -> str:
    return f", as “{everyday_label(label)}”" if label else ""


def _sure_mistake(exercise: Exercise) -> Point | None:
    """A question that many were sure of and got wrong, with the option that most of these got wrong."""
    question, given = exercise.question, exercise.given
    if question is None or len(given) < FEWEST:
        return None
    wrong = sure_but_wrong(exercise)
    if len(wrong) / len(given) < SURE:
        return None
    said, why = f"{len(wrong)} of {len(given)} were sure, and not right", question.after
    slips: Counter[tuple[Option, str]] = Counter()  # options chosen wrongly, and left out wrongly
    for option in question.options if question.kind in ("choice", "choices") else ():
        chosen = sum(option.id in one["picked"] for one in wrong)
        if not option.right and not option.defensible:
            slips[option, "chose"] = chosen
        elif option.right and question.kind == "choices":
            slips[option, "left out"] = len(wrong) - chosen
    for (option, did), times in slips.most_common(1):
        said += f"; {times} of them {did} {_in_quotes(option.text)}"
        why = option.feedback or why
    return Point(
        "sure", len(wrong), short(question.question, LONGEST), f"{said}.", short(why, LONGEST_WHY), exercise.id
    )


def _in_quotes(text: str) -> str:
    """An option in quotation marks, if it has none of its own."""
    return short(text, LONGEST) if text.startswith("“") else f"“{short(text, LONGEST)}”"


def sure_but_wrong(exercise: Exercise) -> list[Answer]:
    """The first answers of those who were sure of them, and wrong or partly so."""
    question, given = exercise.question, exercise.given.values()
    return [one.first for one in given if question and was_wrong_but_sure(question, one.first)]


def verdicts(exercise: Exercise) -> Counter[str]:
    """How many first answers were right, defensible, partly, wrong, or open."""
    return Counter(one.verdict for one in exercise.given.values())
