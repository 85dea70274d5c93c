"""Which texts of the training files the strong reader has not learned from: its confidences are calibrated on them."""

from __future__ import annotations

import zlib
from typing import Any

ONE_IN = 14  # documents
ROWS = 40  # sentences of the CoNLL file that are kept together: it has their order, but not their documents


def document(file: str, number: int, line: dict[str, Any]) -> str:
    """A name for the document that a line of a gold file belongs to; ``number`` counts the lines from 0.

    >>> document("conll10w_train.jsonl", 95, {}), document("ptc_train.jsonl", 0, {"doc": "7"})
    ('conll 80', 'ptc 7')
    """
    if "doc" not in line:
        return f"conll {number // ROWS * ROWS}"
    return f"ptc {line['doc']}" if file.startswith("ptc") else str(line["doc"])


def is_held_out(document: str) -> bool:
    """Whether the network never saw this document.

    >>> [number for number in range(100) if is_held_out(f"ptc {number}")]
    [30, 57, 69, 83]
    """
    return zlib.crc32(document.encode()) % ONE_IN == 0
