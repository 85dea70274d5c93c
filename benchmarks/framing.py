"""How many framing marks would you defend in class? Precision by label and by origin, in texts of our own.

    python -m benchmarks.framing [--show]

The texts are the articles of tests/examples/news/ and the kit's story. What a reader thinks of each mark stands in
judged_framing.toml: by article, "label: words" under ``right`` or ``wrong``. A mark that nobody has judged is counted
apart. Origins: a lexicon's word, a word that only the model knows, a rule of grammar or of quotation marks.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import kit
from benchmarks import names
from kit.readings.reading import Annotation

JUDGED = Path(__file__).with_name("judged_framing.toml")
STORY = "blinken"


class Mark(NamedTuple):
    """A framing mark: the article it is in, its label, its words, where it comes from, and what a reader thinks of it:
    right, wrong or not judged."""

    article: str
    label: str
    words: str
    origin: str
    verdict: str


def origin(mark: Annotation) -> str:
    """ "lexicon", "model" or "rule"."""
    source = mark.entry.split("/")[0]
    if source.startswith("framing_"):
        return "lexicon"
    return "model" if source == "model" else "rule"


def judged() -> dict[str, dict[str, list[str]]]:
    """The judgements, by article and verdict."""
    return tomllib.loads(JUDGED.read_text("utf-8"))


def marks() -> list[Mark]:
    """All framing marks in the articles and the story."""
    judgements = judged()
    texts: dict[str, Any] = {style: text for style, (text, _) in names.articles().items()}
    texts[STORY] = kit.load(STORY)
    return [
        _mark(article, mark, reading.article.text, judgements.get(article, {}))
        for article, text in texts.items()
        for reading in [kit.annotate(text)]
        for mark in reading.layer("framing")
    ]


def _mark(article: str, mark: Annotation, text: str, judgements: Mapping[str, Sequence[str]]) -> Mark:
    words = " ".join(mark.span.of(text).split())
    key = f"{mark.label}: {words}"
    verdict = next((verdict for verdict in ("right", "wrong") if key in judgements.get(verdict, ())), "not judged")
    return Mark(article, mark.label, words, origin(mark), verdict)


def table(found: Sequence[Mark], by: str) -> list[str]:
    """Precision by a field of the marks, a line each."""
    counts = Counter((getattr(mark, by), mark.verdict) for mark in found)
    lines = []
    for name in sorted({name for name, _ in counts}):
        right, wrong, open_ = (counts[name, verdict] for verdict in ("right", "wrong", "not judged"))
        share = f"{right / (right + wrong):.2f}" if right + wrong else "–"
        lines.append(f"{name:15} {share:>4}  {right:3} of {right + wrong:3} right, {open_} not judged")
    return lines


def report(found: Sequence[Mark]) -> list[str]:
    """Both tables."""
    return [line for by in ("origin", "label") for line in (f"by {by}", *table(found, by), "")]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.framing", description="Are framing marks defensible?")
    parser.add_argument("--show", action="store_true", help="print each mark that is wrong or not judged")
    asked = parser.parse_args(arguments)
    found = marks()
    print(*report(found), sep="\n")
    for mark in found if asked.show else ():
        if mark.verdict != "right":
            print(f"{mark.verdict}: {mark.article}: {mark.label}: {mark.words}")


if __name__ == "__main__":
    main()
