"""Mail (EML), and pages that a browser saved as one file (MHTML): both are parts, packed as e-mail is."""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import cast

from kit.errors import KitError
from kit.sources import html, plain
from kit.sources.page import Block, Page
from kit.text.layout import paragraphs

SHORT_SUBJECT = re.compile(r"\A(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)
FORWARDED = re.compile(
    r"-{3,}.*-{3,}|(?:From|Sent|Date|To|Cc|Subject|Reply-To): .*|Begin forwarded message:", re.IGNORECASE
)


def read_eml(data: bytes, where: str) -> Page:
    """The page of a mail: its subject is the headline. Attachments are not opened."""
    mail = _parsed(data)
    body = mail.get_body(("plain", "html"))
    if body is None:
        raise KitError(f"{where} is a mail without text. Use what is attached to it, or copy the article.")
    content = _bytes_of(cast(EmailMessage, body))
    charset = body.get_content_charset()
    meta = {key: str(mail[key]) for key in ("from", "date") if mail[key]}
    subject = SHORT_SUBJECT.sub("", str(mail["subject"] or ""))
    if body.get_content_type() == "text/html":
        page = html.read(content, where, charset)
        meta, blocks = page.meta | meta, page.blocks
    else:
        text, _, signature = _text(content, charset, where).replace("\r\n", "\n").partition("\n-- \n")
        blocks = [_block(text) for text in _paragraphs(text)]
        blocks += [Block(text, "boilerplate") for text in _paragraphs(signature)]
    if subject and all(block.kind != "headline" for block in blocks):
        blocks = [Block(subject, "headline"), *(block for block in blocks if block.text != subject)]
    return Page(blocks, {"title": subject, **meta})


def read_mhtml(data: bytes, where: str) -> Page:
    """The page of a saved page: its first part of HTML. Pictures, styles and scripts stay packed."""
    mail = _parsed(data)
    for part in mail.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = html.read(_bytes_of(part), where, part.get_content_charset())
            address = str(mail["snapshot-content-location"] or part["content-location"] or "")
            return Page(page.blocks, page.meta | ({"address": address} if address else {}))
    raise KitError(f"{where} has no page in it. Save the page again, or copy its text.")


def _parsed(data: bytes) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(data)


def _bytes_of(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(content: bytes, charset: str | None, where: str) -> str:
    """A part's text; what a mail says of its encoding may be wrong."""
    try:
        return content.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return plain.decode(content, where)


def _paragraphs(text: str) -> list[str]:
    text = re.sub(r"^(?:> ?)+", "", text, flags=re.MULTILINE)
    return [text[start:end] for start, end in paragraphs(text)]


def _block(text: str) -> Block:
    return Block(text, "boilerplate" if FORWARDED.fullmatch(text) else "")
