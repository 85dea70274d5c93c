"""What was handed in becomes one's answers again, elsewhere."""

import json

import pytest

import kit
from kit.course.answers import forget_open, open_answers
from kit.course.hand_in_file import to_hand_in
from kit.course.lesson_files import lessons as all_lessons
from kit.course.load_back import load_back
from kit.course.own_articles import check, to_answer
from kit.course.progress import open_work
from kit.errors import KitError

LESSON = "02_who_says_so"
OWN = "Rain may come to Port Vorn, the mayor said on Monday. Nobody in the town believed her."


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Go to another computer, where nothing has been answered: by its number."""

    def go(number):
        monkeypatch.setenv("BTL_ANSWERS", str(tmp_path / str(number)))
        forget_open()

    go(0)
    yield go
    forget_open()


def handed_in():
    return json.dumps(to_hand_in([open_work(name) for name in all_lessons()], "Amira"))


def answer(name, *picked, keep=True):
    open_answers(LESSON).put(name, {"picked": list(picked), "committed": True}, keep=keep)


def test_answers_marks_and_own_articles_come_along_with_all_that_was_before(elsewhere):
    answer("nested", "blinken")
    answer("nested", "official")
    work = open_answers("06_your_article")
    work.put("paste", to_answer(check(OWN)))
    own = open_answers("06_your_article", check(OWN))
    mark = kit.annotate(OWN).annotations[0]
    own.put_marks("mark", [mark])
    file = handed_in()
    before = open_answers(LESSON).history("nested")
    elsewhere(1)
    told = load_back(file)
    assert open_answers(LESSON).get("nested")["picked"] == ["official"]
    assert open_answers(LESSON).history("nested") == before != []
    [again] = open_answers("06_your_article", check(OWN)).marks("mark")
    assert (again.span, again.label) == (mark.span, mark.label)
    assert told == "3 answers taken from the file."
    assert load_back(file) == "0 answers taken from the file. 3 more of its answers were here already."


def test_what_is_here_can_be_had_back(elsewhere):
    answer("nested", "blinken")
    file = handed_in()
    elsewhere(1)
    answer("nested", "official")
    load_back(file)
    store = open_answers(LESSON)
    assert store.get("nested")["picked"] == ["blinken"]
    store.undo("nested")
    assert store.get("nested")["picked"] == ["official"]


def test_an_older_file_does_not_undo_what_came_out_of_it(elsewhere):
    answer("nested", "blinken")
    file = handed_in()
    answer("nested", "official")
    assert load_back(file).startswith("0 answers taken")
    assert open_answers(LESSON).get("nested")["picked"] == ["official"]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"schema": "hand-in/2", "readings": {}}', '{"schema": "hand-in/1", "readings": 7}', "[" * 100_000],
)
def test_another_file_is_refused(elsewhere, content):
    with pytest.raises(KitError, match="not a file that was handed in"):
        load_back(content)


def test_a_file_without_answers_to_these_lessons_is_named(elsewhere):
    with pytest.raises(KitError, match="no answers to these lessons"):
        load_back(json.dumps({"schema": "hand-in/1", "readings": {"../../etc": {}, LESSON: {"schema": "?"}, "x": 1}}))
