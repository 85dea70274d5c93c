"""Progress and the file to hand in."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

import kit.answers
from kit.answers import open_answers
from kit.article import read_text
from kit.coursework import progress
from kit.errors import KitError
from kit.exercises import lessons, read_lesson
from kit.handing_in import hand_in
from kit.page import Span
from kit.reading import Annotation

LESSON = "02_who_says_so"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("BTL_ANSWERS", str(tmp_path / "answers"))
    kit.answers._open.clear()
    return tmp_path / "answers"


def some_answers():
    store = open_answers(LESSON)
    given = {"picked": ["austin"], "text": "", "sure": "sure", "hints": 1, "committed": True}
    store.put("nested", given)
    store.put("nested", given | {"picked": ["department"], "sure": "unsure"})
    store.put("why-said", {"text": "<script>alert(1)</script> 🕊️ \ud800"})
    store.put_marks("mark", [Annotation("attribution", "cue", Span(0, 2))])
    return store


def test_nothing_is_touched_at_first_and_looking_writes_nothing(folder):
    now = progress()
    assert {one.state for one in now.exercises} == {"untouched"}
    assert {one.lesson for one in now.exercises} == set(lessons())
    assert not folder.exists()


def test_what_is_done_begun_and_untouched():
    some_answers()
    states = {one.name: one.state for one in progress(LESSON).exercises}
    touched = {name: state for name, state in states.items() if state != "untouched"}
    assert touched == {"nested": "done", "why-said": "begun", "mark": "begun"}
    total = len(read_lesson(LESSON).items) + len(read_lesson(LESSON).marking)
    text, page = repr(progress(LESSON)), progress(LESSON)._repr_html_()
    assert text.splitlines()[:2] == [
        f"1 of {total} exercises done",
        f"02 Who says so?: 1 done, 2 begun, {total - 3} untouched",
    ]
    assert "   begun: Said, said, said · Mark who speaks in the story" in text.splitlines()
    assert "   untouched: Who is the source? · Find the signal · " in text
    assert "<strong>untouched</strong>: Who is the source? · Find" in page
    assert "<strong>begun</strong>: Said, said, said · Mark" in page
    assert "Words that passed through many hands" not in page  # done: nothing to do


def test_an_unknown_lesson():
    with pytest.raises(KitError, match="There is no lesson '99_x'"):
        progress("99_x")


def test_one_file_holds_it_all(folder):
    some_answers()
    mine = read_text("It may rain.")
    open_answers("06_your_article", mine).put_marks("mark", [Annotation("hedge", "modal", Span(3, 6))])
    done = hand_in()
    data = json.loads(done.file.read_text("utf-8"))
    assert (data["schema"], data["name"]) == ("hand-in/1", "")
    assert set(data["readings"]) == {LESSON, f"06_your_article.{mine.id}"}
    schema = json.loads((Path(kit.answers.__file__).parent / "reading.schema.json").read_text("utf-8"))
    for reading in data["readings"].values():
        jsonschema.validate(reading, schema)
    answer = data["readings"][LESSON]["answers"]["nested"]
    assert answer["picked"] == ["department"]
    assert answer["history"][0]["picked"] == ["austin"]
    assert {one["state"] for one in data["progress"]} == {"done", "begun", "untouched"}
    assert "To hand in: answers/hand-in.json" in repr(done)
    assert re.search(r"Not answered: \d+ exercises, named on that page\.", repr(done))


def test_its_links_lead_from_the_notebook_to_the_files(folder, monkeypatch):
    done = hand_in()
    notebooks = folder.parent / "note books"
    notebooks.mkdir()
    monkeypatch.chdir(notebooks)
    shown = done._repr_html_()
    assert '<a href="../answers/hand-in.json">answers/hand-in.json</a>' in shown
    assert '<a href="../answers/hand-in.html">answers/hand-in.html</a>' in shown
    assert "Not answered:" in shown


def test_handing_in_twice_does_not_hand_in_the_file_itself():
    some_answers()
    hand_in()
    assert set(json.loads(hand_in("Kim").file.read_text("utf-8"))["readings"]) == {LESSON}


def test_the_page_to_print_names_what_is_missing_and_escapes_what_was_typed():
    some_answers()
    page = hand_in("<Kim> \ud800").page.read_text("utf-8")
    assert "<p>&lt;Kim&gt; �</p>" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🕊️ �" in page
    assert "<script" not in page
    assert "Austin&#x27;s department put out a statement" in page
    assert "First answer: Austin told the reporter" in page
    assert "right; not sure; 1 hint used" in page
    assert "not committed yet" in page
    assert "<strong>Not answered:</strong> Who is the source? ·" in page


def test_a_broken_file_is_named_and_the_rest_handed_in(folder):
    folder.mkdir()
    (folder / f"{LESSON}.json").write_text("{")
    (folder / "notes.json").write_text("[1]")
    done = hand_in()
    assert json.loads(done.file.read_text("utf-8"))["readings"] == {}
    assert "it is damaged" in repr(done)
    assert (folder / f"{LESSON}.json").read_text() == "{"


def test_a_folder_that_cannot_be_written(folder):
    folder.write_text("a file")
    with pytest.raises(KitError, match="can't be written"):
        hand_in()
