"""Whatever a text, a title, a name, a note or an answer says: on every page it is text, never a tag or an attribute.

`tests/examples/payloads.toml` holds the texts, `tests/hostile_pages.py` their ways in and out; that nothing runs in a
browser: `tests/e2e/test_hostile_pages.py`.
"""

from __future__ import annotations

import csv
import io
from functools import partial

import pytest
from hostile_pages import (
    CONTROL,
    Parsed,
    hand_ins,
    imported,
    in_a_file,
    in_a_page_as_it_is,
    in_a_text,
    in_marks,
    joined,
    marked_by_hand,
    pages_of,
    pages_of_exercises,
    pages_of_work,
    payloads,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.analysis.annotate import annotate
from kit.classroom.discussion import discuss
from kit.cli import main
from kit.formats import csv_marks
from kit.readings.reading import Reading

TAG = "hostile"
ATTACKS = (f"<{TAG}>", f"</td><{TAG} x=", f'" {TAG}="', f"' {TAG}='", f"--></style><{TAG}>", "&lt;", "{0}", "{x}", "%s")
hostile = st.lists(st.sampled_from(ATTACKS) | st.text(max_size=5), max_size=3).map(
    lambda parts: f"<{TAG}>{''.join(parts)}Z"
)
TEXTS = list(payloads().values())
HARMLESS = [f"calm words {number}" for number in range(len(TEXTS))]
FILES = {kind: partial(in_a_file, kind) for kind in ("html", "docx", "odt", "rtf", "eml", "md")}
READINGS = {form: partial(imported, form) for form in ("json", "brat", "w3c", "csv")}
WAYS_IN = {"text": in_a_text, **FILES, "marks": lambda texts, folder: in_marks(texts), **READINGS}


pytestmark = pytest.mark.usefixtures("folder")


def born(pages):
    return {pair for page in pages.values() for pair in Parsed(page).born}


@pytest.fixture(scope="module")
def allowed(tmp_path_factory):
    """The tags and attributes of our pages about texts that mean no harm."""
    folder = tmp_path_factory.mktemp("harmless")
    made = [read(way, HARMLESS, folder) for way in ("text", "html", "marks")]
    return {pair for reading in (*made, annotate("Rain.")) for pair in born(pages_of(reading))}


def spaced(text):
    """A text as pages show it: white space is one space, and what no file holds is gone."""
    return " ".join(text.translate(CONTROL).split())


def read(way, texts, folder, reader=marked_by_hand):
    made = WAYS_IN[way](texts, folder)
    return made if isinstance(made, Reading) else reader(made)


@pytest.mark.parametrize("reader", [marked_by_hand, pytest.param(annotate, marks=pytest.mark.walk)])
@pytest.mark.parametrize("way", WAYS_IN)
def test_what_stands_in_an_article_or_a_reading_is_text_on_every_page(way, reader, tmp_path, allowed):
    pages = pages_of(read(way, TEXTS, tmp_path, reader))
    assert born(pages) <= allowed
    shown = spaced(Parsed(pages["annotate --format page"]).text)
    if way != "md":  # where tags are markup
        assert [text for text in TEXTS if spaced(text) not in shown] == []


def test_the_markup_of_a_page_is_no_markup_of_ours(tmp_path, allowed):
    assert born(pages_of(marked_by_hand(in_a_page_as_it_is(TEXTS, tmp_path)))) <= allowed


def test_what_stands_in_a_students_work_is_text_on_every_page(folder):
    allowed = born(pages_of_work(HARMLESS[0], folder) | pages_of_exercises(HARMLESS[0]))
    for text in joined(TEXTS, 25):
        assert born(pages_of_work(text, folder) | pages_of_exercises(text)) <= allowed


def test_no_cell_of_a_table_is_a_formula():
    rows = csv.reader(io.StringIO(csv_marks.write(in_marks(TEXTS)).lstrip("\ufeff")))
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@pytest.mark.walk  # a few of them: tests/test_class.py
def test_names_of_students_and_files_are_text_on_the_pages_about_a_class(tmp_path):
    made = {}
    for name, texts in {"hostile": TEXTS, "harmless": HARMLESS[:10]}.items():
        folder = hand_ins(texts, tmp_path / name)
        into = tmp_path / f"{name}.html"
        assert main(["class", str(folder), "-o", str(into), "--csv", str(tmp_path / f"{name}.csv"), "--names"]) == 0
        made[name] = {"class": into.read_text("utf-8"), "discuss": discuss("02_who_says_so", folder).to_html()}
    assert born(made["hostile"]) <= born(made["harmless"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=hostile)
def test_hostile_text_stays_text(text, folder):
    for page in pages_of_work(text, folder).values():
        parsed = Parsed(page)
        assert not {name for pair in parsed.born for name in pair if TAG in name}
        assert f"<{TAG}>" in parsed.text
        assert f"<{TAG}" not in page
