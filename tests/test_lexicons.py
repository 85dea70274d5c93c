"""Every entry's examples are tests: brackets mark the words that it must find, and in `avoid` it must find nothing."""

import re

import pytest

from kit.article import read_text
from kit.errors import KitError
from kit.language import sentences
from kit.lexicon import Lexicon, check, inflections
from kit.resources import PACKAGE, read_toml

NAMES = sorted(path.stem for path in (PACKAGE / "lexicons").glob("*.toml") if "entry" in read_toml(path.stem))
EXAMPLES = [(name, entry) for name in NAMES for entry in check(name, read_toml(name))]


def found(entry, text):
    lexicon = Lexicon([entry])
    spans = []
    for sentence in sentences(read_text(text)):
        for match in lexicon.find(sentence.tokens):
            spans.append((sentence.tokens[match.start].start, sentence.tokens[match.end - 1].end))
    return spans


def marked(example):
    """The example without its brackets, and the spans that they mark."""
    text, spans, open_at = "", [], 0
    for piece in re.split(r"([\[\]])", example):
        if piece == "[":
            open_at = len(text)
        elif piece == "]":
            spans.append((open_at, len(text)))
        else:
            text += piece
    return text, spans


@pytest.mark.parametrize(("name", "entry"), EXAMPLES, ids=[f"{name}/{entry.id}" for name, entry in EXAMPLES])
def test_entry(name, entry):
    for example in entry.match:
        text, spans = marked(example)
        assert spans, f"{example!r} marks nothing with brackets"
        assert found(entry, text) == spans, example
    for example in entry.avoid:
        assert found(entry, example) == [], example


BROKEN = {
    "used twice": [{"id": "a", "forms": ["x"]}, {"id": "a", "forms": ["y"]}],
    "gloss": [{"id": "a", "forms": ["x"], "gloss": ""}],
    "no [sources.nowhere]": [{"id": "a", "forms": ["x"], "source": "nowhere"}],
    "also stands in": [{"id": "a", "forms": ["x"]}, {"id": "b", "forms": ["x"]}],
    "match": [{"id": "a", "forms": ["x"], "match": []}],
}


@pytest.mark.parametrize("message", BROKEN)
def test_refuses(message):
    usual = {"label": "modal", "gloss": "A word.", "match": ["[x]"], "source": "ours"}
    entries = [usual | entry for entry in BROKEN[message]]
    with pytest.raises(KitError, match=re.escape(message)):
        check("test", {"sources": {"ours": {"citation": "Ours"}}, "entry": entries})


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("hunt~ down", "They hunted down the men.", ["hunted down"]),
        ("[some] #", "Some of the 20 saw some 240 birds.", ["some"]),
        ("may/MD", "It may rain in May.", ["may"]),
        ("question/-VB", "They question the plan; a question remains.", ["question"]),
        ("make~ it ** clear", "She made it very clear.", ["made it very clear"]),
        ("^ critics", "Critics spoke. The critics left.", ["Critics"]),
        ("US", "It helps us and the US.", ["US"]),
        ("on|off the table", "It is off the table.", ["off the table"]),
        ("don't know", "I don’t know.", []),
        ("do n't know", "I don’t know.", ["don’t know"]),
    ],
)
def test_forms(form, text, expected):
    from kit.lexicon import Entry

    assert [text[s:e] for s, e in found(Entry("e", "l", "g", (form,), ()), text)] == expected


def test_unless_and_longest():
    from kit.lexicon import Entry

    short = Entry("some", "weasel", "g", ("some",), (), unless=("some of the cake",))
    long = Entry("some-say", "weasel", "g", ("some say",), ())
    tokens = sentences(read_text("Some say some of the cake is for some."))[0].tokens
    assert [(m.entry.id, m.start) for m in Lexicon([short, long]).find(tokens)] == [("some-say", 0), ("some", 8)]


def test_doubling():
    assert {"planned", "planning", "plans"} <= inflections("plan")
