"""Answers in words: what makes one an answer, and what shows that it says something.

No program reads them for their meaning. It sees whether there is an answer at all, whether a log gives its evidence,
and whether words that are quoted from an answer stand in it; the rest is for people.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from kit.course.questions import Option, Question

FEWEST_WORDS = 3  # of an answer, each counted once
LEAST_WORDS = 4  # of a log: quoted in a row, and of one's own
QUOTED = re.compile(r"[\"“„«](.+?)[\"”“»]", re.DOTALL)
ADDRESS = re.compile(r"\w\.\w\w")
SENTENCE_END = re.compile(r"[.?!:\n]+")
# An answer of nothing but these words says that there is none.
NO_ANSWER = """
a about all am an any anything answer at but can cannot clue do don dont dunno have haven help honestly i idea idk im is
it just know m me n no none not nothing of or pass please really s say skip so sorry sure t tell that the think this to
too ve what write yet
"""
EMPTY = "Write an answer first; a sentence is enough."
UNKNOWN = "It is fine not to know. Look again{hint}, and write down what you would guess: one sentence is enough."
TOO_SHORT = "Say a little more, please: one whole sentence, so that others can follow you."
COPIED = "These words are given already. Now say it in your own: one sentence is enough."
UNQUOTED = "Show it: select the words of your answer that say this, or type them."
NOT_YOURS = "These words don't stand in your answer. Copy a piece of it just as it is."


def lacks_answer(question: Question, text: str) -> str:
    """What a written answer lacks to be one, as a kind sentence; empty if it lacks nothing.

    >>> question = Question("01_x/y", "text", "Why?", "Why do agencies repeat “said”?")
    >>> lacks_answer(question, "Idk, sorry!")
    'It is fine not to know. Look again, and write down what you would guess: one sentence is enough.'
    >>> lacks_answer(question, "It takes no side.")
    ''
    """
    if not text.strip():
        return EMPTY
    sentences = _sentences(text)
    given = _sentences("\n".join((question.title, question.question, question.passage, *question.hints)))
    own = {word for sentence in sentences - given for word in sentence}
    if sentences and not own:
        return COPIED
    if own and own <= set(NO_ANSWER.split()):
        return UNKNOWN.format(hint=" or take a hint" if question.hints else "")
    return TOO_SHORT if len(own) < FEWEST_WORDS else ""


def lacks_evidence(source: Option, text: str) -> str:
    """What a log lacks for others to check it: a quotation of the source, and what one makes of it."""
    words = _words(text)
    if source.card:
        quoted = _longest_run(words, _words(source.card))
        if quoted < LEAST_WORDS:
            return "Quote at least four words in a row from that card, so that others can check you."
    else:
        quoted = max((len(_words(found)) for found in QUOTED.findall(text)), default=0)
        if quoted < LEAST_WORDS or not ADDRESS.search(text):
            return "Write down the address, and quote at least four words from there in quotation marks."
    return "" if len(words) - quoted >= LEAST_WORDS else "Now add in your own words what this tells you."


def lacks_quote(text: str, quote: str) -> str:
    """Why a quotation from an answer does not hold; empty if it does.

    >>> lacks_quote("It takes no side.", "it is fair")
    "These words don't stand in your answer. Copy a piece of it just as it is."
    """
    if not _words(quote):
        return UNQUOTED
    return "" if occurs(quote, text) else NOT_YOURS


def occurs(quote: str, text: str) -> bool:
    """Whether words stand in a text in a row. Case, spaces, quotation marks and other punctuation don't matter.

    >>> occurs("“No side”", "It takes no\\nside."), occurs("no sid", "It takes no side.")
    (True, False)
    """
    wanted, words = _words(quote), _words(text)
    starts = range(len(words) - len(wanted) + 1)
    return bool(wanted) and any(words[start : start + len(wanted)] == wanted for start in starts)


def _words(text: str) -> list[str]:
    """The words of a text, in small letters and without punctuation."""
    return re.findall(r"\w+", text.lower())


def _sentences(text: str) -> set[tuple[str, ...]]:
    return {tuple(words) for part in SENTENCE_END.split(text) if (words := _words(part))}


def _longest_run(words: list[str], others: list[str]) -> int:
    """How many words in a row two texts share at most."""
    return SequenceMatcher(None, words, others, autojunk=False).find_longest_match().size
