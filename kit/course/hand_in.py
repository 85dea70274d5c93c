"""Handing in: all answers of the course in one file, and a page of them to print."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kit.course.answers import Answer, Answers, open_answers
from kit.course.answers_folder import answers_folder
from kit.course.feedback import read_answer, verdict
from kit.course.progress import Progress, marks_in, on_own_articles, progress
from kit.course.questions import Item, read_lesson
from kit.errors import KitError
from kit.readings.reading import Reading, write_whole
from kit.render.cards import called_label
from kit.render.html import static, theme, whole_page
from kit.wording import plural, writable

SCHEMA = "hand-in/1"
VERDICTS = {"right": "right", "partly": "partly right", "wrong": "not right", "open": "to be read"}
SURE = {"sure": "sure", "unsure": "not sure", "": ""}
LONGEST_NAME = 200
MOST_NAMED = 10  # exercises that are not answered
STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
article { margin-block: 1.25rem; break-inside: avoid; }
h2 { margin-block: 2.5rem 0.5rem; break-after: avoid; } h3 { margin: 0; } p { margin: 0.25rem 0; }
blockquote { margin: 0.25rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid #888; }
blockquote { white-space: pre-wrap; }
.answer { border-color: currentColor; font-weight: 600; }
.untouched { padding: 0.5rem 1rem; border: 1px dashed #888; }
"""


@dataclass(frozen=True)
class HandedIn:
    """The two files that `hand_in` wrote, and what is still missing in them."""

    file: Path
    page: Path
    progress: Progress

    def __repr__(self) -> str:
        files = (f"{what}: {_shown(path)}" for what, path in self._files())
        return "\n".join((*files, self._missing(), *self.progress.notes))

    def _repr_html_(self) -> str:
        files = (f'{what}: <a href="{_link(path)}">{escape(_shown(path))}</a>' for what, path in self._files())
        lines = (*files, *map(escape, (self._missing(), *self.progress.notes)))
        return static("<br>".join(lines))

    def _files(self) -> tuple[tuple[str, Path], ...]:
        return ("To hand in", self.file), ("To read and print", self.page)

    def _missing(self) -> str:
        missing = [one.title for one in self.progress.exercises if one.state != "done"]
        named = " · ".join(missing) if len(missing) <= MOST_NAMED else f"{len(missing)} exercises, named on that page"
        return f"Not answered: {named}." if missing else "Everything is answered."


def hand_in(name: str = "") -> HandedIn:
    """Write all answers into one file to hand in, ``answers/hand-in.json``, and a page to print beside it.

    ``name``: yours, if your teacher wants it; without it the files hold no name. The file's form: "schema",
    "name", "progress" (lesson, exercise, state) and "readings", the answer files by their names.
    Raises `KitError` if the files can't be written.
    """
    name = str(name).strip()[:LONGEST_NAME]
    now, folder = progress(), answers_folder()
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "name": name,
        "progress": [{"lesson": one.lesson, "exercise": one.name, "state": one.state} for one in now.exercises],
    }
    done = HandedIn(folder / "hand-in.json", folder / "hand-in.html", now)
    try:
        data["readings"] = _readings(folder)
        write_whole(done.file, writable(json.dumps(data, ensure_ascii=False, indent=1)) + "\n")
        write_whole(done.page, _page(name, now))
    except OSError as error:
        raise KitError(
            f"The folder {folder} can't be written ({error.strerror or error}). "
            "Ask for a folder of your own and run this cell again; your answers stay where they are."
        ) from None
    return done


def _readings(folder: Path) -> dict[str, Any]:
    """The answer files as they are, by name; one that can't be read is left out (`Progress.notes` says so)."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        try:
            data = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError):
            continue
        known = isinstance(data, dict) and str(data.get("schema", "")).startswith("reading/")
        if known and ".broken-" not in path.name:
            found[path.stem] = data
    return found


def _page(name: str, now: Progress) -> str:
    """The answers as a page that prints well."""
    parts = [f"<h1>Between the Lines: my answers</h1>{f'<p>{escape(name)}</p>' if name else ''}"]
    parts.append(f"<p>{len(now.of('done'))} of {len(now.exercises)} exercises done.</p>")
    parts += [f"<p>{escape(note)}</p>" for note in now.notes]
    for lesson in dict.fromkeys(one.lesson for one in now.exercises):
        read, store = read_lesson(lesson), open_answers(lesson)
        own = {one.name: one for one in now.exercises if one.lesson == lesson}
        parts.append(f"<h2>{escape(read.title)}</h2>")
        parts += [_answered(item, store) for item in read.items if own[item.name].state != "untouched"]
        parts += [
            _marked(title, mark, reading)
            for mark, title in read.marking.items()
            for reading in (store.reading(), *on_own_articles(lesson))
            if marks_in(reading, mark)
        ]
        if untouched := [escape(one.title) for one in own.values() if one.state == "untouched"]:
            parts.append(f'<p class="untouched"><strong>Not answered:</strong> {" · ".join(untouched)}</p>')
    return whole_page("Between the Lines: answers", "\n".join(parts), style=theme() + STYLE, classes="btl")


def _answered(item: Item, store: Answers) -> str:
    """An exercise on the page: question, answer, what became of it, and the first answer if it was another."""
    answer = read_answer(item, store.get(item.name))
    passage = f"<blockquote>{escape(item.passage)}</blockquote>" if item.passage else ""
    facts = [VERDICTS[verdict(item, answer)], SURE[answer["sure"]]] if answer["committed"] else ["not committed yet"]
    hints = answer["hints"]
    facts.append(f"{plural(hints, 'hint')} used" if hints else "")
    earlier = [read_answer(item, old) for old in store.history(item.name)]
    first = next((in_words(item, old) for old in earlier if old["committed"]), "")
    before = f"<p>First answer: {escape(first)}</p>" if first and first != in_words(item, answer) else ""
    return (
        f"<article><h3>{escape(item.title)}</h3>{passage}<p>{escape(item.question)}</p>"
        f'<blockquote class="answer">{escape(in_words(item, answer))}</blockquote>{before}'
        f"<p><small>{'; '.join(filter(None, facts))}</small></p></article>"
    )


def _marked(title: str, exercise: str, reading: Reading) -> str:
    """A marking exercise on the page: its marks with their labels."""
    text, marks = reading.article.text, marks_in(reading, exercise)
    rows = "".join(f"<li>{escape(mark.span.of(text))} ({escape(called_label(mark.label))})</li>" for mark in marks)
    counted = f"{escape(reading.article.title)}: {len(marks)} marked"
    return f"<article><h3>{escape(title)}</h3><p>{counted}</p><ul>{rows}</ul></article>"


def in_words(item: Item, answer: Answer) -> str:
    """An answer as a person would write it down.

    >>> from kit.course.questions import Option
    >>> item = Item("01_x/y", "choice", "", "", (Option("a", "The mayor"), Option("b", "Nobody")))
    >>> in_words(item, {"picked": ["a"], "text": ""})
    'The mayor'
    """
    if item.kind == "text":
        return str(answer["text"])
    if item.kind == "log":
        sources = [option.text for option in item.options if option.id in answer["picked"]]
        return "\n".join((*sources, str(answer["text"])))
    if item.kind == "span":
        return " ".join(item.words[int(number)] for number in answer["picked"])
    texts = {option.id: option.text for option in item.options}
    numbered = item.kind == "order"
    lines = [f"{n}. {texts[one]}" if numbered else texts[one] for n, one in enumerate(answer["picked"], 1)]
    return "\n".join(lines)


def _link(path: Path) -> str:
    """Where JupyterLab finds a file from the notebook's folder, in which its kernel runs."""
    try:
        return quote(Path(os.path.relpath(path)).as_posix())
    except ValueError:  # on another drive
        return path.as_uri()


def _shown(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
