"""What sentences tell of how right the kit is was measured: each figure of told_figures.toml stands in benchmarks/."""

from __future__ import annotations

import re
import tomllib
from functools import cache

import pytest
from conftest import ROOT

TOLD = tomllib.loads((ROOT / "tests" / "examples" / "told_figures.toml").read_text("utf-8"))["told"]
TEN = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
HOLE = re.compile(r"\{(.+?)\}")
CELL = re.compile(r"(0\.\d+|1\.0+)(?: \((\S+) / (\S+)\))?")
MEASURES = ("F", "precision", "recall")
# Where such a figure would stand, and what one looks like.
SAID_IN = ("README.md", "docs/*.md", "exercises/*.md", "notebooks/*.ipynb", "exercises/items/*.toml", "strong/*.md")
LIKE_A_FIGURE = re.compile(
    r"(?:kit|it)\b[^.]{0,40} (?:finds?|found) about \S+ of (?:ten|10)|(?:its|own) marks[^.]{0,20} one in"
    r"|reached \**0\.\d\d of 1"
)


@cache
def text_of(file: str) -> str:
    """A file's words, without what parts its lines: also within a string of Python."""
    return re.sub(r"\"\s*\n\s*\"|\s+", lambda gap: "" if '"' in gap[0] else " ", (ROOT / file).read_text("utf-8"))


def measured(figure: str) -> float:
    """The figure in the results that this names, as it stands in them."""
    file, heading, *place = figure.split(" | ")
    results = (ROOT / "benchmarks" / file).read_text("utf-8")
    if not place:
        (found,) = re.findall(heading, results)
        return float(found)
    row, column, measure = place
    below = re.search(rf"^## {re.escape(heading)}.*?$(.*?)(?=^## |\Z)", results, re.M | re.S)[1]
    lines = [line.strip("|") for line in below.splitlines() if line.startswith("|")]
    table = [[cell.strip(" *") for cell in line.split("|")] for line in lines]
    cells = next(cells for cells in table if cells[0] == row)
    return float(CELL.match(cells[table[0].index(column)])[1 + MEASURES.index(measure)])


def told(form: str, value: float) -> set[str]:
    """How a figure may be told: half-way between two, both are right."""
    if form == "n":
        return {f"{value:.0f}"}
    if form in ("ten", "10"):
        return {TEN[round(value * 10)] if form == "ten" else str(round(value * 10))}
    if form in ("one in", "1 in"):
        return {TEN[round(1 / (1 - value))] if form == "one in" else str(round(1 / (1 - value)))}
    digits = int(form[-1])
    written = {f"{value + nudge:.{digits}f}" for nudge in (-1e-9, 1e-9)}
    return written if form.startswith("0") else {number.removeprefix("0") for number in written}


def pattern(says: str, figures: list[str]) -> str:
    """The sentence as a regular expression, each figure as it was measured."""
    values = iter([measured(figure) for figure in figures])
    words = HOLE.split(says)
    return "".join(
        f"(?:{'|'.join(map(re.escape, sorted(told(part, next(values)))))})" if number % 2 else re.escape(part)
        for number, part in enumerate(words)
    )


@pytest.mark.parametrize("one", TOLD, ids=lambda one: f"{one['file']}: {one['says'][:30]}")
def test_what_is_told_was_measured(one):
    assert len(HOLE.findall(one["says"])) == len(one["figures"])
    expected = pattern(one["says"], one["figures"])
    assert re.search(expected, text_of(one["file"])), f"{one['file']} should say: {expected}"


@pytest.mark.parametrize(
    "name", sorted(path.relative_to(ROOT).as_posix() for kind in SAID_IN for path in ROOT.glob(kind))
)
def test_no_other_figure_is_told(name):
    text = text_of(name)
    held = [re.search(pattern(one["says"], one["figures"]), text) for one in TOLD if one["file"] == name]
    for found in LIKE_A_FIGURE.finditer(text):
        assert any(one and one.start() < found.end() and found.start() < one.end() for one in held), found[0]


def test_a_wrong_figure_would_be_seen():
    says, figures = "about {ten} of ten", ["RESULTS.md | Who says so | the kit | cue | recall"]
    assert re.search(pattern(says, figures), "about seven of ten")
    assert not re.search(pattern(says, figures), "about eight of ten")
    assert told(".2", 0.685) == {".68", ".69"}
    assert told("one in", 0.76) == {"four"}
