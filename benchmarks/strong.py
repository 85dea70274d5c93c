"""The strong reader beside the default one: `python -m benchmarks.strong --data DIR [--only TASK] [--limit N]`.

DIR holds the gold files that README.md names. Of files that the network learned from only the documents held out are
read (held_out.py); the default reader learned from those too, so there its figures are too good. Prints Markdown.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import kit
from benchmarks.held_out import document, is_held_out
from benchmarks.scores import calibration_error, merged, parts, places, reliability, words
from benchmarks.tasks import TASKS, Annotations, Gold, Task, cell, read_lines, table

READERS = ("kit", "strong")
DEVELOPMENT = ("polnear_dev.jsonl", "babe_dev.jsonl")


def lines_of(task: Task, folder: Path) -> list[Gold]:
    """The lines of a task's file that the network has not learned from."""
    lines = read_lines(folder / task.file)
    if task.file in DEVELOPMENT:
        return lines
    return [line for number, line in enumerate(lines) if is_held_out(document(task.file, number, line))]


def read(texts: list[str], reader: str) -> tuple[list[Annotations], float]:
    """A reader's annotations of each text, and the seconds of processor time that it took, without loading."""
    kit.annotate(texts[0], reader=reader)
    start = time.process_time()
    annotations = [kit.annotate(text, reader=reader).to_dict()["annotations"] for text in texts]
    return annotations, time.process_time() - start


# Whether a mark is right, for calibration: (text, annotation, gold of the text) -> yes or no; None: not the task's.


def cue_is_right(text: str, mark: dict[str, Any], gold: Any) -> bool | None:
    cue = frozenset(parts([mark["parts"]], "cue"))
    if mark["layer"] != "attribution" or not cue:
        return None
    return any(frozenset(parts([attribution], "cue")) == cue for attribution in gold)


def hedge_is_right(labels: tuple[str, ...]) -> Callable[[str, dict[str, Any], Any], bool | None]:
    def is_right(text: str, mark: dict[str, Any], gold: Any) -> bool | None:
        if mark["label"] not in labels or mark["layer"] != "hedge":
            return None
        return gold if isinstance(gold, bool) else touches(text, mark, gold)

    return is_right


def touches(text: str, mark: dict[str, Any], spans: Any) -> bool:
    """Whether a mark and one of the spans share a word."""
    return bool(words(text, [(mark["start"], mark["end"])]) & words(text, merged(map(tuple, spans))))


def word_is_right(text: str, mark: dict[str, Any], gold: Any) -> bool | None:
    if mark["layer"] != "framing" or mark["label"] not in ("loaded", "label"):
        return None
    return touches(text, mark, places(text, gold))


RIGHT = {
    "attribution": cue_is_right,
    "speculation": hedge_is_right(("modal", "epistemic", "belief", "inquiry", "conditional", "hearsay")),
    "weasel": hedge_is_right(("weasel",)),
    "loaded": word_is_right,
}


def report(task: Task, lines: list[Gold]) -> Iterator[str]:
    """A task's table: each reader's figures, its calibration error, and words a second of processor time."""
    texts = [line["text"] for line in lines]
    size = sum(len(text.split()) for text in texts)
    rows = []
    for reader in READERS:
        annotations, seconds = read(texts, reader)
        pairs = [
            (text, task.own(text, marks), task.gold(line))
            for text, marks, line in zip(texts, annotations, lines, strict=True)
        ]
        figures = [cell(measure, (measure.tally(*pair) for pair in pairs)) for measure in task.measures]
        rows.append([reader, *figures, error(task, lines, annotations), f"{size / seconds:,.0f}"])
    yield f"## {task.title}"
    yield f"`{task.file}`, {len(texts):,} texts, {size:,} words."
    yield ""
    yield table(["reader", *(measure.title for measure in task.measures), "calibration error", "words/s"], rows)
    yield ""


def error(task: Task, lines: list[Gold], annotations: list[Annotations]) -> str:
    """How far confidence and the share of right marks lie apart, on average."""
    if task.name not in RIGHT:
        return ""
    judged = [
        (mark["confidence"], RIGHT[task.name](line["text"], mark, task.gold(line)))
        for line, marks in zip(lines, annotations, strict=True)
        for mark in marks
    ]
    return f"{calibration_error(reliability((sure, right) for sure, right in judged if right is not None)):.3f}"


def main() -> None:
    tasks = {task.name: task for task in TASKS if task.name != "passives"}
    parser = argparse.ArgumentParser(description="Measures the strong reader beside the default one.")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds the gold files")
    parser.add_argument("--only", choices=list(tasks), help="one task")
    parser.add_argument("--limit", type=int, help="the first N texts of each file")
    asked = parser.parse_args()
    for name, task in tasks.items():
        if asked.only in (None, name):
            for line in report(task, lines_of(task, asked.data)[: asked.limit]):
                print(line, flush=True)


if __name__ == "__main__":
    main()
