"""Which sense an ambiguous hedge has in its sentence, told from the words around it.

After the accounts of the modals in Quirk et al. (1985, ch. 4) and Palmer (2001). Each sense has its gloss in the lexicon.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kit.language import Token

SAYING = frozenset(
    "said told announced added promised pledged vowed confirmed warned stated declared explained wrote insisted agreed decided "
    "predicted reported hoped expected believed thought knew claimed ruled indicated signalled signaled planned stressed "
    "emphasized emphasised noted revealed tweeted argued suggested estimated".split()
)
ASKING = frozenset(
    "see ask asks asked asking wonder wonders wondered wondering know knew knows decide determine check find unclear sure "
    "say tell unknown doubt doubts question".split()
)
PLANS = frozenset(
    "plan plans bill bills proposal proposals deal law laws measure measures agreement legislation amendment rule rules project "
    "ban reform reforms budget tax scheme treaty merger referendum".split()
)
LATER = frozenset("later eventually often always sometimes usually again subsequently regularly frequently finally".split())
NARRATING = frozenset("when so before where as who which he she they".split())
RULED = frozenset("you no only members visitors students parties participants passengers users one".split())


def sense(entry: str, tokens: Sequence[Token], at: int) -> str:
    """The name of the sense that the entry has at token ``at``; empty for its plain sense.

    >>> from kit.article import read_text
    >>> from kit.language import sentences
    >>> sense("would", sentences(read_text("She said it would end soon."))[0].tokens, 3)
    'reported-future'
    >>> sense("if", sentences(read_text("They asked if it was open."))[0].tokens, 2)
    'whether'
    """
    rule = RULES.get(entry)
    return rule(tokens, at) if rule else ""


def _would(tokens: Sequence[Token], at: int) -> str:
    if _has_condition(tokens):
        return "conditional"
    near = {token.lower for token in tokens[max(0, at - 12) : at]}
    if near & PLANS:
        return "plan"
    if not _quoted(tokens, at) and any(token.lower in SAYING for token in tokens):
        return "reported-future"
    after = {token.lower for token in tokens[at + 1 : at + 3]}
    past = sum(token.tag == "VBD" for token in tokens)
    if after & LATER or (past and not any(token.tag in ("VBZ", "VBP") for token in tokens) and not _quoted(tokens, at)):
        return "habit"
    return ""


def _could(tokens: Sequence[Token], at: int) -> str:
    if _has_condition(tokens):
        return "conditional"
    past = any(token.tag == "VBD" and token.lower not in SAYING for token in tokens)
    near = {token.lower for token in tokens[max(0, at - 3) : at]}
    return "ability" if past and near & NARRATING and not _quoted(tokens, at) else ""


def _if(tokens: Sequence[Token], at: int) -> str:
    return "whether" if any(token.lower in ASKING for token in tokens[max(0, at - 2) : at]) else ""


def _may(tokens: Sequence[Token], at: int) -> str:
    return "permission" if any(token.lower in RULED for token in tokens[max(0, at - 2) : at]) else ""


def _until(tokens: Sequence[Token], at: int) -> str:
    before = tokens[:at]
    past = any(token.tag == "VBD" for token in before)
    return "past" if past and not any(token.tag == "MD" or token.tag in ("VBZ", "VBP") for token in before) else ""


def _has_condition(tokens: Sequence[Token]) -> bool:
    return any(token.lower in ("if", "unless") for token in tokens)


def _quoted(tokens: Sequence[Token], at: int) -> bool:
    return sum(token.lower in ('"', "``", "''") for token in tokens[:at]) % 2 == 1


RULES: dict[str, Callable[[Sequence[Token], int], str]] = {
    "would": _would,
    "could": _could,
    "if": _if,
    "may": _may,
    "until": _until,
}
