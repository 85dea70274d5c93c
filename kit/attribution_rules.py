"""Attributions by rule: what the learned models overlook, since the corpus they learned from leaves it out.

PolNeAR marks no attribution inside another's content ("She said he believes it": only *said*). A reader who asks whose
words these are needs both, so plain cases are found by rule: a listed verb with its subject and a clause. Words such as
"reportedly" and "amid reports" name nobody, yet say that somebody else is behind the claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kit.attribution_model import Found
from kit.lexicon import Match
from kit.page import Span
from kit.passage import VERB_TAGS, Passage

INSIDE = 0.3  # confidence; the corpus gives none to learn
HEARSAY = frozenset(["reportedly", "allegedly", "supposedly", "purportedly"])
CLAUSE_VERBS = frozenset(["said", "thought"])
HELPERS = frozenset(["RB", "MD"])
HELPER_STEMS = frozenset(["have", "be", "do"])
STOPS = frozenset([".", "!", "?", ";", ":"])
JOINING = frozenset(["and", "but", "while", "although", "though", "because"])
AFTER_CUE = 4  # tokens, such as a day, that may stand between a cue and "that"


def by_rule(passage: Passage, matches: Sequence[Sequence[Match]], found: Sequence[Found]) -> list[Found]:
    """More attributions, given the listed cues of each sentence and what was found already; cues never overlap."""
    taken = {i for one in found for span in one.cue for i in range(*passage.tokens(span))}
    content = {i for one in found for span in one.content for i in range(*passage.tokens(span))}
    more: list[Found] = []
    for number, in_sentence in enumerate(matches):
        first, end = passage.bounds[number]
        for match in in_sentence:
            a, b = first + match.start, first + match.end
            if match.entry.id in HEARSAY:
                more += _hearsay(passage, a, b, taken)
            elif match.entry.id == "amid-reports":
                more += _amid_reports(passage, a, end)
            elif taken.isdisjoint(range(a, b)):
                clause = match.entry.more["content"] in CLAUSE_VERBS and passage.tags[a] in VERB_TAGS
                told = match.entry.more["kind"] == "phrase"
                if (clause and a in content) or told:
                    more += _with_clause(passage, a, b, content)
    return more


def without_hearsay(passage: Passage, found: Sequence[Found]) -> list[Found]:
    """The attributions with "reportedly" and what stands before it taken out of longer cues ("reportedly said")."""
    plain = []
    for one in found:
        tokens = [i for span in one.cue for i in range(*passage.tokens(span))]
        after = next((n + 1 for n, i in enumerate(tokens) if passage.words[i] in HEARSAY), 0)
        if 0 < after < len(tokens):
            one = one._replace(cue=(_span(passage, tokens[after], tokens[-1] + 1),))
        plain.append(one)
    return plain


def _span(passage: Passage, first: int, end: int) -> Span:
    return Span(passage.starts[first], passage.ends[end - 1])


def _clause_end(passage: Passage, start: int, content: set[int]) -> int:
    """Where the clause that starts here ends: at its sentence's end, a quotation's, a new clause, or its content's."""
    end = passage.bounds[passage.sentence[start]][1]
    for i in range(start, end):
        word, inside = passage.words[i], start in content and i not in content
        joins = i > start + 1 and (word in JOINING or (word == "," and passage.words[i + 1] in JOINING))
        subject = passage.subject[i + 1 + (word == ",")] if joins and i + 2 < end else False
        if word in STOPS or inside or (passage.role[i][0] == "e" and passage.region[start] >= 0) or subject:
            return i - (i > start and passage.words[i - 1] == ",")
    return end


def _subject(passage: Passage, verb: int) -> tuple[int, int] | None:
    """The noun chunk right before a verb, helping verbs and adverbs skipped."""
    first = passage.bounds[passage.sentence[verb]][0]
    i = verb - 1
    while i >= first and (passage.tags[i] in HELPERS or passage.stems[i] in HELPER_STEMS):
        i -= 1
    return passage.chunk[i] if i >= first else None


def _with_clause(passage: Passage, a: int, b: int, content: set[int]) -> Iterator[Found]:
    """A listed cue with its subject before it and a clause after it, or a day and "that"."""
    subject, end = _subject(passage, a), passage.bounds[passage.sentence[a]][1]
    that = next((i for i in range(b, min(b + AFTER_CUE, end)) if passage.words[i] == "that"), None)
    start = b if that is None else that
    opens = that is not None or (b < end and (passage.tags[b] == "MD" or passage.subject[b]))
    if subject is None or not opens:
        return
    stop = _clause_end(passage, start, content)
    if stop > start + 1:
        source, cue, what = _span(passage, *subject), _span(passage, a, b), _span(passage, start, stop)
        yield Found((source,), (cue,), (what,), INSIDE)


def _hearsay(passage: Passage, a: int, b: int, taken: set[int]) -> Iterator[Found]:
    """An adverb that hands the sentence around it to somebody who is not named."""
    if not taken.isdisjoint(range(a, b)):
        return
    first, end = passage.bounds[passage.sentence[a]]
    before = (i + 1 for i in range(a - 1, first - 1, -1) if passage.words[i] in STOPS or passage.words[i] == ",")
    start = next(before, first)
    stop = _clause_end(passage, b, set()) if b < end else b
    content = tuple(_span(passage, x, y) for x, y in ((start, a), (b, stop)) if x < y)
    yield Found((), (_span(passage, a, b),), content, INSIDE)


def _amid_reports(passage: Passage, a: int, end: int) -> Iterator[Found]:
    stop = _clause_end(passage, a + 2, set()) if a + 2 < end else end
    if stop > a + 2:
        yield Found((), (_span(passage, a, a + 2),), (_span(passage, a + 2, stop),), INSIDE)
