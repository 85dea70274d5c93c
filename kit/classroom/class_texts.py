"""The text on the class's page: each word shaded by how many marked it, and each place with its number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from kit.classroom.class_marks import MarkedText, Place, Reference
from kit.classroom.talking_points import quoted
from kit.comparing.alpha import in_words
from kit.comparing.comparison import how_alike
from kit.readings.labels import called_label, everyday_label
from kit.wording import decimal, plural

STEPS = 5  # of shading


def text_html(text: MarkedText) -> Markup:
    """One marking exercise: agreement in words, the text, and a card for the place that is chosen.

    The script beside it (static/class_page.js) redraws the shading for one label or one student.
    """
    exercise = text.exercise
    labels = [label for label in text.task.labels if any(label in place.labels for place in text.places)]
    frame = Markup(
        '<div class="text" data-exercise="{id}"><h4>{title}</h4>{agreement}'
        '<div class="text-tools">{labels}{layers}</div>'
        '<div class="text-and-card"><div class="btl-page" lang="en">{page}</div>'
        '<div class="place-card" role="group" tabindex="0" aria-live="polite" aria-label="The place you chose">'
        "{hint}</div></div></div>"
    )
    return frame.format(
        id=exercise.id,
        title=exercise.title,
        agreement=_agreement(text),
        labels=_label_choice(labels),
        layers=_layer_choice(text),
        page=page_html(text, _number),
        hint=Markup("<p>Choose a number in the text: who marked it, as what, and what other readers say.</p>"),
    )


def text_data(text: MarkedText) -> dict[str, Any]:
    """What the page's script needs of it: the marks by student, and the places."""
    labels = {label: number for number, label in enumerate(text.task.labels or ("",))}
    marks = {
        student: [n for mark in own for n in (mark.words[0], mark.words[-1], labels.get(mark.label, 0), int(mark.sure))]
        for student, own in text.exercise.marks.items()
    }
    return {
        "labels": [everyday_label(label) for label in labels],
        "marks": marks,
        "places": [_place_data(text, place) for place in text.places],
    }


def _place_data(text: MarkedText, place: Place) -> dict[str, Any]:
    return {
        "words": place.words,
        "quote": quoted(text, place),
        "labels": [[everyday_label(label), times] for label, times in place.labels.items() if label],
        "sure": place.sure,
        "careful": _reference_data(place.careful),
        "kit": _reference_data(place.kit),
        "class": _in_class_reading(place),
    }


def _reference_data(reference: Reference | None) -> list[str] | None:
    if reference is None:
        return None
    label = everyday_label(reference.label) if reference.label else ""
    return [label, reference.why if reference.sure else f"{reference.why} (Careful readers differ here.)".strip()]


def _in_class_reading(place: Place) -> str:
    """Whether a place is in the class's own reading, as a sentence."""
    labels = " and ".join(f"“{everyday_label(label)}”" for label in place.kept if label)
    if not place.kept:
        return "Not in the class’s own reading: too few of the reliable readers marked it."
    if len(place.kept) > 1:
        return f"The class is of two minds. Both readings are kept: {labels}."
    if place.split:
        return "The class is of two minds: about half marked it. Both readings are kept, with the mark and without."
    return f"In the class’s own reading{', as ' + labels if labels else ''}."


def _agreement(text: MarkedText) -> Markup:
    """How far the class agrees, in words first, with figures after."""
    readers = len(text.readers)
    told = [f"{plural(readers, 'student')} marked it by themselves, before other readers were shown."]
    figures = []
    if text.pairs is not None:
        told.append(f"Two of them have, on average, {how_alike(text.pairs)}.")
        figures.append(f"F {text.pairs:.2f} between two students")
    mean = sum(text.beside.values()) / readers
    told.append(f"With {text.key} they have {how_alike(mean)}.")
    figures.append(f"F {mean:.2f} with {text.key}")
    if text.alpha is not None:
        told.append(f"Word by word, {in_words(text.alpha)}.")
        figures.append(f"Krippendorff’s alpha {decimal(text.alpha, 2)}")
    by_part = [(part, value) for part, value in text.by_paragraph.items() if value is not None]
    rows = [
        Markup("<li>Paragraph that begins “{}”: {} ({})</li>").format(
            _beginning(text, part), in_words(value), decimal(value, 2)
        )
        for part, value in by_part
        if len(by_part) > 1
    ]
    more = Markup("<details><summary>Paragraph by paragraph</summary><ul>{}</ul></details>").format(
        Markup("").join(rows)
    )
    line = Markup('<p>{} <span class="quiet">({})</span></p>{}')
    return line.format(" ".join(told), "; ".join(figures), more if rows else "")


def _beginning(text: MarkedText, part: int) -> str:
    place = text.task.article.parts[part]
    return " ".join(text.task.article.text[place.start : place.end].split()[:5]) + " …"


def _label_choice(labels: list[str]) -> Markup:
    if len(labels) < 2:
        return Markup("")
    option = Markup('<option value="{}">{}</option>')
    options = Markup("").join(option.format(everyday_label(label), _label_name(label)) for label in labels)
    return Markup(
        '<label>Kind <select class="label-choice"><option value="">all kinds</option>{}</select></label>'
    ).format(options)


def _label_name(label: str) -> str:
    plain, field = everyday_label(label), called_label(label)
    return plain if plain == field else f"{plain} ({field})"


def _layer_choice(text: MarkedText) -> Markup:
    box = Markup('<label><input type="checkbox" data-show="{}"{}> <span class="{}">{}</span></label>')
    shown = []
    if any(place.careful for place in text.places):
        shown.append(box.format("careful", Markup(" checked"), "careful", "the careful reader"))
    if any(place.kit for place in text.places):
        shown.append(box.format("kit", "", "kit", "the kit"))
    shown.append(box.format("own", "", "own", "the class’s own reading"))
    return Markup("").join(shown)


def page_html(text: MarkedText, number_html: Callable[[MarkedText, Place], Markup]) -> Markup:
    """The paragraphs, word by word; behind each place what ``number_html`` makes of it."""
    classes = _word_classes(text)
    ends: defaultdict[int, list[Place]] = defaultdict(list)
    for place in text.places:
        ends[place.words[-1]].append(place)
    paragraphs = []
    source = text.task.article
    for part, group in groupby(enumerate(text.task.words), key=lambda pair: pair[1].part):
        block, at = source.parts[part], source.parts[part].start
        pieces = Markup("")
        for number, word in group:
            pieces += escape(source.text[at : word.start])
            shown = Markup('<span class="{}" data-word="{}">{}</span>')
            pieces += shown.format(" ".join(["w", *classes[number]]), number, source.text[word.start : word.end])
            pieces += Markup("").join(number_html(text, place) for place in ends[number])
            at = word.end
        pieces += escape(source.text[at : block.end])
        paragraphs.append(Markup('<p class="btl-{}">{}</p>').format(block.kind, pieces))
    return Markup("\n").join(paragraphs)


def _word_classes(text: MarkedText) -> dict[int, list[str]]:
    """How each word looks: its shade, and which readers outside mark it."""
    count = Counter(word for own in text.exercise.marks.values() for word in {w for mark in own for w in mark.words})
    classes: defaultdict[int, list[str]] = defaultdict(list)
    for word, times in count.items():
        if step := round(STEPS * times / len(text.readers)):
            classes[word].append(f"h{step}")
    for place in text.places:
        for word in place.words:
            classes[word] += [name for name in ("careful", "kit") if getattr(place, name)]
            classes[word] += ["own"] if place.kept else []
    return classes


def number_of(place: Place) -> str:
    """How many marked a place; by label where the class is of two minds about that."""
    if len(place.kept) > 1:
        return " · ".join(f"{place.labels[label]} {everyday_label(label)}" for label in place.kept)
    return str(len(place.students))


def _number(text: MarkedText, place: Place) -> Markup:
    """The button behind a place that the class or the careful reader marked."""
    if not place.students and not place.careful:
        return Markup("")
    shown = number_of(place)
    told = f"{len(place.students)} of {len(text.readers)} marked “{quoted(text, place)}”"
    number = Markup('<button type="button" class="n{}" data-place="{}" aria-label="{}: {}">{}</button>')
    return number.format(" split" if place.split else "", text.places.index(place), shown, told, shown)
