"""What the learned models found, put right by plain rules: what isn't an attribution goes, and what plainly belongs to
a listed verb is added, such as a "that" clause as its content or a subject as its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kit.analysis.attribution.after_comma import SAYING, speaker_then_verb, verb_then_speaker
from kit.analysis.attribution.clauses import FINITE, RELATIVE, clause_after, clause_end, noun_phrase_before
from kit.analysis.attribution.model import Found
from kit.analysis.attribution.passives import is_passive
from kit.analysis.attribution.rules import HEARSAY
from kit.analysis.attribution.token_table import VERB_TAGS, TokenRange, TokenTable, tokens_of
from kit.analysis.attribution.words import listed
from kit.lexicons.matcher import Entry

GIVING = frozenset(["support", "help", "back", "supply", "assist"])
GIFT_WITHIN = 4  # tokens

Entries = Mapping[int, Entry]  # the lexicon's entries, by token of the article


def without_gifts(table: TokenTable, found: Sequence[Found]) -> list[Found]:
    """Without those whose cue isn't a stance but a gift: "supports the harbour with millions"."""

    def gives(attribution: Found) -> bool:
        end = attribution.cue[-1][1]
        return table.stems[end - 1] in GIVING and "with" in table.words[end : end + GIFT_WITHIN]

    return [attribution for attribution in found if not gives(attribution)]


def without_objects(table: TokenTable, entries: Entries, found: Sequence[Found]) -> list[Found]:
    """Without those whose cue is a noun after a preposition and in no lexicon: "to travel for talks" tells nothing."""

    def is_object(attribution: Found) -> bool:
        first, end = attribution.cue[0]
        unlisted_noun = end == first + 1 and first not in entries and table.tags[first].startswith("N")
        return unlisted_noun and first > 0 and table.tags[first - 1] in ("IN", "TO")

    return [attribution for attribution in found if not is_object(attribution)]


def without_hearsay(table: TokenTable, found: Sequence[Found]) -> list[Found]:
    """The attributions with "reportedly" and what stands before it taken out of longer cues ("reportedly said")."""
    shorter = []
    for attribution in found:
        cue = list(tokens_of(attribution.cue))
        hearsay = [i for i in cue if table.words[i] in HEARSAY]
        after = cue[cue.index(hearsay[0]) + 1 :] if hearsay else []
        shorter.append(attribution._replace(cue=((after[0], after[-1] + 1),)) if after else attribution)
    return shorter


def mended(table: TokenTable, entries: Entries, found: Sequence[Found]) -> list[Found]:
    """What was found, with what plainly belongs to a listed verb: a "that" clause as content, a subject as source."""
    found = [_without_next_clause(table, attribution) for attribution in found]
    return [_mended(table, entries.get(attribution.cue[-1][1] - 1), attribution) for attribution in found]


def _without_next_clause(table: TokenTable, attribution: Found) -> Found:
    """ "It may rain, Kell said; a cook reported snow": the signal ends at the semicolon."""
    first, end = attribution.cue[0]
    stop = next((i for i in range(first, end) if table.words[i] == ";"), end)
    plain = speaker_then_verb(table, (first, stop)) if first < stop < end else None
    return plain._replace(confidence=attribution.confidence) if plain else attribution


def _mended(table: TokenTable, entry: Entry | None, attribution: Found) -> Found:
    if entry is not None and entry.id == "according-to":
        return _after_an_aside(table, _with_source_after(table, attribution))
    first = attribution.cue[-1][0]
    if table.tags[first] not in VERB_TAGS:
        return attribution
    if entry is None:
        return _with_speaker_after(table, entry, attribution)
    attribution = _with_speaker_after(table, entry, attribution)
    attribution = _with_whole_subject(table, _with_that_clause(table, attribution))
    if entry.id in SAYING:
        attribution = _with_whole_speaker(table, attribution)
    if _is_expletive(table, attribution):
        said = tuple(piece for piece in attribution.content if not _is_it(table, piece))
        return attribution._replace(source=(), content=said)
    passive = is_passive(table, attribution.cue[-1][1] - 1)
    if not attribution.source and not passive and entry.more["content"] in ("said", "written"):
        return attribution._replace(source=noun_phrase_before(table, first))
    return attribution


def _with_speaker_after(table: TokenTable, entry: Entry | None, attribution: Found) -> Found:
    """The models often take the speaker of "..., says the engineer." for what is said, or what the next cue adds."""
    plain = verb_then_speaker(table, entry, attribution.cue[-1])
    if plain is None:
        return attribution
    agrees = _overlap(plain.source[0], attribution.source) and _overlap(plain.content[0], attribution.content)
    return attribution if agrees else attribution._replace(source=plain.source, content=plain.content)


def _with_that_clause(table: TokenTable, attribution: Found) -> Found:
    clause = clause_after(table, attribution.cue[-1][1], set())
    if clause is None or table.words[clause[0]] != "that":
        return attribution
    if _overlap(clause, attribution.content) and not _is_only_subject(table, clause, attribution.content):
        return attribution
    return attribution._replace(content=(clause,))


def _is_only_subject(table: TokenTable, clause: TokenRange, content: Sequence[TokenRange]) -> bool:
    """Whether no more than "that the dam" was found of "that the dam, which is old, is safe"."""
    (first, end), *more = content
    return not more and first == clause[0] and end < clause[1] and table.chunk[first + 1] == (first + 1, end)


def _with_whole_subject(table: TokenTable, attribution: Found) -> Found:
    """ "A man living near the river told police": the source isn't the river."""
    verb = attribution.cue[0][0]
    if len(attribution.source) != 1 or attribution.source[0][1] != verb or table.tags[verb] not in FINITE:
        return attribution
    start = attribution.source[0][0]
    first = table.bounds[table.sentence[verb]][0]
    head = table.chunk[first]
    if head is None or head[1] >= start or table.words[start - 1] not in listed("prepositions"):
        return attribution
    between = range(first, start)
    another = any(table.tags[i] in FINITE or table.words[i] in (*RELATIVE, ",", "and", "that") for i in between)
    when = any(table.words[i] in listed("times") for i in range(*head))
    return attribution if another or when else attribution._replace(source=((first, verb),))


def _with_whole_speaker(table: TokenTable, attribution: Found) -> Found:
    """The models sometimes split "..., the ministry of Velmar said." """
    plain = speaker_then_verb(table, attribution.cue[-1])
    if plain is not None and _overlap(plain.source[0], attribution.content):
        attribution = attribution._replace(content=plain.content)
    if plain is not None and _overlap(plain.source[0], attribution.source):
        attribution = attribution._replace(source=plain.source)
    return attribution


def _is_expletive(table: TokenTable, attribution: Found) -> bool:
    """Whether the "it" of "It is widely believed that ...", which is nobody, is the source, or part of the content."""
    first, end = attribution.cue[0]
    passive = table.stems[first] == "be" and table.tags[end - 1] == "VBN"
    of_nobody = passive or table.words[first] in listed("of_nobody")  # "it emerged that"
    elsewhere = len(attribution.content) > 1 and any(_is_it(table, piece) for piece in attribution.content)
    return of_nobody and (elsewhere or any(table.words[start] == "it" for start, _ in attribution.source))


def _is_it(table: TokenTable, piece: TokenRange) -> bool:
    return piece[1] == piece[0] + 1 and table.words[piece[0]] == "it"


def _with_source_after(table: TokenTable, attribution: Found) -> Found:
    """ "The dam is safe, according to local media": what follows is who says so, whatever the models take it for."""
    end = attribution.cue[-1][1]
    if attribution.source or not attribution.content or attribution.content[0][0] != end:
        return attribution
    stop = attribution.cue[0][0]
    first = table.bounds[table.sentence[stop]][0]
    stop -= stop > first and table.words[stop - 1] == ","
    said = ((first, stop),) if first < stop else attribution.content[1:]
    if not said:  # who says so and what is said are one piece: better left as it is
        return attribution
    return attribution._replace(source=attribution.content[:1], content=said)


def _after_an_aside(table: TokenTable, attribution: Found) -> Found:
    """ "According to a keeper, who lives there, the lighthouse is shut": the aside isn't part of what was said."""
    cue_first, cue_end = attribution.cue[-1]
    sentence_end = table.bounds[table.sentence[cue_end - 1]][1]
    commas = [i for i in range(cue_end, sentence_end - 1) if table.words[i] == ","]
    content_follows = any(first > cue_first for first, _ in attribution.content)
    if len(commas) < 2 or commas[0] == cue_end or not content_follows:
        return attribution
    if table.words[commas[0] + 1] not in RELATIVE:
        return attribution
    start = commas[1] + 1
    stop = clause_end(table, start, set())
    content = ((start, stop),) if start < stop else attribution.content
    return attribution._replace(source=((cue_end, commas[0]),), content=content)


def _overlap(tokens: TokenRange, others: Sequence[TokenRange]) -> bool:
    return any(tokens[0] < end and first < tokens[1] for first, end in others)


def cut_at_reports(table: TokenTable, found: Sequence[Found]) -> list[Found]:
    """“Amid reports” is the reporter's aside: what somebody retold says or thinks ends before it."""
    cues = [attribution.cue[0][0] for attribution in found]
    asides = [cue for cue in cues if table.words[cue] == "amid" and table.region[cue] < 0]

    def cut(first: int, end: int) -> TokenRange:
        return first, min((aside for aside in asides if first < aside < end), default=end)

    return [
        attribution._replace(content=tuple(cut(first, end) for first, end in attribution.content))
        for attribution in found
    ]


def sharing_speakers(table: TokenTable, found: Sequence[Found]) -> list[Found]:
    """ "..., says a nurse, adding that help is late": who adds is who has just spoken in the same sentence, and so is
    who blames in "Kell fears that guests stay away, and blames the mayor"."""
    shared: list[Found] = []
    speakers: dict[int, tuple[TokenRange, ...]] = {}  # by sentence, the last one
    told: dict[int, Found] = {}  # by sentence, the last one
    for attribution in sorted(found, key=lambda attribution: attribution.cue[0]):
        verb = attribution.cue[0][0]
        sentence = table.sentence[verb]
        adds = table.tags[verb] == "VBG" and table.words[verb - 1] == ","
        if adds and not attribution.source:
            attribution = attribution._replace(source=speakers.get(sentence, ()))
        joined = table.tags[verb] in FINITE and table.words[verb - 1] in ("and", "but")
        before = told.get(sentence)
        if joined and before and before.source and _is_told_by(before, attribution):
            attribution = attribution._replace(source=before.source)
        told[sentence] = attribution
        if attribution.source:
            speakers[sentence] = attribution.source
        shared.append(attribution)
    return shared


def _is_told_by(before: Found, attribution: Found) -> bool:
    """Whether the source of an attribution is only told of in the one before, and its verb isn't."""
    verb = attribution.cue[0]
    inside = bool(attribution.source) and all(_overlap(piece, before.content) for piece in attribution.source)
    return inside and not _overlap(verb, before.content) and before.source[-1][1] <= before.cue[0][0]
