"""Texts that repeat one thing: the work grows with the text, and no faster. Counted in calls, not in seconds;
`python -m benchmarks.repeats` measures these and many more in seconds.
"""

import pytest
from conftest import ROOT, calls_made

import kit
from benchmarks.repeats import repeated
from kit.analysis.attribution.first_look import FirstLook
from kit.analysis.attribution.link_features import CROWD, window
from kit.analysis.attribution.model import first_look, models
from kit.analysis.attribution.tags import retagged
from kit.analysis.attribution.token_table import TokenTable
from kit.text.article import read_text
from kit.text.tokens import sentences

NEWS = ROOT / "tests" / "examples" / "news"
ORDINARY = [(NEWS / f"{name}.txt").read_text("utf-8") for name in ("interview", "police")]


def looked_at(text: str) -> tuple[TokenTable, FirstLook, list[int]]:
    """A text, and the size of the window of each candidate cue in it."""
    table = TokenTable(retagged(sentences(read_text(text))), models().classes)
    look = first_look(table, models().cues)
    reached = [window(table, look, candidate.anchor) for candidate in look.candidates]
    assert all(first <= one.first < one.end <= end for (first, end), one in zip(reached, look.candidates, strict=True))
    return table, look, [end - first for first, end in reached]


@pytest.mark.parametrize("unit", ['"x" said. ', "“x,” said Ada. "])
def test_a_crowd_of_cues_is_not_looked_at_again_and_again(unit):
    table, look, sizes = looked_at(repeated(unit, 2000))
    assert len(look.candidates) > 2 * CROWD
    assert sum(sizes) < 12 * table.size


def test_where_cues_are_as_many_as_in_news_nothing_is_left_out(monkeypatch):
    before = [looked_at(text)[2] for text in ORDINARY]
    monkeypatch.setattr("kit.analysis.attribution.link_features.CROWD", 10**6)
    assert [looked_at(text)[2] for text in ORDINARY] == before


@pytest.mark.parametrize("unit", ['"x" said. ', "Ada Brandt said. ", "the so-called “x” ", "It may rain. ", "a\n\n"])
def test_four_times_the_text_is_at_most_six_times_the_work(unit):
    kit.annotate(repeated(unit, 100))
    short, long = (calls_made(lambda size=size: kit.annotate(repeated(unit, size))) for size in (800, 3200))
    assert long < 6 * short
