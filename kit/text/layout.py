"""What a page is made of: headline, captions, credits, boilerplate, and the article's body.

Pages that were scraped or pasted hold more than the article. Nothing is deleted; each paragraph is told apart by
a few readable rules, and analysers read the headline and the body only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kit.resources import read_toml
from kit.text.spans import Span

LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’»)\]]*\Z")
CREDIT = re.compile(
    # "Jane Doe/AGENCY/dpa": names in capitals, joined by slashes, at the end of a caption
    r"(?:(?<=[.!?] )|\A)[A-Z][\w.'’-]*(?: [\w.'’-]+){0,4}(?:/[A-Z]?[\w.'’-]+(?: [A-Z][\w.'’-]*){0,3})+\Z"
    r"|(?:(?<=[.!?] )|\A)\(?(?:Photo|Image|Picture|Credit|Photograph)(?: by)?: [^.]{2,80}\)?\Z"
)
WRAP_WIDTH = 100
SHORTEST_CAPTION = 60  # characters, where there is no credit


@dataclass(frozen=True)
class Part:
    """One block of a page. ``kind``: headline, caption, credit, boilerplate or body."""

    start: int
    end: int
    kind: str


@cache
def _boilerplate() -> re.Pattern[str]:
    """Lines that pages add around an article, from lexicons/boilerplate.toml."""
    lines = (re.escape(line).replace(r"\*", ".*") for line in read_toml("boilerplate")["lines"])
    return re.compile(rf"[•·*▪\-–\s]*(?:{'|'.join(lines)})[.!\s]*", re.IGNORECASE)


def paragraphs(text: str) -> Iterator[Span]:
    """The paragraphs of a text, without the white space around them.

    A line is a paragraph, unless lines were wrapped by hand at a fixed width: those are joined.
    """
    block: list[Span] = []
    for match in LINE.finditer(text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        span = Span(start, start + len(line.strip()))
        breaks = block and re.search(r"\n\s*\n|\r\s*\r|\n\r\n", text[block[-1].end : span.start])
        if span.start == span.end:
            continue
        if breaks:
            yield from _unwrap(block, text)
            block = []
        block.append(span)
    yield from _unwrap(block, text)


def _unwrap(lines: list[Span], text: str) -> Iterator[Span]:
    """The lines of one block, joined where they are one hand-wrapped paragraph."""
    if len(lines) > 1:
        full_lines = lines[:-1]
        widths = [line.end - line.start for line in full_lines]
        even = max(widths) <= WRAP_WIDTH and min(widths) >= max(widths) - 20 and min(widths) > 40
        going_on = [line for line in full_lines if not ENDS_SENTENCE.search(line.of(text))]
        if even and len(going_on) * 2 >= len(full_lines):
            yield Span(lines[0].start, lines[-1].end)
            return
    yield from lines


def find_parts(text: str) -> tuple[Part, ...]:
    """Tell the parts of a page apart. Total: any string gives a tuple, in text order.

    >>> page = "Storm nears coast\\n\\nA street in Port Vorn. Ana Lima/AFP/dpa\\n\\nThe storm may turn, officials say."
    >>> [(part.kind, page[part.start:part.end][:12]) for part in find_parts(page)]
    [('headline', 'Storm nears '), ('caption', 'A street in '), ('credit', 'Ana Lima/AFP'), ('body', 'The storm ma')]
    """
    spans = list(paragraphs(text))
    parts: list[Part] = []
    before_body = True
    for index, span in enumerate(spans):
        line = span.of(text)
        credit = CREDIT.search(line)
        if _boilerplate().fullmatch(line):
            parts.append(Part(*span, "boilerplate"))
        elif credit and credit.start() == 0:
            parts.append(Part(*span, "credit"))
        elif credit or (before_body and _shown_twice(index, spans, text)):
            parts.append(Part(*span, "caption"))
            if credit:
                parts.append(Part(span.start + credit.start(), span.end, "credit"))
        elif index == 0 and len(spans) > 1 and _is_headline(line):
            parts.append(Part(*span, "headline"))
        else:
            before_body = False
            parts.append(Part(*span, "body"))
    return tuple(parts)


def _shown_twice(index: int, spans: list[Span], text: str) -> bool:
    """A long paragraph that stands there exactly twice in a row, as the captions of slide shows do."""
    line = spans[index].of(text)
    near = [span.of(text) for span in spans[max(0, index - 2) : index + 3]]
    return len(line) > SHORTEST_CAPTION and near.count(line) == 2


def _is_headline(line: str) -> bool:
    """A short first line that isn't a sentence of its own: no full stop, no more than 30 words."""
    return len(line.split()) <= 30 and not re.search(r"[.:;,][\"'”’]?\Z", line)
