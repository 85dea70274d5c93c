"""A layer that the kit does not bring: invented here, in one place, and found wherever a reading is used."""

import json
import re

import jsonschema
import pytest

import kit
from kit.analysis.registry import analysers, register, unregister
from kit.cli import main
from kit.errors import KitError
from kit.readings.labels import Label, Layer, find_layer, layer_names
from kit.readings.reading import Annotation, Reading
from kit.render.cards import card
from kit.render.marked_text import to_page
from kit.resources import PACKAGE
from kit.text.article import read_text
from kit.text.spans import Span
from kit.widgets.marker import Marker
from kit.widgets.reader import Reader

NUMBER = Layer(
    name="number",
    kind="written number",
    question="How many?",
    task="Mark each number that is written as a word.",
    absent="By this reading nothing is counted here.",
    labels=(Label(name="small", means="up to twelve"),),
    colours=("#1d6a35", "#8ed6a2"),
    chart="#3a9a5a",
    style=" border-block-end: 3px double var(--number); ",
)


def find_numbers(article, sentences):
    for token in (token for sentence in sentences for token in sentence.tokens):
        if token.lower in ("two", "seven"):
            yield Annotation("number", "small", Span(token.start, token.end), "A number in a word.", "rule/number")


TEXT = "Seven boats may sail, the harbour office said. Two stayed."


@pytest.fixture
def reading():
    register(NUMBER, find_numbers)
    yield kit.annotate(TEXT)
    unregister("number")


def words(reading, layer="number"):
    return [mark.span.of(reading.article.text) for mark in reading.layer(layer)]


def test_annotate_finds_it_and_gives_it_voices(reading):
    assert words(reading) == ["Seven", "Two"]
    assert [mark.voice for mark in reading.layer("number")] == ["harbour office", "reporter"]
    assert words(reading, "hedge") == ["may"]


def test_the_reader_has_a_switch_and_a_style_for_it(reading):
    reader = Reader(reading)
    assert reader.layers == ["attribution", "hedge", "framing", "number"]
    switch = reader.switches[-1]
    assert (switch["question"], switch["name"]) == ("How many?", "2 written numbers")
    assert ".btl-show-number .btl-number { border-block-end: 3px double var(--number); }" in reader._css
    assert "--number: light-dark(#1d6a35, #8ed6a2)" in reader._css
    assert "btl-number" in {name for block in reader.blocks for piece in block["pieces"] for name in piece["classes"]}


def test_cards_pages_and_tables_show_it(reading):
    shown = card(reading.layer("number")[0], TEXT)
    assert (shown.kind, shown.label, dict(shown.rows)["Why"]) == (
        "written number",
        "up to twelve",
        "A number in a word.",
    )
    assert re.search(r'<mark class="[^"]*btl-number[^"]*"', to_page(reading))
    assert kit.report(reading)["number"].records()[0] == {
        "whose": "harbour office",
        "what it is": "up to twelve",
        "words": "Seven",
    }
    assert "written number" in repr(Reader(reading))


def test_files_hold_it(reading, tmp_path):
    schema = json.loads((PACKAGE / "readings" / "reading.schema.json").read_text("utf-8"))
    jsonschema.validate(reading.to_dict(), schema)
    reading.save(tmp_path / "reading.json")
    again = Reading.load(tmp_path / "reading.json", reading.article)
    assert again.layer("number") == reading.layer("number")


def test_the_command_line_takes_it(reading, tmp_path, capsys):
    (tmp_path / "boats.txt").write_text(TEXT, "utf-8")
    assert main(["annotate", str(tmp_path / "boats.txt"), "--layer", "number"]) == 0
    said = capsys.readouterr().out
    assert "How many?" in said
    assert "Seven" in said
    assert "How sure?" not in said


def test_students_mark_it_and_readings_are_compared(reading, tmp_path, monkeypatch):
    monkeypatch.setenv("BTL_ANSWERS", str(tmp_path))
    marker = Marker("x/numbers", TEXT, layer="number")
    assert (marker.task, [choice["label"] for choice in marker.choices]) == (NUMBER.task, ["small"])
    mine = Reading(reading.article, "me", reading.layer("number")[:1])
    compared = kit.compare(mine, reading, labels=["small"])
    assert (len(compared.matched), len(compared.missed), len(compared.extra)) == (1, 1, 0)


def test_afterwards_it_is_gone():
    assert layer_names() == ("attribution", "hedge", "framing")
    with pytest.raises(KitError, match="There is no layer 'number'"):
        find_layer("number")
    assert "number" not in analysers()


def test_one_layer_does_no_work_for_the_others(monkeypatch):
    def refuse(*_):
        raise AssertionError("not asked for")

    monkeypatch.setattr("kit.analysis.framing.find.find_framing", refuse)
    assert [mark.label for mark in kit.hedges("It may rain.")] == ["modal"]
    monkeypatch.setattr("kit.analysis.hedging.find.find_hedges", refuse)
    assert len(kit.attributions(TEXT)) == 1


def test_sentences_are_found_once(monkeypatch):
    reading = kit.annotate(read_text(TEXT))
    monkeypatch.setattr("kit.readings.reading.sentences", lambda article: pytest.fail("found again"))
    assert len(reading.sentences) == 2
    assert kit.report(reading.only(["hedge"]))


def test_an_unknown_reader_is_named():
    with pytest.raises(KitError, match="no reader"):
        kit.annotate(TEXT, reader="oracle")
