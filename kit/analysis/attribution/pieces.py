"""The pieces of what is said, put right: a day is no content, a quotation belongs to one speaker, and a sentence that a
speaker's name interrupts goes on behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kit.analysis.attribution.after_comma import on_terms, speaker_then_verb
from kit.analysis.attribution.clauses import (
    FINITE,
    JOINING,
    RELATIVE,
    clause_end,
    is_clause,
    when_and_where,
)
from kit.analysis.attribution.model import Found
from kit.analysis.attribution.token_table import VERB_TAGS, TokenRange, TokenTable, tokens_of
from kit.analysis.attribution.words import listed, phrases
from kit.lexicons.matcher import Entry

CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:am|pm)?")
DATELINE_ENDS = ("-", "–", "—", "--")
LONGEST_START = 15  # tokens
NICKNAME = 6  # tokens of the longest, with its marks


def in_one_piece(table: TokenTable, entries: Mapping[int, Entry], found: Sequence[Found]) -> list[Found]:
    """The attributions with the right pieces of their sources and contents."""
    owners = _owners_of_quotations(table, found)
    return [_mended(table, entries, attribution, owners) for attribution in found]


def _mended(table: TokenTable, entries: Mapping[int, Entry], attribution: Found, owners: Mapping[int, Found]) -> Found:
    attribution = _without_quotations_of_others(table, attribution, owners)
    attribution = _without_nickname(table, attribution)
    attribution = _without_when(table, attribution)
    attribution = _with_whole_nouns(table, attribution)
    attribution = _said_before(table, entries, _before_dissent(table, attribution))
    return with_the_rest(table, _with_the_start(table, attribution))


def _with_the_start(table: TokenTable, attribution: Found) -> Found:
    """ "They doubt it: the road, they say, is bad": the subject before the aside belongs to what is said."""
    if len(attribution.content) != 1 or not attribution.source:
        return attribution
    start, end = attribution.content[0]
    comma = attribution.source[0][0] - 1
    cue_end = attribution.cue[-1][1]
    if start not in (cue_end, cue_end + 1) or table.words[cue_end] != "," or table.words[comma] != ",":
        return attribution
    begins = next((i + 1 for i in range(comma - 1, max(comma - LONGEST_START, 0), -1) if table.words[i] == ":"), None)
    first = start + (start == cue_end)
    plain = begins is not None and table.chunk[begins] and not is_clause(table, begins, comma)
    if not plain or begins is None or table.tags[first] not in FINITE or table.region[comma] >= 0:
        return attribution
    return attribution._replace(content=((begins, comma), (first, end)))


def _owners_of_quotations(table: TokenTable, found: Sequence[Found]) -> dict[int, Found]:
    """For each quotation the attribution outside it that stands in its last or first sentence and has it as content."""
    owners: dict[int, Found] = {}
    for attribution in found:
        cue = attribution.cue[0][0]
        for start, end in attribution.content:
            for region in {table.region[i] for i in (start, end - 1)} - {-1, table.region[cue]}:
                first, last = table.quotations[region]
                beside = {table.sentence[i] for i in (max(first - 1, 0), first, last - 1, min(last, table.size - 1))}
                if table.sentence[cue] in beside and _is_nearer(table, cue, owners.get(region), first, last):
                    owners[region] = attribution
    return owners


def _is_nearer(table: TokenTable, cue: int, owner: Found | None, first: int, end: int) -> bool:
    if owner is None:
        return True
    other = owner.cue[0][0]
    return _distance(table, cue, first, end) < _distance(table, other, first, end)


def _distance(table: TokenTable, cue: int, first: int, end: int) -> tuple[bool, int]:
    """How far a cue is from a quotation; one in another paragraph is farther."""
    paragraphs = {table.paragraphs[table.sentence[i]] for i in (first, end - 1)}
    elsewhere = table.paragraphs[table.sentence[cue]] not in paragraphs
    return elsewhere, cue - end if cue >= end else first - cue


def _without_quotations_of_others(table: TokenTable, attribution: Found, owners: Mapping[int, Found]) -> Found:
    """Without the quotations that somebody else's verb stands beside."""
    cue = attribution.cue[0][0]
    pieces: list[TokenRange] = []
    for start, end in attribution.content:
        regions = sorted({table.region[i] for i in (start, end - 1)} - {-1, table.region[cue]})
        others = [region for region in regions if owners.get(region, attribution) is not attribution]
        others = [
            region
            for region in others
            if _paragraph(table, owners[region]) != _paragraph(table, attribution)
            or (table.sentence[owners[region].cue[0][0]] != table.sentence[cue])
        ]
        for region in others:
            first, last = table.quotations[region]
            if start < first:
                end = min(end, first)
            else:
                start = max(start, last)
        if start < end:
            pieces.append((start, end))
    return attribution._replace(content=tuple(pieces)) if pieces else attribution


def _paragraph(table: TokenTable, attribution: Found) -> int:
    return table.paragraphs[table.sentence[attribution.cue[0][0]]]


def _without_nickname(table: TokenTable, attribution: Found) -> Found:
    """ "said a man known as "Red."": the name in quotation marks is no speech."""
    cue = attribution.cue[-1][1]
    kept = tuple(piece for piece in attribution.content if not (piece[0] >= cue and _ends_in_nickname(table, piece)))
    if not kept or kept == attribution.content:
        return attribution
    chunk = table.chunk[cue] if cue < table.size else None
    source = (chunk,) if chunk and _follows(attribution, cue) else attribution.source
    return attribution._replace(source=source, content=kept)


def _follows(attribution: Found, cue: int) -> bool:
    return not attribution.source or attribution.source[0][0] >= cue


def _ends_in_nickname(table: TokenTable, piece: TokenRange) -> bool:
    region = table.region[piece[1] - 1]
    if region < 0:
        return False
    first, end = table.quotations[region]
    before = [table.words[max(first - size, 0) : first] for size in (2, 1)]
    named = any(tuple(words) in phrases("nicknames") for words in before)
    return named and end - first <= NICKNAME


def _without_when(table: TokenTable, attribution: Found) -> Found:
    """ "Brandt in May announced": the source is Brandt."""
    if not attribution.source:
        return attribution
    start, end = attribution.source[0]
    if all(_is_time(table, i) and not table.tags[i].startswith("NNP") for i in range(start, end)):
        return attribution._replace(source=_described_before(table, start))
    if end - start > 1 and CLOCK.fullmatch(table.texts[start]):  # a live blog: "13:45 Orvel Power says"
        start += 1
    stop = end
    while stop - 1 > start and _is_time(table, stop - 1):
        stop -= 1
    while stop < end and stop - 1 > start and table.tags[stop - 1] in ("IN", "RB", "DT"):
        stop -= 1
    clause = any(table.tags[i][:1] in ("V", "W") or table.words[i] == "," for i in range(start, stop))
    stop = end if clause else stop
    return attribution._replace(source=((start, stop), *attribution.source[1:]))


def _described_before(table: TokenTable, day: int) -> tuple[TokenRange, ...]:
    """ "Brandt & Co, the maker of boats, today announced": who stands before the day; nothing if that is unclear."""
    first = table.bounds[table.sentence[day]][0]
    first = max([first, *(i + 1 for i in range(first, day) if table.words[i] in DATELINE_ENDS)])
    end = day - 1 if table.words[day - 1] == "," else day
    plain = first < end and not any(table.tags[i][:1] in ("V", "W") for i in range(first, end))
    return ((first, end),) if plain else ()


def _is_time(table: TokenTable, i: int) -> bool:
    """Whether a word is a time; "May" only where it is no surname."""
    name = (
        table.tags[i].startswith("NNP")
        and table.tags[i - 1].startswith("NNP")
        and table.words[i - 1] not in listed("times")
    )
    return table.words[i] in listed("times") and not name


def _with_whole_nouns(table: TokenTable, attribution: Found) -> Found:
    """Who believes in "the October 7 massacre which ..." doesn't believe in "the October 7"."""

    def whole(first: int, end: int) -> TokenRange:
        chunk = table.chunk[end - 1]
        cut = chunk is not None and end < chunk[1] and table.region[end - 1] == table.region[end]
        noun = cut and table.tags[end] in ("NN", "NNS") and not _is_time(table, end)
        return (first, clause_end(table, end, set())) if noun else (first, end)

    return attribution._replace(content=tuple(whole(first, end) for first, end in attribution.content))


def _before_dissent(table: TokenTable, attribution: Found) -> Found:
    """ "Officials say the dam is safe, but engineers dispute that": the dispute is no part of what officials say."""

    def cut(first: int, end: int) -> TokenRange:
        for i in range(first + 3, end):
            chunk = table.chunk[i - 1]
            if table.words[i] not in listed("dissenting") or table.region[i] >= 0 or chunk is None:
                continue
            opener = chunk[0] - 1
            if table.words[opener] in JOINING and table.words[opener - 1] == ",":
                opener -= 1
            if table.words[opener] in (",", ";") and opener > first:
                return first, opener
        return first, end

    return attribution._replace(content=tuple(cut(first, end) for first, end in attribution.content))


def _said_before(table: TokenTable, entries: Mapping[int, Entry], attribution: Found) -> Found:
    """ "The pier will close, the mayor said yesterday, adding ...": neither "yesterday" nor a place is what is said,
    nor is "on condition of anonymity"."""
    verb = next((i for i in tokens_of(attribution.cue) if i in entries and table.tags[i] in VERB_TAGS), None)
    if verb is None or not attribution.content:
        return attribution
    cue = (verb, verb + 1)
    first, end = attribution.content[0][0], attribution.content[-1][1]
    adds = range(attribution.cue[-1][1], first - 1)  # "said on Tuesday, adding that": what is added is the next cue's
    another = any(table.words[i] == "," and table.tags[i + 1] == "VBG" and i + 1 in entries for i in adds)
    speaking = table.words[first - 1] == "," and table.tags[first] == "VBG" and on_terms(table, first + 1)
    aside = another or speaking or on_terms(table, verb + 1) or _is_when(table, verb + 1, end)
    if first < verb or not aside:
        return attribution
    plain = speaker_then_verb(table, cue)
    if plain and table.tags[plain.content[0][0]] in ("IN", "WRB"):  # "As voting began, people weighed in on ..."
        return attribution
    return attribution._replace(cue=(cue,), source=plain.source, content=plain.content) if plain else attribution


def _is_when(table: TokenTable, start: int, end: int) -> bool:
    return start < end and when_and_where(table, start, end)


def with_the_rest(table: TokenTable, attribution: Found) -> Found:
    """ "The pier, according to Kell, is lost": what stands behind the speaker belongs to it too."""
    if len(attribution.content) != 1 or not attribution.source:
        return attribution
    start, end = attribution.content[0]
    aside = min(attribution.cue[0][0], attribution.source[0][0]), max(attribution.cue[-1][1], attribution.source[-1][1])
    sentence = table.sentence[aside[0]]
    if end != aside[0] - 1 or table.words[end] != "," or table.words[aside[1]] != "," or table.region[aside[0]] >= 0:
        return attribution
    rest = aside[1] + 1
    if rest >= table.size or table.sentence[rest] != sentence or table.region[rest] >= 0 or table.region[start] >= 0:
        return attribution
    if table.words[rest] in JOINING | RELATIVE or table.tags[rest] == "VBG" or not _needs_more(table, start, end, rest):
        return attribution
    stop = clause_end(table, rest, set())
    return attribution._replace(content=((start, end), (rest, stop))) if stop > rest else attribution


def _needs_more(table: TokenTable, start: int, end: int, rest: int) -> bool:
    """Whether the words before the aside are no sentence yet."""
    ends_in_verb = table.tags[end - 1] in FINITE or table.stems[end - 1] in ("be", "hav")
    no_verb = not is_clause(table, start, end)
    return ends_in_verb or (no_verb and table.tags[rest] in (*FINITE, "RB"))
