"""The class on one page: a file that works without a network, and in which nothing that students wrote can run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from kit.classroom.class_discernment import discernment_html
from kit.classroom.class_marks import MarkedText
from kit.classroom.class_questions import is_written, question_html, written_data, written_html
from kit.classroom.class_texts import text_data, text_html
from kit.classroom.class_work import ClassWork, Exercise
from kit.classroom.gathering import Problem
from kit.classroom.owners import short_key
from kit.classroom.talking_points import Point, talking_points
from kit.course.lessons import Lesson
from kit.render.html import scrolling, theme, whole_page
from kit.resources import PACKAGE
from kit.wording import plural

STATIC = PACKAGE / "classroom" / "static"
MOST_PROBLEMS = 200  # named on the page
KINDS = {  # of talking points: the heading, and what it is
    "missed": ("Most missed", "Places that most of the class left unmarked."),
    "sure": ("Sure, and not right", "First answers. The best moment to learn: those who are sure listen."),
    "split": ("Where the class splits", "Two readings, and both can be argued. No vote decides it."),
    "alone": ("Marked by the class alone", "Over-marking, or something that the others overlooked."),
}


def class_page(
    work: ClassWork, texts: Sequence[MarkedText], names: Sequence[str], points: Mapping[str, Any], today: date
) -> Markup:
    """The page. ``names``: what each student is called on it; ``points``: those that the teacher gave before."""
    script, style = (STATIC / "class_page.js").read_text("utf-8"), page_style("class_page")
    by_lesson = [(lesson, [text for text in texts if text.exercise.lesson.id == lesson.id]) for lesson in work.lessons]
    lessons = Markup("").join(_lesson(work, lesson, own) for lesson, own in by_lesson)
    body = Markup(
        '<header class="top"><h1>Your class <span class="quiet">{day}</span></h1>{tools}<nav aria-label="Parts">'
        '<a href="#tomorrow">For tomorrow</a><a href="#who">Who did what</a><a href="#lessons">Lesson by lesson</a>'
        '<a href="#discernment">Discernment</a>{files_link}</nav></header><main>'
        '<section id="tomorrow"><h2>For tomorrow</h2>{tomorrow}</section>'
        '<section id="who"><h2>Who did what</h2>{who}</section>'
        '<section id="lessons"><h2>Lesson by lesson</h2>{lessons}</section>'
        '<section id="discernment"><h2>Discernment, not suspicion</h2>{discernment}</section>{files}</main>'
    ).format(
        day=f"{today.day} {today:%B %Y}",
        tools=_tools(work, names),
        files_link=Markup('<a href="#files">Files</a>') if work.problems else "",
        tomorrow=_tomorrow(work, talking_points(work, texts)),
        who=_who(work, names),
        lessons=lessons,
        discernment=discernment_html(texts, names),
        files=_files(work.problems),
    )
    data = _data(work, texts, names, points)
    title = "Your class: Between the Lines"
    return whole_page(title, body, style=style, classes="btl class-page", script=script, data=data)


def page_style(*names: str) -> str:
    """The look of a page about a class: what all pages share, the shades of a text, and stylesheets of its own."""
    return theme() + "".join((STATIC / f"{name}.css").read_text("utf-8") for name in ("shades", *names))


def _tools(work: ClassWork, names: Sequence[str]) -> Markup:
    """One student alone, and the points that the teacher gives."""
    option = Markup('<option value="{}">{}</option>')
    order = sorted(range(len(names)), key=lambda number: names[number])
    options = Markup("").join(option.format(number, names[number]) for number in order)
    return Markup(
        '<div class="tools"><label>Show <select id="student"><option value="">the whole class</option>{}</select>'
        "</label>"
        '<span class="points-tool" hidden><output id="points"></output> '
        '<button type="button" id="save-points">Save points to a file</button></span></div>'
    ).format(options)


def _tomorrow(work: ClassWork, points: Mapping[str, Sequence[Point]]) -> Markup:
    if not points:
        return Markup("<p>Too little is handed in yet to say anything about the class.</p>")
    card = Markup(
        '<article class="point" data-kind="{}"><p class="words">{}{}{}</p><p>{}</p>'
        '<p class="quiet">{} <a href="#{}">{}</a></p></article>'
    )
    kinds = []
    for kind, some in points.items():
        title, note = KINDS[kind]
        cards = [
            card.format(
                kind,
                one.before,
                Markup("<b>{}</b>").format(one.words),
                one.after,
                one.said,
                one.why,
                one.exercise.partition("/")[0],
                work.exercises[one.exercise].lesson.heading,
            )
            for one in some
        ]
        column = Markup('<div class="kind"><h3>{}</h3><p class="quiet">{}</p>{}</div>')
        kinds.append(column.format(title, note, Markup("").join(cards)))
    return Markup('<div class="kinds">{}</div>').format(Markup("").join(kinds))


def _who(work: ClassWork, names: Sequence[str]) -> Markup:
    """Students by lessons: how much of the core each did, and how much more."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(lesson.heading) for lesson in work.lessons)
    by_lesson = [work.of(lesson) for lesson in work.lessons]
    row = Markup('<tr data-student="{}"><th scope="row">{}</th>{}</tr>')
    order = sorted(range(len(names)), key=lambda number: names[number])
    rows = [
        row.format(number, names[number], Markup("").join(_cell(own, number) for own in by_lesson)) for number in order
    ]
    table = Markup("<table><thead><tr><th scope='col'>Student</th>{}</tr></thead><tbody>{}</tbody></table>")
    note = Markup('<p class="quiet">{}</p>').format(
        "Done of the core; + what was done beyond it. ✓ the core is complete, – nothing was handed in."
    )
    return note + scrolling(table.format(head, Markup("").join(rows)), "Students by lessons")


def _cell(exercises: Sequence[Exercise], student: int) -> Markup:
    core = [exercise for exercise in exercises if exercise.core]
    done = sum(exercise.states.get(student) == "done" for exercise in core)
    more = sum(exercise.states.get(student) == "done" for exercise in exercises if not exercise.core)
    if not any(student in exercise.states for exercise in exercises):
        return Markup('<td class="none">–</td>')
    whole = done == len(core)
    shown = f"{'✓ ' if whole else ''}{done}/{len(core)}{f' +{more}' if more else ''}"
    return Markup('<td class="{}">{}</td>').format("whole" if whole else "part", shown)


def _lesson(work: ClassWork, lesson: Lesson, texts: Sequence[MarkedText]) -> Markup:
    exercises = work.of(lesson)
    worked = len({student for exercise in exercises for student in exercise.states})
    asked = [one for one in exercises if one.question and not is_written(one) and one.given]
    written = [one for one in exercises if is_written(one) and (one.given or one.versions)]
    parts = []
    if texts:
        parts.append(
            Markup("<h3>The text, as the class marked it</h3>") + _shading() + Markup("").join(map(text_html, texts))
        )
    if asked:
        core = Markup("").join(question_html(one, worked) for one in asked if one.core)
        more = Markup("").join(question_html(one, worked) for one in asked if not one.core)
        if core and more:
            more = Markup("<h4>More, for those who want it</h4>{}").format(more)
        parts.append(
            Markup('<h3>Questions</h3><p class="quiet">First answers, before any feedback.</p>{}{}').format(core, more)
        )
    if written:
        note = Markup('<p class="quiet">For you to read: no program judges them. Points are yours to give.</p>')
        parts.append(Markup("<h3>Written answers</h3>") + note + Markup("").join(map(written_html, written)))
    untouched = [one.title for one in exercises if one.core and not one.states]
    if untouched:
        parts.append(Markup('<p class="quiet">Nobody did: {}.</p>').format(" · ".join(untouched)))
    whole = Markup(
        '<details class="lesson" id="{}"><summary><span class="title">{}</span> <span class="quiet">{}</span></summary>'
        "{}</details>"
    )
    return whole.format(lesson.id, lesson.heading, plural(worked, "student"), Markup("").join(parts))


def _shading() -> Markup:
    steps = Markup("").join(Markup('<span class="w h{}">{}</span>').format(step, step * 20) for step in range(1, 6))
    return Markup(
        '<p class="quiet">Shade: how many of the class marked a word, in percent: {}. '
        "Behind a place: how many students. Dashed: the class is of two minds.</p>"
    ).format(steps)


def _files(problems: Sequence[Problem]) -> Markup:
    if not problems:
        return Markup("")
    line = Markup("<li>{}{}</li>")
    lines = [
        line.format(Markup("<b>{}</b>: ").format(one.where) if one.where else "", one.sentence) for one in problems
    ]
    if len(lines) > MOST_PROBLEMS:
        lines = [*lines[:MOST_PROBLEMS], Markup("<li>and {} more</li>").format(len(lines) - MOST_PROBLEMS)]
    whole = Markup(
        '<section id="files"><h2>Files</h2><p>What could not be used, and what you should know.</p>'
        "<details><summary>{}, with names of students and files</summary><ul>{}</ul></details></section>"
    )
    return whole.format(plural(len(problems), "note"), Markup("").join(lines))


def _data(
    work: ClassWork, texts: Sequence[MarkedText], names: Sequence[str], points: Mapping[str, Any]
) -> dict[str, Any]:
    """What the script needs."""
    keys = [short_key(student.key) for student in work.students]
    return {
        "students": [[key, name] for key, name in zip(keys, names, strict=True)],
        "texts": {text.exercise.id: text_data(text) for text in texts},
        "written": {one.id: written_data(one, keys) for one in work.exercises.values() if is_written(one)},
        "points": points,
    }
