"""Voices: whose words are these? The reporter's, or a speaker's inside whose content they stand.

This is the join of the layers. The same word is one thing in a quotation and another in the reporter's own sentence.
Where nobody surely said so, the voice is a guess: "perhaps Israel". `doubt` decides that, and nothing else does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kit.readings.reading import REPORTER, Annotation, Reading
from kit.text.spans import Span
from kit.text.tokens import Sentence

NOT_NAMED = "not named"  # somebody said it, but the text does not say who
PERHAPS = "perhaps"  # in a mark's details: why its voice is a guess
UNLIKELY = 0.25  # an attribution with less confidence is a guess
IN_THE_MIND = ("mental", "emotional", "planning")  # stances of signals that pass on no words
NOT_QUOTED = "This is not quoted, and nobody surely said it in these words. They may be the reporter’s own."
NO_NAME = "No name stands with this quotation. Who speaks is a guess."
WHAT_PERHAPS_MEANS = "“Perhaps” is a guess: the text doesn’t show that these are the words of the one named."


@dataclass(frozen=True)
class _Stretch:
    span: Span
    size: int  # of the whole content: of nested contents the smaller is the inner one
    voice: str
    order: int
    doubt: str


class Voice(NamedTuple):
    """Whose words something is. ``doubt``: why that is a guess, as a sentence; empty if it is none."""

    name: str
    doubt: str = ""


def doubt(attribution: Annotation) -> str:
    """Why the words of an attribution's content are only perhaps its speaker's, as a sentence; empty if they are.

    Theirs is what is quoted with their name, or what the text says that they said or wrote. A thought or a plan has no
    words: whoever tells of it chooses them.

    >>> doubt(Annotation("attribution", "indirect", Span(0, 9), details={"speaker": "Ada", "stance": "mental"}))
    'This is not quoted, and nobody surely said it in these words. They may be the reporter’s own.'
    """
    quoted, details = attribution.label == "direct", attribution.details
    if quoted and attribution.parts and not attribution.parts.get("cue"):
        return NO_NAME
    if quoted:
        return ""
    said = details.get("speaker") and details.get("stance") not in IN_THE_MIND
    return "" if said and attribution.confidence >= UNLIKELY else NOT_QUOTED


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
            contents += [_Stretch(piece, size, voice, order, doubt(attribution)) for piece in pieces]
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

    def of(self, span: Span) -> Voice:
        """The speaker of the innermost content that covers the start of ``span``, or "reporter".

        It is no guess if another content of the same speaker covers it without a doubt ("Ada said she believed ...").
        """
        covering = self.around(span)
        if not covering:
            return Voice(REPORTER)
        doubts = [stretch.doubt for stretch in covering if stretch.voice == covering[0].voice]
        return Voice(covering[0].voice, min(doubts, key=len))

    def at(self, span: Span) -> str:
        """The name alone of the voice there."""
        return self.of(span).name

    def signalled(self, span: Span) -> Iterator[int]:
        """The attributions, by number, whose cues overlap ``span``."""
        first = bisect_right(self._cue_starts, span.start - self._longest_cue - 1)
        last = bisect_right(self._cue_starts, span.end)
        return (order for cue, order in self._cues[first:last] if cue.overlaps(span))


def give_voices(attributions: Sequence[Annotation], marks: Sequence[Annotation]) -> list[Annotation]:
    """All annotations with their voices.

    An attribution's own voice is that of the content it is nested in. A hedge that is a cue ("Israel believes") is its
    speaker's doubt; a booster that is one ("adamant in") is surely theirs only where they spoke; hearsay ("reportedly",
    "what officials say are") is that of whoever passes it on.
    """
    voices = Voices(attributions)
    given = []
    for order, attribution in enumerate(attributions):
        cue = (attribution.parts.get("cue") or attribution.parts.get("source") or (attribution.span,))[0]
        outer = [stretch for stretch in voices.around(cue) if stretch.order != order]
        given.append(replace(attribution, voice=outer[0].voice if outer else REPORTER))
    for mark in marks:
        voice = voices.of(mark.span)
        signal = next(voices.signalled(mark.span), None) if mark.layer == "hedge" else None
        if signal is not None and mark.label == "hearsay":
            voice = Voice(given[signal].voice)
        elif signal is not None and (speaker := attributions[signal].details.get("speaker")):
            ascribed = mark.label == "booster" and doubt(attributions[signal])
            sure = voice == Voice(speaker) or (attributions[signal].confidence >= UNLIKELY and not ascribed)
            voice = Voice(speaker, "" if sure else NOT_QUOTED)
        details = {**mark.details, PERHAPS: voice.doubt} if voice.doubt else mark.details
        given.append(replace(mark, voice=voice.name, details=details))
    return given


def shown(voice: str, doubt: str = "") -> str:
    """A voice as tables and sentences name it. ``doubt``: why it is a guess, if it is one.

    >>> shown("reporter"), shown("Israel", NOT_QUOTED)
    ('the reporter', 'perhaps Israel')
    """
    name = "the reporter" if voice == REPORTER else "somebody unnamed" if voice == NOT_NAMED else voice
    return f"{PERHAPS} {name}" if doubt else name


def voice_of(mark: Annotation) -> str:
    """A mark's voice as tables and sentences name it.

    >>> voice_of(Annotation("framing", "loaded", Span(0, 4), voice="Israel", details={PERHAPS: NOT_QUOTED}))
    'perhaps Israel'
    """
    return shown(mark.voice, mark.details.get(PERHAPS, ""))


def explained(note: str, rows: Iterable[Sequence[str | int]]) -> str:
    """A table's note, with what "perhaps" means if a voice in its rows is a guess."""
    guesses = any(re.search(rf"\b{PERHAPS} (?!\()", str(cell)) for row in rows for cell in row)
    return f"{note} {WHAT_PERHAPS_MEANS}" if guesses else note


class WordOf(NamedTuple):
    """A word, the number of its paragraph, whose it is, whether it is quoted, and why its voice is a guess."""

    span: Span
    paragraph: int
    voice: str
    quoted: bool
    doubt: str = ""


def words_by_voice(reading: Reading) -> list[WordOf]:
    """All words of the headline and the body; each belongs to the innermost speaker around it.

    >>> from kit.analysis.annotate import annotate
    >>> words_by_voice(annotate("Rain is near, Ada Brandt said."))[0]
    WordOf(span=Span(start=0, end=4), paragraph=0, voice='Ada Brandt', quoted=False, doubt='')
    """
    told = reading.layer("attribution")
    voices = Voices(told)
    quoted = Voices([mark for mark in told if mark.label == "direct"])
    words = [(span, one.paragraph, voices.of(span)) for one in reading.sentences for span in word_spans(one)]
    return [WordOf(span, number, said.name, bool(quoted.around(span)), said.doubt) for span, number, said in words]


def word_spans(sentence: Sentence) -> list[Span]:
    """The words of a sentence: its tokens but for punctuation."""
    return [Span(token.start, token.end) for token in sentence.tokens if token.text[0].isalnum()]
