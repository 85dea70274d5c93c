"""Voices: whose words are these? The reporter's, or a speaker's inside whose content they stand.

This is the join of the layers. The same word is one thing in a quotation and another in the reporter's own sentence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kit.readings.reading import REPORTER, Annotation, Reading
from kit.text.spans import Span
from kit.text.tokens import Sentence

NOT_NAMED = "not named"  # somebody said it, but the text does not say who


@dataclass(frozen=True)
class _Stretch:
    span: Span
    size: int  # of the whole content: of nested contents the smaller is the inner one
    voice: str
    order: int


class Voices:
    """Looks up the voice at a place. Built once per article from its attributions.

    >>> said = Annotation("attribution", "indirect", Span(0, 20), details={"speaker": "Ada"},
    ...     parts={"source": (Span(0, 3),), "cue": (Span(4, 8),), "content": (Span(9, 20),)})
    >>> voices = Voices([said])
    >>> voices.at(Span(10, 14)), voices.at(Span(0, 3)), list(voices.signalled(Span(4, 8)))
    ('Ada', 'reporter', [0])
    """

    def __init__(self, attributions: Sequence[Annotation]) -> None:
        contents = []
        self._cues: list[tuple[Span, int]] = []
        for order, attribution in enumerate(attributions):
            pieces = attribution.parts.get("content", ())
            voice = attribution.details.get("speaker") or NOT_NAMED
            size = sum(piece.end - piece.start for piece in pieces)
            contents += [_Stretch(piece, size, voice, order) for piece in pieces]
            self._cues += [(cue, order) for cue in attribution.parts.get("cue", ())]
        self._contents = sorted(contents, key=lambda stretch: stretch.span.start)
        self._starts = [stretch.span.start for stretch in self._contents]
        self._longest = max((stretch.span.end - stretch.span.start for stretch in self._contents), default=0)
        self._cues.sort()
        self._cue_starts = [cue.start for cue, _ in self._cues]
        self._longest_cue = max((cue.end - cue.start for cue, _ in self._cues), default=0)

    def around(self, span: Span) -> list[_Stretch]:
        """The contents that cover the start of a span, innermost first."""
        first = bisect_right(self._starts, span.start - self._longest - 1)
        last = bisect_right(self._starts, span.start)
        covering = [s for s in self._contents[first:last] if span.start < s.span.end]
        return sorted(covering, key=lambda stretch: (stretch.size, stretch.order))

    def at(self, span: Span) -> str:
        """The speaker of the innermost content that covers the start of ``span``, or "reporter"."""
        covering = self.around(span)
        return covering[0].voice if covering else REPORTER

    def signalled(self, span: Span) -> Iterator[int]:
        """The attributions, by number, whose cues overlap ``span``."""
        first = bisect_right(self._cue_starts, span.start - self._longest_cue - 1)
        last = bisect_right(self._cue_starts, span.end)
        return (order for cue, order in self._cues[first:last] if cue.overlaps(span))


def give_voices(attributions: Sequence[Annotation], marks: Sequence[Annotation]) -> list[Annotation]:
    """All annotations with their voices.

    An attribution's own voice is that of the content it is nested in. A hedge that is a cue ("Israel believes") is its
    speaker's doubt; hearsay ("reportedly", "what officials say are") is that of whoever passes it on.
    """
    voices = Voices(attributions)
    given = []
    for order, attribution in enumerate(attributions):
        cue = (attribution.parts.get("cue") or attribution.parts.get("source") or (attribution.span,))[0]
        outer = [stretch for stretch in voices.around(cue) if stretch.order != order]
        given.append(replace(attribution, voice=outer[0].voice if outer else REPORTER))
    for mark in marks:
        voice = voices.at(mark.span)
        signal = next(voices.signalled(mark.span), None) if mark.layer == "hedge" else None
        if signal is not None and mark.label == "hearsay":
            voice = given[signal].voice
        elif signal is not None:
            voice = attributions[signal].details.get("speaker") or voice
        given.append(replace(mark, voice=voice))
    return given


def shown(voice: str) -> str:
    """A voice as tables and sentences name it."""
    return "the reporter" if voice == REPORTER else "somebody unnamed" if voice == NOT_NAMED else voice


class WordOf(NamedTuple):
    """A word, the number of its paragraph, whose it is, and whether it is quoted."""

    span: Span
    paragraph: int
    voice: str
    quoted: bool


def words_by_voice(reading: Reading) -> list[WordOf]:
    """All words of the headline and the body; each belongs to the innermost speaker around it.

    >>> from kit.analysis.annotate import annotate
    >>> words_by_voice(annotate("Rain is near, Ada Brandt said."))[0]
    WordOf(span=Span(start=0, end=4), paragraph=0, voice='Ada Brandt', quoted=False)
    """
    said = reading.layer("attribution")
    voices = Voices(said)
    quoted = Voices([mark for mark in said if mark.label == "direct"])
    return [
        WordOf(span, one.paragraph, voices.at(span), bool(quoted.around(span)))
        for one in reading.sentences
        for span in word_spans(one)
    ]


def word_spans(sentence: Sentence) -> list[Span]:
    """The words of a sentence: its tokens but for punctuation."""
    return [Span(token.start, token.end) for token in sentence.tokens if token.text[0].isalnum()]
