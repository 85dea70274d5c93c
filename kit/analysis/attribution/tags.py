"""Verbs of saying that the tagger takes for nouns or participles, where the words around them leave no doubt.

The tagger learned from text that hardly ever has “The rules state that ...” or “"It is cold," sighs Milla”.
"""

from __future__ import annotations

from collections.abc import Sequence

from kit.analysis.attribution.words import listed
from kit.text.tokens import Sentence, Token

CLOSERS = frozenset(['"', "''", "”", "’", "'"])
ENDS_SPEECH = frozenset([",", "!", "?", "…"])


def retagged(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences, with such words tagged as the verbs they are.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> [token.tag for token in retagged(sentences(read_text("The rules state that it is free.")))[0].tokens[:3]]
    ['DT', 'NNS', 'VBP']
    """
    return [_retagged(sentence) for sentence in sentences]


def _retagged(sentence: Sentence) -> Sentence:
    tokens = sentence.tokens
    tags = {at: tag for at in range(1, len(tokens) - 1) if (tag := _verb_tag(tokens, at))}
    if not tags:
        return sentence
    return sentence._replace(
        tokens=tuple(token._replace(tag=tags.get(at, token.tag)) for at, token in enumerate(tokens))
    )


def _verb_tag(tokens: Sequence[Token], at: int) -> str:
    """The tag of a verb that isn't tagged as one, or "" ."""
    token, before, after = tokens[at], tokens[at - 1], tokens[at + 1]
    if not token.text.islower() or token.tag not in ("NN", "NNS", "VBN", "JJ", "VB", "RB"):
        return ""
    after_speech = before.text in CLOSERS and at > 1 and tokens[at - 2].text in ENDS_SPEECH
    speaker_follows = after.tag in ("NNP", "DT", "PRP", "PRP$", "NNPS") and after.lower not in ("all", "both")
    shape = token.lower.endswith(("s", "ed"))
    if after_speech and speaker_follows and shape and token.tag != "RB":
        return _by_form(token)
    if token.lower in listed("verbs_for_nouns") and before.tag[:2] == "NN" and after.lower in ("that", "how"):
        return _by_form(token)
    return ""


def _by_form(token: Token) -> str:
    if token.lower.endswith(("ed", "heard")):
        return "VBD"
    return "VBZ" if token.lower.endswith("s") else "VBP"
