"""Charts: what is drawn is what the tables say, and is told apart without colour."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kit.errors import KitError
from kit.readings.labels import layers
from kit.readings.reading import Annotation, Reading
from kit.summaries.charts import CHARTS, EMBED, VEGALITE, chart
from kit.summaries.report import report
from kit.text.article import read_text
from kit.text.spans import Span

TEXT = """Ferry late again

Some 40 boats may clearly sink, the harbour office said. "We wait," Ada Brandt said.

Norland's brutal storm hit the pier."""


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def said(label: str, source: str, content: str, speaker: str) -> Annotation:
    whole = Span(at(content).start, at(source).end + len(" said"))
    parts = {"source": (at(source),), "cue": (Span(whole.end - 4, whole.end),), "content": (at(content),)}
    return Annotation("attribution", label, whole, parts=parts, details={"speaker": speaker})


MARKS = (
    said("indirect", "the harbour office", "Some 40 boats may clearly sink", "harbour office"),
    said("direct", "Ada Brandt", "We wait", "Ada Brandt"),
    Annotation("hedge", "approximator", at("Some"), voice="harbour office"),
    Annotation("hedge", "modal", at("may"), voice="harbour office"),
    Annotation("hedge", "booster", at("clearly"), voice="harbour office"),
    Annotation("framing", "loaded", at("brutal")),
)
READING = Reading(read_text(TEXT), "me", MARKS)
NOTHING = Reading(read_text("It rained."), "me")


def drawn(name: str) -> list[dict]:
    spec = chart(READING, name).spec
    return (spec["layer"][-1] if "layer" in spec else spec)["data"]["values"]


def test_shares_of_the_words():
    found = {(row["who"], row["how"]): row["words"] for row in drawn("voices")}
    assert found == {
        ("the reporter, 67%", "the reporter's own"): 16,
        ("harbour office, 25%", "retold"): 6,
        ("Ada Brandt, 8%", "quoted"): 2,
    }
    assert chart(READING, "voices").section == report(READING)["voices"]


def test_who_speaks_when():
    stretches = [(row["who"], row["how"], row["from"], row["to"]) for row in drawn("when")]
    assert stretches == [
        ("the reporter", "the reporter's own", 0, 3),
        ("harbour office", "retold", 3, 9),
        ("the reporter", "the reporter's own", 9, 13),
        ("Ada Brandt", "quoted", 13, 15),
        ("the reporter", "the reporter's own", 15, 24),
    ]
    begins, bars = chart(READING, "when").spec["layer"]
    assert bars["encoding"]["y"]["sort"] == ["the reporter", "harbour office", "Ada Brandt"]  # who says most, first
    assert [row["from"] for row in begins["data"]["values"]] == [0, 3, 18]
    assert chart(READING, "when").section.rows == (
        (1, "Ferry late again …", "the reporter (3)"),
        (2, "Some 40 boats may …", "the reporter (7), harbour office (6), Ada Brandt (2)"),
        (3, "Norland's brutal storm hit …", "the reporter (6)"),
    )


def test_hedges_by_owner():
    found = {(row["who"], row["how"]): row["words"] for row in drawn("hedges")}
    assert found == {("harbour office, 3", "less sure or less exact"): 2, ("harbour office, 3", "surer"): 1}


def test_words_by_party():
    found = [(row["who"], row["how"], row["words"]) for row in drawn("parties")]
    assert found == [("Norland, 1", "in the reporter's words", 1)]
    theirs = replace(READING, annotations=(*MARKS[:-1], replace(MARKS[-1], voice="Ada Brandt")))
    [row] = chart(theirs, "parties").spec["data"]["values"]
    assert (row["how"], row["order"]) == ("in somebody else's", 1)


def test_names_stand_in_the_order_of_the_table():
    more = (Annotation("hedge", "modal", at("may"), voice="Ada Brandt"), *MARKS)
    made = chart(replace(READING, annotations=more), "hedges")
    names = [name.rpartition(",")[0] for name in made.spec["encoding"]["y"]["sort"]]
    assert names == [row[0] for row in made.section.rows] == ["harbour office", "Ada Brandt"]


@pytest.mark.parametrize("name", CHARTS)
def test_it_is_plain_data_and_tells_kinds_apart_without_colour(name):
    spec = chart(READING, name).spec
    assert json.loads(json.dumps(spec)) == spec
    assert "http" not in json.dumps(spec | {"$schema": ""})
    encoding = (spec["layer"][-1] if "layer" in spec else spec)["encoding"]
    shades = encoding["fill"]["scale"]["range"]
    assert len({shade[:7] for shade in shades}) == 1
    assert len({shade[7:] for shade in shades}) == len(shades)
    assert encoding["y"]["sort"] == list(dict.fromkeys(encoding["y"]["sort"]))


@pytest.mark.parametrize("name", CHARTS)
def test_a_notebook_shows_the_drawing_and_the_table(name, monkeypatch):
    shown, given = [], []
    monkeypatch.setattr("IPython.display.display", lambda what, **how: shown.append(what) or given.append(how))
    made = chart(READING, name)
    made._ipython_display_()
    drawing, table = shown
    assert given == [{"raw": True, "metadata": {VEGALITE: EMBED}}, {}]
    assert drawing[VEGALITE] == made.spec
    assert made.section.title in drawing["text/plain"]
    assert table == made.section


@pytest.mark.parametrize("name", ["hedges", "parties"])
def test_where_nothing_is_found_it_says_so(name, monkeypatch):
    found, shown = chart(NOTHING, name), []
    assert "Nothing found." in repr(found)
    monkeypatch.setattr("IPython.display.display", shown.append)
    found._ipython_display_()
    assert shown == [found.section]  # no empty drawing


def test_its_text_is_the_same_in_each_terminal(monkeypatch):
    wide = repr(chart(READING, "when"))
    monkeypatch.setenv("COLUMNS", "60")
    assert repr(chart(READING, "when")) == wide


def test_an_unknown_chart():
    with pytest.raises(KitError, match=r"There is no chart 'pie'\. There are: voices, when, hedges, parties\."):
        chart(READING, "pie")


def brightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [layer.chart for layer in layers()])
@pytest.mark.parametrize("ground", ["#ffffff", "#333333"])
def test_lines_stand_out_in_both_themes(colour, ground):
    dark, light = sorted(map(brightness, (colour, ground)))
    assert (light + 0.05) / (dark + 0.05) >= 3
