"""Capitals: whether words are part of a name or a title."""

from __future__ import annotations

from collections.abc import Sequence

from kit.text.tokens import Token

OPENERS = frozenset(('"', "'", ":", "-", "--", "(", "...", ".", ";"))  # after these a sentence may begin
JOINING = ("IN", "DT", "CC", "TO", "PRP$")


def in_a_name(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether tokens[start:end] of a sentence are written with a capital because a name or a title goes on beside them.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> tokens = sentences(read_text("Fans in the West Midlands and in the West said so."))[0].tokens
    >>> in_a_name(tokens, 2, 4), in_a_name(tokens, 7, 9)
    (True, False)
    """
    before = tokens[start - 1] if start else None
    after = tokens[end] if end < len(tokens) else None
    goes_on = _capital(tokens[end - 1]) and after is not None and (_capital(after) or after.text[:1].isdigit())
    opens = start == 0 or before is None or before.lower in OPENERS
    if opens and end - start == 1 and not (after is not None and after.tag.startswith("NNP")):
        return False
    has_begun = before is not None and _capital(tokens[start]) and _capital(before) and before.tag.startswith("NNP")
    return (goes_on or has_begun) and not _gives_each_a_capital(tokens)


def _capital(token: Token) -> bool:
    return token.text[:1].isupper()


def _gives_each_a_capital(tokens: Sequence[Token]) -> bool:
    """Whether a sentence is a headline in which each word has a capital, but for those that join others."""
    return all(_capital(token) for token in tokens if token.text.isalpha() and token.tag not in JOINING)
