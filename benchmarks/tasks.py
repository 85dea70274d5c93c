"""What is measured: the gold files, what of them and of the kit's annotations is compared, by which measures."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tabulate import tabulate

import kit
from benchmarks import peers, scores
from benchmarks.scores import Tally

SPECULATION = ("modal", "epistemic", "belief", "inquiry", "conditional", "hearsay")
WEASEL = ("weasel",)  # Alone it serves best on conll10w_train, by cross-validation.
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


# Tables


def cell(measure: Measure, tallies: Iterable[Tally]) -> str:
    tally = sum(tallies, Tally())
    return f"{tally.precision:.3f}" if measure.share else f"{tally.f:.3f} ({tally.precision:.2f} / {tally.recall:.2f})"


def table(header: list[str], rows: list[list[Any]]) -> str:
    return tabulate(rows, header, tablefmt="github", disable_numparse=True)


def read_lines(path: Path) -> list[Gold]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


# Reading


def read(texts: list[str], reader: str = "kit") -> tuple[list[Annotations], float]:
    """A reader's annotations of each text, and the seconds of processor time that it took, without loading."""
    kit.annotate(texts[0], reader=reader)
    start = time.process_time()
    annotations = [kit.annotate(text, reader=reader).to_dict()["annotations"] for text in texts]
    return annotations, time.process_time() - start


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
        "not trained on, and no word comes from it; but the limits from which a word is marked were chosen with an eye "
        "on it, so the figure is a little too good",
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
