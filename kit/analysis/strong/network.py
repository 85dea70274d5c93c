"""The strong reader's network at work: what it makes of an article, for all layers at once.

The weights are a distribution of their own (strong/), checked when they are first read; nothing is fetched.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from weakref import ref

import numpy as np

from kit.analysis.attribution.token_table import TokenTable
from kit.analysis.strong.links import NEVER, Proposed, likely_cues, proposals
from kit.analysis.strong.subwords import Subwords
from kit.analysis.strong.windows import Array, Columns, Window, columns, cuts, window
from kit.errors import KitError
from kit.text.article import Article
from kit.text.tokens import Sentence, Token

WEIGHTS = "between_the_lines_strong"
BRING = "In the folder of the kit's sources: pip install --force-reinstall --no-deps ./strong"
MARKS = ("speculation", "weasel", "loaded", "name")


class Answer(NamedTuple):
    """What the network makes of an article's tokens: possible attributions in text order, and for each token the
    log-odds [tokens, len(MARKS)] that it is one of `MARKS`; ``place``: the number of the token that starts at an offset
    of the text."""

    proposals: list[Proposed]
    marks: Array
    place: dict[int, int]

    def of(self, tokens: Sequence[Token]) -> Array:
        """The marks of a sentence's tokens."""
        first = self.place[tokens[0].start]
        return self.marks[first : first + len(tokens)]


class Network:
    """The weights, ready to read. Threads may share one.

    Raises `KitError`, naming the file, for weights that are missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # Else it reports to its maker, and keeps a number for this computer.
        try:
            import onnxruntime
        except ImportError as error:  # Windows without the libraries that it is built on
            raise KitError(f"onnxruntime can't be started on this computer: {error}.") from None
        onnxruntime.disable_telemetry_events()  # On Windows it hears of it only so.
        self.card = _settings(folder / "reader.json")
        encoder, links, vocabulary = (
            _checked(folder / name, self.card["sha256"][name])
            for name in ("encoder.onnx", "links.onnx", "vocabulary.txt")
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # The same sums in the same order everywhere.
        options.log_severity_level = 3
        self._encoder, self._links = (
            onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
            for model in (encoder, links)
        )
        self._subwords = Subwords(vocabulary.decode())
        self._moves = np.array(self.card["moves"], dtype=np.float32)

    def read(self, sentences: Sequence[Sentence]) -> Answer:
        """Everything that the network has to say about an article's sentences."""
        table = TokenTable(sentences, {"cue": {}, "source": {}})
        found, marks = self.look(columns(table, self._subwords))
        return Answer(found, marks, {first: number for number, first in enumerate(table.starts)})

    def look(self, seen: Columns) -> tuple[list[Proposed], Array]:
        """The same, for an article as the network sees it: possible attributions, and marks by token."""
        marks = np.full((len(seen.subwords), len(MARKS)), NEVER, dtype=np.float32)
        found: list[Proposed] = []
        known: dict[bytes, tuple[list[Proposed], Array]] = {}  # what repeats is read once
        for start, end in cuts(seen):
            if not any(seen.case[start:end]):
                continue  # No letter in it.
            one = window(seen, start, end)
            key = b" ".join(column.tobytes() for column in (one.ids, one.case, one.quote, one.kind))
            if key not in known:
                known[key] = self._window(one)
            here, marks[start:end] = known[key]
            found += [proposal.moved(start) for proposal in here]
        return found, marks

    def _window(self, one: Window) -> tuple[list[Proposed], Array]:
        """The possible attributions of one window, and its marks."""
        inputs = {"ids": one.ids, "case": one.case, "quote": one.quote, "first": one.first}
        tokens, likely, marks = self._encoder.run(None, inputs)
        candidates = likely_cues(likely)
        if not candidates:
            return [], marks
        places = {"sentence": one.sentence, "paragraph": one.paragraph, "kind": one.kind}
        anchors = np.array([candidate.anchor for candidate in candidates], dtype=np.int64)
        (scores,) = self._links.run(None, {"tokens": tokens, "anchors": anchors} | places)
        return proposals(candidates, likely, scores, self._moves), marks


def _checked(path: Path, sha256: str = "") -> bytes:
    """A file of the weights, if it is whole."""
    try:
        data = path.read_bytes()
    except OSError:
        raise KitError(f"{path.name} of the strong reader is missing. {BRING}") from None
    if sha256 and hashlib.sha256(data).hexdigest() != sha256:
        raise KitError(f"{path.name} of the strong reader is damaged. {BRING}")
    return data


def _settings(path: Path) -> dict[str, Any]:
    """What else reading needs: calibration, limits, and what the other files should be."""
    try:
        settings: dict[str, Any] = json.loads(_checked(path))
    except ValueError:
        raise KitError(f"{path.name} of the strong reader is damaged. {BRING}") from None
    return settings


@cache
def network() -> Network:
    """The weights that are installed, read on first use. Raises `KitError` where they are missing or damaged."""
    if find_spec(WEIGHTS) is None:
        raise KitError(f"The strong reader's weights are missing. {BRING}")
    return Network(Path(str(files(WEIGHTS))))


class _Latest(NamedTuple):
    article: ref[Article]
    answer: Answer


_latest: _Latest | None = None


def read(article: Article, sentences: Sequence[Sentence]) -> Answer:
    """What the network makes of an article. The latest answer is kept, since each layer asks for it in turn."""
    global _latest
    latest = _latest
    if latest is None or latest.article() is not article:
        latest = _latest = _Latest(ref(article), network().read(sentences))
    return latest.answer
