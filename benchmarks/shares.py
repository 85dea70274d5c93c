"""Where the kit's time goes, by part: `python -m benchmarks.shares [FILE ...]`, text files; without any, the story and
the invented articles of tests/examples/news.

A part's share is its own, without the parts that it calls, in processor time. The measuring itself costs some 5 %.
"""

from __future__ import annotations

import gc
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import kit

NEWS = Path(__file__).parents[1] / "tests" / "examples" / "news"
TIMES = 3  # readings of each text after a first one; the fastest round counts
# What people call it, and where the function stands that does it and no other part's work.
PARTS = {
    "sentences": "kit.text.tokens.sentence_spans",
    "tokens": "kit.text.tokens.token_spans",
    "tags": "kit.text.tokens.tag_words",
    "lexicons": "kit.lexicons.matcher.Lexicon.find_both",
    "token table": "kit.analysis.attribution.find.TokenTable",
    "features of the first model": "kit.analysis.attribution.model.cue_features",
    "features of the second model": "kit.analysis.attribution.model.link_features",
    "features of the judge": "kit.analysis.attribution.model.evidence",
    "scores of the chains": "kit.models.crf.Chain.scores",
    "marginals": "kit.models.crf.Chain.marginals",
    "Viterbi": "kit.models.crf.Chain.best",
    "the rest of attribution": "kit.analysis.attributing.find_attributions",
    "speakers": "kit.analysis.attributing.name_speakers",
    "how they can know": "kit.analysis.attributing.give_basis",
    "hedging": "kit.analysis.hedging.find.find_hedges",
    "framing": "kit.analysis.framing.find.find_framing",
    "the rest": "kit.analysis.annotate.annotate",
}


class Clock:
    """Seconds and calls by part, each without the parts that it calls."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self._inner = [0.0]  # for each part that is running: what the parts took that it called

    def watch(self, part: str, place: str) -> None:
        """From now on the function at this place is timed. One that gives its results bit by bit gives them at once."""
        owner_name, _, name = place.rpartition(".")
        owner = _find(owner_name)
        work: Callable[..., Any] = getattr(owner, name)

        def timed(*given: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            start = time.process_time()
            result = work(*given, **named)
            if isinstance(result, Iterator):
                result = iter(list(result))
            taken = time.process_time() - start
            self.seconds[part] += taken - self._inner.pop()
            self.calls[part] += 1
            self._inner[-1] += taken
            return result

        setattr(owner, name, timed)


def _find(place: str) -> Any:
    """A module, or a class in one."""
    try:
        return import_module(place)
    except ModuleNotFoundError:
        module, _, name = place.rpartition(".")
        return getattr(import_module(module), name)


def report(texts: list[kit.Article]) -> Iterator[str]:
    """Milliseconds and share of each part, the largest first, and the memory that the models keep."""
    annotate = import_module("kit.analysis.annotate")
    tracemalloc.start()
    kit.annotate(texts[0])
    gc.collect()
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    clocks = []
    clock = Clock()
    for part, place in PARTS.items():
        clock.watch(part, place)
    for _ in range(TIMES + 1):
        clock.seconds.clear()
        clock.calls.clear()
        for text in texts:
            annotate.annotate(text)
        clocks.append((Counter(clock.seconds), Counter(clock.calls)))
    seconds, calls = min(clocks[1:], key=lambda pair: pair[0].total())
    words = sum(len(text.text.split()) for text in texts)
    yield f"{len(texts)} texts, {words:,} words: {seconds.total():.2f} s, {words / seconds.total():,.0f} words a second"
    for part, taken in seconds.most_common():
        yield f"{taken / seconds.total():6.1%} {taken * 1000:7.0f} ms {calls[part]:8,} calls  {part}"
    yield f"The code, lexicons and models that a first reading leaves in memory: {kept / 1e6:.0f} MB"


def main(names: list[str]) -> None:
    files = [Path(name) for name in names] or sorted(NEWS.glob("*.txt"))
    texts = [kit.read_text(file.read_text("utf-8")) for file in files]
    for line in report(texts if names else [kit.load("blinken"), *texts]):
        print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
