"""The Rewriter without a browser: its traits are its whole state."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.course import answers
from kit.errors import KitError
from kit.widgets.rewriter import LONGEST_PARAGRAPH, Rewriter

EXERCISE = "04_in_whose_words/rewrite-orna"
TEXT = """The terrorists fled to Varnes on Monday, Ana Lima said.

The town was shelled at noon. 😀 <b>“It is over,”</b> she said."""


pytestmark = pytest.mark.usefixtures("folder")


def restarted(text=TEXT):
    """The widget as a new kernel makes it."""
    answers.forget_open()
    return Rewriter(EXERCISE, text)


def mark(desk, words):
    return next(number for number, one in enumerate(desk.marks) if one["words"] == words)


def joined(pieces):
    return ["".join(piece["text"] for piece in block) for block in pieces]


def test_the_report_stands_beside_itself_at_first():
    desk = Rewriter(EXERCISE, TEXT)
    assert desk.versions == joined(desk.originals) == joined(desk.drawn) == TEXT.split("\n\n")
    assert desk.changes == ["Nothing has changed yet."]
    assert desk.steps == {"undo": False, "redo": False, "reset": False}
    card = desk.marks[mark(desk, "terrorists")]
    assert card["voice"] == "Ana Lima"
    assert list(card["terms"]) == ["label"]
    assert card["terms"]["label"][0].startswith("What people, groups and places are called.")
    assert {"words": "gunmen", "who": "BBC", "advice": False} in card["choices"]


def test_a_swap_is_read_named_and_saved():
    desk = Rewriter(EXERCISE, TEXT)
    desk.swap(mark(desk, "terrorists"), "gunmen")
    assert desk.versions[0] == "The gunmen fled to Varnes on Monday, Ana Lima said."
    assert desk.changes == ["“terrorists” became “gunmen”: a name that carries a view is gone."]
    assert [piece["text"] for piece in desk.drawn[0] if piece["new"]] == ["gunmen"]
    assert (desk.saved["ok"], desk.steps) == (True, {"undo": True, "redo": False, "reset": True})
    assert restarted().versions == desk.versions


def test_a_swap_finds_its_word_in_each_paragraph():
    desk = Rewriter(EXERCISE, f"Terrorists fled.\n\n{TEXT}")
    for number, one in enumerate(desk.marks):
        desk.reset()
        for pieces in (desk.originals, desk.drawn):
            drawn = [piece["text"] for block in pieces for piece in block if number in piece["marks"]]
            assert "".join(drawn) == one["words"]
        desk.swap(number, "gunmen")
        changed = [pair for pair in zip(desk.versions, joined(desk.originals), strict=True) if pair[0] != pair[1]]
        _, old = changed[0]
        assert changed == [(old.replace(one["words"], "Gunmen" if old.startswith(one["words"]) else "gunmen"), old)]
    for none in (-1, len(desk.marks)):
        with pytest.raises(KitError, match="no mark"):
            desk.swap(none, "x")


def test_what_was_typed_beside_a_swap_stays_at_the_next_one():
    desk = Rewriter(EXERCISE, TEXT)
    number = mark(desk, "terrorists")
    offered = [choice["words"] for choice in desk.marks[number]["choices"] if choice["words"] and not choice["advice"]]
    for words in (*offered, offered[0]):
        desk.swap(number, words)
        desk.versions = [f"Some {words} ran off on Monday, Ana Lima said.", desk.versions[1]]
    desk.swap(number, "people")
    assert desk.versions[0] == "Some people ran off on Monday, Ana Lima said."


def test_typing_is_the_same_as_a_swap():
    desk = Rewriter(EXERCISE, TEXT)
    desk.versions = [desk.versions[0], "The army shelled the town at noon. 😀 <b>“It is over,”</b> she said."]
    assert "no longer leaves out who did it" in desk.changes[0]


def test_undo_ends_at_the_report():
    desk = Rewriter(EXERCISE, TEXT)
    for text in ("One.", "Two."):
        desk.versions = [text, *desk.versions[1:]]
    for _ in range(2):
        assert desk.steps["undo"]
        desk.undo()
    assert desk.versions == TEXT.split("\n\n")
    assert desk.steps == {"undo": False, "redo": True, "reset": False}


def test_undo_redo_and_reset_also_after_a_restart():
    desk = Rewriter(EXERCISE, TEXT)
    desk.versions = ["One.", "Two."]
    desk.versions = ["One.", "Three."]
    told = desk.changes
    desk.undo()
    assert (desk.versions, desk.steps["redo"]) == (["One.", "Two."], True)
    assert joined(desk.drawn) == ["One.", "Two."]
    assert desk.changes != told  # what is said is about what is there
    for _ in "12":  # there is nothing more to make again
        desk.redo()
        assert (desk.versions, desk.changes) == (["One.", "Three."], told)
    desk.undo()
    desk.versions = ["One.", "Four."]
    assert not desk.steps["redo"]  # another way was taken
    desk.undo()
    desk.redo()
    desk.undo()
    assert desk.versions == ["One.", "Two."]
    desk.versions = ["One.", "Three."]
    desk.undo()
    desk.reset()
    assert (desk.versions, desk.steps["reset"], desk.steps["redo"]) == (TEXT.split("\n\n"), False, False)
    desk.reset()  # it is the report already
    desk.undo()
    assert desk.versions == ["One.", "Two."]
    desk.versions = ["One.", "Three."]
    desk.reset()
    again = restarted()
    assert (again.versions, again.steps["undo"]) == (TEXT.split("\n\n"), True)
    again.undo()
    assert again.versions == ["One.", "Three."]


def test_two_copies_show_the_same():
    one, two = Rewriter(EXERCISE, TEXT), Rewriter(EXERCISE, TEXT)
    one.versions = ["One.", "Two."]
    assert two.versions == ["One.", "Two."]
    assert two.changes == one.changes


def test_a_version_of_another_text_is_not_shown_and_not_lost():
    Rewriter(EXERCISE, TEXT).versions = ["One.", "Two."]
    other = restarted("Another text stands here.\n\nAnd it goes on.")
    assert other.versions[0] == "Another text stands here."
    other.versions = ["Mine.", "And it goes on."]
    store = answers.open_answers("04_in_whose_words")
    assert ["One.", "Two."] in [old["texts"] for old in store.history("rewrite-orna")]
    again = restarted("Another text stands here.\n\nAnd it goes on.")
    assert not again.steps["undo"]  # what came before is of the other text
    again.undo()
    assert again.versions[0] == "Mine."


def test_what_is_typed_letter_by_letter_is_one_version(folder):
    desk = Rewriter(EXERCISE, TEXT)
    for text in ("O", "On", "One."):
        desk.versions = [text, "Two."]
    assert answers.open_answers("04_in_whose_words").history("rewrite-orna") == []


def test_a_report_left_as_it_is_can_be_handed_in_and_stays_done(folder):
    desk = Rewriter(EXERCISE, TEXT)
    desk.export()
    assert (folder / "04_in_whose_words-rewrite-orna.txt").read_text("utf-8") == f"{TEXT}\n"
    assert kit.progress("04_in_whose_words").of("done")
    desk.versions = ["One.", "Two."]
    assert kit.progress("04_in_whose_words").of("done")
    desk._handle_custom_msg({"do": "write", "texts": {}}, [])
    assert desk.message == ""  # that it was written was said; now it is another version


def test_export_writes_the_text_and_a_page(folder):
    desk = Rewriter(EXERCISE, TEXT)
    desk.versions = ["One.", "<script>alert(1)</script>"]
    desk.export()
    assert (folder / "04_in_whose_words-rewrite-orna.txt").read_text("utf-8") == "One.\n\n<script>alert(1)</script>\n"
    page = (folder / "04_in_whose_words-rewrite-orna.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;b&gt;“It is over,”&lt;/b&gt;" in page
    assert "&lt;script&gt;" in page
    assert "Written: answers/04_in_whose_words-rewrite-orna.txt" in desk.message
    assert restarted().versions[0] == "One."
    assert kit.progress("04_in_whose_words").of("done")


def test_a_folder_that_cannot_be_written_does_not_stop_anybody(folder):
    folder.write_text("a file, where a folder should be")
    desk = Rewriter(EXERCISE, TEXT)
    desk.versions = ["One.", "Two."]
    assert not desk.saved["ok"]
    desk.export()
    assert desk.message.startswith("Can't be written")


def test_a_broken_answer_does_not_stop_anybody(folder):
    Rewriter(EXERCISE, TEXT).versions = ["One.", "Two."]
    path = folder / "04_in_whose_words.json"
    data = json.loads(path.read_text("utf-8"))
    for texts in (["One.", 3], ["One."], "12", None):
        data["answers"]["rewrite-orna"]["texts"] = texts
        path.write_text(json.dumps(data), "utf-8")
        assert restarted().versions == TEXT.split("\n\n")


def test_what_a_cell_asks_for_is_checked():
    story = kit.load("blinken")
    body = [story.text[part.start : part.end] for part in story.parts if part.kind == "body"]
    for first, last in ((2, 4), (1, 1), (len(body), len(body)), (len(body) - 11, len(body))):
        assert Rewriter(EXERCISE, story, paragraphs=(first, last)).versions == body[first - 1 : last]
    whole = Rewriter(EXERCISE, story, task="Rewrite a < b.")
    assert (whole.versions, whole.title, whole.task) == ([story.title, *body[:11]], story.title, "Rewrite a < b.")
    assert Rewriter(EXERCISE, "Rain \ud83c may come.").versions == ["Rain � may come."]
    for wrong in ((0, 2), (3, 2), (2, 99), "2-4", (1, 13)):
        with pytest.raises(KitError, match="counted from 1"):
            Rewriter(EXERCISE, story, paragraphs=wrong)
    with pytest.raises(KitError, match="takes an article"):
        Rewriter(EXERCISE, 3)
    with pytest.raises(KitError, match="no text"):
        Rewriter(EXERCISE, "")
    with pytest.raises(KitError, match="isn't the id of an exercise"):
        Rewriter("rewrite", TEXT)
    desk = Rewriter(EXERCISE, TEXT)
    with pytest.raises(KitError, match="2 paragraphs"):
        desk.versions = ["One."]
    with pytest.raises(KitError, match="no mark 99"):
        desk.swap(99, "x")


def test_messages_of_a_browser():
    desk = Rewriter(EXERCISE, TEXT)
    for message in (
        None,
        [],
        {"do": "swap", "mark": 99, "words": "x"},
        {"do": "__init__"},
        {"texts": {"7": "One."}},
        {"texts": {"0": 3}},
        {"texts": {"0": 3, "1": "Two."}},
        {"texts": "Two."},
    ):
        desk._asked(desk, message, [])
    assert desk.versions == TEXT.split("\n\n")
    typed = "The terrorists fled at dawn, Ana Lima said."
    swap = {"do": "swap", "mark": mark(desk, "terrorists"), "words": "gunmen"}
    desk._handle_custom_msg(swap | {"texts": {"0": typed}, "id": "a"}, [])
    assert desk.versions[0] == "The gunmen fled at dawn, Ana Lima said."
    assert desk.saved["heard"] == "a"
    desk._asked(desk, {"do": "write", "texts": {"1": "Two."}, "id": "b"}, [])  # typed before the swap was answered
    assert desk.versions == ["The gunmen fled at dawn, Ana Lima said.", "Two."]
    desk._asked(desk, {"do": "undo", "texts": {}, "id": "c"}, [])
    assert desk.versions[1] == TEXT.split("\n\n")[1]


def test_the_same_name_whatever_is_written_and_a_static_fallback():
    desk = Rewriter(EXERCISE, TEXT)
    desk.versions = ["One.", "Two."]
    assert repr(desk) == "Rewriter('04_in_whose_words/rewrite-orna')"
    html = desk._repr_mimebundle_()[0]["text/html"]
    assert "<b>" not in html
    assert "The terrorists fled" in html


@settings(max_examples=25)
@given(st.lists(st.text(max_size=80), min_size=2, max_size=2))
def test_whatever_is_typed_is_drawn_whole(texts):
    desk = Rewriter(EXERCISE, TEXT)
    desk.versions = texts
    assert joined(desk.drawn) == list(desk.versions)
    assert desk.changes
    json.dumps(desk.get_state(["versions", "drawn", "changes"]), ensure_ascii=False).encode()


def test_a_very_long_text_is_cut():
    desk = Rewriter(EXERCISE, TEXT)
    desk.versions = ["word " * 5000, "Two."]
    assert len(desk.versions[0]) == LONGEST_PARAGRAPH
    desk = Rewriter(EXERCISE, "word " * 5000)
    assert (len(desk.versions[0]), desk.steps["reset"]) == (LONGEST_PARAGRAPH, False)  # cut, and not changed by that
