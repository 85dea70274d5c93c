"""What the widgets of a lesson show before anybody has touched them, held against the texts that their cells name.

What is expected is made here, from articles and readings; the widgets have no part in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from types import SimpleNamespace
from typing import Any, NamedTuple
from unittest.mock import MagicMock, patch

import kit
from e2e.student import kind_of, shown
from kit.course.rewriting import NO_CHANGE, article_of
from kit.readings.labels import find_layer, layer_names
from kit.readings.reading import PARTS, Annotation, Reading
from kit.render.cards import headword
from kit.render.marked_text import NOTES
from kit.text.article import Article, as_article
from kit.text.layout import Part
from kit.text.spans import Span
from kit.text.tokens import READ
from kit.text.words import words_of
from kit.wording import one_line, short

FOR_PROGRAMS = re.compile(r"\b(undefined|null|NaN)\b|\[object")
TOLD_ONCE = ("boilerplate", "boilerplate")  # in a row of these paragraphs the note stands above the first
# The visible paragraphs, each as a `Paragraph`.
PARAGRAPHS = """(paragraphs) => paragraphs.filter((one) => one.checkVisibility()).map((paragraph) => {
    const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const pieces = [];
    while (texts.nextNode()) {
        const { parentElement: parent, data } = texts.currentNode;
        const [classes, name] = parent === paragraph ? [[], null] : [[...parent.classList], parent.ariaLabel];
        if (parent.checkVisibility()) pieces.push([data, classes, name]);
    }
    return [paragraph.className.replace("btl-", ""), pieces];
})"""


class Paragraph(NamedTuple):
    """A paragraph on the page: its kind, and its pieces, each with its text, its classes and its aria-label, if any."""

    kind: str
    pieces: list[tuple[str, list[str], str | None]]

    def text(self) -> str:
        return one_line("".join(text for text, classes, _ in self.pieces if "btl-note" not in classes))

    def runs(self, look: str) -> list[str]:
        """The texts that look so ("cue", "hedge", "note", ...), each from where it begins to where it ends."""
        groups = groupby(self.pieces, key=lambda piece: f"btl-{look}" in piece[1])
        return [one_line("".join(text for text, *_ in group)) for looks_so, group in groups if looks_so]


def paragraphs_of(widget: Any, selector: str) -> list[Paragraph]:
    return [Paragraph(*one) for one in widget.locator(selector).evaluate_all(PARAGRAPHS)]


def covered(text: str, place: Span, spans: Iterable[Span]) -> list[str]:
    """What spans cover of the paragraph at this place: the texts, each from where it begins to where it ends."""
    inside = {at for span in spans for at in range(*span)}
    groups = groupby(range(*place), key=inside.__contains__)
    return [one_line("".join(text[at] for at in group)) for is_inside, group in groups if is_inside]


Made = tuple[str, tuple[Any, ...], dict[str, Any]]


def made_by(cells: Iterable[dict[str, Any]], own: Article | None) -> Iterator[Made]:
    """The widgets that the cells of a lesson make: the kind of each, and what it is given. None is made here.

    ``own``: the article that the student pastes; None: they go on with the examples.
    """
    made = []

    def noting(kind: str) -> Any:
        def note(*given: Any, **options: Any) -> Any:
            made.append((kind, given, options))
            return SimpleNamespace(article=own or kit.load(options["example"])) if kind == "paste" else None

        return note

    noted = {"show": "reader", "Marker": "marker", "Rewriter": "rewriter", "Paste": "paste"}
    others = ("Quiz", "report", "chart", "compare", "progress", "hand_in", "HandIn")
    names: dict[str, Any] = {}
    instead = dict.fromkeys(others, MagicMock()) | {name: noting(kind) for name, kind in noted.items()}
    with patch.multiple(kit, **instead):
        for cell in cells:
            if cell["cell_type"] == "code":
                exec(cell["source"], names)
    return iter(made)


class FirstLook:
    """What the widgets of a lesson show before anybody has touched them, looked at in their order."""

    def __init__(self, cells: Iterable[dict[str, Any]], own: Article | None = None) -> None:
        self._made = made_by(cells, own)

    def check(self, widget: Any) -> None:
        """The next widget shows what it should, and nothing that only a program understands."""
        assert widget.bounding_box()["height"] > 0, shown(widget)
        assert not FOR_PROGRAMS.search(shown(widget)), shown(widget)
        checks = {"reader": check_reader, "marker": check_marker, "rewriter": check_rewriter, "paste": check_paste}
        kind = kind_of(widget)
        if kind in checks:
            made, given, options = next(self._made)
            assert made == kind
            checks[kind](widget, *given, **options)


def check_reader(reader: Any, x: Reading | Article | str, *, layers: Sequence[str] = layer_names()) -> None:
    """The whole text, with a note where it is not the article's; each mark on its words; the switches."""
    reading = x if isinstance(x, Reading) else Reading(as_article(x), "")
    text, parts = reading.article.text, reading.article.parts
    places = [Span(*place) for place in pairwise([*(part.start for part in parts), len(text)])]
    drawn = paragraphs_of(reader, ".btl-page > *")
    expected = [(part.kind, one_line(place.of(text))) for part, place in zip(parts, places, strict=True)]
    assert [(one.kind, one.text()) for one in drawn] == expected
    noted = [
        kind
        for before, kind in pairwise(["", *(part.kind for part in parts)])
        if kind in NOTES and (before, kind) != TOLD_ONCE
    ]
    assert [note for one in drawn for note in one.runs("note")] == [NOTES[kind] for kind in noted]
    spans = {layer: [mark.span for mark in reading.layer(layer)] for layer in ("hedge", "framing")}
    for role in PARTS:
        spans[role] = [span for mark in reading.layer("attribution") for span in mark.parts.get(role, ())]
    for look, some in spans.items():
        assert [one.runs(look) for one in drawn] == [covered(text, place, some) for place in places], look
    check_names(drawn, text, [mark for mark in reading.annotations if mark.layer in layers])
    marked = layer_names() if reading.annotations else ()
    counts = [int(count.split()[0]) for count in reader.locator(".btl-count").all_text_contents()]
    assert counts == [len(reading.layer(layer)) for layer in marked]
    pressed = reader.locator("[aria-pressed=true]").evaluate_all("nodes => nodes.map((node) => node.dataset.layer)")
    assert pressed == [layer for layer in marked if layer in layers]


def check_names(drawn: list[Paragraph], text: str, marks: list[Annotation]) -> None:
    """A screen reader finds each visible mark, called by its words, where its cue begins, or else the mark."""
    starting: dict[int, list[str]] = {}
    for mark in marks:
        start = min((cue.start for cue in mark.parts.get("cue", ())), default=mark.span.start)
        starting.setdefault(start, []).append(f"{short(headword(mark, text))}, {find_layer(mark.layer).kind}")
    named = [(name, words) for one in drawn for words, _, name in one.pieces if name]
    assert [name for name, _ in named] == ["; ".join(starting[start]) for start in sorted(starting)]
    assert all(text.startswith(words, start) for (_, words), start in zip(named, sorted(starting), strict=True))


def parts_of(article: Article, paragraphs: tuple[int, int] | None) -> list[Part]:
    """What an exercise is about: headline and body, or some paragraphs of the body, counted from 1."""
    if paragraphs is None:
        return [part for part in article.parts if part.kind in READ]
    return [part for part in article.parts if part.kind == "body"][paragraphs[0] - 1 : paragraphs[1]]


def check_marker(
    marker: Any, _: str, x: Article | str, *, paragraphs: tuple[int, int] | None = None, **options: Any
) -> None:
    """The text that is asked about, word by word; nothing is marked, and nobody else's reading is there yet."""
    text, parts = as_article(x).text, parts_of(as_article(x), paragraphs)
    drawn = [(one.kind, one.text()) for one in paragraphs_of(marker, ".btl-page > *")]
    assert drawn == [(part.kind, one_line(text[part.start : part.end])) for part in parts]
    offered = [
        text[word.start : word.end] for word in words_of(as_article(x)) if as_article(x).parts[word.part] in parts
    ]
    assert marker.locator(".btl-word").all_text_contents() == offered
    assert marker.locator(".btl-run, .btl-notes, .btl-quote").count() == 0
    assert marker.locator(".btl-reveal").is_hidden()
    assert marker.locator(".btl-place, .btl-sum").count() == 0
    assert "You have marked nothing yet." in shown(marker)


def check_rewriter(desk: Any, _: str, x: Article | str, *, paragraphs: tuple[int, int] | None = None) -> None:
    """The report, and a version that is still the same; in both the kit's framing words; no change."""
    texts = [as_article(x).text[part.start : part.end] for part in parts_of(as_article(x), paragraphs)]
    report = article_of(texts)
    marked = [mark.span for mark in kit.annotate(report).layer("framing")]
    expected = [covered(report.text, Span(part.start, part.end), marked) for part in report.parts]
    for column in ("p.btl-page", ".btl-copy"):
        drawn = paragraphs_of(desk, column)
        assert [one.text() for one in drawn] == [one_line(text) for text in texts], column
        assert [one.runs("framing") for one in drawn] == expected, column
    assert [field.input_value() for field in desk.get_by_role("textbox").all()] == texts
    assert desk.locator(".btl-new").count() == 0
    assert desk.locator(".btl-changes li").all_text_contents() == [NO_CHANGE]


def check_paste(paste: Any, _: str, *, example: str) -> None:
    """An empty field, and the example that stands in for what is to come."""
    assert paste.get_by_label("Paste an article here").input_value() == ""
    assert f"you work with our example: “{kit.load(example).title}”" in shown(paste)
    assert paste.locator("button:visible").all_text_contents() == ["Use this text"]
