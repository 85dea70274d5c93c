"""Web pages: where the article stands on them, and what its blocks are. Needs the extra ``sources``.

Nothing is executed or fetched. What stands on the page outside the article (menus, forms, other stories) is left out;
what the page adds inside it is kept as boilerplate.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from kit.errors import KitError
from kit.extras import need
from kit.sources import plain
from kit.sources.described import described
from kit.sources.page import Block, Page
from kit.wording import one_line

CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]+)|<\?xml[^>]{0,100}encoding=["']([\w-]+)""", re.IGNORECASE
)
# fmt: off
INLINE = frozenset((
    "a", "abbr", "acronym", "b",
    "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "img", "picture", "source",
))
# fmt: on
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
ARTICLES = "//article | //main | //*[@role='main' or @role='article'] | //*[contains(@itemprop, 'articleBody')]"
WALL = re.compile(
    r"\b(?:cookies?|consent|personal data|log in|sign in|subscribe|subscription|subscribers?|create an account"
    r"|register for free|privacy)\b",
    re.IGNORECASE,
)
TO_READERS = re.compile(r"\b(?:we|you|your|to read|to continue)\b", re.IGNORECASE)
BY = re.compile(r"(?:(?:words|story|written|posted|published|photos?) )?(?:by|on|and)|[|·•,/–—-]+", re.IGNORECASE)
DEEPEST = 200  # elements in each other; browsers stop at some hundreds too
ENOUGH = 0.8  # of the words in good paragraphs: an element with as many holds the article
LONG = 10  # words of a good paragraph
CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what lxml reads and can't write
SPLIT = "\0"  # stands for a break of lines while an element is read


def read(data: bytes, where: str, charset: str | None = None) -> Page:
    """The page of a web page's source. ``charset`` is what a mail said of it."""
    need("sources")
    from lxml import etree

    text = _decoded(data, where, charset)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise KitError(f"{where} is an empty page. Save the page again, or copy its text.")
    _without_control(root)
    known = described(root)
    headline = _headline(root, known.get("title", ""))
    if headline is not None:
        known["title"] = one_line("".join(headline.itertext()))
    _hide_names(root)
    _clean(root, headline)
    top = _article(root, headline)
    blocks = [block for block in _blocks(top, headline, "", 0) if block.text.strip()]
    if headline is None and known.get("title"):
        blocks = [Block(known["title"], "headline"), *(block for block in blocks if block.text != known["title"])]
    return Page([_without_wall(block) for block in blocks], known)


def _without_control(root: Any) -> None:
    """Take out the characters that are none: escape sequences of terminals, and such like."""
    for element in root.iter():
        if CONTROL.search(element.text or ""):
            element.text = CONTROL.sub("", element.text)
        if CONTROL.search(element.tail or ""):
            element.tail = CONTROL.sub("", element.tail)
        for name, value in element.attrib.items():
            if CONTROL.search(value):
                element.set(name, CONTROL.sub("", value))


def _decoded(data: bytes, where: str, charset: str | None) -> str:
    said = CHARSET.search(data[:4096])
    for name in (charset, (said[1] or said[2]).decode() if said else None):
        if name and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
            name = "cp1252" if name.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii") else name
            try:
                return data.decode(name)
            except (LookupError, UnicodeError):
                pass  # what a page says of itself is often wrong
    return plain.decode(data, where)


def _headline(root: Any, title: str) -> Any:
    """The heading that is the page's headline: of the first rank, and the one most like the title it gives itself."""
    words = set(re.findall(r"\w+", title.lower()))

    def likeness(heading: Any) -> float:
        own = set(re.findall(r"\w+", "".join(heading.itertext()).lower()))
        return len(own & words) / len(own | words) if own else 0.0

    first = [heading for heading in root.iter("h1") if one_line("".join(heading.itertext())) and not _is_out(heading)]
    if first:
        best = max(first, key=likeness)
        return best if len(first) == 1 or likeness(best) > 0 or not words else first[0]
    second = [heading for heading in root.iter("h2") if likeness(heading) > 0.7]
    return second[0] if second else None


@cache
def _furniture() -> dict[str, Any]:
    return tomli.loads(Path(__file__).with_name("furniture.toml").read_text("utf-8"))


@cache
def _names(kind: str) -> re.Pattern[str]:
    names = _furniture().get(kind) or _furniture()["kinds"][kind]
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, names))})(?![a-z0-9])")


def _called(element: Any) -> str:
    """What an element is called: its classes, its id, its role; "storyByline" as "story-byline"."""
    called = " ".join(
        element.get(key) or "" for key in ("class", "id", "role", "itemprop", "rel", "data-testid", "data-component")
    )
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", called).replace("_", "-").lower()


def _is_out(element: Any) -> bool:
    """Whether an element, or one around it, is left out."""
    return any(_left_out(one) for one in (element, *element.iterancestors()))


def _left_out(element: Any) -> bool:
    if element.tag in _furniture()["left_out"] or element.get("hidden") is not None:
        return True
    if re.search(r"display:\s*none|visibility:\s*hidden", element.get("style") or ""):
        return True
    return (
        element.tag not in ("html", "body", "article", "main")
        and _names("out_names").search(_called(element)) is not None
    )


def _hide_names(root: Any) -> None:
    """Let what holds most of the page's words be called nothing: "with-sidebar", "paywall", a form around it all."""
    held: Counter[Any] = Counter()
    for element in root.iter():
        words = _good_words_of(element)
        if words and not any(_names("others").search(_called(one)) for one in (element, *element.iterancestors())):
            held[root] += words
            held.update({one: words for one in (element, *element.iterancestors()) if one is not root})
    for element, words in held.items():
        if element.tag not in ("p", "td", "tr", "table", "tbody", *HEADINGS) and words >= held[root] / 2:
            for key in ("class", "id", "data-testid", "data-component", "style", "hidden"):
                element.attrib.pop(key, None)
            if element.tag not in ("html", "body", "main", "article", "section"):
                element.tag = "div"


def _clean(root: Any, headline: Any) -> None:
    """Take out what is no text of the article, but nothing that holds the headline."""
    keep = {headline, *headline.iterancestors()} if headline is not None else set()
    for element in list(root.iter()):
        page_edge = element.tag in ("header", "footer") and next(element.iterancestors("article", "main"), None) is None
        if element not in keep and element.getparent() is not None and (_left_out(element) or page_edge):
            _drop(element)


def _drop(element: Any) -> None:
    """Take an element out, and leave the text that follows it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _article(root: Any, headline: Any) -> Any:
    """The smallest element that has nearly all good paragraphs of the page, and its headline."""
    whole = _good_words(root)
    around = set(headline.iterancestors()) if headline is not None else set()
    candidates = [root, *(one for one in root.xpath(ARTICLES) if headline is None or one in around)]
    enough = [one for one in candidates if whole and _good_words(one) >= ENOUGH * whole]
    return min(enough or [root], key=lambda one: len("".join(one.itertext())))


def _good_words(element: Any) -> int:
    """The words in paragraphs that are long and no link."""
    return sum(_good_words_of(one) for one in element.iter())


def _good_words_of(element: Any) -> int:
    """Those of one paragraph, or of text that stands in a box without one."""
    if element.tag == "p":
        text = "".join(element.itertext())
    elif element.tag in ("div", "td", "section", "article", "body"):
        text = " ".join([element.text or "", *(child.tail or "" for child in element)])
    else:
        return 0
    words = len(text.split())
    return words if words >= LONG and _share_of_links(element) < 0.5 else 0


def _share_of_links(element: Any) -> float:
    words = len("".join(element.itertext()).split())
    return sum(len("".join(a.itertext()).split()) for a in element.iter("a")) / words if words else 0.0


def _blocks(element: Any, headline: Any, kind: str, depth: int) -> Iterator[Block]:
    """The blocks of an element in text order. ``kind`` is that of what stands around it."""
    if element is headline:
        yield Block("".join(element.itertext()), "headline")
        return
    kind = kind or _kind(element)
    run: list[str] = [element.text or ""]
    for child in element if depth < DEEPEST else ():
        if child.tag == "br":
            run.append(SPLIT)
        elif _is_inline(child) and (kind or not _kind(child)):
            run.append(_inline_text(child))
        else:
            yield from _paragraphs(run, element, kind)
            run = []
            if child.tag == "tr":
                yield from _row(child, headline, kind, depth + 1)
            else:
                yield from _blocks(child, headline, kind, depth + 1)
        run.append(child.tail or "")
    yield from _paragraphs(run, element, kind)


def _is_inline(element: Any) -> bool:
    return element.tag in INLINE and all(inner.tag in INLINE or inner.tag == "br" for inner in element.iter())


def _inline_text(element: Any) -> str:
    for line_break in element.iter("br"):
        line_break.text = SPLIT
    return "".join(element.itertext())


def _paragraphs(run: list[str], element: Any, kind: str) -> Iterator[Block]:
    """Text between two blocks: two breaks of a line make a new paragraph; one does so outside a paragraph."""
    text = re.sub(rf"{SPLIT}\s*{SPLIT}[\s{SPLIT}]*", "\v", "".join(run)).replace(
        SPLIT, "\n" if element.tag == "p" else "\v"
    )
    for paragraph in text.split("\v"):
        text = one_line(paragraph)
        if text:
            is_link = not kind and _share_of_links(element) > 0.6 and len(text.split()) < 25
            yield Block(text, kind or ("boilerplate" if is_link else "byline" if BY.fullmatch(text) else ""))


def _row(row: Any, headline: Any, kind: str, depth: int) -> Iterator[Block]:
    """A row of a table: with three cells or more a row of figures, else a way to lay out paragraphs."""
    cells = [one_line("".join(cell.itertext())) for cell in row.iter("td", "th")]
    if len(cells) > 2 and all(len(cell.split()) < 3 * LONG for cell in cells):
        yield Block(" | ".join(cell for cell in cells if cell), kind or "table-row")
        return
    for cell in row.iter("td", "th"):
        if next(cell.iterancestors("tr")) is row:
            yield from _blocks(cell, headline, kind, depth)


def _kind(element: Any) -> str:
    """What an element says of itself by its tag and its names."""
    if element.tag == "figcaption":
        return "caption"
    if element.tag in ("aside", "footer") and not _names("pull-quote").search(_called(element)):
        return "boilerplate"
    if element.tag in ("body", "main", "article", "html"):
        return ""
    called = _called(element)
    if not called:
        return "date" if element.tag == "time" and len("".join(element.itertext()).split()) > 1 else ""
    few = len("".join(element.itertext()).split()) <= 3 * LONG  # a box that is called "author" may hold the article
    if _names("added_names").search(called):
        return "boilerplate"
    for kind in _furniture()["kinds"]:
        if _names(kind).search(called) and (few or kind in ("caption", "pull-quote")) and element.tag not in HEADINGS:
            return str(kind)
    return ""


def _without_wall(block: Block) -> Block:
    """A short paragraph that speaks to its reader of cookies, subscribing and the like is the page's own."""
    few = not block.kind and len(block.text.split()) < 60
    is_wall = few and len(WALL.findall(block.text)) >= 2 and TO_READERS.search(block.text)
    return Block(block.text, "boilerplate") if is_wall else block
