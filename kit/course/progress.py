"""Progress: what of the course is done, begun or untouched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kit.course.answers import EXERCISE, Answers, open_answers
from kit.course.feedback import read_answer
from kit.course.lessons import Lesson, lessons, read_lesson
from kit.course.own_articles import all_pasted
from kit.course.questions import Question
from kit.readings.reading import Annotation, Reading
from kit.render.html import scrolling, static

STATES = ("done", "begun", "untouched")


@dataclass(frozen=True)
class Exercise:
    """An exercise of a lesson and how far it is: done (committed), begun or untouched. ``core``: everybody does it."""

    lesson: str
    name: str
    title: str
    state: str
    core: bool = True


@dataclass(frozen=True)
class Progress:
    """How far one is, by lesson. ``print`` it for text; a notebook shows a table. ``notes``: trouble with files."""

    exercises: tuple[Exercise, ...]
    notes: tuple[str, ...] = ()

    def of(self, state: str) -> tuple[Exercise, ...]:
        """The exercises that are done, begun or untouched."""
        return tuple(exercise for exercise in self.exercises if exercise.state == state)

    def in_lesson(self, lesson: str) -> tuple[Exercise, ...]:
        """The exercises of one lesson."""
        return tuple(exercise for exercise in self.exercises if exercise.lesson == lesson)

    def __repr__(self) -> str:
        lines = [f"{len(self.of('done'))} of {len(self.exercises)} exercises done"]
        for lesson, exercises in self._by_lesson():
            count = _count(exercises)
            lines.append(f"{lesson.heading}: {_by_route(exercises)}")
            if count["untouched"] < len(exercises):
                lines += [f"   {state}: {titles}" for state, titles in _still_to_do(exercises)]
        return "\n".join([*lines, *self.notes])

    def _repr_html_(self) -> str:
        rows = Markup("").join(_row(lesson, exercises) for lesson, exercises in self._by_lesson())
        names = ("Lesson", "Exercises", "Still to do")
        head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in names)
        table = Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, rows)
        done = Markup("<strong>{} of {} exercises done</strong>").format(len(self.of("done")), len(self.exercises))
        notes = (Markup("<p>{}</p>").format(note) for note in self.notes)
        return str(static(Markup("").join((done, scrolling(table, "By lesson"), *notes))))

    def _by_lesson(self) -> Iterator[tuple[Lesson, tuple[Exercise, ...]]]:
        for lesson in dict.fromkeys(exercise.lesson for exercise in self.exercises):
            yield read_lesson(lesson), self.in_lesson(lesson)


def progress(lesson: str | None = None) -> Progress:
    """What is done, begun and untouched, in one lesson or in all.

    Raises `KitError` if there is no such lesson.

    >>> progress("02_who_says_so").exercises[0].title
    'Who is the source?'
    """
    return progress_of(open_work(name) for name in (lessons() if lesson is None else (lesson,)))


@dataclass(frozen=True)
class Work:
    """What a student did in a lesson: the answers, with the marks on its article; and the marks on other texts."""

    lesson: Lesson
    answers: Answers
    elsewhere: tuple[Answers, ...]

    def readings(self) -> list[Reading]:
        """The marks on each text, those on the lesson's own first."""
        return [answers.reading() for answers in (self.answers, *self.elsewhere)]


def open_work(lesson: str) -> Work:
    """A student's work in a lesson; each file is read once. Raises `KitError` if there is no such lesson."""
    read, answers = read_lesson(lesson), open_answers(lesson)
    pasted = all_pasted(answers) if read.own_article else []
    others = {(article.id, article.sha256): article for article in (*pasted, *read.examples)}
    elsewhere = [article for article in others.values() if article.sha256 != answers.article.sha256]
    return Work(read, answers, tuple(open_answers(lesson, article) for article in elsewhere))


def progress_of(works: Iterable[Work]) -> Progress:
    """How far the work in some lessons is."""
    exercises, notes = [], []
    for work in works:
        lesson = work.lesson
        states = {question.name: (question.title, _question_state(question, work)) for question in lesson.questions}
        states |= {name: (title, _marking_state(name, work)) for name, title in lesson.marking.items()}
        exercises += [Exercise(lesson.id, name, *state, name in lesson.core) for name, state in states.items()]
        if work.answers.message:
            notes.append(work.answers.message)
    return Progress(tuple(exercises), tuple(notes))


def _question_state(question: Question, work: Work) -> str:
    stored = work.answers.get(question.name)
    if read_answer(question, stored)["committed"]:
        return "done"
    return "begun" if stored else "untouched"


def _marking_state(exercise: str, work: Work) -> str:
    """The state of a marking exercise, on whatever text it was begun."""
    readings = work.readings()
    if any(reading.answers.get(exercise, {}).get("committed") for reading in readings):
        return "done"
    if any(exercise in reading.answers or marks_in(reading, exercise) for reading in readings):
        return "begun"
    return "untouched"


def marks_in(reading: Reading, exercise: str) -> list[Annotation]:
    """What was marked in an exercise.

    >>> from kit.text.article import read_text
    >>> from kit.text.spans import Span
    >>> mark = Annotation("hedge", "modal", Span(3, 6), details={EXERCISE: "mark"})
    >>> marks_in(Reading(read_text("It may rain."), "", (mark,)), "mark") == [mark]
    True
    """
    return [mark for mark in reading.annotations if mark.details.get(EXERCISE) == exercise]


def _row(lesson: Lesson, exercises: Sequence[Exercise]) -> Markup:
    """A lesson in the table."""
    count = _count(exercises)
    total = count.total()
    if count["done"] == total:
        to_do = "nothing"
    elif count["untouched"] == total:
        to_do = "all of it"
    else:
        named = Markup("<strong>{}</strong>: {}")
        to_do = Markup("<br>").join(named.format(state, titles) for state, titles in _still_to_do(exercises))
    bar = Markup('<meter max="{total}" value="{done}">{done} of {total}</meter>')
    bar = bar.format(total=total, done=count["done"])
    row = Markup('<tr><th scope="row">{}</th><td>{} {}</td><td>{}</td></tr>')
    return row.format(lesson.title, bar, _in_words(count), to_do)


def _still_to_do(exercises: Sequence[Exercise]) -> list[tuple[str, str]]:
    """The titles of what is not done, by state."""
    by_state = []
    for state in ("begun", "untouched"):
        titles = [exercise.title for exercise in exercises if exercise.state == state]
        if titles:
            by_state.append((state, " · ".join(titles)))
    return by_state


def _count(exercises: Iterable[Exercise]) -> Counter[str]:
    return Counter(exercise.state for exercise in exercises)


def _by_route(exercises: Sequence[Exercise]) -> str:
    """The states of the core and, where there is more, of the rest, counted apart."""
    core = _in_words(_count(one for one in exercises if one.core))
    more = _in_words(_count(one for one in exercises if not one.core))
    return f"core: {core}; more: {more}" if more else core


def _in_words(count: Counter[str]) -> str:
    return ", ".join(f"{count[state]} {state}" for state in STATES if count[state])
