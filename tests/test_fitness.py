"""What the kit says of texts that it can't read well: nothing of English news, a plain sentence of the rest."""

import tomllib

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.cli import main
from kit.course import answers
from kit.readings.reading import Reading
from kit.resources import seeds_folder
from kit.sources.load import load
from kit.text.article import read_text
from kit.text.fitness import fitness
from kit.widgets.paste import Paste

TEXTS = tomllib.loads((ROOT / "tests" / "examples" / "fitness.toml").read_text("utf-8"))["text"]


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["about"])
def test_each_text_is_told_for_what_it_is(case):
    notes = fitness(case["text"].strip())
    assert [note.kind for note in notes] == case["notes"]
    assert case.get("what", "") in " ".join(note.sentence for note in notes)


@pytest.mark.parametrize("seed", sorted(path.stem for path in seeds_folder().glob("*.md")))
def test_the_articles_of_the_course_get_no_note(seed):
    assert fitness(load(seed)) == ()


def test_at_most_two_sentences_each_and_two_notes():
    assert fitness("") != ()
    for case in TEXTS:
        notes = fitness(case["text"])
        assert len(notes) <= 2
        assert all(note.sentence.count(". ") <= 1 for note in notes)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("aA .,:\n\r12[]->ßé好ع"))))
def test_any_text_can_be_asked_about(text):
    assert all(note.sentence for note in fitness(read_text(text)))


GERMAN = "Der Hafen hat am Freitag seine Mole gesperrt, nachdem ein Sturm sie beschädigt hatte, sagte <die> Stadt."
[TOLD] = [note.sentence for note in fitness(GERMAN)]


def test_a_reading_says_it_wherever_it_is_shown(capsys, tmp_path):
    reading = kit.annotate(GERMAN)
    shown, report = kit.show(reading), kit.report(reading)
    assert shown.notes == [TOLD]
    assert TOLD in shown._without_scripts()
    assert TOLD in str(report)
    assert TOLD in report._repr_html_()
    assert TOLD in report.to_html()
    path = tmp_path / "hafen.txt"
    path.write_text(GERMAN, "utf-8")
    assert main(["annotate", str(path), "--format", "json"]) == 0
    assert capsys.readouterr().err == f"kit: {TOLD}\n"


def test_one_who_pastes_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("BTL_ANSWERS", str(tmp_path))
    answers.forget_open()
    widget = Paste("06_your_article/first", example="ferry_1")
    widget.use(GERMAN)
    assert widget.using.endswith(TOLD)
    answers.forget_open()


def test_a_persons_reading_gets_no_such_note():
    assert Reading(read_text(GERMAN), "Ana").notes == ()
    assert kit.show(GERMAN).notes == []
