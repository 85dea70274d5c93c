"""The Reader: an article as a reader wants to see it, with the marks of a reading to look into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import traitlets
from markupsafe import Markup

from kit.errors import KitError
from kit.files import replace_surrogates
from kit.readings.labels import Layer, called_label, find_layer, layer_names
from kit.readings.labels import layers as all_layers
from kit.readings.reading import Reading
from kit.render.cards import card
from kit.render.glossary import all_terms
from kit.render.marked_text import NOTES, Block, blocks, summary, to_html
from kit.text.article import Article, as_article
from kit.widgets.assets import script, style
from kit.widgets.base import Widget
from kit.wording import plural, with_article


class Reader(Widget):
    """A reading on its article. Its traits are its whole state: a click sets them, and so can Python.

    ``layers``: the layers that are visible, a list of names. ``selected``: the mark whose card is open, an index into
    ``reading.annotations``, or -1. The others follow from the reading: ``notes`` say what to know before trusting its
    marks, ``blocks`` are the page, ``marks`` the cards, ``glossary`` what there is to say about their terms,
    ``switches`` the layers with their counts.
    """

    _esm = script("reader")
    _css = style("reader")

    title = traitlets.Unicode(read_only=True).tag(sync=True)
    notes = traitlets.List(traitlets.Unicode(), read_only=True).tag(sync=True)
    blocks = traitlets.List(traitlets.Dict(), read_only=True).tag(sync=True)
    marks = traitlets.List(traitlets.Dict(), read_only=True).tag(sync=True)
    glossary = traitlets.Dict(read_only=True).tag(sync=True)
    switches = traitlets.List(traitlets.Dict(), read_only=True).tag(sync=True)
    layers = traitlets.List(traitlets.Unicode()).tag(sync=True)
    selected = traitlets.Int(-1).tag(sync=True)

    def __init__(self, reading: Reading, *, layers: Sequence[str] | None = None) -> None:
        super().__init__()
        self._css = style("reader")  # with the layers that are there now: one may have been added
        article, marks = reading.article, reading.annotations
        self.reading = reading
        self.set_trait("title", _plain(article.title))
        self.set_trait("notes", list(reading.notes))
        self.set_trait("blocks", [_block(block) for block in blocks(article.text, article.parts, marks)])
        cards = [card(mark, article.text) for mark in marks]
        self.set_trait("marks", [_plain(asdict(shown)) for shown in cards])
        named = {term for shown in cards for term in shown.terms.values()}
        self.set_trait("glossary", {term.term: term.told() for term in all_terms() if term.term in named})
        self.set_trait("switches", [_switch(layer, reading) for layer in all_layers() if marks])
        self.layers = list(layer_names() if layers is None else layers)

    @traitlets.validate("layers")
    def _known_layers(self, proposal: Any) -> list[str]:
        for name in proposal["value"]:
            find_layer(name)
        return [name for name in layer_names() if name in proposal["value"]]

    @traitlets.validate("selected")
    def _known_mark(self, proposal: Any) -> int:
        index = int(proposal["value"])
        if not -1 <= index < len(self.marks):
            raise KitError(f"There is no mark {index}. This reading has {len(self.marks)}, counted from 0.")
        return index

    def __repr__(self) -> str:
        """The same for the same reading, so that nbval can compare it."""
        return f"Reader({self.reading.article.id!r}: {summary(self.reading)})"

    def _without_scripts(self) -> Markup:
        return to_html(self.reading, only=self.layers)


def show(x: Reading | Article | str, *, layers: Sequence[str] | None = None) -> Reader:
    """Show a reading on its article; an article or a string is shown as it is, without marks.

    ``layers``: those visible at first, all if None; the others can be switched on. Raises `KitError` for anything else
    than a reading, an article or a string, and for a layer that does not exist.

    >>> show("It may rain.")
    Reader('text-b213e54d6dcf': no marks)
    """
    given: object = x  # students' cells are not type-checked
    if isinstance(given, Article | str):
        given = Reading(as_article(given), reader="")
    if not isinstance(given, Reading):
        raise KitError(
            f"show() takes a reading or an article, not {with_article(type(given).__name__)}. "
            "Make a reading first: kit.show(kit.annotate(article))."
        )
    if isinstance(layers, str):
        raise KitError(f'show() takes a list of layers: layers=["{layers}"].')
    return Reader(given, layers=layers)


def _block(block: Block) -> dict[str, Any]:
    pieces = [piece._asdict() for piece in block.pieces]
    return {"kind": block.kind, "note": NOTES.get(block.kind, ""), "pieces": _plain(pieces)}


def _switch(layer: Layer, reading: Reading) -> dict[str, Any]:
    name = plural(len(reading.layer(layer.name)), layer.kind)
    samples = {role: called_label(role) for role in layer.drawn()}
    return {"layer": layer.name, "question": layer.question, "name": name, "samples": samples}


def _plain(value: Any) -> Any:
    """Plain data that any browser takes: lists for tuples, and no halves of characters."""
    if isinstance(value, str):
        return replace_surrogates(value)
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
