"""A real hub on this machine, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from conftest import ROOT

HUB = ROOT / "deploy" / "hub"
PYTHON = HUB / ".venv" / "bin" / "python"
TEACHER, PASSWORD = "btl-try-teacher", "not-for-the-class"
STUDENTS = [f"btl-try-{number}" for number in range(1, 9)]
TIME = 120  # seconds


class Hub:
    """A hub that is started, stopped and started again. ``separate``: by root, with an account for each student."""

    def __init__(self, folder: Path, *, separate: bool) -> None:
        self.folder, self.separate = folder, separate
        self.port = free_ports()
        self.root = f"http://127.0.0.1:{self.port}"
        self.drop = folder / "data" / "handed-in"
        self.options: tuple[str, ...] = ()
        self.process: subprocess.Popen[bytes] | None = None
        settings = (HUB / "hub.toml").read_text("utf-8")
        for old, new in (
            ('"0.0.0.0"', '"127.0.0.1"'),
            ("port = 8000", f"port = {self.port}"),
            ('["teacher"]', f'["{TEACHER}"]'),
        ):
            assert old in settings
            settings = settings.replace(old, new)
        self.settings = folder / "hub.toml"
        self.settings.write_text(settings)
        (folder / "class.txt").write_text("# The class\n" + "\n".join(STUDENTS) + "\n")

    def command(self, *arguments: str, typed: str = "") -> Any:
        """`make hub ARGS=...`, to its end."""
        return subprocess.run(
            [PYTHON, HUB / "start.py", "--settings", self.settings, *arguments],
            input=typed,
            capture_output=True,
            text=True,
            timeout=TIME,
            **self._who(),
        )

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [PYTHON, HUB / "start.py", "--settings", self.settings, *self.options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **self._who(),
            )
        deadline = time.monotonic() + TIME
        while not self.answers():
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.2)

    def answers(self) -> bool:
        """Whether the log-in is there."""
        with requests.Session() as web:
            web.trust_env = False
            try:
                return web.get(f"{self.root}/hub/login", timeout=TIME).ok
            except requests.ConnectionError:
                return False

    def stop(self, *, by: signal.Signals = signal.SIGINT) -> None:
        """End the hub as Ctrl+C does, or as a machine that is out of memory; students' servers go on."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(by)
            self.process.wait(TIME)

    def servers(self, name: str) -> list[int]:
        """The processes of a student's server and what it started."""
        return with_setting(f"USER={name}")

    def kill(self, name: str) -> None:
        """What a student runs ends at once, as if the machine had run out of memory."""
        for process in self.servers(name):
            os.kill(process, signal.SIGKILL)

    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace")

    def _who(self) -> dict[str, Any]:
        """Somebody who is not root, where that is asked for and we are."""
        if self.separate or os.geteuid():
            return {}
        environment = os.environ | {"HOME": str(self.folder)}
        return {"user": "nobody", "group": "nogroup", "extra_groups": [], "env": environment}


def with_setting(setting: str) -> list[int]:
    """The processes that have this in their environment."""
    return [int(place.name) for place in Path("/proc").iterdir() if setting.encode() in environment(place)]


def environment(process: Path) -> list[bytes]:
    try:
        return (process / "environ").read_bytes().split(b"\0")
    except OSError:  # It has ended, is somebody else's, or is none.
        return []


def free_ports() -> int:
    """A port that is free, with the two after it."""
    while True:
        with socket.socket() as first, socket.socket() as second, socket.socket() as third:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
                third.bind(("127.0.0.1", port + 2))
            except (OSError, OverflowError):
                continue
            return port


@contextmanager
def running_hub(*, separate: bool) -> Iterator[Hub]:
    if not PYTHON.exists():
        pytest.skip("There is no hub to try: `make hub ARGS=--help` sets it up.")
    if separate and os.geteuid():
        pytest.skip("Only root can give each student an account.")
    folder = Path(tempfile.mkdtemp(prefix="btl-hub-"))  # not pytest's, which other accounts can't get to
    folder.chmod(0o755)
    hub = Hub(folder, separate=separate)
    if not separate and not os.geteuid():
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, "nobody", "nogroup")
    try:
        yield hub
    finally:
        hub.stop()
        for process in with_setting(f"JUPYTERHUB_API_URL=http://127.0.0.1:{hub.port + 2}/hub/api"):
            os.kill(process, signal.SIGKILL)  # what a hub that was cut off has left behind
        for name in (TEACHER, *STUDENTS):
            hub.command("--forget", name, typed="y\n")
        shutil.rmtree(folder)
