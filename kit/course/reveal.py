"""What a student sees after the commit: their own reading beside others, place by place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kit.comparing.comparison import Mark, Place, align, called, compare, how_alike, marks_of
from kit.course.marking_tasks import Task
from kit.readings.labels import called_label, everyday_label, find_layer, meaning
from kit.readings.reading import PARTS, Annotation, Reading
from kit.render.cards import headword, sureness
from kit.text.article import Article
from kit.text.spans import Span
from kit.text.words import covered
from kit.wording import decimal, plural, short, with_article

AROUND = 70  # characters of context on each side
BRIEF = 60  # characters of another mark that is named


def reveal(task: Task, mine: Reading, first: Reading, others: Sequence[Reading]) -> dict[str, Any]:
    """A student's reading beside others, as plain data: the agreement with each, and each place.

    ``first`` is the reading that the student committed to, before anything was revealed.
    """
    places = align([task.marks(reading) for reading in (mine, *others)])
    return {
        "readers": [_agreement(task, mine, first, other) for other in others],
        "places": [_place(task, place, others) for place in places],
    }


def _only(task: Task, reading: Reading) -> Reading:
    wanted = {id(mark.annotation) for mark in task.marks(reading)}
    kept = tuple(annotation for annotation in reading.annotations if id(annotation) in wanted)
    return Reading(reading.article, reading.reader, kept)


def _agreement(task: Task, mine: Reading, first: Reading, other: Reading) -> dict[str, Any]:
    theirs = _only(task, other)
    now, then = (compare(_only(task, one), theirs, labels=task.labels) for one in (mine, first))
    both, name = len(now.matched), called(other.reader)
    lines = [
        f"You marked {plural(both + len(now.extra), 'place')}, {name} marked {both + len(now.missed)}; "
        f"{both or 'none'} {'are' if both > 1 else 'is'} the same."
    ]
    if both and task.labels and not set(task.labels) & set(PARTS):
        lines.append(f"Same place and same kind: {now.same_label} of {both}.")
    earlier = "" if round(then.f1, 2) == round(now.f1, 2) else f"; in your first round it was {then.f1:.2f}"
    figures = [f"Place by place: {now.f1:.2f} of 1{earlier}."]
    if now.alpha is not None:
        value = decimal(now.alpha, 2)
        figures.append(f"Word by word: {value} (Krippendorff’s alpha; 1 is full agreement, 0 what chance would give).")
    return {"name": name, "words": how_alike(now.f1), "lines": lines, "figures": figures}


def _place(task: Task, place: Place, others: Sequence[Reading]) -> dict[str, Any]:
    mine, *theirs = place.marks
    lead = mine or next(mark for mark in theirs if mark)
    spans = _joined(lead.spans, task.article.text)
    found = [covered(task.words, span) for span in spans]
    start, end = spans[0].start, spans[-1].end
    differs = bool(task.labels) and len(place.labels) > 1
    kind = "missed" if not mine else "extra" if not any(theirs) else "label" if differs else "same"
    rows = [_row("you", mine, "")]
    rows += [
        _row(called(reading.reader), mark, "" if mark else _instead(lead, reading) or find_layer(task.layer).absent)
        for mark, reading in zip(theirs, others, strict=True)
    ]
    before, after = around(task.article, start, end)
    return {
        "key": f"{lead.kind[1] or lead.kind[0]} {start}-{end}",
        "kind": kind,
        "words": [[some[0], some[-1]] for some in found if some],
        "label": next(mark.label for mark in theirs if mark) if kind in ("missed", "label") else "",
        "before": before,
        "quote": short(" … ".join(span.of(task.article.text) for span in spans)),
        "after": after,
        "rows": rows,
    }


def around(article: Article, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a place in its paragraph: whole words, with dots where it was cut."""
    text = article.text
    first, last = (next(part for part in article.parts if part.start <= at <= part.end) for at in (start, end))
    before, after = text[first.start : start], text[end : last.end]
    if len(before) > AROUND:
        before = f"…\u00a0{before[-AROUND:].partition(' ')[2]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND].rpartition(' ')[0]}\u00a0…"
    return before, after


def _joined(spans: Sequence[Span], text: str) -> list[Span]:
    """Pieces with nothing but white space between them as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined


def _row(name: str, mark: Mark | None, instead: str) -> dict[str, Any]:
    """What one reader says of a place."""
    if mark is None:
        return {"who": name, "marked": False, "label": "no mark here", "why": instead}
    plain, field, sure = everyday_label(mark.label), called_label(mark.label), sureness(mark.annotation.confidence)
    return {
        "who": name,
        "marked": True,
        "label": plain + (f" ({field})" if plain != field else "") + (f", {sure}" if sure != "sure" else ""),
        "why": _why(mark.annotation, mark),
    }


def _why(annotation: Annotation, mark: Mark) -> str:
    """The reason of an annotation; whether its content is quoted says nothing of a source or a signal."""
    if mark.kind[1] in ("source", "cue") and annotation.reasons:
        return " ".join(reason for part, reason in annotation.reasons.items() if part != "content")
    return annotation.why


def _instead(mark: Mark, other: Reading) -> str:
    """What another reader has at a place where the task's own mark is missing."""
    inside = mark.kind[0] == "attribution"  # whose other parts may lie here
    for found in marks_of(other):
        if _meets(mark.spans, found.spans) and not (inside and found.kind[0] == "attribution"):
            kind, label = find_layer(found.annotation.layer).kind, meaning(found.label)
            return f"Marked as something else, {with_article(kind)}: {label}. {found.annotation.why}"
    for said in other.layer("attribution") if inside else ():
        if _meets(mark.spans, [span for name in PARTS for span in said.parts.get(name, ())]):
            words = short(headword(said, other.article.text), BRIEF).strip('"“”.,')
            return f"Read as part of another one, “{words}”. {_why(said, mark)}"
    return ""


def _meets(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(one.overlaps(other) for one in some for other in others)
