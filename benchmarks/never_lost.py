"""Are answers lost when two notebooks save at the same moment, or when one is killed while it saves?

`python -m benchmarks.never_lost` needs no corpus, and a system that can fork (Linux, macOS). Two processes save other
exercises of one lesson at the same moment, again and again, with locks and as on a file system that has none; and a
process that saves without a pause is killed at a random moment, again and again: its file must be whole, old or new.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import os
import random
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kit.course import answer_file
from kit.course.answers import Answers
from kit.sources.load import load
from kit.text.article import Article

TWO = ("left", "right")
TEXT = "As it was typed. " * 200


def lost_by_two(folder: Path, article: Article, rounds: int, *, locks: bool = True) -> int:
    """How many are gone of the answers that two processes save side by side, ``rounds`` each.

    At the end each of them looks at its answers once more: without locks, what was written over in the last round is
    found only then.
    """
    path = folder / "lesson.json"
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(len(TWO))

    def save(name: str) -> None:
        if not locks:
            answer_file.alone_in = no_locks  # type: ignore[assignment]  # in this process alone
        store = Answers(path, article)
        for number in range(rounds):
            gate.wait()
            store.put(f"{name}-{number}", {"text": f"{name} {number}"})
        for turn in TWO:  # each looks at its answers once more, as whoever opens the map or hands in does
            gate.wait()
            if name == turn:
                store.refresh()
                store.save_again()

    processes = [context.Process(target=save, args=(name,)) for name in TWO]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    found = json.loads(path.read_bytes())["answers"]
    return sum(f"{name}-{number}" not in found for name in TWO for number in range(rounds))


@contextlib.contextmanager
def no_locks(folder: Path) -> Iterator[bool]:
    """As `kit.files.alone_in` where there are no locks."""
    folder.mkdir(parents=True, exist_ok=True)
    yield False


def broken_by_kills(folder: Path, article: Article, kills: int, tick: Callable[[], object] = lambda: None) -> list[str]:
    """What was wrong after each of so many kills at a random moment of saving."""
    path, wrong, chance = folder / "lesson.json", [], random.Random(17)
    store = Answers(path, article)
    store.put("count", {"number": 0, "text": TEXT})
    for _ in range(kills):
        before = store.get("count")["number"]
        child = os.fork()
        if not child:
            try:
                for number in range(before + 1, before + 10_000):
                    store.put("count", {"number": number, "text": TEXT + str(number)}, keep=False)
            finally:
                os._exit(1)
        time.sleep(chance.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        left = len(list(folder.glob(".lesson.json.*")))
        if left > 1:
            wrong.append(f"{left} temporary files")
        store.refresh()
        now = store.get("count")
        if store.message or now.get("number", -1) < before or now["text"] != TEXT + str(now["number"] or ""):
            wrong.append(store.message or f"{before} became {now.get('number')}")
        tick()
    store.put("count", {"number": -1})
    if (left := len(list(folder.glob(".lesson.json.*")))) > 0:
        wrong.append(f"{left} temporary files at the end")
    return wrong


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--rounds", type=int, default=500, help="answers that each of two processes saves")
    arguments.add_argument("--kills", type=int, default=1000)
    chosen = arguments.parse_args()
    article = load("blinken")
    for locks in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            lost = lost_by_two(Path(folder), article, chosen.rounds, locks=locks)
        print(f"{'With' if locks else 'Without'} locks: {lost} of {2 * chosen.rounds:,} answers lost.", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        wrong = broken_by_kills(Path(folder), article, chosen.kills)
    print(f"Killed {chosen.kills:,} times: {len(wrong)} times something was wrong.", *wrong, sep="\n")


if __name__ == "__main__":
    main()
