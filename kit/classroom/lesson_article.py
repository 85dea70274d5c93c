"""What kind of article a lesson is to be made of, as far as the questions depend on it.

In an interview and in a press release the words that no signal marks are not a reporter's. The kit is made for reports,
so it says so, and asks less.
"""

from __future__ import annotations

import re

from kit.course.minutes import WORDS
from kit.errors import KitError
from kit.text.article import Article

LONGEST = 3000  # words: more than twenty minutes of reading, before anything is asked
LONG = 1000  # words
TURNS = 2  # paragraphs that are a question or begin with who speaks: from there on it is an interview
LABELLED = re.compile(r"(?:[A-Z][\w.'’-]*\s){0,3}[A-Z][\w.'’-]*:(?=\s)")
FOR_THE_PRESS = re.compile(
    r"(?:^|[.!?]\s+)(?:for immediate release\b|(?:press|media|news) release\s*(?::|$)|notes? to editors\b"
    r"|for (?:further|more) information\b|(?:press|media) contacts?\s*(?::|$))",
    re.IGNORECASE | re.MULTILINE,
)
TODAY = re.compile(r"\btoday (?:announced|unveiled|launched)\b", re.IGNORECASE)  # papers write so as well
PRAISE = re.compile(
    r"\b(?:leading (?:provider|maker|supplier|manufacturer|company)|proud|pleased|delighted|excited|thrilled)\b",
    re.IGNORECASE,
)
SPEAKING = re.compile(r"\b(?:I|[Ww]e|us|me|[Mm]y|[Oo]urs?|[Yy]ou|[Yy]ours?|[Pp]lease)\b|\?\W*\Z")


def is_interview(article: Article) -> bool:
    """Whether questions and answers take turns in it.

    >>> from kit.text.article import read_text
    >>> is_interview(read_text("A talk with Ada Brandt\\n\\nAre you afraid?\\n\\nBrandt: No.\\n\\nBrandt: Not yet."))
    True
    """
    return sum(_is_turn(body) for body in _body(article)) >= TURNS


def is_press_release(article: Article) -> bool:
    """Whether whom it is about has written it, by what only such texts say.

    >>> from kit.text.article import read_text
    >>> is_press_release(read_text("New pump\\n\\nNovaquell today announced a new pump. Press contact: Ada Brandt."))
    True
    >>> is_press_release(read_text("New pump\\n\\nThe town today announced a new pump. More information is expected."))
    False
    """
    by_the_sender = TODAY.search(article.text) and PRAISE.search(article.text)
    return bool(by_the_sender or FOR_THE_PRESS.search(article.text))


def is_anybodys(sentence: str, paragraph: str) -> bool:
    """Whether a sentence without a signal may be somebody else's than the reporter's: it asks, it says “I” or “you”.

    >>> is_anybodys("You will be wet.", "You will be wet."), is_anybodys("The US left.", "The US left.")
    (True, False)
    """
    return SPEAKING.search(sentence) is not None or LABELLED.match(paragraph) is not None


def check_length(article: Article) -> str:
    """What a teacher should know of a long text; "" for any other. Raises `KitError` for one that no class can read."""
    words = len(article.text.split())
    if words > LONGEST:
        raise KitError(
            f"This text has {words:,} words: to read it alone would take a class {words // WORDS:,} minutes. "
            f"No lesson was made of it. Take a part of at most {LONGEST:,} words; {LONG:,} fit into a lesson."
        )
    if words <= LONG:
        return ""
    return f"It has {words:,} words: {words // WORDS} minutes for reading alone. Could you cut it?"


def _body(article: Article) -> list[str]:
    return [article.text[part.start : part.end].strip() for part in article.parts if part.kind == "body"]


def _is_turn(paragraph: str) -> bool:
    return paragraph.endswith("?") or LABELLED.match(paragraph) is not None
