"""How right the kit is, beside other tools in the same run: `make benchmark DATA=DIR`, or

    python -m benchmarks.accuracy --data DIR [--only TASK] [--limit N] [--without-peers]

DIR holds gold files as JSON lines; benchmarks/README.md names them. A full run writes benchmarks/RESULTS.md; one that
is limited in any way only prints. The kit is scored by what `kit.annotate(text).to_dict()["annotations"]` says.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tabulate import tabulate

import kit
from benchmarks import peers, scores, speed
from benchmarks.scores import Tally

RESULTS = Path(__file__).with_name("RESULTS.md")
SPECULATION = ("modal", "epistemic", "belief", "inquiry", "conditional", "hearsay")
WEASEL = ("weasel", "epistemic", "hearsay")  # What serves best on conll10w_train.
LOADED = ("loaded", "label", "metaphor", "intensifier", "euphemism")
PTC_TECHNIQUES = ("Loaded_Language", "Name_Calling,Labeling")

Annotations = list[dict[str, Any]]
Gold = dict[str, Any]


@dataclass(frozen=True)
class Measure:
    """A figure of a table. ``tally``: (text, marked, gold) of one text to its tally; ``share``: show no F, but
    the share that is right."""

    title: str
    tally: Callable[[str, Any, Any], Tally]
    share: bool = False


@dataclass(frozen=True)
class Run:
    """What one tool marked in each text of a task, in the gold file's form, and how long it took."""

    tool: str
    marks: Sequence[Any]
    seconds: float


@dataclass(frozen=True)
class Task:
    """A gold file, what of it and of the kit's annotations is compared, by which measures, and with whom.

    ``used``: what part the file had in making the kit. ``more``: further lines for the report, from the
    folder, all runs, the file's lines and the kit's annotations.
    """

    name: str
    title: str
    file: str
    used: str
    reading: str
    gold: Callable[[Gold], Any]
    own: Callable[[str, Annotations], Any]
    measures: tuple[Measure, ...]
    peers: tuple[peers.Peer, ...]
    more: Callable[[Path, list[Run], list[Gold], list[Annotations]], list[str]] = lambda *_: []


# What the kit says, in the form of the gold files


def own_attributions(text: str, annotations: Annotations) -> list[dict[str, Any]]:
    return [item["parts"] for item in annotations if item["layer"] == "attribution"]


def own_spans(layer: str, labels: Sequence[str]) -> Callable[[str, Annotations], list[tuple[int, int]]]:
    def spans(text: str, annotations: Annotations) -> list[tuple[int, int]]:
        return [(a["start"], a["end"]) for a in annotations if a["layer"] == layer and a["label"] in labels]

    return spans


def own_passives(text: str, annotations: Annotations) -> list[tuple[str, bool]]:
    return [
        (" ".join(text[start:end] for start, end in item["parts"]["verb"]), item["label"] == "passive")
        for item in annotations
        if item["label"] in ("agentless", "passive") and item["entry"] != "passive/reduced"
    ]


# Measures


def part(name: str) -> Callable[[str, Any, Any], Tally]:
    return lambda text, marked, gold: scores.same(scores.parts(marked, name), scores.parts(gold, name))


def content_characters(text: str, marked: Any, gold: Any) -> Tally:
    return scores.same(*(scores.characters(scores.parts(side, "content")) for side in (marked, gold)))


def whole(text: str, marked: Any, gold: Any) -> Tally:
    return scores.same(scores.wholes(marked), scores.wholes(gold))


def sentence(text: str, marked: Any, gold: Any) -> Tally:
    """``gold``: whether, or where, the sentence is uncertain."""
    return scores.same([True] if marked else [], [True] if gold else [])


def tokens(text: str, marked: Any, gold: Any) -> Tally:
    return scores.same(scores.words(text, marked), scores.words(text, gold))


def named_tokens(text: str, marked: Any, gold: Any) -> Tally:
    """``gold``: words as strings, each marked wherever it stands."""
    return tokens(text, marked, scores.places(text, gold))


ATTRIBUTION = (
    Measure("cue", part("cue")),
    Measure("source", part("source")),
    Measure("content", part("content")),
    Measure("content by characters", content_characters),
    Measure("whole", whole),
)


# Further lines


def attribution_more(folder: Path, runs: list[Run], lines: list[Gold], annotations: list[Annotations]) -> list[str]:
    return [
        *people(folder),
        "By the quotation marks in the content: *direct* is all quoted, *mixed* partly, *indirect* not at all; "
        "one rule sorts gold and every tool's attributions.",
        "",
        kinds(runs, lines),
        "",
        *confidence(lines, annotations),
    ]


def people(folder: Path) -> list[str]:
    """How well trained people do when scored against each other in the same way."""
    path = folder / "polnear_train.jsonl"
    if not path.exists():
        return []
    lines = [line for line in read_lines(path) if line["others"]]
    pairs = [(line["text"], other, line["attributions"]) for line in lines for other in line["others"]]
    figures = ", ".join(f"{m.title} {sum((m.tally(*pair) for pair in pairs), Tally()).f:.2f}" for m in ATTRIBUTION)
    return [
        f"The ceiling: trained people, scored against each other in the same way on {len(lines)} other articles, "
        f"reach {figures}.",
        "",
    ]


def kinds(runs: list[Run], lines: list[Gold]) -> str:
    def only(kind: str, text: str, attributions: Any) -> list[Any]:
        return [item for item in attributions if scores.kind(text, item) == kind]

    rows = [
        [run.tool, kind]
        + [
            cell(
                measure,
                (
                    measure.tally(line["text"], only(kind, line["text"], marked), only(kind, line["text"], gold))
                    for line, marked in zip(lines, run.marks, strict=True)
                    for gold in [line["attributions"]]
                ),
            )
            for measure in ATTRIBUTION
        ]
        for run in runs
        for kind in ("direct", "mixed", "indirect")
    ]
    return table(["tool", "kind", *(measure.title for measure in ATTRIBUTION)], rows)


def confidence(lines: list[Gold], annotations: list[Annotations]) -> list[str]:
    """How often an attribution of each confidence has exactly a gold cue; those without a cue are left out."""
    marks = []
    for line, found in zip(lines, annotations, strict=True):
        gold = {frozenset(scores.parts([item], "cue")) for item in line["attributions"]}
        for item in found:
            cue = frozenset(scores.parts([item["parts"]], "cue"))
            if item["layer"] == "attribution" and cue:
                marks.append((item["confidence"], cue in gold))
    bins = scores.reliability(marks)
    rows = [[b.marks, f"{b.confidence:.2f}", f"{b.right:.2f}"] for b in bins]
    return [
        "Is `confidence` what it says? Attributions by confidence; in a well calibrated tool the last two columns are "
        f"equal. Expected calibration error: {scores.calibration_error(bins):.3f}.",
        "",
        table(["attributions", "mean confidence", "cue exactly right"], rows),
    ]


def passives_more(folder: Path, runs: list[Run], lines: list[Gold], annotations: list[Annotations]) -> list[str]:
    reduced = sum(item["entry"] == "passive/reduced" for found in annotations for item in found)
    return [f"Apart from these the kit marks {reduced} shortened passives behind a noun; gold leaves them out."]


TASKS = (
    Task(
        "attribution",
        "Who says so: attribution",
        "polnear_dev.jsonl",
        "not trained on; used to choose between versions",
        "A span is right only if it begins and ends exactly where the annotator's does, a whole attribution only if "
        "source, cue and content all do.",
        lambda line: line["attributions"],
        own_attributions,
        ATTRIBUTION,
        peers.QUOTATIONS,
        attribution_more,
    ),
    Task(
        "speculation",
        "How sure are they: speculation",
        "szegedwiki_train.jsonl",
        "trained on: a check that nothing broke, not a promise",
        "A sentence counts as uncertain if any hedge is in it; by words, each marked word is compared.",
        lambda line: [cue[:2] for cue in line["cues"]],
        own_spans("hedge", SPECULATION),
        (Measure("sentences", sentence), Measure("words", tokens)),
        peers.HEDGES,
    ),
    Task(
        "weasel",
        "How sure are they: weasel words",
        "conll10w_train.jsonl",
        "trained on: a check that nothing broke, not a promise; its share of uncertain sentences is above the usual",
        "A sentence counts as uncertain if any weasel word is in it.",
        lambda line: line["uncertain"],
        own_spans("hedge", WEASEL),
        (Measure("sentences", sentence),),
        peers.HEDGES,
    ),
    Task(
        "loaded",
        "In whose words: loaded words, as experts mark them",
        "babe_dev.jsonl",
        "measured only: nothing comes from it",
        "Experts agree little on what is loaded, so no tool can come near 1; compare the tools with each other.",
        lambda line: line["words"],
        own_spans("framing", LOADED),
        (Measure("words", named_tokens),),
        peers.OPINIONS,
    ),
    Task(
        "propaganda",
        "In whose words: loaded language and name-calling",
        "ptc_train.jsonl",
        "trained on: a check that nothing broke, not a promise",
        "Shares of spans, as SemEval-2020 task 11 scores them: half a span is half right.",
        lambda line: [span[:2] for span in line["spans"] if span[2] in PTC_TECHNIQUES],
        own_spans("framing", LOADED),
        (Measure("spans", lambda text, marked, gold: scores.overlap(marked, gold)),),
        peers.OPINIONS,
    ),
    Task(
        "passives",
        "Who did it: passives",
        "passives_gum.jsonl",
        "rules were tuned on it",
        "The verb is the participle; the second figure says how often the tool knows whether the doer is named, among "
        "the participles that it found.",
        lambda line: [tuple(item) for item in line["passives"]],
        own_passives,
        (
            Measure(
                "verbs",
                lambda text, marked, gold: scores.same(scores.participles(marked), scores.participles(gold)),
            ),
            Measure("doer named or not", lambda text, marked, gold: scores.agents(marked, gold), share=True),
        ),
        peers.PASSIVES,
        passives_more,
    ),
)


# Running and writing


def cell(measure: Measure, tallies: Any) -> str:
    tally = sum(tallies, Tally())
    return f"{tally.precision:.3f}" if measure.share else f"{tally.f:.3f} ({tally.precision:.2f} / {tally.recall:.2f})"


def ratio(number: float) -> str:
    return f"{number:.0f}" if number >= 10 else f"{number:.1f}" if number >= 1 else f"{number:.2f}"


def table(header: list[str], rows: list[list[Any]]) -> str:
    return tabulate(rows, header, tablefmt="github", disable_numparse=True)


def read_lines(path: Path) -> list[Gold]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def read_with_kit(texts: list[str]) -> tuple[list[Annotations], float]:
    """The kit's annotations of each text, and the seconds that all its reading took, without loading."""
    kit.annotate(texts[0])
    start = time.perf_counter()
    annotations = [kit.annotate(text).to_dict()["annotations"] for text in texts]
    return annotations, time.perf_counter() - start


def measure_task(task: Task, path: Path, limit: int | None, with_peers: bool) -> list[str]:
    """The report of one task, as lines of Markdown."""
    lines = read_lines(path)[:limit]
    texts = [line["text"] for line in lines]
    note(f"{task.name}: the kit reads {len(texts)} texts ...")
    annotations, seconds = read_with_kit(texts)
    runs = [Run("**the kit**", [task.own(*pair) for pair in zip(texts, annotations, strict=True)], seconds)]
    missing = []
    for peer in task.peers if with_peers else ():
        note(f"{task.name}: {peer.title} ...")
        try:
            runs.append(Run(peer.title, *peers.ask(peer, texts)))
        except peers.PeerError as error:
            note(f"{peer.title} is left out: {error}")
            missing.append(f"{peer.title} could not be run and is left out.")
    rows = []
    for run in runs:
        compared = [(text, marked, task.gold(line)) for text, marked, line in zip(texts, run.marks, lines, strict=True)]
        figures = [cell(measure, (measure.tally(*triple) for triple in compared)) for measure in task.measures]
        rows.append([run.tool, *figures, ratio(seconds / run.seconds)])
    return [
        f"## {task.title}",
        f"Gold: `{task.file}`, {len(texts):,} texts, {sum(len(text.split()) for text in texts):,} words. "
        f"Part in making the kit: **{task.used}**. {task.reading}",
        "",
        table(["tool", *(measure.title for measure in task.measures), "speed"], rows),
        *(["", *missing] if missing else []),
        "",
        *task.more(path.parent, runs, lines, annotations),
        "",
    ]


def note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="make benchmark DATA=DIR", description="Measures how right the kit is.")
    parser.add_argument("--data", required=True, help="the folder that holds the gold files")
    parser.add_argument("--only", choices=[task.name for task in TASKS], help="one task")
    parser.add_argument("--limit", type=int, help="the first N texts of each file")
    parser.add_argument("--without-peers", action="store_true", help="measure the kit alone")
    asked = parser.parse_args(arguments)
    folder = Path(asked.data)
    if not asked.data or not folder.is_dir():
        parser.error(f"{asked.data!r} is no folder. Name the one that holds the gold files: make benchmark DATA=DIR")
    report = [
        "# How right the kit is",
        f"{datetime.datetime.now(datetime.UTC).date()}, kit {kit_version()}, by `make benchmark`.",
        "",
        "Each figure is F, and in brackets precision (how much of what the tool marked is right) / recall (how much of "
        "what is there it marked), over a whole corpus at once. *Speed* is words a second on the same texts, the kit "
        "being 1: it reads for all three questions at once, the others answer one. Figures on a file that the kit was "
        "trained on are too good; on text of another kind all will be lower.",
        "",
    ]
    for task in TASKS:
        path = folder / task.file
        if asked.only in (None, task.name):
            if path.exists():
                report += measure_task(task, path, asked.limit, not asked.without_peers)
            else:
                report += [f"## {task.title}", f"Skipped: `{task.file}` is not in the folder.", ""]
    complete = not (asked.only or asked.limit or asked.without_peers)
    if complete:
        note("speed ...")
        report += ["## How fast the kit is", "On the machine that made this page.", "", "```", *speed.report(), "```"]
    text = "\n".join(report).rstrip() + "\n"
    print(text)
    if complete:
        RESULTS.write_text(text, "utf-8")
        note(f"Written to {RESULTS}")


def kit_version() -> str:
    from importlib.metadata import version

    return version("between-the-lines")


if __name__ == "__main__":
    main()
