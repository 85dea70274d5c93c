"""How right the kit is, beside other tools in the same run: `make benchmark DATA=DIR`, or

    python -m benchmarks.accuracy --data DIR [--only TASK] [--limit N] [--without-peers]

DIR holds gold files as JSON lines; benchmarks/README.md names them. A full run writes benchmarks/RESULTS.md; one that
is limited in any way only prints. The kit is scored by what `kit.annotate(text).to_dict()["annotations"]` says.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks import framing, names, peers, speed
from benchmarks.tasks import TASKS, Run, Task, cell, read, read_lines, table

NAMES = (
    "Articles that we wrote, with who speaks in them: `tests/examples/news/`. Part in making the kit: **rules were "
    "mended on them**. Before that, of 100 names given or left out, 80 were right in the first twenty articles, 86 in "
    "the next five (american_local, australian, review, school, south_african), and, when the rules had been mended on "
    "those too, 87 in the last five (cricket, ghana, housing, museum, tech). That is what to expect of an article that "
    "nobody has seen."
)
FRAMING = (
    "The same articles and the story, each mark judged by one reader: `judged_framing.toml`. Part in making the kit: "
    "**rules were mended on them**. Before that .77 of the lexicons' marks and .85 of the rules' were right, and none "
    "of three scare quotes. The model marks no word by itself."
)
RESULTS = Path(__file__).with_name("RESULTS.md")
ELSEWHERE = "\n<!-- What follows is by commands of their own; `make benchmark` keeps it. -->\n"


def measured_elsewhere() -> str:
    """What other commands measured, as it stands at the end of the results."""
    before = RESULTS.read_text("utf-8") if RESULTS.exists() else ""
    _, mark, kept = before.partition(ELSEWHERE)
    return mark + kept


def measure_task(task: Task, path: Path, limit: int | None, with_peers: bool) -> list[str]:
    """The report of one task, as lines of Markdown."""
    lines = read_lines(path)[:limit]
    texts = [line["text"] for line in lines]
    note(f"{task.name}: the kit reads {len(texts)} texts ...")
    annotations, seconds = read(texts)
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
    more = task.more(path.parent, runs, lines, annotations)
    return [
        f"## {task.title}",
        f"Gold: `{task.file}`, {len(texts):,} texts, {sum(len(text.split()) for text in texts):,} words. "
        f"Part in making the kit: **{task.used}**. {task.reading}",
        "",
        table(["tool", *(measure.title for measure in task.measures), "speed"], rows),
        *(["", *missing] if missing else []),
        "",
        *([*more, ""] if more else []),
    ]


def ratio(number: float) -> str:
    return f"{number:.0f}" if number >= 10 else f"{number:.1f}" if number >= 1 else f"{number:.2f}"


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
        f"{datetime.datetime.now(datetime.UTC).date()}, kit {version('between-the-lines')}, by `make benchmark`.",
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
        note("articles of our own ...")
        report += ["## Who is it: names", NAMES, "", "```", *names.report(), "```", ""]
        report += [
            "## Would you defend it: framing marks",
            FRAMING,
            "",
            "```",
            *framing.report(framing.marks()),
            "```",
            "",
        ]
        note("speed ...")
        report += ["## How fast the kit is", "On the machine that made this page.", "", "```", *speed.report(), "```"]
    text = "\n".join(report).rstrip() + "\n"
    print(text)
    if complete:
        RESULTS.write_text(text + measured_elsewhere(), "utf-8")
        note(f"Written to {RESULTS}")


if __name__ == "__main__":
    main()
