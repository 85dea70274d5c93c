"""Passives, with and without an agent: what was done, and whether the sentence says by whom.

Rules over tags, each for one sentence. A passive is a form of "be" or "get", adverbs, and a participle; in a headline
the auxiliary is left out; after a noun ("the town hit by shells") the relative clause is cut short.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kit.analysis.speakers.people import people_lexicon
from kit.text.inflection import grammar_words, inflections
from kit.text.tokens import Token

BE = inflections("be") | {"’s", "’re", "’m"}
GET = {"get", "gets", "got", "getting", "gotten"}
FINITE = ("VBZ", "VBP", "VBD", "MD")
AFTER_PHRASE = frozenset(
    (*FINITE, "VBN", "VBG", "IN", "TO", "WDT", "WRB", "WP", ",", ".", ":", "''", "``", "-LRB-", "(", ")")
)
NOUNS = ("NN", "NNS", "NNP", "NNPS", "PRP", "CD")
CLOSERS = frozenset({".", ";", ":", "?", "!", "(", ")", "--", '"', "''", "``"})
REACH = 20  # tokens between a participle and its "by"
ASKED = 4  # tokens between "what" and a verb


class Passive(NamedTuple):
    """A passive: tokens[start:end] from the auxiliary to the participle, which is tokens[end - 1].

    ``agent`` is the token range of who did it, without "by"; ``kind``: be, get, headline or reduced.
    """

    start: int
    end: int
    agent: tuple[int, int] | None
    kind: str


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
    if tokens[at].lower == "seen" and at > 2 and tokens[at - 3].lower in inflections("remain"):
        return None  # "it remains to be seen"
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
    no_passive = any(tokens[at].lower in grammar_words(name) for name in ("adjectives", "without_object"))
    if tokens[at].tag == "VBD" or no_passive or _is_only_verb(tokens, at):
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
