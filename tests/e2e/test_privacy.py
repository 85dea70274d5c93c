"""Privacy, proven: a lesson is worked in JupyterLab and handed in, a teacher looks at the class, and nothing leaves.

The whole course runs on a machine that could reach others: everything that would go there is counted (watched.py). No
packet may be sent, not even one that asks for an address.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.walk]

HERE = Path(__file__).parent
ALONE = ("unshare", "--net", "--mount")
ASKING = "import socket, urllib.request as r; socket.setdefaulttimeout(1); r.urlopen('http://example.org')"


def watched(*command: object) -> dict[str, object]:
    """What a command came to, and where it sent packets."""
    clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    told = subprocess.run(
        [*ALONE, sys.executable, HERE / "watched.py", *map(str, command)],
        env=clean | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip().endswith("}"), told.stdout + told.stderr
    print(told.stdout, told.stderr)
    return json.loads(told.stdout.splitlines()[-1])


@pytest.fixture(scope="module", autouse=True)
def possible():
    if shutil.which("unshare") is None or subprocess.run([*ALONE, "test", "-w", "/dev/net/tun"]).returncode:
        pytest.skip("To watch the network this needs Linux, root and /dev/net/tun.")


def test_whoever_asks_the_network_is_seen():
    found = watched(sys.executable, "-c", ASKING)
    assert found["status"] == 1
    assert set(found["sent_to"]) == {"example.org"}


def test_nothing_leaves_the_machine_from_the_first_command_to_the_class_page(tmp_path):
    assert watched(sys.executable, HERE / "course.py", tmp_path) == {"status": 0, "sent_to": []}
