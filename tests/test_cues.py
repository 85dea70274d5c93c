"""The cue lexicon as a whole; each entry's own examples are tested with the other lexicons."""

import pytest

from kit.lexicons.matcher import lexicon
from kit.resources import read_toml
from kit.text.article import read_text
from kit.text.tokens import sentences

DATA = read_toml("cues")
KINDS = {"verb", "noun", "adverb", "phrase"}
CONTENTS = {"said", "written", "thought", "felt", "planned"}


def test_closed_lists():
    stances = DATA["stances"]
    assert len(stances) <= 12
    assert all(stance["gloss"] for stance in stances.values())
    assert {entry["label"] for entry in DATA["entry"]} == set(stances)
    assert {entry["kind"] for entry in DATA["entry"]} == KINDS
    assert {entry["content"] for entry in DATA["entry"]} == CONTENTS


def test_enough_cues_in_one_plain_sentence_each():
    assert len(DATA["entry"]) >= 250
    for entry in DATA["entry"]:
        assert entry["gloss"].endswith("."), entry["id"]
        assert len(entry["gloss"]) < 160, entry["id"]
    assert len({entry["gloss"] for entry in DATA["entry"]}) == len(DATA["entry"])


def test_all_sources_used():
    assert {entry["source"] for entry in DATA["entry"]} == set(DATA["sources"])


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("She said that he claimed it.", ["say", "claim"]),
        ("He called for calm and called the plan a joke.", ["call-for", "call"]),
        ("The road is shut, according to police, who declined to comment.", ["according-to", "no-comment"]),
        ("She made it clear on Monday that he was reportedly ill.", ["make-it-clear", "reportedly"]),
        ("They told reporters that the bank is widely expected to close.", ["tell-reporters", "be-expected"]),
        ("The claim that it works was denied.", ["claim-noun", "deny"]),
    ],
)
def test_together(text, ids):
    """With the whole lexicon the longest form wins: "called for" is not "called"."""
    tokens = sentences(read_text(text))[0].tokens
    assert [match.entry.id for match in lexicon("cues").find(tokens)] == ids
