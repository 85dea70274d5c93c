"""Who does not speak: what looks like an attribution and is none.

The models learned from whole articles of American papers. Headings that ask, set phrases, verbs of doing, labels before
a colon and the small print of a page are rare there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kit.analysis.attribution.clauses import FINITE, NAMES, STOPS
from kit.analysis.attribution.model import Found
from kit.analysis.attribution.token_table import VERB_TAGS, TokenRange, TokenTable, tokens_of
from kit.analysis.attribution.words import listed, phrases
from kit.analysis.speakers.people import people_lexicon
from kit.lexicons.matcher import Entry

SPEAKING_NOW = frozenset(["i", "we", "my", "our", "you", "me", "us"])
NO_LINES = frozenset(["min", "mins", "minute", "minutes", "more", "now", "also"])
CUES_LIKE_PEOPLE = frozenset(["report", "reports", "author", "authors", "statement", "message"])
NOBODY = frozenset(["nobody", "no-one", "none"])
FINDING = frozenset(["find", "finds", "found"])
NICKNAME = 7  # tokens of the longest, with its marks
LONGEST_PHRASE = 5  # words of a set phrase


def spoken(table: TokenTable, entries: Mapping[int, Entry], refused: set[int], found: Sequence[Found]) -> list[Found]:
    """Those that are attributions. ``refused``: tokens at which the lexicon says that a verb does not count."""
    contents = [set(tokens_of(attribution.content)) for attribution in found]
    kept = []
    for number, attribution in enumerate(found):
        cue = attribution.cue[0][0]
        nothing_said = (
            (cue in refused and not any(i in entries for i in tokens_of(attribution.cue)))
            or _asks(table, attribution)
            or _is_set_phrase(table, attribution)
            or _is_small_print(table, attribution)
            or _is_label(table, attribution)
            or _tells_what_happened(table, entries, attribution)
            or _is_noun_of_another_line(table, attribution)
            or _says_nothing(table, entries, attribution)
            or _is_scrap(table, attribution)
            or _finds_somebody(table, attribution)
            or (table.words[cue] in listed("dissenting") and _is_of_another(number, contents, found, table))
        )
        if not nothing_said:
            kept.append(attribution)
    return kept


def _asks(table: TokenTable, attribution: Found) -> bool:
    """ "What did the mayor say?", "What you need to know", "Has the mayor said so?": nobody has said it."""
    cue = attribution.cue[0][0]
    first, end = table.bounds[table.sentence[cue]]
    if any(table.region[i] >= 0 for i in range(first, end)) or not attribution.content or "," in table.words[first:cue]:
        return False
    if table.words[first] in listed("asking_verbs"):
        return table.words[end - 1] == "?"
    if table.words[first] not in listed("asking"):
        return False
    heading = not _is_sentence(table, first, end)
    content_before = attribution.content[0][0] == first and all(last <= cue for _, last in attribution.content)
    open_question = table.words[first + 1] in listed("asking_verbs") and table.words[end - 1] == "?"
    return heading or content_before or (open_question and not _is_claim(table, attribution))


def _is_claim(table: TokenTable, attribution: Found) -> bool:
    """Whether there is a verb in what is said: "Why does the mayor say the pier is unsafe?" tells what she says."""
    return any(table.tags[i] in FINITE for i in tokens_of(attribution.content))


def _is_set_phrase(table: TokenTable, attribution: Found) -> bool:
    """ "That said", "rest assured": nobody speaks."""
    cue = attribution.cue[0][0]
    first = table.bounds[table.sentence[cue]][0]
    words = tuple(table.words[i] for i in tokens_of(attribution.cue))
    if len(words) > 1 and words in phrases("nicknames"):
        return all(end - start < NICKNAME and table.region[start] >= 0 for start, end in attribution.content)
    opening = tuple(table.words[first : first + LONGEST_PHRASE])
    if any(
        opening[: len(phrase)] == phrase and cue < first + len(phrase) for phrase in phrases("set_phrases_at_start")
    ):
        return True
    around = [
        tuple(table.words[max(start, 0) : start + LONGEST_PHRASE]) for start in range(cue - LONGEST_PHRASE, cue + 1)
    ]
    return any(
        words[: len(phrase)] == phrase and offset + len(phrase) > LONGEST_PHRASE
        for offset, words in enumerate(around)
        for phrase in phrases("set_phrases")
        if cue - LONGEST_PHRASE + offset >= first
    )


def _is_small_print(table: TokenTable, attribution: Found) -> bool:
    """ "3 min read", "Read more: ...", "Share this story": a line of the page that is no sentence of the article."""
    cue = attribution.cue[0][0]
    first, end = table.bounds[table.sentence[cue]]
    if table.region[cue] >= 0 or any(table.region[i] >= 0 for i in range(first, end)):
        return False
    if any(table.words[i] in NO_LINES for i in range(max(first, cue - 1), min(cue + 2, end))) and end - first < 8:
        return table.stems[cue] == "read" or table.tags[first] == "VB"
    commands = cue == first and not attribution.source and table.tags[cue] in ("VB", "VBP", "NN", "NNP")
    return commands and not _is_sentence(table, first, end) and end - first < 12


def _is_sentence(table: TokenTable, first: int, end: int) -> bool:
    return table.words[end - 1] in STOPS or table.role[end - 1][0] == "e"


def _is_label(table: TokenTable, attribution: Found) -> bool:
    """Whether what stands before the colon is a label, or the topic of a headline ("Ana Lima: Singer falls ill")."""
    colon = attribution.cue[0][0]
    if table.words[colon] in listed("labels") and table.words[colon + 1] == ":":
        return colon == table.bounds[table.sentence[colon]][0]
    if table.words[colon] != ":" or not attribution.source:
        return False
    start, stop = attribution.source[0]
    first, end = table.bounds[table.sentence[colon]]
    last = table.words[stop - 1]
    if last in listed("labels") and stop - start <= 3:
        return True
    if start != first or (_is_sentence(table, first, end) and end - colon > 30):
        return False
    after = range(colon + 1, end)
    own_words = any(table.region[i] >= 0 or table.words[i] in SPEAKING_NOW for i in after)
    if own_words:
        return False
    if table.words[colon + 1] in listed("asking") and table.words[end - 1] != "?":
        return True
    noun = people_lexicon().nouns.get(last)
    if noun is not None:
        return False
    full_name = stop - start > 1 and table.tags[stop - 1] in ("NNP", "NNPS")
    return full_name and not _is_sentence(table, first, end)


def _tells_what_happened(table: TokenTable, entries: Mapping[int, Entry], attribution: Found) -> bool:
    """A headline's own verb, in no lexicon: "New Drone Does Better Job"; or a noun: "Rovers coach Pat Dunn"."""
    cue_first, cue_end = attribution.cue[0]
    first, end = table.bounds[table.sentence[cue_first]]
    headline = not _is_sentence(table, first, end)
    unlisted = not any(i in entries for i in range(cue_first, cue_end))
    if unlisted and cue_end == cue_first + 1 and table.words[cue_first] in people_lexicon().nouns:
        return table.words[cue_first] not in CUES_LIKE_PEOPLE and table.texts[cue_end][:1].isupper()
    quoted = any(table.region[i] >= 0 for i in range(first, end))
    return headline and unlisted and not quoted and table.tags[cue_first] in VERB_TAGS


def _is_noun_of_another_line(table: TokenTable, attribution: Found) -> bool:
    """ "Club statement" in a line of its own, with half of a quotation above it as its content."""
    cue = attribution.cue[0][0]
    line = table.paragraphs[table.sentence[cue]]
    if _is_sentence(table, *table.bounds[table.sentence[cue]]):
        return False
    elsewhere = all(table.paragraphs[table.sentence[start]] != line for start, _ in attribution.content)
    return elsewhere and table.tags[cue][:2] in ("NN", "JJ") and bool(attribution.content)


def _says_nothing(table: TokenTable, entries: Mapping[int, Entry], attribution: Found) -> bool:
    """ "Ana Lima said so.", "The judge agreed.": the source is all that was found as content. Nor does "nobody"."""
    content, source = set(tokens_of(attribution.content)), set(tokens_of(attribution.source))
    cue = attribution.cue[0]
    if len(source) == 1 and table.words[attribution.source[0][0]] in NOBODY:
        return True
    subject = not source and attribution.content == (table.chunk[cue[0] - 1],)
    feels = any(i in entries and entries[i].more["content"] == "felt" for i in tokens_of(attribution.cue))
    if subject and (feels or table.words[cue[0]] in listed("dissenting")):  # "Nurses differ.", "Nurses are worried."
        return True
    return bool(source) and bool(content) and content <= source | {end for _, end in attribution.source}


def _is_scrap(table: TokenTable, attribution: Found) -> bool:
    """Whether all that was found as content is part of a quotation in another sentence: its speaker is another."""
    cue = attribution.cue[0][0]

    def scrap(first: int, end: int) -> bool:
        region = table.region[first]
        if region < 0 or region == table.region[cue] or table.sentence[first] == table.sentence[cue]:
            return False
        return table.quotations[region][0] < first

    return bool(attribution.content) and all(scrap(*piece) for piece in attribution.content)


def _finds_somebody(table: TokenTable, attribution: Found) -> bool:
    """ "He found Ana Lima on the floor" tells nothing; "the jury found Ana Lima guilty" does."""
    if table.words[attribution.cue[-1][1] - 1] not in FINDING or not attribution.content:
        return False
    content = list(tokens_of(attribution.content))
    named = table.tags[content[0]] in NAMES
    return named and not any(table.tags[i][:2] in ("VB", "MD", "JJ") or table.region[i] >= 0 for i in content)


def _is_of_another(number: int, contents: Sequence[set[int]], found: Sequence[Found], table: TokenTable) -> bool:
    """Whether what somebody disagrees with is what another says: who disagrees doesn't say it."""
    near = (number - 1, number + 1)
    return any(
        0 <= other < len(found)
        and table.sentence[found[other].cue[0][0]] == table.sentence[found[number].cue[0][0]]
        and bool(contents[other] & contents[number])
        for other in near
    )


def without_own_name(table: TokenTable, attribution: Found) -> Found:
    """ "Detective Chief Inspector" isn't said by "Tom Kell" behind it: both are the source."""
    if not attribution.source:
        return attribution
    start, stop = attribution.source[0]
    before = next((piece for piece in attribution.content if piece[1] == start), None)
    if before is None or not _is_title_before(table, before, start):
        return attribution
    content = tuple(piece for piece in attribution.content if piece is not before)
    return attribution._replace(source=((before[0], stop), *attribution.source[1:]), content=content)


def _is_title_before(table: TokenTable, piece: TokenRange, start: int) -> bool:
    words = range(piece[0], piece[1])
    name = table.tags[start] in NAMES and table.words[start - 1] != ","
    return name and all(table.tags[i][:2] in ("NN", "JJ") and table.texts[i][0].isupper() for i in words)
