"""Answers that are never lost: restarts, two kernels, bad files, read-only folders."""

import gc
import json
import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.course import answers
from kit.course.answers import LONGEST_HISTORY, Answers, open_answers
from kit.course.answers_folder import answers_folder
from kit.course.questions import split_id
from kit.errors import KitError
from kit.readings.reading import Annotation, Reading
from kit.sources.load import load
from kit.text.article import read_text
from kit.text.spans import Span

LESSON = "02_who_says_so"
MARK = Annotation("attribution", "direct", Span(0, 4), "It is quoted.", parts={"cue": (Span(1, 3),)})
OTHER = Annotation("hedge", "modal", Span(5, 9))


def restarted():
    """The lesson's answers as a new kernel finds them."""
    answers.forget_open()
    return open_answers(LESSON)


def another_kernel(article=None):
    path = answers_folder() / f"{LESSON}.json"
    store = Answers(path, article or load("blinken"))
    store.refresh()
    return store


def seen_in(folder):
    """The files that students see there: those that begin with a dot are hidden."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_what_is_put_is_in_the_file_at_once_and_there_after_a_restart(folder):
    store = open_answers(LESSON)
    assert store.status("first-look") == "Not saved yet."
    assert not folder.exists()
    store.put("first-look", {"choice": 2, "text": "Wer sagt das? 🕊️"})
    store.put_marks("mark", [MARK])
    data = json.loads((folder / f"{LESSON}.json").read_text("utf-8"))
    assert data["schema"] == "reading/1"
    assert data["answers"] == {"first-look": {"choice": 2, "text": "Wer sagt das? 🕊️"}}
    assert store.status("first-look") == f"Saved in answers/{LESSON}.json."
    again = restarted()
    assert again.get("first-look") == {"choice": 2, "text": "Wer sagt das? 🕊️"}
    [mark] = again.marks("mark")
    assert (mark.span, mark.why, mark.parts) == (MARK.span, MARK.why, MARK.parts)
    assert again.saved("mark")
    assert seen_in(folder) == [f"{LESSON}.json"]


def test_the_file_is_a_reading_of_the_story(folder):
    open_answers(LESSON).put("a", {"choice": 1})
    reading = Reading.load(folder / f"{LESSON}.json", load("blinken"))
    assert reading.answers == {"a": {"choice": 1}}
    assert Reading.from_dict(reading.to_dict(), reading.article) == reading


def test_all_widgets_of_a_lesson_share_one_store_and_hear_of_changes(folder):
    class Widget:
        heard = 0

        def changed(self):
            self.heard += 1

    gone, widget = Widget(), Widget()
    open_answers(LESSON).listen("a", gone.changed)
    open_answers(LESSON).listen("a", widget.changed)
    del gone
    gc.collect()
    open_answers(LESSON).put("a", {"choice": 1})
    open_answers(LESSON).put("a", {"choice": 2})
    assert widget.heard == 2


def test_a_widget_hears_of_its_own_exercise_alone(folder):
    class Widget:
        heard = 0

        def changed(self):
            self.heard += 1

    store, widget = open_answers(LESSON), Widget()
    store.listen("a", widget.changed)
    store.put("b", {"choice": 1})
    store.put_marks("b", [MARK])
    store.reset("b")
    assert widget.heard == 0
    store.put_marks("a", [MARK])
    store.undo("a")
    assert widget.heard == 1  # there was nothing to go back to
    another_kernel().put("a", {"choice": 1})
    store.refresh()
    assert widget.heard == 1
    store.put("b", {"choice": 2})  # reads the file, and so finds what the other notebook has done
    assert widget.heard == 2


def test_a_widget_hears_that_its_lesson_can_no_longer_be_saved_and_that_it_can_again(folder):
    class Widget:
        def __init__(self):
            self.told = []

        def changed(self):
            self.told.append((store.saved("a"), store.status("a")[:5]))

    store, widget = open_answers(LESSON), Widget()
    store.put("a", {"choice": 1})
    store.listen("a", widget.changed)
    store.path.chmod(0o444)
    store.put("b", {"choice": 1})
    store.path.chmod(0o644)
    store.put("b", {"choice": 2})
    assert widget.told == [(True, "Can't"), (True, "Saved")]


def test_a_change_keeps_what_was_there_and_undo_brings_it_back(folder):
    store = open_answers(LESSON)
    for choice in (1, 2, 3):
        store.put("a", {"choice": choice})
    assert store.history("a") == [{"choice": 1}, {"choice": 2}]
    assert restarted().undo("a")
    assert open_answers(LESSON).get("a") == {"choice": 2}
    assert open_answers(LESSON).undo("a")
    assert not open_answers(LESSON).undo("a")
    assert restarted().get("a") == {"choice": 1}


def test_a_draft_is_saved_without_filling_the_history(folder):
    store = open_answers(LESSON)
    for text in ("T", "Th", "The reporter"):
        store.put("a", {"text": text}, keep=False)
    assert store.history("a") == []
    assert restarted().get("a") == {"text": "The reporter"}


def test_the_first_answer_stays_however_often_it_is_changed(folder):
    store = open_answers(LESSON)
    for choice in range(LONGEST_HISTORY + 20):
        store.put("a", {"choice": choice})
    history = store.history("a")
    assert len(history) == LONGEST_HISTORY
    assert history[0] == {"choice": 0}
    assert history[-1] == {"choice": LONGEST_HISTORY + 18}


def test_reset_empties_one_exercise_and_undo_brings_answer_and_marks_back(folder):
    store = open_answers(LESSON)
    store.put("mark", {"committed": True})
    store.put_marks("mark", [MARK])
    store.put("other", {"choice": 1})
    store.put_marks("other", [OTHER])
    store.reset("mark")
    assert (store.get("mark"), store.marks("mark")) == ({}, ())
    assert store.get("other") == {"choice": 1}
    assert [mark.span for mark in store.marks("other")] == [OTHER.span]
    store = restarted()
    assert store.undo("mark")
    assert store.get("mark") == {"committed": True}
    assert [(mark.span, mark.parts) for mark in store.marks("mark")] == [(MARK.span, MARK.parts)]


def test_two_kernels_in_turn_lose_nothing(folder):
    first, second = another_kernel(), another_kernel()
    first.put("a", {"choice": 1})
    second.put("b", {"choice": 2})
    first.put_marks("mark", [MARK])
    second.put_marks("more", [OTHER])
    after = another_kernel()
    assert (after.get("a"), after.get("b")) == ({"choice": 1}, {"choice": 2})
    assert len(after.reading().annotations) == 2


@pytest.mark.parametrize(
    ("change", "then"),
    [
        (lambda store: store.put("a", {"text": "mine"}), {"text": "mine"}),
        (lambda store: store.put("a", {"text": "mine"}, keep=False), {"text": "mine"}),
        (lambda store: store.reset("a"), {}),
    ],
    ids=["an answer", "a draft", "a reset"],
)
def test_two_kernels_on_one_exercise_keep_both_answers(folder, change, then):
    first, second = another_kernel(), another_kernel()
    first.put("a", {"choice": 0})
    first.put("a", {"choice": 1})
    first.put_marks("a", [MARK])
    change(second)
    after = another_kernel()
    assert after.get("a") == then
    oldest, kept = after.history("a")  # each once
    assert (oldest, kept["choice"]) == ({"choice": 0}, 1)
    assert kept["annotations"][0]["end"] == MARK.span.end
    assert after.undo("a")
    assert (after.get("a"), [mark.span for mark in after.marks("a")]) == ({"choice": 1}, [MARK.span])


def test_undo_goes_back_to_an_answer_and_never_to_nothing(folder):
    store = another_kernel()
    store.put("a", {"choice": 1})
    store.put("a", {"choice": 1})
    assert store.history("a") == []
    store.reset("a")
    store.reset("a")
    assert store.undo("a")
    assert store.get("a") == {"choice": 1}
    another_kernel().reset("a")
    store.put("a", {"choice": 2})  # what the other kernel left was nothing
    assert store.history("a") == [{"choice": 1}]


def test_opening_waits_until_a_message_is_handled(folder):
    opened = threading.Event()
    cell = threading.Thread(target=lambda: open_answers(LESSON) and opened.set())
    with answers.LOCK:
        cell.start()
        assert not opened.wait(0.2)
    assert opened.wait(10)
    cell.join()


def test_what_is_asked_for_is_a_copy(folder):
    store = open_answers(LESSON)
    given = {"picked": ["a"]}
    store.put("a", given)
    for answer in (given, store.get("a")):
        answer["picked"].append("b")
        assert store.get("a") == {"picked": ["a"]}


def test_a_history_changed_by_hand_still_leads_back(folder):
    store = open_answers(LESSON)
    store.put("a", {"choice": 3})
    store.put_marks("a", [MARK])
    data = json.loads(store.path.read_text("utf-8"))
    data["answers"]["a"]["history"] = [{"choice": 1}, 7, {"choice": 2, "annotations": "none"}, None]
    store.path.write_text(json.dumps(data), "utf-8")
    for choice in (2, 1):
        assert store.undo("a")
        assert (store.get("a"), len(store.marks("a"))) == ({"choice": choice}, 1)
    assert not store.undo("a")
    data["answers"]["a"]["history"] = 7
    store.path.write_text(json.dumps(data), "utf-8")
    assert another_kernel().history("a") == []


BROKEN = {
    "no JSON": ("{", "it is damaged"),
    "nothing": ("", "it is damaged"),
    "nested": ("[" * 100_000, "it is damaged"),
    "not UTF-8": (b"\xff\xfe{}", "it is damaged"),
    "a list": ("[]", "another version"),
    "version": ('{"schema": "reading/2"}', "another version"),
    "no article": ('{"schema": "reading/1"}', "it is damaged"),
    "an article that is none": ('{"schema": "reading/1", "article": []}', "it is damaged"),
    "text": ('{"schema": "reading/1", "article": {"sha256": "0"}}', "another text"),
    "answers": ("ANSWERS", "it is damaged"),
    "marks": ("MARKS", "it is damaged"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_used_is_set_aside_whole(folder, name):
    content, why = BROKEN[name]
    plain = Reading(load("blinken"), "").to_dict()
    if content == "ANSWERS":
        content = json.dumps(plain | {"answers": {"a": 3}})
    if content == "MARKS":
        content = json.dumps(plain | {"annotations": [{"layer": "hedge", "label": "x", "start": -1, "end": 2}]})
    content = content if isinstance(content, bytes) else content.encode()
    folder.mkdir()
    file = folder / f"{LESSON}.json"
    file.write_bytes(content)
    (folder / f"{LESSON}.broken-1.json").write_text("an older one")

    store = restarted()
    assert why in store.message
    assert f"{LESSON}.broken-2.json" in store.message
    assert file.read_bytes() == content  # looking alone changes nothing
    store.put("a", {"choice": 1})
    assert (folder / f"{LESSON}.broken-2.json").read_bytes() == content
    assert (folder / f"{LESSON}.broken-1.json").read_text() == "an older one"
    assert f"kept as {LESSON}.broken-2.json" in store.status("a")
    assert store.saved("a")
    again = restarted()
    assert (again.get("a"), again.message) == ({"choice": 1}, "")


def test_a_file_that_was_put_right_meanwhile_is_used_again(folder):
    store = open_answers(LESSON)
    store.put("a", {"choice": 1})
    good = store.path.read_bytes()
    store.path.write_text("{")
    assert "it is damaged" in open_answers(LESSON).message
    store.path.write_bytes(good)
    store.put("b", {"choice": 2})
    assert (store.get("a"), store.message) == ({"choice": 1}, "")
    assert seen_in(folder) == [store.path.name]


def test_a_read_only_file_is_left_alone_and_the_lesson_goes_on(folder):
    store = open_answers(LESSON)
    store.put("a", {"choice": 1})
    store.put_marks("a", [MARK])
    before = store.path.read_bytes()
    store.path.chmod(0o444)
    store.put("a", {"choice": 2})
    store.put("b", {"choice": 3})
    store.put_marks("b", [OTHER])
    assert store.path.read_bytes() == before
    assert not store.saved("a")
    assert store.status("a").startswith(f"Can't be saved in answers/{LESSON}.json (the file is read-only):")
    assert (open_answers(LESSON).get("a"), store.get("b")) == ({"choice": 2}, {"choice": 3})
    store.path.chmod(0o644)
    store.put("c", {"choice": 4})
    assert store.message == ""
    again = restarted()
    assert [again.get(name) for name in "abc"] == [{"choice": 2}, {"choice": 3}, {"choice": 4}]
    assert [[mark.span for mark in again.marks(name)] for name in "ab"] == [[MARK.span], [OTHER.span]]
    assert len(again.reading().annotations) == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the root user may write anywhere")
def test_a_read_only_folder(folder):
    folder.mkdir(mode=0o555)
    store = open_answers(LESSON)
    store.put("a", {"choice": 1})
    assert store.get("a") == {"choice": 1}
    assert store.status("a").startswith("Can't be saved")
    folder.chmod(0o755)


def test_a_file_where_the_folder_should_be(folder):
    folder.write_text("a file")
    store = restarted()
    store.put("a", {"choice": 1})
    assert store.get("a") == {"choice": 1}
    assert store.status("a").startswith("Can't be saved")
    assert folder.read_text() == "a file"


def test_marks_on_a_students_own_article_stay_with_that_article(folder):
    mine, second = read_text("It may rain. 🌧️ \ud800"), read_text("She said so.")
    open_answers("06_your_article", mine).put_marks("mark", [OTHER])
    open_answers("06_your_article", second).put_marks("mark", [MARK])
    answers.forget_open()
    [mark] = open_answers("06_your_article", mine).marks("mark")
    assert mark.span == OTHER.span
    assert not open_answers("06_your_article").marks("mark")
    assert len(seen_in(folder)) == 2


def test_where_answers_are(tmp_path, monkeypatch):
    monkeypatch.delenv("BTL_ANSWERS", raising=False)
    monkeypatch.chdir(tmp_path)
    assert answers_folder() == tmp_path / "answers"
    deep = tmp_path / "notebooks" / "kit" / "notebooks" / "mine"
    deep.mkdir(parents=True)
    for place in (deep, deep.parent, deep.parents[1]):
        monkeypatch.chdir(place)
        assert answers_folder() == tmp_path / "notebooks" / "kit" / "answers"


@pytest.mark.parametrize("bad", ["", "first-look", "a/", "/a", "../a", "a/b/c", "a/b.json", "a b/c", None, 3])
def test_ids_that_are_none(bad):
    with pytest.raises(KitError, match="isn't the id of an exercise"):
        split_id(bad)


def test_a_lesson_that_cannot_name_a_file():
    with pytest.raises(KitError, match="can't name a lesson"):
        open_answers("../elsewhere")


json_data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["put", "draft", "reset", "undo"]), json_data)))
def test_whatever_is_done_a_new_kernel_finds_what_this_one_shows(tmp_path_factory, steps):
    store = Answers(tmp_path_factory.mktemp("any") / "x.json", load("blinken"))
    for name, step, value in steps:
        if step in ("put", "draft"):
            store.put(name, {"value": value}, keep=step == "put")
        elif step == "reset":
            store.reset(name)
        else:
            store.undo(name)
    again = Answers(store.path, store.article)
    again.refresh()
    for name in "abc":
        assert again.get(name) == store.get(name)
        assert again.history(name) == store.history(name)
    assert store.message == again.message == ""
