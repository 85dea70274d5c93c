"""Other words for a marked word: what a lexicon offers, as it fits the place, or as advice.

Lexicons write alternatives as a dictionary does ("advance into", "gunmen"). What is put into a text has the ending of
what it replaces ("has advanced into", "a gunman"). What has a blank to fill, or would make no English sentence here, is
told as advice and never put in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kit.course.fitting import can_be_left_out, fitted
from kit.course.places import Place
from kit.readings.reading import Annotation
from kit.text.tokens import Token
from kit.wording import capital

PIECES = re.compile(r";\s*(?![^(]*\))")  # between alternatives; not inside brackets
COMMAS = re.compile(r",\s*(?![^(]*\))")
WHO = re.compile(r"(?<=\S)\s*\(([^()]*)\)$")  # who uses the words: "(BBC, AP)"
BLANK = re.compile(  # "(whom)": to be filled in
    r"^(?:number|who|whom|whose|what|where|when|how|which|year|from|by|name|his|say|on)\b"
)
ASKED = "what|who|whom|how|why|where|which"
ADVICE = re.compile(
    rf"^(?:{ASKED}|the group's own|the name|they|say (?:{ASKED}|against|by|for|over|to)\b)", re.IGNORECASE
)
LEAVE_OUT = "(leave it out)"


class Choice(NamedTuple):
    """Another way to say a marked word. ``who`` uses it, if it is known; ``advice``: a sentence, nothing to put in."""

    words: str
    who: str = ""
    advice: bool = False


def choices(mark: Annotation, tokens: Sequence[Token]) -> list[Choice]:
    """The alternatives of a mark, one by one, as they fit into its sentence, whose ``tokens`` these are.

    >>> from kit.text.article import read_text
    >>> from kit.text.spans import Span
    >>> from kit.text.tokens import sentences
    >>> (sentence,) = sentences(read_text("The young terrorist fled."))
    >>> some = "fighters, gunmen (BBC, AP); group of (whom); (leave it out)"
    >>> mark = Annotation("framing", "label", Span(10, 19), details={"alternatives": some})
    >>> for choice in choices(mark, sentence.tokens):
    ...     print(tuple(choice))
    ('fighter', 'BBC, AP', False)
    ('gunman', 'BBC, AP', False)
    ('Fill in what you know: “group of (whom)”.', '', True)
    ('Leave it out, and change the sentence.', '', True)
    """
    inside = [at for at, token in enumerate(tokens) if token.start < mark.span.end and mark.span.start < token.end]
    place = Place(tokens, inside[0], inside[-1] + 1) if inside else None
    found: dict[str, Choice] = {}
    for words, who in listed(mark.details.get("alternatives", "")):
        choice = _choice(words, who, place)
        found.setdefault(choice.words, choice)
    return list(found.values())


def listed(alternatives: str) -> list[tuple[str, str]]:
    """The alternatives in a lexicon's row, one by one, each with who uses it.

    >>> listed("one, two (AP); settlements, illegal under international law (UN)")
    [('one', 'AP'), ('two', 'AP'), ('settlements, illegal under international law', 'UN')]
    """
    found = []
    for piece in PIECES.split(alternatives):
        piece, who = piece.strip(), ""
        if piece == LEAVE_OUT:
            found.append((piece, ""))
            continue
        if (said := WHO.search(piece)) and not BLANK.match(said[1]):
            piece, who = piece[: said.start()], said[1]
        piece, _, note = piece.partition(": ")
        some = COMMAS.split(piece)
        rows = some if all(len(one.split()) <= 3 for one in some) else [piece]
        who = "; ".join(one for one in (note, who) if one)
        found += [(one.strip(), who) for one in rows if one.strip()]
    return found


def _choice(words: str, who: str, place: Place | None) -> Choice:
    if words == LEAVE_OUT:
        out = place is not None and can_be_left_out(place)
        return Choice("") if out else Choice("Leave it out, and change the sentence.", "", True)
    if ADVICE.match(words) or "(" in words:
        return Choice(advice(words), who, True)
    fit = fitted(words, place) if place else None
    return Choice(f"Try a new sentence with “{words}”.", who, True) if fit is None else Choice(fit, who)


def advice(words: str) -> str:
    """A row of a lexicon that can't be put in as it stands, as a sentence.

    >>> for words in ("what it says", "say why", "(number)", "(name the values)", "the group's own name", "cut (what)"):
    ...     print(advice(words))
    Say what it says.
    Say why.
    Give the number.
    Name the values.
    Use the group's own name.
    Fill in what you know: “cut (what)”.
    """
    inner = words[1:-1] if words.startswith("(") and words.endswith(")") and words.count("(") == 1 else words
    if "(" in inner:
        return f"Fill in what you know: “{words}”."
    if inner == "number":
        return "Give the number."
    if inner.startswith(("the group", "the name")):
        return f"Use {inner}."
    if inner.startswith(("say ", "name ")):
        return f"{capital(inner)}."
    if inner.startswith("they "):
        return f"Try a new sentence with “{inner}”."
    return f"Give {inner}." if inner.startswith("the ") else f"Say {inner}."
