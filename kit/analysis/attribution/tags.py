"""Verbs of saying that the tagger takes for nouns or participles, and people that it takes for adjectives, where the
words around them leave no doubt.

The tagger learned from text that hardly ever has “The rules state that ...” or “"It is cold," sighs Milla”.
"""

from __future__ import annotations

from collections.abc import Sequence

from kit.analysis.attribution.clauses import FINITE
from kit.analysis.attribution.words import listed
from kit.analysis.speakers.people import people_lexicon
from kit.text.tokens import Sentence, Token

CLOSERS = frozenset(['"', "''", "”", "’", "'"])
CLAUSE_OPENERS = frozenset([",", "and", "but", "while", "although", "because"])
LONGEST_SPEAKER = 12  # tokens
NEAR = 40  # tokens
IN_A_PHRASE = ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "CD", "IN")
ENDS_SPEECH = frozenset([",", "!", "?", "…"])


def retagged(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences, with such words tagged as what they are.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> [token.tag for token in retagged(sentences(read_text("The rules state that it is free.")))[0].tokens[:3]]
    ['DT', 'NNS', 'VBP']
    """
    return [_retagged(sentence) for sentence in sentences]


def _retagged(sentence: Sentence) -> Sentence:
    tokens = sentence.tokens
    tags = {at: tag for at in range(1, len(tokens) - 1) if (tag := _verb_tag(tokens, at) or _noun_tag(tokens, at))}
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
    if token.lower in listed("never_nouns"):
        return _by_form(token)
    if token.lower in listed("verbs_for_nouns") and before.tag[:2] == "NN" and after.lower in ("that", "how"):
        return _by_form(token)
    if token.lower in listed("verbs_after_names") and (
        _says_name(tokens, at) or _ends_with_speaker(tokens, at) or _ends_with_name(tokens, at)
    ):
        return _by_form(token)
    return ""


def _noun_tag(tokens: Sequence[Token], at: int) -> str:
    """ "An official, who asked for no name, said": the tag of a noun that isn't tagged as one, or "" ."""
    token, before, after = tokens[at], tokens[at - 1], tokens[at + 1 : at + 3]
    described = before.tag == "DT" and len(after) == 2 and after[0].text == "," and after[1].lower in ("who", "whose")
    return "NN" if token.tag == "JJ" and described and token.lower in people_lexicon().nouns else ""


def _says_name(tokens: Sequence[Token], at: int) -> bool:
    """ "The United Nations estimates that": not "in UN estimates that", nor "the UN estimates that suggest"."""
    comma = at > 2 and tokens[at - 1].text == ","  # "The chair, Ada Brandt, fears that"
    first = at - 2 if comma else at - 1
    if tokens[first].tag[:3] != "NNP" or tokens[at + 1].lower != "that":
        return False
    while first and tokens[first - 1].tag[:3] == "NNP":
        first -= 1
    first -= first > 0 and tokens[first - 1].lower == "the"
    opens = tokens[first - 1].text if first else ""
    subject = opens == "," if comma else not opens or opens in CLAUSE_OPENERS
    return subject and at + 2 < len(tokens) and tokens[at + 2].tag not in (*FINITE, "RB")


def _ends_with_name(tokens: Sequence[Token], at: int) -> bool:
    """ "Wind may carry them, Kell suspects; rain may, too." """
    first = at - 1
    while first and at - first < LONGEST_SPEAKER and tokens[first].tag[:3] == "NNP":
        first -= 1
    return first < at - 1 and tokens[first].text == "," and tokens[at + 1].text in (".", ";")


def _ends_with_speaker(tokens: Sequence[Token], at: int) -> bool:
    """ "The pier is unsafe, a team of engineers reports in a journal.": a plural makes no compound with a noun."""
    if tokens[at - 1].tag != "NNS" or tokens[at - 1].lower in listed("plurals_before_nouns"):
        return False
    if tokens[at + 1].tag not in ("IN", "."):
        return False
    comma = at - 1
    while comma and at - comma < LONGEST_SPEAKER and tokens[comma].tag in IN_A_PHRASE:
        comma -= 1
    opens = tokens[comma].text == "," and tokens[comma + 1].tag == "DT"
    told = any(token.tag in FINITE for token in tokens[max(comma - NEAR, 0) : comma])
    return opens and told and not any(token.tag in FINITE for token in tokens[at : at + NEAR])


def _by_form(token: Token) -> str:
    if token.lower.endswith(("ed", "heard")):
        return "VBD"
    return "VBZ" if token.lower.endswith("s") else "VBP"
