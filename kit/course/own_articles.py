"""Articles of one's own: what was pasted or chosen as a file in a lesson, and is kept with the lesson's answers."""

from __future__ import annotations

import re
from pathlib import PurePath

from kit.course.answers import Answers
from kit.errors import KitError
from kit.files import SOURCE, decode, replace_surrogates
from kit.text.article import Article, parse, read_text

LONGEST = 60_000  # characters; a long magazine story has 40,000, and a class marks far less
FEWEST = 5  # words


def check(text: str, title: str | None = None) -> Article:
    """A pasted text as an article. Raises `KitError`, with what to do, for one that can't be worked with.

    >>> check("Rain may come, the mayor of Port Vorn said.").title
    'Rain may come, the mayor of Port Vorn said.'
    """
    text = replace_surrogates(text)
    if not text.strip():
        raise KitError("There is no text yet. Paste an article into the field, or choose a file.")
    if SOURCE.match(text):
        raise KitError("This is a page's source code. Open the page, select the article's text, copy and paste that.")
    if len(text) > LONGEST:
        raise KitError(
            f"This text has {len(text):,} characters; the lesson takes up to {LONGEST:,}. Paste a part of it."
        )
    if len(re.findall(r"[^\W\d_]{2,}", text)) < FEWEST:
        raise KitError(f"There are hardly any words in this text. Paste at least {FEWEST}: a whole article is best.")
    return read_text(text, title or None)


def check_file(data: bytes, name: str) -> Article:
    """A chosen file as an article. Raises `KitError` as `check` does, and for a file that is not plain text.

    >>> check_file(b"Rain may come, the mayor of Port Vorn said.", "mine.txt").parts
    (Part(start=0, end=43, kind='body'),)
    """
    name = PurePath(name).name or "The file"
    article = parse(decode(data, where=name), name=name, where=name)
    return check(article.text, article.title)


def find_pasted(answers: Answers, exercise: str) -> Article | None:
    """The article that was given in this exercise; None if there is none that can be used."""
    answer = answers.get(exercise)
    text, title = answer.get("pasted"), answer.get("title")
    if not isinstance(text, str):
        return None
    try:
        return check(text, title if isinstance(title, str) else None)
    except KitError:  # The file was changed by hand.
        return None


def all_pasted(answers: Answers) -> list[Article]:
    """All articles of one's own that are now in use in a lesson."""
    articles = []
    for exercise in sorted(answers.reading().answers):
        if article := find_pasted(answers, exercise):
            articles.append(article)
    return articles
