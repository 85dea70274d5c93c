"""Handing in: all answers of the course in one file, a page of them to print, and one page to keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from kit.course.answers import Answer, Answers
from kit.course.answers_folder import answers_folder
from kit.course.feedback import read_answer, verdict
from kit.course.hand_in_drop import Sent, send
from kit.course.hand_in_file import save, shown, to_hand_in
from kit.course.lesson_files import lessons
from kit.course.look_back import IN_CARD, LookBack, look_back
from kit.course.on_paper import in_words
from kit.course.progress import Progress, Work, marks_in, open_work, progress_of
from kit.course.questions import Question
from kit.errors import KitError
from kit.files import from_here, write_atomically
from kit.readings.labels import called_label
from kit.readings.reading import Reading
from kit.render.html import static, theme, whole_page
from kit.wording import plural

PAGE = "hand-in.html"
LOOK_BACK = "look-back.html"
VERDICTS = {
    "right": "right",
    "defensible": "defensible: there are reasons for it",
    "partly": "partly right",
    "wrong": "not right",
    "open": "to be read",
}
SURE = {"sure": "sure", "unsure": "not sure", "": ""}
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
    """The files that `hand_in` wrote, what is still missing in them, and the page to keep, which is shown, too.

    ``sent``: whether a hub has collected it.
    """

    file: Path
    page: Path
    progress: Progress
    look_back: LookBack
    sent: Sent = field(default_factory=Sent)

    def __repr__(self) -> str:
        files = (f"{what}: {shown(path)}" for what, path in self._files())
        return "\n".join((*files, *self._told(), "", repr(self.look_back)))

    def _repr_html_(self) -> str:
        file = Markup('{}: <a href="{}">{}</a>')
        files = (file.format(what, quote(from_here(path)), shown(path)) for what, path in self._files())
        written = Markup("<br>").join((*files, *self._told()))
        return str(static(Markup("<p>{}</p>").format(written) + self.look_back.card(), more=IN_CARD))

    def _files(self) -> tuple[tuple[str, Path], ...]:
        keep = self.page.with_name(LOOK_BACK)
        return ("To hand in", self.file), ("All answers, to read and print", self.page), ("One page, to keep", keep)

    def _told(self) -> tuple[str, ...]:
        return (*filter(None, self.sent), self._missing(), *self.progress.notes)

    def _missing(self) -> str:
        missing = [exercise.title for exercise in self.progress.exercises if exercise.state != "done"]
        if not missing:
            return "Everything is answered."
        if len(missing) > MOST_NAMED:
            return f"Not answered: {len(missing)} exercises, named on that page."
        return f"Not answered: {' · '.join(missing)}."


def hand_in(name: str = "") -> HandedIn:
    """Write all answers into one file to hand in, and two pages into the folder of answers: ``hand-in.html`` with all
    of them, to print, and ``look-back.html``, one page to keep.

    ``name``: yours, if your teacher wants it; without it the files hold no name. The file's name and form:
    `kit.course.hand_in_file`. Raises `KitError` if the files can't be written.
    """
    folder = answers_folder()
    works = [open_work(lesson) for lesson in lessons()]
    data = to_hand_in(works, name)
    progress = progress_of(works)
    file = save(data)
    handed_in = HandedIn(file, folder / PAGE, progress, look_back(works), send(file))
    try:
        write_atomically(handed_in.page, _page(data["name"], progress, works))
        write_atomically(folder / LOOK_BACK, handed_in.look_back.to_html(data["name"]))
    except OSError as error:
        raise KitError(
            f"The folder {folder} can't be written ({error.strerror or error}). "
            "Ask for a folder of your own and run this cell again; your answers stay where they are."
        ) from None
    return handed_in


def _page(name: str, progress: Progress, works: list[Work]) -> Markup:
    """The answers as a page that prints well."""
    line = Markup("<p>{}</p>")
    done = f"{len(progress.of('done'))} of {len(progress.exercises)} exercises done."
    parts = [Markup("<h1>Between the Lines: my answers</h1>{}").format(line.format(name) if name else "")]
    parts += [line.format(each) for each in (done, *progress.notes)]
    for work in works:
        parts += _lesson(work, progress)
    return whole_page("Between the Lines: answers", Markup("\n").join(parts), style=theme() + STYLE, classes="btl")


def _lesson(work: Work, progress: Progress) -> list[Markup]:
    """The answers of a lesson on the page; what is untouched is named at its end."""
    exercises = progress.in_lesson(work.lesson.id)
    if not exercises:
        return []
    untouched = {exercise.name: exercise.title for exercise in exercises if exercise.state == "untouched"}
    parts = [Markup("<h2>{}</h2>").format(work.lesson.title)]
    for question in work.lesson.questions:
        if question.name not in untouched:
            parts.append(_answered(question, work.answers))
    for exercise, title in work.lesson.marking.items():
        for reading in work.readings():
            if marks_in(reading, exercise):
                parts.append(_marked(title, exercise, reading))
    if untouched:
        named = Markup('<p class="untouched"><strong>Not answered:</strong> {}</p>')
        parts.append(named.format(" · ".join(untouched.values())))
    return parts


def _answered(question: Question, answers: Answers) -> Markup:
    """An exercise on the page: question, answer, what became of it, and the first answer if it was another."""
    answer = read_answer(question, answers.get(question.name))
    facts = ["not committed yet"]
    if answer["committed"]:
        facts = [VERDICTS[verdict(question, answer)], SURE[answer["sure"]]]
    if answer["hints"]:
        facts.append(f"{plural(answer['hints'], 'hint')} used")
    written = in_words(question, answer)
    first = _first_answer(question, answers)
    article = Markup(
        "<article><h3>{title}</h3>{passage}<p>{question}</p>"
        '<blockquote class="answer">{written}</blockquote>{before}{points}<p><small>{facts}</small></p></article>'
    )
    return article.format(
        title=question.title,
        passage=Markup("<blockquote>{}</blockquote>").format(question.passage) if question.passage else "",
        question=question.question,
        written=written,
        before=Markup("<p>First answer: {}</p>").format(first) if first and first != written else "",
        points=_ticked(question, answer) if answer["committed"] else "",
        facts="; ".join(fact for fact in facts if fact),
    )


def _ticked(question: Question, answer: Answer) -> Markup:
    """The points of a full answer: which the student ticked, and in which words they see them in their own."""
    rows = Markup("")
    for option in question.options if question.kind == "text" else ():
        quote = answer["points"].get(option.id)
        rows += Markup("<li>{}: {}</li>").format(option.text, f"“{quote}”" if quote else "not ticked")
    return Markup("<p>Points, as ticked and quoted by the student:</p><ul>{}</ul>").format(rows) if rows else rows


def _first_answer(question: Question, answers: Answers) -> str:
    """The answer that was given first; empty if none was given before the one there is now."""
    for stored in answers.history(question.name):
        earlier = read_answer(question, stored)
        if earlier["committed"]:
            return in_words(question, earlier)
    return ""


def _marked(title: str, exercise: str, reading: Reading) -> Markup:
    """A marking exercise on the page: its marks with their labels."""
    text, marks = reading.article.text, marks_in(reading, exercise)
    row = Markup("<li>{} ({})</li>")
    rows = Markup("").join(row.format(mark.span.of(text), called_label(mark.label)) for mark in marks)
    article = Markup("<article><h3>{}</h3><p>{}: {} marked</p><ul>{}</ul></article>")
    return article.format(title, reading.article.title, len(marks), rows)
