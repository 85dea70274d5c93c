"""How `kit corpus` bears many articles: `python -m benchmarks.corpus`, with `--only` one of the three questions.

workers  two workers beside one, by the clock and by processor time
memory   the most that 1,000 and 20,000 short articles take, in one process
kills    a run that is killed ten times at random beside one that nobody disturbs, file by file

The articles are invented (kit/corpus/invented.py). A figure by processor time says what two idle processors would do,
and holds on a busy machine: one worker's time over half of what two workers took together, with all that starting them
costs. That by the clock depends on who else uses the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kit.corpus.archive import LOCK
from kit.corpus.invented import invented_articles, write_invented

FOR_WORKERS, FOR_KILLS = 4_000, 1_500
SIZES = (1_000, 20_000)
KILLS = 10
REACHED = {"workers": 1.8, "memory": 1.1}


class Done(NamedTuple):
    """What a run took: seconds by the clock and of the processor, its children's among them, and megabytes at most."""

    clock: float
    processor: float
    megabytes: float


def start(source: Path, output: Path, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "kit", "corpus", source.name, "-o", output.name, *options],
        cwd=source.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def run(source: Path, output: Path, *options: str) -> Done:
    began = time.perf_counter()
    _, status, used = os.wait4(start(source, output, *options).pid, 0)
    assert status == 0, f"It ended with {status}."
    return Done(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


def write_short(path: Path, count: int) -> None:
    """Two paragraphs of each invented article, with a number that makes it one of its kind."""
    with path.open("w", encoding="utf-8") as file:
        for number, article in enumerate(invented_articles(count)):
            text = "\n\n".join(article["text"].split("\n\n")[1:3]) + f"\n\nThis is report {number}.\n"
            file.write(json.dumps({"text": text}) + "\n")


def held(folder: str | Path) -> dict[str, bytes]:
    """All that an archive holds, byte for byte."""
    files = [path for path in Path(folder).rglob("*") if path.is_file() and path.name != LOCK]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def workers(folder: Path) -> Iterator[str]:
    source = folder / "news.jsonl"
    write_invented(source, FOR_WORKERS)
    one = run(source, folder / "one")
    two = run(source, folder / "two", "--workers", "2")
    assert held(folder / "one") == held(folder / "two")
    ratio = one.processor / (two.processor / 2)
    yield (
        f"workers  two read {ratio:.2f} times as much as one, by processor time (at least {REACHED['workers']}); "
        f"{one.clock / two.clock:.2f} by the clock"
    )
    yield (
        f"         {FOR_WORKERS:,} articles: {one.processor:.0f} s of one processor, {two.processor:.0f} s of two; "
        f"by the clock {one.clock:.0f} s and {two.clock:.0f} s, on {os.cpu_count()} processors with a load of "
        f"{os.getloadavg()[1]:.1f}"
    )


def memory(folder: Path) -> Iterator[str]:
    peaks = []
    for size in SIZES:
        source = folder / f"short{size}.jsonl"
        write_short(source, size)
        done = run(source, folder / f"of{size}")
        peaks.append(done.megabytes)
        yield f"         {size:6,} articles: {done.megabytes:.0f} MB at most, {size / done.processor:.0f} a second"
    small, large = SIZES
    times = f"{peaks[1] / peaks[0]:.3f} times as much for {large:,} as for {small:,}"
    yield f"memory   {times} (at most {REACHED['memory']})"


def kills(folder: Path) -> Iterator[str]:
    some, source = random.Random(), folder / "news.jsonl"
    write_invented(source, FOR_KILLS)
    output, killed = folder / "killed", 0
    while killed < KILLS:
        there = len(list(output.glob("articles/*.parquet")))
        working = start(source, output, "--workers", str(some.choice([1, 2])))
        wanted = there + some.randint(0, 2)
        while len(list(output.glob("articles/*.parquet"))) < wanted or not output.exists():
            time.sleep(0.01)
        time.sleep(some.random())
        working.send_signal(signal.SIGKILL)
        ended = working.wait()
        assert ended == -signal.SIGKILL, "It was done before it could be killed: give it more articles."
        killed += 1
    run(source, output)
    run(source, folder / "undisturbed")
    equal = held(output) == held(folder / "undisturbed")
    yield f"kills    killed {killed} times at random: {'the same, byte for byte' if equal else 'NOT THE SAME'}"


QUESTIONS = {"workers": workers, "memory": memory, "kills": kills}


def report(asked: Sequence[str] = tuple(QUESTIONS)) -> Iterator[str]:
    """The figures, one a line, as they come."""
    for question in asked:
        with tempfile.TemporaryDirectory() as name:
            yield from QUESTIONS[question](Path(name))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus")
    parser.add_argument("--only", choices=QUESTIONS)
    asked = parser.parse_args().only
    for line in report([asked] if asked else [*QUESTIONS]):
        print(line, flush=True)
