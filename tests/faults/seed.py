"""`make faults`: who checks the checks? Each fault of faults.toml is put into a copy, where its check must fail.

    make faults                          # all of them: some ten minutes
    make faults ARGS='key minutes'       # those whose ids hold one of these words

A check is first run without a fault, once: there it must pass. Nothing is changed but the copy, which is thrown away.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
QUICKLY = ["-p", "no:nbval", "-p", "no:cacheprovider", "-q", "-x"]
BY_NOBODY = ["-c", "user.name=nobody", "-c", "user.email=nobody"]
TOOLS = {  # what a check begins with, and how it is run
    "kit": [sys.executable, "-m", "kit"],
    "pytest": [sys.executable, "-m", "pytest", *QUICKLY],
    "ruff": [sys.executable, "-m", "ruff", "check", "--no-cache"],
    "mypy": [sys.executable, "-m", "mypy"],
    "node": ["node", "--test"],
}


@dataclass(frozen=True)
class Fault:
    """Something that could go wrong, and the check that must find it.

    In ``file``, ``old`` stands exactly once and becomes ``new``; or the cell with the id ``drop_cell`` goes. ``check``
    is a tool of `TOOLS` and what it looks at.
    """

    id: str
    what: str
    file: str
    check: str
    old: str = ""
    new: str = ""
    drop_cell: str = ""

    def seeded(self, source: str) -> str:
        """The file's text with the fault in it. ValueError where the fault doesn't fit the file any longer."""
        if self.drop_cell:
            notebook = json.loads(source)
            kept = [cell for cell in notebook["cells"] if cell["id"] != self.drop_cell]
            if len(kept) != len(notebook["cells"]) - 1:
                raise ValueError(f"{self.id}: {self.file} has no cell {self.drop_cell}")
            return json.dumps(notebook | {"cells": kept}, ensure_ascii=False, indent=1) + "\n"
        if source.count(self.old) != 1 or self.old == self.new:
            raise ValueError(f"{self.id}: its text stands {source.count(self.old)} times in {self.file}")
        return source.replace(self.old, self.new)


@cache
def faults() -> tuple[Fault, ...]:
    """All faults, in the order of the file."""
    return tuple(Fault(**one) for one in tomllib.loads((HERE / "faults.toml").read_text("utf-8"))["fault"])


def main(words: Sequence[str]) -> int:
    """Seed the faults whose ids hold one of these words, or all; 0 if each is found."""
    chosen = [fault for fault in faults() if not words or any(word in fault.id for word in words)]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        _copy(copy)
        checks = dict.fromkeys(fault.check for fault in chosen)
        print(f"First {len(checks)} checks without a fault, then {len(chosen)} faults ...", flush=True)
        clean = {check: _passes(check, copy) for check in checks}
        not_found = [fault for fault in chosen if not _found(fault, copy, clean[fault.check])]
    print(f"\n{len(chosen) - len(not_found)} of {len(chosen)} faults are found.")
    for fault in not_found:
        print(f"  not found: {fault.id}. {fault.what} Check: {fault.check}")
    return 1 if not_found or not chosen else 0


def _copy(target: Path) -> None:
    """What git knows of, and what it doesn't ignore."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    for words in (["init", "-q"], ["add", "--all"], [*BY_NOBODY, "commit", "-q", "-m", "a copy"]):
        subprocess.run(["git", *words], cwd=target, check=True)  # some tests ask git what belongs here


def _found(fault: Fault, copy: Path, clean: bool) -> bool:
    """Put a fault in, run its check, and take it out again."""
    path = copy / fault.file
    before = path.read_bytes()
    path.write_bytes(fault.seeded(before.decode()).encode())
    found = clean and not _passes(fault.check, copy)
    path.write_bytes(before)
    print(f"{'found' if found else 'NOT FOUND' if clean else 'CHECK FAILS ANYWAY':10} {fault.id}", flush=True)
    return found


def _passes(check: str, copy: Path) -> bool:
    tool, *what = shlex.split(check)
    # Bytecode of a file that is changed and changed back within a second would be taken for that of the old one.
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("CI", None)  # without it, what a check can't do here it skips
    return subprocess.run([*TOOLS[tool], *what], cwd=copy, env=environment, capture_output=True).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
