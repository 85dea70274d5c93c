"""An invented class: hand-ins of as many students as one likes, of differing skill, made from the lessons themselves.

Nobody in it exists. `python tests/invented_class.py FOLDER 30` writes their files, to look at.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from kit.classroom.marking_cells import marking_tasks
from kit.course.answers import EXERCISE
from kit.course.lesson_files import has_keys, lessons
from kit.course.lessons import read_lesson
from kit.course.other_readings import other_readings
from kit.readings.reading import SCHEMA, Reading
from kit.text.words import covered

GIVEN = "Amira Ben Chidi Dana Emil Fatou Goran Hana Ivo Jana Kofi Lena Mateo Noor Olga Pia Quang Rosa Sami Tove"
FAMILY = "Abel Brandt Castro Diallo Eriksen Falk Gruber Haddad Ito Jansen Kaya Lund Moreau Novak Okafor Petrov"
WRITTEN = (
    "I would ask somebody who was there, because the report only has one side of it.",
    "The word is the reporter's own, so we don't know who thinks so.",
    "I'm not sure, but I think it is about who says it and how they can know.",
    "It tells that something is likely and not that it is certain. I would write it with the source.",
    "Nobody says where the number comes from. A reader should know that.",
)


def names(number: int) -> str:
    """The name of a student: a new one for each of the first few hundred numbers."""
    given, family = GIVEN.split(), FAMILY.split()
    lap, place = divmod(number, len(given) * len(family))
    name = f"{given[place % len(given)]} {family[(place // len(given) + place) % len(family)]}"
    return f"{name} {lap + 1}" if lap else name


def careful(task) -> list[dict]:
    """What there is to find in a task: marks as students' are."""
    found = []
    for mark in task.marks(other_readings(task.article)[-1]):
        words = [number for span in mark.spans for number in covered(task.words, span)]
        label = mark.label if mark.label in task.labels else task.labels[0]
        found.append({"first": words[0], "last": words[-1], "label": label, "sure": True})
    return found


def marks_of(task, known: list[dict], chance: random.Random, hit: float, false: float) -> list[dict]:
    """A student's marks: each that there is with the chance ``hit``, each plain word with the chance ``false``."""
    marks = []
    for mark in known:
        if chance.random() < hit:
            wrong_label = len(task.labels) > 1 and chance.random() < 0.2
            label = chance.choice(task.labels) if wrong_label else mark["label"]
            marks.append(mark | {"label": label, "sure": chance.random() < 0.8})
    taken = {number for mark in known for number in range(mark["first"], mark["last"] + 1)}
    for number in range(len(task.words)):
        if number not in taken and chance.random() < false:
            mark = {"first": number, "last": number, "label": chance.choice(task.labels), "sure": chance.random() < 0.5}
            marks.append(mark)
    return marks or [{"first": 0, "last": 0, "label": task.labels[0], "sure": False}]


def answer_to(question, chance: random.Random, skill: float) -> dict:
    """A student's answer to a question: the more skilled, the more often right."""
    right = [option for option in question.options if option.right] or list(question.options[:1])
    well = chance.random() < skill
    text = ""
    if question.kind == "text":
        picked, text = [], chance.choice((*WRITTEN, question.model or WRITTEN[0]))
    elif question.kind == "order":
        picked = [option.id for option in question.options]
        if not well:
            chance.shuffle(picked)
    elif question.kind == "span":
        options = right if well else [chance.choice(question.options)]
        picked = [str(number) for option in options for number in question.place(option)]
    elif question.takes_one:
        option = chance.choice(right) if well else chance.choice(question.options)
        picked = [option.id]
        if question.kind == "log":
            text = f"{option.card} https://news.example/pier “the pier was closed on Monday” I think so, it fits well."
    else:
        picked = [option.id for option in question.options if option.right == (chance.random() < skill)]
        picked = picked or [question.options[0].id]
    sure = "" if not question.asks_sure else chance.choice(("sure", "sure", "unsure"))
    return {"picked": picked, "text": text, "sure": sure, "hints": 0, "committed": True, "points": {}}


class InventedClass:
    """Students and what they hand in. ``only``: of these lessons; without, of all."""

    def __init__(self, size: int, *, seed: int = 1, only: Sequence[str] = ()) -> None:
        self.size, self.seed = size, seed
        self.tasks = marking_tasks()
        self.known = {exercise: careful(task) for exercise, task in self.tasks.items()}
        self.lessons = [read_lesson(name, with_keys=has_keys(name)) for name in only or lessons()]

    def hand_in(self, number: int) -> dict:
        """What a student hands in: all lessons in one."""
        chance = random.Random(self.seed * 100_003 + number)
        skill = min(0.95, max(0.25, chance.gauss(0.7, 0.15)))
        far = chance.choice((len(self.lessons), len(self.lessons), len(self.lessons) - 1, 3))
        readings: dict[str, dict] = {}
        for at, lesson in enumerate(self.lessons[:far]):
            of = readings.setdefault(lesson.id, self._empty(lesson.article))
            for question in lesson.questions:
                if question.name in lesson.core or chance.random() < 0.4:
                    answer = answer_to(question, chance, skill)
                    better = answer_to(question, chance, min(1, skill + 0.2))
                    later = chance.random() < 0.3 and question.kind != "text"
                    of["answers"][question.name] = better | {"history": [answer]} if later else answer
            for name in lesson.marking:
                if name.startswith("rewrite") and chance.random() < 0.7:
                    of["answers"][name] = {"texts": ["The report, in other words."], "of": "", "committed": True}
            self._mark(readings, lesson, chance, skill, 0.03 + 0.02 * (len(self.lessons) - at) / len(self.lessons))
        return {"schema": "hand-in/1", "name": names(number), "progress": [], "readings": readings}

    def _mark(self, readings: dict, lesson, chance: random.Random, skill: float, false: float) -> None:
        for exercise, task in self.tasks.items():
            of_lesson, _, name = exercise.partition("/")
            if of_lesson != lesson.id or (name not in lesson.core and chance.random() < 0.3):
                continue
            marks = marks_of(task, self.known[exercise], chance, skill, false * (1.6 - skill))
            made = [task.annotation(mark) for mark in marks]
            own = task.article.sha256 == lesson.article.sha256
            stem = lesson.id if own else f"{lesson.id}.{task.article.id}"
            of = readings.setdefault(stem, self._empty(task.article))
            plain = [mark.to_dict(task.article.text) for mark in made]
            of["answers"][name] = {"committed": True, "first": plain}
            of["annotations"] += [mark | {"details": {**mark.get("details", {}), EXERCISE: name}} for mark in plain]

    def _empty(self, article) -> dict:
        return Reading(article, "").to_dict() | {"schema": SCHEMA, "annotations": [], "answers": {}}

    def write(self, folder: Path) -> Path:
        """The files as Moodle's download has them."""
        for number in range(self.size):
            own = folder / f"{names(number)}_{4700 + number}_assignsubmission_file_"
            own.mkdir(parents=True, exist_ok=True)
            (own / "hand-in.json").write_text(json.dumps(self.hand_in(number), ensure_ascii=False), "utf-8")
        return folder


if __name__ == "__main__":
    InventedClass(int(sys.argv[2])).write(Path(sys.argv[1]))
