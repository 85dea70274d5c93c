"""Answers that are never lost: what a student has answered and marked in one lesson, in one plain file.

The file is a reading (see `kit.readings.reading`) of the lesson's article: its annotations are the student's marks, its
``answers`` what the quizzes hold. At every change it is locked, read again and written whole, so that several widgets
and two kernels can share it: an exercise is the unit that is merged. Where there are no locks (in a browser, on some
network drives) two can write at the same moment; there it is read once more, and what was lost is saved again.
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from weakref import WeakMethod

from kit.course.answer_file import AnswerFile
from kit.course.answers_folder import answers_folder
from kit.course.lessons import article_of
from kit.course.questions import NAME
from kit.errors import KitError
from kit.files import replace_surrogates
from kit.readings.reading import Annotation, Reading
from kit.text.article import Article

EXERCISE = "exercise"  # the detail of a mark that names the exercise it belongs to
HISTORY = "history"  # the key of an answer that holds what was there before, the oldest first
FIRST = "first"  # the key of a marking exercise's answer that holds the marks of the first round
AGAIN = "again-"  # begins the name of an answer to a question of the lesson before
MARKS = "annotations"  # the key of an entry of the history that holds the marks of then
TRIES = 5  # where there are no locks: how often to save again what somebody else wrote over
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
        store.save_again()
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
        self._file = AnswerFile(path, article)
        self._reading = Reading(article, "")
        self._unsaved: set[str] = set()  # exercises that the file does not hold as they are
        self._unsure: dict[str, Answer] = {}  # exercises saved without a lock, as they were before
        self._listeners: list[_Listener] = []

    @property
    def message(self) -> str:
        """One sentence for the student if something is wrong with the file, else empty."""
        return self._file.message

    @property
    def held(self) -> Any:
        """What the file held when it was last read, as JSON; None if it could not be read."""
        return self._file.held

    def status(self, name: str) -> str:
        """One sentence for the exercise's widget: where its answer is, and what is wrong if something is."""
        if self._file.refused or not self._has(name):
            return self.message or "Not saved yet."
        return f"Saved in {self._file.shown}. {self.message}".strip()

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
        with self._changing(name) as history:
            old = self.get(name)
            if keep and old and old != answer and history[-1:] not in ([old], [self._all_of(name)]):
                history.append(old)
            self._replace(name, {**answer, HISTORY: history}, self.marks(name))

    def marks(self, name: str) -> tuple[Annotation, ...]:
        """The marks made in an exercise."""
        return tuple(mark for mark in self._reading.annotations if mark.details.get(EXERCISE) == name)

    def put_marks(self, name: str, marks: Iterable[Annotation]) -> None:
        """Save the marks of an exercise in place of those it had; the exercise's name is added to each."""
        with self._changing(name) as history:
            named = tuple(replace(mark, details={**mark.details, EXERCISE: name}) for mark in marks)
            self._replace(name, {**self.get(name), HISTORY: history}, named)

    def reset(self, name: str) -> None:
        """Empty one exercise, its answer and its marks. `undo` brings them back."""
        with self._changing(name) as history:
            if (old := self._all_of(name)) and history[-1:] != [old]:
                history.append(old)
            self._replace(name, {HISTORY: history}, ())

    def undo(self, name: str) -> bool:
        """Go back to what an exercise was before the last `put` or `reset`; False if there is nothing before."""
        with self._changing(name) as history:
            if not history:
                return False
            answer = history.pop()
            marks = self.marks(name)
            if MARKS in answer:
                plain = Reading(self.article, "").to_dict() | {"annotations": answer.pop(MARKS)}
                with contextlib.suppress(KitError):  # The file was changed by hand: the marks of now stay.
                    marks = Reading.from_dict(plain, self.article).annotations
            self._replace(name, {**answer, HISTORY: history}, marks)
        return True

    def adopt(self, name: str, other: Reading) -> bool:
        """Take an exercise as another reading of the same article holds it, with what was before it.

        What is here goes into the history. False if it is the same, or came out of the other one.
        """
        theirs = Answers(self.path, self.article)
        theirs._reading = other
        with self._changing(name) as history:
            mine, found = self._all_of(name), theirs._all_of(name)
            if not found or mine == found or found in history:
                return False
            before = [*history, *([mine] if mine else []), *theirs.history(name)]
            self._replace(name, {**theirs.get(name), HISTORY: before}, theirs.marks(name))
        return True

    def save_again(self) -> None:
        """Try once more to save what could not be saved; its widgets hear of it."""
        if self._unsaved:
            with self._changing():
                pass

    def reading(self) -> Reading:
        """All of it as a reading: what the file holds."""
        return self._reading

    def refresh(self) -> None:
        """Read the file again; what could not be saved stays as it is in memory, and so does what is lost there."""
        saved = {name: self._all_of(name) for name in self._unsure}
        mine, found = self._reading, self._file.read()
        if found is None:
            if self._file.vanished:
                self._unsaved |= {*mine.answers, *(mark.details.get(EXERCISE, "") for mark in mine.annotations)}
            return
        self._reading = found
        self._unsaved |= {name for name, was in self._unsure.items() if self._all_of(name) == was != saved[name]}
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

    @contextlib.contextmanager
    def _changing(self, name: str = "") -> Iterator[list[Answer]]:
        """Change an exercise in here, beginning with its history, which is given. Nobody else writes meanwhile.

        The file is read first: what another notebook saved there goes into the history. Then it is written, if there is
        anything to save, and widgets hear of it.
        """
        with LOCK:
            before = self._all_of(name)
            with self._file.taken():
                self.refresh()
                now, history = self._all_of(name), self.history(name)
                if self._file.alone is False:
                    self._unsure[name] = now
                yield [*history, now] if now and now != before else history
                self._save()
            self._tell()

    def _save(self) -> None:
        """Write what is unsaved, and more than once where somebody else writes over it."""
        for _ in range(TRIES):
            if not self._unsaved or not self._file.write(self._reading):
                break
            self._unsaved.clear()
            if self._file.alone:
                break
            self.refresh()

    def _replace(self, name: str, answer: Answer, marks: tuple[Annotation, ...]) -> None:
        """One exercise as it is from now on."""
        history = answer.pop(HISTORY)
        if history:
            answer[HISTORY] = history[:1] + history[1:][-(LONGEST_HISTORY - 1) :]
        self._merge(name, _plain(answer), marks)
        self._unsaved.add(name)

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


def _plain(data: Any) -> Any:
    """A copy of JSON data in which every text can be written to a file."""
    return json.loads(replace_surrogates(json.dumps(data, ensure_ascii=False)))
