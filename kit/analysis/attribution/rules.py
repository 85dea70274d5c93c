"""Attributions by rule: what the learned models overlook, since the corpus they learned from leaves it out.

PolNeAR marks no attribution inside another's content ("She said he believes it": only *said*). A reader who asks whose
words these are needs both, so beliefs told inside a content are found by rule; not all such verbs, since quotations are
full of them, and not "I think" in somebody's words, which are theirs already. Words such as "reportedly" and "amid
reports" name nobody, yet say that somebody else is behind the claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kit.analysis.attribution.after_comma import PLAIN, SAYING, speaker_then_verb, verb_then_speaker
from kit.analysis.attribution.clauses import (
    IN_A_SPEAKER,
    STOPS,
    clause_after,
    clause_end,
    is_clause,
    noun_phrase_before,
    subject_of,
)
from kit.analysis.attribution.model import Found
from kit.analysis.attribution.passives import is_passive, passive_by_rule
from kit.analysis.attribution.pieces import with_the_rest
from kit.analysis.attribution.quotations import by_quotations
from kit.analysis.attribution.token_table import VERB_TAGS, TokenRange, TokenTable, tokens_of
from kit.lexicons.matcher import Match

INNER = 0.1  # confidence of an attribution inside another: the corpus marks hardly any
OF_NOBODY = 0.5  # of "reportedly" and "amid reports"
HEARSAY = frozenset(["reportedly", "allegedly", "supposedly", "purportedly"])
BELIEVING = frozenset(["believe", "think"])
LIKELY = 0.6  # of a clause or a view that a listed cue plainly belongs to
TOLD = ("said", "written")
VIEWS = frozenset(["in-the-words-of", "in-the-opinion-of", "in-somebodys-view", "per", "for-her-this-is"])


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
    rules = _Rules(table, content, _speakers_after_comma(table, matches))
    free = [match for match in matches if taken.isdisjoint(range(match.start, match.end))]
    more = [told for match in free if (told := rules.by_entry(match))]
    taken.update(i for told in more for i in tokens_of(told.cue))
    return more + list(by_quotations(table, [*found, *more], taken))


def _speakers_after_comma(table: TokenTable, matches: Sequence[Match]) -> dict[int, int]:
    """For each sentence that ends in its speaker and verb (", the mayor said."): the comma before them."""
    commas: dict[int, int] = {}
    for match in matches:
        plain = speaker_then_verb(table, (match.start, match.end)) if match.entry.more["content"] in TOLD else None
        if plain:
            commas[table.sentence[match.start]] = plain.source[0][0] - 1
    return commas


class _Rules:
    """What listed cues say by themselves in one article. ``content``: tokens that somebody says already; ``commas``:
    see `_speakers_after_comma`."""

    def __init__(self, table: TokenTable, content: set[int], commas: Mapping[int, int]) -> None:
        self.table, self.content, self.commas = table, content, commas

    def by_entry(self, match: Match) -> Found | None:
        table, content = self.table, self.content
        entry, start, end = match
        if entry.id in HEARSAY:
            return self._hearsay(start, end)
        if entry.id == "amid-reports":
            return _amid_reports(table, start)
        if entry.id in VIEWS and start not in content:
            return _view(table, entry.id, start, end)
        if entry.id == "court-heard" and start not in content:
            return _unnamed(table, start, end)
        if table.tags[start] not in VERB_TAGS and table.tags[end - 1] != "VBN":
            return None
        if passive := passive_by_rule(table, match, content):
            return passive
        if entry.id in BELIEVING and start in content:
            return _belief_inside(table, start, end, content)
        if start in content:
            return _with_clause(table, start, end, content, PLAIN) if entry.id == "make-it-clear" else None
        return verb_then_speaker(table, entry, (start, end)) or self._with_subject(match)

    def _with_subject(self, match: Match) -> Found | None:
        """A verb of saying with its subject before it: at a sentence's end, or before a clause."""
        table, (entry, start, end) = self.table, match
        if entry.id in SAYING and (plain := speaker_then_verb(table, (start, end))):
            return plain
        if entry.id in ("make-it-clear", "come-to-the-conclusion"):
            return _with_clause(table, start, end, self.content, PLAIN)
        if entry.id == "put-at":
            return _with_figure(table, start, end)
        if entry.more["kind"] != "verb" or entry.more["content"] not in (*TOLD, "thought"):
            return None
        participle = table.tags[end - 1] == "VBN" and table.stems[start - 1] != "hav"
        if participle or is_passive(table, end - 1):
            return None
        plain = _sentence_before(table, start, end)
        if plain or entry.more["content"] == "thought":  # "The pier is lost, Kell suspects."
            return plain
        return _clause_behind(table, start, end, self.content)

    def _hearsay(self, start: int, end: int) -> Found:
        """An adverb that hands the sentence around it to somebody who is not named."""
        table = self.table
        first, sentence_end = table.bounds[table.sentence[start]]
        clause_start = start
        while clause_start > first and table.words[clause_start - 1] not in STOPS | {","}:
            clause_start -= 1
        stop = clause_end(table, end, set()) if end < sentence_end else end
        comma = self.commas.get(table.sentence[start], stop)
        stop = min(stop, comma) if comma >= end else stop  # ", the mayor said" is no part of what is reported
        content = tuple(piece for piece in ((clause_start, start), (end, stop)) if piece[0] < piece[1])
        return Found((), ((start, end),), content, OF_NOBODY)


def _sentence_before(table: TokenTable, start: int, end: int) -> Found | None:
    """ "Rents doubled, a report by a charity has found." """
    plain = speaker_then_verb(table, (start, end))
    if plain is None or table.tags[plain.source[0][0]] in ("WP", "WDT"):
        return None
    first, stop = plain.content[0]
    if table.tags[first] in ("IN", "WRB") or not is_clause(table, first, stop):
        return None
    while table.stems[start - 1] == "hav":
        start -= 1
    return plain._replace(cue=((start, end),))


def _clause_behind(table: TokenTable, start: int, end: int, content: set[int]) -> Found | None:
    """ "The contract states the firm must pay", "Brandt said late on Tuesday night in Lorne that ..." """
    source, clause = noun_phrase_before(table, start), clause_after(table, end, content)
    if not source or clause is None or start in content or source[0][0] in content:
        return None
    if table.words[clause[0]] != "that" and not (clause[0] == end and table.subject[end]):
        return None
    return Found(source, ((start, end),), (clause,), LIKELY)


def _with_figure(table: TokenTable, start: int, end: int) -> Found | None:
    """ "Engineers put the cost at two million": what somebody counted or guessed, with no clause around it."""
    source, stop = noun_phrase_before(table, start), clause_end(table, end, set())
    told = source and any(table.tags[i] == "CD" for i in range(end, stop))
    return Found(source, ((start, end),), ((end, stop),), LIKELY) if told else None


def _view(table: TokenTable, kind: str, start: int, end: int) -> Found | None:
    """ "In the words of Brandt, the pier is a wreck", "in Kell's view", "per a council report"."""
    first, sentence_end = table.bounds[table.sentence[start]]
    if kind == "in-somebodys-view":
        begin = next((i for i in range(start - 1, max(first, start - 6) - 1, -1) if table.words[i] == "in"), start - 1)
        source, behind = (begin + 1, start - 1), end
        start_of_phrase = begin
    else:
        chunk = table.chunk[end] if end < sentence_end else None
        stop = chunk[1] if chunk and chunk[0] == end else end
        while stop + 1 < sentence_end and table.words[stop] in IN_A_SPEAKER and (more := table.chunk[stop + 1]):
            stop = more[1]
        source, behind, start_of_phrase = (end, stop), stop, start
    if source[0] >= source[1]:
        return None
    if start_of_phrase == first:
        content_start = behind + 1 if table.words[behind] == "," else behind
        content = (content_start, clause_end(table, content_start, set())) if content_start < sentence_end else (0, 0)
    else:
        comma = table.words[start_of_phrase - 1] == ","
        content = (first, start_of_phrase - 1 if comma else start_of_phrase)
    if content[0] >= content[1]:
        return None
    return with_the_rest(table, Found((source,), ((start, end),), (content,), LIKELY))


def _unnamed(table: TokenTable, start: int, end: int) -> Found | None:
    """ "The court heard that ...": a claim made in court, by somebody who is not named."""
    sentence_end = table.bounds[table.sentence[start]][1]
    stop = clause_end(table, end, set()) if end < sentence_end else end
    return Found((), ((start, end),), ((end, stop),), LIKELY) if stop > end + 1 else None


def _belief_inside(table: TokenTable, start: int, end: int, content: set[int]) -> Found | None:
    """A belief inside a content with a speaker of its own: "I think" in somebody's words is theirs already."""
    belief = _with_clause(table, start, end, content, INNER)
    return None if belief is None or table.words[belief.source[0][0]] in ("i", "we") else belief


def _with_clause(table: TokenTable, start: int, end: int, content: set[int], confidence: float) -> Found | None:
    """A listed cue with its subject before it and a clause after it."""
    subject, clause = subject_of(table, start), clause_after(table, end, content)
    return Found((subject,), ((start, end),), (clause,), confidence) if subject and clause else None


def _amid_reports(table: TokenTable, start: int) -> Found | None:
    sentence_end = table.bounds[table.sentence[start]][1]
    end = start + 2
    stop = clause_end(table, end, set()) if end < sentence_end else sentence_end
    return Found((), ((start, end),), ((end, stop),), OF_NOBODY) if stop > end else None
