"""How long until somebody new has begun: `python benchmarks/newcomer.py` (git, make, Chromium and the network).

A fresh clone of what is committed here, in a folder and a home of its own, with nothing that pip has kept:

setup    `make setup`: everything is fetched and installed into `.venv`
lab      `.venv/bin/kit lab`, until it prints its address
question in a browser, until the first question can be answered
answer   until the first answer is given and saved
marks    `.venv/bin/kit annotate` on a text of one's own, until the marks are printed
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
LESSON = "notebooks/00_start_here.ipynb"
IN_CLONE = "--in-this-clone"


def report() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        clone, home = Path(name) / "between-the-lines", Path(name) / "home"
        home.mkdir()
        kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
        environment = kept | {"HOME": str(home), "PIP_NO_CACHE_DIR": "1"}
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        started = time.perf_counter()
        subprocess.run(["make", "setup"], cwd=clone, env=environment, check=True, stdout=subprocess.DEVNULL)
        yield f"setup    {time.perf_counter() - started:5.0f} s"
        beginning = [".venv/bin/python", "benchmarks/newcomer.py", IN_CLONE]
        begun = subprocess.run(beginning, cwd=clone, env=environment, check=True, capture_output=True, text=True)
        yield from begun.stdout.splitlines()
        (clone / "my_article.txt").write_text("The pier may close, the mayor of Port Vorn said.\n")
        started = time.perf_counter()
        annotate = [".venv/bin/kit", "annotate", "my_article.txt"]
        subprocess.run(annotate, cwd=clone, env=environment, check=True, capture_output=True)
        yield f"marks    {time.perf_counter() - started:5.1f} s"


def begin() -> Iterator[str]:
    """The first lesson, begun in the clone that this runs in."""
    sys.path.insert(0, str(ROOT / "tests"))
    from conftest import CHROMIUMS, running_lab
    from e2e.lab import Lab
    from playwright.sync_api import sync_playwright

    started = time.perf_counter()
    chromium = next(path for name in CHROMIUMS if (path := shutil.which(name)))
    with running_lab(ROOT, Path.home()) as (address, _), sync_playwright() as playwright:
        yield f"lab      {time.perf_counter() - started:5.1f} s"
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        started = time.perf_counter()
        lesson = Lab(address, browser).open_lesson(LESSON)
        quiz = lesson.cells().locator(".btl-quiz").last
        quiz.get_by_role("radio").first.wait_for()
        yield f"question {time.perf_counter() - started:5.1f} s"
        started = time.perf_counter()
        quiz.get_by_role("radio").first.check()
        quiz.get_by_role("button", name="Commit my answer").click()
        while not any('"committed": true' in path.read_text("utf-8") for path in (ROOT / "answers").glob("*.json")):
            lesson.page.wait_for_timeout(50)
        yield f"answer   {time.perf_counter() - started:5.1f} s"
        lesson.close()
        browser.close()


if __name__ == "__main__":
    for line in begin() if IN_CLONE in sys.argv else report():
        print(line, flush=True)
