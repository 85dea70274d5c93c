"""The repository keeps its promises: one list of dependencies, a lock, two commands."""

import re
import shutil
import socket
import subprocess
import sys
import tomllib

import pytest
import yaml
from conftest import ROOT, NetworkUsed
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DEPENDENCIES = PROJECT["project"]["dependencies"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
CONDA = ("lab", "check", "sources", "strong", "corpus")  # the extras that environment.yml brings
TARGETS = {"help", "setup", "lab", "test", "quick", "walks", "js", "fuzz"}
TARGETS |= {"lite", "hub", "docs", "benchmark", "faults", "lock", "clean"}


def test_conda_gets_the_same_dependencies():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    python, *packages = [item for item in environment["dependencies"] if isinstance(item, str) and item != "pip"]
    assert SpecifierSet(PROJECT["project"]["requires-python"]).contains(python.removeprefix("python="))
    asked = [*DEPENDENCIES, *(item for extra in CONDA for item in EXTRAS[extra])]
    assert sorted(packages) == sorted(item.partition(";")[0] for item in asked)
    assert environment["name"] == PROJECT["project"]["name"]
    assert environment["channels"][0] == "conda-forge"
    # Binder looks for lines like these before it copies the repository to where pip can see it.
    assert environment["dependencies"][-1] == {"pip": ["-e .", "-e ./strong"]}


def test_the_lock_pins_everything_that_is_asked_for():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    entry = r"^([\w.-]+)==([\w.]+)[^\\\n]*(?: \\\n    --hash=sha256:[0-9a-f]{64})+$"
    pins = re.findall(entry, lock, re.M)
    lines = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(pins) == len(lines), "a line without a pin or a hash"
    pinned = dict(pins)
    brought = [name for extra in (*CONDA, "docs", "test") for name in EXTRAS[extra]]
    for requirement in map(Requirement, [*DEPENDENCIES, *brought, *PROJECT["build-system"]["requires"]]):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement
    assert "://" not in lock  # Where a package was found says nothing about it, and may be nobody else's business.


def test_each_page_asks_for_the_python_that_the_project_asks_for():
    asked = PROJECT["project"]["requires-python"].removeprefix(">=")
    pages = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "Makefile", "deploy/README.md")]
    pages += [*(ROOT / "docs").glob("*.md"), *(ROOT / "kit" / "classroom" / "handed_out").iterdir()]
    named = re.compile(r"Python(?:\]\([^)]*\))? (\d\.\d+)\sor\snewer")
    told = [(page.name, version) for page in pages for version in named.findall(page.read_text("utf-8"))]
    assert len(told) > 8
    assert [one for one in told if one[1] != asked] == []


@pytest.fixture
def make(tmp_path):
    """Run make on a copy of the few files that it works with."""
    if shutil.which("make") is None:
        pytest.skip("No make on this machine.")
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)

    def run(*arguments):
        return subprocess.run(["make", *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=60)

    return run


def test_make_alone_names_the_commands(make):
    named = set(re.findall(r"^make (\w+)\t\S", make().stdout, re.M))
    assert named == TARGETS
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert {target for target in TARGETS - {"help"} if f"| `make {target}` |" not in guide} == set()


def test_make_test_runs_all_checks(make):
    planned = make("--dry-run", "test").stdout
    for command in ("ruff check", "mypy", "tests/js/check.py", "kit check", "pytest"):
        assert command in planned


def test_an_old_python_is_refused_in_a_sentence(make, tmp_path):
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    refused = make("lab", f"PYTHON={old}")
    assert refused.returncode == 2
    assert refused.stderr.startswith("Python 3.11 or newer is needed. Name one that you have: make lab ")
    assert not (tmp_path / ".venv").exists()


def test_setup_happens_once_and_again_when_the_lock_changes(make, tmp_path):
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "ready").touch()
    assert make("--question", "setup").returncode == 0
    (tmp_path / ".venv" / "ready").unlink()
    assert make("--question", "setup").returncode == 1


def test_every_file_and_folder_at_the_top_is_explained():
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("Not a clone: git cannot say what belongs here.")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    top = {line.split("/")[0] + ("/" if "/" in line else "") for line in listed.splitlines()}
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert {name for name in top if f"`{name}`" not in guide} == set()


@pytest.mark.parametrize(
    "path", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")), ids=lambda path: path.stem
)
def test_a_form_for_reports_is_one_that_github_shows(path):
    form = yaml.safe_load(path.read_text("utf-8"))
    assert form["name"]
    assert form["description"]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert {field["type"] for field in fields} <= {"input", "textarea", "dropdown", "checkboxes"}
    assert all(field["attributes"]["label"] for field in fields)
    ids = [field["id"] for field in fields]
    assert len(ids) == len(set(ids))
    assert any(field.get("validations", {}).get("required") for field in fields)


def test_tests_cannot_reach_the_network():
    with pytest.raises(NetworkUsed):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(NetworkUsed):
        socket.getaddrinfo("example.org", 80)
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def test_nor_can_what_they_start():
    code = "import urllib.request; urllib.request.urlopen('http://192.0.2.1/', timeout=5)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert "refused" in done.stderr, "it must meet the proxy that isn't there"
