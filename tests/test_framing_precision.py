"""Framing marks that a reader has judged: benchmarks/judged_framing.toml."""

import pytest

from benchmarks import framing

AIM = 0.8


@pytest.fixture(scope="module")
def found():
    return framing.marks()


@pytest.mark.parametrize("origin", ["lexicon", "rule"])
def test_of_ten_marks_one_would_defend_eight(origin, found):
    verdicts = [mark.verdict for mark in found if mark.origin == origin and mark.verdict != "not judged"]
    assert len(verdicts) > 50
    assert verdicts.count("right") >= AIM * len(verdicts)


def test_each_judgement_is_of_one_mind():
    for article, verdicts in framing.judged().items():
        assert set(verdicts) <= {"right", "wrong"}, article
        assert set(verdicts.get("right", [])).isdisjoint(verdicts.get("wrong", [])), article


def test_the_command_prints_both_tables(capsys, monkeypatch, found):
    monkeypatch.setattr(framing, "marks", lambda: found)
    framing.main(["--show"])
    printed = capsys.readouterr().out
    assert "by origin\nlexicon" in printed
    assert "by label\nagentless" in printed
    assert "wrong: police: agentless: entered" in printed
