"""What Quiz, Marker, Rewriter and Paste share: a message is acknowledged, others' news isn't heard."""

import pytest

from kit.course import answers
from kit.course.answers import open_answers
from kit.widgets.marker import Marker
from kit.widgets.paste import Paste
from kit.widgets.quiz import Quiz
from kit.widgets.rewriter import Rewriter

LESSON = "02_who_says_so"
MAKE = {
    "quiz": lambda: Quiz(f"{LESSON}/nested"),
    "marker": lambda: Marker(f"{LESSON}/mark", "The ferry may be late.", layer="hedge", against=[]),
    "rewriter": lambda: Rewriter(f"{LESSON}/rewrite", "The brutal regime fell."),
    "paste": lambda: Paste(f"{LESSON}/paste", example="ferry_1"),
}
each = pytest.mark.parametrize("make", MAKE.values(), ids=MAKE)


pytestmark = pytest.mark.usefixtures("folder")


@each
@pytest.mark.parametrize("do", ["undo", "reset", "what no browser of ours would ask"])
def test_the_last_thing_that_the_browser_hears_is_that_its_message_is_done(make, do, monkeypatch):
    widget, heard = make(), []
    monkeypatch.setattr(widget, "send", heard.append)
    monkeypatch.setattr(widget, "send_state", lambda *args, **options: heard.append("traits"))
    widget._handle_custom_msg({"do": do, "id": "view 1"}, [])
    assert heard[-1] == {"done": do, "id": "view 1"}
    assert heard.count(heard[-1]) == 1


@each
def test_a_widget_does_not_hear_of_other_exercises_in_its_lesson(make, monkeypatch):
    widget, loaded = make(), []
    monkeypatch.setattr(widget, "_load", lambda: loaded.append(1))
    store = widget._answers
    store.put("another", {"text": "So."})
    store.reset("another")
    assert loaded == []
    store.put(widget._name, {"text": "So."})
    assert loaded == [1]


def test_a_reset_of_an_earlier_session_can_be_undone_and_done_again(monkeypatch):
    desk = MAKE["rewriter"]()
    desk.versions = ["The government fell."]
    desk.reset()
    monkeypatch.setattr(answers, "_open", {})
    again = MAKE["rewriter"]()
    again.undo()
    assert (again.versions, again.steps["redo"]) == (["The government fell."], True)
    again.redo()
    assert again.versions == ["The brutal regime fell."]
    again.undo()
    assert again.versions == ["The government fell."]
    assert open_answers(LESSON).get("rewrite")["texts"] == ["The government fell."]
