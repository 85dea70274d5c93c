"""`kit discuss`: what the class marked in a lesson, for the projector, while students are still handing in."""

from __future__ import annotations

import time
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from kit.classroom.class_marks import MarkedText, Place
from kit.classroom.class_report import marked_texts
from kit.classroom.class_texts import number_of, page_html
from kit.classroom.class_work import class_work
from kit.classroom.hand_ins import gather
from kit.course.lessons import Lesson, read_lesson
from kit.errors import KitError
from kit.files import write_atomically
from kit.render.html import offline, theme, whole_page
from kit.resources import PACKAGE
from kit.wording import plural

STATIC = PACKAGE / "classroom" / "static"
PAUSE = 2.0  # seconds between two looks into the folder


def discuss(lesson: str, folder: Path, output: Path, *, pause: Callable[[float], object] = time.sleep) -> None:
    """Write the page, show it in a browser, and write it again whenever something is handed in, until Ctrl+C.

    Raises `KitError` for an unknown lesson, one in which nothing is marked, and a page that can't be written.
    """
    read = read_lesson(lesson)
    if not read.marking:
        raise KitError(f"Nothing is marked in {read.heading}, so there is no text to show. Choose another lesson.")
    seen: tuple[object, ...] | None = None
    try:
        while True:
            there = tuple(_state(folder))
            if there != seen:
                _write(output, discussion_page(read, _texts(read, folder)))
                if seen is None:
                    print(f"{output} is open in your browser. It follows what is handed in; Ctrl+C ends that.")
                    webbrowser.open(output.resolve().as_uri())
                seen = there
            pause(PAUSE)
    except KeyboardInterrupt:
        print(f"\n{output} stays as it is.")


def discussion_page(lesson: Lesson, texts: Sequence[MarkedText]) -> Markup:
    """The texts of a lesson with what the class marked; the kit and the careful reader behind a button. No names."""
    script, style = (STATIC / "discussion.js").read_text("utf-8"), theme()
    style += "".join((STATIC / name).read_text("utf-8") for name in ("class_page.css", "discussion.css"))
    students = max((len(text.readers) for text in texts), default=0)
    parts = [Markup("<p>Nothing is handed in yet. This page follows.</p>")] if not texts else []
    parts += [Markup("<h2>{}</h2>{}").format(text.exercise.title, _text(text)) for text in texts]
    body = Markup(
        '<header class="top"><h1>{title}</h1><p class="quiet">{students}</p>'
        '<button type="button" id="reveal" class="btl-main" aria-pressed="false">Reveal</button>'
        '<p id="legend" hidden><span class="careful">the careful reader</span> · <span class="kit">the kit</span></p>'
        "</header><main>{parts}</main><script>{script}</script>"
    ).format(
        title=lesson.heading, students=plural(students, "student"), parts=Markup("").join(parts), script=Markup(script)
    )
    title = f"{lesson.heading}: what we marked"
    return whole_page(title, body, style=style, classes="btl class-page discussion", head=offline(script, style))


def _text(text: MarkedText) -> Markup:
    return Markup('<div class="btl-page">{}</div>').format(page_html(text, _number))


def _number(text: MarkedText, place: Place) -> Markup:
    """How many marked a place. Where nobody did there is none, or it would give away what others found there."""
    if not place.students:
        return Markup("")
    told = f"{len(place.students)} of {len(text.readers)}"
    shown = Markup('<span class="n{}" title="{}">{}</span>')
    return shown.format(" split" if place.split else "", told, number_of(place))


def _texts(lesson: Lesson, folder: Path) -> list[MarkedText]:
    work = class_work(gather([folder])[0])
    return [text for text in marked_texts(work) if text.exercise.lesson.id == lesson.id]


def _state(folder: Path) -> Iterator[object]:
    """What tells whether something was handed in meanwhile."""
    for path in sorted(folder.rglob("*")):
        try:
            status = path.stat()
        except OSError:  # moved away just now
            continue
        yield path, status.st_mtime_ns, status.st_size


def _write(path: Path, page: Markup) -> None:
    try:
        write_atomically(path, str(page))
    except OSError as error:
        raise KitError(f"{path} can't be written: {error.strerror or error}. Name another file.") from None
