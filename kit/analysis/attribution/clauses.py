"""Clauses, their subjects and their speakers, by the tags and noun chunks of an article. Tokens are [first, end)."""

from __future__ import annotations

from kit.analysis.attribution.token_table import VERB_TAGS, TokenRange, TokenTable
from kit.analysis.attribution.words import listed
from kit.analysis.speakers.people import people_lexicon

STOPS = frozenset([".", "!", "?", ";", ":"])
RELATIVE = frozenset(["who", "which", "whose", "where"])
HELPERS = frozenset(["RB", "MD"])
HELPER_STEMS = frozenset(["hav", "be", "do"])
JOINING = frozenset(["and", "but", "while", "although", "though", "because"])
CLAUSE_OPENERS = frozenset([",", "and", "but", "that", ";", ":", '"', "''", "-", "--"])
FINITE = frozenset(["VBD", "VBP", "VBZ", "MD"])
NAMES = ("NNP", "NNPS")
IN_A_DESCRIPTION = ("of", "in", "at", "for", "by", "from", "with")  # "the ministry of Velmar"
BESIDES = frozenset(["however", "meanwhile", "too", "though", "for", "nevertheless", "nonetheless", "meantime"])
LONGEST_BESIDE = 3  # tokens: "for her part"
LONGEST_ASIDE = 25  # tokens
IN_A_SPEAKER = frozenset(["of", "in", "at", "for", "from", "by", "with"])  # a speaker goes on with these
AFTER_CUE = 4  # tokens that may stand between a cue and "that"
DOERS = ("ers", "ors", "ists", "ians", "ees", "men", "ist", "ian", "man")  # "say dockers"
WHEN_AND_WHERE = 12  # tokens that may, if they only tell when and where


def clause_end(table: TokenTable, start: int, content: set[int]) -> int:
    """Where the clause that starts here ends: at its sentence's end, a quotation's, a new clause, or its content's."""
    end = table.bounds[table.sentence[start]][1]
    for i in range(start, end):
        content_ends = start in content and i not in content
        quotation_ends = table.role[i][0] == "e" and table.region[start] >= 0
        if table.words[i] in STOPS or content_ends or quotation_ends or _opens_clause(table, i, start, end):
            after_comma = i > start and table.words[i - 1] == ","
            return i - 1 if after_comma else i
    return end


def _opens_clause(table: TokenTable, i: int, start: int, end: int) -> bool:
    """Whether a new clause begins with an "and", or a comma and an "and", at token ``i``: a subject follows."""
    after_comma = table.words[i] == "," and table.words[i + 1] in JOINING
    if i <= start + 1 or i + 2 >= end or not (after_comma or table.words[i] in JOINING):
        return False
    return table.subject[i + 2 if after_comma else i + 1]


def subject_of(table: TokenTable, verb: int) -> TokenRange | None:
    """The noun chunk right before a verb, helping verbs and adverbs skipped; with an apposition, if there is one."""
    first = table.bounds[table.sentence[verb]][0]
    i = verb - 1
    while i >= first and (table.tags[i] in HELPERS or table.stems[i] in HELPER_STEMS):
        i -= 1
    i = _before_time(table, first, i)
    if i < first:
        return None
    return _before_aside(table, first, i) if table.words[i] == "," else table.chunk[i]


def _before_time(table: TokenTable, first: int, i: int) -> int:
    """The last token before a time that ends at token ``i``: "Holt on Monday announced"."""
    at = i
    while at > first and table.words[at] in listed("times"):
        at -= 1
    if at == i:
        return i
    return at - 1 if table.words[at] in ("in", "on", "at", "the") else at


def _before_aside(table: TokenTable, first: int, last_comma: int) -> TokenRange | None:
    """ "the harbour master, Edda Varn, warned" and "The report, which came on Monday, found": from the noun chunk
    before both commas to the second."""
    asides = 0
    for comma in range(last_comma - 1, max(first, last_comma - LONGEST_ASIDE), -1):
        if table.region[comma] >= 0 or table.words[comma] in STOPS:
            return None
        if table.words[comma] != ",":
            continue
        noun = table.chunk[comma - 1]
        age = table.tags[comma - 1] == "CD"
        if not noun or not _is_aside(table, comma + 1, last_comma) or asides > 1:
            return None
        if table.words[comma + 1] in BESIDES:
            return noun
        if not age:
            return noun[0], last_comma
        asides += 1  # "Ana Lima, 54, a cook,"
    return None


def _is_aside(table: TokenTable, start: int, end: int) -> bool:
    """Whether what stands between two commas tells more of the noun before them."""
    if table.words[start] in RELATIVE or table.tags[start] in ("VBN", "VBG"):
        return True
    if table.words[start] in BESIDES and end - start <= LONGEST_BESIDE:
        return True
    if end - start == 1 and table.tags[start] == "CD":
        return True
    opens = table.chunk[start] is not None or table.words[start] == "from"
    return opens and not any(table.tags[i] in FINITE or table.words[i] == "and" for i in range(start, end))


def noun_phrase_before(table: TokenTable, verb: int) -> tuple[TokenRange, ...]:
    """The subject of a verb with the "of" and "in" phrases that end in it, if it starts a clause."""
    subject = subject_of(table, verb)
    if subject is None:
        return ()
    first, end = subject
    sentence_first = table.bounds[table.sentence[verb]][0]
    while first - 2 >= sentence_first:
        # "officials familiar with", "a person close to"
        adjective = table.tags[first - 2] in ("JJ", "RB", "VBN") and first - 3 >= sentence_first
        if table.words[first - 1] not in IN_A_DESCRIPTION and not (adjective and table.words[first - 1] == "to"):
            break
        before = table.chunk[first - 3 if adjective else first - 2]
        if before is None:
            break
        first = before[0]
    opens = first == sentence_first or table.words[first - 1] in CLAUSE_OPENERS or table.role[first - 1][0] == "e"
    return ((first, end),) if opens else ()


def clause_after(table: TokenTable, start: int, content: set[int]) -> TokenRange | None:
    """The clause that a cue ending here opens: at "that", perhaps after a day; at its subject; or at its verb."""
    end = table.bounds[table.sentence[start - 1]][1]
    first = _that_after(table, start, end)
    if first is None:
        if start < end and table.tags[start] != "MD" and table.chunk[start] is None:
            return None
        first = start
    stop = clause_end(table, first, content) if first < end else first
    has_verb = any(table.tags[i] in VERB_TAGS for i in range(first, stop))
    return (first, stop) if stop > first + 1 and has_verb else None


def _that_after(table: TokenTable, start: int, end: int) -> int | None:
    """The "that" soon after a cue, if no verb comes first: not that of "..., adding that"."""
    for i in range(start, min(start + WHEN_AND_WHERE, end)):
        if table.words[i] == "that":
            return i
        if table.tags[i].startswith("VB") or (i >= start + AFTER_CUE and not when_and_where(table, start, i)):
            return None
    return None


def when_and_where(table: TokenTable, start: int, end: int) -> bool:
    """Whether all that stands there is a time or a place: "late on Tuesday night in Lorne"."""
    first = table.words[start]
    if start >= end or (first not in listed("times") and first not in listed("before_times_and_places")):
        return False
    return not any(
        table.tags[i].startswith(("VB", "MD", "W")) or table.words[i] in ("that", ",") or table.region[i] >= 0
        for i in range(start, end)
    )


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
    if not can_speak(table, start, stop):
        return start
    while stop + 1 < end and table.words[stop] in IN_A_SPEAKER and (more := table.chunk[stop + 1]):
        stop = more[1]
    if stop + 1 < end and table.words[stop] == ",":
        return aside_end(table, stop, end)
    return stop


def can_speak(table: TokenTable, start: int, end: int) -> bool:
    """Whether a noun chunk is a name, or a noun that people.toml knows, and no day."""
    last = end - 1
    named = last > start and table.tags[last - 1] in NAMES
    if table.texts[last] in people_lexicon().calendar and not named:  # "said last Monday", but not "said Theresa May"
        return False
    known = table.tags[last] in NAMES or table.words[last] in people_lexicon().nouns
    doers = table.tags[last] in ("NN", "NNS") and table.words[last].endswith(DOERS)
    ends = end >= table.bounds[table.sentence[start]][1] or table.words[end] in STOPS
    return known or (doers and ends)


def aside_end(table: TokenTable, comma: int, end: int) -> int:
    """Where an aside about the speaker ends, at the end of the sentence ("said Ada Brandt, the engineer."); the comma
    itself if something else follows."""
    stop = next((i for i in range(comma + 1, end) if table.words[i] in STOPS), end)
    if table.words[comma + 1] in RELATIVE:
        return stop
    has_verb = any(table.tags[i] in FINITE for i in range(comma, stop))
    return stop if table.chunk[comma + 1] and not has_verb else comma
