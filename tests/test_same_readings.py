"""The kit reads these texts as it did: work on speed changes no mark. Where you mean to change what is found, say so by
`python -m tests.test_same_readings`, which writes the sums anew; what changed is in its diff, text by text."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from kit import annotate, read_text

TESTS = Path(__file__).parent
SUMS = TESTS / "examples" / "readings.sha256"
TEXTS = (*sorted((TESTS.parent / "seeds").glob("*.md")), *sorted((TESTS / "examples" / "news").glob("*.txt")))


def sums() -> list[str]:
    """One line for each text: the SHA-256 sum of its marks, as a saved reading has them, and its name."""
    lines = []
    for path in TEXTS:
        marks = annotate(read_text(path.read_text("utf-8"))).to_dict()["annotations"]
        lines.append(f"{sha256(json.dumps(marks).encode()).hexdigest()}  {path.stem}")
    return lines


def test_readings_are_the_same():
    assert sums() == SUMS.read_text("utf-8").splitlines()


if __name__ == "__main__":
    SUMS.write_text("\n".join(sums()) + "\n", "utf-8")
