"""Train the attribution models: `python training/attribution.py --data DIR --taught ptc_train.jsonl`.

Reads polnear_train.jsonl from DIR (the PolNeAR corpus: Newell, Margolin and Ruths 2018) and writes
kit/models/attribution.json. Needs the packages of requirements.txt. The same data give the same file. With --taught the
first and the second model learn from the articles of one more file, too, as the strong reader (installed) marks them;
word classes, and how sure the kit is, come from people's marks alone.

1. Word classes: how often a stem is a cue, how often a word stands in a source. For an article of the training data
   they are counted without that article, so that the models don't learn to trust them more than they deserve.
2. The first model, once for each fifth of the articles without that fifth. Each gives the answers for its own fifth,
   from which the second model learns; the model that is kept is the average of the five.
3. The second model, likewise; from its answers for the fifths left out the third learns which to believe.
"""

from __future__ import annotations

import argparse
import json
from base64 import b64encode
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from chain import Sequences, Weights, collect, score, train
from taught import taught

from kit.analysis.attribution.cue_features import cue_features, stretches
from kit.analysis.attribution.first_look import LABELS, Candidate, FirstLook
from kit.analysis.attribution.judge_features import Proposal, evidence
from kit.analysis.attribution.link_features import link_features, window
from kit.analysis.attribution.model import proposal
from kit.analysis.attribution.token_table import TokenTable
from kit.models.crf import Chain
from kit.text.article import read_text
from kit.text.inflection import stem, without_digits
from kit.text.tokens import Sentence, sentences

MODEL = Path(__file__).parents[1] / "kit" / "models" / "attribution.json"
FOLDS = 5
SEEDS = 2  # models for each fold, to be averaged
SCALE = 100  # weights are stored as whole hundredths
RARE = 17  # features seen less often are left out of the first model
CUE_FEATURES, LINK_FEATURES = 127_000, 80_000  # how many the first and the second keep: those with the largest weights
THRESHOLD = 0.4  # confidence from which on an attribution is kept: about best for cues, articles not learned from
RATES = (0.005, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85)
CUE_MODEL = {"rate": 0.07, "epochs": 9, "drop": 0.3}
JUDGE_MODEL = {"rate": 0.02, "epochs": 10, "drop": 0.3}
LINK_MODEL = {"rate": 0.015, "epochs": 8, "drop": 0.3}
NUMBER = {label: number for number, label in enumerate(LABELS)}
Gold = Mapping[str, list[list[int]]]


@dataclass
class Document:
    """An article of the corpus: its sentences, and its attributions as lists of spans by part."""

    name: str
    sentences: list[Sentence]
    gold: list[Gold]

    def marked(self, part: str) -> set[int]:
        """The starts of the tokens that stand in a given part of an attribution."""
        starts = [token.start for sentence in self.sentences for token in sentence.tokens]
        return {
            start
            for attribution in self.gold
            for first, end in attribution[part]
            for start in starts[bisect_left(starts, first) : bisect_left(starts, end)]
        }


def read(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def documents(articles: Iterable[dict[str, Any]]) -> list[Document]:
    return [Document(a["doc"], sentences(read_text(a["text"])), a["attributions"]) for a in articles]


def rate_class(marked: int, seen: int) -> str:
    """A word's class by how often it was marked: "u" if it is too rare to say, "s" if it is rare but was marked."""
    if seen < 3:
        return "s" if marked else "u"
    return str(sum((marked + 0.05) / (seen + 0.5) >= rate for rate in RATES))


class WordClasses:
    """Word classes counted over documents; `of` gives them for one document, without its own words."""

    def __init__(self, documents: list[Document]) -> None:
        self.own: dict[str, dict[str, tuple[Counter[str], Counter[str]]]] = {}
        self.all = {"cue": (Counter[str](), Counter[str]()), "source": (Counter[str](), Counter[str]())}
        for document in documents:
            self.own[document.name] = {}
            for part, form in (("cue", stem), ("source", str)):
                marked, seen, inside = Counter[str](), Counter[str](), document.marked(part)
                for sentence in document.sentences:
                    for token in sentence.tokens:
                        word = form(without_digits(token.lower))
                        seen[word] += 1
                        if token.start in inside:
                            marked[word] += 1
                self.own[document.name][part] = marked, seen
                for total, counts in zip(self.all[part], (marked, seen), strict=True):
                    total.update(counts)

    def of(self, document: Document | None = None) -> dict[str, dict[str, str]]:
        result = {}
        for part, (marked, seen) in self.all.items():
            less = seen
            if document is not None and document.name in self.own:
                own_marked, own_seen = self.own[document.name][part]
                marked, less = marked - own_marked, own_seen
                seen = {word: seen[word] - count for word, count in own_seen.items()}
            found = {word: rate_class(marked[word], seen[word]) for word in less}
            result[part] = {word: label for word, label in found.items() if label != "u"}
        return result


def tokens_of(table: TokenTable, spans: list[list[int]]) -> Iterator[tuple[int, int]]:
    for first, end in spans:
        a, b = bisect_left(table.starts, first), bisect_left(table.starts, end)
        if a < b:
            yield a, b


def write_labels(labels: list[int], table: TokenTable, attribution: Gold, parts: str, offset: int = 0) -> None:
    """Write the begin and inside labels of an attribution's parts into ``labels``, which start at token ``offset``."""
    for kind in parts:
        for a, b in tokens_of(table, attribution[{"C": "content", "S": "source", "Q": "cue"}[kind]]):
            for i in range(max(a, offset), min(b, offset + len(labels))):
                labels[i - offset] = NUMBER["B" + kind if i == a else "I" + kind]


def cue_labels(table: TokenTable, gold: list[Gold]) -> list[int]:
    """One label a token; where attributions lie inside each other, cue before source before inner content."""
    labels = [0] * table.size
    by_size = sorted(gold, key=lambda a: -sum(end - first for first, end in a["content"]))
    for parts in "CSQ":
        for attribution in by_size:
            write_labels(labels, table, attribution, parts)
    return labels


def gold_of(table: TokenTable, gold: list[Gold], candidate: Candidate) -> Gold | None:
    """The attribution that a candidate is the cue of: its cue holds the anchor, or overlaps."""
    for first, end in ((candidate.anchor, candidate.anchor + 1), (candidate.first, candidate.end)):
        a, b = table.starts[first], table.ends[end - 1]
        touching = [attribution for attribution in gold if any(s < b and a < e for s, e in attribution["cue"])]
        if touching:
            return min(touching, key=lambda attribution: sum(e - s for s, e in attribution["cue"]))
    return None


def link_labels(table: TokenTable, attribution: Gold | None, first: int, size: int) -> list[int]:
    labels = [0] * size
    if attribution is not None:
        write_labels(labels, table, attribution, "CSQ", first)
    return labels


def folds(owners: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """(sequences to learn from, sequences left out) for each fold; ``owners`` holds the article of each sequence."""
    for fold in range(FOLDS):
        out = owners % FOLDS == fold
        yield np.flatnonzero(~out), np.flatnonzero(out)


def jackknife(data: Sequences, owners: np.ndarray, **settings: Any) -> tuple[Weights, np.ndarray, np.ndarray]:
    """The average model, and for all tokens scores and probabilities by a model that never saw their article."""
    models, scores, probabilities, label_count = [], 0, 0, 1 + int(data.labels.max())
    for fold, (chosen, out) in enumerate(folds(owners)):
        seeds = range(SEEDS * fold, SEEDS * (fold + 1))
        models.append(Weights.average([train(data, label_count, chosen, seed=seed, **settings) for seed in seeds]))
        some_scores, some_probabilities = score(data, models[-1], out)
        scores, probabilities = scores + some_scores, probabilities + some_probabilities
    return Weights.average(models), scores, probabilities


def cue_sequences(tables: list[TokenTable], golds: list[list[Gold]], owners: list[int]) -> Iterator[tuple[Any, Any]]:
    for number, (table, gold) in enumerate(zip(tables, golds, strict=True)):
        labels, features = cue_labels(table, gold), list(cue_features(table))
        for first, end in stretches(table):
            owners.append(number)
            yield features[first:end], labels[first:end]


def link_sequences(
    tables: list[TokenTable], golds: list[list[Gold]], looks: list[FirstLook], owners: list[int]
) -> Iterator[tuple[Any, Any]]:
    for number, (table, gold, look) in enumerate(zip(tables, golds, looks, strict=True)):
        for candidate in look.candidates:
            first, features = link_features(table, look, candidate)
            owners.append(number)
            yield features, link_labels(table, gold_of(table, gold, candidate), first, len(features))


def looks_from(tables: list[TokenTable], probabilities: np.ndarray) -> list[FirstLook]:
    ends = np.cumsum([0] + [table.size for table in tables])
    return [FirstLook(p, probabilities[a:b].tolist()) for p, a, b in zip(tables, ends, ends[1:], strict=False)]


def proposals_from(
    links: Chain, tables: list[TokenTable], looks: list[FirstLook], data: Sequences, scores: np.ndarray
) -> list[list[Proposal]]:
    """What the second model, by the given scores of its sequences' tokens, proposes for each article."""
    found: list[list[Proposal]] = []
    number = 0
    for table, look in zip(tables, looks, strict=True):
        found.append([])
        for candidate in look.candidates:
            rows = np.rint(scores[slice(*data.sequences[number : number + 2])] * SCALE).astype(int).tolist()
            found[-1].append(proposal(candidate, window(table, look, candidate.anchor)[0], links, rows))
            number += 1
    return found


def is_right(table: TokenTable, gold: list[Gold], proposal: Proposal) -> bool:
    """Whether an annotator marked exactly this cue."""
    spans = [[table.starts[first], table.ends[end - 1]] for first, end in proposal.cue]
    return any(sorted(attribution["cue"]) == spans for attribution in gold)


def judge_sequences(
    tables: list[TokenTable], golds: list[list[Gold]], looks: list[FirstLook], proposals: list[list[Proposal]]
) -> Iterator[tuple[Any, Any]]:
    for table, gold, look, of_article in zip(tables, golds, looks, proposals, strict=True):
        for proposed, features in zip(of_article, evidence(table, look, of_article), strict=True):
            yield [features], [int(is_right(table, gold, proposed))]


def chain_model(names: Mapping[str, int], weights: Weights, labels: Sequence[str], most: int) -> dict[str, Any]:
    """A chain as plain data (kit.models.crf.Chain), with the ``most`` features whose largest weights are largest."""
    largest = np.abs(weights.features).max(1)
    kept = largest >= np.sort(largest)[-most:][0]
    rows = np.rint(weights.features[kept] * SCALE).clip(-128, 127)

    def whole(values: np.ndarray) -> list[Any]:
        return np.rint(values * SCALE).astype(int).tolist()

    return {
        "labels": labels,
        "scale": SCALE,
        "start": whole(weights.start),
        "moves": whole(weights.moves),
        "features": "\t".join(name for name, number in names.items() if kept[number]),
        "weights": b64encode(rows.astype(np.int8).tobytes()).decode(),
    }


def class_lists(classes: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Word classes as plain data: for each class its words, separated by spaces."""
    return {
        part: {
            label: " ".join(sorted(word for word in words if words[word] == label))
            for label in sorted(set(words.values()))
        }
        for part, words in classes.items()
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--data", type=Path, required=True, help="folder with polnear_train.jsonl")
    arguments.add_argument("--taught", help="a file there whose articles the strong reader marks")
    asked = arguments.parse_args()
    by_people = documents(read(asked.data / "polnear_train.jsonl"))
    every = by_people + (documents(taught(asked.data / asked.taught)) if asked.taught else [])
    golds, classes = [document.gold for document in every], WordClasses(by_people)
    tables = [TokenTable(document.sentences, classes.of(document)) for document in every]
    owners: list[int] = []
    data = collect(cue_sequences(tables, golds, owners), rare=RARE)
    print(f"first model: {len(owners)} sequences, {len(data.names)} features", flush=True)
    weights, _, probabilities = jackknife(data, np.array(owners), **CUE_MODEL)
    cues = chain_model(data.names, weights, LABELS, CUE_FEATURES)
    looks, owners = looks_from(tables, probabilities), []
    data = collect(link_sequences(tables, golds, looks, owners))
    print(f"second model: {len(owners)} candidates, {len(data.names)} features", flush=True)
    weights, scores, _ = jackknife(data, np.array(owners), **LINK_MODEL)
    links = chain_model(data.names, weights, LABELS, LINK_FEATURES)
    people = len(by_people)
    tables, golds, looks = tables[:people], golds[:people], looks[:people]
    proposals = proposals_from(Chain(links), tables, looks, data, scores)
    data = collect(judge_sequences(tables, golds, looks, proposals))
    owners = [owner for owner in owners if owner < people]
    weights, _, probabilities = jackknife(data, np.array(owners), **JUDGE_MODEL)
    print(f"third model: {len(data.names)} features; how often it is right, by its confidence:", flush=True)
    for low in np.arange(0, 1, 0.1):
        among = (probabilities[:, 1] >= low) & (probabilities[:, 1] < low + 0.1)
        if among.any():
            print(f"  {probabilities[among, 1].mean():.2f}: {data.labels[among].mean():.2f} of {among.sum()}")
    model = {
        "classes": class_lists(classes.of()),
        "cues": cues,
        "links": links,
        "judge": chain_model(data.names, weights, ("no", "yes"), len(data.names)),
        "threshold": THRESHOLD,
    }
    MODEL.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{MODEL.name}: {MODEL.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
