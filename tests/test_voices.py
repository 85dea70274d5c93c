"""Voices: the innermost speaker owns the words; a cue is its speaker's; nobody named is nobody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.readings.reading import Annotation
from kit.readings.voices import NOT_NAMED, UNLIKELY, Voices, give_voices, voice_of
from kit.text.spans import Span

TEXT = "Ana said Bo believes it may rain. Reportedly it will, some say."


def at(words, start=0):
    place = TEXT.index(words, start)
    return Span(place, place + len(words))


def said(speaker, cue, content, label="indirect", stance="neutral", confidence=1.0):
    return Annotation(
        "attribution",
        label,
        at(content),
        parts={"cue": (at(cue),) if cue else (), "content": (at(content),)},
        details={"speaker": speaker, "stance": stance},
        confidence=confidence,
    )


ANA = said("Ana", "said", "Bo believes it may rain")
BO = said("Bo", "believes", "it may rain")
NOBODY = said("", "Reportedly", "it will")


@pytest.mark.parametrize(
    ("layer", "label", "words", "voice"),
    [
        ("hedge", "modal", "may", "Bo"),
        ("hedge", "belief", "believes", "Bo"),
        ("framing", "loaded", "believes", "Ana"),
        ("hedge", "hearsay", "Reportedly", "reporter"),
        ("hedge", "modal", "will", NOT_NAMED),
        ("hedge", "weasel", "some say", "reporter"),
    ],
)
def test_whose(layer, label, words, voice):
    mark = Annotation(layer, label, at(words))
    assert give_voices([ANA, BO, NOBODY], [mark])[-1].voice == voice


@pytest.mark.parametrize(
    ("attribution", "shown"),
    [
        (said("Bo", "believes", "it may rain"), "Bo"),
        (said("Bo", "believes", "it may rain", stance="mental"), "perhaps Bo"),
        (said("Bo", "believes", "it may rain", stance="planning"), "perhaps Bo"),
        (said("Bo", "believes", "it may rain", confidence=UNLIKELY - 0.01), "perhaps Bo"),
        (said("Bo", "believes", "it may rain", "direct", "mental", UNLIKELY - 0.01), "Bo"),
        (said("Bo", "", "it may rain", "direct"), "perhaps Bo"),
        (said("", "believes", "it may rain"), "perhaps somebody unnamed"),
    ],
)
def test_what_nobody_surely_said_is_perhaps_theirs(attribution, shown):
    mark = Annotation("framing", "loaded", at("rain"))
    assert voice_of(give_voices([attribution], [mark])[-1]) == shown


def test_a_guess_inside_what_the_same_speaker_said_is_none():
    guess = said("Ana", "believes", "it may rain", stance="mental")
    marks = [Annotation("framing", "loaded", at("rain")), Annotation("hedge", "belief", at("believes"))]
    assert [voice_of(mark) for mark in give_voices([ANA, guess], marks)[-2:]] == ["Ana", "Ana"]
    assert [voice_of(mark) for mark in give_voices([guess], marks)[-2:]] == ["perhaps Ana", "Ana"]


def test_nested_attributions_stand_inside_the_outer_one():
    assert [a.voice for a in give_voices([ANA, BO, NOBODY], [])] == ["reporter", "Ana", "reporter"]


def test_content_in_pieces():
    pieces = Annotation(
        "attribution", "direct", Span(0, 9), parts={"content": (Span(0, 2), Span(6, 9))}, details={"speaker": "Ana"}
    )
    voices = Voices([pieces])
    assert [voices.at(Span(i, i + 1)) for i in (1, 4, 7)] == ["Ana", "reporter", "Ana"]


contents = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: Span(pair[0], sum(pair)))


@given(st.lists(contents, max_size=8), st.integers(0, 80))
def test_the_smallest_content_around_wins(spans, place):
    attributions = [
        Annotation("attribution", "direct", span, parts={"content": (span,)}, details={"speaker": f"{n}"})
        for n, span in enumerate(spans)
    ]
    around = [n for n, span in enumerate(spans) if span.start <= place < span.end]
    smallest = min(around, key=lambda n: (spans[n].end - spans[n].start, n), default=None)
    assert Voices(attributions).at(Span(place, place + 1)) == ("reporter" if smallest is None else str(smallest))
