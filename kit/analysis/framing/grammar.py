"""What grammar shows and hides: passives with and without an agent, capitals that act, scare quotes.

Rules over tags, each for one sentence. A passive is a form of "be" or "get", adverbs, and a participle; in a headline
the auxiliary is left out; after a noun ("the town hit by shells") the relative clause is cut short. Word lists that the
rules need are data: lexicons/grammar.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from kit.analysis.speakers.people import people_lexicon
from kit.resources import read_grammar
from kit.text.inflection import grammar_words, inflections
from kit.text.tokens import Token

BE = inflections("be") | {"’s", "’re", "’m"}
AUXILIARIES = BE | inflections("have") | inflections("do") | {"to", "'s", "n't", "not"}
GET = {"get", "gets", "got", "getting", "gotten"}
FINITE = ("VBZ", "VBP", "VBD", "MD")
AFTER_PHRASE = frozenset(
    (*FINITE, "VBN", "VBG", "IN", "TO", "WDT", "WRB", "WP", ",", ".", ":", "''", "``", "-LRB-", "(", ")")
)
NOUNS = ("NN", "NNS", "NNP", "NNPS", "PRP", "CD")
CLOSERS = frozenset({".", ";", ":", "?", "!", "(", ")", "--", '"', "''", "``"})
REACH = 20  # tokens between a participle and its "by"
REACH_OF_THE_LAW = 6  # tokens on either side of a crime in which a word of the law makes it the law's
ASKED = 4  # tokens between "what" and a verb
SCARE_WORDS = 4  # more words than that are a quotation


class Passive(NamedTuple):
    """A passive: tokens[start:end] from the auxiliary to the participle, which is tokens[end - 1].

    ``agent`` is the token range of who did it, without "by"; ``kind``: be, get, headline or reduced.
    """

    start: int
    end: int
    agent: tuple[int, int] | None
    kind: str


@cache
def _stand_ins() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Names that stand for a government, by their last word: (all words, who is meant)."""
    names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, meant in read_grammar()["stand_in"].items():
        words = tuple(name.split())
        names.setdefault(words[-1], []).append((words, meant))
    return names


def passives(tokens: Sequence[Token]) -> list[Passive]:
    """The passives of one sentence, in order.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> tokens = sentences(read_text("The bridge was badly hit by a shell, but nobody was warned."))[0].tokens
    >>> [(tokens[p.end - 1].text, p.agent and tokens[p.agent[0]].text) for p in passives(tokens)]
    [('hit', 'a'), ('warned', None)]
    """
    at_participles = (_passive(tokens, at) for at, token in enumerate(tokens) if _participle(token))
    return [passive for passive in at_participles if passive is not None]


def _passive(tokens: Sequence[Token], at: int) -> Passive | None:
    """The passive with the participle at ``at``, if it is one."""
    auxiliary = _auxiliary(tokens, at)
    if auxiliary is not None:
        agent = _agent(tokens, at)
        kind = "get" if tokens[auxiliary].lower in GET else "be"
        return Passive(auxiliary, at + 1, agent, kind) if agent or not _adjective(tokens, at) else None
    if _heads_headline(tokens, at):
        return Passive(at, at + 1, _agent(tokens, at), "headline")
    if _cut_short(tokens, at):
        return Passive(at, at + 1, _agent(tokens, at), "reduced")
    return None


def _participle(token: Token) -> bool:
    """Whether a word can be the participle of a passive: by its tag, or by its form where the tagger was unsure."""
    if token.tag in ("VBN", "VBD"):
        endings = ("ed", "en", "wn") if token.tag == "VBN" else "ed"
        return token.lower.endswith(endings) or token.lower in grammar_words("irregular_participles")
    return (token.tag == "JJ" and token.lower.endswith("ed")) or token.lower in grammar_words("never_nouns")


def _adjective(tokens: Sequence[Token], at: int) -> bool:
    """Participles that have become adjectives ("is concerned", "is used to scoring"): passive only with a "by"."""
    word = tokens[at].lower
    compound = tokens[at].tag == "JJ" and (word.startswith("un") or "-" in word.removeprefix("re-"))
    after = tokens[at + 1 : at + 3]
    used_to = word == "used" and len(after) == 2 and after[0].lower == "to" and after[1].tag not in ("VB", "VBP")
    return compound or used_to or word in grammar_words("adjectives")


def _auxiliary(tokens: Sequence[Token], at: int) -> int | None:
    """The "be" or "get" that a participle belongs to, over adverbs, quotation marks and the subject of a question."""
    before = at - 1
    while before >= 0 and _may_stand_between(tokens, before):
        before -= 1
    if before < 0:
        return None
    word = tokens[before].lower
    if word in GET and tokens[at].tag in ("VBN", "VBD"):
        return before
    if word not in BE or not tokens[before].tag.startswith("VB"):
        return None
    object_follows = at + 1 < len(tokens) and tokens[at + 1].tag in ("DT", "PRP", "PRP$", "NN", "NNS")
    has_done = tokens[at].lower in grammar_words("has_done") or tokens[at].tag == "JJ" or object_follows
    return None if word == "'s" and has_done else before


def _may_stand_between(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.tag.startswith("RB") or token.lower in grammar_words("between") or token.tag in ("``", "''"):
        return True
    return token.lower == "and" and at > 0 and tokens[at - 1].tag == "RB" and tokens[at + 1].tag == "RB"


def _heads_headline(tokens: Sequence[Token], at: int) -> bool:
    """ "Three held after raid": the only verb of a line, which needs no full stop, and no object follows."""
    if (tokens[-1].text in CLOSERS and tokens[-1].text != '"') or len(tokens) > 20 or at == 0:
        return False
    if tokens[at].tag != "VBN" and tokens[at].lower not in grammar_words("headline_verbs"):
        return False
    after = tokens[at + 1].tag if at + 1 < len(tokens) else "."
    if tokens[at - 1].tag not in NOUNS or after not in ("IN", "TO", "RB", "RP", ".", ":", ",", "''", "VBG"):
        return False
    clause = next((n for n in range(at, len(tokens)) if tokens[n].lower in grammar_words("opens_clause")), len(tokens))
    return not any(token.tag in FINITE and number != at for number, token in enumerate(tokens[:clause]))


def _cut_short(tokens: Sequence[Token], at: int) -> bool:
    """ "the town hit by shells": a participle right after its noun, with something that depends on it."""
    if not 0 < at < len(tokens) - 1 or tokens[at].tag not in ("VBN", "VBD"):
        return False
    used_to = tokens[at].lower == "used" and tokens[at + 1].lower == "to"
    says = tokens[at].lower in grammar_words("saying") and tokens[at + 1].lower == "on"  # "residents alleged on Sunday"
    if used_to or says:
        return False
    asks = any(token.lower == "what" for token in tokens[max(0, at - ASKED) : at])  # "what the mayor meant by it"
    if asks or tokens[at - 1].tag not in ("NN", "NNS", "NNP", "NNPS"):
        return False
    if tokens[at].tag == "VBD" or tokens[at].lower in grammar_words("adjectives") or _is_only_verb(tokens, at):
        return tokens[at + 1].lower == "by" and _agent(tokens, at) is not None
    return tokens[at + 1].tag in ("IN", "TO", "RB")


def _is_only_verb(tokens: Sequence[Token], at: int) -> bool:
    """ "Shares plunged by 5 percent.": a sentence with no other finite verb has its own in the past."""
    return not any(token.tag in FINITE for number, token in enumerate(tokens) if number != at)


def _agent(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Who did it: the noun phrase after the "by" that belongs to the participle at ``at``."""
    for by in range(at + 1, min(at + REACH, len(tokens) - 1)):
        token, after = tokens[by], tokens[by + 1]
        if token.lower in CLOSERS or (token.tag in FINITE and token.lower != "'s"):
            return None
        if token.lower in (",", "and", "or", "but") and after.tag in ("VBG", "VBN", "VBD", "WDT", "WP", "PRP"):
            return None
        if token.lower == "by":
            end = _phrase_end(tokens, by + 1)
            no_doer = not grammar_words("by_no_agent").isdisjoint((after.lower, tokens[end - 1].lower))
            if after.tag in ("VBG", "TO") or no_doer or _is_amount(tokens, by + 1):
                continue
            return by + 1, end
    return None


def _is_amount(tokens: Sequence[Token], at: int) -> bool:
    """After "by": a year, an amount, a share."""
    if tokens[at].lower in ("about", "around", "some", "nearly", "almost", "over", "$", "up", "more", "at"):
        number = next((at + 1 + n for n, token in enumerate(tokens[at + 1 : at + 4]) if token.tag == "CD"), None)
        counted = tokens[number + 1].lower if number is not None and number + 1 < len(tokens) else ""
        noun = people_lexicon().nouns.get(counted)
        return number is not None and not (noun and noun.plural)  # "signed by more than 4,000 people"
    if tokens[at].tag != "CD":
        return False
    unit = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    year = tokens[at].text.isdigit() and len(tokens[at].text) == 4
    return year or unit in grammar_words("units") or unit in CLOSERS


def _phrase_end(tokens: Sequence[Token], at: int) -> int:
    """Where the noun phrase that starts at ``at`` ends."""
    end = at + 1
    while end < len(tokens) and tokens[end].tag not in AFTER_PHRASE:
        end += 1
    return end


def stand_ins(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Places that act: (start, end, who is meant) of each capital or palace that stands for a government.

    "Washington wants" and "Washington's tone" count, "in Washington" does not.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> tokens = sentences(read_text("Moscow has refused, officials in Washington say."))[0].tokens
    >>> [(tokens[start].text, meant) for start, _, meant in stand_ins(tokens)]
    [('Moscow', 'the Russian government')]
    """
    for at, token in enumerate(tokens):
        for words, meant in _stand_ins().get(token.text, ()):
            start = at - len(words) + 1
            written = [token.lower for token in tokens[max(0, start) : at + 1]]
            if written == [word.lower() for word in words] and _acts(tokens, start, at + 1):
                yield start, at + 1, meant


def _acts(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the name tokens[start:end] does something, owns something, or is dealt with as a party."""
    following = end
    while following < len(tokens) and tokens[following].tag == "RB":
        following += 1
    after = tokens[following] if following < len(tokens) else None
    before = tokens[start - 1] if start else None
    earlier = tokens[start - 2] if start > 1 else None
    if _is_part_of_a_name(earlier, before, after):
        return False
    if before:
        word = before.lower
        between = word == "and" and any(token.lower == "between" for token in tokens[max(0, start - 8) : start])
        from_there = word == "from" and earlier is not None and earlier.lower in grammar_words("from_government")
        if word in grammar_words("deals_with") or between or from_there:
            return True
        if before.tag in ("IN", "TO") and word != "that" and word not in grammar_words("opens_clause"):
            return False
    if after and after.tag == "POS":
        places = grammar_words("place_nouns")
        return not any(token.lower in places for token in tokens[following + 1 : following + 4])
    return after is not None and after.tag in FINITE and _governs(tokens, following)


def _governs(tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb that starts at ``at`` is one that governments do: "has refused", not "has a harbour"."""
    while at < len(tokens) and (tokens[at].tag.startswith(("RB", "MD")) or tokens[at].lower in AUXILIARIES):
        at += 1
    return at < len(tokens) and tokens[at].lower in grammar_words("governs")


def _is_part_of_a_name(earlier: Token | None, before: Token | None, after: Token | None) -> bool:
    """ "George Washington", "Tacoma, Washington", "Washington Post"."""
    if before and (before.tag in ("NNP", "NNPS", "POS", "JJ")):
        return True
    town_and_state = before and before.lower == "," and earlier and earlier.tag == "NNP"
    return bool(town_and_state or (after and after.tag == "NNP"))


def scare_quotes(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """A few words in quotation marks that are nobody's speech: (start, end) with the marks.

    Not counted: words in a sentence where somebody speaks, a sentence of its own, a title, a word that is only named,
    the name of a scheme.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> read = sentences(read_text('The "experts" met. It was "a mess", she said.'))
    >>> [tokens[a].text + tokens[a + 1].text for s in read for tokens in [s.tokens] for a, _ in scare_quotes(tokens)]
    ['"experts']
    """
    marks = [(at, side) for at, token in enumerate(tokens) if token.lower in ('"', "'") and (side := _side(tokens, at))]
    for (start, opens), (close, closes) in pairwise(marks):
        if (opens, closes) != ("opens", "closes"):
            continue
        words = tokens[start + 1 : close]
        if not 1 <= len(words) <= SCARE_WORDS or tokens[start].lower != tokens[close].lower:
            continue
        if tokens[start].lower == "'" and tokens[-1].lower not in CLOSERS - {"'"}:
            continue  # in a headline: somebody's words
        whole_sentence = close - start >= len(tokens) - 2
        if not whole_sentence and not _is_speech(tokens, start, close) and not _stands_alone(words):
            yield start, close + 1


def _is_speech(tokens: Sequence[Token], start: int, close: int) -> bool:
    """Whether somebody says the words between two marks, or they are only named ("the word ...")."""
    rest = [*tokens[:start], *tokens[close + 1 :]]
    if any(token.lower in grammar_words("saying") and not token.tag.startswith("JJ") for token in rest):
        return True
    if any(token.lower in grammar_words("naming") for token in tokens[max(0, start - 3) : start]):
        return True
    return any(token.lower in grammar_words("named_after") for token in tokens[close + 1 : close + 3])


def _stands_alone(words: Sequence[Token]) -> bool:
    """Whether words are a title or a sentence of their own."""
    title = all(word.text[:1].isupper() or word.tag in ("IN", "DT", "CC", "TO", "POS") for word in words)
    return title or not words[-1].text[-1:].isalnum() or words[0].tag in ("PRP", "WP", "UH", "MD", "VBZ")


def _side(tokens: Sequence[Token], at: int) -> str:
    """Whether a quotation mark opens or closes: on which side it touches a word; "" if on both or none."""
    before = at > 0 and tokens[at - 1].end == tokens[at].start and tokens[at - 1].text[-1:].isalnum()
    after = at + 1 < len(tokens) and tokens[at].end == tokens[at + 1].start and tokens[at + 1].text[:1].isalnum()
    if before == after:
        return ""
    return "closes" if before else "opens"


def doer_named(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the noun tokens[start:end] says who did it: "Norland's bombing", "the bombing by Norland"."""
    before = start - 1
    while before >= 0 and tokens[before].tag in ("JJ", "JJR", "JJS", "CD", "VBN", "VBG"):
        before -= 1
    if before >= 0 and tokens[before].tag in ("POS", "PRP$"):
        return True
    for token in tokens[end : end + 8]:
        if token.lower == "by":
            return True
        if token.tag in FINITE or token.lower in CLOSERS:
            return False
    return False


def is_the_laws(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a word is the law's own name for a deed, where the law speaks: "charged with murder and assault"."""
    if not any(token.lower in grammar_words("crimes") for token in tokens[start:end]):
        return False
    around = [*tokens[max(0, start - REACH_OF_THE_LAW) : start], *tokens[end : end + REACH_OF_THE_LAW]]
    return any(token.lower in grammar_words("law") for token in around)
