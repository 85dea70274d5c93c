"""Whatever the kit is given: its work done, or a sentence. No exception but `KitError`, no place outside the text.

`tests/fuzz/run.py` looks for such inputs by the hour; what it found stands in `FOUND`.
"""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
import zipfile
from pathlib import Path

import pytest
import strategies as some
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st
from source_files import zipped

import kit
from kit.analysis.attribution.model import models
from kit.analysis.attribution.token_table import TokenTable
from kit.classroom.class_work import class_work
from kit.classroom.hand_ins import gather
from kit.cli import main
from kit.course.answers import Answers
from kit.course.hand_in_code import find_codes, from_code
from kit.course.lessons import _read
from kit.errors import KitError
from kit.formats.table import FORMATS
from kit.lexicons.matcher import Lexicon, validate_entries
from kit.readings.reading import Annotation, Reading
from kit.render.marked_text import to_page
from kit.render.text_tables import reading_table
from kit.sources.load import load, read, read_copied
from kit.text.article import parse, read_text
from kit.text.spans import Span
from kit.text.tokens import sentences

few = settings(max_examples=25)
in_a_sentence = contextlib.suppress(KitError)


def check(reading: Reading) -> None:
    """All its places are places in the text."""
    length = len(reading.article.text)
    for mark in reading.annotations:
        for span in (mark.span, *(span for spans in mark.parts.values() for span in spans)):
            assert 0 <= span.start < span.end <= length, (mark.layer, span)
        assert 0 <= mark.confidence <= 1


@few
@given(some.texts)
def any_text(text):
    reading = kit.annotate(text)
    check(reading)
    assert Reading.from_dict(reading.to_dict(), reading.article).to_dict() == reading.to_dict()
    parts = [part for part in reading.article.parts if part.kind in ("headline", "body")]
    for mark in reading.annotations:
        whole = () if mark.layer == "attribution" else (mark.span,)  # from the first of its parts to the last
        for span in (*whole, *(span for spans in mark.parts.values() for span in spans)):
            assert any(part.start <= span.start < span.end <= part.end for part in parts), (mark.entry, span)
    assert all(sign.isprintable() or sign in "\n\t" or ord(sign) > 159 for sign in reading_table(reading))
    to_page(reading)


@few
@given(some.json_files(some.A_READING))
def any_reading(data):
    with tempfile.TemporaryDirectory() as folder, in_a_sentence:
        file = Path(folder) / "reading.json"
        file.write_bytes(data)
        reading = Reading.load(file, some.ARTICLE)
        check(reading)
        reading.save(file)
        assert Reading.load(file, some.ARTICLE).annotations == reading.annotations


@few
@given(some.json_files(some.AN_ANSWER_FILE))
def any_answer_file(data):
    """It is used or set aside; what is answered then is saved."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lesson.json"
        file.write_bytes(data)
        store, again = (Answers(file, load("blinken")) for _ in range(2))
        store.refresh()
        check(store.reading())
        store.history("first-look")
        store.put("first-look", {"text": "New."})
        store.undo("mark")
        assert store.saved("first-look")
        again.refresh()
        assert again.get("first-look") == {"text": "New."}


@few
@given(some.json_files(some.A_HAND_IN))
def any_hand_in(data):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "02_who_says_so_Amira-K.json").write_bytes(data)
        students, problems = gather([Path(folder)])
        class_work(students, problems)
        assert students or problems


@given(some.spoiled(some.IN_A_CODE).map(some.as_code) | some.damaged(some.as_code(some.IN_A_CODE).encode()).map(str))
def any_code(code):
    for one in find_codes(code):
        with in_a_sentence:
            data = from_code(one)
            for reading in data["readings"].values():
                check(Reading.from_dict(reading, load("blinken")))


@few
@given(some.damaged(some.EXERCISES) | some.damaged(some.EXERCISES[:1500]))
def any_exercises(data):
    with tempfile.TemporaryDirectory() as folder, in_a_sentence:
        file = Path(folder) / "items" / "00_start_here.toml"
        file.parent.mkdir()
        file.write_bytes(data)
        _read.__wrapped__(file, False)


@few
@given(some.damaged(some.A_LEXICON))
def any_lexicon(data):
    with contextlib.suppress(tomli.TOMLDecodeError, UnicodeDecodeError, KitError, RecursionError):
        Lexicon(validate_entries("approximators", tomli.loads(data.decode())))


@few
@given(
    st.sampled_from(sorted(some.PAGES)).flatmap(lambda name: st.tuples(st.just(name), some.damaged(some.PAGES[name])))
)
def any_page(page):
    name, data = page
    with in_a_sentence:
        article = read(data, name)
        assert article.text.strip()
        assert all(0 <= part.start < part.end <= len(article.text) for part in article.parts)


@few
@given(st.sampled_from(["page.docx", "page.odt"]).flatmap(lambda name: st.tuples(st.just(name), insides(name))))
def any_office_file(page):
    """Damaged inside its zip, which itself is whole."""
    name, files = page
    with in_a_sentence:
        read(zipped(files), name)


def insides(name):
    with zipfile.ZipFile(io.BytesIO(some.PAGES[name])) as packed:
        return st.fixed_dictionaries({
            inner: some.damaged(packed.read(inner)) if inner.endswith(".xml") else st.just(packed.read(inner))
            for inner in packed.namelist()
        })  # fmt: skip


@few
@given(some.damaged(some.PAGES["page.html"]).map(lambda data: data.decode("utf-8", "surrogateescape")))
def any_copied_page(html):
    with in_a_sentence:
        read_copied(html)


@given(
    st.sampled_from(sorted(some.MARKED)).flatmap(lambda name: st.tuples(st.just(name), some.damaged(some.MARKED[name])))
)
def any_marks(given_file):
    name, data = given_file
    with in_a_sentence:
        check(FORMATS[name].read(data.decode("utf-8", "replace"), some.ARTICLE, reader="ada", where="x"))


@given(some.damaged(some.FRONT_MATTER))
def any_front_matter(data):
    with in_a_sentence:
        article = parse(data.decode("utf-8", "replace"), name="x", where="x.md")
        assert isinstance(article.title, str)


PROPERTIES = {name: made for name, made in globals().items() if name.startswith("any_") and hasattr(made, "hypothesis")}


@pytest.mark.parametrize("name", PROPERTIES)
def test_any_input_is_read_or_refused_in_a_sentence(name):
    PROPERTIES[name]()


# ------------------------------------------------------------------------------------------ what was found


def spoiled_reading(**of_mark):
    """A reading whose first mark is spoiled."""
    first, *rest = some.A_READING["annotations"]
    return some.A_READING | {"annotations": [first | of_mark, *rest]}


FOUND = {
    "confidence beyond any float": json.dumps(spoiled_reading(confidence=10**400)),
    "confidence that is no number": json.dumps(spoiled_reading(confidence=float("nan"))),
    "confidence above 1": json.dumps(spoiled_reading(confidence=1.5)),
    "confidence that is true": json.dumps(spoiled_reading(confidence=True)),
    "more digits than Python reads": json.dumps(some.A_READING).replace('"start": 4', f'"start": {"1" * 5000}'),
    "a place of no width": json.dumps(spoiled_reading(start=4, end=4)),
    "a part of no width": json.dumps(spoiled_reading(parts={"cue": [[4, 4]]})),
}


@pytest.mark.parametrize("data", FOUND.values(), ids=FOUND)
def test_a_reading_that_is_none_is_refused_in_a_sentence(tmp_path, data):
    file = tmp_path / "lesson.json"
    file.write_text(data, "utf-8")
    with pytest.raises(KitError, match=r"(?s)lesson\.json is broken: .*Use an undamaged copy") as refused:
        Reading.load(file, some.ARTICLE)
    assert len(str(refused.value)) < 400
    store = Answers(file, some.ARTICLE)
    store.refresh()
    assert "it is damaged" in store.message


@pytest.mark.parametrize("marks", [[1.5, 10**400], [10**400, 1], [1], ["1", "1"], [None, 1]], ids=str)
def test_a_code_with_places_that_are_none_is_refused_in_a_sentence(marks):
    by_article = {"blinken": ["", {"mark": [{"hedge/modal": marks}, 0]}]}
    with pytest.raises(KitError, match="it marks what isn't in the text"):
        from_code(some.as_code([*some.IN_A_CODE[:4], by_article]))


LEXICON = """
[sources.a]
citation = "A."
[[entry]]
id = "x"
forms = ["x"]
label = "l"
gloss = "g"
match = ["[x]"]
source = "a"
"""


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('citation = "A."', "", r"\[sources\.a\] has no citation"),
        ("citation", "c.d", r"\[sources\.a\] has no citation"),
        ("[sources.a]", "sources = 3", "write sources as"),
        ("[[entry]]", "[entry]", "each entry below"),
        ('id = "x"', "id = 3", "id is not what it should be. Write text"),
        ('forms = ["x"]', 'forms = "x"', "forms is not what it should be. Write a list of texts"),
        ('forms = ["x"]', "forms = [3]", "forms is not what it should be. Write a list of texts"),
    ],
)
def test_a_lexicon_that_is_none_is_refused_in_a_sentence(old, new, sentence):
    data = tomli.loads(LEXICON.replace(old, new).replace('sources = 3\ncitation = "A."', "sources = 3"))
    assert validate_entries("x", tomli.loads(LEXICON))
    with pytest.raises(KitError, match=sentence):
        validate_entries("x", data)


@pytest.mark.parametrize("sign", ["\0", "\x01", "\x0c", "\x1b", "\uffff"], ids=ascii)
def test_a_page_with_signs_that_are_no_text_is_read(sign):
    told = "<p>The pier may close in spring, the mayor of Port Vorn said on Monday, since it is old.</p>"
    page = f"<article><h1>Pier may close</h1><nav>x</nav>{sign}{told * 3}<script>x</script>{sign}{told * 3}</article>"
    assert read_copied(page).title == "Pier may close"


def test_a_reading_of_half_a_character_is_saved(tmp_path):
    article = read_text("It may \ud83c rain, she said.")
    reading = Reading(article, "ada", (Annotation("hedge", "modal", Span(3, 8), "\udc00"),))
    reading.save(tmp_path / "ada.json")
    assert [mark.span for mark in Reading.load(tmp_path / "ada.json", article).annotations] == [Span(3, 8)]


def test_what_is_said_over_two_paragraphs_is_a_piece_in_each():
    """What lies between them may be a caption, or a menu."""
    page = "“The pier is lost.\n\nA street in Port Vorn. Ana Lima/AFP/dpa\n\n“It can't be saved,” the mayor said."
    table = TokenTable(sentences(read_text(page)), models().classes)
    assert [span.of(page) for span in table.spans(0, table.size)] == [
        "“The pier is lost.",
        "“It can't be saved,” the mayor said.",
    ]
    assert [span.of(page) for span in table.spans(1, 3)] == ["The pier"]


@pytest.mark.parametrize("bad", [None, 3, b"It may rain.", ["It may rain."]], ids=repr)
@pytest.mark.parametrize("name", ["load", "read_text", "annotate", "agreement", "progress"])
def test_what_is_no_text_and_no_reading_gets_a_sentence(folder, name, bad):
    if (name, bad) == ("progress", None):
        return  # of all lessons
    with pytest.raises(KitError, match=r"takes|taken|There is no lesson"):
        getattr(kit, name)(bad)


def test_an_article_cannot_steer_the_terminal(tmp_path, capsys):
    page = tmp_path / "page.txt"
    page.write_text(
        "Pier\x1b]0;gone\x1b\\ may close\n\n“It may\x1b[2J rain,” the mayor\x9b31m of Port Vorn said.", "utf-8"
    )
    reading = kit.annotate(kit.load(page))
    main(["annotate", str(page)])
    main(["annotate", str(tmp_path / "no\x1b[2Jpage.txt")])
    said = capsys.readouterr()
    told = [said.out, said.err, str(kit.report(reading)), repr(kit.compare(reading, reading.only([])))]
    assert "␛[2J" in said.out
    assert "␛[2J" in said.err
    assert not [text for text in told if set(text) & {"\x1b", "\x9b"}]
