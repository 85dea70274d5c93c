"""Worksheets: what students get on paper gives nothing away, and says where each line is."""

import dataclasses
import re
from html import unescape

import pytest
from conftest import ROOT

from kit.classroom.worksheet import article_sheet, lesson_key, lesson_sheet
from kit.cli import main
from kit.course.lesson_files import lessons
from kit.course.lessons import read_lesson
from kit.sources.load import load
from kit.text.article import read_text

ARTICLE = """Pier to close, says harbour office

The old pier in Port Vorn may close on Friday, the harbour office said. <b>“It is a sad day,”</b> said Ada Brandt.

Nobody knows when it will open again.
"""


def plain(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", str(page))).split())


@pytest.mark.parametrize("name", lessons())
def test_nothing_in_it_comes_after_an_answer(name):
    lesson = read_lesson(name, with_keys=True)
    sheet = plain(lesson_sheet(lesson, lesson.questions, everything=True))
    for question in lesson.questions:
        assert plain(question.title) in sheet
        told = [question.model, question.otherwise, question.after, *question.hints]
        for text in filter(None, [*told, *(option.feedback for option in question.options)]):
            assert " ".join(text.split()) not in sheet, question.id


@pytest.mark.parametrize("name", lessons())
def test_what_is_right_does_not_change_a_letter_of_it(name):
    lesson = read_lesson(name, with_keys=True)
    turned = [
        dataclasses.replace(
            question, options=tuple(dataclasses.replace(one, right=not one.right) for one in question.options)
        )
        for question in lesson.questions
    ]
    assert lesson_sheet(lesson, turned, everything=True) == lesson_sheet(lesson, lesson.questions, everything=True)
    for question in lesson.questions:
        if question.kind == "order":
            assert question.shown() != question.options


def test_the_key_says_what_is_right_and_why():
    lesson = read_lesson("02_who_says_so", with_keys=True)
    key = plain(lesson_key(lesson, lesson.questions))
    for question in lesson.questions:
        for option in question.options:
            if option.right and question.kind in ("choice", "choices"):
                assert f"✓ {' '.join(option.text.split())}" in key


def test_lines_have_numbers_and_what_is_to_be_marked_names_them():
    lesson = read_lesson("02_who_says_so")
    sheet = str(lesson_sheet(lesson, lesson.questions))
    lines = re.findall(r'<span class="line">(?:<span class="number">(\d+)</span>)?(.*?)</span>', sheet)
    assert [int(number) for number, _ in lines if number] == list(range(5, len(lines) + 1, 5))
    assert max(len(unescape(text)) for _, text in lines) <= 74
    first, last = map(int, re.search(r"Lines (\d+) to (\d+)\. ", sheet).groups())
    assert lines[first - 1][1].startswith("Israel has worked its way")
    assert 1 < first < last <= len(lines)


def test_an_article_is_text_and_three_questions():
    sheet = str(article_sheet(read_text(ARTICLE)))
    assert "&lt;b&gt;" in sheet
    assert "<b>" not in sheet
    for question in ("Who says so?", "How sure?", "In whose words?"):
        assert question in sheet


def test_on_paper_there_is_nothing_to_choose_from(tmp_path, capsys):
    (tmp_path / "pier.txt").write_text(ARTICLE, "utf-8")
    assert main(["print", str(tmp_path / "pier.txt"), "-o", str(tmp_path / "sheet.html")]) == 0
    sheet = (tmp_path / "sheet.html").read_text("utf-8")
    assert "Then write in the margin what it does." in sheet
    assert "Then choose" not in plain(sheet) + plain(lesson_sheet(read_lesson("03_how_sure"), (), everything=True))
    assert plain(re.search(r"<body.*", sheet, re.S)[0]).count("Pier to close, says harbour office") == 1


def test_a_lesson_is_printed_by_its_notebook_from_anywhere(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "mine"
    assert main(["lesson", str(ROOT / "tests/examples/new_lesson/short.txt"), "-o", str(folder)]) == 0
    monkeypatch.chdir(tmp_path)
    assert main(["print", "mine/short_exercises.ipynb", "-o", "sheet.html"]) == 0
    assert "<h2>Questions</h2>" in (tmp_path / "sheet.html").read_text("utf-8")
    capsys.readouterr()
    assert main(["print", "short"]) == 2
    assert "One of your own is found from its folder" in capsys.readouterr().err


def test_the_page_that_lesson_one_asks_about_is_whole():
    lesson = read_lesson("01_what_am_i_looking_at")
    assert "Something went wrong" in str(lesson_sheet(lesson, lesson.questions))
    assert "Something went wrong" not in str(article_sheet(load("blinken")))


def test_the_command_writes_two_files_and_never_over_the_article(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["print", "03_how_sure"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["03_how_sure.html", "03_how_sure_key.html"]
    assert "Content-Security-Policy" in (tmp_path / "03_how_sure.html").read_text("utf-8")
    article = tmp_path / "pier.html"
    paragraphs = "".join(f"<p>{text}</p>" for text in 5 * [ARTICLE.split("\n\n")[1]])
    article.write_text(f"<article><h1>Pier to close</h1>{paragraphs}</article>", "utf-8")
    assert main(["print", "pier.html"]) == 2
    assert "is what this is made from" in capsys.readouterr().err
    assert main(["print", "no_such_lesson"]) == 2
    assert main(["print", "pier.html", "-o", "sheet.html"]) == 0
    assert "btl-" not in (tmp_path / "sheet.html").read_text("utf-8")  # no mark of the kit's


def test_a_sheet_without_an_ending_gets_one_that_browsers_know(tmp_path):
    (tmp_path / "bridge.txt").write_text("The bridge is safe, the mayor said.", "utf-8")
    assert main(["print", str(tmp_path / "bridge.txt"), "-o", str(tmp_path / "sheet")]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"bridge.txt", "sheet.html", "sheet_key.html"}
