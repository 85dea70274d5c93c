"""Progress: what of the course is done, begun or untouched."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape

from kit.course.answers import EXERCISE, Answers, open_answers
from kit.course.feedback import read_answer
from kit.course.own_articles import EXAMPLES, OWN, articles_of
from kit.course.questions import Item, Lesson, lessons, read_lesson
from kit.readings.reading import Annotation, Reading
from kit.render.html import scrolling, static
from kit.text.article import load

STATES = ("done", "begun", "untouched")


@dataclass(frozen=True)
class Exercise:
    """An exercise of a lesson and how far it is: done (committed), begun or untouched."""

    lesson: str
    name: str
    title: str
    state: str


@dataclass(frozen=True)
class Progress:
    """How far one is, by lesson. ``print`` it for text; a notebook shows a table. ``notes``: trouble with files."""

    exercises: tuple[Exercise, ...]
    notes: tuple[str, ...] = ()

    def of(self, state: str) -> tuple[Exercise, ...]:
        """The exercises that are done, begun or untouched."""
        return tuple(one for one in self.exercises if one.state == state)

    def __repr__(self) -> str:
        lines = [f"{len(self.of('done'))} of {len(self.exercises)} exercises done"]
        for lesson, count, own in self._by_lesson():
            lines.append(f"{lesson.id[:2]} {lesson.title}: {_counts(count)}")
            if count["untouched"] < count.total():
                lines += [f"   {state}: {titles}" for state, titles in _titles(own)]
        return "\n".join([*lines, *self.notes])

    def _repr_html_(self) -> str:
        rows = []
        for lesson, count, own in self._by_lesson():
            total = count.total()
            names = "<br>".join(f"<strong>{state}</strong>: {escape(titles)}" for state, titles in _titles(own))
            if total in (count["done"], count["untouched"]):
                names = "nothing" if count["done"] else "all of it"
            bar = f'<meter max="{total}" value="{count["done"]}">{count["done"]} of {total}</meter>'
            rows.append(
                f'<tr><th scope="row">{escape(lesson.title)}</th><td>{bar} {_counts(count)}</td><td>{names}</td></tr>'
            )
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        head = "".join(f'<th scope="col">{name}</th>' for name in ("Lesson", "Exercises", "Still to do"))
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        done = f"<strong>{len(self.of('done'))} of {len(self.exercises)} exercises done</strong>"
        return static(f"{done}{scrolling(table, 'By lesson')}{notes}")

    def _by_lesson(self) -> list[tuple[Lesson, Counter[str], list[Exercise]]]:
        found = []
        for lesson in dict.fromkeys(one.lesson for one in self.exercises):
            own = [one for one in self.exercises if one.lesson == lesson]
            found.append((read_lesson(lesson), Counter(one.state for one in own), own))
        return found


def progress(lesson: str | None = None) -> Progress:
    """What is done, begun and untouched, in one lesson or in all.

    Raises `KitError` if there is no such lesson.

    >>> progress("02_who_says_so").exercises[0].title
    'Who is the source?'
    """
    found, notes = [], []
    for name in lessons() if lesson is None else (lesson,):
        read, store = read_lesson(name), open_answers(name)
        found += [Exercise(name, item.name, item.title, _state(item, store)) for item in read.items]
        own = on_own_articles(name)
        found += [Exercise(name, mark, title, _marking(mark, store, own)) for mark, title in read.marking.items()]
        notes += [store.message] if store.message else []
    return Progress(tuple(found), tuple(notes))


def _state(item: Item, store: Answers) -> str:
    stored = store.get(item.name)
    return "done" if read_answer(item, stored)["committed"] else "begun" if stored else "untouched"


def _marking(name: str, store: Answers, own: list[Reading]) -> str:
    """The state of a marking exercise, on the story or on an article of one's own."""
    readings = [store.reading(), *own]
    if any(reading.answers.get(name, {}).get("committed") for reading in readings):
        return "done"
    return "begun" if any(name in reading.answers or marks_in(reading, name) for reading in readings) else "untouched"


def on_own_articles(lesson: str) -> list[Reading]:
    """What was marked in a lesson on articles of one's own or on the examples that stand in for them."""
    articles = [*articles_of(lesson), *(load(name) for name in EXAMPLES)] if lesson == OWN else []
    return [open_answers(lesson, article).reading() for article in articles]


def marks_in(reading: Reading, exercise: str) -> list[Annotation]:
    """What was marked in an exercise."""
    return [mark for mark in reading.annotations if mark.details.get(EXERCISE) == exercise]


def _titles(exercises: list[Exercise]) -> list[tuple[str, str]]:
    """The titles of what is not done, by state."""
    return [
        (state, " · ".join(one.title for one in exercises if one.state == state))
        for state in STATES[1:]
        if any(one.state == state for one in exercises)
    ]


def _counts(count: Counter[str]) -> str:
    return ", ".join(f"{count[state]} {state}" for state in STATES if count[state])
