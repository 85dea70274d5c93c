"""Answers that are never lost: what a student has answered and marked in one lesson, in one plain file.

The file is a reading (see `kit.readings.reading`) of the lesson's article: its annotations are the student's marks, its
``answers`` what the quizzes hold. It is written whole at every change. Before each write it is read again, so
that several widgets and two kernels can share it: an exercise is the unit that is merged.
"""

from __future__ import annotations

import contextlib
import errno
import json
import re
import stat
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from weakref import WeakMethod

from kit.course.answers_folder import answers_folder
from kit.course.lessons import article_of
from kit.course.questions import NAME
from kit.errors import KitError
from kit.files import replace_surrogates, write_atomically
from kit.readings.reading import SCHEMA, Annotation, Reading
from kit.text.article import Article

EXERCISE = "exercise"  # the detail of a mark that names the exercise it belongs to
HISTORY = "history"  # the key of an answer that holds what was there before, the oldest first
FIRST = "first"  # the key of a marking exercise's answer that holds the marks of the first round
AGAIN = "again-"  # begins the name of an answer to a question of the lesson before
MARKS = "annotations"  # the key of an entry of the history that holds the marks of then
LONGEST_HISTORY = 50  # The first answer is always kept: it was given before anything was revealed.

Answer = dict[str, Any]  # plain JSON data

# JupyterLab hands the messages of widgets to threads of their own ("subshells"), beside the one that runs the cells.
# Whoever handles such a message or opens answers holds this: else a draft could be written after what followed it.
LOCK = threading.RLock()

_open: dict[tuple[Path, str], Answers] = {}


def open_answers(lesson: str, article: Article | None = None) -> Answers:
    """The answers of a lesson: the same object for all who ask, as the file holds them now.

    Marks on another article than the lesson's (a student's own) are in a file of their own beside the lesson's.
    Raises `KitError` for a lesson's name that can't name a file, and for a lesson whose own file is broken; see
    `Answers.message` for all else.
    """
    if not NAME.fullmatch(lesson):
        raise KitError(f"{lesson!r} can't name a lesson: use letters, digits, _ and -.")
    main = article_of(lesson)
    article = article or main
    other = "" if article.sha256 == main.sha256 else "." + re.sub(r"[^0-9A-Za-z_-]+", "-", article.id)[:80]
    path = answers_folder() / f"{lesson}{other}.json"
    with LOCK:
        store = _open.setdefault((path, article.sha256), Answers(path, article))
        store.refresh()
    return store


def forget_open() -> None:
    """Forget all open answers: whoever asks for them next reads their files, as a new kernel does."""
    with LOCK:
        _open.clear()


@dataclass
class _Listener:
    name: str  # of an exercise
    changed: WeakMethod[Callable[[], None]]
    told: tuple[object, ...]  # what the exercise was then


class Answers:
    """The answers and marks of one lesson on one article.

    Nothing here raises an exception for a file that is missing, broken, foreign or read-only: `message` says so in
    a sentence. What can't be saved is kept in memory until it can; a file that can't be used is set aside at the
    first change, never overwritten.
    """

    def __init__(self, path: Path, article: Article) -> None:
        self.path = path
        self.article = article
        self.held: Any = None  # what the file held when it was last read, as JSON; None if it could not be read
        self._reading = Reading(article, "")
        self._unsaved: set[str] = set()  # exercises that the file does not hold as they are
        self._unusable = ""  # why the file that is there can't be used
        self._refused = ""  # why the last change could not be saved
        self._aside = ""  # the name under which a file that could not be used is kept
        self._listeners: list[_Listener] = []

    @property
    def message(self) -> str:
        """One sentence for the student if something is wrong with the file, else empty."""
        if self._refused:
            return (
                f"Can't be saved in {self._shown()} ({self._refused}): "
                "your answers last only as long as this notebook is open."
            )
        if self._unusable:
            return (
                f"The file {self._shown()} can't be used because {self._unusable}: you start afresh, "
                f"and it is kept as {self._free_name().name}."
            )
        return f"Earlier answers that could not be used are kept as {self._aside}." if self._aside else ""

    def status(self, name: str) -> str:
        """One sentence for the exercise's widget: where its answer is, and what is wrong if something is."""
        if self._refused or not self._has(name):
            return self.message or "Not saved yet."
        return f"Saved in {self._shown()}. {self.message}".strip()

    def saved(self, name: str) -> bool:
        """Whether the file holds this exercise as it is."""
        return name not in self._unsaved

    def get(self, name: str) -> Answer:
        """The answer to an exercise; empty if there is none. A copy: change it and `put` it back."""
        return {key: value for key, value in self._entry(name).items() if key != HISTORY}

    def history(self, name: str) -> list[Answer]:
        """What the answer was before, the first one first."""
        found = self._entry(name).get(HISTORY)
        return [answer for answer in found if isinstance(answer, dict)] if isinstance(found, list) else []

    def put(self, name: str, answer: Mapping[str, Any], *, keep: bool = True) -> None:
        """Save an answer: plain JSON data; the keys "history" and "annotations" are taken.

        What it replaces goes to the history, unless ``keep`` is False (a draft that is typed on).
        """
        history = self._begin(name)
        old = self.get(name)
        if keep and old and old != answer and history[-1:] not in ([old], [self._all_of(name)]):
            history.append(old)
        self._finish(name, {**answer, HISTORY: history}, self.marks(name))

    def marks(self, name: str) -> tuple[Annotation, ...]:
        """The marks made in an exercise."""
        return tuple(mark for mark in self._reading.annotations if mark.details.get(EXERCISE) == name)

    def put_marks(self, name: str, marks: Iterable[Annotation]) -> None:
        """Save the marks of an exercise in place of those it had; the exercise's name is added to each."""
        history = self._begin(name)
        named = tuple(replace(mark, details={**mark.details, EXERCISE: name}) for mark in marks)
        self._finish(name, {**self.get(name), HISTORY: history}, named)

    def reset(self, name: str) -> None:
        """Empty one exercise, its answer and its marks. `undo` brings them back."""
        history = self._begin(name)
        if (old := self._all_of(name)) and history[-1:] != [old]:
            history.append(old)
        self._finish(name, {HISTORY: history}, ())

    def undo(self, name: str) -> bool:
        """Go back to what an exercise was before the last `put` or `reset`; False if there is nothing before."""
        history = self._begin(name)
        if not history:
            return False
        answer = history.pop()
        marks = self.marks(name)
        if MARKS in answer:
            plain = Reading(self.article, "").to_dict() | {"annotations": answer.pop(MARKS)}
            with contextlib.suppress(KitError):  # The file was changed by hand: the marks of now stay.
                marks = Reading.from_dict(plain, self.article).annotations
        self._finish(name, {**answer, HISTORY: history}, marks)
        return True

    def reading(self) -> Reading:
        """All of it as a reading: what the file holds."""
        return self._reading

    def refresh(self) -> None:
        """Read the file again; what could not be saved stays as it is in memory."""
        mine, self._reading = self._reading, self._read()
        for name in self._unsaved:
            marks = tuple(mark for mark in mine.annotations if mark.details.get(EXERCISE) == name)
            self._merge(name, mine.answers.get(name, {}), marks)

    def listen(self, name: str, changed: Callable[[], None]) -> None:
        """Call a method of a widget whenever its exercise has changed or whether it is saved, as long as it lives."""
        self._listeners.append(_Listener(name, WeakMethod(changed), self._state_of(name)))

    def _entry(self, name: str) -> Answer:
        found: Answer = _plain(self._reading.answers.get(name, {}))
        return found

    def _has(self, name: str) -> bool:
        return bool(self.get(name) or self.marks(name))

    def _all_of(self, name: str) -> Answer:
        """An exercise as its history keeps it: the answer, with the marks if there are any."""
        marks = [mark.to_dict(self.article.text) for mark in self.marks(name)]
        return self.get(name) | ({MARKS: marks} if marks else {})

    def _begin(self, name: str) -> list[Answer]:
        """Read the file before a change; the history. What another notebook saved meanwhile goes into it."""
        before = self._all_of(name)
        self.refresh()
        now, history = self._all_of(name), self.history(name)
        return [*history, now] if now and now != before else history

    def _finish(self, name: str, answer: Answer, marks: tuple[Annotation, ...]) -> None:
        """One exercise as it is from now on, in memory and in the file; its widgets hear of it."""
        history = answer.pop(HISTORY)
        if history:
            answer[HISTORY] = history[:1] + history[1:][-(LONGEST_HISTORY - 1) :]
        self._merge(name, _plain(answer), marks)
        self._unsaved.add(name)
        self._save()
        self._tell()

    def _state_of(self, name: str) -> tuple[object, ...]:
        """All of an exercise that a widget shows."""
        return self._reading.answers.get(name), self.marks(name), self.saved(name), self.message

    def _tell(self) -> None:
        """Each widget whose exercise is not what it was told last hears of it: this notebook or another changed it."""
        for listener in list(self._listeners):
            changed, state = listener.changed(), self._state_of(listener.name)
            if changed is None:
                self._listeners.remove(listener)
            elif state != listener.told:
                listener.told = state
                changed()

    def _merge(self, name: str, answer: Mapping[str, Any], marks: tuple[Annotation, ...]) -> None:
        others = tuple(mark for mark in self._reading.annotations if mark.details.get(EXERCISE) != name)
        answers = {key: value for key, value in {**self._reading.answers, name: answer}.items() if value}
        self._reading = replace(self._reading, annotations=(*others, *marks), answers=answers)

    def _read(self) -> Reading:
        """What the file holds; an empty reading if there is none that can be used."""
        self._unusable, self.held = "", None
        try:
            self.held = data = json.loads(self.path.read_bytes())
            if not isinstance(data, dict) or data.get("schema") != SCHEMA:
                self._unusable = "another version of the kit made it"
            elif data["article"]["sha256"] != self.article.sha256:
                self._unusable = "it belongs to another text"
            else:
                return Reading.from_dict(data, self.article)
        except (FileNotFoundError, NotADirectoryError):
            pass
        except OSError as error:
            self._unusable = f"it can't be read ({error.strerror or error})"
        except (ValueError, RecursionError, LookupError, TypeError, KitError):
            self._unusable = "it is damaged"
        return Reading(self.article, "")

    def _save(self) -> None:
        try:
            if self._unusable:
                aside = self._free_name()
                self.path.rename(aside)
                self._unusable, self._aside = "", aside.name
            elif self.path.exists() and not self.path.stat().st_mode & stat.S_IWUSR:
                raise PermissionError(errno.EACCES, "the file is read-only")
            write_atomically(self.path, replace_surrogates(self._reading.to_json()))
        except OSError as error:
            self._refused = error.strerror or str(error)
        else:
            self._refused = ""
            self._unsaved.clear()

    def _free_name(self) -> Path:
        """A free name for a file that can't be used."""
        number = 1
        with contextlib.suppress(OSError):  # The folder can't be looked into.
            while (path := self.path.with_name(f"{self.path.stem}.broken-{number}.json")).exists():
                number += 1
        return path

    def _shown(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


def _plain(data: Any) -> Any:
    """A copy of JSON data in which every text can be written to a file."""
    return json.loads(replace_surrogates(json.dumps(data, ensure_ascii=False)))
