"""Articles: the text is never altered, the parts are told apart, and bad files get a sentence."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import KitError
from kit.files import read_file
from kit.sources.load import load
from kit.text.article import parse, read_text
from kit.text.layout import find_parts

STORY_SHA256 = "a637a08778014bf6e1687747d28bb52eafcebf25d72b76d7b69b4644228ba62b"


def kinds(text):
    return [(part.kind, text[part.start : part.end]) for part in find_parts(text)]


def test_the_story_is_the_page_as_it_was_found():
    assert hashlib.sha256(load("blinken").text.encode()).hexdigest() == STORY_SHA256


def test_the_parts_of_the_story():
    story = load("blinken")
    found = [part.kind for part in story.parts]
    page = ["headline", "caption", "credit", "caption", "credit", *["boilerplate"] * 6]
    assert found == page + ["body"] * 17
    found = {story.text[part.start : part.end] for part in story.parts if part.kind == "credit"}
    assert found == {"Amos Ben-Gershom/GPO/dpa"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Only one line.", ["body"]),
        ("A headline\n\nA sentence.", ["headline", "body"]),
        ("A sentence first, with a stop.\n\nAnother.", ["body", "body"]),
        ("Head\n\nPhoto: Ana Lima\n\nText of it.", ["headline", "credit", "body"]),
        ("Head\n\nA view. Photo: Ana Lima\n\nText.", ["headline", "caption", "credit", "body"]),
        (
            "Head\n\nIt rained.\n\nAdvertisement\n\nSign up for our newsletter\n\nIt stopped.",
            ["headline", "body", "boilerplate", "boilerplate", "body"],
        ),
        ("• Oops!\n  Something went wrong.", ["boilerplate", "boilerplate"]),
        ("He will share this with her.\n\nPrint", ["body", "boilerplate"]),
        (
            ("A text that somebody pasted twice keeps its sentences, of whatever length.\n\nAll of them. " * 2).strip(),
            ["body"] * 3,
        ),
        ("\n\n".join(["The same sentence again and again, well over sixty characters long."] * 5), ["body"] * 5),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_parts(text, expected):
    assert [kind for kind, _ in kinds(text)] == expected


def test_lines_wrapped_by_hand_are_one_paragraph():
    wrapped = (
        "The ferry to the island was late again on Monday, and the people\n"
        "who waited on the pier said that they had not been told why. The\n"
        "company said it was sorry.\n\nNobody was hurt."
    )
    assert [text.count("\n") for _, text in kinds(wrapped)] == [2, 0]


def test_lines_that_are_sentences_are_paragraphs():
    assert len(kinds("It rained on the whole of the northern coast today.\nIt stopped there in the evening, too.")) == 2


@given(st.text())
def test_parts_lie_in_the_text_in_order_and_leave_out_only_white_space(text):
    article = read_text(text)
    assert article.text == text
    covered = [False] * len(text)
    for part in article.parts:
        assert 0 <= part.start < part.end <= len(text)
        covered[part.start : part.end] = [True] * (part.end - part.start)
    assert not "".join(c for c, inside in zip(text, covered, strict=True) if not inside).strip()
    assert list(article.parts) == sorted(article.parts, key=lambda part: part.start)


SOURCE = '+++\ntitle = "Rain"\nagency = "xyz"\n+++\nRain in the north\n\nIt rained.\n'


@pytest.mark.parametrize("text", [SOURCE, SOURCE.replace("\n", "\r\n"), "\ufeff" + SOURCE])
def test_front_matter(tmp_path, text):
    path = tmp_path / "rain.md"
    path.write_bytes(text.encode())
    article = load(path)
    assert (article.id, article.title, article.meta["agency"]) == ("rain", "Rain", "xyz")
    assert article.text == text.rpartition("+++")[2].partition("\n")[2]
    assert [part.kind for part in article.parts] == ["headline", "body"]


def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("It rained.".encode("utf-8-sig"))
    assert load(path).text == "It rained."


BAD_FILES = {
    "is empty": b" \n ",
    "never ends": b"+++\ntitle = 'x'\nText.",
    "(at line 3, column 8)": b"+++\na = 1\ntitle =\n+++\nText.",  # a line of the file
    "not valid TOML": b"+++\ndeep = " + b"[" * 3000 + b"\n+++\nText.",
    "Exceeds the limit": b"+++\nlong = " + b"9" * 5000 + b"\n+++\nText.",
    "Put it in quotation marks": b"+++\ntitle = 2024-03-20\n+++\nText.",
    "no article below": b"+++\ntitle = 'x'\n+++\n \n",
    "Add a line +++": b"+++\ntitle = 'x'\n+++ Text that must not be lost.\nMore.",
}


@pytest.mark.parametrize("message", BAD_FILES)
def test_bad_files(tmp_path, message):
    path = tmp_path / "story.txt"
    path.write_bytes(BAD_FILES[message])
    with pytest.raises(KitError) as error:
        load(path)
    assert message in str(error.value)
    assert "story.txt" in str(error.value)
    assert path.read_bytes() == BAD_FILES[message]


@pytest.mark.parametrize("front", ["+++\n+++\n", "+++ \n\n  +++\t\n", "+++\r\n# Nothing known.\r\n+++\r\n"])
def test_front_matter_may_be_empty(tmp_path, front):
    path = tmp_path / "story.txt"
    path.write_text(front + "It rained.", "utf-8", newline="")
    assert (load(path).text, load(path).meta) == ("It rained.", {"file": "story.txt", "kind": "text"})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b" \n ", "is empty"),
        (b"PK\x03\x04\x00\x00", "is not plain text"),
        ("Good\nnaïve".encode("latin-1"), "is not UTF-8 text (line 2)"),
    ],
)
def test_what_is_no_text_of_ours_is_named(tmp_path, data, said):
    path = tmp_path / "roster.csv"
    path.write_bytes(data)
    with pytest.raises(KitError) as error:
        read_file(path)
    assert str(error.value).startswith(f"{path} {said}")


TEXTS = [
    "Rain may come.\n\nThe mayor said so.",
    "Rain may come, the mayor of Port Vorn said. " * 20,
    "雨" * 200,
    "a\0b",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_where_a_files_name_should_be(text):
    with pytest.raises(KitError) as error:
        load(text)
    assert len(str(error.value)) < 300


def test_missing_and_folder(tmp_path):
    with pytest.raises(KitError, match="There is no file"):
        load(tmp_path / "nowhere.txt")
    with pytest.raises(KitError, match="is a folder"):
        load(tmp_path)


def test_a_broken_seed_says_where():
    with pytest.raises(KitError, match=r"page\.md: the front matter"):
        parse("+++\nx\n+++\ntext", name="page", where="page.md")
