"""Discernment on the class's page: what was found of what is there, and marked of what is plain; before and after."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add

from markupsafe import Markup

from kit.classroom.class_marks import CAREFUL, MarkedText
from kit.classroom.discernment import ERRORS, Counts, change, change_in_words, leaning, level
from kit.readings.labels import layers
from kit.render.html import scrolling
from kit.wording import decimal, series

EXPLAINED = (
    "A class that reads better finds more of what is there and leaves plain words alone. A class that has only "
    "become suspicious marks more of everything. So two things are counted: of the places that the careful reader "
    "marks, how many did the class mark; and of the words that no reader marks, how many did it mark all the "
    "same. d′ puts the two together: 0 is guessing, 1 some discernment, 2 a good deal, 3 a lot. The criterion "
    "says which way the class leans: above 0 it would rather leave out, below 0 it marks when in doubt. All are "
    "first rounds, before students saw other readers."
)

FIGURES = ("Found", "Marked of plain words", "d′", "Criterion")
NOTHING = ("–",) * len(FIGURES)


def discernment_html(texts: Sequence[MarkedText], names: Sequence[str]) -> Markup:
    """The whole part: explained, a table for each layer, what changed, each student. ``names``: of students."""
    parts = [Markup("<p>{}</p>").format(EXPLAINED)]
    for layer in layers():
        own = [text for text in texts if text.task.layer == layer.name]
        if own:
            parts.append(
                Markup("<h3>{}</h3>{}{}{}").format(layer.question, _table(own), _change(own), _each(own, names))
            )
    if len(parts) == 1:
        parts.append(Markup("<p>Nobody has finished a marking task yet.</p>"))
    return Markup("").join(parts)


def total(text: MarkedText) -> Counts:
    """What the whole class marked in an exercise."""
    return reduce(add, text.counts.values())


def _table(texts: Sequence[MarkedText]) -> Markup:
    """A row for each marking task."""
    rows = []
    for text in texts:
        counts = total(text)
        told = f"They {level(counts.sensitivity)}, and {leaning(counts.criterion)}."
        beside = "" if text.key == CAREFUL else " (beside the kit)"
        title = f"{text.exercise.lesson.heading} · {text.exercise.title}{beside}"
        rows.append((title, len(text.readers), *_figures(counts), told))
    return _rows(("Marked", "Students", *FIGURES, "In words"), rows, "Hits and false alarms")


def _each(texts: Sequence[MarkedText], names: Sequence[str]) -> Markup:
    """A row for each student who did the first task of a layer, with the last one beside it if there is another."""
    shown = texts[:1] if len(texts) == 1 else (texts[0], texts[-1])
    heads = [f"{figure}, {when}" for when in ("before", "after")[: len(shown)] for figure in FIGURES]
    heads = list(FIGURES) if len(shown) == 1 else heads
    rows = []
    for student in sorted(shown[0].readers, key=lambda number: names[number]):
        figures = [_figures(text.counts[student]) if student in text.counts else NOTHING for text in shown]
        rows.append((names[student], *(figure for some in figures for figure in some)))
    table = _rows(("Student", *heads), rows, "Each student")
    return Markup("<details><summary>Each student</summary>{}</details>").format(table)


def _figures(counts: Counts) -> tuple[str, ...]:
    found = f"{counts.hits / counts.places:.0%}" if counts.places else "–"
    alarms = f"{counts.alarms / counts.plain:.1%}" if counts.plain else "–"
    scores = (decimal(value, 1, signed=True) for value in (counts.sensitivity, counts.criterion))
    return found, alarms, *scores


def _rows(heads: Sequence[str], rows: Sequence[Sequence[object]], name: str) -> Markup:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(one) for one in heads)
    cell = Markup("<td>{}</td>")
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(first, Markup("").join(map(cell.format, others)))
        for first, *others in rows
    )
    return scrolling(Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, body), name)


def _change(texts: Sequence[MarkedText]) -> Markup:
    """Before and after: the first marking task of a layer and the last, and the students who did both."""
    if len(texts) < 2:
        return Markup("<p>There is one marking task for this question, so no before and after.</p>")
    first, last = texts[0], texts[-1]
    both = [student for student in first.readers if student in last.counts]
    found = change([first.counts[one] for one in both], [last.counts[one] for one in both])
    figures = ""
    if found:
        figures = (
            f" (d′ {decimal(found.sensitivity, 2, signed=True)} ± {ERRORS * found.sensitivity_error:.2f}, "
            f"criterion {decimal(found.criterion, 2, signed=True)} ± {ERRORS * found.criterion_error:.2f})"
        )
    said = Markup(
        "<p><strong>{}</strong>{} Before: “{}” (lesson {}). After: “{}” (lesson {}). "
        "Counted are the {} students who did both. {}</p>"
    )
    caution = "These are two texts, and one may be harder than the other."
    keys = {text.key for text in (first, last)}
    if len(keys) > 1:
        caution += f" Nor is what counts as found from the same reader: {series(sorted(keys))}."
    return said.format(
        change_in_words(found),
        figures,
        first.exercise.title,
        first.exercise.lesson.heading,
        last.exercise.title,
        last.exercise.lesson.heading,
        len(both),
        caution,
    )
