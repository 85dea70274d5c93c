"""What a page is made of: headline, byline, captions, credits, boilerplate, and the article's body.

Pages that were scraped or pasted hold more than the article. Nothing is deleted; each paragraph is told apart by
a few readable rules, and analysers read the headline and the body only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kit.resources import read_toml
from kit.text.spans import Span

LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’»)\]]*\Z")
CREDIT = re.compile(
    # "Jane Doe/AGENCY/dpa": names in capitals, joined by slashes, at the end of a caption
    r"(?:(?<=[.!?] )|\A)[A-Z][\w.'’-]*(?: [\w.'’-]+){0,4}(?:/[A-Z]?[\w.'’-]+(?: [A-Z][\w.'’-]*){0,3})+\Z"
    r"|(?:(?<=[.!?] )|\A)\(?(?:Photo|Image|Picture|Credit|Photograph)(?: by)?: [^.]{2,80}\)?\Z"
    r"|\A(?:Image|Photo|Picture|Video) (?:source|credit)s?[,:] .{2,80}\Z"
)
CAPTION = re.compile(r"(?:Image|Media|Photo|Picture|Video) caption[,:](?P<words>.*)")
BYLINE = re.compile(r"(?:(?:words|text|written|story|reported) )?by (?P<names>.+)", re.IGNORECASE)
SIGN_OFF = re.compile(
    r"\(?(?P<names>(?:Additional )?(?:Reporting|Writing|Editing|Compiled|Edited|Written|Graphics?|Produced) "
    r"(?:in [A-Z].*)?by .+)",
    re.IGNORECASE,
)
AMONG_NAMES = frozenset(
    ("and", "in", "by", "at", "for", "of", "from", "the", "with", "editing", "writing", "reporting", "additional", "&")
)
JOB = re.compile(
    r"(?:[A-Z][\w'’-]*,? ){0,6}(?:Reporter|Correspondent|Editor|Writer|Columnist|Journalist|Contributor|Photographer)"
)
NAME = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w.'’-]*){1,2}")
NAME_AND_PLACE = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w.'’-]*){1,3} in [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?")
MAIL = re.compile(r"\S+@\S+\.\w+|@\w+")
CLOCK_OR_DATE = re.compile(r"\d{1,2}[:.]\d\d|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}")
CRUMBS = re.compile(r"[^.!?>›»|]{1,40}(?:[>›»|][^.!?>›»|]{1,40})+")  # "Home > News > Local"
SAYS = re.compile(r"\b(?:say|says|said|told|tells|add|adds|added|asks?|asked|wrote|writes|warn|warns|warned)\b")
WRAP_WIDTH = 100
SHORTEST_CAPTION = 60  # characters, where there is no credit
LONGEST_HEADLINE = 30  # words
LONGEST_BYLINE = 20  # words
LONGEST_PLACE = 5  # words: "Herald, Lorne" below a byline
LONGEST_DATE = 80  # characters
LONGEST_KICKER = 2  # words: "News", "Live blog"
CELLS, LONGEST_CELL = 3, 200  # so many, with tabs, bars or gaps between, make a row of a table; characters


@dataclass(frozen=True)
class Part:
    """One block of a page. ``kind``: headline, byline, date, caption, credit, table-row, boilerplate or body; of a web
    page also pull-quote, words of the article that it repeats."""

    start: int
    end: int
    kind: str


@cache
def _boilerplate() -> re.Pattern[str]:
    """Lines that pages add around an article, from lexicons/boilerplate.toml."""
    lines = (re.escape(line).replace(r"\*", ".*") for line in read_toml("boilerplate")["lines"])
    return re.compile(rf"[•·*▪\-–\s]*+(?:{'|'.join(lines)})[.!\s]*", re.IGNORECASE)


@cache
def _date_words() -> tuple[frozenset[str], frozenset[str]]:
    """The words that tell of a date or a reading time, and those that may stand around them."""
    words = read_toml("boilerplate")
    return frozenset(words["dates"]), frozenset(words["around_dates"])


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
        repeated = any(one.of(text) == other.of(text) for one, other in pairwise(lines))
        even = not repeated and max(widths) <= WRAP_WIDTH and min(widths) >= max(widths) - 20 and min(widths) > 40
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
    lines = [span.of(text) for span in spans]
    kinds = [_kind(line) for line in lines]
    headline = _headline(lines, kinds)
    parts: list[Part] = []
    before_body = True
    for index, (span, line, kind) in enumerate(zip(spans, lines, kinds, strict=True)):
        credit = CREDIT.search(line)
        if index == headline:
            parts.append(Part(*span, "headline"))
        elif headline is not None and (index < headline or line == lines[headline]):
            parts.append(Part(*span, kind or "boilerplate"))  # what stands above the headline, or repeats it
        elif kind:
            parts.append(Part(*span, kind))
        elif before_body and _is_byline_by_place(index, lines, kinds):
            parts.append(Part(*span, "byline"))
        elif _names_a_caption(index, lines) or credit or (before_body and _shown_twice(index, lines)):
            parts.append(Part(*span, "caption"))
            if credit:
                parts.append(Part(span.start + credit.start(), span.end, "credit"))
        else:
            before_body = False
            parts.append(Part(*span, "body"))
    return tuple(parts)


def _kind(line: str) -> str:
    """What a line is by its own words, wherever it stands; "" if they don't tell."""
    credit = CREDIT.search(line)
    if _boilerplate().fullmatch(line):
        return "boilerplate"
    if (credit and credit.start() == 0) or _is_names(SIGN_OFF.fullmatch(line)):
        return "credit"
    if caption := CAPTION.fullmatch(line):
        return "caption" if caption["words"].strip() else "boilerplate"
    if _is_date(line):
        return "date"
    if _is_names(BYLINE.fullmatch(line)) or MAIL.fullmatch(line):
        return "byline"
    cells = [cell for cell in re.split(r"\t+| \| | {3,}", line) if cell.strip()]
    if len(cells) >= CELLS and max(map(len, cells)) <= LONGEST_CELL and not ENDS_SENTENCE.search(line):
        return "table-row"
    return ""


def _is_names(found: re.Match[str] | None) -> bool:
    """Whether nothing but names, jobs and places follows: "By Ada Brandt in Lorne", not "By noon the pier was shut"."""
    return found is not None and _are_names(found["names"])


def _are_names(line: str) -> bool:
    words = re.split(r"[\s,;|/()]+", line.rstrip(" .)"))
    names = [word for word in words if word and word.lower() not in AMONG_NAMES]
    return bool(names) and len(words) <= LONGEST_BYLINE and all(word[0].isupper() for word in names)


def _is_date(line: str) -> bool:
    """A line of dates, times and their words alone: "Published 3 May 2022", "14:32 BST", "3 min read"."""
    words = set(re.findall(r"[^\W\d_]+", line.lower()))
    tell, around = _date_words()
    if len(line) > LONGEST_DATE or not re.search(r"\d", line) or not words <= tell | around:
        return False
    return bool(words & tell or CLOCK_OR_DATE.search(line))


def _is_byline_by_place(index: int, lines: list[str], kinds: list[str]) -> bool:
    """A line above the article that is a byline because of what it stands beside, or a job alone."""
    line = lines[index]
    if NAME_AND_PLACE.fullmatch(line) or JOB.fullmatch(line):
        return True
    below_byline = index > 0 and kinds[index - 1] == "byline"
    if below_byline and len(line.split()) <= LONGEST_PLACE and _are_names(line):
        return True
    if index + 1 == len(lines) or not NAME.fullmatch(line):
        return False
    return kinds[index + 1] == "date" or JOB.fullmatch(lines[index + 1]) is not None


def _names_a_caption(index: int, lines: list[str]) -> bool:
    """Whether the line above says that this one is a caption."""
    above = CAPTION.fullmatch(lines[index - 1]) if index else None
    return above is not None and not above["words"].strip()


def _shown_twice(index: int, lines: list[str]) -> bool:
    """A long paragraph that stands there exactly twice in a row, as the captions of slide shows do."""
    near = lines[max(0, index - 2) : index + 3]
    return len(lines[index]) > SHORTEST_CAPTION and near.count(lines[index]) == 2


def _headline(lines: list[str], kinds: list[str]) -> int | None:
    """Which line is the headline: the first that can be one and isn't a kicker or a menu; None without one."""
    could_be: list[int] = []
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind or CREDIT.search(line):
            continue
        if not _can_be_headline(line):
            break
        could_be.append(index)
    if not could_be or len(lines) == 1:
        return None
    return next((index for index in could_be if not _is_kicker(lines[index])), could_be[0])


def _is_kicker(line: str) -> bool:
    """A word or two above a headline, or the way to it through the site: "News", "Home > News > Local"."""
    return len(line.split()) <= LONGEST_KICKER or CRUMBS.fullmatch(line) is not None


def _can_be_headline(line: str) -> bool:
    """A short line that isn't a sentence of its own, though it may end in a quotation that is one."""
    if len(line.split()) > LONGEST_HEADLINE or re.search(r"[.:;,]\Z", line):
        return False
    ends_in_quotation = re.search(r"[.:;,][\"'”’]\Z", line) is not None
    return not ends_in_quotation or (line[0] not in "\"“'‘" and not SAYS.search(line))
