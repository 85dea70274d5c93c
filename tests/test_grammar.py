"""Passives, places that act, scare quotes, nouns that name who did it."""

import pytest

from kit.analysis.framing import grammar
from kit.analysis.framing.passives import passives
from kit.text.article import read_text
from kit.text.tokens import sentences


def read(text):
    return [token for sentence in sentences(read_text(text)) for token in sentence.tokens]


def found(text):
    tokens = read(text)
    return [
        (p.kind, tokens[p.end - 1].text, " ".join(t.text for t in tokens[p.agent[0] : p.agent[1]]) if p.agent else None)
        for p in passives(tokens)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge was destroyed.", [("be", "destroyed", None)]),
        ("The bridge was not yet rebuilt by the town.", [("be", "rebuilt", "the town")]),
        ("Two men were quickly and quietly released on Monday.", [("be", "released", None)]),
        ("He got beaten by a gang.", [("get", "beaten", "a gang")]),
        ("The houses hit by shells burned.", [("reduced", "hit", "shells")]),
        ("Three men arrested after raid in Orvel", [("headline", "arrested", None)]),
        ("The town was cut off from its wells by the soldiers.", [("be", "cut", "the soldiers")]),
        ("It was read by 10 people.", [("be", "read", "10 people")]),
        # a "by" that names no doer
        ("The road was closed by Monday.", [("be", "closed", None)]),
        ("The price was cut by 20 percent.", [("be", "cut", None)]),
        ("The letter was sent by mail.", [("be", "sent", None)]),
        ("The house was saved by building a wall.", [("be", "saved", None)]),
        # active, or an adjective
        ("She has closed the shop.", []),
        ("He is interested in birds.", []),
        ("She's gone to Treno.", []),
        ("The street was uncrowded.", []),
        ("They were tired.", []),
        ("Nobody knew what she meant by it.", []),
        ("Nobody knew what the old mayor meant by peace.", []),
        ("The team won in Velm", []),
    ],
)
def test_passives(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Washington wants a ceasefire.", ["Washington"]),
        ("Officials in Washington want a ceasefire.", []),
        ("He flew from Moscow to Cairo.", []),
        ("There is pressure from Beijing.", ["Beijing"]),
        ("The quarrel between London and Paris goes on.", ["London", "Paris"]),
        ("Paris's streets were empty.", []),
        ("Berlin's tone has changed.", ["Berlin"]),
        ("The Kremlin has denied it.", ["The Kremlin"]),
        ("George Washington wrote a letter.", []),
        ("The meeting is at the White House.", []),
        ("A man in Tacoma, Washington has won.", []),
    ],
)
def test_stand_ins(text, expected):
    tokens = read(text)
    assert [" ".join(t.text for t in tokens[a:b]) for a, b, _ in grammar.stand_ins(tokens)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('The "reform" closed two schools.', ['"reform"']),
        ("The ‘security zone’ is a field.", ["‘security zone’"]),
        ('It was "a bad day", the mayor said.', []),
        ('She asked for help. "No chance."', []),
        ('They saw the film "The Long Road" in May.', []),
        ("The word “reform” is old.", []),
        ("The dogs' bowls and the cats' beds are new.", []),
        ('It is the "end', []),
    ],
)
def test_scare_quotes(text, expected):
    result = []
    for sentence in sentences(read_text(text)):
        tokens = sentence.tokens
        result += [text[tokens[a].start : tokens[b - 1].end] for a, b in grammar.scare_quotes(tokens)]
    assert result == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("the bombing of the port", False),
        ("Norland's bombing of the port", True),
        ("their heavy bombing of the port", True),
        ("the bombing of the port by Norland", True),
        ("the bombing of the port. By noon it burned", False),
    ],
)
def test_doer_named(text, named):
    tokens = read(text)
    at = next(n for n, token in enumerate(tokens) if token.text == "bombing")
    assert grammar.doer_named(tokens, at, at + 1) is named
