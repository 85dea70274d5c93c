"""`kit lesson`: a lesson on an article of a teacher's own, in a folder that works at once and is theirs to change."""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

from kit.analysis.annotate import annotate
from kit.classroom.lesson_article import check_length, is_interview, is_press_release
from kit.classroom.lesson_file import items_toml, keys_toml
from kit.classroom.lesson_marking import TITLES, to_rewrite, windows
from kit.classroom.lesson_notebook import Plan, exercises_notebook, lesson_notebook, teachers_notebook
from kit.classroom.lesson_places import Places
from kit.classroom.lesson_questions import PARTS, ask
from kit.course.lesson_files import ITEMS, KEYS, lessons
from kit.course.lessons import read_lesson
from kit.course.minutes import Part, parts_of
from kit.errors import KitError
from kit.files import replace_surrogates, write_atomically
from kit.progress_bar import progress_bar
from kit.sources.load import load
from kit.text.article import FENCE, Article
from kit.text.fitness import fitness
from kit.text.tokens import READ
from kit.wording import one_line, plural, series, visible

FOR_TEACHER = "for_teacher"
FEWEST, WHOLE = 3, 8  # questions on the article itself: for a lesson at all, and for a whole one
WHOLE_SEALED = 5  # questions to hand in, for a whole one
LONGEST_CORE = 30  # minutes
LONGEST_NAME = 40
PART = "Part of this text"  # how the one note begins with which the rest can still be used
STEPS = 4  # of the work, for the bar
MISSING = {
    "mark-who": "The kit found nobody but the reporter who speaks in it, so there are no signals to mark",
    "mark-sure": "The kit found nothing that makes it less sure, so there are no such words to mark",
    "mark-words": "The kit found no word that carries a view, so there are none to mark",
}


def new_lesson(source: str, folder: Path) -> int:
    """Write a lesson on an article into a folder, beside what is there and never over it; 0. Says what it made.

    Raises `KitError` for an article that can't be used, one on which hardly anything can be asked, and where a file of
    the lesson is already there.
    """
    with progress_bar("Making the lesson", STEPS) as bar:
        article = load(source)
        notes = fitness(article)
        if notes and not notes[0].sentence.startswith(PART):
            raise KitError(f"{notes[0].sentence} No lesson was made of it.")
        told_first = check_length(article)
        name = lesson_name(Path(source).stem, article.title)
        bar.update()
        with tempfile.TemporaryDirectory() as made:
            told = _make(name, article, Path(made))
            bar.update(STEPS - 2)
            _put(Path(made), folder)
    where = folder / f"{name}.ipynb"
    print(f"Written: {where}, {name}_exercises.ipynb, and what they need, in {folder}.")
    print(visible("\n".join([*(note.sentence for note in notes), *filter(None, [told_first]), *told])))
    print(
        f"Now, please: check its questions and keys (kit check --show-keys {where}), and correct the kit's reading in "
        f"{folder / FOR_TEACHER / name}.ipynb. Students get the folder without {KEYS} and {FOR_TEACHER}."
    )
    return 0


def lesson_name(stem: str, title: str) -> str:
    """What a lesson is called: letters, digits and _, after the file's name or else the title. Never a name of ours.

    >>> lesson_name("Über die Brücke!", ""), lesson_name("新聞", "Rain in Port Vorn")
    ('uber_die_brucke', 'rain_in_port_vorn')
    """
    for words in (stem, title, "article"):
        plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        name = re.sub(r"[^a-z0-9]+", "_", plain)[:LONGEST_NAME].strip("_")
        if name:
            break
    return f"my_{name}" if name in lessons() and re.match(r"\d\d_", name) else name


def _make(name: str, article: Article, folder: Path) -> list[str]:
    """All files of a lesson, in an empty folder; what there is to say about them."""
    file = folder / f"{name}.txt"
    write_atomically(file, _text(article))
    reading = annotate(load(file))  # what students will read, to the letter
    asked = ask(Places(reading))
    on_it = [one for one in asked if one.part in PARTS]
    if len(on_it) < FEWEST:
        raise KitError(
            f"The kit found too little in “{one_line(article.title)}” to ask about ({plural(len(on_it), 'question')}). "
            "No lesson was made of it: take a longer article, one in which people speak."
        )
    of_sender = is_press_release(reading.article)
    plan = Plan(name, file.name, reading.article.title, asked, windows(reading), to_rewrite(reading), of_sender)
    write_atomically(folder / KEYS / f"{name}.toml", keys_toml(asked))
    plan, (core, more) = _fitted(plan, folder)
    write_atomically(folder / f"{name}.ipynb", lesson_notebook(plan, (core.stated, more.stated)))
    alone = folder / f"{name}_exercises.ipynb"
    write_atomically(alone, exercises_notebook(plan, (0, 0)))
    with chdir(folder):
        read_lesson(name, with_keys=True)
        by_oneself = parts_of(alone)[0].stated
    write_atomically(alone, exercises_notebook(plan, (by_oneself, 0)))
    write_atomically(folder / FOR_TEACHER / f"{name}.ipynb", teachers_notebook(plan))
    return list(_told(plan, core.stated, is_interview(reading.article)))


def _fitted(plan: Plan, folder: Path) -> tuple[Plan, tuple[Part, Part]]:
    """The lesson with a core of half an hour, as far as that can be, and its minutes; its questions, in the folder."""
    while True:
        header = {"title": plan.title, "article": plan.article, "core": plan.core}
        marking = {one: TITLES[one] for one in (*plan.marking, "rewrite")}
        write_atomically(folder / ITEMS / f"{plan.name}.toml", items_toml(header, marking, plan.asked))
        path = folder / f"{plan.name}.ipynb"
        write_atomically(path, lesson_notebook(plan, (0, 0)))
        with chdir(folder):  # where its notebooks will run
            parts = parts_of(path)
        shorter = plan.shorter
        if parts[0].minutes <= LONGEST_CORE or shorter is None:
            return plan, parts
        plan = shorter


def _text(article: Article) -> str:
    """An article as a text file of its own: as it was, or, from a page or a PDF, its headline and paragraphs alone."""
    meta = {name: value for name, value in article.meta.items() if isinstance(value, str) and name.isidentifier()}
    given = {**meta, "title": article.title}
    front = [f"{name} = {json.dumps(one_line(value), ensure_ascii=False)}" for name, value in given.items()]
    text = article.text
    if article.meta.get("kind") != "text":
        text = "\n\n".join(one_line(text[part.start : part.end]) for part in article.parts if part.kind in READ)
    front = [line.replace("\x7f", "") for line in front if not line.startswith(("kind =", "file ="))]
    return replace_surrogates("\n".join([FENCE, *front, FENCE, text.rstrip("\n")]) + "\n")


def _told(plan: Plan, core: int, interview: bool) -> Iterator[str]:
    """What a teacher should know of the lesson, in sentences."""
    sealed = sum(bool(one.key) for one in plan.asked)
    with_feedback = len(plan.asked) - sealed
    marking = plural(len(plan.marking), "marking task")
    yield (
        f"{plural(with_feedback, 'question')} with feedback, {sealed} to hand in, {marking} "
        f"and a passage to rewrite. The core takes about {core} minutes."
    )
    if interview:
        yield "It looks like an interview: the kit can’t tell whose words an answer is, so it asks less about it."
    if plan.is_press_release:
        yield "It looks like a press release: nobody but its sender wrote it, and the lesson says so."
    yield from (f"{sentence}." for name, sentence in MISSING.items() if name not in plan.marking)
    if with_feedback < WHOLE:
        yield "The article is short or plain, so this is a smaller lesson: the kit asks only where it is sure."
    if sealed < WHOLE_SEALED:
        yield (
            f"Only {plural(sealed, 'question')} to hand in, where our lessons have more: the kit is sure of no other "
            f"sentence. You could write one yourself, in {ITEMS}, and its key in {KEYS}."
        )


def _put(made: Path, folder: Path) -> None:
    """Move what was made into the folder. Raises `KitError`, and leaves all as it was, where one of it is there."""
    files = {path.relative_to(made): path for path in sorted(made.rglob("*")) if path.is_file()}
    if folder.exists() and not folder.is_dir():
        raise KitError(f"{folder} is a file. Name a folder, new or not, for the lesson.")
    there = [place.as_posix() for place in files if (folder / place).exists()]
    if there:
        raise KitError(
            f"{folder} holds {series(there)} already, and nothing is written over. Name another folder, or give your "
            "article's file another name."
        )
    try:
        for place, path in files.items():
            write_atomically(folder / place, path.read_text("utf-8"))
    except OSError as error:
        raise KitError(f"{folder} can't be written ({error.strerror or error}). Name another place.") from None
