"""`kit class`: from what students handed in to one page about the class, and a table for the gradebook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tqdm import tqdm

from kit.classroom.class_marks import MarkedText, marked_text
from kit.classroom.class_page import class_page
from kit.classroom.class_reading import class_readings
from kit.classroom.class_work import ClassWork, class_work
from kit.classroom.gathering import Problem
from kit.classroom.grades_csv import grades_csv, match, read_roster
from kit.classroom.hand_ins import gather
from kit.classroom.owners import pseudonyms
from kit.classroom.teacher_points import Points, read_points
from kit.course.other_readings import other_readings
from kit.errors import KitError
from kit.files import need_writable, write_output
from kit.progress_bar import progress_bar
from kit.readings.reading import Reading
from kit.text.article import Article
from kit.version import PROGRAMS
from kit.wording import plural, series, visible

MOST_SAID = 20  # sentences about files


def report_class(
    paths: Sequence[Path],
    page: Path,
    *,
    table: Path | None = None,
    roster: Path | None = None,
    points: Path | None = None,
    readings: Path | None = None,
    names: bool = False,
) -> None:
    """Read what is in folders and zips, and write the page and, if wanted, the table and the class's own readings.

    ``roster``: a class list to match with; ``points``: the file that the page saved; ``readings``: a folder for the
    class's reading of each text; ``names``: show real names.
    Raises `KitError` where nothing was handed in, and for an output, a roster or points that can't be used.
    """
    given: Points = read_points(points) if points else {}
    listed = read_roster(roster) if roster else None
    for path in filter(None, (page, table)):
        need_writable(path, [*paths, *filter(None, (roster, points))])
    if readings:
        _is_apart(readings, paths)
    with progress_bar("Reading") as bar:
        students, problems = gather(paths, lambda more: _more(bar, more), lambda: bar.update())
    if not students:
        for line in _sentences(problems):
            print(visible(line))
        raise KitError(
            f"No hand-ins found in {series(map(str, paths))}. Name the folder or the zip with your students' files."
        )
    with progress_bar("Counting", len(students)) as bar:
        work = class_work(students, problems, lambda: bar.update())
    texts = marked_texts(work)
    birds = pseudonyms(student.key for student in students)
    shown = [student.name if names else birds[student.key] for student in students]
    if listed:
        _, strangers, missing = match(work, listed)
        if strangers:
            work.problems.append(Problem("", f"Handed in, but not found on the roster: {', '.join(strangers)}."))
        if missing:
            work.problems.append(Problem("", f"On the roster, and nothing handed in: {', '.join(missing)}."))
    write_output(page, str(class_page(work, texts, shown, given, date.today())))
    if table:
        write_output(table, grades_csv(work, [birds[student.key] for student in students], given, listed))
    kept = _save_readings(texts, readings) if readings else []
    written = series(map(str, filter(None, (page, table, *kept))))
    print(f"{plural(len(students), 'student')}, {plural(len(work.lessons), 'lesson')}: {written}")
    for line in _sentences(work.problems):
        print(visible(line))


def marked_texts(work: ClassWork) -> list[MarkedText]:
    """What the class marked, exercise by exercise, beside the kit and the careful reader."""
    read: dict[str, list[Reading]] = {}

    def readings(article: Article) -> tuple[Reading | None, Reading | None]:
        if article.sha256 not in read:
            read[article.sha256] = other_readings(article)
        found = read[article.sha256]
        kit = next((reading for reading in found if reading.reader in PROGRAMS), None)
        return kit, next((reading for reading in found if reading is not kit), None)

    marked = [exercise for exercise in work.exercises.values() if exercise.task and exercise.marks]
    with progress_bar("Comparing", len(marked)) as bar:
        texts = []
        for exercise in marked:
            kit, careful = readings(exercise.task.article) if exercise.task else (None, None)
            texts += [text] if (text := marked_text(exercise, kit, careful)) else []
            bar.update()
    return texts


def _more(bar: tqdm[None], more: int) -> None:
    bar.total = (bar.total or 0) + more
    bar.refresh()


def _sentences(problems: Sequence[Problem]) -> list[str]:
    lines = [f"- {one.where}: {one.sentence}" if one.where else f"- {one.sentence}" for one in problems]
    if len(lines) > MOST_SAID:
        lines = [*lines[:MOST_SAID], f"- and {len(lines) - MOST_SAID} more, on the page."]
    return lines


def _is_apart(folder: Path, inputs: Sequence[Path]) -> None:
    """Raises `KitError` for a folder in which the readings would be taken for what somebody handed in."""
    if folder.exists() and not folder.is_dir():
        raise KitError(f"{folder} is a file. Name a folder, new or not, for the class's readings.")
    if any(folder.resolve().is_relative_to(path.resolve()) for path in inputs if path.is_dir()):
        raise KitError(f"{folder} is among what your students handed in. Name a folder somewhere else.")


def _save_readings(texts: Sequence[MarkedText], folder: Path) -> list[Path]:
    """Write the class's own readings, each called after its article; their files."""
    made = {folder / f"{reading.article.id}.json": reading for reading in class_readings(texts)}
    for path, reading in made.items():
        write_output(path, reading.to_json())
    return list(made)
