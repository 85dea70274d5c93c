"""brat standoff: an ``.ann`` file beside the text in a ``.txt`` file, as brat and INCEpTION's brat export have it.

The format: https://brat.nlplab.org/standoff.html. Offsets are code points, half-open, as ours. A mark is a line ``T``;
its parts are lines ``T`` of their own, tied to it by lines ``R``; its reason is a note, and all else that a mark knows
is a second note, in JSON. A place never crosses a line, so one that does is written in pieces.

What the format can't hold: who read (that is the file's name), line breaks in reasons (they become spaces) and at the
ends of a place (they are left out), two pieces of one part with nothing but a line break between them (they become
one), and signs in names (they become ``_``).
What we don't take: events, other attributes, normalisations, equivalences.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any, NamedTuple

from kit.errors import KitError
from kit.formats.kinds import find_kind, make_mark, name_of, need_kind, need_words, plain_name
from kit.readings.reading import REPORTER, Annotation, Reading
from kit.text.article import Article
from kit.text.spans import Span

WHY, REST = "AnnotatorNotes", "Kit"  # the types of our two notes; brat shows the first beside the mark
BREAK = re.compile(r"[\n\r]+")
BOUND = re.compile(r"(\S+) (\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12})*)")
RELATION = re.compile(r"(\S+) \w+:(T\S+) \w+:(T\S+)\s*")
NOTE = re.compile(r"(\S+) (T\S+)")


class _Bound(NamedTuple):
    """A line ``T``: its type, its pieces, and where it stands."""

    name: str
    spans: list[Span]
    at: str


def write(reading: Reading) -> str:
    """The ``.ann`` file of a reading. The ``.txt`` file beside it is the article's text, unchanged.

    >>> from kit.text.article import read_text
    >>> mark = Annotation("hedge", "modal", Span(3, 6), "It is open.")
    >>> print(write(Reading(read_text("It may rain."), "me", (mark,))), end="")
    T1	hedge-modal 3 6	may
    #1	AnnotatorNotes T1	It is open.
    """
    text = reading.article.text
    bounds, relations, notes = count(1), count(1), count(1)
    lines: list[str] = []

    def bound(name: str, spans: Iterable[Span]) -> str:
        number = f"T{next(bounds)}"
        pieces = [piece for span in spans for piece in _in_lines(span, text)]
        places = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
        words = BREAK.sub(" ", " ".join(piece.of(text) for piece in pieces))
        lines.append(f"{number}\t{name} {places}\t{words}")
        return number

    for mark in reading.annotations:
        whole = bound(name_of(mark.layer, mark.label), [mark.span])
        for name, spans in mark.parts.items():
            if spans:
                part = bound(plain_name(name), spans)
                lines.append(f"R{next(relations)}\t{plain_name(name)} Arg1:{whole} Arg2:{part}")
        if mark.why:
            lines.append(f"#{next(notes)}\t{WHY} {whole}\t{BREAK.sub(' ', mark.why)}")
        if rest := _rest(mark):
            lines.append(f"#{next(notes)}\t{REST} {whole}\t{json.dumps(rest)}")
    return "".join(f"{line}\n" for line in lines)


def _rest(mark: Annotation) -> dict[str, Any]:
    """What a mark knows beside its place, its parts and its reason, where it isn't the usual."""
    usual = {"entry": "", "voice": REPORTER, "confidence": 1.0}
    plain = mark.to_dict("")
    rest = {name: plain[name] for name, value in usual.items() if plain[name] != value}
    return rest | {name: plain[name] for name in ("details", "reasons") if name in plain}


def _in_lines(span: Span, text: str) -> Iterator[Span]:
    """A place in pieces, none of which crosses a line."""
    start, found = span.start, False
    for gap in BREAK.finditer(text, *span):
        if gap.start() > start:
            yield Span(start, gap.start())
            found = True
        start = gap.end()
    if start < span.end:
        yield Span(start, span.end)
    elif not found:
        yield span  # of nothing but line breaks


def read(source: str, article: Article, *, reader: str, where: str) -> Reading:
    """A reading of ``article`` from an ``.ann`` file; ``reader`` made it, and ``where`` names it in errors.

    Raises `KitError`, with the line, for one that is broken, marks of other words, and kinds that the kit doesn't know.
    """
    bounds: dict[str, _Bound] = {}
    ties: list[tuple[str, str, str]] = []
    notes: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(source.split("\n"), start=1):
        at = f"{where}, line {number}"
        name, _, rest = line.rstrip("\r").partition("\t")
        head, _, words = rest.partition("\t")
        if name.startswith("T"):
            bounds[name] = _bound(head, words, article, at)
        elif name.startswith("R"):
            relation = RELATION.fullmatch(head)
            if not relation:
                raise KitError(f"{at}: this isn't a relation of two marks, such as “R1 source Arg1:T1 Arg2:T2”.")
            ties.append((relation[2], relation[3], at))
        elif name.startswith("#") and (note := NOTE.fullmatch(head)):
            notes.setdefault(note[2], {}).update(_note(note[1], words, at))
    for tie in ties:
        if missing := next((end for end in tie[:2] if end not in bounds), ""):
            raise KitError(f"{tie[2]}: there is no mark {missing} to tie.")
    parts: dict[str, dict[str, list[Span]]] = {}
    for whole, part, _ in ties:
        parts.setdefault(whole, {}).setdefault(bounds[part].name, []).extend(bounds[part].spans)
    tied = {part for _, part, _ in ties}
    marks = [
        _mark(bound, parts.get(name, {}), notes.get(name, {}), article)
        for name, bound in bounds.items()
        if name not in tied
    ]
    return Reading(article, reader, tuple(marks))


def _bound(head: str, words: str, article: Article, at: str) -> _Bound:
    match = BOUND.fullmatch(head)
    if not match:
        raise KitError(f"{at}: this isn't a mark with its place, such as “T1 hedge-modal 3 6 may”.")
    spans = [Span(*map(int, piece.split())) for piece in match[2].split(";")]
    if wrong := next((span for span in spans if not span.start <= span.end <= len(article.text)), None):
        raise KitError(f"{at}: {wrong.start} to {wrong.end} isn't a place in {article.title or article.id!r}.")
    if words:
        need_words(" ".join(span.of(article.text) for span in spans), words, article, at)
    return _Bound(match[1], list(_joined(spans, article.text)), at)


def _joined(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """Pieces that only a line break parts are one place."""
    last = spans[0]
    for span in spans[1:]:
        if BREAK.fullmatch(text, last.end, span.start):
            last = Span(last.start, span.end)
        else:
            yield last
            last = span
    yield last


def _note(kind: str, words: str, at: str) -> dict[str, Any]:
    if kind == WHY:
        return {"why": words}
    if kind != REST:
        return {}
    try:
        rest = json.loads(words)
    except (ValueError, RecursionError):
        rest = None
    if not isinstance(rest, dict):
        raise KitError(f"{at}: a note of the type {REST} should be JSON. Leave this line out, or mend it.")
    return rest


def _mark(bound: _Bound, parts: dict[str, list[Span]], note: dict[str, Any], article: Article) -> Annotation:
    kind = need_kind(bound.name, bound.at)
    if kind.part:
        parts = {kind.part: bound.spans} | parts
    every = [span for spans in (bound.spans, *(parts.values() if kind.part else ())) for span in spans]
    place = {"start": min(span.start for span in every), "end": max(span.end for span in every)}
    named = {_part_name(name): [list(span) for span in spans] for name, spans in parts.items()}
    return make_mark(note | place | {"layer": kind.layer, "label": kind.label, "parts": named}, article, bound.at)


def _part_name(name: str) -> str:
    kind = find_kind(name)
    return kind.part if kind and kind.part else name
