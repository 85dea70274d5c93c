"""The Quiz without a browser: its traits are its whole state."""

import json
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.course import answer_file, answers
from kit.course.feedback import read_answer
from kit.course.hand_in import in_words
from kit.course.lesson_files import lessons
from kit.course.lessons import find_question, read_lesson
from kit.course.questions import Option, Question
from kit.errors import KitError
from kit.jupyter.contents import WIDGET_VIEW
from kit.widgets import quiz as module
from kit.widgets.quiz import Quiz, asked_again

LESSON = "02_who_says_so"
NESTED = f"{LESSON}/nested"


pytestmark = pytest.mark.usefixtures("folder")


def restarted(exercise):
    """The widget as a new kernel makes it."""
    answers.forget_open()
    return Quiz(exercise)


def given_answer(quiz, *picked, text="", sure="sure"):
    quiz.picked, quiz.text = list(picked), text
    if quiz.item.kind != "text":
        quiz.sure = sure
    quiz.commit()
    return quiz


def test_first_the_answer_then_the_feedback():
    quiz = Quiz(NESTED)
    assert (quiz.saved, quiz.feedback) == ("Not saved yet.", {})
    quiz.picked = ["austin"]
    quiz.commit()
    assert (quiz.problem, quiz.committed) == ("Say first how sure you are.", False)
    quiz.sure = "unsure"
    assert quiz.problem == ""
    quiz.commit()
    assert quiz.committed
    assert quiz.feedback["verdict"] == "wrong"
    assert quiz.feedback["rows"][0]["text"] == "Austin told the reporter"
    assert quiz.saved == f"Saved in answers/{LESSON}.json."


@pytest.mark.parametrize("lesson", lessons())
def test_before_the_commit_the_browser_gets_nothing_that_tells_the_answer(lesson):
    for item in read_lesson(lesson).questions:
        tells_nothing(item)


def tells_nothing(item):
    quiz = Quiz(item.id)
    sent = json.dumps(quiz.get_state(), ensure_ascii=False)
    secrets = [item.model, item.otherwise, item.after, *item.hints, *(o.feedback for o in item.options)]
    assert not [text for text in secrets if text and json.dumps(text, ensure_ascii=False)[1:-1] in sent], item.id
    assert '"right"' not in sent, item.id
    if item.kind in ("text", "span"):  # its options are points of a full answer, or the words to be found
        assert (quiz.question["options"], "<ul>" in module.fragment(item)) == ([], False), item.id
    if item.kind == "order":
        shown = [option["id"] for option in quiz.question["options"]]
        assert shown != [option.id for option in item.options], item.id


def test_answers_are_there_after_a_restart():
    quiz = Quiz(f"{LESSON}/why-said")
    quiz.hint()
    given_answer(quiz, text="It is fair 🕊️ <b>\ud800")
    quiz.tick("neutral", "is fair")
    again = restarted(quiz.item.id)
    assert again.points == {"neutral": "is fair"}
    assert again.committed
    assert again.text == "It is fair 🕊️ <b>�"
    assert len(again.hints) == 1
    assert again.feedback == quiz.feedback


def test_a_draft_is_saved_while_it_is_typed():
    quiz = Quiz(f"{LESSON}/why-said")
    quiz.text = "Because"
    assert quiz.saved == f"Not committed yet. Draft saved in answers/{LESSON}.json."
    assert restarted(quiz.item.id).text == "Because"


def test_a_point_is_ticked_with_words_of_ones_own():
    quiz = Quiz(f"{LESSON}/why-said")
    quiz.tick("neutral", "no side")  # before there is an answer
    given_answer(quiz, text="It takes no\nside, so readers decide.")
    assert quiz.points == {}
    quiz.tick("neutral", "neutral")
    assert (quiz.points, quiz.problem) == (
        {}, "These words don't stand in your answer. Copy a piece of it just as it is.")  # fmt: skip
    quiz.tick("neutral", " ")
    assert (quiz.points, quiz.problem[:8]) == ({}, "Show it:")
    quiz.untick("neutral")
    assert quiz.problem == ""
    quiz.tick("nothing", "no side")
    quiz.tick("neutral", "No side")
    quiz.tick("reader", "readers decide")
    assert (quiz.points, quiz.problem) == ({"neutral": "No side", "reader": "readers decide"}, "")
    store = answers.open_answers(LESSON)
    assert store.get("why-said")["points"] == quiz.points
    assert not store.history("why-said")  # the answer is the same
    quiz.untick("reader")
    quiz.untick("reader")
    assert restarted(quiz.item.id).points == {"neutral": "No side"}


def test_ticks_go_with_the_words_that_held_them():
    quiz = given_answer(Quiz(f"{LESSON}/why-said"), text="It takes no side. Readers decide.")
    quiz.tick("neutral", "no side")
    quiz.tick("reader", "Readers decide")
    quiz.tick("minds", "Nobody")
    quiz.reopen()
    assert quiz.problem == ""
    quiz.text = "It takes no side at all."
    quiz.commit()
    assert quiz.points == {"neutral": "no side"}
    quiz.reset()
    assert quiz.points == {}
    quiz.undo()
    assert quiz.points == {"neutral": "no side"}


def test_an_answer_that_is_none_is_not_done():
    quiz = given_answer(Quiz(f"{LESSON}/why-said"), text="idk")
    assert (quiz.committed, quiz.text) == (False, "idk")
    assert quiz.problem.startswith("It is fine not to know.")


@pytest.mark.parametrize(
    ("exercise", "note"),
    [
        ("01_what_am_i_looking_at/before", "there is no right answer"),
        ("03_how_sure/before", "A guess: nothing is right or wrong here yet."),
        (f"{LESSON}/check-1", "Your teacher has the key to this one"),
        (NESTED, ""),
    ],
)
def test_what_to_know_before_an_answer_is_there_before_it(exercise, note):
    quiz = Quiz(exercise)
    assert note in quiz.question["before"]
    assert bool(note) == bool(quiz.question["before"])
    assert note in quiz._repr_mimebundle_()[0]["text/html"]


def test_two_widgets_of_one_question_show_the_same():
    first, second = Quiz(NESTED), Quiz(NESTED)
    given_answer(first, "department")
    assert (second.picked, second.committed, second.feedback) == (["department"], True, first.feedback)


def test_a_change_of_mind_keeps_the_first_answer():
    quiz = given_answer(Quiz(NESTED), "austin")
    quiz.picked = ["gallant"]  # a browser that is late: an answer that is given stays as it is
    assert quiz.picked == ["austin"]
    quiz.reopen()
    assert (quiz.committed, quiz.feedback, quiz.picked, quiz.sure) == (False, {}, ["austin"], "")
    given_answer(quiz, "department")
    store = answers.open_answers(LESSON)
    assert [old["picked"] for old in store.history("nested") if old["committed"]] == [["austin"]]
    assert not quiz.can_undo  # an answer that is given is not taken back by the way
    assert store.get("nested")["picked"] == ["department"]


def test_a_text_can_be_written_anew_and_a_draft_is_not_reopened():
    quiz = given_answer(Quiz(f"{LESSON}/why-said"), text="It is fair.")
    quiz.reopen()
    quiz.text = "It is plain."
    quiz.commit()
    assert (quiz.committed, quiz.text) == (True, "It is plain.")
    assert [old["text"] for old in answers.open_answers(LESSON).history("why-said")] == ["It is fair."]
    draft = Quiz(NESTED)
    draft.picked, draft.sure = ["austin"], "unsure"
    draft.reopen()
    assert (draft.picked, draft.sure, draft.can_undo) == (["austin"], "unsure", False)


def test_undo_after_a_change_of_mind_and_after_a_reset():
    quiz = given_answer(Quiz(NESTED), "austin")
    assert not quiz.can_undo
    quiz.reopen()
    quiz.undo()
    assert (quiz.committed, quiz.picked, quiz.sure) == (True, ["austin"], "sure")
    quiz.reset()
    assert (quiz.committed, quiz.picked, quiz.hints, quiz.can_undo) == (False, [], [], True)
    quiz = restarted(NESTED)
    quiz.undo()
    assert quiz.committed


def test_reset_leaves_other_exercises_alone():
    other = given_answer(Quiz(f"{LESSON}/first-look"), "official")
    quiz = given_answer(Quiz(NESTED), "austin")
    quiz.reset()
    assert restarted(other.item.id).committed


def test_hints_come_one_by_one():
    quiz = Quiz(NESTED)
    shown = []
    for _ in range(5):
        shown.append(len(quiz.hints))
        quiz.hint()
    assert shown == [0, 1, 2, 2, 2]
    assert quiz.question["hints"] == 2
    assert answers.open_answers(LESSON).get("nested")["hints"] == 2  # a teacher reads how many were used


def test_an_assessment_says_nothing_about_the_answer():
    quiz = given_answer(Quiz(f"{LESSON}/check-1"), "agency")
    assert quiz.feedback == {
        "verdict": "open", "headline": module.feedback(quiz.item, quiz._state())["headline"],
        "rows": [], "points": [], "model": "", "after": ""}  # fmt: skip
    assert "teacher has the key" in quiz.feedback["headline"]


def test_buttons_in_the_browser_and_messages_that_are_none():
    quiz = Quiz(NESTED)
    for message in (None, [], "commit", {"do": "save"}, {"do": None}, {"do": "__init__"}, {"done": "commit"}):
        quiz._asked(quiz, message, [])
    assert not quiz.committed
    quiz.picked, sent = ["austin"], []
    quiz.send = sent.append
    quiz._asked(quiz, {"do": "hint"}, [])
    assert (quiz.picked, len(quiz.hints)) == (["austin"], 1)  # a hint costs nobody a draft
    quiz._asked(quiz, {"do": "commit", "picked": ["department"], "text": "", "sure": "sure"}, [])
    assert quiz.committed
    assert [one["done"] for one in sent] == ["hint", "draft", "draft", "commit"]  # each draft is heard: choice, sure
    quiz.picked = ["department"]  # the trait arrives after the button: it changes nothing
    assert quiz.committed
    quiz._asked(quiz, {"do": "commit", "picked": ["austin"], "sure": "sure"}, [])
    assert quiz.picked == ["department"]


@pytest.mark.parametrize("kind", ["choices", "order", "span"])
def test_an_answer_of_several_parts_is_given_and_found_again(kind):
    item = next(item for item in read_lesson(LESSON).questions if item.kind == kind and not item.assess)
    picked = ["10", "9"] if kind == "span" else [option.id for option in item.shown()][::-1]
    quiz = given_answer(Quiz(item.id), *picked, picked[0])
    assert (quiz.committed, quiz.question["words"]) == (True, item.words if kind == "span" else [])
    assert [option["id"] for option in quiz.question["options"]] == ([] if kind == "span" else picked[::-1])
    assert quiz.picked == restarted(item.id).picked == (["9", "10"] if kind == "span" else picked)


@pytest.mark.parametrize(
    ("name", "picked", "sentence"),
    [
        ("nested", ["nobody"], "has no option 'nobody'"),
        ("nested", ["austin", "gallant"], "takes one option"),
        ("how-far", ["said"], "takes all options"),
        ("find-the-cue", ["99"], "has no option '99'"),
    ],
)
def test_what_python_sets_is_checked(name, picked, sentence):
    with pytest.raises(KitError, match=sentence):
        Quiz(f"{LESSON}/{name}").picked = picked


def test_the_same_name_whatever_is_answered():
    quiz = Quiz(NESTED)
    before = repr(quiz)
    given_answer(quiz, "austin")
    assert repr(quiz) == before == "Quiz('02_who_says_so/nested')"
    assert repr(Quiz.review("03_how_sure")) == "Quiz.review('03_how_sure')"


def test_viewers_without_widgets_get_the_question():
    bundle = Quiz(NESTED)._repr_mimebundle_()[0]
    assert bundle["text/plain"] == "Quiz('02_who_says_so/nested')"
    assert "How do we know what Austin told Gallant?" in bundle["text/html"]
    assert "The reporter listened to the talk" in bundle["text/html"]
    review = Quiz.review("03_how_sure")._repr_mimebundle_()
    assert review["text/html"].count("<h4>") == 2
    assert review["text/html"].count("Not answered yet.") == 2
    assert WIDGET_VIEW in bundle
    assert WIDGET_VIEW in review
    assert module.fragment(find_question(f"{LESSON}/how-far")).count("<li>") == 4
    a = "<a> & b"
    shown = module.fragment(Question("01_x/y", "choice", a, a, (Option("o", a, card=a, address=a),), a, "invented"))
    assert (shown.count("<a>"), shown.count("&lt;a&gt; &amp; b")) == (0, 6)


def test_a_log_shows_its_cards_and_keeps_what_was_found():
    quiz = Quiz("01_what_am_i_looking_at/log-agency")
    cards = [option for option in quiz.question["options"] if option["card"]]
    assert len(cards) == 4
    assert all(option["address"] for option in cards)
    assert "right" not in str(quiz.question["options"])
    quiz.picked, quiz.text = ["agencies"], "I looked, and nobody owns much."
    quiz.commit()
    assert (quiz.committed, "Quote at least four words" in quiz.problem) == (False, True)
    quiz.text = "It says “publishers and broadcasters. None of them may hold more”: no state behind it."
    quiz.commit()
    assert quiz.committed
    assert restarted(quiz.item.id).text == quiz.text
    assert in_words(quiz.item, quiz._state()).startswith("Agenturjournalismus")
    assert "None of them may hold more than" in quiz._repr_mimebundle_()[0]["text/html"]


def test_a_read_only_file_does_not_stop_anybody(folder):
    quiz = given_answer(Quiz(NESTED), "austin")
    (folder / f"{LESSON}.json").chmod(0o444)
    quiz.reopen()
    given_answer(quiz, "department")
    assert quiz.committed
    assert quiz.saved.startswith("Can't be saved in answers/02_who_says_so.json")


def test_a_broken_file_does_not_stop_anybody(folder):
    folder.mkdir()
    (folder / f"{LESSON}.json").write_text("{")
    quiz = restarted(NESTED)
    assert "it is damaged" in quiz.saved
    given_answer(quiz, "department")
    assert quiz.saved.startswith("Saved in")
    assert (folder / f"{LESSON}.broken-1.json").read_text() == "{"


# ------------------------------------------------------------------------------------------ the next lesson's opening


def test_without_answers_the_opening_questions_are_asked():
    assert [item.name for item in asked_again("03_how_sure")] == ["no-source", "the-silent"]


def test_wrong_but_sure_comes_first_and_stays():
    given_answer(Quiz(f"{LESSON}/admitted"), "nothing")
    given_answer(Quiz(f"{LESSON}/mixed"), "none", sure="unsure")
    first = given_answer(Quiz(f"{LESSON}/first-look"), "official")
    assert first.feedback["verdict"] == "right"
    review = Quiz.review("03_how_sure")
    assert [quiz.item.name for quiz in review.quizzes] == ["admitted", "no-source"]
    assert not review.quizzes[0].committed  # asked afresh; the answer of then stays where it was
    given_answer(review.quizzes[0], "true-and-hers")
    given_answer(review.quizzes[1], review.quizzes[1].item.options[0].id)
    given_answer(Quiz(f"{LESSON}/whose-voice"), "netanyahu")  # wrong but sure, later: too late for this opening
    answers.forget_open()
    assert [quiz.item.name for quiz in Quiz.review("03_how_sure").quizzes] == ["admitted", "no-source"]
    assert all(quiz.committed for quiz in Quiz.review("03_how_sure").quizzes)
    corrected = Quiz(f"{LESSON}/admitted")
    assert corrected.picked == ["nothing"]
    corrected.reopen()
    given_answer(corrected, "true-and-hers")
    assert {quiz.item.name for quiz in Quiz.review("03_how_sure").quizzes} == {"admitted", "no-source"}


def test_there_is_nothing_before_the_first_lesson():
    with pytest.raises(KitError, match="no lesson with questions before"):
        Quiz.review("00_start_here")


# ------------------------------------------------------------------------------------------ whatever a file holds

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["austin", "0", "sure"]),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=50)
@given(
    name=st.sampled_from(["nested", "the-silent", "how-far", "find-the-cue", "why-said"]),
    stored=st.dictionaries(
        st.sampled_from(["picked", "text", "sure", "hints", "committed", "points", "history", "x"]), anything
    ),
)
def test_whatever_the_file_holds_there_is_a_widget(name, stored):
    item = find_question(f"{LESSON}/{name}")
    answer = read_answer(item, stored)
    if answer["committed"]:
        assert module.feedback(item, answer)["headline"]
    quiz = Quiz(item.id)
    quiz._answers.put(name, stored)
    assert quiz.picked == answer["picked"]
    quiz.commit()
    quiz.reset()


def test_a_draft_that_is_still_being_written_does_not_overtake_the_commit(folder, monkeypatch):
    """JupyterLab hands the messages of a widget to several threads of the kernel."""
    quiz = Quiz(NESTED)
    writing, write_whole = threading.Event(), answer_file.write_atomically

    def slowly(path, text, **how):
        if not writing.is_set():
            writing.set()
            time.sleep(0.3)  # while this is written, the next message arrives
        write_whole(path, text, **how)

    def arrives(**data):
        return threading.Thread(target=quiz._handle_msg, args=({"content": {"data": data}, "buffers": []},))

    monkeypatch.setattr(answer_file, "write_atomically", slowly)
    draft = arrives(method="update", state={"picked": ["austin"], "sure": "sure"}, buffer_paths=[])
    commit = arrives(method="custom", content={"do": "commit", "picked": ["austin"], "text": "", "sure": "sure"})
    draft.start()
    assert writing.wait(timeout=10)
    commit.start()
    draft.join()
    commit.join()
    kept = json.loads((folder / f"{LESSON}.json").read_bytes())["answers"]["nested"]
    assert (kept["committed"], kept["picked"]) == (True, ["austin"])
    assert quiz.committed
