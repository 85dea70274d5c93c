"""Who speaks in invented articles of thirty styles: does the kit give each attribution the right name?

    python -m benchmarks.names [--show] [STYLE ...]

The articles are in tests/examples/news/. In them `[said|Ada Brandt]` is a signal and whose it is: names that are
equally right stand with " / " between them, none where nobody is named. `[“|Ada Brandt]` begins a quotation that has
no signal of its own. Articles, "the" and case don't count.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import kit
from kit.readings.reading import Annotation

FOLDER = Path(__file__).parents[1] / "tests" / "examples" / "news"
MARK = re.compile(r"\[([^]|]*)\|([^]]*)\]")
OUTCOMES = ("right", "wrong", "perhaps", "empty")


class Gold(NamedTuple):
    """A signal at code points [start, end) of the text, and the names that are right for it; "" for nobody."""

    start: int
    end: int
    names: tuple[str, ...]


class Judged(NamedTuple):
    """A gold signal, and what the kit made of it: an outcome, or "not found"; ``name`` is the kit's."""

    gold: Gold
    outcome: str
    name: str


def unmark(marked: str) -> tuple[str, list[Gold]]:
    """A marked article as text and gold.

    >>> unmark("Rain, [says|Ana Lima / Lima] Ana Lima.")
    ('Rain, says Ana Lima.', [Gold(start=6, end=10, names=('Ana Lima', 'Lima'))])
    """
    text, gold, done = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[done : mark.start()]
        names = tuple(name.strip() for name in mark[2].split("/"))
        gold.append(Gold(len(text), len(text) + len(mark[1]), names))
        text += mark[1]
        done = mark.end()
    return text + marked[done:], gold


def articles(styles: Sequence[str] = ()) -> dict[str, tuple[str, list[Gold]]]:
    """The marked articles by style, all or those that are asked for."""
    paths = sorted(FOLDER.glob("*.txt"))
    return {path.stem: unmark(path.read_text("utf-8")) for path in paths if not styles or path.stem in styles}


def judge(text: str, gold: Sequence[Gold]) -> list[Judged]:
    """What the kit makes of each gold signal."""
    attributions = kit.annotate(text).layer("attribution")
    return [_judged(one, _at(one, text, attributions)) for one in gold]


def _judged(gold: Gold, found: Annotation | None) -> Judged:
    if found is None:
        return Judged(gold, "not found", "")
    name = found.details["speaker"]
    if any(_plain(name) == _plain(right) for right in gold.names):
        return Judged(gold, "right", name)
    if name:
        return Judged(gold, "wrong", name)
    maybe = found.details.get("maybe", "")
    return Judged(gold, "perhaps" if maybe else "empty", maybe)


def _at(gold: Gold, text: str, attributions: Iterable[Annotation]) -> Annotation | None:
    """The attribution whose signal a gold signal is, or that begins with its quotation."""
    alone = not text[gold.start : gold.end].isalnum() and gold.end - gold.start == 1
    for attribution in attributions:
        spans = attribution.parts.get("cue", ())
        if alone and not spans and attribution.span.start <= gold.end and gold.start < attribution.span.end:
            return attribution
        if not alone and any(span.start < gold.end and gold.start < span.end for span in spans):
            return attribution
    return None


def _plain(name: str) -> str:
    return re.sub(r"^(?:the|a|an) ", "", name.replace("’", "'").casefold())


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.names", description="Does the kit name the speakers?")
    parser.add_argument("styles", nargs="*", help="articles by style; all if none is named")
    parser.add_argument("--show", action="store_true", help="print each signal that isn't right")
    asked = parser.parse_args(arguments)
    print(*report(asked.styles, show=asked.show), sep="\n")


def report(styles: Sequence[str] = (), *, show: bool = False) -> list[str]:
    """A line for each article and one for all; with ``show`` one for each signal that isn't right."""
    total: Counter[str] = Counter()
    lines = []
    for style, (text, gold) in articles(styles).items():
        judged = judge(text, gold)
        counts = Counter(one.outcome for one in judged)
        total += counts
        lines.append(line(style, counts))
        for one in judged if show else ():
            if one.outcome != "right":
                start = max(0, one.gold.start - 50)
                about = " ".join(text[start : one.gold.end + 30].split())
                lines.append(f"    {one.outcome}: {one.name!r}, not {' / '.join(one.gold.names)!r}: {about}")
    return [*lines, line("all", total)]


def line(style: str, counts: Counter[str]) -> str:
    """One row: how many signals are found, and of these how many have which name."""
    found = sum(counts[outcome] for outcome in OUTCOMES)
    figures = ", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES)
    share = f"{counts['right'] / found:.0%}" if found else "–"
    return f"{style:15} {found:4} of {found + counts['not found']:3} found; name: {figures} ({share} right)"


if __name__ == "__main__":
    main()
