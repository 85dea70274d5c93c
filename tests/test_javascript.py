"""The check of the widgets' scripts: what it says where Node or its packages are missing; and it finds mistakes."""

import os
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT


@pytest.fixture
def check(tmp_path):
    """A copy of what is checked, without packages, and a function that runs the check: its exit code and its errors."""
    for folder in ("tests/js", "kit/widgets/static"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("node_modules"))

    def run(**environment):
        command = [sys.executable, tmp_path / "tests" / "js" / "check.py"]
        given = {name: value for name, value in os.environ.items() if name != "CI"} | environment
        done = subprocess.run(command, env=given, capture_output=True, text=True, timeout=120)
        return done.returncode, done.stderr.strip()

    return run


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_without_node_a_sentence_says_what_was_left_out(check, tmp_path, ci, code):
    sentence = "The widgets' scripts were not checked: that needs Node 20.19 or newer, with npm."
    assert check(PATH=str(tmp_path), CI=ci) == (code, sentence)


def test_an_older_node_is_none(check, tmp_path):
    for name, version in (("node", "v18.20.4"), ("npm", "9.2.0")):
        tool = tmp_path / name
        tool.write_text(f"#!/bin/sh\necho {version}\n")
        tool.chmod(0o755)
    code, said = check(PATH=str(tmp_path))
    assert (code, said.split(":")[0]) == (0, "The widgets' scripts were not checked")


@pytest.mark.skipif(shutil.which("npm") is None, reason="no Node on this machine")
def test_without_network_the_rest_is_checked_all_the_same(check, tmp_path):
    offline = {"npm_config_offline": "true", "npm_config_cache": str(tmp_path / "cache")}
    code, said = check(**offline)
    assert (code, said.splitlines()[-1][:40]) == (0, "eslint and tsc were left out: npm could ")
    assert check(CI="true", **offline)[0] == 1
    words = tmp_path / "kit" / "widgets" / "static" / "marker_words.js"
    words.write_text(words.read_text("utf-8").replace("at + 1", "at + 2"), "utf-8")
    assert check(**offline)[0] == 1


def test_the_lock_names_no_place_to_fetch_from():
    lock = (ROOT / "tests" / "js" / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity": "sha512-') > 50
