"""Articles that nobody marked, with the strong reader's attributions: what the default reader learns from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kit.analysis.attribution.token_table import TokenTable
from kit.analysis.strong.attribution import chosen
from kit.analysis.strong.network import network
from kit.text.article import read_text
from kit.text.tokens import sentences


def taught(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of a file with `doc` and `text`, in the form of polnear_train.jsonl.

    Raises `KitError` where the strong reader isn't installed.
    """
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            split = sentences(read_text(article["text"]))
            table = TokenTable(split, {"cue": {}, "source": {}})
            parts = ("source", "cue", "content")
            attributions = [
                {
                    part: [[table.starts[first], table.ends[end - 1]] for first, end in getattr(found, part)]
                    for part in parts
                }
                for found in chosen(network().read(split).proposals)
            ]
            yield {"doc": f"taught {article['doc']}", "text": article["text"], "attributions": attributions}
