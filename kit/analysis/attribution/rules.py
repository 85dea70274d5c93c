"""Attributions by rule: what the learned models overlook, since the corpus they learned from leaves it out.

PolNeAR marks no attribution inside another's content ("She said he believes it": only *said*). A reader who asks whose
words these are needs both, so beliefs told inside a content are found by rule; not all such verbs, since quotations are
full of them, and not "I think" in somebody's words, which are theirs already. Words such as "reportedly" and "amid
reports" name nobody, yet say that somebody else is behind the claim.
"""

from __future__ import annotations

from collections.abc import Sequence

from kit.analysis.attribution.after_comma import PLAIN, SAYING, speaker_then_verb, verb_then_speaker
from kit.analysis.attribution.clauses import STOPS, clause_after, clause_end, subject_of
from kit.analysis.attribution.model import Found
from kit.analysis.attribution.token_table import VERB_TAGS, TokenRange, TokenTable, tokens_of
from kit.lexicons.matcher import Match

INNER = 0.1  # confidence of an attribution inside another: the corpus marks hardly any
OF_NOBODY = 0.5  # of "reportedly" and "amid reports"
HEARSAY = frozenset(["reportedly", "allegedly", "supposedly", "purportedly"])
BELIEVING = frozenset(["believe", "think"])


def by_rule(
    table: TokenTable, matches: Sequence[Match], found: Sequence[Found], alone: Sequence[TokenRange]
) -> list[Found]:
    """More attributions, given the listed cues (by token of the article), what was found already, and the quotations
    that stand alone. No two share a word of a cue.
    """
    taken: set[int] = set()
    content = set(tokens_of(alone))
    for attribution in found:
        taken.update(tokens_of(attribution.cue))
        content.update(tokens_of(attribution.content))
    more = [_by_entry(table, match, content) for match in matches if taken.isdisjoint(range(match.start, match.end))]
    return [attribution for attribution in more if attribution is not None]


def _by_entry(table: TokenTable, match: Match, content: set[int]) -> Found | None:
    """What a listed cue says by itself."""
    entry, start, end = match
    if entry.id in HEARSAY:
        return _hearsay(table, start, end)
    if entry.id == "amid-reports":
        return _amid_reports(table, start)
    if table.tags[start] not in VERB_TAGS:
        return None
    if entry.id in BELIEVING and start in content:
        return _belief_inside(table, start, end, content)
    if start not in content and (report := verb_then_speaker(table, entry, (start, end))):
        return report
    if entry.id in SAYING and start not in content:
        return speaker_then_verb(table, (start, end))
    if entry.id == "make-it-clear":
        return _with_clause(table, start, end, content, PLAIN)
    return None


def _belief_inside(table: TokenTable, start: int, end: int, content: set[int]) -> Found | None:
    """A belief inside a content with a speaker of its own: "I think" in somebody's words is theirs already."""
    belief = _with_clause(table, start, end, content, INNER)
    return None if belief is None or table.words[belief.source[0][0]] in ("i", "we") else belief


def _with_clause(table: TokenTable, start: int, end: int, content: set[int], confidence: float) -> Found | None:
    """A listed cue with its subject before it and a clause after it."""
    subject, clause = subject_of(table, start), clause_after(table, end, content)
    return Found((subject,), ((start, end),), (clause,), confidence) if subject and clause else None


def _hearsay(table: TokenTable, start: int, end: int) -> Found:
    """An adverb that hands the sentence around it to somebody who is not named."""
    first, sentence_end = table.bounds[table.sentence[start]]
    clause_start = start
    while clause_start > first and table.words[clause_start - 1] not in STOPS | {","}:
        clause_start -= 1
    stop = clause_end(table, end, set()) if end < sentence_end else end
    content = tuple(piece for piece in ((clause_start, start), (end, stop)) if piece[0] < piece[1])
    return Found((), ((start, end),), content, OF_NOBODY)


def _amid_reports(table: TokenTable, start: int) -> Found | None:
    sentence_end = table.bounds[table.sentence[start]][1]
    end = start + 2
    stop = clause_end(table, end, set()) if end < sentence_end else sentence_end
    return Found((), ((start, end),), ((end, stop),), OF_NOBODY) if stop > end else None
