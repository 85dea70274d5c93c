"""What else grammar shows and hides: capitals that act, scare quotes, nouns whose doer is named, the law's own words.

Rules over tags, each for one sentence; passives have a module of their own. The word lists that the rules need are
data: lexicons/grammar.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from kit.analysis.framing.passives import BE, CLOSERS, FINITE
from kit.resources import read_grammar
from kit.text.inflection import grammar_words, inflections
from kit.text.tokens import Token

AUXILIARIES = BE | inflections("have") | inflections("do") | {"to", "'s", "n't", "not"}
REACH_OF_THE_LAW = 6  # tokens on either side of a crime in which a word of the law makes it the law's
SCARE_WORDS = 4  # more words than that are a quotation


@cache
def _stand_ins() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Names that stand for a government, by their last word: (all words, who is meant)."""
    names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, meant in read_grammar()["stand_in"].items():
        words = tuple(name.split())
        names.setdefault(words[-1], []).append((words, meant))
    return names


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
