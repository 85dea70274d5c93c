"""Which sense an ambiguous hedge has in its sentence, told from the words around it.

After the accounts of the modals in Quirk et al. (1985, ch. 4) and Palmer (2001). Each sense has its gloss in the
lexicon; the word lists are in lexicons/senses.toml.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from kit.resources import read_toml
from kit.text.tokens import Token

CERTAIN = frozenset(("ability", "permission"))  # senses that leave nothing open: no hedge
QUOTES = frozenset(('"', "``", "''"))


def sense(entry: str, tokens: Sequence[Token], at: int) -> str:
    """The name of the sense that the entry has at token ``at``; empty for its plain sense.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> sense("would", sentences(read_text("She said it would end soon."))[0].tokens, 3)
    'reported-future'
    >>> sense("if", sentences(read_text("They asked if it was open."))[0].tokens, 2)
    'whether'
    """
    rule = RULES.get(entry)
    return rule(tokens, at) if rule else ""


@cache
def word_list(name: str) -> frozenset[str]:
    """A word list of lexicons/senses.toml."""
    lists: dict[str, str] = read_toml("senses")
    return frozenset(lists[name].split())


def _would(tokens: Sequence[Token], at: int) -> str:
    if _has_condition(tokens):
        return "conditional"
    if _any_of("plans", tokens[max(0, at - 12) : at]):
        return "plan"
    if _quoted(tokens, at):
        return ""
    if _any_of("saying", tokens):
        return "reported-future"
    past = any(token.tag == "VBD" for token in tokens) and not any(token.tag in ("VBZ", "VBP") for token in tokens)
    return "habit" if past or _any_of("later", tokens[at + 1 : at + 3]) else ""


def _could(tokens: Sequence[Token], at: int) -> str:
    if _has_condition(tokens):
        return "conditional"
    if _quoted(tokens, at):
        return ""
    if _then(tokens, at):
        return "ability"
    past = any(token.tag == "VBD" and token.lower not in word_list("saying") for token in tokens)
    narrated = past and _any_of("narrating", tokens[max(0, at - 3) : at])
    return "ability" if narrated else ""


def _then(tokens: Sequence[Token], at: int) -> bool:
    """Whether somebody was able to, once: "As a boy he could swim", "After the fall she could only crawl"."""
    by_a_person = at > 0 and tokens[at - 1].tag == "PRP" and tokens[at - 1].lower != "it"
    young = [token.lower for token in tokens[:3]]
    limited = at + 1 < len(tokens) and tokens[at + 1].lower in word_list("limits")
    framed = tokens[0].lower in word_list("past_frames")
    as_a_child = young[:1] == ["as"] and len(young) > 2 and young[2] in word_list("young")
    return by_a_person and (as_a_child or (framed and limited))


def _if(tokens: Sequence[Token], at: int) -> str:
    return "whether" if _any_of("asking", tokens[max(0, at - 2) : at]) else ""


def _may(tokens: Sequence[Token], at: int) -> str:
    deed = at + 1 < len(tokens) and tokens[at + 1].lower not in word_list("no_deeds")
    ruled = _any_of("ruled", tokens[max(0, at - 2) : at]) or (at == 2 and tokens[0].lower in ("only", "no"))
    limited = at > 0 and tokens[at - 1].lower == "they" and _any_of("limits", tokens[at + 1 :])
    return "permission" if deed and (ruled or limited) else ""


def _until(tokens: Sequence[Token], at: int) -> str:
    tags = {token.tag for token in tokens[:at]}
    return "past" if "VBD" in tags and tags.isdisjoint(("MD", "VBZ", "VBP")) else ""


def _any_of(name: str, tokens: Sequence[Token]) -> bool:
    wanted = word_list(name)
    return any(token.lower in wanted for token in tokens)


def _has_condition(tokens: Sequence[Token]) -> bool:
    return any(token.lower in ("if", "unless") for token in tokens)


def _quoted(tokens: Sequence[Token], at: int) -> bool:
    """Whether a quotation is open at token ``at``."""
    marks = [token for token in tokens[:at] if token.lower in QUOTES]
    return len(marks) % 2 == 1


RULES: dict[str, Callable[[Sequence[Token], int], str]] = {
    "would": _would,
    "could": _could,
    "if": _if,
    "may": _may,
    "until": _until,
}
