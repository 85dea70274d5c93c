"""Texts that the kit read wrongly once, by kind of fault: tests/examples/*.toml with a table ``case``.

A case names a text, and what must be found in it (``want``) or must not (``unwanted``). Each is a row of fields that a
thing found has to have: ``what`` it is, and what its other fields say; " | " stands between wordings that are equally
right, and quotation marks and full stops at the edges don't count.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT

import kit
from kit.text.tokens import plain

FOLDER = ROOT / "tests" / "examples"
EDGES = " ,;:.\"'«»"
TABLES = {path.stem: tomllib.loads(path.read_text("utf-8")).get("case", []) for path in sorted(FOLDER.glob("*.toml"))}
CASES = [pytest.param(case, id=f"{name}-{case['kind']}") for name, table in TABLES.items() for case in table]


def same(wanted: object, found: object) -> bool:
    if isinstance(wanted, float):
        return found == pytest.approx(wanted)
    if wanted == "":
        return found == ""
    return any(words(choice) == words(found) for choice in str(wanted).split(" | "))


def words(text: object) -> str:
    return plain(" ".join(str(text).split())).strip(EDGES)


def everything(text: str, other: str | None, reader: str | None = None) -> Iterator[dict[str, Any]]:
    """All that a reader, by default the kit, finds in a text, or between two."""
    reading = kit.annotate(kit.read_text(text), reader=reader)
    article = reading.article
    yield {"what": "title", "text": article.title}
    for part in article.parts:
        yield {"what": "part", "kind": part.kind, "text": text[part.start : part.end]}
    for sentence in reading.sentences:
        yield {"what": "sentence", "text": text[sentence.start : sentence.end]}
    for mark in reading.annotations:
        if mark.layer == "attribution":
            who = {"speaker": mark.details.get("speaker", ""), "kind": mark.details.get("speaker_kind", "")}
            yield {"what": mark.layer} | who | {part: mark.part(part, text) for part in ("source", "cue", "content")}
        else:
            yield {"what": mark.layer, "span": mark.span.of(text), "label": mark.label, "voice": mark.voice}
    for figure in kit.figures(reading):
        yield {"what": "figure", "text": figure.text, "value": figure.value, "counts": figure.counts}
    for row in kit.report(reading)["silent"].rows:
        yield {"what": "silent", "who": row[0]}
    for about, described in kit.parties(reading).rows:
        for word in described.split(", "):
            yield {"what": "party", "about": about, "word": re.sub(r" \(.*", "", word)}
    if other is not None:
        both = kit.compare(reading, kit.annotate(other, reader=reader))
        for row in both["said"].rows:
            yield {"what": "difference", "about": row[0]}
        for row in both["left out"].rows:
            yield {"what": "left out", "who": row[0]}


def fits(row: dict[str, Any], found: dict[str, Any]) -> bool:
    return all(field in found and same(value, found[field]) for field, value in row.items())


def faults(case: dict[str, Any], reader: str | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What is missing in a case, and what is there that should not be."""
    found = list(everything(case["text"], case.get("other"), reader))
    missing = [row for row in case.get("want", []) if not any(fits(row, one) for one in found)]
    return missing, [row for row in case.get("unwanted", []) if any(fits(row, one) for one in found)]


@pytest.mark.parametrize("case", CASES)
def test_a_case_asks_for_something(case):
    assert set(case) <= {"kind", "text", "other", "want", "unwanted"}  # a misspelt one would never fail
    assert case.get("want") or case.get("unwanted")


@pytest.mark.parametrize("case", CASES)
def test_a_fault_that_was_mended_stays_mended(case):
    assert faults(case) == ([], [])
