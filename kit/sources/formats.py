"""Which kinds of file the kit opens, which it refuses, and how each is known: by its first bytes, then its ending."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True)
class Format:
    """``kind`` is what people call it. ``reader`` is a function of this package that makes a `Page` of the file's
    bytes; "" for text and Markdown. ``begins`` is what the file begins with; no pattern where the ending alone tells.
    """

    kind: str
    reader: str
    endings: tuple[str, ...]
    begins: bytes = b"(?!)"


# In the order in which they are tried.
FORMATS = (
    Format("PDF", "pdf:read", (".pdf",), rb"[\s\S]{0,1000}?%PDF-"),
    Format("RTF", "office:read_rtf", (".rtf",), rb"\s*\{\\rtf"),
    Format("DOCX", "office:read_docx", (".docx",), rb"PK\x03\x04[\s\S]*?word/"),
    Format(
        "ODT", "office:read_odt", (".odt",), rb"PK\x03\x04[\s\S]{26}mimetypeapplication/vnd\.oasis\.opendocument\.text"
    ),
    Format(
        "MHTML",
        "mail:read_mhtml",
        (".mhtml", ".mht"),
        rb"(?i)(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*){1,20}?content-type:\s*multipart/related",
    ),
    Format(
        "e-mail", "mail:read_eml", (".eml",), rb"(?i)(?:received|return-path|delivered-to|mime-version|message-id):"
    ),
    Format(
        "HTML",
        "html:read",
        (".html", ".htm", ".xhtml"),
        rb"(?i)\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype html|html|head|body)\b",
    ),
    Format("Markdown", "", (".md", ".markdown")),
    Format("text", "", (".txt", ".text", "")),
)
MARKDOWN, PLAIN = FORMATS[-2:]
ZIPPED = ("DOCX", "ODT")

# What is often chosen by mistake: how it begins, what it is, and what to do.
REFUSED = (
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or PowerPoint file", "Save it as .docx or .txt"),
    (
        rb"(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF|BM|II\*\x00|MM\x00\*)",
        "a picture",
        "Type or copy its text into a text file",
    ),
    (rb"PK\x03\x04[\s\S]*?(?:xl|ppt)/", "a table or a set of slides", "Save its text as .docx or .txt"),
    (rb"(?:PK\x03\x04|\x1f\x8b|7z\xbc\xaf|Rar!|BZh)", "a packed file", "Unpack it and use the article in it"),
    (rb"bplist0", "a web archive of Safari", "Save the page as a page source (.html) or a PDF"),
    (rb"\s*<\?xml", "an XML file", "Copy the article into a text file (.txt)"),
)


def format_of(data: bytes, name: str) -> Format | None:
    """The format of a file by what is in it, else by its name; None for a kind that the kit doesn't open.

    >>> format_of(b"%PDF-1.7", "page.txt").kind, format_of(b"It rained.", "rain.md").kind
    ('PDF', 'Markdown')
    """
    head = bytes(data[:4000]).removeprefix(b"\xef\xbb\xbf")
    for known in FORMATS:
        if re.match(known.begins, head) and not (known.kind == "e-mail" and _ending(name) in PLAIN.endings):
            return known
    ending = _ending(name)
    by_name = next((known for known in FORMATS if ending in known.endings), None)
    binary = b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) and _nulls_are_not_utf_16(head)
    if by_name and by_name.kind in ZIPPED and head.startswith(b"PK"):
        return by_name
    if refusal(head) or binary:
        return None
    return by_name or PLAIN


def refusal(data: bytes) -> tuple[str, str] | None:
    """What a file is that the kit doesn't open, and what to do with it; None if the table doesn't know it."""
    for begins, what, todo in REFUSED:
        if re.match(begins, bytes(data[:4000])) and not (
            begins.startswith(rb"(?:\x89") and data[:2] == b"BM" and data[2:4].isalpha()
        ):
            return what, todo
    return None


def _ending(name: str) -> str:
    return PurePath(name).suffix.lower()


def _nulls_are_not_utf_16(head: bytes) -> bool:
    """UTF-16 of English without a mark at its start has a null at every second place."""
    half = len(head) // 2
    return max(head[0::2].count(0), head[1::2].count(0)) < half * 0.7
