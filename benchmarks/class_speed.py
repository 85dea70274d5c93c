"""How long `kit class` takes for a class of 30 and for 1,000 students: `python benchmarks/class_speed.py`.

The students are invented, each with a hand-in of up to seven lessons (tests/invented_class.py). Seconds by the clock,
of a fresh Python from its start to the written page and table; and of the processor, which hold on a busy machine too.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
SIZES = {30: 10, 1000: 60}  # students, and the seconds that we promise on two idle cores


def report() -> Iterator[str]:
    sys.path.insert(0, str(TESTS))
    from invented_class import InventedClass

    for size, limit in SIZES.items():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            InventedClass(size).write(folder / "in")
            command = [sys.executable, "-m", "kit", "class", str(folder / "in"), "-o", str(folder / "class.html")]
            start, before = time.perf_counter(), _of_processor()
            subprocess.run([*command, "--csv", str(folder / "g.csv")], check=True, stdout=subprocess.DEVNULL)
            taken, worked = time.perf_counter() - start, _of_processor() - before
            megabytes = (folder / "class.html").stat().st_size / 1e6
            yield (
                f"{size:5} students  {taken:5.1f} s by the clock, {worked:5.1f} s of the processor (limit {limit} s); "
                f"a page of {megabytes:.1f} MB"
            )


def _of_processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
