"""The lesson view's bundle, which is in the repository so that nobody needs Node, is what its sources make."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

import kit.version
from kit.jupyter.lab import OFFLINE

SOURCES = ROOT / "labextension"
BUNDLE = OFFLINE / "labextensions" / "between-the-lines"
MODULES = SOURCES / "node_modules"
needs_node = pytest.mark.skipif(
    not (shutil.which("node") and MODULES.is_dir()), reason="needs Node, and `npm ci` in labextension/"
)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources in a folder of their own, with what they need: in it, since the bundle names things by their path."""
    copy = tmp_path_factory.mktemp("clone") / "labextension"
    shutil.copytree(SOURCES, copy, ignore=shutil.ignore_patterns("node_modules", "lib", "lib-tests"))
    shutil.copytree(MODULES, copy / "node_modules", symlinks=True, copy_function=link)
    return copy


def link(source: str, target: str) -> None:
    """A file in a second place, without a copy of what it holds where the disk can do that."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def run(script: str, folder: Path) -> None:
    """Run a script of package.json, with what this Python has installed."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        ["npm", "run", script], cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_bundle_was_built_of_these_sources():
    folders = [path for name in ("src", "style", "schema") for path in (SOURCES / name).iterdir()]
    files = [*folders, *(SOURCES / name for name in ("package.json", "package-lock.json", "tsconfig.json"))]
    digest = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.relative_to(SOURCES).as_posix()):
        digest.update(f"{path.relative_to(SOURCES).as_posix()}\n".encode() + path.read_bytes())
    built = (BUNDLE / "sources.sha256").read_text("utf-8").strip()
    assert digest.hexdigest() == built, "labextension/ has changed since: run `npm run build` there"


def test_the_files_that_the_bundle_names_are_there():
    loaded = json.loads((BUNDLE / "package.json").read_text("utf-8"))["jupyterlab"]["_build"]["load"]
    entry = (BUNDLE / loaded).read_text("utf-8")
    parts = {f"{number}.{digest}.js" for number, digest in re.findall(r"\b(\d+):\"([0-9a-f]{16,20})\"", entry)}
    assert {path.name for path in (BUNDLE / "static").glob("*.js")} == parts | {Path(loaded).name, "style.js"}


def test_it_has_the_version_of_the_kit():
    """Its three numbers: npm and Python write what comes behind them differently."""
    numbers = ".".join(kit.version.__version__.split(".")[:3])
    for package in (SOURCES, BUNDLE):
        assert json.loads((package / "package.json").read_text("utf-8"))["version"] == numbers


def test_the_lock_names_no_place_to_download_from():
    lock = json.loads((SOURCES / "package-lock.json").read_text("utf-8"))
    packages = [package for path, package in lock["packages"].items() if path]
    assert all("resolved" not in package and package["integrity"] for package in packages)


@needs_node
def test_the_sources_make_this_bundle(copied):
    run("build", copied)
    assert contents(copied.parent / BUNDLE.relative_to(ROOT)) == contents(BUNDLE)


def contents(bundle: Path) -> dict[str, str]:
    """What is in a bundle, by file. The entry has an id made of its folder's whole path, and is named by its hash."""
    found = {}
    for path in filter(Path.is_file, bundle.rglob("*")):
        name, text = path.relative_to(bundle).as_posix(), path.read_text("utf-8")
        if path.name.startswith("remoteEntry."):
            name, text = "static/remoteEntry.js", re.sub(r"\b\d{2,3}\b", "id", text)
        found[name] = re.sub(r"remoteEntry\.[0-9a-f]+", "remoteEntry", text)
    return found


@needs_node
@pytest.mark.parametrize("script", ["lint", "test"])
def test_its_own_checks(copied, script):
    run(script, copied)
