"""`kit print`: a lesson or an article on paper, for a class without devices; what counts as right is in a file apart.

The student's file is made of what a student sees before answering, and of nothing else. Lines are broken here and not
by the printer, so that "line 12" is the same line on A4 and on Letter. Printing is the browser's: its own PDF, too.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from contextlib import chdir
from pathlib import Path

from markupsafe import Markup

from kit.analysis.annotate import annotate
from kit.classroom.answer_keys import sign
from kit.classroom.marking_cells import marking_tasks
from kit.course.lesson_files import has_keys, lessons
from kit.course.lessons import Lesson, read_lesson
from kit.course.marking_tasks import Task
from kit.course.questions import WHERE, Option, Question
from kit.errors import KitError
from kit.files import need_writable, write_output
from kit.readings.labels import layers
from kit.render.html import whole_page
from kit.render.marked_text import to_page
from kit.resources import PACKAGE
from kit.sources.load import load
from kit.text.article import Article

WIDTH = 74  # characters of a printed line
EVERY = 5  # lines, of which the last has its number
ADDED = "boilerplate"  # the kind of part that the page adds: printed where a question is about it
LONG_ENOUGH = 12  # characters of what the page adds, to be known in a question
LINES = {"text": 7, "log": 5}  # to write on, by kind of question
HOW = {
    "choice": "Choose one.",
    "choices": "Choose all that fit.",
    "order": "Number the lines: 1 comes first.",
    "span": "Underline the word or words above.",
    "log": "Choose a card, and copy the words that answer the question.",
}
BOXES = {"choice": "circle", "log": "circle", "order": "blank"}  # what one ticks or fills in; otherwise a box
SURE = Markup('<p class="sure">How sure are you? <span class="box"></span> I’m sure <span class="box"></span> not sure')
STUDENT = "Name: ______________________________ &nbsp; Date: ______________"
NOTEBOOK, EXERCISES = ".ipynb", "_exercises"
Sheet = tuple[str, str, Markup, str]  # its title, the headline of its text ("" without one), the sheet, the key
FOR_TEACHERS = "For teachers. Don't hand this out."


def print_worksheet(what: str, output: Path | None = None, *, everything: bool = False) -> tuple[Path, Path]:
    """Write the worksheet and its key, two HTML files, and return where they are.

    ``what``: the name of a lesson, its notebook, or a file of any kind that `kit.load` takes. ``everything``: also what
    is more than the lesson's core. Raises `KitError` where there is no such lesson or article, and where a file can't
    be written.
    """
    title, headline, page, key = _lesson(what, everything) if what in lessons() else _from_file(what, everything)
    path = output or Path(f"{Path(what).stem}.html")
    path = path if path.suffix else path.with_suffix(".html")  # a browser has to open it
    key_path = path.with_name(f"{path.stem}_key.html")
    sheets = {path: str(_page(title, page, titled=title != headline)), key_path: key}
    for name in sheets:
        need_writable(name, [what])
    for name, text in sheets.items():
        write_output(name, text)
    return path, key_path


def _lesson(name: str, everything: bool) -> Sheet:
    lesson = read_lesson(name, with_keys=has_keys(name))
    chosen = _chosen(lesson, everything)
    sheet, key = lesson_sheet(lesson, chosen, everything), lesson_key(lesson, chosen)
    return lesson.heading, lesson.article.title, sheet, key


def _from_file(what: str, everything: bool) -> Sheet:
    """Of a lesson's notebook, or of an article."""
    path = Path(what)
    if path.suffix == NOTEBOOK and path.is_file():
        with chdir(path.parent):  # where its lesson is found
            return _lesson(path.stem.removesuffix(EXERCISES), everything)
    try:
        article = load(what)
    except KitError:
        if not path.suffix:
            read_lesson(what)  # says which lessons there are
        raise
    headline = article.title if any(part.kind == "headline" for part in article.parts) else ""
    return article.title, headline, article_sheet(article), str(to_page(annotate(article)))


def _chosen(lesson: Lesson, everything: bool) -> list[Question]:
    """The questions of the core in its order, then the others if wanted; all where a lesson has no core."""
    place = {name: number for number, name in enumerate(lesson.core)}
    questions = sorted(lesson.questions, key=lambda question: place.get(question.name, len(place)))
    return [one for one in questions if everything or not place or one.name in place]


# What students get.


def lesson_sheet(lesson: Lesson, questions: Iterable[Question], everything: bool = False) -> Markup:
    """The text of a lesson, what to mark in it, and the questions."""
    tasks = [
        (lesson.marking[name], task)
        for exercise, task in marking_tasks().items()
        if (name := exercise.partition("/")[2]) in lesson.marking
        and exercise.partition("/")[0] == lesson.id
        and (everything or not lesson.core or name in lesson.core)
    ]
    questions = list(questions)
    first, numbers = _numbered(lesson.article, with_page=_ask_about_page(lesson.article, questions))
    texts = [first]
    marking = Markup("")
    for title, task in tasks:
        if task.article.sha256 == lesson.article.sha256:
            marking += _marking(title, task, numbers)
        else:
            text, own = _numbered(task.article)
            texts.append(Markup("<section>{}{}</section>").format(_marking(title, task, own), text))
    asked = Markup("").join(_question(number, one) for number, one in enumerate(questions, 1))
    return Markup("{}{}{}<h2>Questions</h2>{}").format(texts[0], marking, Markup("").join(texts[1:]), asked)


def article_sheet(article: Article) -> Markup:
    """The text of an article, and the three questions to mark it by."""
    text, _ = _numbered(article)
    tasks = (
        Markup("<li><strong>{}</strong> {}</li>").format(layer.question, _with_a_pen(layer.task)) for layer in layers()
    )
    asked = Markup('<h2>Mark the text</h2><p>Use three colours, or three kinds of line.</p><ol class="tasks">{}</ol>')
    more = ("Who is spoken about, and never heard?", "What would you look up before you share this?")
    lines = (Markup("<h3>{}</h3>{}").format(question, _lines(4)) for question in more)
    return Markup("{}{}{}").format(text, asked.format(Markup("").join(tasks)), Markup("").join(lines))


def _ask_about_page(article: Article, questions: Iterable[Question]) -> bool:
    """Whether a question quotes what the page adds to the report."""
    asked = " ".join(" ".join((one.passage, *(option.text for option in one.options))) for one in questions)
    added = (article.text[part.start : part.end].strip() for part in article.parts if part.kind == ADDED)
    return any(len(text) >= LONG_ENOUGH and text in asked for text in added)


def _numbered(article: Article, *, with_page: bool = False) -> tuple[Markup, list[tuple[int, int]]]:
    """The text with line numbers, and the first and last line of each paragraph of its body."""
    number, numbers, parts = 0, [], []
    for part in article.parts:
        if part.kind == ADDED and not with_page:
            continue
        words = " ".join(article.text[part.start : part.end].split())
        lines = textwrap.wrap(words, WIDTH, break_on_hyphens=False) or [""]
        if part.kind == "body":
            numbers.append((number + 1, number + len(lines)))
        shown = Markup("")
        for line in lines:
            number += 1
            label = Markup('<span class="number">{}</span>').format(number) if number % EVERY == 0 else ""
            shown += Markup('<span class="line">{}{}</span>').format(label, line)
        parts.append(Markup('<p class="{}">{}</p>').format(part.kind, shown))
    return Markup('<div class="text">{}</div>').format(Markup("").join(parts)), numbers


def _marking(title: str, task: Task, numbers: list[tuple[int, int]]) -> Markup:
    first, last = task.paragraphs or (1, len(numbers))
    chosen = numbers[first - 1 : last]
    where = f"Lines {chosen[0][0]} to {chosen[-1][1]}. " if chosen else ""
    kinds = Markup("; ").join(
        Markup("<strong>{}</strong>: {}").format(choice["name"], choice["means"]) for choice in task.choices()
    )
    named = Markup("<p class=kinds>{}</p>").format(kinds) if len(task.labels) > 1 else ""
    return Markup('<section class="marking"><h2>{}</h2><p>{}{}</p>{}</section>').format(
        title, where, _with_a_pen(task.text), named
    )


def _with_a_pen(task: str) -> str:
    """What is to be marked, as one does it on paper, where there is nothing to choose from.

    >>> _with_a_pen("Mark each hedge. Then choose what it does.")
    'Mark each hedge. Then write in the margin what it does.'
    """
    return task.replace("Then choose ", "Then write in the margin ")


def _question(number: int, question: Question) -> Markup:
    before = Markup("<p>{}</p>").format(question.before) if question.before else ""
    passage = Markup("")
    if question.passage:
        passage = Markup("<blockquote>{} <cite>{}</cite></blockquote>").format(question.passage, WHERE[question.where])
    how = Markup("<p class=how>{}</p>").format(HOW[question.kind]) if question.kind in HOW else ""
    options = Markup("")
    if question.kind not in ("text", "span"):
        box = BOXES.get(question.kind, "box")
        options = Markup("<ul>{}</ul>").format(Markup("").join(_option(box, one) for one in question.shown()))
    sure = SURE if question.asks_sure else ""
    return Markup('<section class="question"><h3>{}. {}</h3>{}{}<p>{}</p>{}{}{}{}</section>').format(
        number, question.title, before, passage, question.question, how, options, _lines(LINES.get(question.kind)), sure
    )


def _option(box: str, option: Option) -> Markup:
    card = Markup("<br>{} <cite>{}</cite>").format(option.card, option.address) if option.card else ""
    return Markup('<li><span class="{}"></span> {}{}</li>').format(box, option.text, card)


def _lines(count: int | None) -> Markup:
    return Markup('<div class="write"></div>') * (count or 0)


# What teachers get.


def lesson_key(lesson: Lesson, questions: Iterable[Question]) -> str:
    """What counts as right in a lesson, and what there is to say about each answer."""
    told = Markup("").join(
        Markup("<h3>{}. {}</h3><ul>{}</ul>").format(number, one.title, Markup("").join(_told(one)))
        for number, one in enumerate(questions, 1)
    )
    careful = "What readers mark in the text: the lesson in JupyterLab shows it, after “I’m done”."
    body = Markup("<p><strong>{}</strong></p><p>{}</p>{}").format(FOR_TEACHERS, careful, told)
    return str(_page(f"{lesson.heading}: key", body, named=False))


def _told(question: Question) -> Iterator[Markup]:
    if question.guess:
        yield Markup("<li>A guess: nothing is right or wrong.</li>")
    elif not question.has_key:
        yield Markup("<li>To hand in; its key is not here.</li>")
    for number, option in enumerate(question.options, 1):
        shown = f"{number}." if question.kind == "order" else sign(question, option)
        before = f"{shown} " if shown not in ("·", "-") else ""
        yield Markup("<li>{}<strong>{}</strong> {}</li>").format(before, option.text, option.feedback or option.quote)
    for text in (question.model, question.otherwise, question.after):
        if text:
            yield Markup("<li>{}</li>").format(text)


def _page(title: str, body: Markup, *, named: bool = True, titled: bool = True) -> Markup:
    """``named``: with a line for a name; ``titled``: with the title above, where the text has no headline to begin."""
    head = Markup('<p class="student">{}</p>').format(Markup(STUDENT)) if named else ""
    style = (PACKAGE / "classroom" / "static" / "worksheet.css").read_text("utf-8")
    heading = Markup("<h1>{}</h1>").format(title) if titled else ""
    return whole_page(title, Markup("{}{}{}").format(head, heading, body), style=style)
