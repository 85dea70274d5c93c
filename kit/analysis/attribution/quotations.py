"""Quotations that no cue was found for, though somebody stands beside them.

A verb behind a quotation is one of saying, whatever it is: “"It works," enthuses Tom Kell.” And a quotation may be
the subject of its sentence: “"Not for long," is the reply of the fishers.”
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kit.analysis.attribution.after_comma import PLAIN, verb_then_speaker
from kit.analysis.attribution.clauses import speaker_end
from kit.analysis.attribution.model import Found
from kit.analysis.attribution.token_table import TokenRange, TokenTable, tokens_of
from kit.analysis.attribution.words import listed

LIKELY = 0.6  # confidence
BEING = frozenset(["is", "was", "remains", "has", "comes", "came"])
NAMED_WITHIN = 8  # tokens between a quotation and the noun that names it
SHORTEST = 4  # tokens of a quotation, its marks with it
VERBS = frozenset(["VBD", "VBZ", "VBP", "VBN"])


def by_quotations(table: TokenTable, found: Sequence[Found], taken: set[int]) -> Iterator[Found]:
    """The attributions of quotations that nobody's verb claims. ``taken``: tokens that are cues already."""
    claimed = {table.region[start] for attribution in found for start, _ in attribution.content} - {-1}
    for number, (first, end) in enumerate(table.quotations):
        if number in claimed or end - first < SHORTEST or end >= table.size or end in taken:
            continue
        same = table.sentence[end] == table.sentence[end - 1]
        if not same and (table.words[end] not in ("that", "this", "it") or not _same_paragraph(table, end)):
            continue
        attribution = (_verb_behind(table, end) if same else None) or _named(table, first, end)
        if attribution and taken.isdisjoint(tokens_of(attribution.cue)):
            yield attribution


def _same_paragraph(table: TokenTable, end: int) -> bool:
    return table.paragraphs[table.sentence[end]] == table.paragraphs[table.sentence[end - 1]]


def _verb_behind(table: TokenTable, end: int) -> Found | None:
    """ "..." enthuses Tom Kell."""
    is_verb = table.tags[end] in VERBS and table.texts[end].islower() and table.stems[end] not in ("be", "hav", "do")
    return verb_then_speaker(table, None, (end, end + 1)) if is_verb else None


def _named(table: TokenTable, first: int, end: int) -> Found | None:
    """ "..." – that is the message from the mayor."""
    stop = table.bounds[table.sentence[end]][1]
    if table.texts[first + 1][0].islower() or not any(table.words[i] in BEING for i in range(end, min(end + 3, stop))):
        return None
    noun = next((i for i in range(end, min(end + NAMED_WITHIN, stop)) if table.words[i] in listed("named_words")), None)
    if noun is None:
        return None
    source: tuple[TokenRange, ...] = ()
    if noun + 1 < stop and table.words[noun + 1] in ("of", "from", "by"):
        behind = speaker_end(table, noun + 2, stop)
        chunk = table.chunk[noun + 2] if noun + 2 < stop else None
        source = ((noun + 2, behind),) if behind > noun + 2 else ((chunk,) if chunk else ())
    elif table.tags[noun - 1] == "POS" and (owner := table.chunk[noun - 1]):
        source = ((owner[0], noun - 1),)
    return Found(source, ((noun, noun + 1),), ((first, end),), LIKELY if source else PLAIN / 2)
