"""A wheel, installed anywhere, brings the whole course along, and no answer keys."""

import os
import subprocess
import sys
import zipfile

import pytest
from conftest import ROOT

import kit


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Run a command with the kit from the wheel, in a folder; returns what it printed."""
    site = tmp_path_factory.mktemp("site")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*install, "--target", str(site), str(wheel)], check=True, capture_output=True, timeout=120)
    environment = {name: value for name, value in os.environ.items() if name != "BTL_ANSWERS"}

    def run(folder, *command):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=folder,
            env=environment | {"PYTHONPATH": str(site)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def files(*folders, pattern="*"):
    """The files in folders of the repository, by their place in it."""
    paths = [path for folder in folders for path in (ROOT / folder).rglob(pattern) if path.is_file()]
    untidy = {"__pycache__", ".ipynb_checkpoints"}
    return {path.relative_to(ROOT).as_posix() for path in paths if not untidy & set(path.parts)}


def test_it_holds_all_that_the_kit_reads(wheel):
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name and ".data/" not in name}
    material = files("seeds", "notebooks", "exercises") - files("exercises/keys")
    assert "seeds/blinken.md" in material
    assert packed == files("kit") | {f"kit/material/{name}" for name in material}
    assert f"-{kit.__version__}-" in wheel.name


def test_it_lays_out_the_lessons_anywhere(installed, tmp_path):
    said = installed(tmp_path, "-m", "kit", "lab", "--yes", "--version")  # JupyterLab says its version and ends.
    notebooks = files("notebooks", "exercises", pattern="*.ipynb")
    assert f"Written: {len(notebooks)} notebooks in notebooks/ and exercises/." in said
    written = {path.relative_to(tmp_path).as_posix(): path for path in tmp_path.rglob("*") if path.is_file()}
    assert {name: path.read_bytes() for name, path in written.items()} == {
        name: (ROOT / name).read_bytes() for name in notebooks
    }


def test_its_questions_and_articles_are_found(installed, tmp_path):
    code = "import kit; print(kit.__file__, kit.load('blinken').title, kit.Quiz('02_who_says_so/first-look'))"
    said = installed(tmp_path, "-c", code)
    assert str(ROOT) not in said
    assert "US Secretary of State Blinken to travel" in said
    assert "first-look" in said


def test_pip_knows_it_with_its_extras(installed, tmp_path):
    """The command that a missing extra is named with finds the kit where it is installed, and asks nobody for it."""
    wanted = "between-the-lines[check]"
    said = installed(tmp_path, "-m", "pip", "install", "--dry-run", "--no-index", wanted)
    assert f"Requirement already satisfied: {wanted}" in said
