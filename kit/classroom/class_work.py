"""The work of a class: what each student answered and marked, lesson by lesson, ready to be counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kit.classroom.gathering import Problem
from kit.classroom.hand_ins import Student
from kit.classroom.marking_cells import marking_tasks
from kit.course.answers import AGAIN, EXERCISE, FIRST, HISTORY, Answer
from kit.course.feedback import read_answer, verdict
from kit.course.hand_in_code import LEFT_OUT
from kit.course.lesson_files import has_keys, lessons
from kit.course.lessons import Lesson, read_lesson
from kit.course.marking_tasks import Task
from kit.course.questions import Question, split_id
from kit.errors import KitError
from kit.readings.reading import Reading
from kit.wording import short

PASTED = "pasted"  # in the answer that holds an article of a student's own
TEXTS = "texts"  # in the answer to a rewriting exercise: its paragraphs
LONGEST_TITLE = 45  # characters of a text's
MOST_MARKS = 2000  # of a student in an exercise; a page has fewer words


class Marked(NamedTuple):
    """One mark: the words, counted from 0 within the task, its label ("" for none), whether its reader was sure."""

    words: tuple[int, ...]
    label: str
    sure: bool = True


class Given(NamedTuple):
    """A student's answer to a question: the first that was committed, before the feedback, and the one of now."""

    first: Answer
    now: Answer
    left_out: bool = False  # written words that a code can't hold

    @property
    def verdict(self) -> str:
        return str(self.first["verdict"])


@dataclass
class Exercise:
    """An exercise as a class did it, by student's number. ``states``: done or begun. ``question`` or ``task``."""

    lesson: Lesson
    name: str
    title: str
    core: bool
    question: Question | None = None
    task: Task | None = None
    states: dict[int, str] = field(default_factory=dict)
    given: dict[int, Given] = field(default_factory=dict)
    marks: dict[int, tuple[Marked, ...]] = field(default_factory=dict)
    versions: dict[int, str] = field(default_factory=dict)  # what was rewritten

    @property
    def id(self) -> str:
        return f"{self.lesson.id}/{self.name}"


@dataclass
class ClassWork:
    """All that a class handed in. ``lessons``: those that somebody worked in."""

    students: Sequence[Student]
    lessons: tuple[Lesson, ...]
    exercises: dict[str, Exercise]
    problems: list[Problem]

    def of(self, lesson: Lesson) -> list[Exercise]:
        """The exercises of a lesson: the core first, each in the lesson's order."""
        own = [exercise for exercise in self.exercises.values() if exercise.lesson.id == lesson.id]
        return sorted(own, key=lambda exercise: not exercise.core)


def class_work(
    students: Sequence[Student], problems: Sequence[Problem] = (), step: Callable[[], object] = lambda: None
) -> ClassWork:
    """Read what students handed in. ``step`` is called after each of them; broken answers become problems."""
    handed_in = {name.partition(".")[0] for student in students for name in student.readings}
    read = tuple(read_lesson(name, with_keys=has_keys(name)) for name in lessons() if name in handed_in)
    exercises = {exercise.id: exercise for lesson in read for exercise in _exercises(lesson)}
    work = ClassWork(students, read, exercises, list(problems))
    for number, student in enumerate(students):
        for name, reading in student.readings.items():
            for trouble in _read(work, number, name, reading):
                work.problems.append(Problem(student.name, trouble))
        step()
    return work


def _exercises(lesson: Lesson) -> Iterable[Exercise]:
    tasks = marking_tasks()
    for question in lesson.questions:
        yield Exercise(lesson, question.name, question.title, question.name in lesson.core, question)
    more = [split_id(exercise)[1] for exercise in tasks if split_id(exercise)[0] == lesson.id]  # to practise
    practice = {name: f"Practice: {short(tasks[f'{lesson.id}/{name}'].article.title, LONGEST_TITLE)}" for name in more}
    for name, title in (practice | dict(lesson.marking)).items():
        yield Exercise(lesson, name, title, name in lesson.core, task=tasks.get(f"{lesson.id}/{name}"))


def _read(work: ClassWork, student: int, name: str, reading: Mapping[str, Any]) -> Iterable[str]:
    """Take one reading of a student's into the class's work; the sentences say what could not be."""
    lesson = name.partition(".")[0]
    answers, annotations = reading.get("answers", {}), reading.get("annotations", [])
    if not isinstance(answers, dict) or not isinstance(annotations, list):
        yield f"{lesson}: the answers are broken and were left out. Ask for the file once more."
        return
    by_exercise: defaultdict[str, list[Any]] = defaultdict(list)
    for mark in annotations:
        details = mark.get("details") if isinstance(mark, dict) else None
        if isinstance(details, dict):
            by_exercise[str(details.get(EXERCISE))].append(mark)
    unknown = []
    for exercise in dict.fromkeys((*map(str, answers), *by_exercise)):
        stored = answers.get(exercise, {})
        into = work.exercises.get(f"{lesson}/{exercise}")
        if into is None:
            known = exercise.startswith(AGAIN) or (isinstance(stored, dict) and stored.keys() & {PASTED, LEFT_OUT})
            if not known:
                unknown.append(exercise[:40])
            continue
        if not isinstance(stored, dict):
            yield f"{lesson}, {into.title}: the answer is broken and was left out."
        elif into.question:
            _take_answer(into, into.question, student, stored)
        else:
            yield from _take_marks(into, student, reading, stored, by_exercise[exercise])
    if unknown:
        yield f"{lesson}: not of this version of the lesson, and left out: {', '.join(unknown[:3])}."


def _take_answer(into: Exercise, question: Question, student: int, stored: Mapping[str, Any]) -> None:
    now = _judged(question, stored)
    left_out = stored.get(LEFT_OUT) is True
    done = now["committed"] or (left_out and stored.get("committed") is True)
    into.states[student] = "done" if done else "begun"
    if done:
        history = stored.get(HISTORY)
        earlier = (
            (_judged(question, one) for one in history if isinstance(one, dict)) if isinstance(history, list) else ()
        )
        into.given[student] = Given(next((one for one in earlier if one["committed"]), now), now, left_out)


def _judged(question: Question, stored: Mapping[str, Any]) -> Answer:
    answer = read_answer(question, stored)
    return answer | {"verdict": verdict(question, answer) if answer["committed"] else "open"}


def _take_marks(
    into: Exercise, student: int, reading: Mapping[str, Any], stored: Mapping[str, Any], now: list[Any]
) -> Iterable[str]:
    done = stored.get("committed") is True
    if done:
        into.states[student] = "done"
    elif into.states.get(student) != "done" and (stored or now):
        into.states[student] = "begun"
    texts = stored.get(TEXTS)
    if done and isinstance(texts, list) and all(isinstance(text, str) for text in texts):
        into.versions[student] = "\n\n".join(texts)
    if into.task is None:
        return
    found = stored.get(FIRST)
    first = found if isinstance(found, list) else now
    if len(first) > MOST_MARKS:
        yield f"{into.lesson.heading}, {into.title}: {len(first):,} marks can't be a student's. They were left out."
        return
    article = reading.get("article")
    if not isinstance(article, dict) or article.get("sha256") != into.task.article.sha256:
        if first and not into.lesson.own_article:
            yield f"{into.lesson.heading}, {into.title}: marked on another text than the lesson's, so left out."
        return
    try:
        plain = {"schema": "reading/1", "article": article, "reader": "", "annotations": first}
        marks = Reading.from_dict(plain, into.task.article).annotations
    except KitError:
        yield f"{into.lesson.heading}, {into.title}: the marks are broken and were left out."
        return
    if done:
        into.marks[student] = tuple(marked for mark in marks if (marked := _marked(into.task, mark)))


def _marked(task: Task, annotation: Any) -> Marked | None:
    mark = task.mark(annotation)
    return Marked(tuple(range(mark["first"], mark["last"] + 1)), mark["label"], mark["sure"]) if mark else None
