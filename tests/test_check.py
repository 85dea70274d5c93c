"""`kit check` on tiny notebooks, as a teacher runs it."""

import subprocess
import sys

import nbformat
import pytest

from kit.check import check, find_notebooks
from kit.errors import KitError


def cell(source, output=None, *, tags=()):
    made = nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})
    if output is not None:
        made.execution_count = 1
        made.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": output}, execution_count=1)]
    return made


@pytest.fixture
def checked(tmp_path):
    """Check notebooks given by name and cells; returns the exit status and what was printed."""

    def run(**notebooks):
        for name, cells in notebooks.items():
            nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / f"{name}.ipynb")
        done = subprocess.run(
            [sys.executable, "-m", "kit", "check", "."],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        assert done.stderr == ""
        return done.returncode, done.stdout

    return run


COMPARED = ["nbval-check-output"]


def test_a_notebook_that_does_what_it_says(checked):
    status, said = checked(good=[cell("import kit"), cell("1 + 1", "2", tags=COMPARED), cell("print('x')")])
    assert status == 0
    assert said.startswith("ok      good.ipynb")
    assert "3 cells run, 1 outputs compared" in said
    assert "1 of 1 notebooks pass." in said


def test_notebooks_that_do_not(checked):
    status, said = checked(
        differs=[cell("1 + 1", "3", tags=COMPARED)],
        good=[cell("1 + 1")],
        raises=[
            cell("x = 1"),
            cell("1 / 0"),
            cell("from kit.errors import KitError\nraise KitError('Mend it.')"),
        ],
        stripped=[cell("1 + 1", tags=COMPARED)],
    )
    assert status == 1
    states = {line.split()[1]: line.split()[0] for line in said.splitlines()[:4]}
    assert states == {
        "differs.ipynb": "FAILED",
        "good.ipynb": "ok",
        "raises.ipynb": "FAILED",
        "stripped.ipynb": "FAILED",
    }
    assert "Code cell 1: Cell outputs differ\n  1 + 1\n" in said
    assert "Code cell 2: Cell execution caused an exception\n  1 / 0\n" in said
    assert "ZeroDivisionError: division by zero" in said
    assert "\n  Mend it.\n" in said
    assert "Code cell 1 is tagged nbval-check-output but holds no output to compare." in said
    assert "What to do: open the notebook" in said
    assert "\x1b" not in said
    assert "1 of 4 notebooks pass." in said


def test_settings_around_a_notebook_do_not_count(checked, tmp_path):
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    (tmp_path / "conftest.py").write_text("1 / 0")
    assert checked(good=[cell("1 + 1", "2", tags=COMPARED)])[0] == 0


def test_checking_leaves_no_trace(checked, tmp_path):
    checked(good=[cell("1 + 1")])
    assert [path.name for path in tmp_path.iterdir()] == ["good.ipynb"]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"cells": [{}]}', '{"cells": {"a": 1}}', "\x00\xff"])
def test_a_damaged_file_is_named(tmp_path, capsys, damage):
    path = tmp_path / "broken.ipynb"
    path.write_text(damage, "latin-1")
    assert check([path]) == 1
    assert "This file is damaged" in capsys.readouterr().out


def test_which_notebooks_are_found(tmp_path, monkeypatch):
    for name in ("b.ipynb", "a.ipynb", ".ipynb_checkpoints/a-checkpoint.ipynb", "deeper/c.ipynb", "notes.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = find_notebooks([tmp_path, tmp_path / "a.ipynb"])
    assert [str(path.relative_to(tmp_path.resolve())) for path in found] == [
        "a.ipynb",
        "b.ipynb",
        "deeper/c.ipynb",
    ]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing.ipynb", "no file or folder"),
        ("notes.md", "is no notebook"),
        ("empty", "There is no notebook in"),
    ],
)
def test_nothing_to_check_is_said(tmp_path, path, message):
    (tmp_path / "notes.md").touch()
    (tmp_path / "empty").mkdir()
    with pytest.raises(KitError, match=message):
        check([tmp_path / path])


def test_the_command_says_it_in_one_line(tmp_path):
    command = [sys.executable, "-m", "kit", "check", "missing.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.strip().endswith("There is no file or folder missing.ipynb.")
    assert len(done.stderr.strip().splitlines()) == 1
