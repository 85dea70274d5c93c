"""The answer key as answers, without a kernel: all exercises there are get answered, and what they show is noted."""

import json

import pytest
from ipywidgets.widgets import widget as made

from kit.classroom import model_answers as solved
from kit.classroom.model_answers import answer_all, note_down
from kit.course.feedback import verdict
from kit.course.lesson_files import lessons
from kit.course.lessons import read_lesson
from kit.course.questions import KINDS, split_id
from kit.errors import KitError
from kit.readings.reading import Annotation, Reading
from kit.text.article import read_text
from kit.text.spans import Span
from kit.widgets.marker import Marker
from kit.widgets.quiz import Quiz
from kit.widgets.rewriter import Rewriter

ARTICLE = read_text("It may rain, she said. Perhaps it will not.")
OTHER = Reading(
    ARTICLE, "x", (Annotation("hedge", "modal", Span(3, 6)), Annotation("hedge", "epistemic", Span(23, 30)))
)
ITEMS = [item for lesson in lessons() for item in read_lesson(lesson).questions]


@pytest.fixture(autouse=True)
def alone(folder, monkeypatch):
    monkeypatch.setattr(made, "_instances", {})


def noted(tmp_path):
    return json.loads((tmp_path / "shown.json").read_text("utf-8"))


@pytest.mark.parametrize("kind", [*KINDS, "assess", "guess"])
def test_a_question_is_answered_by_its_key(kind, tmp_path):
    asked = next(item for item in ITEMS if (kind == item.kind and not item.assess) or getattr(item, kind, False))
    quiz = Quiz(asked.id)
    answer_all(str(tmp_path / "shown.json"))
    keyed = next(one for one in read_lesson(split_id(asked.id)[0], with_keys=True).questions if one.id == asked.id)
    found = noted(tmp_path)[repr(quiz)]
    assert quiz.committed is found["committed"] is True
    assert verdict(keyed, quiz._state()) == ("right" if keyed.asks_sure else "open")
    assert (found["picked"], found["feedback"]) == (quiz.picked, quiz.feedback)


@pytest.mark.parametrize("labels", [("modal", "epistemic"), ()])
def test_all_that_others_have_marked_is_marked(labels, tmp_path):
    marker = Marker("01_x/mark", ARTICLE, layer="hedge", labels=labels, against=[OTHER])
    answer_all(str(tmp_path / "shown.json"))
    assert [mark["first"] for mark in marker.marks] == [0, 1, 5]
    assert [place["kind"] for place in marker.reveal["places"]] == ["extra", "same", "same"]
    assert noted(tmp_path)[repr(marker)]["committed"]


@pytest.mark.parametrize("text", ["The terrorists fled.", "It rained.\n\nIt was late."])
def test_a_text_is_rewritten_and_written_down(text, tmp_path):
    desk = Rewriter("01_x/desk", text)
    answer_all(str(tmp_path / "shown.json"))
    assert all(new != old for new, old in zip(desk.versions, text.split("\n\n"), strict=True))
    assert noted(tmp_path)[repr(desk)] == {"versions": desk.versions, "changes": desk.changes}
    assert (tmp_path / "answers" / "01_x-desk.txt").is_file()


def test_what_cannot_be_answered_is_said_once_and_nothing_is_noted(tmp_path, monkeypatch):
    def no_keys(lesson, with_keys):
        raise KitError("There are no keys here.")

    sealed = [item.id for item in ITEMS if item.assess][:2]
    quizzes = [Quiz(exercise) for exercise in (*sealed, "02_who_says_so/nested")]
    monkeypatch.setattr(solved, "read_lesson", no_keys)
    monkeypatch.setattr(solved, "disagreement", lambda item: "its key does not fit.")
    with pytest.raises(KitError) as refused:
        answer_all(str(tmp_path / "shown.json"))
    assert str(refused.value).splitlines() == [
        "There are no keys here.",
        "02_who_says_so/nested: its key does not fit.",
    ]
    assert not (tmp_path / "shown.json").exists()
    note_down(str(tmp_path / "shown.json"))
    assert [one["committed"] for one in noted(tmp_path).values()] == [False] * len(quizzes)
