"""The teacher's notebook in a real JupyterLab, with a folder of hand-ins: by its own words, from top to bottom."""

from __future__ import annotations

import shutil

import pytest
from conftest import ROOT, running_lab
from invented_class import InventedClass
from playwright.sync_api import expect

from e2e.lab import WAIT, Lab
from kit.resources import FIRST

pytestmark = [pytest.mark.browser, pytest.mark.walk]
SIZE = 5
NOTEBOOK = "notebooks/for_teachers.ipynb"
LESSONS = ("02_who_says_so", "03_how_sure", "04_in_whose_words")


@pytest.fixture
def notebook(tmp_path, browser):
    """The notebook, opened in a copy of the course; nothing is handed in."""
    folder = tmp_path / "course"
    (folder / "notebooks").mkdir(parents=True)
    for path in (FIRST, NOTEBOOK):
        shutil.copy(ROOT / path, folder / path)
    expect.set_options(timeout=WAIT)
    with running_lab(folder, tmp_path, "--LabApp.expose_app_in_browser=True") as (address, _):
        opened = Lab(address, browser).open(NOTEBOOK)
        yield opened
        opened.close()


def test_a_teacher_sees_what_came_in_and_more_when_more_comes_in(notebook, tmp_path):
    shown = notebook.page.locator(".jp-OutputArea-output:visible .discussion")
    notebook.run_all()
    expect(shown.first).to_contain_text("0 students")
    expect(shown.first).to_contain_text("There is no folder or file ../handed-in")
    InventedClass(SIZE, only=LESSONS).write(tmp_path / "course" / "handed-in")
    notebook.run_all()
    first = shown.first
    expect(first).to_contain_text(f"{SIZE} students")
    assert [" 0 students" in text for text in shown.all_text_contents()] == [False] * len(LESSONS)
    reveal, careful = first.get_by_label("Reveal"), first.locator(".btl-page .careful")
    assert careful.count() > 0
    reveal.check()
    expect(careful.first).to_be_visible()
    assert notebook.errors == []
