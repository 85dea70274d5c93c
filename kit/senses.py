"""Which sense an ambiguous hedge has in its sentence: told from the words around it.

The rules follow the accounts in Quirk et al. (1985, ch. 4) and Palmer (2001). Each sense has its gloss in the lexicons.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kit.language import Token

ASKING = frozenset("see ask asked asking asks wonder wondered know knew knows decide determine check find unclear sure say".split())
REPORTING_TAGS = ("VBD", "VBN")
REPORTING = frozenset(
    "said told announced added promised pledged vowed confirmed warned stated declared explained wrote insisted agreed "
    "decided predicted reported hoped expected believed thought knew claimed ruled indicated signalled signaled planned "
    "stressed emphasized emphasised noted revealed tweeted".split()
)


def sense(entry: str, tokens: Sequence[Token], at: int) -> str:
    """The name of the sense that the entry has at token ``at``; empty for its plain sense.

    >>> from kit.article import read_text
    >>> from kit.language import sentences
    >>> tokens = sentences(read_text("She said it would end soon."))[0].tokens
    >>> sense("would", tokens, 3)
    'reported-future'
    """
    rule = RULES.get(entry)
    return rule(tokens, at) if rule else ""


def _would(tokens: Sequence[Token], at: int) -> str:
    if _has_condition(tokens):
        return "conditional"
    if any(token.lower in REPORTING for token in tokens[:at]):
        return "reported-future"
    if any(token.lower in ("plan", "bill", "proposal", "deal", "law", "measure", "agreement") for token in tokens[:at]):
        return "plan"
    return ""


def _could(tokens: Sequence[Token], at: int) -> str:
    if _has_condition(tokens):
        return "conditional"
    before = [token.lower for token in tokens[max(0, at - 6) : at]]
    return "ability" if {"when", "so", "until", "before"} & set(before) else ""


def _if(tokens: Sequence[Token], at: int) -> str:
    return "whether" if any(token.lower in ASKING for token in tokens[max(0, at - 2) : at]) else ""


def _may(tokens: Sequence[Token], at: int) -> str:
    before = {token.lower for token in tokens[max(0, at - 4) : at]}
    return "permission" if before & {"you", "no", "only", "members", "visitors", "students", "parties"} else ""


def _has_condition(tokens: Sequence[Token]) -> bool:
    return any(token.lower in ("if", "unless") for token in tokens)


RULES: dict[str, Callable[[Sequence[Token], int], str]] = {"would": _would, "could": _could, "if": _if, "may": _may}
