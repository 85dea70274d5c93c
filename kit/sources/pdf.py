"""PDF: where each line stands on the page is known, what is a paragraph is not. Needs the extra ``sources``."""

from __future__ import annotations

import logging
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any

from kit.errors import KitError
from kit.extras import need
from kit.sources.page import Block, Page

MOST_PAGES = 60
MOST_OBJECTS = 1_000_000  # that are looked up; sixty pages need some ten thousand
ENDS = re.compile(r"[.!?:…][\"'”’»)\]]*\Z")
NUMBER = re.compile(r"(?:page |p\. ?)?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?", re.IGNORECASE)


@dataclass
class Line:
    """A line of print: its words, where it begins and ends across the page, how high it stands, how large it is."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    page: int
    column: int


def read(data: bytes, where: str) -> Page:
    """The page of a PDF. `KitError` for one with a password, without text (scanned), damaged, or far too long."""
    need("sources")
    lines = list(_lines(data, where))
    if not any(line.text for line in lines):
        raise KitError(
            f"{where} has no text, only pictures: it was scanned. Look for the article as a web page or as text."
        )
    running = _running(lines)
    usual = statistics.median_low(line.size for line in lines for _ in line.text.split())
    kept = [line for line in lines if line.text not in running and not NUMBER.fullmatch(line.text)]
    paragraphs = list(_paragraphs(kept))
    largest = max((p[0].size for p in paragraphs if p[0].page == lines[0].page), default=usual)
    hyphenated = set(re.findall(r"\w+-\w+", " ".join(line.text for line in kept)))
    blocks: list[Block] = []
    headed = False
    for paragraph in paragraphs:
        is_headline = not headed and largest > usual * 1.15 and paragraph[0].size > largest * 0.97
        headed = headed or is_headline
        small = paragraph[0].size < usual * 0.9
        text = _joined(paragraph, hyphenated)
        blocks.append(Block(text, "headline" if is_headline else "caption" if small and len(text.split()) > 4 else ""))
    return Page(blocks)


def _lines(data: bytes, where: str) -> Iterator[Line]:
    """All lines, in reading order: pdfminer.six finds the columns."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams, LTChar, LTTextBox, LTTextLine
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    class Document(PDFDocument):
        """A damaged file's objects may lead to each other in a circle, which pdfminer.six would follow for ever."""

        looked_up = 0

        def getobj(self, objid: int) -> object:
            self.looked_up += 1
            if self.looked_up > MOST_OBJECTS:
                raise ValueError("a circle of objects")
            return super().getobj(objid)

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # faults of files that nobody here can mend
    column = 0
    try:
        resources = PDFResourceManager()
        device = PDFPageAggregator(resources, laparams=LAParams())
        interpreter = PDFPageInterpreter(resources, device)
        for number, page in enumerate(PDFPage.create_pages(Document(PDFParser(BytesIO(data))))):
            if number >= MOST_PAGES:
                raise KitError(f"{where} has more than {MOST_PAGES} pages. Print the article's own pages into a PDF.")
            interpreter.process_page(page)
            for box in device.get_result():
                column += 1
                for line in box if isinstance(box, LTTextBox) else ():
                    text = " ".join(line.get_text().replace("\0", "").split())
                    sizes = [char.size for char in line if isinstance(char, LTChar)]
                    if text and sizes and isinstance(line, LTTextLine):
                        size = round(statistics.median(sizes), 1)
                        yield Line(text, line.x0, line.x1, line.y1, line.y0, size, number, column)
    except KitError:
        raise
    except PDFPasswordIncorrect:
        raise KitError(f"{where} is locked with a password. Open it, print it into a new PDF, and use that.") from None
    except Exception:  # Damaged files raise whatever they meet: there are thousands of ways to break a PDF.
        raise KitError(f"{where} is damaged and can't be read. Download or print it again.") from None


def _running(lines: list[Line]) -> set[str]:
    """What stands on most pages: heads and feet."""
    pages = len({line.page for line in lines})
    on = Counter(text for text, _ in {(line.text, line.page) for line in lines})
    return {text for text, count in on.items() if pages > 1 and count > max(1, pages / 2)}


def _paragraphs(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines that go on are joined. A gap, an indent, another size, a short last line: another paragraph begins."""
    edges: dict[int, tuple[float, float]] = {}
    for line in lines:
        left, right = edges.get(line.column, (line.left, line.right))
        edges[line.column] = min(left, line.left), max(right, line.right)
    gaps = [one.bottom - two.top for one, two in pairwise(lines) if one.column == two.column]
    usual_gap = statistics.median_low(gaps) if gaps else 0.0
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and not _goes_on(paragraph[-1], line, paragraph, edges, usual_gap):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _goes_on(last: Line, line: Line, paragraph: list[Line], edges: Any, usual_gap: float) -> bool:
    if abs(last.size - line.size) > 0.6:
        return False
    left, right = edges[last.column]
    ended = ENDS.search(last.text) is not None
    full = last.right > right - 0.12 * (right - left)  # nearly as wide as its column
    if last.column == line.column:
        gap = last.bottom - line.top
        indented = line.left > edges[line.column][0] + line.size * 0.6 and last.left < line.left - line.size * 0.6
        return gap <= usual_gap + line.size * 0.35 and not indented and (full or not ended)
    # The next column or page: only a sentence that is not at its end goes on there.
    return not ended and (full or line.text[0].islower()) and not line.text[0].isdigit()


def _joined(paragraph: list[Line], hyphenated: set[str]) -> str:
    """The words of a paragraph; one that was divided at a line's end is whole again."""
    text = ""
    for line in paragraph:
        divided = re.search(r"(\w+)[-\xad\u2010]\Z", text)
        rest = re.match(r"[a-zà-ÿ]+", line.text)
        if divided and rest:
            text = text if f"{divided[1]}-{rest[0]}" in hyphenated else text[:-1]
            text += line.text
        elif divided and text.endswith("-"):
            text += line.text
        else:
            text = f"{text} {line.text}" if text else line.text
    return text
