"""The strong reader beside the default one: `python -m benchmarks.strong --data DIR [--only TASK] [--limit N]`.

DIR holds the gold files that README.md names. Of files that the network learned from only the documents held out are
read (held_out.py); the default reader learned from those too, so there its figures are too good. The network is asked
for every layer, whether it is better there or not: its figures decide that (`better` in reader.json). Prints
Markdown: figures, whether confidence is what it says, words a second of processor time, and the most memory used.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.held_out import document, is_held_out
from benchmarks.scores import calibration_error, merged, parts, places, reliability, words
from benchmarks.tasks import SPECULATION, TASKS, WEASEL, Annotations, Gold, Task, cell, read, read_lines, table
from kit.analysis.strong.network import network

READERS = ("kit", "strong")
DEVELOPMENT = ("polnear_dev.jsonl", "babe_dev.jsonl")

Mark = dict[str, Any]


def lines_of(task: Task, folder: Path) -> list[Gold]:
    """The lines of a task's file that the network has not learned from."""
    lines = read_lines(folder / task.file)
    if task.file in DEVELOPMENT:
        return lines
    return [line for number, line in enumerate(lines) if is_held_out(document(task.file, number, line))]


# Whether a mark is right, for calibration: (text, mark, gold of the text) -> yes or no; None: not the task's.


def cue_of(mark: Mark) -> frozenset[tuple[int, ...]]:
    return frozenset(parts([mark["parts"]], "cue")) if mark["layer"] == "attribution" else frozenset()


def cue_is_right(text: str, mark: Mark, gold: Any) -> bool | None:
    cue = cue_of(mark)
    return any(frozenset(parts([attribution], "cue")) == cue for attribution in gold) if cue else None


def hedge_is_right(labels: tuple[str, ...]) -> Callable[[str, Mark, Any], bool | None]:
    def is_right(text: str, mark: Mark, gold: Any) -> bool | None:
        if mark["label"] not in labels or mark["layer"] != "hedge":
            return None
        return gold if isinstance(gold, bool) else touches(text, mark, gold)

    return is_right


def touches(text: str, mark: Mark, spans: Any) -> bool:
    """Whether a mark and one of the spans share a word."""
    return bool(words(text, [(mark["start"], mark["end"])]) & words(text, merged(map(tuple, spans))))


def word_is_right(text: str, mark: Mark, gold: Any) -> bool | None:
    if mark["layer"] != "framing" or mark["label"] not in ("loaded", "label"):
        return None
    return touches(text, mark, places(text, gold))


RIGHT = {
    "attribution": cue_is_right,
    "speculation": hedge_is_right(SPECULATION),
    "weasel": hedge_is_right(WEASEL),
    "loaded": word_is_right,
}


def report(task: Task, lines: list[Gold]) -> Iterator[str]:
    """A task's tables: each reader's figures and words a second of processor time, and its confidences."""
    texts, gold = [line["text"] for line in lines], [task.gold(line) for line in lines]
    size = sum(len(text.split()) for text in texts)
    found, rows = {}, []
    for reader in READERS:
        found[reader], seconds = read(texts, reader)
        pairs = [
            (text, task.own(text, marks), right) for text, marks, right in zip(texts, found[reader], gold, strict=True)
        ]
        figures = [cell(measure, (measure.tally(*pair) for pair in pairs)) for measure in task.measures]
        rows.append([reader, *figures, f"{size / seconds:,.0f}"])
    yield f"## {task.title}"
    yield f"`{task.file}`, {len(texts):,} texts, {size:,} words."
    yield ""
    yield table(["reader", *(measure.title for measure in task.measures), "words/s"], rows)
    yield ""
    if task.name in RIGHT:
        for reader in READERS:
            yield from confidences(reader, RIGHT[task.name], texts, found[reader], gold)
    if task.name == "attribution":
        yield from both_and_alone(found, gold)


def confidences(
    reader: str,
    right: Callable[[str, Mark, Any], bool | None],
    texts: list[str],
    found: list[Annotations],
    gold: list[Any],
) -> Iterator[str]:
    """How far confidence and the share of right marks lie apart."""
    judged = [
        (mark["confidence"], right(text, mark, wanted))
        for text, marks, wanted in zip(texts, found, gold, strict=True)
        for mark in marks
    ]
    bins = reliability((sure, yes) for sure, yes in judged if yes is not None)
    yield f"Confidence of {reader}: calibration error {calibration_error(bins):.3f}."
    yield ""
    yield table(
        ["marks", "mean confidence", "right"],
        [[group.marks, f"{group.confidence:.2f}", f"{group.right:.2f}"] for group in bins],
    )
    yield ""


def both_and_alone(found: dict[str, list[Annotations]], gold: list[Any]) -> Iterator[str]:
    """Of the signals that both readers mark, and of those that only one does: how many a person marked, too."""
    marked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for ours, theirs, wanted in zip(*(found[reader] for reader in READERS), gold, strict=True):
        people = {frozenset(parts([attribution], "cue")) for attribution in wanted}
        one, two = ({cue for mark in marks if (cue := cue_of(mark))} for marks in (ours, theirs))
        for by, cues in (("both", one & two), (f"{READERS[0]} alone", one - two), (f"{READERS[1]} alone", two - one)):
            marked[by] += len(cues)
            right[by] += len(cues & people)
    yield "Signals by who marks them, and the share that a person marked in exactly this way."
    yield ""
    yield table(
        ["marked by", "signals", "right"], [[by, count, f"{right[by] / count:.2f}"] for by, count in marked.items()]
    )
    yield ""


def main() -> None:
    tasks = {task.name: task for task in TASKS if task.name != "passives"}
    parser = argparse.ArgumentParser(description="Measures the strong reader beside the default one.")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds the gold files")
    parser.add_argument("--only", choices=list(tasks), help="one task")
    parser.add_argument("--limit", type=int, help="the first N texts of each file")
    asked = parser.parse_args()
    network().card["better"] = dict.fromkeys(network().card["better"], True)
    for name, task in tasks.items():
        if asked.only in (None, name):
            for line in report(task, lines_of(task, asked.data)[: asked.limit]):
                print(line, flush=True)
    import resource  # Windows has none.

    print(f"The most memory used: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB.")


if __name__ == "__main__":
    main()
