"""Marks drawn on a text: nothing lost, nothing doubled, nothing that a browser would run."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from kit.readings.labels import layer_names
from kit.readings.reading import PARTS, Annotation, Reading
from kit.render.marked_text import Piece, blocks, flatten, to_html, to_page
from kit.text.article import read_text
from kit.text.spans import Span

# An emoji and a flag (two UTF-16 units a character), an accent, right-to-left marks, what HTML gives a meaning.
ALPHABET = "ab <>&\"'\n\r\t😀🇩🇪\u0301\u200fש“”"
ALLOWED = {"style", "section", "p", "span", "mark", "div", "details", "summary"}
ALLOWED |= {"table", "thead", "tbody", "tr", "th", "td"}
texts = st.text(ALPHABET, max_size=60)


@st.composite
def readings(draw):
    """Any marks on any text, however they overlap."""
    article = read_text(draw(texts))
    offsets = st.integers(0, len(article.text))
    spans = st.tuples(offsets, offsets).map(lambda pair: Span(*sorted(pair)))
    marks = st.builds(
        Annotation,
        layer=st.sampled_from(layer_names()),
        label=st.just("modal"),
        span=spans,
        why=texts,
        voice=st.sampled_from(("reporter", "<b>Ana</b>")),
        parts=st.dictionaries(st.sampled_from(PARTS), st.lists(spans, max_size=2).map(tuple), max_size=3),
    )
    return Reading(article, "me", tuple(draw(st.lists(marks, max_size=6))))


def covered(mark):
    """The offsets that a mark is drawn on."""
    parts = [span for role in PARTS for span in mark.parts.get(role, ()) if span.start < span.end]
    spans = parts if mark.layer == "attribution" and parts else [mark.span]
    return {offset for span in spans for offset in range(*span)}


def placed(reading):
    """Each piece of the page with the offset where it starts."""
    start = 0
    for block in blocks(reading.article.text, reading.article.parts, reading.annotations):
        for piece in block.pieces:
            yield start, piece
            start += len(piece.text)


@given(st.integers(0, 30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8))
def test_segments_cover_every_offset_once(length, pairs):
    spans = [Span(*sorted((min(a, length), min(b, length)))) for a, b in pairs]
    segments = flatten(length, spans)
    assert [offset for segment in segments for offset in range(segment.start, segment.end)] == list(range(length))
    for segment in segments:
        for offset in range(segment.start, segment.end):
            assert segment.spans == tuple(n for n, span in enumerate(spans) if span.start <= offset < span.end)


@given(readings())
def test_the_pieces_are_the_text_and_each_mark_lies_where_it_should(reading):
    text = reading.article.text
    pieces = list(placed(reading))
    assert "".join(piece.text for _, piece in pieces) == text
    assert all(piece.text == text[start : start + len(piece.text)] != "" for start, piece in pieces)
    for index, mark in enumerate(reading.annotations):
        on = {start + n for start, piece in pieces if index in piece.marks for n in range(len(piece.text))}
        assert on == covered(mark)


@given(readings())
def test_the_keyboard_reaches_each_mark_once_on_a_piece_of_it(reading):
    stops = [(mark, piece) for _, piece in placed(reading) for mark in piece.stops]
    assert sorted(mark for mark, _ in stops) == [n for n, mark in enumerate(reading.annotations) if covered(mark)]
    assert all(mark in piece.marks for mark, piece in stops)


class Parsed(HTMLParser):
    """The text of the page, and all tags and attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.text, self.inside = set(), set(), "", []
        self.feed(str(html))  # Markup would escape what is added to it
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        if tag not in ("meta",):
            self.inside.append((tag, dict(attributes).get("class", "")))

    def handle_endtag(self, tag):
        assert self.inside.pop()[0] == tag

    def handle_data(self, data):
        classes = [name for _, name in self.inside]
        if "btl-page" in classes and "btl-note" not in classes and self.inside[-1][1] != "btl-page":
            self.text += data


@given(readings())
def test_static_html_is_the_text_and_cannot_run_anything(reading):
    parsed = Parsed(to_html(reading))
    assert parsed.inside == []
    assert parsed.attributes <= {"class", "title", "lang", "role", "tabindex", "aria-label"}
    assert parsed.tags <= ALLOWED
    notes_apart = re.sub(r"\s+", "", parsed.text)  # a note is followed by a space
    assert notes_apart == re.sub(r"\s+", "", reading.article.text)


def test_a_script_in_an_article_stays_text():
    attack = '<script>alert(1)</script> & "quoted" it may.'
    mark = Annotation("hedge", "modal", Span(0, 25), why="</td><script>alert(2)</script>", voice="<img src=x>")
    html = to_page(Reading(read_text(attack, title="</title><script>"), "me", (mark,)))
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_lone_surrogate_does_not_stop_the_page():
    html = to_page(Reading(read_text("It may \ud83d rain."), "me", (Annotation("hedge", "modal", Span(3, 8)),)))
    assert "\ufffd" in html
    html.encode("utf-8")


def test_marks_of_hidden_layers_are_not_in_the_page():
    marks = (Annotation("hedge", "modal", Span(3, 6)), Annotation("framing", "loaded", Span(7, 11)))
    html = to_html(Reading(read_text("It may rain."), "me", marks), only=["framing"])
    assert "btl-hedge" not in html.partition("</style>")[2]
    assert '<mark class="btl-framing" title="framing word “rain”: a word that carries a judgement">rain</mark>' in html


def test_a_nested_attribution_looks_nested():
    text = "Ana says Ben believes it rains."
    outer = Annotation("attribution", "indirect", Span(0, 30), parts={"cue": (Span(4, 8),), "content": (Span(9, 30),)})
    inner = Annotation(
        "attribution", "indirect", Span(9, 30), parts={"cue": (Span(13, 21),), "content": (Span(22, 30),)}
    )
    (block,) = blocks(text, (), (outer, inner))
    by_text = {piece.text: piece for piece in block.pieces}
    assert by_text["it rains"] == Piece("it rains", ("btl-begins", "btl-content", "btl-deep", "btl-ends"), (1, 0))
    assert by_text["believes"] == Piece("believes", ("btl-content", "btl-cue"), (1, 0), (1,))


def test_paragraphs_keep_the_kind_of_their_part():
    text = "  Storm nears\n\nA pier in Port Vorn. Ana Lima/AFP/dpa\n\nIt rains."
    found = blocks(text, read_text(text).parts, ())
    assert [(block.kind, "".join(piece.text for piece in block.pieces)) for block in found] == [
        ("headline", "  Storm nears\n\n"),
        ("caption", "A pier in Port Vorn. "),
        ("credit", "Ana Lima/AFP/dpa\n\n"),
        ("body", "It rains."),
    ]
