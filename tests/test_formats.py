"""Import and export: what a format holds comes back the same, on any text; what is wrong is said with its place."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.comparing.comparison import compare
from kit.errors import KitError
from kit.formats import brat, conll, csv_marks, web_annotation
from kit.formats.table import FORMATS, read_reading
from kit.readings.labels import layers
from kit.readings.reading import Annotation, Reading
from kit.sources.load import load
from kit.text.article import read_text
from kit.text.spans import Span
from kit.version import READER, STRONG_READER

TEXT = "Rain 🌧 may come, the mayor said.\nIt is 'late'."
ARTICLE = read_text(TEXT)
PIECES = st.sampled_from(
    ["Rain", " may ", "come", "🌧", "é", ".", "\n", "\t", '"', "’s", " =1+2", "a\u2028b", "\r\n", ";"]
)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@st.composite
def readings(draw):
    """A reading with all that a mark can hold, on a text with everything that is hard to count."""
    text = "It " + "".join(draw(st.lists(PIECES, min_size=1, max_size=12))) + " ends."
    cut = draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=12, unique=True))
    cut.sort()
    places = [Span(*pair) for pair in pairwise(cut) if text[slice(*pair)].strip("\r\n")]
    places = [trimmed(place, text) for place in places]
    marks = []
    for place in places:
        layer = draw(st.sampled_from(layers()))
        label = draw(st.sampled_from([label.name for label in (*layer.labels, *layer.choices)]))
        parts = {}
        if layer.parts:
            names = draw(st.lists(st.sampled_from(["source", "cue", "content", "basis"]), unique=True))
            parts = {name: (draw(st.sampled_from(places)),) for name in names}
        mark = Annotation(layer.name, label, place, draw(WORDS), draw(WORDS), draw(WORDS) or "reporter", parts)
        more = draw(st.dictionaries(st.sampled_from(["speaker", "stance"]), WORDS))
        marks.append(replace(mark, details=more, confidence=draw(st.sampled_from([0.25, 0.5, 1.0]))))
    return Reading(read_text(text), "ada", tuple(marks))


def trimmed(place, text):
    """Without line breaks at its ends, which brat doesn't know."""
    words = place.of(text)
    start = place.start + len(words) - len(words.lstrip("\r\n"))
    return Span(start, start + len(words.strip("\r\n")))


def again(form, reading):
    return form.read(form.write(reading), reading.article, reader="ada", where="ada")


@settings(max_examples=50)
@given(readings())
def test_what_a_format_holds_comes_back(reading):
    assert again(web_annotation, reading) == reading
    assert again(csv_marks, reading) == reading
    one_line = [replace(mark, why=brat.BREAK.sub(" ", mark.why)) for mark in reading.annotations]
    assert again(brat, reading) == replace(reading, annotations=tuple(one_line))
    assert conll.write(again(conll, reading)) == conll.write(reading)


@pytest.mark.parametrize("name", FORMATS)
def test_the_story_goes_out_and_comes_back(name, tmp_path):
    story = load("blinken")
    careful = Reading.load("blinken", story)
    path = tmp_path / f"x{FORMATS[name].endings[0]}"
    path.write_bytes(FORMATS[name].write(careful).encode())
    back = read_reading(path, story)
    for labels in (["cue"], ["modal", "epistemic", "approximator"], ["loaded", "metaphor"]):
        compared = compare(careful, back, labels=labels)
        assert compared.f1 == 1 or (name == "conll" and compared.f1 > 0.97), labels  # marks within marks
    if name != "conll":
        assert len(back.annotations) == len(careful.annotations)


# ------------------------------------------------------------------------------------------ as others write them


def test_offsets_in_brat_are_code_points():
    mark = Annotation("hedge", "modal", Span(7, 10))
    assert brat.write(Reading(ARTICLE, "ada", (mark,))) == "T1\thedge-modal 7 10\tmay\n"


def test_a_place_over_a_line_is_written_in_pieces_to_brat():
    mark = Annotation("attribution", "indirect", Span(7, 38))
    assert brat.write(Reading(ARTICLE, "ada", (mark,))).startswith("T1\tattribution-indirect 7 32;33 38\tmay")


def test_brats_own_marks_events_and_ties():
    source = (
        "T1\tcue 27 31\tsaid\r\nT2\tsource 17 26\tthe mayor\nR1\tspeaks Arg1:T1 Arg2:T2\n"
        "E1\tSpeech:T1 Who:T2\nA1\tNegation T1\n*\tEquiv T1 T2\nT3\tModal 7 10;11 15\tmay come\n#1\tOther T3\thm\n\n"
    )
    hedge, said = brat.read(source, ARTICLE, reader="ada", where="x").annotations
    assert (hedge.layer, hedge.label, hedge.span) == ("hedge", "modal", Span(7, 15))
    assert said.parts == {"cue": (Span(27, 31),), "source": (Span(17, 26),)}
    assert said.span == Span(17, 31)


@pytest.mark.parametrize(
    ("reader", "kind"), [(READER, "Software"), (STRONG_READER, "Software"), ("ada", "Person"), ("", "Person")]
)
def test_a_web_annotation_says_whether_a_program_or_a_person_read(reader, kind):
    page = json.loads(web_annotation.write(Reading(ARTICLE, reader)))
    assert page["creator"] == {"type": kind, "name": reader}


@pytest.mark.parametrize(
    ("selector", "place"),
    [
        ([{"type": "TextPositionSelector", "start": 7, "end": 10}], (7, 10)),
        (
            [{"type": "TextPositionSelector", "start": 8, "end": 11}, {"type": "TextQuoteSelector", "exact": "may"}],
            (7, 10),
        ),
        (
            [{"type": "TextPositionSelector", "start": 90, "end": 93}, {"type": "TextQuoteSelector", "exact": "may"}],
            None,
        ),
        ({"type": "TextQuoteSelector", "exact": "said"}, (27, 31)),
        ({"type": "TextQuoteSelector", "exact": "may", "prefix": "the ", "suffix": "or"}, (21, 24)),
    ],
    ids=["code points", "UTF-16 units", "two places", "one quotation", "by what is around it"],
)
def test_a_web_annotations_words_decide(selector, place):
    item = {"tags": ["hedge: modal"], "text": "hm", "target": [{"source": "x", "selector": selector}]}
    source = json.dumps({"total": 1, "rows": [item]})
    if place is None:
        with pytest.raises(KitError, match="x, annotation 1: “may” stands more than once"):
            web_annotation.read(source, ARTICLE, reader="ada", where="x")
        return
    (mark,) = web_annotation.read(source, ARTICLE, reader="ada", where="x").annotations
    assert (mark.span, mark.why, mark.label) == (Span(*place), "hm", "modal")


def test_a_table_from_a_spreadsheet_with_semicolons():
    source = "\ufefflabel;start;end;text\r\nmodal;7;10;may\r\ncue;27;31;said\r\n"
    hedge, said = csv_marks.read(source, ARTICLE, reader="ada", where="x").annotations
    assert (hedge.layer, hedge.span, said.parts) == ("hedge", Span(7, 10), {"cue": (Span(27, 31),)})


def test_no_cell_is_a_formula():
    mark = Annotation("hedge", "modal", Span(7, 10), '=HYPERLINK("http://x.example")', voice="@all")
    rows = csv.reader(io.StringIO(csv_marks.write(Reading(ARTICLE, "ada", (mark,))).lstrip("\ufeff")))
    assert [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r") and cell] == []


def test_tokens_and_tags_of_another_program():
    source = (
        "Rain NN O\n🌧 SYM O\nmay MD B-modal\ncome VB I-modal\n, , O\n\n"
        "the DT B-source\nmayor NN E-source\nsaid VBD S-cue\n"
    )
    hedge, who, said = conll.read(source, ARTICLE, reader="ada", where="x").annotations
    assert (hedge.label, hedge.span) == ("modal", Span(7, 15))
    assert (said.parts, who.parts) == ({"cue": (Span(27, 31),)}, {"source": (Span(17, 26),)})


# ------------------------------------------------------------------------------------------ what is wrong is said


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.ann", "T1\thedge-modal 7\tmay", r"a\.ann, line 1: this isn't a mark with its place"),
        ("a.ann", "\nT1\thedge-modal 7 99\tmay", r"line 2: 7 to 99 isn't a place"),
        ("a.ann", "T1\thedge-modal 7 10\tcan", r"line 1: “can” should stand there, but in '.+' it is “may”"),
        ("a.ann", "T1\tChemical 7 10\tmay", r"line 1: the kit has no mark called “Chemical”.*hedge-modal"),
        ("a.ann", "T1\tcue 7 10\tmay\nR1\tsource Arg1:T1 Arg2:T9", "line 2: there is no mark T9"),
        ("a.ann", "R1\tsource T1", "line 1: this isn't a relation"),
        ("a.ann", "T1\tcue 7 10\tmay\n#1\tKit T1\t[", "line 2: a note of the type Kit should be JSON"),
        ("a.ann", 'T1\tcue 7 10\tmay\n#1\tKit T1\t{"details": 3}', "line 1: 'int' object has no"),
        ("a.csv", "label,start\nmodal,7", r"a\.csv, line 1: there is no column end"),
        ("a.csv", "label,start,end\nmodal,7,10\nmodal,x,3", "line 3: “x” below “start” isn't a number"),
        ("a.csv", f"label,start,end\nmodal,{'9' * 5000},9", "line 2: “.{0,60}” below “start” isn't a number"),
        ("a.ann", f"T1\thedge-modal {'9' * 5000} 9\tmay", "line 1: this isn't a mark with its place"),
        ("a.csv", "label,start,end\nmodal,7,", "line 2: 'end' is missing"),
        ("a.csv", "label,start,end\nmodal,7,999", r"line 2: \[7, 999\] isn't a place"),
        ("a.csv", "label,start,end,more\nmodal,7,9,[", "line 2: what stands below “more” should be JSON"),
        ("a.csv", 'label,start,end\n"modal"x,7,9', "line 2: this isn't CSV"),
        ("a.conll", "Rain O\nSnow O", r"a\.conll, line 2: “Snow” doesn't come next"),
        ("a.tsv", "Rain B-chemical", "line 1: the kit has no mark called “chemical”"),
        ("a.bio", "Rain NN", "line 1: “NN” isn't a tag"),
        ("a.json", "{\n{", r"a\.json, line 2: this isn't valid JSON"),
        ("a.json", '{"schema": "reading/9"}', r"its schema is 'reading/9'"),
        ("a.jsonld", "3", "holds no web annotations"),
        ("a.jsonld", "[3]", "annotation 1: this isn't an annotation"),
        ("a.jsonld", '[{"target": {"selector": []}}]', "annotation 1: it has no place in the text"),
        ("a.xmi", "x", "a.xmi: readings end in .json, .ann"),
        ("a.csv", "\0", "is not plain text"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_text(content, "utf-8")
    with pytest.raises(KitError, match=said):
        read_reading(path, ARTICLE)


def test_a_file_without_a_mark_is_a_reading(tmp_path):
    (tmp_path / "ada.ann").touch()
    assert read_reading(tmp_path / "ada.ann", ARTICLE) == Reading(ARTICLE, "ada")
