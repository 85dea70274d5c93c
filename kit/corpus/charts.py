"""Charts of an archive, each with the table that says the same: how the marks of one paper spread, beside another's."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kit.corpus.archive import Archive
from kit.errors import KitError
from kit.readings.labels import ATTRIBUTION, BASES
from kit.render.sections import Section
from kit.summaries.charts import EMPTY, FAINT, FULL, PALE, Chart, Row, bars
from kit.wording import plural

called_basis = {basis.name: basis.called for basis in BASES}
# What is asked of the sources: the title, how a row is to be read, and what the answers are called; the last is for
# all other answers.
QUESTIONS = {
    "speaker_kind": (
        "Who is named?",
        "How many of a hundred sources are a person with a name.",
        {"named person": "a person with a name", "": "somebody else"},
    ),
    "basis": (
        "How can they know?",
        "On what a hundred sources stand, as far as the text tells it.",
        {name: called_basis[name] for name in ("office", "nothing", "unnamed")} | {"": "something else"},
    ),
}
FILLINGS = {2: (FULL, EMPTY), 4: (FULL, PALE, FAINT, EMPTY)}


def sources_chart(archive: Archive, column: str, *, by: str) -> Chart:
    """A bar for each value of ``by``, a column of articles such as "publisher": what its sources are, in shares.

    ``column``: "speaker_kind", who is named, or "basis", how they can know. Counted are attributions that have a
    source. Raises `KitError` for other names.
    """
    if column not in QUESTIONS:
        raise KitError(f"There is no chart of {column!r}. There are: {', '.join(QUESTIONS)}.")
    title, note, answers = QUESTIONS[column]
    counts = _counted(archive, column, by, answers)
    sums = Counter[str]()
    for (group, _), count in counts.items():
        sums[group] += count
    shares = {pair: round(100 * count / sums[pair[0]]) for pair, count in counts.items()}
    rows: list[tuple[str | int, ...]] = [
        (group, sums[group], *(shares.get((group, answer), 0) for answer in answers.values())) for group in sorted(sums)
    ]
    section = Section(column, title, note, (by, "sources", *answers.values()), tuple(rows))
    kinds = dict(zip(answers.values(), FILLINGS[len(answers)], strict=True))
    drawn: list[Row] = [
        {"who": f"{group}, {plural(sums[group], 'source')}", "how": answer, "words": counts[group, answer]}
        for group in sorted(sums)
        for answer in answers.values()
    ]
    spec = bars(section, drawn, "share of its sources", ATTRIBUTION.chart, kinds)
    spec["encoding"]["x"] |= {"stack": "normalize", "axis": {"grid": False, "format": "%"}}
    return Chart(section, spec)


def _counted(archive: Archive, column: str, by: str, answers: dict[str, str]) -> Counter[tuple[str, str]]:
    """How many sources each group has of each answer."""
    groups = _columns(archive, "articles", ["article", by])
    group_of = dict(zip(groups["article"], groups[by], strict=True))
    marks = _columns(archive, "annotations", ["article", "layer", "source", column])
    found = zip(*marks.values(), strict=True)
    return Counter(
        (group_of[article] or "not said", answers.get(value, answers[""]))
        for article, layer, source, value in found
        if layer == ATTRIBUTION.name and source
    )


def _columns(archive: Archive, table: str, names: list[str]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = archive.table(table, names).select(names).to_pydict()
    return columns
