"""Rewriting: where other words go in a text that was changed, and what the change does.

Only the new text is kept. What changed is found by comparing it with the old one, word by word, so that typing, pasting
and swapping are the same thing, and nothing can get out of step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from kit.readings.labels import FRAMING, meaning
from kit.readings.reading import Annotation, Reading
from kit.readings.voices import shown
from kit.summaries.differences import figures_said, hedges_said, speakers_said
from kit.text.article import Article
from kit.text.layout import Part
from kit.text.numbers import number_end, value_of
from kit.text.spans import Span
from kit.wording import capital, one_line, short, with_n

NAMES = ("the report", "your version")
TOKEN = re.compile(r"\w+(?:['’.,-]\w+)*|[^\w\s]")
QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
LONGEST = 80  # characters of a passage that a sentence about it repeats
NO_CHANGE = "Nothing has changed yet."


class Change(NamedTuple):
    """A stretch of the old text and what stands there in the new one; either may be empty."""

    old: Span
    new: Span


def article_of(paragraphs: Sequence[str], title: str = "") -> Article:
    """Paragraphs as an article whose parts are these paragraphs, whatever is in them."""
    parts, at = [], 0
    for paragraph in paragraphs:
        parts.append(Part(at, at + len(paragraph), "body"))
        at += len(paragraph) + 2
    return Article(id="rewriting", title=title, text="\n\n".join(paragraphs), parts=tuple(parts))


def changed(old: str, new: str, *, joined: bool = True) -> list[Change]:
    """What changed between two versions of a paragraph, in text order.

    ``joined``: changes one word apart are one, to be told of; else each is its own, and a capital or an "n" after "a",
    which `put` sees to, is none.

    >>> [(c.old.of("He was shot."), c.new.of("They shot him.")) for c in changed("He was shot.", "They shot him.")]
    [('He was shot', 'They shot him')]
    """
    one, two = list(TOKEN.finditer(old)), list(TOKEN.finditer(new))
    texts = [[token.group() for token in tokens] for tokens in (one, two)]
    if not joined:
        texts = [["a" if word.lower() == "an" else word.lower() for word in text] for text in texts]
    found: list[list[int]] = []
    for i, j, m, n in _steps(*texts):
        if joined and found and i - found[-1][1] <= 1:
            found[-1][1], found[-1][3] = j, n
        else:
            found.append([i, j, m, n])
    return [
        Change(_span(one, i, j, len(old), whole=m < n), _span(two, m, n, len(new), whole=i < j)) for i, j, m, n in found
    ]


def _steps(one: list[str], two: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where two lists of words differ, first and end in each; as many words for as many are changed one by one."""
    for kind, i, j, m, n in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if kind != "equal" and j - i == n - m:
            yield from ((at, at + 1, to, to + 1) for at, to in zip(range(i, j), range(m, n), strict=True))
        elif kind != "equal":
            yield i, j, m, n


def _span(tokens: Sequence[re.Match[str]], first: int, end: int, length: int, *, whole: bool) -> Span:
    """Tokens as a span; with the space after them, unless something stands in their place on the other side."""
    after = tokens[end].start() if end < len(tokens) else length
    if first == end:
        return Span(after, after)
    return Span(tokens[first].start(), tokens[end - 1].end() if whole else after)


def moved(span: Span, some: Sequence[Change]) -> Span:
    """Where in the new text the stretch of the old one now is: with what stands in its place, if that changed.

    >>> old, new = "Two rebels fled.", "Two armed men fled."
    >>> moved(Span(4, 10), changed(old, new)).of(new), moved(Span(11, 15), changed(old, new)).of(new)
    ('armed men', 'fled')
    """
    shift, inside = 0, []
    for change in some:
        if change.old.end <= span.start:
            shift = change.new.end - change.old.end
        elif change.old.start < span.end:
            inside.append(change)
    if not inside:
        return Span(span.start + shift, span.end + shift)
    first, last = inside[0], inside[-1]
    return Span(min(first.new.start, span.start + shift), last.new.end + max(0, span.end - last.old.end))


def put(paragraph: str, new: str, span: Span, words: str, known: Sequence[str] = ()) -> str:
    """The new version of a paragraph with other words where the old one has ``span``.

    A capital at the beginning is kept, a space or a comma too many or too few is not; "a" and "an" follow the word
    after them.
    ``known``: what may have been put there before; then what was typed beside it stays.

    >>> put("An assault began.", "An assault began.", Span(3, 10), "raid")
    'A raid began.'
    >>> put("Sadly, it rained.", "Sadly, it rained.", Span(0, 5), "")
    'It rained.'
    """
    place = moved(span, changed(paragraph, new, joined=False))
    if found := _standing(known, place.of(new)):
        place = Span(place.start + found.start(), place.start + found.end())
    before, after = new[: place.start], new[place.end :]
    first, gone = not re.search(r"\w", before), place.start == place.end
    if not words:
        return new if gone else _closed(before, after, first=first)
    if first and span.of(paragraph)[:1].isupper():
        words = capital(words)
    if gone:
        before, after = _opened(before, after, paragraph[: span.start], paragraph[span.end :], first=first)
    return _with_n(before, words) + words + after


def _with_n(before: str, words: str) -> str:
    """What stands before words, with "a" or "an" at its end as they ask."""
    article = re.search(r"\b([Aa]n?)(\s+)$", before)
    if not article or not words[:1].isalpha():
        return before
    return before[: article.start()] + with_n(article[1], words) + article[2]


def _standing(known: Sequence[str], text: str) -> re.Match[str] | None:
    """The longest of the known words that stand in a text."""
    found = (re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text, re.IGNORECASE) for one in known if one)
    return max((one for one in found if one), key=lambda one: len(one[0]), default=None)


def _closed(before: str, after: str, *, first: bool) -> str:
    """What is left when words between these are left out: with a space where there was one on both sides, and without
    the comma that kept the words apart."""
    if after.startswith(",") and first:
        after = after[1:]
    elif after.startswith(",") and before.rstrip().endswith(","):
        before, after = before.rstrip()[:-1] + " ", after[1:]
    elif before.rstrip().endswith(",") and after[:1] in (".", "!", "?"):
        before = before.rstrip()[:-1]
    space = " " if before[-1:].isspace() and after[:1].isspace() else ""
    after = after.lstrip()
    return _with_n(before.rstrip() + space, after) + (capital(after) if first else after)


def _opened(before: str, after: str, left: str, right: str, *, first: bool) -> tuple[str, str]:
    """Room again for words that were left out, with the spaces, the commas and the small letter of the old text."""
    following = right.lstrip()
    comma = re.match(r",\s*", right) if not after.lstrip().startswith(",") else None
    small = right[comma.end() :] if comma else following
    if first and small[:1].upper() == after[:1]:
        after = small[:1] + after[1:]
    if comma and first:
        return before, comma[0] + after.lstrip()
    if comma and left.rstrip().endswith(","):
        return before.rstrip() + left[len(left.rstrip()) - 1 :], comma[0] + after.lstrip()
    if left.rstrip().endswith(",") and before and not before.rstrip().endswith(","):
        before = before.rstrip() + ","
    if before and not before[-1].isspace():
        before += left[len(left.rstrip()) :]
    if after and not after[0].isspace():
        after = right[: len(right) - len(following)] + after
    return before, after


def named(before: Reading, after: Reading) -> list[str]:
    """What a rewriting does, in sentences: each change with what the kit marked there before and marks there now.

    The two readings are of articles with the same number of parts, as from `article_of`.
    """
    said = []
    for number, (old, new) in enumerate(zip(before.article.parts, after.article.parts, strict=True)):
        said += list(_paragraph(before, after, old, new, number))
    if not said:
        return [NO_CHANGE]
    said += _misquoted(before.article.text, after.article.text)
    said += _miscounted(before, after)
    for of in (speakers_said, hedges_said, figures_said):
        said += [sentence for _, sentence in of(before, after, NAMES)]
    return said


def _paragraph(before: Reading, after: Reading, old: Part, new: Part, number: int) -> Iterator[str]:
    texts = before.article.text[old.start : old.end], after.article.text[new.start : new.end]
    some = changed(*texts)
    mine = [(mark, span) for mark, span in _marks(before, old)]
    now = [(mark, span) for mark, span in _marks(after, new)]
    kept = [
        (mark, other)
        for mark, span in mine
        for other, place in now
        if mark.label == other.label and moved(span, some).overlaps(place) and _same(mark, other, before, after)
    ]
    lost = [(mark, span) for mark, span in mine if all(mark is not one for one, _ in kept)]
    gained = [(mark, span) for mark, span in now if all(mark is not one for _, one in kept)]
    for change in some:
        gone = _labels(mark.label for mark, span in lost if _touches(span, change.old))
        fresh = _labels(mark.label for mark, span in gained if _touches(span, change.new))
        reasons = [FRAMING.label(name).gone for name in gone if name not in fresh]
        reasons += [FRAMING.label(name).new for name in fresh if name not in gone]
        reasons += [f"another choice of the same kind ({meaning(label)})" for label in gone if label in fresh]
        told = _change(change, texts, number)
        ended = told.endswith((".”", "!”", "?”"))
        yield f"{told}: {'; '.join(reasons)}." if reasons else told if ended else f"{told}."
    for mark, other in kept:
        if mark.voice != other.voice:
            words = one_line(other.span.of(after.article.text))
            yield f"“{words}” is a word of {shown(other.voice)} now; it was one of {shown(mark.voice)}."


def _marks(reading: Reading, part: Part) -> Iterator[tuple[Annotation, Span]]:
    """The framing marks of a paragraph, with their places in it."""
    for mark in reading.layer("framing"):
        if part.start <= mark.span.start < part.end:
            yield mark, Span(mark.span.start - part.start, mark.span.end - part.start)


def _same(one: Annotation, two: Annotation, before: Reading, after: Reading) -> bool:
    return one.span.of(before.article.text).lower() == two.span.of(after.article.text).lower()


def _touches(span: Span, change: Span) -> bool:
    return span.start <= change.end and change.start <= span.end


def _labels(labels: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(labels))


def _change(change: Change, texts: tuple[str, str], number: int) -> str:
    old, new = (short(span.of(text), LONGEST) for span, text in zip(change, texts, strict=True))
    if not old:
        return f"Paragraph {number + 1}: you added “{new}”"
    return f"“{old}” became “{new}”" if new else f"You took out “{old}”"


def _misquoted(old: str, new: str) -> list[str]:
    said = {quoted.strip(" .,") for quoted in QUOTED.findall(old)}
    return [
        f"“{short(quoted, LONGEST)}” stands in quotation marks, and nobody said it like this. The rule for reporters: "
        "a quotation must stay as it is. Put the speaker’s own words back, or retell them without the marks."
        for quoted in QUOTED.findall(new)
        if quoted.strip(" .,") not in said and len(quoted.split()) > 1
    ]


def _miscounted(before: Reading, after: Reading) -> Iterator[str]:
    """Numbers that became other numbers."""
    for old, new in zip(before.article.parts, after.article.parts, strict=True):
        texts = before.article.text[old.start : old.end], after.article.text[new.start : new.end]
        some, now = changed(*texts), list(_numbers(after, new))
        for span, value in _numbers(before, old):
            there = [(place, other) for place, other in now if place.overlaps(moved(span, some))]
            if there and all(other != value for _, other in there):
                one, two = span.of(texts[0]), there[0][0].of(texts[1])
                yield (
                    f"“{one}” became “{two}”. The rule for reporters: a figure must stay as it is. If you know of "
                    "another figure, write whose it is, and leave the first where it was."
                )


def _numbers(reading: Reading, part: Part) -> Iterator[tuple[Span, float]]:
    """The numbers of a paragraph, with their places in it."""
    for sentence in reading.sentences:
        at, tokens = 0, sentence.tokens
        while part.start <= sentence.start < part.end and at < len(tokens):
            end = number_end(tokens, at)
            if end > at and (value := value_of(tokens[at:end])) is not None:
                yield Span(tokens[at].start - part.start, tokens[end - 1].end - part.start), value
            at = max(end, at + 1)
