"""What the class marked in a lesson, for the projector: in a notebook, or on a page that follows what is handed in."""

from __future__ import annotations

import time
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from kit.classroom.class_marks import MarkedText, Place
from kit.classroom.class_page import STATIC, page_style
from kit.classroom.class_report import marked_texts
from kit.classroom.class_texts import number_of, page_html
from kit.classroom.class_work import class_work
from kit.classroom.hand_ins import gather
from kit.classroom.talking_points import quoted
from kit.course.lessons import Lesson, read_lesson
from kit.errors import KitError
from kit.files import write_output
from kit.render.html import static, whole_page
from kit.wording import plural

PAUSE = 2.0  # seconds between two looks into the folder
NOTHING = "Nothing is handed in yet in {}."
NO_FOLDER = "There is no folder or file {}. Make it, or put the name of yours into the command."


@dataclass(frozen=True)
class Discussion:
    """What a class marked in a lesson, without names. A notebook shows the texts, with the kit and the careful reader
    behind *Reveal*; ``print`` it for the places and how many marked each. ``nothing``: what to say where nobody did."""

    lesson: Lesson
    texts: tuple[MarkedText, ...]
    nothing: str

    def __repr__(self) -> str:
        lines = [f"{self.lesson.heading}: {self._students()}"]
        for text in self.texts:
            places = (f"{quoted(text, place)} {number_of(place)}" for place in text.places if place.students)
            lines.append(f"{text.exercise.title}: {', '.join(places)}")
        return "\n".join(lines if self.texts else [lines[0], self.nothing])

    def _repr_html_(self) -> str:
        head = Markup("<p><strong>{}</strong> {} {}</p>").format(self.lesson.heading, self._students(), _reveal())
        more = (STATIC / "shades.css").read_text("utf-8") + (STATIC / "discussion.css").read_text("utf-8")
        return str(static(head + self._texts(), classes="btl discussion", more=more))

    def to_html(self) -> Markup:
        """A page of its own, which loads itself again and again until somebody chooses *Reveal*."""
        script, style = (STATIC / "discussion.js").read_text("utf-8"), page_style("class_page", "discussion")
        body = Markup('<header class="top"><h1>{}</h1><span class="quiet">{}</span> {}</header><main>{}</main>').format(
            self.lesson.heading, self._students(), _reveal(), self._texts()
        )
        title = f"{self.lesson.heading}: what we marked"
        return whole_page(title, body, style=style, classes="btl class-page discussion", script=script)

    def _students(self) -> str:
        return plural(max((len(text.readers) for text in self.texts), default=0), "student")

    def _texts(self) -> Markup:
        part = Markup('<h2>{}</h2><div class="btl-page">{}</div>')
        parts = [part.format(text.exercise.title, page_html(text, _number)) for text in self.texts]
        return Markup("").join(parts) or Markup("<p>{}</p>").format(self.nothing)


def discuss(lesson: str, folder: str | Path) -> Discussion:
    """What a class marked in a lesson, to show and to talk about: the hand-ins in a folder or ZIP file, without names.

    Raises `KitError` for a lesson that does not exist, and for one in which nothing is marked.

    >>> discuss("02_who_says_so", "no_such_folder")
    02 Who says so?: 0 students
    There is no folder or file no_such_folder. Make it, or put the name of yours into the command.
    """
    read = read_lesson(lesson)
    if not read.marking:
        raise KitError(f"Nothing is marked in {read.heading}, so there is no text to show. Choose another lesson.")
    work = class_work(gather([Path(folder)])[0])
    texts = tuple(text for text in marked_texts(work) if text.exercise.lesson.id == lesson)
    return Discussion(read, texts, (NOTHING if Path(folder).exists() else NO_FOLDER).format(folder))


def follow(lesson: str, folder: Path, output: Path, *, pause: Callable[[float], object] = time.sleep) -> None:
    """Write the page, show it in a browser, and write it again whenever something is handed in, until Ctrl+C.

    Raises `KitError` as `discuss` does, and for a page that can't be written.
    """
    seen: tuple[object, ...] | None = None
    try:
        while True:
            there = tuple(_state(folder, output.resolve()))
            if there != seen:
                write_output(output, str(discuss(lesson, folder).to_html()))
                if seen is None:
                    print(f"{output} is open in your browser. It follows what is handed in; Ctrl+C ends that.")
                    webbrowser.open(output.resolve().as_uri())
                seen = there
            pause(PAUSE)
    except KeyboardInterrupt:
        print(f"\n{output} stays as it is.")


def _reveal() -> Markup:
    return Markup(
        '<label class="reveal"><input type="checkbox"> Reveal</label> '
        '<span class="legend"><span class="careful">the careful reader</span> · <span class="kit">the kit</span></span>'
    )


def _number(text: MarkedText, place: Place) -> Markup:
    """How many marked a place. Where nobody did there is none, or it would give away what others found there."""
    if not place.students:
        return Markup("")
    told = f"{len(place.students)} of {len(text.readers)}"
    shown = Markup('<span class="n{}" title="{}">{}</span>')
    return shown.format(" split" if place.split else "", told, number_of(place))


def _state(folder: Path, output: Path) -> Iterator[object]:
    """What tells whether something was handed in meanwhile: all files of the folder but the page itself."""
    for path in sorted(folder.rglob("*")):
        try:
            if path.is_dir() or path.resolve() == output:
                continue
            status = path.stat()
        except OSError:  # moved away just now
            continue
        yield path, status.st_mtime_ns, status.st_size
