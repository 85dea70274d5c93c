"""What students get: all of the course, nothing of the teacher's."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from itertools import pairwise

import nbformat
import pytest
from conftest import ROOT

from kit.classroom.handout import FOLDER, handed_out, handout, requirements
from kit.cli import main
from kit.course.lesson_files import lessons
from kit.course.lessons import read_lesson
from kit.errors import KitError

KEYS = ROOT / "exercises" / "keys"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class") / "for students"
    assert main(["handout", "-o", str(folder)]) == 0
    return folder


def told_by(key):
    """Every text in the key of a question."""
    for value in key.values():
        texts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
        yield from texts


def test_no_word_of_the_keys_is_in_any_byte(folder):
    """An option's id in a list of right ones is no secret word; what is said of it is."""
    keys = [key for path in sorted(KEYS.glob("*.toml")) for key in tomllib.loads(path.read_text("utf-8")).values()]
    secrets = [text.encode() for key in keys for text in told_by(key) if " " in text]
    assert len(secrets) > 150
    files = [path for path in folder.rglob("*") if path.is_file()]
    everything = b"\n".join(path.read_bytes() for path in files)
    assert [secret for secret in secrets if secret in everything] == []
    assert b"assess = true" in everything


def test_what_is_handed_out_says_of_no_sealed_option_that_it_is_right(folder):
    for path in sorted((folder / "exercises" / "items").glob("*.toml")):
        for item in tomllib.loads(path.read_text("utf-8"))["item"]:
            if item.get("assess"):
                assert {"model", "after", "hints", "otherwise"} & set(item) == set(), item["id"]
                known = {"id", "text", "card", "address"}
                assert all(set(option) <= known for option in item.get("option", ())), item["id"]


@pytest.mark.parametrize("lesson", lessons()[1:])
def test_the_order_of_options_does_not_tell_the_right_order(lesson):
    shown = {item.id: item for item in read_lesson(lesson).questions}
    for item in read_lesson(lesson, with_keys=True).questions:
        if item.assess and item.kind == "order":
            right = [option.id for option in item.options]
            assert [option.id for option in shown[item.id].options] != right
            assert [option.id for option in shown[item.id].shown()] != right


def test_it_holds_the_course_and_nothing_of_the_teachers(folder):
    top = {path.name for path in folder.iterdir()}
    starts = {"start.bat", "start.command", "start.sh", "READ_ME.txt"}
    assert top == starts | {"LICENSE", "requirements.txt", "exercises", "kit", "notebooks", "seeds"}
    assert {path.name for path in (folder / "exercises").iterdir() if path.is_dir()} == {"items"}
    for name in ("notebooks", "exercises"):
        assert {path.name for path in (folder / name).glob("*.ipynb")} == {
            path.name
            for path in (ROOT / name).glob("*.ipynb")
            if path.stem not in ("for_teachers", "extra_many_articles")  # which needs more than students get
        }
    assert not [path for path in folder.rglob("*") if path.name == "__pycache__"]


def test_each_system_can_start_it(folder):
    for name in ("start.sh", "start.command"):
        script = folder / name
        assert script.read_bytes().startswith(b"#!/bin/sh\n")
        if os.name == "posix":
            assert os.access(script, os.X_OK)
            subprocess.run(["sh", "-n", str(script)], check=True)
    batch = (folder / "start.bat").read_bytes()
    assert batch.count(b"\r\n") == batch.count(b"\n") > 0


def test_what_it_installs_is_what_the_lessons_need_each_with_its_hash():
    lines = requirements(ROOT).splitlines()
    names = [line.split("==")[0] for line in lines if not line.startswith(" ")]
    assert {"anywidget", "jupyterlab", "nbval", "nltk", "segno", "ipykernel", "pyzmq"} <= set(names)
    assert {"playwright", "mypy", "sphinx", "ruff"} & set(names) == set()
    pinned = {
        line.split("==")[0] for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines() if "==" in line
    }
    assert set(names) < pinned
    for name, after in pairwise(lines):
        assert name.startswith(" ") or after.startswith("    --hash=sha256:"), name


def test_the_zip_file_holds_the_same_and_is_never_written_over(tmp_path, folder, capsys):
    packed = tmp_path / "class.zip"
    handout(packed)
    with zipfile.ZipFile(packed) as files:
        held = {info.filename.removeprefix(f"{FOLDER}/"): files.read(info) for info in files.infolist()}
        modes = {info.filename: info.external_attr >> 16 & 0o777 for info in files.infolist()}
    assert held == {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    assert (modes[f"{FOLDER}/start.command"], modes[f"{FOLDER}/LICENSE"]) == (0o755, 0o644)
    assert "No answer keys are in it." in capsys.readouterr().out
    for there in (packed, folder, packed / "inside"):
        with pytest.raises(KitError, match=r"there already|can't be written"):
            handout(there)


def test_without_the_projects_folder_a_sentence_says_where_to_run_it(monkeypatch, tmp_path):
    monkeypatch.setattr("kit.classroom.handout.PACKAGE", tmp_path / "kit")
    with pytest.raises(KitError, match="needs the whole folder of the project"):
        list(handed_out())


def test_the_students_own_check_passes(folder, tmp_path):
    """Out of the folder alone, which is installed nowhere: questions of each lesson whose keys the students lack."""
    students = tmp_path / "copy"
    shutil.copytree(folder, students)
    sealed = [next(item.id for item in read_lesson(lesson).questions if item.assess) for lesson in lessons()[1:]]
    sources = ["import kit", *(f"kit.Quiz({exercise!r})" for exercise in sealed)]
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), students / "exercises" / "sealed.ipynb")
    environment = {name: value for name, value in os.environ.items() if name != "BTL_ANSWERS"}
    done = subprocess.run(
        [sys.executable, "-m", "kit", "check", "exercises/sealed.ipynb"],
        cwd=students,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 of 1 notebook passes." in done.stdout
    assert "Students' copies have none." in done.stdout


@pytest.mark.skipif(shutil.which("git") is None or not (ROOT / ".git").exists(), reason="not a clone")
def test_an_archive_of_the_repository_holds_no_keys(tmp_path):
    archive = tmp_path / "archive.zip"
    command = ["git", "archive", "--worktree-attributes", "-o", str(archive), "HEAD", "exercises"]
    subprocess.run(command, cwd=ROOT, check=True)
    names = zipfile.ZipFile(archive).namelist()
    assert "exercises/items/02_who_says_so.toml" in names
    assert [name for name in names if name.startswith("exercises/keys")] == []


def test_a_source_distribution_holds_no_keys():
    hatch = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert "/exercises/keys" in hatch["sdist"]["exclude"]
