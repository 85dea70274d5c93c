"""A teacher's own lesson, made of an article by `kit lesson`, in a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from conftest import ROOT, running_lab
from playwright.sync_api import expect

from e2e.lab import WAIT, Lab, Lesson
from kit.cli import main
from kit.course.answers import forget_open
from kit.resources import FIRST


@contextmanager
def made_lesson(article: Path, course: Path, browser: Any, monkeypatch: Any) -> Iterator[Lesson]:
    """The lesson, opened in a folder of its own in a new course."""
    folder = course / "my class"
    (course / "notebooks").mkdir(parents=True)
    shutil.copy(ROOT / FIRST, course / FIRST)  # which makes it a course
    assert main(["lesson", str(article), "-o", str(folder)]) == 0
    monkeypatch.chdir(folder)
    monkeypatch.delenv("BTL_ANSWERS", raising=False)
    forget_open()
    expect.set_options(timeout=WAIT)
    with running_lab(course, course.parent, "--LabApp.expose_app_in_browser=True") as (address, _):
        lesson = Lab(address, browser).open_lesson(f"my class/{article.stem}.ipynb")
        yield lesson
        lesson.close()
