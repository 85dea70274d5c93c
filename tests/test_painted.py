"""Which party a framing mark describes."""

import pytest

from kit.analysis import annotate
from kit.painted import painted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norland's brutal assault went on.", {"Norland": ["brutal assault"]}),
        ("A council of liars met; the brutal man left.", {"liars": ["liars"], "man": ["brutal"]}),
        ("Two terrorists from Velm were seen.", {"Velm": ["terrorists"]}),
        ("Soldiers slaughtered the families.", {"Soldiers": ["slaughtered"]}),
        ("The massacre by Norland went on.", {"Norland": ["massacre"]}),
        ("The road was closed.", {}),
        ("", {}),
    ],
)
def test_parties(text, expected):
    found = painted(annotate(text))
    assert {party: [m.span.of(text) for m in marks] for party, marks in found.items()} == expected


def test_the_party_with_most_marks_comes_first():
    text = "Norland's massacre came first. Velm's massacre followed. Velm's bloodbath was the last."
    assert list(painted(annotate(text))) == ["Velm", "Norland"]
