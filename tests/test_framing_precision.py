"""Framing marks that a reader has judged: benchmarks/judged_framing.toml."""

import pytest

from benchmarks import framing

FOUND = framing.marks()
AIM = 0.8


@pytest.mark.parametrize("origin", ["lexicon", "rule"])
def test_of_ten_marks_one_would_defend_eight(origin):
    verdicts = [mark.verdict for mark in FOUND if mark.origin == origin and mark.verdict != "not judged"]
    assert len(verdicts) > 50
    assert verdicts.count("right") >= AIM * len(verdicts)


def test_each_judgement_is_of_one_mind():
    for article, verdicts in framing.judged().items():
        assert set(verdicts) <= {"right", "wrong"}, article
        assert set(verdicts.get("right", [])).isdisjoint(verdicts.get("wrong", [])), article


def test_the_command_prints_both_tables(capsys):
    framing.main(["--show"])
    printed = capsys.readouterr().out
    assert "by origin\nlexicon" in printed
    assert "by label\nagentless" in printed
