"""Attributions by rule: what the learned models overlook, since the corpus they learned from leaves it out.

PolNeAR marks no attribution inside another's content ("She said he believes it": only *said*). A reader who asks whose
words these are needs both, so beliefs told inside a content are found by rule; not all such verbs, since quotations are
full of them, and not "I think" in somebody's words, which are theirs already. Words such as "reportedly" and "amid
reports" name nobody, yet say that somebody else is behind the claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kit.analysis.attribution.clauses import (
    FINITE,
    RELATIVE,
    STOPS,
    clause_after,
    clause_end,
    is_clause,
    noun_phrase_before,
    speaker_end,
    subject_of,
)
from kit.analysis.attribution.model import Found
from kit.analysis.attribution.token_table import VERB_TAGS, TokenTable
from kit.lexicons.matcher import Entry, Match
from kit.resources import read_grammar
from kit.text.spans import Span

INNER = 0.1  # confidence of an attribution inside another: the corpus marks hardly any
OF_NOBODY = 0.5  # of "reportedly" and "amid reports"
PLAIN = 0.8  # of "..., the mayor said." and "she made it clear that ..."
HEARSAY = frozenset(["reportedly", "allegedly", "supposedly", "purportedly"])
GIVING = frozenset(["support", "help", "back", "supply", "assist"])
GIFT_WITHIN = 4  # tokens
BELIEVING = frozenset(["believe", "think"])
SAYING = frozenset(["say", "add", "in-a-statement", "in-an-interview"])
CLOSING = frozenset([",", ".", "!", "?", "…"])  # what a sentence that is quoted ends with
AT_THE_END = 7  # tokens, such as a place, that may stand between a cue at a sentence's end and the end


def by_rule(
    table: TokenTable, matches: Sequence[Sequence[Match]], found: Sequence[Found], quoted: Sequence[Span]
) -> list[Found]:
    """More attributions, given the listed cues of each sentence, what was found already, and quotations besides.

    No two share a word of a cue.
    """
    taken = {i for one in found for span in one.cue for i in range(*table.tokens(span))}
    contents = [span for one in found for span in one.content] + list(quoted)
    content = {i for span in contents for i in range(*table.tokens(span))}
    more: list[Found] = []
    for number, in_sentence in enumerate(matches):
        first = table.bounds[number][0]
        for match in in_sentence:
            a, b = first + match.start, first + match.end
            if taken.isdisjoint(range(a, b)):
                more += _by_entry(table, match.entry, a, b, content)
    return more


def _by_entry(table: TokenTable, entry: Entry, a: int, b: int, content: set[int]) -> Iterator[Found]:
    """What a listed cue at tokens a to b says by itself."""
    if entry.id in HEARSAY:
        yield from _hearsay(table, a, b)
    elif entry.id == "amid-reports":
        yield from _amid_reports(table, a)
    elif table.tags[a] not in VERB_TAGS:
        return
    elif entry.id in BELIEVING and a in content:
        yield from (one for one in _with_clause(table, a, b, content, INNER) if _is_another(table, one))
    elif a not in content and (turned := list(_inverted(table, entry, a, b))):
        yield from turned
    elif entry.id in SAYING and a not in content:
        yield from _at_the_end(table, a, b)
    elif entry.id == "make-it-clear":
        yield from _with_clause(table, a, b, content, PLAIN)


def cut_at_reports(table: TokenTable, found: Sequence[Found]) -> list[Found]:
    """“Amid reports” is the reporter's aside: what somebody retold says or thinks ends before it."""
    asides = [
        table.tokens(one.cue[0])[0]
        for one in found
        if table.words[table.tokens(one.cue[0])[0]] == "amid" and table.region[table.tokens(one.cue[0])[0]] < 0
    ]
    shorter = []
    for one in found:
        content = []
        for span in one.content:
            first, end = table.tokens(span)
            stop = min((aside for aside in asides if first < aside < end), default=end)
            content.append(table.span(first, stop) if stop < end else span)
        shorter.append(one._replace(content=tuple(content)))
    return shorter


def mended(table: TokenTable, entries: Mapping[int, Entry], found: Sequence[Found]) -> list[Found]:
    """What was found, with what plainly belongs to a listed verb: a "that" clause as content, a subject as source."""
    better = []
    for one in found:
        first, end = table.tokens(one.cue[-1])
        entry = entries.get(end - 1)
        if entry is not None and entry.id == "according-to":
            one = _after_an_aside(table, one)
        elif entry is not None and table.tags[first] in VERB_TAGS:
            one = _with_speaker_after(table, entry, one)
            one = _with_that_clause(table, one)
            if entry.id in SAYING:
                one = _with_whole_speaker(table, one)
            if _is_expletive(table, one):
                one = one._replace(source=())
            elif not one.source and entry.more["content"] in ("said", "written"):
                one = one._replace(source=noun_phrase_before(table, first))
        better.append(one)
    return better


def sharing_speakers(table: TokenTable, found: Sequence[Found]) -> list[Found]:
    """ "..., says a nurse, adding that help is late": who adds is who has just spoken in the same sentence."""
    shared: list[Found] = []
    spoken: dict[int, tuple[Span, ...]] = {}  # sentence -> its last source
    for one in sorted(found, key=lambda one: one.cue[0]):
        verb = table.tokens(one.cue[0])[0]
        sentence = table.sentence[verb]
        if not one.source and table.tags[verb] == "VBG" and table.words[verb - 1] == ",":
            one = one._replace(source=spoken.get(sentence, ()))
        if one.source:
            spoken[sentence] = one.source
        shared.append(one)
    return shared


def _with_speaker_after(table: TokenTable, entry: Entry, one: Found) -> Found:
    """The models often take the speaker of "..., says the engineer." for what is said, or what the next cue adds."""
    for plain in _inverted(table, entry, *table.tokens(one.cue[-1])):
        if not _overlaps(plain.source[0], one.source) or not _overlaps(plain.content[0], one.content):
            one = one._replace(source=plain.source, content=plain.content)
    return one


def _with_that_clause(table: TokenTable, one: Found) -> Found:
    clause = clause_after(table, table.tokens(one.cue[-1])[1], set())
    if clause is None or table.words[clause[0]] != "that":
        return one
    content = table.span(*clause)
    return one if _overlaps(content, one.content) else one._replace(content=(content,))


def _with_whole_speaker(table: TokenTable, one: Found) -> Found:
    """The models sometimes split "..., the ministry of Velmar said." """
    for plain in _at_the_end(table, *table.tokens(one.cue[-1])):
        if _overlaps(plain.source[0], one.content):
            one = one._replace(content=plain.content)
        if _overlaps(plain.source[0], one.source):
            one = one._replace(source=plain.source)
    return one


def _is_expletive(table: TokenTable, one: Found) -> bool:
    """Whether the source is the "it" of "It is widely believed that ...", which is nobody."""
    first, end = table.tokens(one.cue[0])
    passive = table.stems[first] == "be" and table.tags[end - 1] == "VBN"
    return passive and any(table.words[table.tokens(span)[0]] == "it" for span in one.source)


def _after_an_aside(table: TokenTable, one: Found) -> Found:
    """ "According to a keeper, who lives there, the lighthouse is shut": the aside is no part of what was said."""
    after = table.tokens(one.cue[-1])[1]
    end = table.bounds[table.sentence[after - 1]][1]
    commas = [i for i in range(after, end - 1) if table.words[i] == ","]
    follows = any(span.start > one.cue[-1].start for span in one.content)
    if len(commas) < 2 or table.words[commas[0] + 1] not in RELATIVE or not follows:
        return one
    start = commas[1] + 1
    stop = clause_end(table, start, set())
    content = (table.span(start, stop),) if start < stop else one.content
    return one._replace(source=(table.span(after, commas[0]),), content=content)


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


def without_objects(table: TokenTable, entries: Mapping[int, Entry], found: Sequence[Found]) -> list[Found]:
    """Without those whose cue is a noun after a preposition and in no lexicon: "to travel for talks" tells nothing."""

    def is_object(one: Found) -> bool:
        first, end = table.tokens(one.cue[0])
        noun = end == first + 1 and first not in entries and table.tags[first].startswith("N")
        return noun and first > 0 and table.tags[first - 1] in ("IN", "TO")

    return [one for one in found if not is_object(one)]


def without_gifts(table: TokenTable, found: Sequence[Found]) -> list[Found]:
    """Without those whose cue is no stance but a gift: "supports the harbour with millions"."""

    def gives(one: Found) -> bool:
        end = table.tokens(one.cue[-1])[1]
        return table.stems[end - 1] in GIVING and "with" in table.words[end : end + GIFT_WITHIN]

    return [one for one in found if not gives(one)]


def without_hearsay(table: TokenTable, found: Sequence[Found]) -> list[Found]:
    """The attributions with "reportedly" and what stands before it taken out of longer cues ("reportedly said")."""
    plain = []
    for one in found:
        tokens = [i for span in one.cue for i in range(*table.tokens(span))]
        after = next((n + 1 for n, i in enumerate(tokens) if table.words[i] in HEARSAY), 0)
        if 0 < after < len(tokens):
            one = one._replace(cue=(table.span(tokens[after], tokens[-1] + 1),))
        plain.append(one)
    return plain


def _with_clause(table: TokenTable, a: int, b: int, content: set[int], confidence: float) -> Iterator[Found]:
    """A listed cue with its subject before it and a clause after it."""
    subject, clause = subject_of(table, a), clause_after(table, b, content)
    if subject and clause:
        yield Found((table.span(*subject),), (table.span(a, b),), (table.span(*clause),), confidence)


def _is_another(table: TokenTable, inner: Found) -> bool:
    """Whether an inner attribution has a speaker of its own: "I think" in somebody's words is theirs already."""
    return table.words[table.tokens(inner.source[0])[0]] not in ("i", "we")


def _at_the_end(table: TokenTable, a: int, b: int) -> Iterator[Found]:
    """ "..., the mayor said on Monday.": a subject and a listed verb after a comma, near the end of a sentence."""
    first, end = table.bounds[table.sentence[a]]
    source = noun_phrase_before(table, a)
    comma = table.tokens(source[0])[0] - 1 if source else -1
    verbs = any(table.tags[i] in VERB_TAGS for i in range(b, end))
    if comma > first and table.words[comma] == "," and end - b <= AT_THE_END and not verbs:
        yield Found(source, (table.span(a, b),), (table.span(first, comma),), PLAIN)


@cache
def _before_speakers() -> frozenset[str]:
    return frozenset(read_grammar()["before_speakers"].split())


def _inverted(table: TokenTable, entry: Entry, a: int, b: int) -> Iterator[Found]:
    """ "The bridge may close, says its engineer." and "The bridge, says its engineer, may close.": verb, then speaker.

    The corpus, which is American, has them with names and after quotations.
    """
    first, end = table.bounds[table.sentence[a]]
    comma = a - 1
    if entry.id not in _before_speakers() or b != a + 1 or comma <= first or table.region[a] >= 0:
        return
    quoted = table.role[comma][0] == "e" and table.words[comma - 1] in CLOSING  # not that of: the ship "Hope" said
    stop = speaker_end(table, b, end)
    last = stop >= end or table.words[stop] in STOPS
    day = table.words[stop] == "on" and not any(table.tags[i] in FINITE for i in range(stop, end))
    if stop == b or not (quoted or table.words[comma] == ",") or not (last or day or table.words[stop] == ","):
        return
    source, cue = (table.span(b, stop),), (table.span(a, b),)
    if quoted:
        yield Found(source, cue, (table.span(*table.quotations[table.region[comma]]),), PLAIN)
        return
    headline = last and table.chunk[first] != (first, comma) and "," not in table.words[first:comma]
    if headline or is_clause(table, first, comma):
        yield Found(source, cue, (table.span(first, comma),), PLAIN)
    elif table.chunk[first] == (first, comma) and table.words[stop] == "," and table.tags[stop + 1] in FINITE:
        rest = table.span(stop + 1, clause_end(table, stop + 1, set()))
        yield Found(source, cue, (table.span(first, comma), rest), PLAIN)


def _hearsay(table: TokenTable, a: int, b: int) -> Iterator[Found]:
    """An adverb that hands the sentence around it to somebody who is not named."""
    first, end = table.bounds[table.sentence[a]]
    before = (i + 1 for i in range(a - 1, first - 1, -1) if table.words[i] in STOPS or table.words[i] == ",")
    start = next(before, first)
    stop = clause_end(table, b, set()) if b < end else b
    content = tuple(table.span(x, y) for x, y in ((start, a), (b, stop)) if x < y)
    yield Found((), (table.span(a, b),), content, OF_NOBODY)


def _amid_reports(table: TokenTable, a: int) -> Iterator[Found]:
    end = table.bounds[table.sentence[a]][1]
    stop = clause_end(table, a + 2, set()) if a + 2 < end else end
    if stop > a + 2:
        yield Found((), (table.span(a, a + 2),), (table.span(a + 2, stop),), OF_NOBODY)
