"""Sources that the models leave out, though a verb has a subject: "He took my arm and said", "Kell, 16, accused"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kit.analysis.attribution.clauses import FINITE, STOPS, can_speak, noun_phrase_before, speaker_end, subject_of
from kit.analysis.attribution.model import Found
from kit.analysis.attribution.passives import is_passive
from kit.analysis.attribution.token_table import TokenRange, TokenTable
from kit.analysis.attribution.words import listed
from kit.lexicons.matcher import Entry
from kit.text.inflection import grammar_words

GOING_ON = frozenset(["and", "then", "or", "but"])


def with_own_subjects(table: TokenTable, entries: Mapping[int, Entry], found: Sequence[Found]) -> list[Found]:
    """Those without a source with the subject of their verb; after an "and" or a comma that of the verb before it."""
    return [_with_own_subject(table, entries, attribution) for attribution in found]


def _with_own_subject(table: TokenTable, entries: Mapping[int, Entry], attribution: Found) -> Found:
    verb = attribution.cue[-1][0]
    entry = entries.get(verb)
    if (
        attribution.source
        or entry is None
        or table.region[verb] >= 0
        or entry.more["content"] not in ("said", "written")
    ):
        return attribution
    if quoted := _who_is_quoted(table, verb):
        return attribution._replace(source=(quoted,))
    if first := _first_subject(table, entry, verb):
        return attribution._replace(source=(first,))
    if table.tags[verb] not in FINITE or entry.more["kind"] != "verb" or is_passive(table, verb):
        return attribution
    source = _before(table, attribution) or _behind(table, entry, verb)
    return attribution._replace(source=source) if source else attribution


def _first_subject(table: TokenTable, entry: Entry, verb: int) -> TokenRange | None:
    """ "He took my arm and said": a verb without a subject of its own has that of the verb before it."""
    before = table.words[verb - 1] if verb else ""
    joined = before in GOING_ON and table.tags[verb] in (*FINITE, "VBN")
    participle = table.tags[verb] == "VBG" and before == "," and entry.more["kind"] == "verb"
    if not joined and not participle:
        return None
    first = table.bounds[table.sentence[verb]][0]
    for i in range(first, verb):
        aside = table.words[i] == "," and table.tags[i + 1] in FINITE and table.region[i] < 0
        if aside and (whole := subject_of(table, i + 1)) and _may_speak(table, whole):
            return whole  # "The coach, Ada Brandt, was angry, claiming ..."
        chunk = table.chunk[i]
        if chunk and chunk[0] == i and table.subject[i] and table.region[i] < 0 and _may_speak(table, chunk):
            return subject_of(table, chunk[1]) or chunk
    return None


def _behind(table: TokenTable, entry: Entry, verb: int) -> tuple[TokenRange, ...]:
    """ "“It is a start,” wrote analyst Ana Lima in a note": the speaker right behind the verb."""
    first, end = table.bounds[table.sentence[verb]]
    start = verb + 1
    quoted = verb > first and table.role[verb - 1][0] == "e"
    inverted = verb > first and table.words[verb - 1] == "," and entry.id in grammar_words("before_speakers")
    if start >= end or not (quoted or inverted):
        return ()
    stop = speaker_end(table, start, end)
    where = (i for i in range(start, stop - 1) if table.words[i] == "in" and table.words[i + 1] in ("a", "an"))
    stop = next(where, stop)  # "in a note to clients"
    chunk = table.chunk[start]
    if stop == start and quoted and chunk:  # "advised its head of safety, Ana Lima"
        stop = next((i for i in range(chunk[1], end) if table.words[i] in STOPS), end)
    return ((start, stop),) if stop > start else ()


def _before(table: TokenTable, attribution: Found) -> tuple[TokenRange, ...]:
    """ "Ana Lima, 16, accused the council": the subject before the verb, over what stands between commas."""
    verb = attribution.cue[0][0]
    subject = subject_of(table, verb)
    source = noun_phrase_before(table, verb) or ((subject,) if subject else ())
    if not source or any(first < source[0][1] and source[0][0] < end for first, end in attribution.content):
        return ()
    chunk = table.chunk[source[0][0]]
    return source if chunk and (can_speak(table, *chunk) or table.tags[chunk[0]] == "PRP") else ()


def _may_speak(table: TokenTable, chunk: TokenRange) -> bool:
    """Whether a noun chunk is neither a relative pronoun nor a day ("Wednesday added one more name")."""
    return table.tags[chunk[0]] not in ("WP", "WDT", "EX") and table.words[chunk[1] - 1] not in listed("times")


def _who_is_quoted(table: TokenTable, verb: int) -> TokenRange | None:
    """ "Kell was quoted by the Herald as saying": Kell says it."""
    first = table.bounds[table.sentence[verb]][0]
    if verb == first or table.words[verb - 1] != "as":
        return None
    passives = (i for i in range(verb - 2, first, -1) if table.words[i] in ("quoted", "cited", "reported"))
    quoted = next(passives, None)
    return subject_of(table, quoted) if quoted is not None else None
