"""Train the hedging model: `python training/hedging.py --data DIR`.

Reads szegedwiki_train.jsonl and conll10w_train.jsonl from DIR, prints how the models do by cross-validation over
documents, and writes kit/models/hedging.json. Pure Python; the same data give the same file. The lexicons propose the
matches, so train again after a lexicon changed.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kit.analysis.hedging.find import doubts, vaguenesses
from kit.analysis.hedging.model import PRIOR, match_features, sentence_facts, weasel_features
from kit.models.linear import probability
from kit.text.article import read_text
from kit.text.tokens import sentences

MODEL = Path(__file__).parents[1] / "kit" / "models" / "hedging.json"
FOLDS = 5
EPOCHS = 30
SMALLEST = 0.02  # weights below this are dropped
THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
WORD = re.compile(r"[A-Za-z][A-Za-z'’\-]*")
NEIGHBOUR = re.compile(r"(?:^|: )(?:after|before) ")


class Plan(NamedTuple):
    """How to train: ``c`` is the inverse strength of the penalty, as in liblinear; features seen less often than
    ``least`` are left out; ``bias`` is learned if it is None; from ``threshold`` on an example counts as positive;
    ``by_ratio``: the more often a feature stands on one side only, the less it is penalised (Wang and Manning 2012).
    """

    c: float
    least: int
    bias: float | None
    threshold: float
    by_ratio: bool


SPECULATION = Plan(c=0.3, least=3, bias=PRIOR, threshold=0.4, by_ratio=False)
WEASEL = Plan(c=0.015, least=3, bias=None, threshold=0.3, by_ratio=True)


class Example(NamedTuple):
    group: str  # examples of one group stay in one fold
    features: tuple[str, ...]
    positive: bool
    row: int
    words: frozenset[int] = frozenset()  # where the words start that the match covers


def read(folder: Path, name: str) -> list[dict]:
    with (folder / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def cue_words(row: dict) -> frozenset[int]:
    """Where the words start that the gold marks as cues."""
    starts = (match.start() for match in WORD.finditer(row["text"]))
    return frozenset(at for at in starts if any(start <= at < end for start, end, _ in row["cues"]))


def speculation_examples(rows: list[dict]) -> list[Example]:
    examples = []
    for number, row in enumerate(rows):
        gold = cue_words(row)
        starts = [match.start() for match in WORD.finditer(row["text"])]
        for sentence in sentences(read_text(row["text"])):
            tokens = sentence.tokens
            matches = doubts().find(tokens)
            facts = sentence_facts(tokens, matches)
            for match in matches:
                begin, end = tokens[match.start].start, tokens[match.end - 1].end
                words = frozenset(at for at in starts if begin <= at < end)
                features = tuple(sorted(set(match_features(match, tokens, facts))))
                examples.append(
                    Example(row["doc"], features, len(words & gold) * 2 >= max(1, len(words)), number, words)
                )
    return examples


def weasel_examples(rows: list[dict]) -> list[Example]:
    examples = []
    for number, row in enumerate(rows):
        features: set[str] = set()
        for sentence in sentences(read_text(row["text"])):
            tokens = sentence.tokens
            matches = doubts().find(tokens) + vaguenesses().find(tokens)
            features.update(feature for feature, _, _ in weasel_features(matches, tokens))
        # The file keeps the order of the documents but doesn't name them.
        examples.append(Example(str(number // 40), tuple(sorted(features)), row["uncertain"], number))
    return examples


def train(examples: Sequence[Example], plan: Plan) -> dict:
    """A logistic regression with an L2 penalty, by stochastic gradient descent with AdaGrad's steps.

    What an entry and its words say by themselves is penalised less than its context, and rare neighbours are left out:
    the model must serve other kinds of text than it learned from.
    """
    counts = Counter(feature for example in examples for feature in example.features)
    names = sorted(name for name, count in counts.items() if count >= (4 if NEIGHBOUR.search(name) else plan.least))
    number = {name: i for i, name in enumerate(names)}
    penalty = [(0.2 if name.startswith(("entry ", "words ")) else 1.0) / (plan.c * counts[name]) for name in names]
    if plan.by_ratio:
        ratios = log_ratios(examples, counts)
        penalty = [much / (ratios[name] ** 2 + 1e-4) for much, name in zip(penalty, names, strict=True)]
    rows = [([number[f] for f in e.features if f in number], float(e.positive)) for e in examples]
    weights, squares = [0.0] * len(names), [1e-3] * len(names)
    bias, bias_square = plan.bias or 0.0, 1e-3
    order = list(range(len(rows)))
    shuffle = random.Random(2024).shuffle
    for epoch in range(EPOCHS):
        shuffle(order)
        rate = 0.25 / (1 + epoch / 4)
        for i in order:
            row, target = rows[i]
            error = probability(bias + sum([weights[j] for j in row])) - target
            for j in row:
                step = error + weights[j] * penalty[j]
                squares[j] += step * step
                weights[j] -= rate * step / squares[j] ** 0.5
            if plan.bias is None:
                bias_square += error * error
                bias -= rate * error / bias_square**0.5
    kept = {name: round(weights[i], 2) for i, name in enumerate(names) if abs(weights[i]) >= SMALLEST}
    return {"bias": round(bias, 3), "threshold": plan.threshold, "weights": kept}


def log_ratios(examples: Sequence[Example], counts: Counter[str]) -> dict[str, float]:
    """How much likelier each feature is in positive examples than in negative ones: log-odds, one added to counts."""
    positive = Counter(feature for example in examples if example.positive for feature in example.features)
    right = sum(example.positive for example in examples)
    shift = math.log((len(examples) - right + 2) / (right + 2))
    return {name: math.log((positive[name] + 1) / (counts[name] - positive[name] + 1)) + shift for name in counts}


def cross_validate(examples: Sequence[Example], plan: Plan) -> list[float]:
    """Each example's probability from a model that hasn't seen its group."""
    found = [0.0] * len(examples)
    for fold in range(FOLDS):
        held_out = [zlib.crc32(e.group.encode()) % FOLDS == fold for e in examples]
        model = train([e for e, out in zip(examples, held_out, strict=True) if not out], plan)
        for i, out in enumerate(held_out):
            if out:
                found[i] = probability(model["bias"] + sum(model["weights"].get(f, 0.0) for f in examples[i].features))
    return found


def f_score(right: int, found: int, gold: int) -> float:
    return 2 * right / (found + gold) if found + gold else 0.0


def report_speculation(rows: list[dict], examples: Sequence[Example], found: Sequence[float]) -> None:
    gold = [cue_words(row) for row in rows]
    for least in THRESHOLDS:
        marked: list[set[int]] = [set() for _ in rows]
        for example, likely in zip(examples, found, strict=True):
            if likely >= least:
                marked[example.row] |= example.words
        pairs = list(zip(marked, gold, strict=True))
        words = f_score(sum(len(m & g) for m, g in pairs), sum(map(len, marked)), sum(map(len, gold)))
        right, found_in, gold_in = sum(bool(m and g) for m, g in pairs), sum(map(bool, marked)), sum(map(bool, gold))
        whole = f_score(right, found_in, gold_in)
        shares = f"{right / max(found_in, 1):.2f} / {right / max(gold_in, 1):.2f}"
        print(f"speculation from {least:.2f}: sentence F {whole:.3f} ({shares}), word F {words:.3f}", flush=True)


def report_weasel(examples: Sequence[Example], found: Sequence[float]) -> None:
    gold = sum(example.positive for example in examples)
    for least in THRESHOLDS:
        marked = [likely >= least for likely in found]
        right = sum(mark and example.positive for mark, example in zip(marked, examples, strict=True))
        print(f"weasel from {least:.2f}: sentence F {f_score(right, sum(marked), gold):.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the gold files")
    options = parser.parse_args()
    model = {}
    rows = read(options.data, "szegedwiki_train.jsonl")
    examples = speculation_examples(rows)
    report_speculation(rows, examples, cross_validate(examples, SPECULATION))
    model["speculation"] = train(examples, SPECULATION)
    examples = weasel_examples(read(options.data, "conll10w_train.jsonl"))
    report_weasel(examples, cross_validate(examples, WEASEL))
    model["weasel"] = train(examples, WEASEL)
    for name, part in model.items():
        print(f"{name}: {len(part['weights'])} weights")
    MODEL.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
    print(f"{MODEL.name}: {MODEL.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
