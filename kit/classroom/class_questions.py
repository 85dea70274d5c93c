"""The questions on the class's page: what was answered, and written answers side by side, for the teacher to read."""

from __future__ import annotations

from collections import Counter
from typing import Any

from markupsafe import Markup

from kit.classroom.class_work import Exercise
from kit.classroom.owners import short_key
from kit.classroom.talking_points import sure_but_wrong, verdicts
from kit.course.on_paper import in_words
from kit.course.questions import Question
from kit.wording import plural

VERDICTS = ("right", "defensible", "partly", "wrong")
WRITTEN = ("text", "log")
MOST_POINTS = 3  # for a written answer without a list of points


def is_written(exercise: Exercise) -> bool:
    """Whether people have to read the answers: no program judges them."""
    return exercise.versions != {} or (exercise.question is not None and exercise.question.kind in WRITTEN)


def question_html(exercise: Exercise, size: int) -> Markup:
    """A question: how the first answers were, and behind it what was chosen."""
    question = exercise.question
    if question is None:
        return Markup("")
    answered = len(exercise.given)
    row = Markup(
        '<details class="question"><summary><span class="title">{title}</span>{bar}{sure}'
        '<span class="quiet">{answered} of {size}</span></summary>{passage}<p>{question}</p>{options}</details>'
    )
    sure = len(sure_but_wrong(exercise))
    return row.format(
        title=exercise.title,
        bar=_bar(exercise),
        sure=Markup('<strong class="sure">{} sure, not right</strong>').format(sure) if sure else "",
        answered=answered,
        size=size,
        passage=Markup("<blockquote>{}</blockquote>").format(question.passage) if question.passage else "",
        question=question.question,
        options=_options(exercise, question),
    )


def _bar(exercise: Exercise) -> Markup:
    """The verdicts as a bar, with each number in words."""
    count = verdicts(exercise)
    judged = [(verdict, count[verdict]) for verdict in VERDICTS if count[verdict]]
    if not judged:
        return Markup('<span class="quiet">{}</span>').format("no right or wrong" if exercise.given else "not answered")
    piece = Markup('<span class="{}" data-share="{}">{} {}</span>')
    pieces = Markup("").join(piece.format(verdict, times, times, verdict) for verdict, times in judged)
    return Markup('<span class="bar">{}</span>').format(pieces)


def _options(exercise: Exercise, question: Question) -> Markup:
    """How many chose what, the first time; then how many changed to something better."""
    rows = []
    if question.kind in ("choice", "choices", "log"):
        picked = Counter(name for one in exercise.given.values() for name in one.first["picked"])
        for option in question.options:
            sign = "✓" if option.right else "~" if option.defensible else ""
            rows.append((sign, picked[option.id], option.text))
    else:
        said = Counter(in_words(question, one.first) for one in exercise.given.values())
        rows = [("", times, answer) for answer, times in said.most_common(8)]
    row = Markup('<tr><td class="key">{}</td><td class="count">{}</td><td>{}</td></tr>')
    head = Markup("").join(map(Markup('<th scope="col">{}</th>').format, ("key", "students", "answer")))
    table = Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>")
    table = table.format(head, Markup("").join(row.format(*one) for one in rows))
    better = sum(
        one.now["verdict"] == "right" and one.verdict in ("wrong", "partly") for one in exercise.given.values()
    )
    return (
        table + Markup("<p class='quiet'>First answers. {} put it right afterwards.</p>").format(better)
        if better
        else table
    )


def written_html(exercise: Exercise) -> Markup:
    """A question with written answers: the rubric, and room for the answers, which the page's script fills in."""
    question, count = exercise.question, len(exercise.given) + len(exercise.versions)
    rubric = Markup("")
    if question:
        points = [option for option in question.options if question.kind == "text"]
        lines = Markup("").join(Markup("<li>{}</li>").format(option.text) for option in points)
        rubric = Markup("<p>{}</p>").format(question.question)
        if lines:
            rubric += Markup("<p><strong>A full answer</strong></p><ul>{}</ul>").format(lines)
        if question.model:
            rubric += Markup("<p><strong>One of ours</strong></p><blockquote>{}</blockquote>").format(question.model)
    frame = Markup(
        '<details class="written" data-exercise="{}" data-most="{}"><summary><span class="title">{}</span>'
        '<span class="quiet">{}</span></summary><div class="side-by-side"><div class="rubric">{}</div>'
        '<div class="answers"></div></div></details>'
    )
    return frame.format(exercise.id, most_points(exercise), exercise.title, plural(count, "answer"), rubric)


def most_points(exercise: Exercise) -> int:
    """How many points a teacher can give for an answer: one for each of a full answer's, or three."""
    question = exercise.question
    return (len(question.options) if question and question.kind == "text" else 0) or MOST_POINTS


def written_data(exercise: Exercise, keys: list[str]) -> list[list[Any]]:
    """The written answers: the student's number, the text, what stands for its words in a file with points, a note."""
    rows: list[list[Any]] = []
    for student in sorted(exercise.given.keys() | exercise.versions.keys()):
        one = exercise.given.get(student)
        text = exercise.versions.get(student) or (
            in_words(exercise.question, one.now) if one and exercise.question else ""
        )
        note = "The words are not in a code: ask for the file." if one and one.left_out and not text.strip() else ""
        ticked = one.now["points"] if one else {}
        rows.append([student, text, short_key(text), note, len(ticked)])
    return rows
