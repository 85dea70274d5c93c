"""The Reader on a page of its own, without a browser: what stands on it, and that its figures are those we measured."""

import json
import re

import pytest
from conftest import ROOT
from markupsafe import escape

from kit.analysis.annotate import annotate
from kit.analysis.registry import DEFAULT, STRONG
from kit.cli import main
from kit.readings.reading import Annotation, Reading
from kit.sources.load import load
from kit.text.article import Article, read_text
from kit.text.spans import Span
from kit.version import READER, STRONG_READER
from kit.widgets.assets import script
from kit.widgets.reader import Reader
from kit.widgets.reader_page import FOUND, FOUND_BY_STRONG, UNKNOWN, WRONG, reader_page

TEXT = "It may rain, and the storm is a monster."
MARKS = (Annotation("hedge", "modal", Span(3, 6), "“May” leaves it open."),)
COUNTS = {2: "two", 3: "three", 4: "four", 7: "seven", 8: "eight"}


def page_of(reader=READER, text=TEXT, **meta):
    article = read_text(text)
    return str(reader_page(Reading(Article(article.id, article.title, text, article.parts, meta), reader, MARKS)))


def test_it_runs_the_widgets_own_script_on_the_widgets_own_state():
    reading = annotate(load("blinken"))
    page = str(reader_page(reading))
    assert script("reader").replace("\nexport default { render };\n", "") in page
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page)
    assert json.loads(data) == {name: getattr(Reader(reading), name) for name in Reader.class_own_traits(sync=True)}


def test_without_scripts_the_text_its_marks_and_their_reasons_are_there():
    page = re.sub(r"<script.*?</script>", "", page_of(), flags=re.S)
    assert re.search(r'<mark class="btl-hedge"[^>]*>may</mark>', page)
    assert "“May” leaves it open." in page
    assert "</html>" in page


DPA = {"agency": "dpa", "agency_name": "Deutsche Presse-Agentur", "published": "1 May"}
ODD = {"author": "Ana <b>", "address": "javascript:x", "site": ["odd"]}


@pytest.mark.parametrize(
    ("meta", "said"),
    [({}, UNKNOWN), (DPA, "Deutsche Presse-Agentur · 1 May"), (ODD, "Ana <b> · javascript:x")],
)
def test_it_says_where_the_text_is_from(meta, said):
    assert f"<p>{escape(said)}</p>" in page_of(**meta)


def test_it_says_who_marked_it_and_of_programs_how_often_they_are_wrong():
    kit, strong, person = page_of(), page_of(STRONG_READER), page_of("Ana")
    assert f"Marked by {READER}, a program. " in kit
    assert WRONG["hedge"] in kit
    assert WRONG["framing"] not in kit  # nothing of a layer that isn't marked
    assert f"Marked by {STRONG_READER}, a program. " in strong
    assert "Marked by Ana.</p>" in person
    assert "wrong" not in re.sub(r"<(script|style).*?</\1>", "", person, flags=re.S)


def test_its_figures_are_those_that_were_measured():
    results = (ROOT / "benchmarks" / "RESULTS.md").read_text("utf-8")
    strong = (ROOT / "benchmarks" / "STRONG.md").read_text("utf-8")
    right, found = map(float, re.search(r"\*\*the kit\*\* +\| [\d.]+ \((\S+) / (\S+)\)", results).groups())
    assert f"about {COUNTS[round(found * 10)]}" == FOUND
    assert round(1 / (1 - right)) == 4  # "one in four"
    right, found = map(float, re.search(r"\| strong +\| [\d.]+ \((\S+) / (\S+)\)", strong).groups())
    assert f"{COUNTS[int(found * 10)]} or {COUNTS[int(found * 10) + 1]}" == FOUND_BY_STRONG
    assert round(1 / (1 - right)) == 4


@pytest.mark.parametrize("reader", [DEFAULT, STRONG])
def test_the_command_writes_it(tmp_path, reader):
    if reader == STRONG:
        pytest.importorskip("onnxruntime")
    text, into = tmp_path / "rain.txt", tmp_path / "rain.html"
    text.write_text("Rain\n\nIt may rain, the mayor of Port Vorn said on Monday.\n", "utf-8")
    assert main(["annotate", str(text), "--reader", reader, "--format", "page", "-o", str(into)]) == 0
    assert f"Marked by {READER if reader == DEFAULT else STRONG_READER}, a program. " in into.read_text("utf-8")
