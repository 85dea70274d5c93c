"""Marks drawn on a text: overlapping spans as flat pieces, and a reading as safe static HTML.

Spans overlap (a hedge stands inside a quotation inside a sentence of the reporter's); pages don't. So the
text is cut wherever a mark or a paragraph begins or ends, and each piece carries its text and what lies on
it. No offset leaves Python: a browser, which counts UTF-16 units, never has to count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from kit.readings.labels import called_label, find_layer, layer_names, layers
from kit.readings.reading import Annotation, Reading
from kit.render.cards import Card, card
from kit.render.html import scrolling, section, static, theme, whole_page
from kit.text.layout import Part
from kit.text.spans import Span
from kit.wording import plural

NOTES = {
    "byline": "who wrote it",
    "date": "when",
    "caption": "caption",
    "credit": "photo credit",
    "pull-quote": "quotation from the article, repeated",
    "table-row": "row of a table",
    "boilerplate": "from the page, not the article",
}


class Segment(NamedTuple):
    """``text[start:end]``, and the spans that cover it: their indices, ascending."""

    start: int
    end: int
    spans: tuple[int, ...]


class Piece(NamedTuple):
    """A stretch of text that looks alike.

    ``classes``: its CSS classes, see widgets/static/theme.css. ``marks``: the annotations on it, the shortest first.
    ``stops``: those of them that the keyboard reaches here. That is where an attribution's cue begins, or any
    other mark.
    """

    text: str
    classes: tuple[str, ...] = ()
    marks: tuple[int, ...] = ()
    stops: tuple[int, ...] = ()


@dataclass(frozen=True)
class Block:
    """A paragraph of the page: its kind (as in `kit.text.layout.Part`) and its pieces."""

    kind: str
    pieces: tuple[Piece, ...]


def flatten(length: int, spans: Sequence[Span], cuts: Iterable[int] = ()) -> list[Segment]:
    """Cut [0, length) wherever a span begins or ends, and at ``cuts``.

    Every offset lies in exactly one segment. Empty spans cover nothing.

    >>> [tuple(segment) for segment in flatten(9, [Span(0, 6), Span(4, 9)])]
    [(0, 4, (0,)), (4, 6, (0, 1)), (6, 9, (1,))]
    """
    starting, ending = defaultdict(list), defaultdict(list)
    for index, span in enumerate(spans):
        if span.start < span.end:
            starting[span.start].append(index)
            ending[span.end].append(index)
    edges = sorted({0, length, *cuts, *starting, *ending})
    segments = []
    covering: set[int] = set()
    for start, end in pairwise(edges):
        covering.difference_update(ending[start])
        covering.update(starting[start])
        segments.append(Segment(start, end, tuple(sorted(covering))))
    return segments


def blocks(text: str, parts: Sequence[Part], marks: Sequence[Annotation]) -> list[Block]:
    """The page as paragraphs of flat pieces, whose texts joined are ``text``.

    White space between paragraphs belongs to the one before. A piece's ``marks`` and ``stops`` are indices
    into ``marks``.
    """
    kinds = {part.start: part.kind for part in parts}
    first = min(kinds, default=0)
    kinds[0] = kinds.pop(first, "body")
    drawn = [(index, role, span) for index, mark in enumerate(marks) for role, span in _drawn(mark)]
    stops = defaultdict(list)
    for index, mark in enumerate(marks):
        stops[_stop(mark)].append(index)

    found: list[tuple[str, list[Piece]]] = []
    for start, end, covering in flatten(len(text), [span for _, _, span in drawn], kinds):
        on = [drawn[n] for n in covering]
        if start in kinds:
            found.append((kinds[start], []))
        indices = sorted({index for index, _, _ in on}, key=lambda i: (_size(marks[i]), i))
        contents = [span for _, role, span in on if role == "content"]
        classes = {f"btl-{role}" for _, role, _ in on}
        classes |= {"btl-deep"} if len(contents) > 1 else set()
        classes |= {"btl-begins"} if any(span.start == start for span in contents) else set()
        classes |= {"btl-ends"} if any(span.end == end for span in contents) else set()
        here = tuple(index for index in stops[start] if index in indices)
        found[-1][1].append(Piece(text[start:end], tuple(sorted(classes)), tuple(indices), here))
    return [Block(kind, tuple(pieces)) for kind, pieces in found]


def _drawn(mark: Annotation) -> list[tuple[str, Span]]:
    """The spans of a mark and how each is drawn: the parts of an attribution, the whole of any other."""
    drawn = find_layer(mark.layer).drawn()
    if drawn == (mark.layer,):
        return [(mark.layer, mark.span)]
    parts = [(role, span) for role in drawn for span in mark.parts.get(role, ()) if span.start < span.end]
    return parts or [("content", mark.span)]


def _stop(mark: Annotation) -> int:
    """Where the keyboard stops for a mark."""
    drawn = _drawn(mark)
    return min([span.start for role, span in drawn if role == "cue"] or [span.start for _, span in drawn])


def _size(mark: Annotation) -> int:
    return mark.span.end - mark.span.start


def summary(reading: Reading) -> str:
    """How many marks of each layer a reading has, in words.

    >>> from kit.text.article import read_text
    >>> summary(Reading(read_text("It may rain."), "me", (Annotation("hedge", "modal", Span(3, 6)),)))
    '0 attributions, 1 hedge, 0 framing words'
    """
    if not reading.annotations:
        return "no marks"
    return ", ".join(plural(len(reading.layer(layer.name)), layer.kind) for layer in layers())


def to_html(reading: Reading, *, only: Sequence[str] | None = None) -> Markup:
    """A reading as static HTML, a self-contained fragment: the marked text, and a table of all marks.

    Without scripts; every character of the text is escaped. Marks carry what they are as a tooltip.
    """
    visible = layer_names() if only is None else only
    return static(Markup("").join(marked(reading.only(visible))), classes=layers_shown(visible))


def to_page(reading: Reading) -> Markup:
    """`to_html` as a whole page, for a file of its own."""
    body = section(Markup("").join(marked(reading)), layers_shown(layer_names()))
    return whole_page(reading.article.title, body, style=theme())


def marked(reading: Reading) -> tuple[Markup, Markup]:
    """A reading as HTML in two parts: the text with its marks, under a legend; and the table of all marks."""
    article = reading.article
    cards = [card(mark, article.text) for mark in reading.annotations]
    drawn = blocks(article.text, article.parts, reading.annotations)
    body = Markup("\n").join(_block_html(block, cards) for block in drawn)
    text = Markup('{}{}<div class="btl-page">\n{}\n</div>\n')
    return text.format(_notes_html(reading.notes), _legend_html(reading), body), _table_html(reading, cards)


def layers_shown(visible: Sequence[str]) -> str:
    """The classes by which the marks of these layers are seen."""
    return " ".join(["btl", *(f"btl-show-{name}" for name in visible)])


def drawn_marks(pieces: Iterable[Mapping[str, Any]], layer: str, marks: Iterable[Mapping[str, Any]]) -> Markup:
    """A paragraph with a student's marks, as static HTML; both as the traits of a `kit.widgets.marker.Marker` are.

    >>> pieces = [{"text": "It", "word": 0}, {"text": " ", "word": -1}, {"text": "may", "word": 1}]
    >>> print(drawn_marks(pieces, "hedge", [{"first": 1, "last": 1, "label": "modal", "sure": False}]))
    It <mark class="btl-hedge" title="modal, not sure">may</mark> <small>[modal, not sure]</small>
    """
    some, drawn = list(marks), Markup("")
    for piece in pieces:
        word, text = piece["word"], escape(piece["text"])
        on = [mark for mark in some if mark["first"] <= word <= mark["last"]]
        told = "; ".join(called_label(mark["label"]) + ("" if mark["sure"] else ", not sure") for mark in on)
        role = next((role for role in find_layer(layer).drawn() if role in {mark["label"] for mark in on}), "")
        role = role or ("cue" if find_layer(layer).parts else layer)
        drawn += Markup('<mark class="btl-{}" title="{}">{}</mark>').format(role, told, text) if on else text
        if any(mark["last"] == word for mark in on) and told:
            drawn += Markup(" <small>[{}]</small>").format(told)
    return drawn


def _notes_html(notes: Iterable[str]) -> Markup:
    """What to know of a text before trusting the marks in it."""
    return Markup("").join(Markup('<p class="btl-unfit">{}</p>\n').format(note) for note in notes)


def _legend_html(reading: Reading) -> Markup:
    """What the marks of each layer look like."""
    if not reading.annotations:
        return Markup("")
    sample = Markup('<mark class="btl-{}">{}</mark>')
    shown = []
    for layer in layers():
        if reading.layer(layer.name):
            samples = Markup(" ").join(sample.format(role, called_label(role)) for role in layer.drawn())
            shown.append(Markup('{} <span class="btl-sample">{}</span>').format(layer.question, samples))
    return Markup('<p class="btl-legend">{}</p>\n').format(Markup(" ").join(shown))


def _table_html(reading: Reading, cards: Sequence[Card]) -> Markup:
    """All marks with their reasons."""
    if not cards:
        return Markup("")
    names = ("No.", "What", "Words", "Whose words", "Why")
    head = Markup("").join(Markup("<th>{}</th>").format(name) for name in names)
    rows = Markup("\n").join(_row_html(number, item) for number, item in enumerate(cards, 1))
    table = Markup("<table><thead><tr>{}</tr></thead><tbody>\n{}\n</tbody></table>").format(head, rows)
    whole = Markup("<details><summary>All marks with their reasons: {}</summary>\n{}</details>\n")
    return whole.format(summary(reading), scrolling(table, "All marks"))


def _block_html(block: Block, cards: Sequence[Card]) -> Markup:
    note = Markup('<span class="btl-note">{}</span> ').format(NOTES[block.kind]) if block.kind in NOTES else ""
    pieces = Markup("").join(_piece_html(piece, cards) for piece in block.pieces)
    return Markup('<p class="btl-{}">{}{}</p>').format(block.kind, note, pieces)


def _piece_html(piece: Piece, cards: Sequence[Card]) -> Markup:
    if not piece.marks:
        return escape(piece.text)
    told = "\n".join(f"{item.kind} “{item.words}”: {item.label}" for item in map(cards.__getitem__, piece.marks))
    return Markup('<mark class="{}" title="{}">{}</mark>').format(" ".join(piece.classes), told, piece.text)


def _row_html(number: int, item: Card) -> Markup:
    why = dict(item.rows).get("Why", "")
    cells = (number, f"{item.kind}: {item.label}", item.words, item.voice, why)
    return Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells))
