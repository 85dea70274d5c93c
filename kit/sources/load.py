"""`kit.load`: an article by its name or from a file of any kind in the table of formats."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePath

from kit.errors import KitError
from kit.files import read_bytes
from kit.resources import seeds_folder
from kit.sources import plain
from kit.sources.formats import MARKDOWN, PLAIN, format_of, refusal
from kit.sources.page import Page, need_article, to_article
from kit.text.article import ADDRESS, Article, parse
from kit.wording import short, with_article

LARGEST = 50_000_000  # bytes; a saved page with its pictures has a few million
KINDS = "text, Markdown, HTML, MHTML, PDF, DOCX, ODT, RTF or EML"
WHOLE_PAGES = {"HTML", "MHTML", "PDF"}  # may hold no article at all: a wall, a menu
LONGEST_NAME = 255  # characters of a file's name; no system takes more


def load(name_or_path: str | Path) -> Article:
    """Load an article: one of the kit's own by name ("blinken"), or a file by path.

    A file may be text (UTF-8, UTF-16, Windows), Markdown, a saved web page (HTML, MHTML), PDF, DOCX, ODT, RTF or a
    mail (EML); what is in it counts, not its ending. ``Article.meta`` names the ``file`` and its ``kind``. A text
    may start with front matter, TOML between two ``+++`` lines; ``Article.text`` is what follows, unchanged.

    Raises `KitError`, with what to do, for a file that is missing, a folder, empty, too large, locked, damaged, of
    another kind, or without an article. Nothing in a file is executed, and nothing is fetched.

    >>> load("blinken").meta["agency"]
    'dpa'
    """
    path = find_file(name_or_path)
    return read(read_bytes(path, LARGEST), path.name, where=str(path))


def find_file(name_or_path: str | Path) -> Path:
    """The file of an article: one of the kit's own by name, else the path itself. `KitError` for what is neither."""
    if not isinstance(name_or_path, str | Path):
        raise KitError(f'load() takes a name, not {with_article(type(name_or_path).__name__)}: kit.load("blinken").')
    path = Path(name_or_path)
    if ADDRESS.match(str(name_or_path)):
        raise KitError(f"{name_or_path} is a web address; the kit reads files. Save the page in your browser.")
    if "\n" in str(path) or any(len(name) > LONGEST_NAME for name in path.parts):
        raise KitError(f"“{short(str(path), 60)}” isn't a file's name. For a text itself: kit.read_text(text).")
    seeds = {seed.stem: seed for seed in seeds_folder().glob("*.md")}
    if str(name_or_path) in seeds and not path.exists():
        path = seeds[str(name_or_path)]
    return path


def read(data: bytes, name: str, *, where: str = "") -> Article:
    """The article in a file's bytes; ``name`` is the file's, ``where`` what sentences call it.

    >>> article = read("Rain may come, the mayor said.".encode("utf-16"), "rain.txt")
    >>> article.text, article.meta
    ('Rain may come, the mayor said.', {'file': 'rain.txt', 'kind': 'text'})
    """
    where = where or name
    if len(data) > LARGEST:
        raise KitError(f"{where} is larger than {LARGEST // 1_000_000} MB. Put the article alone into a file.")
    if not data.strip():
        raise KitError(f"{where} is empty. Put the article's text into it.")
    found = format_of(data, name)
    if found is None:
        what, todo = refusal(data) or ("of a kind that the kit doesn't open", f"Use {KINDS}")
        raise KitError(f"{where} is {what}. {todo}.")
    meta = {"file": PurePath(name).name, "kind": found.kind}
    stem = PurePath(name).stem
    if found in (PLAIN, MARKDOWN):
        text = plain.decode(data, where)
        if found is PLAIN or not plain.is_markdown(text):
            article = parse(text, name=stem, where=where)
            return replace(article, meta=meta | article.meta)
        page = plain.markdown(text)
    else:
        module, function = found.reader.split(":")
        page = getattr(import_module(f"kit.sources.{module}"), function)(data, where)
    article = to_article(Page(page.blocks, page.meta | meta), name=stem)
    if not article.text:
        raise KitError(f"{where} is empty. Put the article's text into it.")
    return need_article(article, where) if found.kind in WHOLE_PAGES else article


def read_copied(html: str) -> Article:
    """The article in HTML from the clipboard: a page that was copied, or a part. Raises `KitError` as `read` does."""
    from kit.sources.html import read as read_html

    where = "What was copied"
    return need_article(to_article(read_html(html.encode("utf-8", "replace"), where, "utf-8"), name="copied"), where)
