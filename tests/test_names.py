"""Who speaks in the articles of tests/examples/news/: the share of right names that we claim."""

from collections import Counter

import pytest

from benchmarks import names

ARTICLES = names.articles()
AIM = 0.9  # of the signals found


def test_marks_are_taken_out_and_nothing_else():
    text, gold = names.unmark("“Rain,” [says|Ana Lima / Lima] Ana.\n[“|Ana Lima]Yes.” [It is said|] so.")
    assert text == "“Rain,” says Ana.\n“Yes.” It is said so."
    assert [(text[one.start : one.end], one.names) for one in gold] == [
        ("says", ("Ana Lima", "Lima")),
        ("“", ("Ana Lima",)),
        ("It is said", ("",)),
    ]


@pytest.mark.parametrize("style", ARTICLES)
def test_an_article_names_who_speaks_in_it(style):
    text, gold = ARTICLES[style]
    assert "[" not in text
    assert 150 <= len(text.split()) <= 350
    assert len(gold) >= 10


def test_nine_names_in_ten_are_right():
    judged = [one for text, gold in ARTICLES.values() for one in names.judge(text, gold)]
    counts = Counter(one.outcome for one in judged)
    found = len(judged) - counts["not found"]
    assert counts["right"] >= AIM * found
    assert found >= AIM * len(judged)


def test_the_command_prints_a_line_for_each_article_and_for_all(capsys):
    names.main(["agency", "--show"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("agency")
    assert lines[-1].startswith("all")
