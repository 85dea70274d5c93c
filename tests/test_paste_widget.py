"""Paste: an article of one's own, whatever it is; saved, restored, undone; and what progress makes of its marks."""

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import kit
from kit.course import answers
from kit.course.lessons import read_lesson
from kit.course.own_articles import LONGEST, all_pasted, check, check_file
from kit.errors import KitError
from kit.sources.load import load
from kit.widgets.paste import Paste

OWN = "06_your_article"
FIRST = f"{OWN}/first"
TEXT = "The old bridge may close\n\nThe bridge may have to close, the mayor of Port Vorn said on Monday. 🚢"


pytestmark = pytest.mark.usefixtures("folder")


def pasted(text=TEXT):
    widget = Paste(FIRST, example="ferry_1")
    widget.use(text)
    return widget


def restarted():
    answers.forget_open()
    return Paste(FIRST, example="ferry_1")


def test_until_there_is_a_text_the_example_stands_in():
    widget = Paste(FIRST, example="ferry_1")
    assert widget.article == load("ferry_1")
    assert "our example: “Island of Skarnholt fears for its ferry”" in widget.using
    assert (widget.text, widget.own, widget.can_undo, widget.saved) == ("", False, False, "")


def test_a_pasted_text_is_kept_as_it_was():
    widget = pasted()
    assert (widget.article.text, widget.own) == (TEXT, True)
    assert widget.using.startswith("You work with your text: “The old bridge may close”, 19 words. ")
    assert widget.saved.startswith("Saved in answers/06_your_article.json.")
    assert restarted().article == widget.article
    assert restarted().text == TEXT


def test_a_file_brings_its_title_along():
    widget = pasted()
    widget.use_file('\ufeff+++\ntitle = "Mine"\n+++\nRain may come to Port Vorn soon.'.encode(), "C/../mine.md")
    assert (widget.article.title, widget.article.text) == ("Mine", "Rain may come to Port Vorn soon.")
    widget.use_file(TEXT.encode(), "mine.txt")
    assert widget.article.title == "The old bridge may close"
    assert restarted().article == widget.article


def test_back_to_the_example_and_undo():
    widget = pasted()
    widget.use("Another text that has words enough in it.")
    widget.undo()
    assert widget.article.text == TEXT
    widget.reset()
    assert (widget.own, widget.can_undo) == (False, True)
    widget = restarted()
    widget.undo()
    assert widget.article.text == TEXT


UNUSABLE = {
    "There is no text yet": (" \n\t", b""),
    "There are hardly any words": ("🚢" * 30, b"1 2 3 4 These words are few"),
    "a page's source code": (
        "<!DOCTYPE html><p>The mayor of Port Vorn said",
        b"<html><p>A page of mine it is",
    ),
    "up to 60,000": ("word " * LONGEST, b"word " * LONGEST),
}


@pytest.mark.parametrize("sentence", UNUSABLE)
def test_what_cannot_be_used_gets_a_sentence_and_changes_nothing(sentence):
    text, data = UNUSABLE[sentence]
    widget = pasted()
    widget.use(text)
    assert sentence in widget.problem
    widget.use_file(data, "mine.txt")
    assert any(said in widget.problem for said in (sentence, "mine.txt is empty", "hardly any article"))
    assert widget.article.text == TEXT
    widget.use(TEXT)
    assert widget.problem == ""


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7", "is damaged"),
        (b"\x00\x01", "is not plain text"),
        ("für".encode("latin-1") + " die Brücke".encode(), "mixes two encodings"),
        (b"+++\nno end", "never ends"),
    ],
)
def test_a_file_that_is_not_text_gets_a_sentence(data, sentence):
    widget = Paste(FIRST, example="ferry_1")
    widget.use_file(data, "story.bin")
    assert sentence in widget.problem
    assert not widget.own


@given(st.text(max_size=300))
@example("\ud800 half a character in five words or more")
def test_whatever_is_pasted_is_an_article_or_a_sentence(text):
    try:
        article = check(text)
    except KitError:
        return
    kit.annotate(article)
    assert article.text.encode("utf-8")


@given(st.binary(max_size=200), st.text(max_size=5))
def test_whatever_is_in_a_file_is_an_article_or_a_sentence(data, name):
    with contextlib.suppress(KitError):
        assert check_file(data, name).text.strip()


def test_a_lone_surrogate_is_saved():
    widget = pasted("One \ud83d half of a character, four words more")
    assert "half of a character" in restarted().article.text
    assert widget.problem == ""


@pytest.mark.parametrize(
    ("stored", "title"),
    [
        ({"pasted": 7}, load("ferry_1").title),
        ({"pasted": "x"}, load("ferry_1").title),
        ({"title": "T"}, load("ferry_1").title),
        ({"pasted": TEXT, "title": 3}, "The old bridge may close"),
        ({"pasted": TEXT, "title": ""}, "The old bridge may close"),
        ({"pasted": TEXT, "title": "T"}, "T"),
    ],
)
def test_a_file_that_was_changed_by_hand(stored, title):
    store = answers.open_answers(OWN)
    store.put("first", stored)
    assert restarted().article.title == title
    assert all_pasted(store) == ([restarted().article] if restarted().own else [])


def test_buttons_and_messages_that_are_none():
    widget = Paste(FIRST, example="ferry_1")
    for message in (
        None,
        [],
        {},
        {"do": "use"},
        {"do": "file", "name": "a"},
        {"do": "_take"},
        {"do": "use", "text": 1},
    ):
        widget._asked(widget, message, [])
    assert (widget.own, widget.problem) == (False, "")
    sent = []
    widget.send = sent.append
    widget._handle_custom_msg({"do": "file", "name": "a.txt"}, [memoryview(TEXT.encode())])
    assert widget.article.text == TEXT
    widget._handle_custom_msg({"do": "use", "text": "No."}, [])
    assert (widget.article.text, bool(widget.problem)) == (TEXT, True)
    widget._handle_custom_msg({"do": "reset"}, [])
    assert (widget.own, widget.problem) == (False, "")
    widget._handle_custom_msg({"do": "use", "text": "The mayor may come."}, [])
    assert not widget.own  # four words
    widget._handle_custom_msg({"do": "use", "text": "The mayor may come today."}, [])
    assert widget.own
    assert [message["done"] for message in sent] == ["file", "use", "reset", "use", "use"]


def test_a_read_only_folder_does_not_stop_anybody(folder):
    pasted()
    (folder / f"{OWN}.json").chmod(0o444)
    widget = pasted("Another text that has words enough in it.")
    assert widget.article.text.startswith("Another")
    assert widget.saved.startswith("Can't be saved")


def test_viewers_without_widgets_get_a_sentence():
    bundle = pasted("<b>My</b> article has a few words in it")._repr_mimebundle_()[0]
    assert bundle["text/plain"] == "Paste('06_your_article/first')"
    assert "You work with your text: “&lt;b&gt;My&lt;/b&gt; article" in bundle["text/html"]


@pytest.mark.parametrize("article", read_lesson(OWN).examples, ids=lambda article: article.id)
def test_the_examples_say_that_they_are_invented(article):
    assert article.meta["invented"] is True
    assert kit.annotate(article).annotations


def test_marks_on_ones_own_article_count():
    article = pasted().article
    assert all_pasted(answers.open_answers(OWN)) == [article]
    marker = kit.Marker(f"{OWN}/who", article, layer="attribution", labels=["cue"])

    def state():
        return next(one.state for one in kit.progress(OWN).exercises if one.name == "who")

    assert state() == "untouched"
    marker.marks = [{"first": 17, "last": 17, "label": "cue", "sure": True}]
    assert state() == "begun"
    marker.commit()
    assert state() == "done"
    page = kit.hand_in().page.read_text("utf-8")
    assert "The old bridge may close: 1 marked" in page
