"""Text in whichever encoding, and Markdown. Nothing needs to be installed for it."""

from __future__ import annotations

import codecs
import re
from itertools import takewhile

from kit.errors import KitError
from kit.sources.page import Block, Page

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What stands in an English article that an old Windows program saved: quotation marks, dashes, letters of names.
WESTERN = re.compile(r"[\x00-\x7f‘’“”‚„–—…•€£¥§°©®™«»¡¿·½¼¾²³×ß\xa0\xadÀ-ÖØ-öø-ÿŒœŠšŽžŸ]*")
OTHERS = ("cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258")
LETTERS_APART = re.compile(r"[A-ZÀ-Þ][a-z]*[À-ÞŠŽŒ]{2}|[à-ÿ]{4}|[À-Þ]{4}|\w[«»¿¡©®]\w")  # "Ãëàâà": another code page

FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
FIELD = re.compile(r"""^(\w+):[ \t]*["']?(.*?)["']?[ \t]*$""", re.MULTILINE)
MARKDOWN = re.compile(
    r"\A---[ \t]*\n|^#{1,6} |^> |^!\[|\]\([^)\s]+[^)]*\)|^(?:===+|---+)\s*$"
    r"|(?<!\w)(\*\*|__|[*_`])(?=\S)[^\n]+?(?<=\S)\1(?!\w)",
    re.MULTILINE,
)
INLINE = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"(?<!\w)(\*\*\*|\*\*|__|\*|_|`)(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL), r"\2"),
    (re.compile(r"</?[a-z]+[^>]*>"), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)


def decode(data: bytes, where: str) -> str:
    """Bytes of text, in UTF-8, UTF-16 or a code page of Windows. `KitError` where none of them fits.

    >>> decode("“It’s late,” she said.".encode("cp1252"), "mail.txt")
    '“It’s late,” she said.'
    """
    text = _decoded(data, where)
    if not text.strip("\ufeff \t\r\n\0"):
        raise KitError(f"{where} is empty. Put the article's text into it.")
    if re.search(r"[\0-\x08\x0e-\x1a\x1c-\x1f]", text):
        raise KitError(f"{where} is not plain text. Save the article as plain text (.txt, UTF-8) and use that.")
    return text


def _decoded(data: bytes, where: str) -> str:
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "")
    if not encoding and b"\0" in data:
        encoding = "utf-16-le" if data[1::2].count(0) > data[0::2].count(0) else "utf-16-be"
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    broken = (
        f"{where}, line {line}, is in an encoding that the kit doesn't know. Save it again with the encoding UTF-8."
    )
    if encoding:
        raise KitError(broken)
    halves = data.decode("utf-8", "surrogateescape")
    if re.search(r"[\x80-\ud7ff\ue000-\U0010ffff]", halves):
        raise KitError(f"{where} mixes two encodings (line {line}). Save it again with the encoding UTF-8.")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if text and WESTERN.fullmatch(text) and not LETTERS_APART.search(text):
        return text
    return _other_code_page(data, broken)


def _other_code_page(data: bytes, broken: str) -> str:
    """A code page of other alphabets, if the library that can tell them apart is installed."""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        raise KitError(broken) from None
    best = from_bytes(data, cp_isolation=[*OTHERS, "cp1252"]).best()
    letters = re.findall(r"[^\W\d_]", str(best or ""))
    if sum(letter > "\x7f" for letter in letters) <= len(letters) / 20:  # in English text: a guess at single bytes
        raise KitError(broken)
    return str(best)


def is_markdown(text: str) -> bool:
    """Whether there is anything to take off; a text without marks stays exactly as it is."""
    return not text.lstrip("\ufeff").startswith("+++") and MARKDOWN.search(text) is not None


def markdown(text: str) -> Page:
    """The blocks of Markdown: headings, paragraphs, items of lists, quotations, pictures' captions.

    >>> markdown("# Pier to close\\n\\nIt *may* rot,\\nsays [a diver](https://example.org).").blocks
    [Block(text='Pier to close', kind='headline'), Block(text='It may rot,\\nsays a diver.', kind='')]
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = FRONT.match(text)
    meta = dict(FIELD.findall(front[1])) if front else {}
    blocks: list[Block] = []
    for chunk in re.split(r"\n[ \t]*\n", text[front.end() :] if front else text):
        blocks += _blocks_of(chunk.strip("\n"))
    if blocks and meta.get("title") and all(block.kind != "headline" for block in blocks):
        blocks.insert(0, Block(meta["title"], "headline"))
    return Page(blocks, {key: value for key, value in meta.items() if value})


def _blocks_of(chunk: str) -> list[Block]:
    """What stands between two empty lines: lines of one paragraph, but for headings, items and rules."""
    found: list[list[str]] = []
    for line in chunk.split("\n"):
        if re.fullmatch(r"\s*(?:(?:```|~~~).*|[|:\s-]*\|[|:\s-]*)", line):  # the frame of code, of a table
            continue
        if re.fullmatch(r"\s*([-*_=]\s*){3,}", line):
            if found and re.match(r"\s*[=-]+\s*\Z", line):  # underlined: a heading
                found[-1] = ["# " if "=" in line else "## ", *found[-1]]
            found.append([])
        elif (
            re.match(r"\s*(#{1,6} |[-*+] |\d+[.)] |!\[|\|)", line)
            or not found
            or not found[-1]
            or found[-1][0].startswith(("#", "![", "|"))
        ):
            found.append([line])
        else:
            found[-1].append(line)
    return [_block("\n".join(lines)) for lines in found if lines]


def _block(text: str) -> Block:
    level = len("".join(takewhile("#".__eq__, text.lstrip())))
    image = re.fullmatch(r"\s*!\[[^\]]*\]\([^)]*\)\s*", text)
    text = re.sub(r"^\s*(?:#{1,6}\s+|(?:> ?)+|[-*+] |\d+[.)] )?", "", text, flags=re.MULTILINE)
    text = re.sub(r"\s+#+\s*\Z", "", text)
    for pattern, instead in INLINE:
        text = pattern.sub(instead, text)
    if text.startswith("|"):
        return Block(" | ".join(cell.strip() for cell in text.strip("| ").split("|")), "table-row")
    return Block(text, "headline" if level == 1 else "caption" if image else "")
