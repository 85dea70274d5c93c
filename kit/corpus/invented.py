"""Invented articles of two invented papers, as many as one wants: to try an archive out, and to measure how fast it is.

How many sources each paper names is known, since we say so (invented.toml). Each article is made by its number alone.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from kit.render.sections import Section
from kit.resources import PACKAGE
from kit.wording import capital

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
MONTHS = ("April", "May", "June", "July", "August", "September")
OF_TEN = 10


def invented_articles(count: int) -> Iterator[dict[str, Any]]:
    """So many articles, each with ``id``, ``title``, ``date``, ``publisher`` and ``text``, and the number of sources
    that are ``named`` in it and ``not_named``.

    >>> article = next(invented_articles(1))
    >>> article["id"], article["named"] + article["not_named"]
    ('invented-0', 3)
    """
    return (_article(number) for number in range(count))


def write_invented(path: str | Path, count: int) -> None:
    """Write so many invented articles as JSON lines, an article a line."""
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        for article in invented_articles(count):
            file.write(json.dumps(article, ensure_ascii=False) + "\n")


def as_invented(count: int) -> Section:
    """How many sources so many invented articles really have, and how many of a hundred are named."""
    papers: dict[str, Counter[str]] = defaultdict(Counter)
    for article in invented_articles(count):
        papers[article["publisher"]] += Counter(named=article["named"], all=article["named"] + article["not_named"])
    rows = tuple((name, one["all"], round(100 * one["named"] / one["all"])) for name, one in sorted(papers.items()))
    note = "How many of a hundred sources we gave a name."
    return Section("as_invented", "As we invented them", note, ("publisher", "sources", "named"), rows)


def _article(number: int) -> dict[str, Any]:
    some, data = random.Random(number), _data()
    subject, paper = some.choice(data["subject"]), some.choice([*data["papers"]])
    filled = {"place": some.choice(data["places"]), "month": some.choice(MONTHS), "day": some.choice(DAYS)}

    def fill(template: str, **more: str) -> str:
        return template.format(**filled, n=some.randint(11, 89), paper=paper, **more)

    names = [f"{a} {b}" for a, b in zip(some.sample(data["first"], 3), some.sample(data["last"], 3), strict=True)]
    lines, named = [fill(subject["opening"])], 0
    for name, work, said in zip(names, subject["work"], some.sample(subject["said"], 3), strict=True):
        tells_who = some.randrange(OF_TEN) < data["papers"][paper]
        who = f"{name}, {work}," if tells_who else some.choice(data["unnamed"])
        how = some.choice(data["named_as" if tells_who else "unnamed_as"])
        words = fill(said)
        ends = how.replace("{who} said.", "said {who}.") if tells_who else how  # No verb behind a long name.
        line = fill(ends, who=who, Who=capital(who), said=words, Said=capital(words))
        lines.append(line.replace(",.", "."))
        named += tells_who
    lines.append(fill(subject["closing"]))
    title = fill(subject["headline"])
    return {
        "id": f"invented-{number}",
        "title": title,
        "date": f"2026-{some.randint(1, 12):02}-{some.randint(1, 28):02}",
        "publisher": paper,
        "text": "\n\n".join([title, *lines]) + "\n",
        "named": named,
        "not_named": 3 - named,
    }


@cache
def _data() -> dict[str, Any]:
    return tomli.loads((PACKAGE / "corpus" / "invented.toml").read_text("utf-8"))
