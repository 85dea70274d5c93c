"""Charts of a reading, each with the table that says the same: who speaks, when, how sure, in whose words.

A chart is a Vega-Lite 5 specification, a plain dictionary. JupyterLab draws it without a network and in the colours of
its theme. What a bar means never depends on colour: it is full, pale or empty.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kit.errors import KitError
from kit.readings.labels import ATTRIBUTION, FRAMING, HEDGE
from kit.readings.reading import REPORTER, Reading, need_reading
from kit.readings.voices import PERHAPS, WordOf, explained, shown, voice_of, words_by_voice
from kit.render.sections import Section
from kit.render.text_tables import table_text
from kit.summaries.people import by_party, parties
from kit.summaries.report import make_section

VEGALITE = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
EMBED = {"embed_options": {"actions": False, "renderer": "svg"}}  # SVG: sharp on a projector
FULL, PALE, FAINT, EMPTY = "ff", "66", "22", "00"  # how opaque
WIDTH = 360  # pixels; each name stands above its bar, so that a chart fits on a phone and can be read there
AXIS = {"grid": False, "tickMinStep": 1}
HOW = {"quoted": FULL, "retold": PALE, "perhaps theirs": FAINT, "the reporter's own": EMPTY}

Row = dict[str, str | int]


@dataclass(frozen=True)
class Chart:
    """A chart: ``spec``, the drawing; ``section``, the table that says the same in words and numbers."""

    section: Section
    spec: dict[str, Any]

    def __repr__(self) -> str:
        """The table, whatever the width of a terminal, so that nbval can compare it."""
        one = self.section
        return f"{one.title}\n{one.note}\n\n{table_text(one.header, one.rows, width=100) if one.rows else str(one)}"

    def _ipython_display_(self) -> None:
        """The drawing, and the table below it; without anything to draw, the table says so."""
        from IPython.display import display

        if self.section.rows:
            data = {VEGALITE: self.spec, "text/plain": self.spec["description"]}
            display(data, raw=True, metadata={VEGALITE: EMBED})  # type: ignore[no-untyped-call]  # IPython has no types
        display(self.section)  # type: ignore[no-untyped-call]


def chart(reading: Reading, name: str) -> Chart:
    """A chart of a reading: "voices" (each voice's share of the words), "when" (who speaks where in the text),
    "hedges" (how sure, by owner) or "parties" (who is described how).

    Counts describe; none says that an article is good or bad. Raises `KitError` for any other name.

    >>> from kit.analysis.annotate import annotate
    >>> chart(annotate("The pier is shut, the harbour office said."), "when")
    Who speaks when?
    The voices in each paragraph, and how many of its words are theirs.
    <BLANKLINE>
    paragraph    begins               voices
    -----------  -------------------  ------------------------------------
    1            The pier is shut, …  harbour office (4), the reporter (4)
    """
    need_reading(reading, "chart")
    if name not in CHARTS:
        raise KitError(f"There is no chart {name!r}. There are: {', '.join(CHARTS)}.")
    return CHARTS[name](reading)


def _voices(reading: Reading) -> Chart:
    section = make_section(reading, "voices")
    hows: dict[str, Counter[str]] = defaultdict(Counter)
    for word in words_by_voice(reading):
        hows[shown(word.voice)][_how(word)] += 1
    rows: list[Row] = []
    for one in section.records():
        label = f"{one['who']}, {one['share']}"
        counts = hows[str(one["who"])]
        rows += [{"who": label, "how": how, "words": counts[how]} for how in HOW if counts[how]]
    return Chart(section, bars(section, rows, "words", ATTRIBUTION.chart, HOW))


def _when(reading: Reading) -> Chart:
    words = words_by_voice(reading)
    totals = Counter(word.voice for word in words)
    order = sorted(totals, key=lambda voice: (-totals[voice], voice))
    rows: list[Row] = []
    for (voice, how), stretch in groupby(enumerate(words), key=lambda pair: (pair[1].voice, _how(pair[1]))):
        numbers = [number for number, _ in stretch]
        rows.append({"who": shown(voice), "how": how, "from": numbers[0], "to": numbers[-1] + 1})
    bars = {
        "data": {"values": rows},
        "mark": {"type": "bar", "stroke": ATTRIBUTION.chart},
        "encoding": {
            "x": {"field": "from", "type": "quantitative", "title": "words from the beginning", "axis": AXIS},
            "x2": {"field": "to"},
            "y": _names([shown(voice) for voice in order]),
            "fill": _fillings(HOW, ATTRIBUTION.chart),
            "tooltip": [{"field": "who"}, {"field": "how"}],
        },
    }
    begins: list[Row] = [
        {"from": next(group)[0]} for _, group in groupby(enumerate(words), key=lambda pair: pair[1].paragraph)
    ]
    lines = {
        "data": {"values": begins},
        "mark": {"type": "rule", "color": "#888888", "strokeDash": [2, 3], "aria": False},
        "encoding": {"x": {"field": "from", "type": "quantitative", "axis": AXIS}},
    }
    paragraphs = tuple(_paragraphs(words, reading.article.text))
    note = explained("The voices in each paragraph, and how many of its words are theirs.", paragraphs)
    section = Section("when", "Who speaks when?", note, ("paragraph", "begins", "voices"), paragraphs)
    return Chart(section, _drawing(section) | {"layer": [lines, bars]})


def _paragraphs(words: list[WordOf], text: str) -> Iterator[tuple[str | int, ...]]:
    groups = groupby(words, key=lambda word: word.paragraph)
    for number, inside in enumerate((list(group) for _, group in groups), 1):
        counts = Counter(shown(word.voice, word.doubt) for word in inside)
        begins = " ".join(text[inside[0].span.start : inside[-1].span.end].split()[:4])
        yield number, f"{begins} …", ", ".join(f"{who} ({count})" for who, count in counts.most_common())


def _hedges(reading: Reading) -> Chart:
    section = make_section(reading, "hedges")
    kinds = {"less sure or less exact": PALE, "surer": FULL}
    less, surer = kinds
    pairs = [(voice_of(mark), surer if mark.label == "booster" else less) for mark in reading.layer("hedge")]
    return Chart(section, bars(section, _counted(section, pairs), "words", HEDGE.chart, kinds))


def _parties(reading: Reading) -> Chart:
    section = parties(reading)
    kinds = {"in the reporter's words": EMPTY, "in somebody else's": PALE, "perhaps in somebody else's": FAINT}
    own, others, guessed = kinds
    found = [(party, mark) for party, marks in by_party(reading).items() for mark in marks]
    pairs = [
        (party, own if mark.voice == REPORTER else guessed if PERHAPS in mark.details else others)
        for party, mark in found
    ]
    return Chart(section, bars(section, _counted(section, pairs), "words", FRAMING.chart, kinds))


CHARTS: dict[str, Callable[[Reading], Chart]] = {
    "voices": _voices,
    "when": _when,
    "hedges": _hedges,
    "parties": _parties,
}


def _how(word: WordOf) -> str:
    """How a word is its voice's; what is quoted is quoted, even where nobody is named."""
    if word.quoted:
        return "quoted"
    if word.voice == REPORTER:
        return "the reporter's own"
    return "perhaps theirs" if word.doubt else "retold"


def _counted(section: Section, pairs: list[tuple[str, str]]) -> list[Row]:
    """The number of each kind for each name, names in the order of the table, and with their sums."""
    counts, sums = Counter(pairs), Counter(who for who, _ in pairs)
    order = [str(row[0]) for row in section.rows]
    return [
        {"who": f"{who}, {sums[who]}", "how": how, "words": count}
        for (who, how), count in sorted(counts.items(), key=lambda item: order.index(item[0][0]))
    ]


def bars(section: Section, rows: list[Row], counted: str, colour: str, kinds: dict[str, str]) -> dict[str, Any]:
    """A bar for each name (``who``), its parts (``how``, ``words``) told apart by how full they are."""
    names = list(dict.fromkeys(str(row["who"]) for row in rows))
    return _drawing(section) | {
        "data": {"values": [row | {"order": list(kinds).index(str(row["how"]))} for row in rows]},
        "mark": {"type": "bar", "stroke": colour},
        "encoding": {
            "x": {"field": "words", "type": "quantitative", "title": counted, "axis": AXIS},
            "y": _names(names),
            "fill": _fillings(kinds, colour),
            "order": {"field": "order"},
            "tooltip": [{"field": "who"}, {"field": "how"}, {"field": "words"}],
        },
    }


def _drawing(section: Section) -> dict[str, Any]:
    return {
        "$schema": SCHEMA,
        "description": f"A chart: {section.title} The table below it says the same.",
        "title": {"text": section.title, "anchor": "start", "offset": 12, "aria": False},
        "background": "transparent",
        "width": WIDTH,
        "height": {"step": 40},
        "config": {
            "font": "system-ui, sans-serif",
            "axis": {"labelFontSize": 13, "aria": False},  # read aloud is the description, then the table: no axis,
            "legend": {"labelFontSize": 13, "labelLimit": WIDTH, "aria": False},  # number by number, and no bar
            "mark": {"aria": False},
            "bar": {"discreteBandSize": 14},
            "view": {"stroke": None},  # a frame would cross the first name
        },
    }


def _names(names: list[str]) -> dict[str, Any]:
    above = {"labelAlign": "left", "labelPadding": 0, "labelOffset": -16, "labelLimit": WIDTH}
    axis = {"domain": False, "ticks": False, "zindex": 1} | above
    return {"field": "who", "type": "nominal", "sort": names, "title": None, "axis": axis}


def _fillings(kinds: dict[str, str], colour: str) -> dict[str, Any]:
    """Full, pale and empty bars, and the legend that explains them."""
    return {
        "field": "how",
        "type": "nominal",
        "scale": {"domain": list(kinds), "range": [colour + filling for filling in kinds.values()]},
        "legend": {
            "title": None,
            "orient": "bottom",
            "columns": 2,
            "symbolType": "square",
            "symbolStrokeColor": colour,
            "symbolStrokeWidth": 2,
        },
    }
