"""The report of a reading: what each table says, as text, as records and as one page."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kit
from kit.errors import KitError
from kit.readings.reading import Annotation, Reading
from kit.sources.load import load
from kit.summaries.report import report
from kit.text.article import read_text
from kit.text.spans import Span
from kit.text.tokens import tag_words

SECTIONS = ("voices", "basis", "silent", "hedges", "figures", "claims", "words")
TEXT = """Ferry <late> again

Some 40 boats may clearly sink, the harbour office said. The mayor thanked engineer Ada Brandt.

A storm reportedly hit the pier. The pier cost 300 crowns. The storm ravaged it. Ada Brandt was away for two days."""


def at(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def mark(layer, label, words, voice="reporter"):
    return Annotation(layer, label, at(words), voice=voice)


OFFICE = Annotation(
    "attribution",
    "indirect",
    at("Some 40 boats may clearly sink, the harbour office said"),
    parts={
        "source": (at("the harbour office"),),
        "cue": (at("said"),),
        "content": (at("Some 40 boats may clearly sink"),),
    },
    details={"speaker": "harbour office", "speaker_kind": "named_body", "basis": "office"},
)
MARKS = (
    OFFICE,
    mark("hedge", "approximator", "Some", "harbour office"),
    mark("hedge", "modal", "may", "harbour office"),
    mark("hedge", "booster", "clearly", "harbour office"),
    mark("hedge", "hearsay", "reportedly"),
    mark("framing", "loaded", "ravaged"),
)


@pytest.fixture(scope="module")
def made():
    return report(Reading(read_text(TEXT), "me", MARKS))


@pytest.fixture(scope="module")
def story():
    article = load("blinken")
    return report(Reading.load(Path(__file__).parents[1] / "seeds" / "readings" / "blinken.json", article))


def test_words_belong_to_the_innermost_speaker(made):
    office, reporter = sorted(made["voices"].records(), key=lambda row: row["who"])
    assert (office["who"], office["kind"], office["times"], office["words"]) == ("harbour office", "named body", 1, 6)
    assert (reporter["who"], reporter["words"]) == ("the reporter", len(re.findall(r"\w+", TEXT)) - 6)
    assert office["quoted"] == reporter["quoted"] == 0


def test_quoted_words_are_counted(story):
    rows = {row["who"]: row for row in story["voices"].records()}
    assert rows["Antony Blinken"]["quoted"] > 40
    assert rows["the reporter"]["quoted"] == 0
    assert 99 <= sum(int(str(row["share"]).removesuffix("%")) for row in rows.values()) <= 101


def test_who_is_named_twice_and_never_speaks_is_silent(made, story):
    assert made["silent"].records() == [{"who": "Ada Brandt", "named": 2}]
    silent = {row["who"]: row["named"] for row in story["silent"].records()}
    assert silent["Hamas"] == 5
    assert "Antony Blinken" not in silent


def test_hedges_stand_with_their_owner_and_boosters_apart(made, story):
    assert made["hedges"].rows == (("harbour office", 2, "Some, may", "clearly"), ("the reporter", 1, "reportedly", ""))
    rows = {row["whose"]: row for row in story["hedges"].records()}
    assert "possible (2)" in rows["Antony Blinken"]["words that hedge"]
    assert rows["Antony Blinken"]["words that make it surer"] == "very much"


def test_figures_have_a_source_or_say_that_they_have_none(made, story):
    rows = {row["figure"]: row for row in made["figures"].records()}
    assert (rows["40"]["how exact"], rows["40"]["source"]) == ("some", "harbour office")
    assert (rows["300"]["how exact"], rows["300"]["source"]) == ("as it stands", "the reporter, no source given")
    rows = {row["figure"]: row for row in story["figures"].records()}
    assert rows["31,000"]["source"] == "Hamas-controlled health officials"
    assert rows["billions"]["how exact"] == "only a size"


def test_a_sentence_is_as_firm_as_its_least_firm_word(made):
    office, reporter = sorted(made["claims"].records(), key=lambda row: row["whose"])
    assert (office["hedged"], office["not exact"], office["said flat out"]) == (1, 0, 0)
    assert (reporter["passed on"], reporter["hedged"]) == (1, 0)
    assert reporter["said flat out"] == 5  # the headline, too


def test_words_stand_with_whoever_uses_them(made):
    assert made["words"].rows == (("the reporter", "a word that carries a judgement", "ravaged"),)


@pytest.mark.parametrize("name", SECTIONS)
def test_every_section_prints_and_gives_records_that_pandas_takes(made, story, name):
    for one in (made[name],) if name == "basis" else (made[name], story[name]):  # a person's reading has no basis
        records = one.records()
        assert records
        assert all(type(record) is dict and tuple(record) == one.header for record in records)
        assert json.loads(json.dumps(records)) == records
        for part in (one.title, one.note, *one.header):
            assert part in str(one)
        for row in one.rows:
            for cell in row:
                assert all(word in str(one) for word in str(cell).split())


def test_the_report_needs_no_pandas():
    code = "import sys; sys.modules['pandas'] = sys.modules['numpy'] = None\n"
    code += (
        "import kit; print(kit.report(kit.Reading(kit.read_text('Some 40 boats sank.'), 'me'))['figures'].records())"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "'figure': '40'" in found.stdout


def test_the_page_is_one_file_and_escaped(made, story):
    for one in (made, story):
        page = one.to_html()
        assert page.startswith("<!doctype html>")
        assert not re.search(r"<(link|script|img|iframe)|src=|href=|url\(|@import", page)
        assert all(section.title in page for section in one.sections)
    assert "<h1>Ferry &lt;late&gt; again</h1>" in made.to_html()
    assert "<late>" not in made.to_html()


def test_in_a_notebook_markup_in_names_is_text():
    odd = Annotation(
        "attribution",
        "indirect",
        Span(0, 5),
        parts={"content": (Span(6, 11),)},
        details={"speaker": "<img src=x onerror=alert(1)>"},
    )
    shown = report(Reading(read_text("Ralf: hello."), "me", (odd,)))
    for html in (shown._repr_html_(), shown["voices"]._repr_html_(), shown.to_html()):
        assert "&lt;img" in html
        assert "<img" not in html


def test_nothing_found_is_said():
    empty = report(Reading(read_text(""), "me"))
    assert [name for name in SECTIONS if "Nothing found." in str(empty[name])] == list(SECTIONS)
    assert empty.to_html().count("Nothing found.") == len(SECTIONS)


def test_a_wrong_name_gets_the_right_ones(made):
    with pytest.raises(KitError, match="voices, basis, silent, hedges, figures, claims, words"):
        made["hedge"]


def test_an_article_is_tagged_once_for_all_tables(monkeypatch):
    tagged = []
    monkeypatch.setattr("kit.text.tokens.tag_words", lambda words: tagged.append(words) or tag_words(words))
    reading = Reading(read_text(TEXT), "a test", (OFFICE,))
    report(reading)
    assert tagged == [[token.text for token in sentence.tokens] for sentence in reading.sentences]


@pytest.mark.parametrize("name", ["report", "figures", "parties", "chart"])
@pytest.mark.parametrize("thing", [load("ferry_1"), "A text.", None])
def test_what_takes_a_reading_says_so(name, thing):
    with pytest.raises(KitError, match=rf"{name}\(\) takes a reading, not an? \w+. Make one first"):
        getattr(kit, name)(thing, *["voices"] * (name == "chart"))


def test_a_lone_surrogate_does_not_keep_a_report_from_being_shown():
    mark = Annotation("hedge", "modal", Span(3, 7))
    made = report(Reading(read_text("It may\ud800 rain."), "me", (mark,)))
    assert "may�" in made._repr_html_()
    assert "may�" in made.to_html()
