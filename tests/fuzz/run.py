"""Look for inputs that the kit can't take: `make fuzz`, or `make fuzz ARGS='any_page any_text --runs 5000'`.

The properties are those of `tests/test_any_input.py`. Hypothesis makes its inputs of bytes there; here Google's atheris
chooses the bytes, by what of the kit each of them makes run. Each property runs in a process of its own. A failure is
shown as the test would show it; make it as small as you can and put it into `FOUND` there.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).parents[1]
SECONDS = 60
LARGEST = 4096  # bytes from which Hypothesis makes an input
SLOW = ["kit.models", "kit.analysis.attribution"]  # inner loops, in which counting what runs takes most of the time


def main() -> int:
    """1 if an input was found, else 0."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("properties", nargs="*", help="default: all")
    arguments.add_argument("--seconds", type=int, default=SECONDS, help=f"for each of them; default: {SECONDS}")
    arguments.add_argument("--runs", type=int, default=-1, help="inputs for each of them, however long that takes")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.here:
        fuzz(chosen.properties[0], chosen)
    failed = []
    for name in chosen.properties or properties():
        print(f"{name} ...", flush=True)
        options = [f"--seconds={chosen.seconds}", f"--runs={chosen.runs}", f"--seed={chosen.seed}"]
        done = subprocess.run([sys.executable, __file__, name, "--here", *options], capture_output=True, text=True)
        count = next((line.split()[1] for line in done.stderr.splitlines() if line.startswith("Done")), "?")
        print(f"  {count} inputs, {'nothing found' if not done.returncode else 'found:'}", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout[-6000:], done.stderr[-3000:], sep="\n", flush=True)
    print(f"Found something in: {', '.join(failed)}." if failed else "Nothing found.")
    return bool(failed)


def properties() -> list[str]:
    """The names of all properties."""
    from test_any_input import PROPERTIES

    return list(PROPERTIES)


def fuzz(name: str, chosen: argparse.Namespace) -> None:
    """Run one property until its time is over, or an input is found. Never returns."""
    import atheris

    with atheris.instrument_imports(include=["kit"], exclude=SLOW):
        from test_any_input import PROPERTIES
    limit = [f"-runs={chosen.runs}"] if chosen.runs > 0 else [f"-max_total_time={chosen.seconds}"]
    limit += [f"-seed={chosen.seed}", f"-max_len={LARGEST}", "-len_control=0", "-timeout=60", "-rss_limit_mb=4096"]
    limit.append(f"-artifact_prefix={tempfile.gettempdir()}/")
    atheris.Setup([sys.argv[0], *limit], PROPERTIES[name].hypothesis.fuzz_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.path[:0] = [str(TESTS), str(TESTS.parent)]
    sys.exit(main())
