"""What all tests share: no network, a real JupyterLab, a real browser."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from kit.analysis.registry import Analyser, analysers, register
from kit.course.answers import forget_open
from kit.extras import need
from kit.readings.reading import Annotation
from kit.text.article import Article
from kit.text.tokens import Sentence

need("check")  # Before anything imports jsonschema: see there.

ROOT = Path(__file__).parents[1]
CHROMIUMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

# The same examples on every machine, and no time limit on a slow one.
hypothesis.settings.register_profile("kit", deadline=None, derandomize=True)
hypothesis.settings.load_profile("kit")


class NetworkUsed(RuntimeError):
    """Not an OSError: code that expects a broken network must not swallow it."""


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Nothing but this machine can be reached from here; subprocesses get a proxy that isn't there."""

    def refuse(host: object) -> None:
        if isinstance(host, bytes):
            host = host.decode()
        if isinstance(host, str) and host not in ("", "localhost", "::1") and not host.startswith("127."):
            raise NetworkUsed(f"A test reached for the network: {host}")

    def guarded(method: str) -> Any:
        original = getattr(socket.socket, method)

        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                refuse(address[0])
            return original(self, address)

        return connect

    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **options: Any) -> Any:
        refuse(host)
        return look_up(host, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded("connect"))
        patch.setattr(socket.socket, "connect_ex", guarded("connect_ex"))
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            patch.setenv(name, "http://127.0.0.1:9")
            patch.setenv(name.upper(), "http://127.0.0.1:9")
        for name in ("no_proxy", "NO_PROXY"):
            patch.setenv(name, "localhost,127.0.0.1,::1")
        yield


def calls_made(function: Callable[[], object]) -> int:
    """How many functions, in Python or in C, are called until this one returns.

    A measure of work that is the same on every machine: it grows with the input just as the time does.
    """
    count = 0

    def seen(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where this test's answers are, and nothing of another's is open. Nobody has made the folder yet."""
    monkeypatch.setenv("BTL_ANSWERS", str(tmp_path / "answers"))
    forget_open()
    yield tmp_path / "answers"
    forget_open()


_read: dict[tuple[str, Article], tuple[Annotation, ...]] = {}


@pytest.fixture
def read_once() -> Iterator[None]:
    """The kit's analysers remember what they found: for tests that show the same texts again and again."""

    def remembering(layer: str, analyser: Analyser) -> Analyser:
        def find(article: Article, sentences: Sequence[Sentence]) -> tuple[Annotation, ...]:
            if (layer, article) not in _read:
                _read[layer, article] = tuple(analyser(article, sentences))
            return _read[layer, article]

        return find

    own = analysers()
    for layer, analyser in own.items():
        register(layer, remembering(layer, analyser))
    yield
    for layer, analyser in own.items():
        register(layer, analyser)


@contextmanager
def running_lab(folder: Path, home: Path, *options: str) -> Iterator[tuple[str, Path]]:
    """`kit lab` in a folder: the address that it prints, token and all, and the file with all it says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = home / "said.txt"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    with said.open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "kit", "lab", f"--port={port}", "--no-browser", *options],
            cwd=folder,
            env=environment | {"HOME": str(home), "USERPROFILE": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        deadline = time.monotonic() + 90
        while not (address := re.search(rf"http://\S+:{port}/\S+", said.read_text("utf-8"))):
            assert server.poll() is None, said.read_text("utf-8")
            assert time.monotonic() < deadline, said.read_text("utf-8")
            time.sleep(0.1)
        yield address.group(), said
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real JupyterLab on a copy of the notebooks, which tests may change."""
    folder = tmp_path_factory.mktemp("class")
    for name in ("notebooks", "exercises"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
    # With its app in the page, a test opens another notebook without loading JupyterLab anew.
    with running_lab(folder, tmp_path_factory.mktemp("home"), "--LabApp.expose_app_in_browser=True") as (address, _):
        yield address


@pytest.fixture(scope="session")
def browser(no_network: None) -> Iterator[Any]:
    """A real Chromium, driven by Playwright, that can reach nothing but this machine."""
    chromium = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    if chromium is None:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("No Chromium or Chrome on this machine: browser tests need one (Debian: apt install chromium).")
    from playwright.sync_api import sync_playwright

    options = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--no-sandbox")  # Chromium refuses to start as root with it.
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=options)
        yield started
        started.close()
