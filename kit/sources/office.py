"""Files of word processors: DOCX and ODT are XML in a zip, RTF is text with marks. Macros and pictures stay unread."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from kit.errors import KitError
from kit.extras import need
from kit.sources.page import Block, Page

LARGEST = 30_000_000  # bytes of a file's text, unpacked; a long book in Word has a third
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

# What the styles of a paragraph are called, without case and spaces, and what they say of it.
STYLES = {
    "title": "headline",
    "heading1": "headline",
    "heading_20_1": "headline",
    "caption": "caption",
    "illustration": "caption",
    "figure": "caption",
    "drawing": "caption",
}
WORD_BREAKS = {f"{WORD}tab": " ", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}
ODT_BREAKS = {f"{TEXT}s": " ", f"{TEXT}tab": " ", f"{TEXT}line-break": "\n"}
# Not in the text as it is read: what was deleted, notes in the margin and below the page.
WORD_APART = {f"{WORD}del", f"{WORD}moveFrom", f"{WORD}instrText", FALLBACK}
ODT_APART = {f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}note", f"{OFFICE}forms", f"{TEXT}sequence-decls"}

APART = WORD_APART | ODT_APART
BREAKS = WORD_BREAKS | ODT_BREAKS
PARAGRAPHS = {f"{WORD}p", f"{TEXT}p", f"{TEXT}h"}


def read_docx(data: bytes, where: str) -> Page:
    """The page of a file of Word."""
    body = _xml(data, "word/document.xml", where).find(f"{WORD}body")
    blocks: list[Block] = []
    for element in _outer(body, f"{WORD}tbl", f"{WORD}p", WORD_APART) if body is not None else ():
        if element.tag == f"{WORD}tbl":
            rows = ([_words(cell) for cell in row.iter(f"{WORD}tc")] for row in element.iter(f"{WORD}tr"))
            blocks += _table(rows)
        else:
            style = element.find(f"{WORD}pPr/{WORD}pStyle")
            name = "" if style is None else style.get(f"{WORD}val", "")
            blocks.append(Block(_words(element), _kind(name)))
    return Page(_one_headline(blocks))


def read_odt(data: bytes, where: str) -> Page:
    """The page of a file of LibreOffice or OpenOffice."""
    root = _xml(data, "content.xml", where)
    parents = {
        style.get(f"{STYLE}name", ""): style.get(f"{STYLE}parent-style-name", "")
        for style in root.iter(f"{STYLE}style")
    }
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    blocks: list[Block] = []
    for element in _outer(body, f"{TABLE}table", f"{TEXT}p", ODT_APART, f"{TEXT}h") if body is not None else ():
        if element.tag == f"{TABLE}table":
            rows = (
                [_words(cell) for cell in row.iter(f"{TABLE}table-cell")] for row in element.iter(f"{TABLE}table-row")
            )
            blocks += _table(rows)
        else:
            name = element.get(f"{TEXT}style-name", "")
            heading = element.tag == f"{TEXT}h" and element.get(f"{TEXT}outline-level", "1") == "1"
            blocks.append(Block(_words(element), "headline" if heading else _kind(parents.get(name) or name)))
    return Page(_one_headline(blocks))


def read_rtf(data: bytes, where: str) -> Page:
    """The page of a file in Rich Text Format. Needs the extra ``sources``."""
    need("sources")
    from striprtf.striprtf import rtf_to_text

    try:
        text = rtf_to_text(data.decode("cp1252", "replace"), errors="ignore")
    except (UnicodeError, ValueError, IndexError, LookupError):
        raise _broken(where) from None
    return Page([Block(line) for line in text.splitlines() if line.strip()])


def _xml(data: bytes, member: str, where: str) -> ElementTree.Element:
    """One file of the zip, parsed. No more is unpacked than may be, whatever the zip says of its size."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            if any(info.flag_bits & 1 for info in packed.infolist()) or "EncryptionInfo" in packed.namelist():
                raise KitError(f"{where} is locked with a password. Open it, save it without one, and use that.")
            with packed.open(member) as file:
                content = file.read(LARGEST + 1)
    except KitError:
        raise
    except Exception:  # A damaged zip raises whatever it meets; zlib and lzma have errors of their own.
        raise _broken(where) from None
    if len(content) > LARGEST:
        raise KitError(
            f"{where} unpacks to far more than an article has. Copy the article into a new file and use that."
        )
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:  # no word processor writes them; bombs are made of them
        raise _broken(where)
    try:
        return ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError):
        if b"encryption-data" in content:
            raise KitError(f"{where} is locked with a password. Open it, save it without one, and use that.") from None
        raise _broken(where) from None


def _broken(where: str) -> KitError:
    return KitError(f"{where} is damaged and can't be read. Open it in the program that made it and save it again.")


def _outer(
    root: ElementTree.Element, table: str, paragraph: str, apart: set[str], *more: str
) -> Iterator[ElementTree.Element]:
    """Paragraphs and whole tables, in text order; a text box stands after the paragraph that holds it."""
    waiting = list(reversed(root))
    while waiting:
        element = waiting.pop()
        if element.tag in apart:
            continue
        if element.tag in (table, paragraph, *more):
            yield element
        if element.tag == table:
            continue
        waiting.extend(reversed(element))


def _words(element: ElementTree.Element) -> str:
    """A paragraph's own words, without those of text boxes inside it; the paragraphs of a cell with a space between."""
    pieces: list[str] = []

    def collect(here: ElementTree.Element) -> None:
        word = here.tag.startswith(WORD)
        for child in here:
            if child.tag in APART:
                pass
            elif child.tag in PARAGRAPHS:
                if element.tag not in PARAGRAPHS:
                    pieces.append(" ")
                    collect_all(child)
            elif child.tag in BREAKS:
                pieces.append(BREAKS[child.tag])
            else:
                collect_all(child)
            if not word and child.tail:
                pieces.append(child.tail)

    def collect_all(here: ElementTree.Element) -> None:
        if here.text and (here.tag == f"{WORD}t" or here.tag.startswith(TEXT)):
            pieces.append(here.text)
        collect(here)

    collect_all(element)
    return "".join(pieces)


def _table(rows: Iterator[list[str]]) -> list[Block]:
    """A row a block. A table of one or two columns is mostly layout: its cells are paragraphs."""
    blocks: list[Block] = []
    for row in rows:
        cells = [cell.strip() for cell in row if cell.strip()]
        blocks += [Block(" | ".join(cells), "table-row")] if len(cells) > 2 else [Block(cell) for cell in cells]
    return blocks


def _kind(style: str) -> str:
    return STYLES.get(re.sub(r"[\s-]", "", style).lower(), "")


def _one_headline(blocks: list[Block]) -> list[Block]:
    """Only the first is the headline; later headings of the same rank are in the body."""
    first = next((block for block in blocks if block.kind == "headline" and block.text.strip()), None)
    return [block if block is first or block.kind != "headline" else Block(block.text, "body") for block in blocks]
