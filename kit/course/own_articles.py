"""Articles of one's own: what was pasted or chosen as a file in a lesson, and is kept with the lesson's answers."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from kit.course.answers import Answers
from kit.errors import KitError
from kit.files import replace_surrogates
from kit.sources.load import read, read_copied
from kit.text.article import Article, read_text
from kit.text.layout import Part

LONGEST = 60_000  # characters; a long magazine story has 40,000, and a class marks far less
FEWEST = 5  # words
SOURCE = re.compile(r"\s*(<!doctype|<html|<\?xml|\{\\rtf)", re.IGNORECASE)  # of a page, or of a word processor's file


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
    return replace(read_text(text, title or None), own=True)


def check_pasted(text: str, html: str) -> Article:
    """What was pasted, with the HTML that came along: the article on it, or else the text as it is.

    >>> check_pasted("Rain may come to Port Vorn.", "<b>Rain may come to Port Vorn.</b>").text
    'Rain may come to Port Vorn.'
    """
    try:
        article = read_copied(html) if html else None
    except KitError:
        article = None  # a part of a page, or the extra "sources" is missing
    return check(text) if article is None else replace(check(article.text, article.title), parts=article.parts)


def check_file(data: bytes, name: str) -> Article:
    """A chosen file of any kind that `kit.load` takes. Raises `KitError` as `check` and `kit.load` do.

    >>> check_file(b"Rain may come, the mayor of Port Vorn said.", "mine.txt").parts
    (Part(start=0, end=43, kind='body'),)
    """
    name = PurePath(name).name or "The file"
    article = read(data, name)
    return replace(check(article.text, article.title), parts=article.parts, meta=article.meta)


def to_answer(article: Article) -> dict[str, Any]:
    """What is saved of an article: its text and title, and its parts where its file told them apart."""
    answer: dict[str, Any] = {"pasted": article.text, "title": article.title}
    if article.parts != read_text(article.text).parts:
        answer["parts"] = [[part.start, part.end, part.kind] for part in article.parts]
    return answer


def find_pasted(answers: Answers, exercise: str) -> Article | None:
    """The article that was given in this exercise; None if there is none that can be used."""
    answer = answers.get(exercise)
    text, title = answer.get("pasted"), answer.get("title")
    if not isinstance(text, str):
        return None
    try:
        article = check(text, title if isinstance(title, str) else None)
    except KitError:  # The file was changed by hand.
        return None
    parts = _parts(answer.get("parts"), len(text))
    return replace(article, parts=parts) if parts else article


def _parts(saved: object, length: int) -> tuple[Part, ...]:
    """Saved parts; none if they can't be those of a text of this length."""
    parts: list[Part] = []
    for one in saved if isinstance(saved, list) else ():
        match one:
            case [int(start), int(end), str(kind)] if (parts[-1].start if parts else 0) <= start < end <= length:
                parts.append(Part(start, end, kind))
            case _:
                return ()
    return tuple(parts)


def all_pasted(answers: Answers) -> list[Article]:
    """All articles of one's own that are now in use in a lesson."""
    articles = []
    for exercise in sorted(answers.reading().answers):
        if article := find_pasted(answers, exercise):
            articles.append(article)
    return articles
