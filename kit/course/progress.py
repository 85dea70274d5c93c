"""Progress: what of the course is done, begun or untouched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kit.course.answers import EXERCISE, Answers, open_answers
from kit.course.feedback import read_answer
from kit.course.lesson_files import lessons
from kit.course.lessons import Lesson, read_lesson
from kit.course.own_articles import all_pasted
from kit.course.questions import Question
from kit.readings.reading import Annotation, Reading
from kit.render.html import static

# The lessons as a path, as in the lesson view's map: a line with a stop for each, filled as far as it is done.
PATH = """\
.btl .btl-path { margin: 0.5rem 0 0; padding: 0; list-style: none; font-family: var(--sans); }
.btl .btl-path > li { position: relative; margin: 0; padding: 0 0 0.9rem 1.75rem; }
.btl .btl-path > li::before {
  content: "" / ""; position: absolute; inset: 0.25em auto auto 0; z-index: 1; width: 1.1rem; height: 1.1rem;
  border: 2px solid var(--quiet); border-radius: 50%; background: var(--paper);
  font: 700 0.8rem / 0.95rem var(--sans); text-align: center;
}
.btl .btl-path > li:not(:last-child)::after {
  content: "" / ""; position: absolute; inset: 0.5em auto -0.25em calc(0.55rem - 1px);
  border-inline-start: 2px solid var(--line);
}
.btl .btl-path > [data-state="begun"]::before {
  background: linear-gradient(to right, var(--good) 50%, var(--paper) 50%);
}
.btl .btl-path > [data-state="done"]::before {
  content: "✓" / ""; border-color: var(--good); background: var(--good); color: var(--paper);
}
.btl .btl-path :is(span, p) { margin: 0; color: var(--quiet); }
.btl .btl-path summary { padding-block: 0.3rem; cursor: pointer; }
.btl .btl-path details { margin: 0; }
.btl .btl-path details ol { columns: 18rem; margin: 0; padding-inline-start: 2rem; list-style: decimal; }
"""
STATES = ("done", "begun", "untouched")
MORE = "more, if you like: in this lesson and its exercises"


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
    """How far one is, by lesson. ``print`` it for text; a notebook shows a path. ``notes``: trouble with files."""

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
        by_lesson = list(self._by_lesson())
        stops = Markup("").join(_stop(lesson, own, opened=len(by_lesson) == 1) for lesson, own in by_lesson)
        path = Markup('<ol class="btl-path" role="list">{}</ol>').format(stops)
        done = Markup("")
        if len(by_lesson) != 1:  # one lesson says itself how much of it is done, the core apart
            done = Markup("<strong>{} of {} exercises done</strong>").format(len(self.of("done")), len(self.exercises))
        notes = (Markup("<p>{}</p>").format(note) for note in self.notes)
        return str(static(Markup("").join((done, path, *notes)), more=PATH))

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


def _stop(lesson: Lesson, exercises: Sequence[Exercise], *, opened: bool) -> Markup:
    """A lesson on the path: how much is done, what of its core comes next, and what else is open (``opened`` or not).

    A lesson is done with its core, which comes first and in the lesson's order; what is more is counted apart.
    """
    place = {name: number for number, name in enumerate(lesson.core)}
    still = [exercise for exercise in exercises if exercise.state != "done"]
    core = sorted((one for one in still if one.core), key=lambda exercise: place.get(exercise.name, len(place)))
    more = [exercise for exercise in still if not exercise.core]
    if not core:
        state = "done"
    elif _count(exercises)["untouched"] == len(exercises):
        state = "untouched"
    else:
        state = "begun"
    head = Markup("<strong>{}</strong> <span>{}</span>").format(lesson.title, _done_of(exercises))
    if state == "begun" or (still and opened):
        if core:  # the rest goes in any order
            head += Markup("<p>Next: {}</p>").format(core[0].title)
        head += _folded("still open", core, opened=opened) + _folded(MORE, more, opened=False)
    return Markup('<li data-state="{}">{}</li>').format(state, head)


def _folded(told: str, exercises: Sequence[Exercise], *, opened: bool) -> Markup:
    """What is open, behind a line that says how much it is."""
    if not exercises:
        return Markup("")
    lines = Markup("").join(Markup("<li>{}</li>").format(_named(exercise)) for exercise in exercises)
    folded = Markup("<details{}><summary>{} {}</summary><ol>{}</ol></details>")
    return folded.format(Markup(" open" if opened else ""), len(exercises), told, lines)


def _named(exercise: Exercise) -> str:
    return f"{exercise.title} (begun)" if exercise.state == "begun" else exercise.title


def _done_of(exercises: Sequence[Exercise]) -> str:
    core, more = [one for one in exercises if one.core], [one for one in exercises if not one.core]
    done = f"{_count(core)['done']} of {len(core)} done"
    return f"{done}, and {_count(more)['done']} of {len(more)} more" if more else done


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
