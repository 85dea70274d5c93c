"""The outputs that a notebook holds: how those of now differ from them, and how those of now are stored."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kit.files import write_atomically

TAG = re.compile(r"(?=<[a-zA-Z])")  # where a line begins in HTML, which is often written as one


def changes(stored: Iterable[Any], now: Iterable[Any]) -> list[str]:
    """The lines in which two lists of outputs differ: as plain text, or else as HTML.

    >>> show = lambda text, page: [{"data": {"text/plain": text, "text/html": page}}]
    >>> changes(show("a table", "<p>Rain</p>"), show("a table", "<p>Snow</p>"))
    ['--- in the notebook', '+++ now', '-<p>Rain</p>', '+<p>Snow</p>']
    """
    stored, now = list(stored), list(now)
    for lines in (_plain, _html):
        diff = difflib.unified_diff(lines(stored), lines(now), "in the notebook", "now", lineterm="", n=1)
        if found := [line for line in diff if not line.startswith("@@")]:
            return found
    return []


def store(path: Path, outputs: Mapping[int, list[Any]]) -> None:
    """Write outputs into a notebook, by the numbers of their cells; all else in it stays as it is.

    Raises OSError where it can't be written.
    """
    notebook = json.loads(path.read_bytes())
    for index, now in outputs.items():
        cell = notebook["cells"][index]
        counts = [output["execution_count"] for output in now if output.get("execution_count")]
        cell["outputs"], cell["execution_count"] = now, counts[0] if counts else 1
    write_atomically(path, json.dumps(notebook, ensure_ascii=False, indent=1) + "\n")


def _plain(outputs: list[Any]) -> list[str]:
    texts = [_joined(output.get("text") or output.get("data", {}).get("text/plain", "")) for output in outputs]
    return [line for text in texts for line in text.rstrip("\n").splitlines()]


def _html(outputs: list[Any]) -> list[str]:
    pages = [_joined(output.get("data", {}).get("text/html", "")) for output in outputs]
    return [line for page in pages for part in TAG.split(page) for line in part.splitlines() if line.strip()]


def _joined(text: Any) -> str:
    """Text as files hold it: whole, or as a list of lines."""
    return "".join(text) if isinstance(text, list) else str(text)
