"""Kinds of text that are hard to read right: who says what, and who they are. The tables are in tests/examples/."""

import tomllib
from pathlib import Path

import pytest

import kit

FOLDER = Path(__file__).parent / "examples"


def cases(name):
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(case, id=f"{case['kind']}: {case['text'][:40]}") for case in table]


def plain(words):
    """Words without the marks around them."""
    return words.strip(" ,;:.“”‘’'\"").replace("’", "'")


def found(text):
    """The attributions of a text, as the tables write them."""
    return [
        {part: mark.part(part, text) for part in ("source", "cue", "content")}
        | {"speaker": mark.details["speaker"], "kind": mark.details["speaker_kind"]}
        for mark in kit.attributions(text)
    ]


def fits(wanted, mark):
    return all(any(plain(words) == plain(mark[key]) for words in wanted[key].split(" | ")) for key in wanted)


@pytest.mark.parametrize("case", [*cases("attribution_kinds"), *cases("speaker_kinds")])
def test_kind(case):
    marks = found(case["text"])
    missing = [wanted for wanted in case.get("want", []) if not any(fits(wanted, mark) for mark in marks)]
    extra = [mark for wanted in case.get("unwanted", []) for mark in marks if fits(wanted, mark)]
    assert (missing, extra) == ([], []), marks
