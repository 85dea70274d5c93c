"""Checks the widgets' scripts: what needs no page by node's own test runner, their style by eslint, their types by tsc.

Where Node or these packages can't be had, a sentence says what was left out. With CI set that is a failure.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PACKAGES = HERE / "node_modules"
FETCHED = PACKAGES / ".package-lock.json"  # npm writes it last
QUIET = "--disable-warning=ExperimentalWarning"  # node calls its clock for tests an experiment


def main() -> int:
    """0 if all that could be checked is well; 1 if something isn't, or if in CI something was left out."""
    node, npm = shutil.which("node"), shutil.which("npm")
    oldest = json.loads((HERE / "package.json").read_text("utf-8"))["engines"]["node"].removeprefix(">=")
    if node is None or npm is None or _version(node) < tuple(map(int, oldest.split("."))):
        return _left_out(f"The widgets' scripts were not checked: that needs Node {oldest} or newer, with npm.")
    tests = [path.as_posix() for path in sorted(HERE.glob("*.test.js"))]
    well = [_run(node, QUIET, "--test", "--test-reporter=spec", *tests)]
    if not _fetch(npm):
        left_out = _left_out("eslint and tsc were left out: npm could not fetch them. Is this machine online?")
        return left_out if all(well) else 1
    scripts = [*((ROOT / "kit" / room / "static").as_posix() for room in ("widgets", "classroom")), HERE.as_posix()]
    config = (HERE / "eslint.config.js").as_posix()
    well.append(_run(node, PACKAGES / "eslint/bin/eslint.js", "--max-warnings", "0", "--config", config, *scripts))
    well.append(_run(node, PACKAGES / "typescript/bin/tsc", "--project", HERE))
    return 0 if all(well) else 1


def _fetch(npm: str) -> bool:
    """Have npm put the packages of the lock in place, if they aren't there yet."""
    if FETCHED.is_file() and FETCHED.stat().st_mtime >= (HERE / "package-lock.json").stat().st_mtime:
        return True
    fetched = subprocess.run([npm, "ci", "--prefer-offline"], cwd=HERE, capture_output=True, text=True)
    print(fetched.stderr, end="", file=sys.stderr)
    return fetched.returncode == 0


def _version(node: str) -> tuple[int, ...]:
    said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    return tuple(map(int, re.findall(r"\d+", said)))


def _run(*command: str | Path) -> bool:
    return subprocess.run(command, cwd=ROOT).returncode == 0


def _left_out(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
