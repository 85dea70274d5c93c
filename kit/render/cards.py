"""The card of a mark: what a reading says about it, in plain words. Widgets, pages and tables share it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kit.readings.labels import called_label, find_layer, meaning
from kit.readings.reading import REPORTER, Annotation
from kit.readings.voices import NOT_NAMED, PERHAPS, voice_of
from kit.render.glossary import find_term
from kit.resources import read_toml
from kit.wording import short

# Rows that have a term.
ROWS = {"Who": "source", "Signal": "cue", "What": "content", "How can they know?": "basis", "Whose words": "voice"}


@dataclass(frozen=True)
class Card:
    """What a mark is (``layer``, ``kind``, ``label``), its ``words``, and named ``rows`` that explain it.

    ``aloud``: the mark in a few words, for those who hear it.
    ``terms``: what the glossary calls its "kind", its "label" and its rows, by their names.
    """

    layer: str
    kind: str
    label: str
    words: str
    voice: str
    aloud: str
    rows: tuple[tuple[str, str], ...]
    terms: dict[str, str]


def card(mark: Annotation, text: str) -> Card:
    """The card of one annotation; ``text`` is the article's.

    >>> from kit.text.spans import Span
    >>> mark = Annotation("hedge", "modal", Span(3, 6), "May leaves it open.", confidence=0.8)
    >>> shown = card(mark, "It may rain.")
    >>> shown.kind, shown.words, shown.voice
    ('hedge', 'may', 'the reporter’s own words')
    >>> shown.rows[0], shown.rows[-1]
    (('Why', 'May leaves it open.'), ('How sure this reading is', 'fairly sure'))
    >>> shown.terms
    {'kind': 'hedge', 'label': 'modal', 'Whose words': 'voice'}
    """
    voice, details = _voice(mark), mark.details
    rows = [("Why", mark.why)]
    layer = find_layer(mark.layer)
    if layer.parts:
        rows += [
            ("Who", _who(mark, text)),
            ("Signal", _joined(short(mark.part("cue", text)), _stance(details.get("stance", "")))),
            ("What", short(mark.part("content", text))),
            ("How can they know?", _basis(mark, text)),
        ]
        if mark.voice not in (REPORTER, details.get("speaker")):
            rows.append(("Whose words", voice))
    else:
        rows += [
            ("Whose words", voice),
            ("Strength", details.get("strength", "")),
            ("Other words for it", details.get("alternatives", "")),
        ]
    rows.append(("How sure this reading is", sureness(mark.confidence)))
    rows.append(("Based on", details.get("source", "")))
    shown = tuple((name, value) for name, value in rows if value)
    named = {"kind": layer.kind, "label": mark.label} | {name: ROWS[name] for name, _ in shown if name in ROWS}
    return Card(
        layer=mark.layer,
        kind=layer.kind,
        label=meaning(mark.label),
        words=short(headword(mark, text)),
        voice=voice,
        aloud=f"{layer.kind}, {meaning(mark.label) if layer.parts else voice}",
        rows=shown,
        terms={part: term.term for part, name in named.items() if (term := find_term(name))},
    )


def headword(mark: Annotation, text: str) -> str:
    """What a mark is called by: the cue of an attribution (else its source), the words of any other."""
    return mark.part("cue", text) or mark.part("source", text) or mark.span.of(text)


def sureness(confidence: float) -> str:
    """A confidence between 0 and 1 in words.

    >>> sureness(0.95), sureness(0.75), sureness(0.4)
    ('sure', 'fairly sure', 'unsure')
    """
    return "sure" if confidence >= 0.9 else "fairly sure" if confidence >= 0.7 else "unsure"


def _voice(mark: Annotation) -> str:
    if mark.voice == REPORTER:
        return "the reporter’s own words"
    if why := mark.details.get(PERHAPS):
        return f"{voice_of(mark)}. {why}"
    unnamed = mark.voice == NOT_NAMED
    return "inside the words of somebody unnamed" if unnamed else f"inside somebody’s words: {mark.voice}"


def _who(mark: Annotation, text: str) -> str:
    """The source as the text has it, who that is, and what kind of speaker."""
    source, speaker = short(mark.part("source", text)), mark.details.get("speaker", "")
    kind = mark.details.get("speaker_kind", "").replace("_", " ")
    who = source if speaker in ("", source) else f"{source}: {speaker}" if source else speaker
    return f"{who} ({kind})" if who and kind else who or "nobody is named"


def _basis(mark: Annotation, text: str) -> str:
    """On what the source stands, what that means, and the words that tell."""
    name = mark.details.get("basis", "")
    told = _joined(called_label(name), meaning(name)) if name else ""
    return f"{told} (“{short(words)}”)" if (words := mark.part("basis", text)) else told


def _joined(*texts: str) -> str:
    return " – ".join(filter(None, texts))


def _stance(name: str) -> str:
    """What the stance of a cue means, as the cue lexicon explains it."""
    return str(_stances().get(name, {}).get("gloss", name))


@cache
def _stances() -> dict[str, dict[str, str]]:
    return dict(read_toml("cues")["stances"])
