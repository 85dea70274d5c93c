"""Articles: a text that is never altered, and the parts it is made of."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import tomli

from kit.errors import KitError
from kit.text.layout import Part, find_parts
from kit.wording import one_line, with_article

FENCE = "+++"
CLOSING_FENCE = re.compile(r"^[ \t]*\+\+\+[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
ADDRESS = re.compile(r"https?://|www\.\w+\.\w", re.IGNORECASE)


@dataclass(frozen=True)
class Article:
    """A text as it was found, with its parts.

    ``text`` is exactly what was given; every offset in the kit is a code-point index into it.
    ``parts`` are in text order; only white space lies between them (a credit lies at the end of its
    caption). ``meta`` is what is known about the article (agency, date, ...), from its front matter. ``own``: a student
    or a teacher gave it in a lesson (`kit.Paste`).
    """

    id: str
    title: str
    text: str
    parts: tuple[Part, ...] = ()
    meta: dict[str, Any] = field(default_factory=dict, compare=False)
    own: bool = field(default=False, compare=False)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal: readings name the text they belong to by it."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def plain(self) -> Article:
        """The same text with no part named, for whoever is to name them: all of it is body.

        >>> {part.kind for part in read_text("Storm nears coast\\n\\nIt may turn, officials say.").plain.parts}
        {'body'}
        """
        return replace(self, parts=tuple(replace(part, kind="body") for part in self.parts))


def read_text(text: str, title: str | None = None) -> Article:
    """Make an article from a string: pasted text, with or without a headline.

    >>> article = read_text("Rain is likely, officials say.")
    >>> article.parts
    (Part(start=0, end=30, kind='body'),)
    """
    if not isinstance(text, str):
        raise KitError(f'read_text() takes a text, not {with_article(type(text).__name__)}: kit.read_text("Rain.").')
    if not isinstance(title, str | None):
        raise KitError(f"read_text() takes a text as the title, not {with_article(type(title).__name__)}.")
    parts = find_parts(text)
    if title is None:
        head = next((p for p in parts if p.kind == "headline"), None) or next(iter(parts), None)
        title = one_line(text[head.start : head.end])[:120] if head else ""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(id=f"text-{digest[:12]}", title=title, text=text, parts=parts)


def as_article(x: Article | str) -> Article:
    """What analysers accept: an `Article` as it is, a string read with `read_text`. `KitError` for anything else."""
    if not isinstance(x, Article | str):
        raise KitError(f'This takes an article or a text, not {with_article(type(x).__name__)}: kit.load("blinken").')
    return read_text(x) if isinstance(x, str) else x


def parse(source: str, *, name: str, where: str) -> Article:
    """An article from a file's text: front matter, if there is any, and the page."""
    meta: dict[str, Any] = {}
    text = source
    first, newline, rest = source.partition("\n")
    if newline and first.strip() == FENCE:
        fence = CLOSING_FENCE.search(rest)
        if not fence:
            raise KitError(f"{where}: the front matter never ends. Add a line {FENCE} after it.")
        try:
            meta = tomli.loads("\n" + rest[: fence.start()].replace("\r", ""))  # lines are counted as in the file
        except (ValueError, RecursionError) as error:
            raise KitError(f"{where}: the front matter is not valid TOML: {error}.") from None
        if not isinstance(meta.get("title", ""), str):
            raise KitError(
                f'{where}: the title in the front matter is not text. Put it in quotation marks: title = "...".'
            )
        text = rest[fence.end() :]
        if not text.strip():
            raise KitError(f"{where} has front matter but no article below it. Put the text after the second {FENCE}.")
    article = read_text(text, meta.get("title"))
    return Article(id=name, title=article.title, text=text, parts=article.parts, meta=meta)
