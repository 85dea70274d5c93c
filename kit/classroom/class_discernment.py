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
from kit.wording import series

EXPLAINED = (
    "A class that reads better finds more of what is there and leaves plain words alone. A class that has only "
    "become suspicious marks more of everything. So two things are counted: of the places that the careful reader "
    "marks, how many did the class mark; and of the words that no reader marks, how many did it mark all the "
    "same. d′ puts the two together: 0 is guessing, 1 some discernment, 2 a good deal, 3 a lot. The criterion "
    "says which way the class leans: above 0 it would rather leave out, below 0 it marks when in doubt. All are "
    "first rounds, before students saw other readers."
)


def discernment_html(texts: Sequence[MarkedText]) -> Markup:
    """The whole part: explained, a table for each layer, and what changed."""
    parts = [Markup("<p>{}</p>").format(EXPLAINED)]
    for layer in layers():
        own = [text for text in texts if text.task.layer == layer.name]
        if own:
            parts.append(Markup("<h3>{}</h3>{}{}").format(layer.question, _table(own), _change(own)))
    if len(parts) == 1:
        parts.append(Markup("<p>Nobody has finished a marking task yet.</p>"))
    return Markup("").join(parts)


def total(text: MarkedText) -> Counts:
    """What the whole class marked in an exercise."""
    return reduce(add, text.counts.values())


def _table(texts: Sequence[MarkedText]) -> Markup:
    head = ("Marked", "Students", "Found", "Marked of plain words", "d′", "Criterion", "In words")
    row = Markup("<tr><th scope='row'>{}</th>" + "<td>{}</td>" * 6 + "</tr>")
    rows = []
    for text in texts:
        counts = total(text)
        found = f"{counts.hits / counts.places:.0%}" if counts.places else "–"
        alarms = f"{counts.alarms / counts.plain:.1%}" if counts.plain else "–"
        told = f"They {level(counts.sensitivity)}, and {leaning(counts.criterion)}."
        beside = "" if text.key == CAREFUL else " (beside the kit)"
        title = f"{text.exercise.lesson.heading} · {text.exercise.title}{beside}"
        figures = (f"{value:+.1f}".replace("-", "−") for value in (counts.sensitivity, counts.criterion))
        rows.append(row.format(title, len(text.readers), found, alarms, *figures, told))
    heads = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in head)
    table = Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(heads, Markup("").join(rows))
    return scrolling(table, "Hits and false alarms")


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
            f" (d′ {found.sensitivity:+.2f} ± {ERRORS * found.sensitivity_error:.2f}, "
            f"criterion {found.criterion:+.2f} ± {ERRORS * found.criterion_error:.2f})"
        ).replace("-", "−")
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
