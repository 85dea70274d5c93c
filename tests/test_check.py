"""`kit check` on tiny notebooks, as a teacher runs it."""

import io
import os
import re
import shutil
import subprocess
import sys
import textwrap

import nbformat
import pytest
from conftest import ROOT

from kit.classroom.check import NO_KEYS, check, find_notebooks
from kit.classroom.check_report import damaged
from kit.cli import main
from kit.course.lessons import read_lesson
from kit.errors import KitError
from kit.progress_bar import progress_bar


def cell(source, output=None, *, tags=()):
    made = nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})
    if output is not None:
        made.execution_count = 1
        made.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": output}, execution_count=1)]
    return made


COMPARED = ["nbval-check-output"]


def check_folder(folder, *options, kernels=(), **notebooks):
    """Check notebooks given by name and cells; the exit status and what was printed."""
    for name, cells in notebooks.items():
        kernel = dict(kernels).get(name, "python3")
        about = {"kernelspec": {"name": kernel, "display_name": kernel}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=about), folder / f"{name}.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", "kit", "check", *options, "."],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"},  # There may be a copy of the kit.
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_a_notebook_that_does_what_it_says(tmp_path):
    settings = {"pytest.ini": "[pytest]\naddopts = --no-such-option\n", "conftest.py": "1 / 0"}  # do not count
    for name, text in settings.items():
        (tmp_path / name).write_text(text)
    good = [cell("import kit"), cell("1 + 1", "2", tags=COMPARED), cell("print('x')")]
    status, said = check_folder(tmp_path, good=good)
    assert status == 0, said
    assert said.startswith("Checking 1 notebook. Each is run as a student finds it, then answered by its keys")
    assert "\nok      good.ipynb" in said
    assert "3 cells run, 1 output compared" in said
    assert "1 of 1 notebook passes." in said
    assert {path.name for path in tmp_path.iterdir()} == {"good.ipynb", *settings}  # checking leaves no trace


# ------------------------------------------------------------------------------------------ all that can go wrong

REPORT = "The old mill may close, mayor Ivo Brand said on Monday. Critics called it a brutal plan."
EXERCISES = [
    cell("import kit"),
    cell('kit.Quiz("02_who_says_so/check-1")'),
    cell('kit.Quiz.review("02_who_says_so")'),
    cell(f'kit.Marker("mine/who", "{REPORT}", labels=["cue"])'),
    cell(f'kit.Rewriter("mine/desk", "{REPORT}")'),
]
NOT_DONE = "import kit\nkit.progress('06_your_article').of('done')"
QUIZ = cell("q = kit.Quiz('06_your_article/check-1')")
FORGETFUL = "import os, shutil\nshutil.rmtree(os.environ['BTL_ANSWERS'], ignore_errors=True)"
MEND = "from kit.errors import KitError\nraise KitError('Mend it.')"
OTHER_PAGE = cell(
    "from IPython.display import HTML\nHTML('<p>Snow</p>')", "<IPython.core.display.HTML object>", tags=COMPARED
)
OTHER_PAGE.outputs[0].data["text/html"] = "<p>Rain</p>"
NOTEBOOKS = {
    "page": [OTHER_PAGE],
    "differs": [cell("1 + 1", "3", tags=COMPARED)],
    "good": [cell("1 + 1")],
    "raises": [cell("x = 1"), cell("1 / 0"), cell(MEND), cell(MEND), cell("nothing")],
    "stops-again": [cell("1 / 0")],
    "stripped": [cell("1 + 1", tags=COMPARED)],
    "ends": [cell("x = 1"), cell("import os\nos._exit(1)"), cell("x"), cell("x")],
    "mine": [cell("1 + 1")],
    "exercises": EXERCISES,
    "tells": [cell(NOT_DONE, "()", tags=COMPARED), QUIZ],
    "changes": [cell("import kit"), QUIZ, cell("q.committed", "False", tags=COMPARED)],
    "forgetful": [cell(FORGETFUL), *EXERCISES[:2]],
}
PASS = {"good", "exercises", "tells"}
DAMAGED = [
    *("", "{", "[]", '{"cells": [{}]}', '{"cells": {"a": 1}}', "\x00\xff"),
    '{"nbformat": 4, "cells": [], "metadata": []}',
    '\ufeff{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',  # saved by a text editor
    '{"cells": [], "metadata": {}, "nbformat": 9, "nbformat_minor": 0}',
    '{"cells": [{"cell_type": "code"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
]


STUDENTS = "What a class has answered, here and in a folder of its own."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Notebooks, and a class's answers: where they are by default, and where the environment says."""
    folder = tmp_path_factory.mktemp("notebooks")
    for answers in ("answers", "class"):
        (folder / answers).mkdir()
        (folder / answers / "02_who_says_so.json").write_text(STUDENTS, "utf-8")
    return folder


@pytest.fixture(scope="module")
def said(folder):
    """All that is said where many notebooks are checked at once."""
    for number, damage in enumerate(DAMAGED):
        (folder / f"broken-{number}.ipynb").write_text(damage, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BTL_ANSWERS", str(folder / "class"))
        status, said = check_folder(folder, kernels={"mine": "my-own-kernel"}, **NOTEBOOKS)
    assert status == 1, said
    return said


@pytest.fixture
def said_of(said):
    """What is said of one notebook, line by line and without the indentation."""
    paragraphs = dict(part.split(".ipynb\n", 1) for part in said.split("\n\n") if ".ipynb\n" in part.split("  ")[0])
    return lambda name: textwrap.dedent(paragraphs[name])


def test_each_notebook_has_a_line_that_says_whether_it_passes(said):
    count = len(NOTEBOOKS) + len(DAMAGED)
    first, *lines = said.splitlines()
    assert re.match(rf"Checking {count} notebooks, \d at a time\. ", first) or os.cpu_count() == 1
    states = {line.split()[1].removesuffix(".ipynb"): line.split()[0] for line in lines[:count]}
    assert len(states) == count
    assert {name for name, state in states.items() if state == "ok"} == PASS
    assert set(states.values()) == {"ok", "FAILED"}
    assert f"{len(PASS)} of {count} notebooks pass." in said
    assert "What to do:" in said
    assert "open the notebook with `kit lab`" in said
    assert "\x1b" not in said


def test_another_output(said_of):
    assert said_of("differs").startswith("Code cell 1 gives another output than the notebook holds:\n1 + 1\n")
    assert "\n--- in the notebook\n+++ now\n-3\n+2" in said_of("differs")
    assert "Code cell 1 is tagged nbval-check-output but holds no output to compare." in said_of("stripped")


def test_another_page_is_told_by_what_differs_in_it(said_of):
    assert said_of("page").endswith("--- in the notebook\n+++ now\n-<p>Rain</p>\n+<p>Snow</p>")


def test_the_first_error_is_shown_in_full_and_those_after_it_in_a_line(said_of):
    assert said_of("raises").startswith("Code cell 2 stops with an error:\n1 / 0\n")
    assert "----> 1 1 / 0" in said_of("raises")
    below = "\nCode cells 3, 4 and 5 below it, too: Mend it. (and 1 other error)"
    assert said_of("raises").endswith(below)


def test_the_error_that_stopped_another_notebook_takes_one_line(said_of):
    assert said_of("stops-again") == (
        "Code cell 1 stops with the same error as raises.ipynb: ZeroDivisionError: division by zero"
    )


def test_a_cell_that_ends_python_is_named_and_no_cell_below_it(said_of):
    assert said_of("ends") == (
        "Code cell 2 ends Python itself (“the kernel died”), and no cell below it can run:\nimport os\nos._exit(1)"
    )


def test_a_kernel_that_students_do_not_have(said_of):
    assert "asks for the kernel “my-own-kernel”" in said_of("mine")
    assert "choose Kernel > Change Kernel > Python 3" in said_of("mine")


def test_exercises_are_answered_by_their_keys_and_found_again(said):
    [line] = [line for line in said.splitlines() if " exercises.ipynb " in line]
    assert "5 cells run, 5 answers tried" in line


def test_what_tells_of_answers_may_change_with_them_and_nothing_else_may(said_of):
    assert said_of("changes").startswith("Once all questions are answered: Code cell 3 gives another output")
    assert "\n-False\n+True" in said_of("changes")


def test_the_answers_of_a_class_stay_as_they_are(said, folder):
    for answers in ("answers", "class"):
        [file] = (folder / answers).iterdir()
        assert file.read_text("utf-8") == STUDENTS


def test_an_answer_that_is_gone_is_named(said_of):
    gone = "Quiz('02_who_says_so/check-1') does not show its answer when the notebook is run again."
    assert said_of("forgetful") == gone


@pytest.mark.parametrize("number", range(len(DAMAGED)))
def test_a_damaged_file_is_named(said_of, number):
    assert said_of(f"broken-{number}").startswith(
        "This file is damaged: it does not hold a notebook. Take an older copy"
    )


def test_a_cell_that_never_ends_is_stopped(tmp_path):
    cells = [cell("while True:\n    pass"), cell("1 / 0")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "endless.ipynb")
    sooner = (
        "from kit.classroom import notebook_runner; from pathlib import Path; "
        "notebook_runner.LONGEST_CELL = 2; "
        "print(*notebook_runner.run(Path('endless.ipynb').resolve(), Path()).problems)"
    )
    done = subprocess.run([sys.executable, "-c", sooner], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.stdout == "Code cell 1 takes too long and was stopped:\nwhile True:\n    pass\n"


@pytest.fixture
def copy(tmp_path):
    """A copy of the kit beside the notebooks to check, as a teacher has it who writes questions."""
    for name in ("kit", "seeds", "exercises"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.ipynb"))
    return tmp_path


def test_a_key_that_does_not_fit_is_named_with_what_to_do(copy):
    keys, items = (copy / "exercises" / name / "02_who_says_so.toml" for name in ("keys", "items"))
    keys.write_text(keys.read_text("utf-8").replace('right = ["rask"]', 'right = ["mayor"]'), "utf-8")
    text = items.read_text("utf-8")
    spoiled = text.replace('text = "said"', 'text = "harbour master"', 1)  # the right words lie in wrong ones
    assert spoiled != text
    items.write_text(spoiled, "utf-8")
    quizzes = [cell(f"kit.Quiz('02_who_says_so/{name}')") for name in ("check-1", "find-the-cue", "first-look")]
    status, said = check_folder(copy, spoiled=[cell("import kit"), *quizzes])
    assert status == 1
    assert "exercises/keys/02_who_says_so.toml, check-1: its key names an option 'mayor' that is not there." in said
    assert "02_who_says_so/find-the-cue: answered by its key it is called" in said
    assert "first-look" not in said
    assert "compare the question in exercises/items/ with its key in exercises/keys/" in said


def test_missing_keys_are_mentioned_once_and_are_not_a_failure(copy):
    shutil.rmtree(copy / "exercises" / "keys")
    status, said = check_folder(copy, asks=EXERCISES[:2])
    assert status == 0, said
    assert "tried" not in said.replace(NO_KEYS, "")
    assert said.count(NO_KEYS) == 1


@pytest.mark.parametrize(
    ("there", "told"),
    [
        (("notebooks", ".git"), "For a fresh copy: git checkout -- notebooks/02_who_says_so.ipynb."),
        (("notebooks",), "Take notebooks/02_who_says_so.ipynb out of the ZIP file or the download once more."),
        (("mine",), "Take an older copy: JupyterLab keeps one in the folder .ipynb_checkpoints beside it."),
    ],
)
def test_a_damaged_file_comes_with_the_way_to_a_fresh_copy(tmp_path, there, told):
    for name in there:
        (tmp_path / name).mkdir()
    assert told in damaged(tmp_path / there[0] / "02_who_says_so.ipynb")


def test_outputs_are_stored_anew_after_the_difference_is_shown(tmp_path):
    cells = [cell("1 + 1", "3", tags=COMPARED), cell("2 + 2", tags=COMPARED), cell("'as it was'", "what I keep")]
    broken = [cell("1 + 1", "3", tags=COMPARED), cell("1 / 0")]
    status, said = check_folder(tmp_path, "--fix", mends=cells, breaks=broken)
    assert status == 1
    assert "mends.ipynb: stored anew\n  1 + 1\n  --- in the notebook\n  +++ now\n  -3\n  +2\n" in said
    assert re.search(r"^ok +mends\.ipynb +3 cells run, 2 outputs compared, 2 outputs stored anew", said, re.M)
    mended = nbformat.read(tmp_path / "mends.ipynb", 4).cells
    assert [one.outputs[0].data["text/plain"] for one in mended] == ["2", "4", "what I keep"]
    assert "3" in nbformat.read(tmp_path / "breaks.ipynb", 4).cells[0].outputs[0].data["text/plain"]


def test_the_keys_are_shown_with_what_counts_as_right(capsys):
    assert main(["check", "--show-keys", str(ROOT / "exercises" / "02_who_says_so.ipynb")]) == 0
    said = capsys.readouterr().out
    told = said[said.index("02_who_says_so/check-1 · ") :].split("\n\n")[0].splitlines()
    assert [line.strip() for line in told[-4:]] == [
        "· The environment agency's",
        "✓ Pelle Rask's",
        "· The letter's: the reporter quotes it",
        "· Only the reporter's",
    ]
    lesson = read_lesson("02_who_says_so")
    assert all(f"{item.id} · {item.title}" in said for item in lesson.questions)
    assert "03_how_sure" not in said


# ------------------------------------------------------------------------------------------ around it


def test_nbval_alone_checks_a_notebook_too():
    """As the README says, in a clone and with the project's settings of pytest, which take warnings for errors."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--nbval", "notebooks/00_start_here.ipynb"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("at_a_terminal", [True, False])
def test_a_bar_shows_at_a_terminal_how_far_it_is(at_a_terminal, monkeypatch):
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: at_a_terminal, raising=False)
    monkeypatch.setattr(sys, "stderr", screen)
    with progress_bar("Checking", 4) as bar:
        bar.update(3)
        bar.refresh()
    assert ("75 %" in screen.getvalue()) is at_a_terminal
    assert bool(screen.getvalue()) is at_a_terminal


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
        (
            "02_who_says_so.ipynb",
            r"Did you mean .*notebooks.02_who_says_so.ipynb or .*exercises.02_who_says_so.ipynb\?",
        ),
        ("notes.md", "isn.t a notebook"),
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
    assert done.stderr.strip().endswith("There is no file or folder missing.ipynb that can be read.")
    assert len(done.stderr.strip().splitlines()) == 1
