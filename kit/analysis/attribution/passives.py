"""Passive verbs of saying: "The mayor was accused by the union of lying."

Who "was accused", "has been described as" something or is "said to" do it is spoken of. The source is the phrase with
"by", or nobody is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kit.analysis.attribution.clauses import FINITE, STOPS, aside_end, can_speak, clause_end
from kit.analysis.attribution.model import Found
from kit.analysis.attribution.token_table import TokenRange, TokenTable
from kit.analysis.attribution.words import listed
from kit.analysis.speakers.people import people_lexicon
from kit.lexicons.matcher import Entry, Match
from kit.text.inflection import grammar_words

PLAIN = 0.8  # confidence in an attribution with "by"
PHRASES = frozenset(["it-is-said", "be-thought", "be-expected", "be-seen-as", "refer-to"])
SPOKEN = ("said", "written", "thought")
PARTICIPLES = ("VBN", "VBD")
SPEAKER_GOES_ON = frozenset(["of", "from", "at", "in"])


def spoken_of(table: TokenTable, entries: Mapping[int, Entry], found: Sequence[Found]) -> list[Found]:
    """The attributions, those with a passive verb with the phrase with "by" as their source, or with none."""
    return [_spoken_of(table, entries, attribution) for attribution in found]


def _spoken_of(table: TokenTable, entries: Mapping[int, Entry], attribution: Found) -> Found:
    if any(entries[i].id == "court-heard" for first, end in attribution.cue for i in range(first, end) if i in entries):
        return attribution._replace(source=())  # a claim made in court, by somebody who is not named
    verb = _participle(table, entries, attribution.cue)
    if verb is None:
        return attribution
    speaker = speaker_after_by(table, verb)
    if speaker is not None:
        content = _what_is_said(table, verb, speaker) or attribution.content
        return attribution._replace(source=(speaker,), content=content)
    if not any(start < verb for start, _ in attribution.source) or not is_passive(table, verb):
        return attribution
    return attribution._replace(source=())


def _participle(table: TokenTable, entries: Mapping[int, Entry], cue: Sequence[TokenRange]) -> int | None:
    """The participle in a cue, of a verb whose subject can be spoken of."""
    for first, end in cue:
        for i in range(first, end):
            entry = entries.get(i)
            passive = table.words[i + 1] == "by" or is_passive(table, i)
            if entry is not None and passive and table.tags[i] in PARTICIPLES and _can_be_spoken_of(entry):
                return i
    return None


def _can_be_spoken_of(entry: Entry) -> bool:
    verb = entry.more["kind"] == "verb" and entry.id not in listed("never_spoken_of")
    return (verb or entry.id in PHRASES) and entry.more["content"] in SPOKEN


def is_passive(table: TokenTable, verb: int) -> bool:
    """Whether a form of "be" stands before the participle, adverbs in between or not."""
    i = verb - 1
    while i > 0 and table.tags[i] == "RB":
        i -= 1
    has = table.words[i] == "'s" and table.words[i - 1] != "it"  # "he's said" is "he has said"
    return i >= 0 and table.stems[i] == "be" and not has and table.sentence[i] == table.sentence[verb]


def speaker_after_by(table: TokenTable, verb: int) -> TokenRange | None:
    """Who a passive verb says has spoken: "accused by critics", "called “mad” by its critics"."""
    end = table.bounds[table.sentence[verb]][1]
    if table.region[verb] >= 0:
        return None
    nested = False
    for i in range(verb + 1, end - 1):
        word = table.words[i]
        if table.region[i] >= 0:
            continue
        if word == "by" and table.chunk[i + 1]:
            speaker = _speaker(table, table.stems[verb], i + 1, end)
            return speaker if speaker and (not nested or can_speak(table, *speaker)) else None
        if word in STOPS or word in (",", "by") or table.tags[i] in FINITE:
            return None
        nested = nested or table.tags[i] == "VBG"  # "accused of cheating by fans", but not "of winning by a trick"
    return None


def _speaker(table: TokenTable, stem: str, start: int, end: int) -> TokenRange | None:
    chunk = table.chunk[start]
    if chunk is None:
        return None
    head = table.words[chunk[1] - 1]
    if head in grammar_words("by_no_agent") or head in grammar_words("units"):
        return None
    stop = chunk[1]
    if stop < end and table.words[stop] in people_lexicon().nouns:  # tagged as another word at a sentence's end
        stop += 1
    elif table.tags[stop - 1] == "CD":
        return None
    goes_on = SPEAKER_GOES_ON - ({"of"} if stem in ("accus", "suspect") else set())
    while stop + 1 < end and table.words[stop] in goes_on and (more := table.chunk[stop + 1]):
        if table.words[more[1] - 1] in listed("times"):
            break
        stop = more[1]
    if stop + 1 < end and table.words[stop] == ",":
        stop = aside_end(table, stop, end)
    return chunk[0], stop


def _what_is_said(table: TokenTable, verb: int, speaker: TokenRange) -> tuple[TokenRange, ...]:
    """What stands behind the speaker ("accused by critics of lying"), or between verb and "by"."""
    by = speaker[0] - 1
    end = table.bounds[table.sentence[verb]][1]
    between = (verb + 1, by)
    pieces = [between] if between[0] < by and table.words[verb + 1] not in listed("times") else []
    if speaker[1] < end and table.words[speaker[1]] in listed("after_blame"):
        stop = clause_end(table, speaker[1], set())
        if stop > speaker[1]:
            pieces.append((speaker[1], stop))
    return tuple(pieces)


def passive_by_rule(table: TokenTable, match: Match, content: set[int]) -> Found | None:
    """A listed verb in the passive that the models overlooked, if it says by whom."""
    verb = match.end - 1
    if table.tags[verb] not in PARTICIPLES or not _can_be_spoken_of(match.entry) or verb in content:
        return None
    if not is_passive(table, verb):
        return None
    speaker = speaker_after_by(table, verb)
    said = _what_is_said(table, verb, speaker) if speaker else ()
    return Found((speaker,), ((match.start, match.end),), said, PLAIN) if speaker and said else None
