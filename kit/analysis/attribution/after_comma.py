"""A verb of saying after a comma, with its speaker beside it: what it says by itself, whatever the models think.

"The bridge may close, the mayor said on Monday." and "The bridge may close, says its engineer."
"""

from __future__ import annotations

from kit.analysis.attribution.clauses import (
    FINITE,
    STOPS,
    clause_end,
    is_clause,
    noun_phrase_before,
    speaker_end,
    when_and_where,
)
from kit.analysis.attribution.model import Found
from kit.analysis.attribution.token_table import VERB_TAGS, TokenRange, TokenTable
from kit.analysis.attribution.words import phrases
from kit.lexicons.matcher import Entry
from kit.text.inflection import grammar_words

PLAIN = 0.8  # confidence in what is said this plainly
SAYING = frozenset(["say", "add", "in-a-statement", "in-an-interview"])
CLOSING = frozenset([",", ".", "!", "?", "…"])  # what a sentence that is quoted ends with
AT_THE_END = 7  # tokens, such as a place, that may stand between a cue at a sentence's end and the end


def speaker_then_verb(table: TokenTable, verb: TokenRange) -> Found | None:
    """ "..., the mayor said on Monday.": a subject and a verb after a comma, near the end of a sentence."""
    first, end = table.bounds[table.sentence[verb[0]]]
    end = min(end, verb[1] + 1) if on_terms(table, verb[1]) or table.words[verb[1]] == ";" else end
    source = noun_phrase_before(table, verb[0])
    if not source:
        return None
    comma = source[0][0] - 1
    quoted = comma > first and table.role[comma][0] == "e" and table.words[comma - 1] in CLOSING
    if comma <= first or (table.words[comma] != "," and not quoted):
        return None
    stop = next((i for i in range(verb[1], end) if table.words[i] == ","), end)
    adds = (
        stop < end - 1 and table.tags[stop + 1] == "VBG" and (stop == verb[1] or when_and_where(table, verb[1], stop))
    )
    if not adds and end - verb[1] > AT_THE_END and not when_and_where(table, verb[1], end - 1):
        return None
    if any(table.tags[i] in VERB_TAGS for i in range(verb[1], stop if adds else end)):
        return None
    content = table.quotations[table.region[comma]] if quoted else (first, comma)
    return Found(source, (verb,), (content,), PLAIN)


def on_terms(table: TokenTable, start: int) -> bool:
    """ "on condition of anonymity because ...": why somebody has no name is no part of what is said."""
    return any(tuple(table.words[start : start + len(phrase)]) == phrase for phrase in phrases("terms"))


def verb_then_speaker(table: TokenTable, entry: Entry | None, verb: TokenRange) -> Found | None:
    """ "The bridge may close, says its engineer." and "The bridge, says its engineer, may close.": verb, then speaker.

    The corpus, which is American, has them with names and after quotations. After a quotation any verb will do
    (``entry`` None: it is in no lexicon).
    """
    first = table.bounds[table.sentence[verb[0]]][0]
    comma = verb[0] - 1
    if verb[1] != verb[0] + 1 or comma <= first or table.region[verb[0]] >= 0:
        return None
    # Not the mark that closes a name: the ship "Hope" said.
    quoted = table.role[comma][0] == "e" and table.words[comma - 1] in CLOSING
    if not quoted and (table.words[comma] != "," or entry is None or entry.id not in grammar_words("before_speakers")):
        return None
    speaker = _speaker_after(table, verb[1])
    if speaker is None:
        return None
    if quoted:
        return Found((speaker,), (verb,), (table.quotations[table.region[comma]],), PLAIN)
    content = _said_around(table, first, comma, speaker[1])
    return Found((speaker,), (verb,), content, PLAIN) if content else None


def _speaker_after(table: TokenTable, start: int) -> TokenRange | None:
    """The speaker right after a verb, if a comma, a day or the sentence's end follows."""
    end = table.bounds[table.sentence[start - 1]][1]
    stop = speaker_end(table, start, end)
    if stop == start:
        return None
    day = table.words[stop] == "on" and not any(table.tags[i] in FINITE for i in range(stop, end))
    return (start, stop) if _ends_sentence(table, stop, end) or day or table.words[stop] == "," else None


def _ends_sentence(table: TokenTable, i: int, end: int) -> bool:
    return i >= end or table.words[i] in STOPS


def _said_around(table: TokenTable, first: int, comma: int, speaker_stop: int) -> tuple[TokenRange, ...]:
    """What is said before the comma, if it is a clause or a headline; if it is that clause's subject, also what goes on
    after the speaker."""
    end = table.bounds[table.sentence[first]][1]
    is_subject = table.chunk[first] == (first, comma)
    one_piece = not is_subject and "," not in table.words[first:comma]
    headline = one_piece and _ends_sentence(table, speaker_stop, end)
    if headline or is_clause(table, first, comma):
        return ((first, comma),)
    if is_subject and table.words[speaker_stop] == "," and table.tags[speaker_stop + 1] in FINITE:
        rest = speaker_stop + 1
        return ((first, comma), (rest, clause_end(table, rest, set())))
    return ()
