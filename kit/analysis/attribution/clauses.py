"""Clauses, their subjects and their speakers, by the tags and noun chunks of an article. Tokens are [first, end)."""

from __future__ import annotations

from kit.analysis.attribution.token_table import VERB_TAGS, TokenTable
from kit.analysis.speakers.names import words
from kit.text.spans import Span

STOPS = frozenset([".", "!", "?", ";", ":"])
RELATIVE = frozenset(["who", "which", "whose", "where"])
HELPERS = frozenset(["RB", "MD"])
HELPER_STEMS = frozenset(["have", "be", "do"])
JOINING = frozenset(["and", "but", "while", "although", "though", "because"])
CLAUSE_OPENERS = frozenset([",", "and", "but", "that", ";", ":", '"', "''", "-", "--"])
FINITE = frozenset(["VBD", "VBP", "VBZ", "MD"])
IN_A_NAME = frozenset(["of", "in", "at", "for", "from", "by", "with"])  # a speaker goes on with these
AFTER_CUE = 4  # tokens, such as a day, that may stand between a cue and "that"


def clause_end(table: TokenTable, start: int, content: set[int]) -> int:
    """Where the clause that starts here ends: at its sentence's end, a quotation's, a new clause, or its content's."""
    end = table.bounds[table.sentence[start]][1]
    for i in range(start, end):
        word, inside = table.words[i], start in content and i not in content
        joins = i > start + 1 and (word in JOINING or (word == "," and table.words[i + 1] in JOINING))
        subject = table.subject[i + 1 + (word == ",")] if joins and i + 2 < end else False
        if word in STOPS or inside or (table.role[i][0] == "e" and table.region[start] >= 0) or subject:
            return i - (i > start and table.words[i - 1] == ",")
    return end


def subject_of(table: TokenTable, verb: int) -> tuple[int, int] | None:
    """The noun chunk right before a verb, helping verbs and adverbs skipped; with an apposition, if there is one."""
    first = table.bounds[table.sentence[verb]][0]
    i = verb - 1
    while i >= first and (table.tags[i] in HELPERS or table.stems[i] in HELPER_STEMS):
        i -= 1
    if i < first or table.words[i] != ",":
        return table.chunk[i] if i >= first else None
    name = table.chunk[i - 1] if i > first else None  # "the harbour master, Edda Varn, warned"
    comma = name[0] - 1 if name else -1
    noun = table.chunk[comma - 1] if comma > first and table.words[comma] == "," else None
    return (noun[0], i) if noun else None


def noun_phrase_before(table: TokenTable, verb: int) -> tuple[Span, ...]:
    """The subject of a verb with the "of" and "in" phrases that end in it, if it starts a clause."""
    chunk = subject_of(table, verb)
    if chunk is None:
        return ()
    first, end = chunk
    start = table.bounds[table.sentence[verb]][0]
    while first - 2 >= start and table.words[first - 1] in ("of", "in", "at", "for"):
        before = table.chunk[first - 2]
        if before is None:
            break
        first = before[0]
    opens = first == start or table.words[first - 1] in CLAUSE_OPENERS or table.role[first - 1][0] == "e"
    return (table.span(first, end),) if opens else ()


def clause_after(table: TokenTable, start: int, content: set[int]) -> tuple[int, int] | None:
    """The clause that a cue ending here opens: at "that", perhaps after a day; at its subject; or at its verb."""
    end = table.bounds[table.sentence[start - 1]][1]
    near = range(start, min(start + AFTER_CUE, end))
    opener = next((i for i in near if table.words[i] == "that" or table.tags[i].startswith("VB")), end)
    that = opener if opener < end and table.words[opener] == "that" else None  # not that of "..., adding that"
    if that is None and start < end and table.tags[start] != "MD" and table.chunk[start] is None:
        return None
    first = start if that is None else that
    stop = clause_end(table, first, content) if first < end else first
    has_verb = any(table.tags[i] in VERB_TAGS for i in range(first, stop))
    return (first, stop) if stop > first + 1 and has_verb else None


def is_clause(table: TokenTable, first: int, end: int) -> bool:
    """Whether there is a verb, and not only in an aside ("The firm, which owns three ferries")."""
    aside = False
    for i in range(first, end):
        if table.words[i] == ",":
            aside = not aside and (table.words[i + 1] in RELATIVE or table.tags[i + 1] in ("VBN", "VBG"))
        elif not aside and table.tags[i] in FINITE:
            return True
    return False


def speaker_end(table: TokenTable, start: int, end: int) -> int:
    """Where the speaker who is named from here on ends; ``start`` if nobody who can speak is."""
    if start >= end:
        return start
    chunk = table.chunk[start]
    stop = chunk[1] if chunk else start + 1  # a noun that ends a headline may be tagged as another word
    named = stop - 1 > start and table.tags[stop - 2] in ("NNP", "NNPS")
    if table.texts[stop - 1] in words().calendar and not named:  # "said last Monday", but not "said Theresa May"
        return start
    if table.tags[stop - 1] not in ("NNP", "NNPS") and table.words[stop - 1] not in words().nouns:
        return start
    while stop + 1 < end and table.words[stop] in IN_A_NAME and (more := table.chunk[stop + 1]):
        stop = more[1]
    if stop + 1 < end and table.words[stop] == ",":
        rest = next((i for i in range(stop + 1, end) if table.words[i] in STOPS), end)
        plain = table.chunk[stop + 1] and not any(table.tags[i] in FINITE for i in range(stop, rest))
        return rest if plain or table.words[stop + 1] in RELATIVE else stop
    return stop
