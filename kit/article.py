"""Articles: a text that is never altered, and the parts it is made of."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kit.errors import KitError
from kit.page import Part, find_parts
from kit.phrases import one_line
from kit.resources import seeds_folder

FENCE = "+++"


@dataclass(frozen=True)
class Article:
    """A text as it was found, with its parts.

    ``text`` is exactly what was given; every offset in the kit is a code-point index into it.
    ``parts`` are in text order; only white space lies between them (a credit lies at the end of its
    caption). ``meta`` is what is known about the article (agency, date, ...), from its front matter.
    """

    id: str
    title: str
    text: str
    parts: tuple[Part, ...] = ()
    meta: dict[str, Any] = field(default_factory=dict, compare=False)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal: readings name the text they belong to by it."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def load(name_or_path: str | Path) -> Article:
    """Load an article: one of the kit's own by name ("blinken"), or any UTF-8 text file by path.

    A file may start with front matter, TOML between two ``+++`` lines; ``Article.text`` is what follows,
    unchanged (line ends and all; a byte-order mark at the start of the file is not part of the text).

    Raises `KitError`, with what to do, for a file that is missing, a folder, not UTF-8 text, or empty.

    >>> load("blinken").meta["agency"]
    'dpa'
    """
    path = Path(name_or_path)
    if not path.exists() and path.name == str(name_or_path):
        named = seeds_folder() / f"{name_or_path}.md"
        path = named if named.is_file() else path
    return parse(read_file(path), name=path.stem, where=str(path))


def read_text(text: str, title: str | None = None) -> Article:
    """Make an article from a string: pasted text, with or without a headline.

    >>> article = read_text("Rain is likely, officials say.")
    >>> article.parts
    (Part(start=0, end=30, kind='body'),)
    """
    parts = find_parts(text)
    if title is None:
        head = next((p for p in parts if p.kind == "headline"), None) or next(iter(parts), None)
        title = one_line(text[head.start : head.end])[:120] if head else ""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(id=f"text-{digest[:12]}", title=title, text=text, parts=parts)


def as_article(x: Article | str) -> Article:
    """What analysers accept: an `Article` as it is, a string read with `read_text`."""
    return read_text(x) if isinstance(x, str) else x


def read_file(path: Path) -> str:
    """The text of a UTF-8 file, line ends kept. Raises `KitError` with a sentence that helps."""
    if path.is_dir():
        raise KitError(f"{path} is a folder. Name a text file in it.")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise KitError(
            f"There is no file {path}. Check the name, or start the path at the folder you are in."
        ) from None
    except OSError as error:
        raise KitError(f"{path} can't be read: {error.strerror or error}.") from None
    return decode(data, where=str(path))


def decode(data: bytes, *, where: str) -> str:
    """UTF-8 bytes as text. ``where`` names their origin in the sentence of the `KitError`."""
    if data.startswith(b"%PDF"):
        raise KitError(f"{where} is a PDF. Copy its text into a plain text file (.txt) and use that.")
    if b"\0" in data:
        raise KitError(f"{where} is not plain text. Save the article as plain text (.txt, UTF-8) and use that.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise KitError(f"{where} is not UTF-8 text (line {line}). Save it again with the encoding UTF-8.") from None
    if not text.strip():
        raise KitError(f"{where} is empty. Put the article's text into it.")
    return text


def parse(source: str, *, name: str, where: str) -> Article:
    """An article from a file's text: front matter, if there is any, and the page."""
    meta: dict[str, Any] = {}
    text = source
    first, newline, rest = source.partition("\n")
    if newline and first.strip() == FENCE:
        front, fence, after = rest.partition(f"\n{FENCE}")
        if not fence:
            raise KitError(f"{where}: the front matter never ends. Add a line {FENCE} after it.")
        try:
            meta = tomllib.loads(front.replace("\r", ""))
        except tomllib.TOMLDecodeError as error:
            raise KitError(f"{where}: the front matter is not valid TOML: {error}.") from None
        text = after.partition("\n")[2]
        if not text.strip():
            raise KitError(f"{where} has front matter but no article below it. Put the text after the second {FENCE}.")
    article = read_text(text, meta.get("title"))
    return Article(id=name, title=article.title, text=text, parts=article.parts, meta=meta)
