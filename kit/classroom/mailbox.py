"""Mails that students sent: each one's text, where a code may stand, and the files that are attached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import NamedTuple

NEXT = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]*\r?\n")  # where the next mail of a mailbox begins


class Sent(NamedTuple):
    """Something that was sent: who sent it, its name ("" for the text of the mail), and what it holds."""

    sender: str
    name: str
    data: bytes


def sent_in(data: bytes) -> Iterator[Sent]:
    """What the mails in a mailbox (mbox), or a mail of its own (eml), hold.

    >>> mail = b"From: Amira Khan <amira@school.example>\\r\\n\\r\\nhere it is"
    >>> list(sent_in(mail))
    [Sent(sender='Amira Khan', name='', data=b'here it is')]
    """
    for one in NEXT.split(data):
        if one.strip():
            yield from _parts(message_from_bytes(one))


def _parts(mail: Message) -> Iterator[Sent]:
    name, address = parseaddr(_header(mail, "From"))
    texts: dict[str, list[bytes]] = {"plain": [], "html": []}
    for part in mail.walk():
        held = part.get_payload(decode=True)
        if not isinstance(held, bytes):
            continue
        if attached := part.get_filename():
            yield Sent(name or address, str(attached), held)
        elif part.get_content_maintype() == "text":
            texts.setdefault(part.get_content_subtype(), []).append(held)
    yield Sent(name or address, "", b"\n".join(texts["plain"] or texts["html"]))  # often the same twice


def _header(mail: Message, name: str) -> str:
    try:
        return str(make_header(decode_header(str(mail.get(name, "")))))
    except (ValueError, LookupError, UnicodeError):  # an encoding that nobody knows
        return str(mail.get(name, ""))
