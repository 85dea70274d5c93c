"""How fast the kit is, as ratios measured in one run: `python benchmarks/speed.py`.

start   a fresh Python that imports kit and annotates the story, against one that only imports nltk
warm    annotating the story again, against NLTK's own tokenising and tagging of it
words/s annotating a text of a million characters, on one core
growth  time for a text 8 times as long, divided by 8 (1.0 is linear)
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache

from nltk.tag.perceptron import PerceptronTagger
from nltk.tokenize import NLTKWordTokenizer

import kit
from kit.models.packed import ZERO
from kit.resources import read_model
from kit.text.tagger import UNIT, Tagger
from kit.text.tokens import _punkt


def fresh(code: str, times: int = 5) -> float:
    """Median seconds of a fresh Python that runs ``code``, without Python's own start."""
    timed = f"import time; t = time.perf_counter(); {code}; print(time.perf_counter() - t)"
    runs = [
        subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True) for _ in range(times)
    ]
    return statistics.median(float(run.stdout) for run in runs)


def seconds(work: Callable[[], object], times: int = 7) -> float:
    """The fastest of several runs, in processor time: other programs that run meanwhile don't count."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


@cache
def nltk_tagger() -> PerceptronTagger:
    """NLTK's tagger with the kit's weights."""
    ours = Tagger(read_model("tagger"))
    weights = {
        name: {tag: (weight - ZERO) / UNIT for tag, weight in zip(ours.tags, row, strict=True) if weight != ZERO}
        for name, row in zip(ours.weights, ours.scores([name] for name in ours.weights), strict=True)
    }
    return PerceptronTagger.decode_json_obj([weights, ours.always, ours.tags])


def nltk_only(text: str) -> None:
    """NLTK's tokenise-and-tag as its documentation has it, with the same models."""
    tokenizer = NLTKWordTokenizer()
    for sentence in _punkt().tokenize(text):
        nltk_tagger().tag(tokenizer.tokenize(sentence))


def copied(body: str, times: int) -> kit.Article:
    """A long article: the body again and again, numbered, as paragraphs that repeat are taken for captions."""
    paragraphs = [line for line in body.splitlines() if line.strip()]
    return kit.read_text("\n\n".join(f"{line} Day {n}." for n in range(times) for line in paragraphs))


def report() -> Iterator[str]:
    """The figures, one a line, as they come."""
    story = kit.load("blinken")
    nltk_start = fresh("import nltk")
    kit_start = fresh("import kit; kit.annotate(kit.load('blinken'))")
    yield f"start    {kit_start:.2f} s; import nltk alone {nltk_start:.2f} s; limit {1.5 * nltk_start + 0.5:.2f} s"
    kit.annotate(story)
    body = story.text[story.parts[-17].start :]
    warm, plain = seconds(lambda: kit.annotate(story)), seconds(lambda: nltk_only(body))
    yield f"warm     {warm / plain:.2f} times NLTK's own tokenise-and-tag ({warm * 1000:.1f} ms for the story)"
    copies = 1_000_000 // len(body)
    short, long = (copied(body, n) for n in (copies // 8, copies))
    short_time, long_time = (seconds(lambda text=text: kit.annotate(text), times=2) for text in (short, long))
    yield f"words/s  {len(long.text.split()) / long_time:,.0f} on one core, {len(long.text):,} characters"
    yield f"growth   {long_time / short_time / 8:.2f} (1.0 is linear)"
    one_line = kit.read_text(" ".join(long.text.split()))
    line_time = seconds(lambda: kit.annotate(one_line), times=1)
    yield f"one line {line_time / long_time:.2f} times the time of the same text in paragraphs"


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
