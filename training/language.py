"""Train the sentence splitter and the tagger: `python training/language.py --data DIR`.

Reads polnear_train_tags.jsonl (words, offsets and tags that CoreNLP gave to PolNeAR's training articles) and
polnear_train.jsonl (their texts) from DIR. Learns from all articles but the last 50, prints how it does on those, and
writes kit/models/punkt.json and kit/models/tagger.json. The same data give the same files.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import struct
from base64 import b64encode
from collections import Counter
from itertools import pairwise
from pathlib import Path

from nltk.tag.perceptron import PerceptronTagger
from nltk.tokenize.punkt import PunktTrainer

from kit.models.packed import ZERO
from kit.text import tokens as language
from kit.text.layout import find_parts
from kit.text.tagger import UNIT

MODELS = Path(__file__).parents[1] / "kit" / "models"
HELD_OUT = 50
MINIMUM_WEIGHT = 0.15
# Short forms before names, dates and figures, whether learned or not; learned ones only if they are a letter or have a
# full stop inside ("ph.d"), since Punkt takes some rare words ("zoo") for short forms.
ABBREVIATIONS = (
    "mr mrs ms mx dr prof rev hon sen sens rep reps gov govs gen adm lt maj col capt cmdr sgt cpl pres supt "
    "insp jr sr st fr messrs jan feb mar apr jun jul aug sep sept oct nov dec ariz ark calif colo conn fla ga "
    "ill ind ky md mich minn mo nev okla ore pa tenn tex va vt wis wyo inc corp co ltd bros dept assn etc vs "
    "approx ft"
)
SHORT_FORM = re.compile(r"[a-z]|[a-z]+([.&-]+[a-z]+)+")
NOT_WORDS = "\"'“”‘’`)(] \t\r\n"


def read(folder: Path, name: str) -> list[dict]:
    with (folder / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def tagged_sentences(articles: list[dict], texts: dict[str, str]) -> list[list[tuple[str, str]]]:
    """(word, tag) as the kit's tagger will meet them: the text's own spelling, quotation marks plain."""
    return [
        [(language.plain(texts[article["doc"]][start:end]) or word, tag) for word, start, end, tag in sentence]
        for article in articles
        for sentence in article["sentences"]
    ]


def train_tagger(sentences: list[list[tuple[str, str]]]) -> dict:
    random.seed(2024)
    tagger = PerceptronTagger(load=False)
    tagger.train(sentences, nr_iter=6)
    kept = {}
    for feature, row in sorted(tagger.model.weights.items()):
        large = {tag: round(round(weight, 2) * UNIT) for tag, weight in row.items() if abs(weight) >= MINIMUM_WEIGHT}
        if large:
            kept[feature] = large
    return pack(kept, sorted(tagger.classes), tagger.tagdict)


def pack(weights: dict[str, dict[str, int]], tags: list[str], always: dict[str, str]) -> dict:
    """A tagger's model as kit/text/tagger.py reads it; weights are in hundredths."""
    numbers = {
        number * len(tags) + tags.index(tag): weight
        for number, row in enumerate(weights.values())
        for tag, weight in sorted(row.items())
    }
    gaps = bytes(cell - before for before, cell in pairwise([0, *numbers]))
    values = struct.pack(f"<{len(numbers)}H", *(weight + ZERO for weight in numbers.values()))
    return {
        "tags": tags,
        "always": always,
        "features": "\t".join(weights),
        "gaps": b64encode(gaps).decode(),
        "weights": b64encode(values).decode(),
    }


def train_punkt(texts: list[str]) -> dict:
    trainer = PunktTrainer()
    for text in texts:
        trainer.train(text, finalize=False)
    trainer.finalize_training()
    learned = trainer.get_params()
    words = Counter(word.rstrip(".") for text in texts for word in text.split())
    frequent = Counter()
    for word, count in words.items():
        frequent[word.lower()] += count
    return {
        "abbrev_types": sorted({*ABBREVIATIONS.split(), *filter(SHORT_FORM.fullmatch, learned.abbrev_types)}),
        "collocations": sorted(learned.collocations),
        # A name that often follows "Mr." is no sentence starter: keep words that are also written small.
        "sent_starters": sorted(word for word in learned.sent_starters if words[word] > 20),
        "ortho_context": {word: flags for word, flags in sorted(learned.ortho_context.items()) if frequent[word] > 2},
    }


def write(name: str, model: object) -> None:
    path = MODELS / f"{name}.json"
    path.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


def f_score(right: int, found: int, gold: int) -> float:
    return 2 * right / (found + gold) if found + gold else 0.0


def report(held_out: list[dict], texts: dict[str, str]) -> None:
    """Tags on CoreNLP's own tokens; tokens and sentence ends against CoreNLP's from raw text."""
    right = total = 0
    tokens, starts = Counter(), Counter()
    for article in held_out:
        text = texts[article["doc"]]
        for sentence in article["sentences"]:
            tags = language.tag_words([text[start:end] or word for word, start, end, _ in sentence])
            right += sum(mine == tag for mine, (*_, tag) in zip(tags, sentence, strict=True))
            total += len(tags)
        paragraphs = [text[part.start : part.end] for part in find_parts(text) if part.kind != "credit"]
        offsets = [part.start for part in find_parts(text) if part.kind != "credit"]
        spans = [
            (b + s, b + e) for b, p in zip(offsets, paragraphs, strict=True) for s, e in language.sentence_spans(p)
        ]
        # CoreNLP often gives an opening quotation mark to the sentence before: compare where the words part.
        mine = {len(text[:end].rstrip(NOT_WORDS)) for _, end in spans}
        gold = {len(text[: sentence[-1][2]].rstrip(NOT_WORDS)) for sentence in article["sentences"]}
        starts.update(right=len(mine & gold), found=len(mine), gold=len(gold))
        mine_tokens = {
            (b + s, b + e) for b, p in zip(offsets, paragraphs, strict=True) for s, e in language.token_spans(p)
        }
        gold_tokens = {(s, e) for sentence in article["sentences"] for _, s, e, _ in sentence}
        tokens.update(right=len(mine_tokens & gold_tokens), found=len(mine_tokens), gold=len(gold_tokens))
    print(f"held-out articles: {len(held_out)}, tokens: {total}")
    print(f"tags as CoreNLP's:  {right / total:.4f}")
    print(f"token spans, F:     {f_score(**tokens):.4f}")
    print(f"sentence ends, F:   {f_score(**starts):.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the gold files")
    parser.add_argument("--report-only", action="store_true", help="measure the models in place, train nothing")
    options = parser.parse_args()
    articles = read(options.data, "polnear_train_tags.jsonl")
    texts = {article["doc"]: article["text"] for article in read(options.data, "polnear_train.jsonl")}
    training, held_out = articles[:-HELD_OUT], articles[-HELD_OUT:]
    if not options.report_only:
        held_out_names = {article["doc"] for article in held_out}
        write("punkt", train_punkt([text for doc, text in sorted(texts.items()) if doc not in held_out_names]))
        write("tagger", train_tagger(tagged_sentences(training, texts)))
    report(held_out, texts)


if __name__ == "__main__":
    main()
