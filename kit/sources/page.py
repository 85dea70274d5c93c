"""What a file says, block by block, and the article that is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from kit.errors import KitError
from kit.files import replace_surrogates
from kit.text.article import Article
from kit.text.layout import Part, find_parts
from kit.wording import one_line

FEWEST = 40  # words of an article; a log-in wall or a cookie page has fewer


@dataclass(frozen=True)
class Block:
    """A paragraph of a file. ``kind`` is that of a `Part` where the file tells it, "" where it doesn't."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Page:
    """What a file holds: its blocks in reading order, and what it says about itself (``meta``)."""

    blocks: list[Block]
    meta: dict[str, Any] = field(default_factory=dict)


def to_article(page: Page, *, name: str) -> Article:
    """The article of a page: its blocks with an empty line between them, each a part.

    Where the file knows what a block is, that holds; else the rules for plain text say it.

    >>> page = Page([Block("Home", "boilerplate"), Block("Pier to close", "headline"), Block("It may rot.")])
    >>> article = to_article(page, name="pier")
    >>> article.title, [part.kind for part in article.parts]
    ('Pier to close', ['boilerplate', 'headline', 'body'])
    """
    blocks = [Block(one_line(replace_surrogates(block.text)), block.kind) for block in page.blocks]
    blocks = [block for block in blocks if block.text]
    parts: list[Part] = []
    start = 0
    for block, guessed in zip(blocks, _guess(blocks), strict=True):
        parts += [Part(start + part.start, start + part.end, part.kind) for part in guessed]
        start += len(block.text) + 2
    text = "\n\n".join(block.text for block in blocks)
    headline = next((text[part.start : part.end] for part in parts if part.kind == "headline"), "")
    title = headline or page.meta.get("title") or (blocks[0].text if blocks else "")
    return Article(id=name, title=title[:300], text=text, parts=tuple(parts), meta=page.meta)


def need_article(article: Article, where: str) -> Article:
    """The article, if there is enough of it. `KitError` for what is a log-in wall, a cookie page or a menu."""
    body = (article.text[part.start : part.end] for part in article.parts if part.kind == "body")
    if sum(len(paragraph.split()) for paragraph in body) < FEWEST:
        raise KitError(
            f"{where} holds hardly any article, perhaps a log-in or cookie page. "
            "Open the whole article in your browser, save the page again, or copy its text."
        )
    return article


def _guess(blocks: list[Block]) -> Iterator[list[Part]]:
    """For each block its parts, counted from its own start: as the file says, else as it looks."""
    headline = next((block.text for block in blocks if block.kind == "headline"), None)
    unknown = [block.text for block in blocks if not block.kind]
    looks = _by_look(unknown if headline is None else [headline, *unknown])
    for block in blocks:
        if block.kind:
            yield [Part(0, len(block.text), block.kind)]
        else:
            known = headline is not None  # no other block is the headline then
            yield [replace(p, kind="body") if known and p.kind == "headline" else p for p in looks[block.text]]


def _by_look(texts: list[str]) -> dict[str, list[Part]]:
    """What the rules for plain text say of each of these paragraphs; the last counts of those that are equal."""
    found: dict[str, list[Part]] = {text: [] for text in texts}
    parts = iter(find_parts("\n\n".join(texts)))
    part = next(parts, None)
    start = 0
    for text in texts:
        here = []
        while part is not None and part.start < start + len(text):
            here.append(Part(part.start - start, part.end - start, part.kind))
            part = next(parts, None)
        found[text] = here or [Part(0, len(text), "body")]
        start += len(text) + 2
    return found
