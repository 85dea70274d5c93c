# ruff: noqa: E402  (what is imported is looked for first)
"""The strong reader: the same marks everywhere, reasons, bad input, weights that are missing or damaged."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import ROOT
from test_cases import TABLES, faults

import kit
from kit.analysis.registry import DEFAULT, best_reader
from kit.cli import main
from kit.course.own_articles import check
from kit.errors import KitError
from kit.extras import EXTRAS

NEEDED = (*EXTRAS["strong"][1], "between_the_lines_strong")
if not os.environ.get("CI") and any(find_spec(module) is None for module in NEEDED):
    pytest.skip("The strong reader is not installed: make setup brings it.", allow_module_level=True)

import numpy as np

from benchmarks.held_out import document, is_held_out
from benchmarks.strong import both_and_alone
from kit.analysis.attribution.token_table import TokenTable
from kit.analysis.strong import network as at_work
from kit.analysis.strong.attribution import chosen
from kit.analysis.strong.links import Proposed, best_labels
from kit.analysis.strong.network import WEIGHTS, Network, network
from kit.analysis.strong.subwords import Subwords
from kit.analysis.strong.windows import LONGEST, UNKNOWN, Columns, columns, cuts, window
from kit.readings.reading import Reading
from kit.text.tokens import sentences
from kit.version import STRONG_READER

STORED = ROOT / "tests" / "examples" / "strong.json"
TEXT = "\n\n".join(
    [
        "Harbour bridge may stay closed until spring",
        "The harbour bridge of Port Vorn may stay closed until spring, city engineer Ada Brandt said on "
        'Monday. "We found cracks in two of the pillars," she told the council. "Nobody should panic, but '
        'nobody should drive over it either."',
        "Mayor Ruben Holt promised ferries for the islanders. He accused the previous council of shameful "
        "neglect and said that it had ignored three reports. A spokeswoman for the opposition rejected that "
        "as a cheap attack, adding that repairs were paid for in 2021.",
        "According to the fishermen's union, about 300 boats use the harbour. Some say the closure could ruin "
        "them. It is unclear whether the state will pay.",
    ]
)
FOLDER = Path(str(find_spec(WEIGHTS).submodule_search_locations[0]))
MOST_FAULTS = 15
HEADS = tuple(network().card["better"])
BETTER = dict(network().card["better"])  # as the weights are delivered


@pytest.fixture(scope="module", autouse=True)
def every_layer_by_the_network():
    """Whatever the weights are worth by now: the network is what is tested here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(network().card, "better", dict.fromkeys(HEADS, True))
        yield


@pytest.fixture(scope="module")
def reading():
    return kit.annotate(TEXT, reader="strong")


def without_confidence(reading):
    return [replace(mark, confidence=1.0) for mark in reading.annotations]


def plain(reading):
    return [
        {name: mark[name] for name in ("layer", "label", "start", "end", "entry", "voice", "confidence", "parts")}
        for mark in reading.to_dict()["annotations"]
    ]


def test_the_marks_are_those_that_were_stored(reading):
    """On every platform. After new weights: `python tests/test_strong.py` stores what they mark."""
    marks, stored = plain(reading), json.loads(STORED.read_text("utf-8"))
    assert [mark | {"confidence": None} for mark in marks] == [mark | {"confidence": None} for mark in stored]
    sure, then = ([mark["confidence"] for mark in some] for some in (marks, stored))
    assert sure == pytest.approx(then, abs=0.03)


def test_every_mark_says_why_it_was_made(reading):
    """A signal of the lexicon is explained by its entry; of any other the reader says that the network found it."""
    said = reading.layer("attribution")
    assert {mark.details["speaker"] for mark in said} >= {"Ada Brandt", "Ruben Holt"}
    assert all(mark.why for mark in reading.annotations)
    by_network = "The network found no listed signal"
    for mark in said:
        if mark.entry == "cue/other":
            assert by_network in mark.why
        if mark.entry == "cue/say":
            assert by_network not in mark.why
            assert mark.reasons["cue"]


def test_the_command_line_and_the_reading_name_the_reader(tmp_path, capsys, reading):
    article = tmp_path / "bridge.txt"
    article.write_text(TEXT, "utf-8")
    assert main(["annotate", str(article), "--reader", "strong", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["reader"] == reading.reader == "the strong reader"
    assert [mark["start"] for mark in printed["annotations"]] == [mark.span.start for mark in reading.annotations]


def test_an_article_of_ones_own_is_read_by_it_and_the_page_says_so():
    article = check(TEXT)
    reading = kit.annotate(article)
    assert reading.reader == STRONG_READER
    assert kit.show(reading).notes[0].startswith("Read by the strong reader")
    assert "Read by the strong reader" in str(kit.report(reading))
    assert kit.annotate(article, reader=DEFAULT).reader == kit.annotate(TEXT).reader != STRONG_READER


def test_where_no_layer_is_better_ones_own_article_is_read_by_the_kit(monkeypatch):
    monkeypatch.setitem(network().card, "better", dict.fromkeys(HEADS, False))
    assert best_reader() == DEFAULT
    assert kit.annotate(check(TEXT)).notes == ()


def test_where_it_is_not_installed_ones_own_article_is_read_by_the_kit(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert kit.annotate(check(TEXT)).reader.startswith("kit ")


def test_its_reading_of_the_story_is_the_one_that_the_lesson_has(monkeypatch, capsys):
    """`kit annotate blinken --reader strong --format json -o seeds/readings/blinken_strong.json` writes it again."""
    monkeypatch.setitem(network().card, "better", BETTER)
    assert main(["annotate", "blinken", "--reader", "strong", "--format", "json"]) == 0
    story = kit.load("blinken")
    now = Reading.from_dict(json.loads(capsys.readouterr().out), story)
    stored = Reading.load("blinken_strong", story)
    assert without_confidence(now) == without_confidence(stored)
    assert [mark.confidence for mark in now.annotations] == pytest.approx(
        [mark.confidence for mark in stored.annotations], abs=0.03
    )


def test_the_rules_around_the_models_hold_for_the_networks_proposals_too(monkeypatch):
    """Cases that the kit reads right: the network may miss a few of them, not more."""
    monkeypatch.setitem(network().card, "better", BETTER)
    wrong = [case["text"] for table in TABLES.values() for case in table if faults(case, "strong") != ([], [])]
    assert len(wrong) <= MOST_FAULTS, wrong


def test_weasels_can_be_the_kits_where_doubts_are_the_networks(monkeypatch):
    def marks(reading, label):
        return [mark for mark in reading.layer("hedge") if (mark.label == "weasel") == (label == "weasel")]

    network_alone = kit.annotate(TEXT, reader="strong")
    monkeypatch.setitem(network().card, "better", dict.fromkeys(HEADS, True) | {"weasel": False})
    mixed = kit.annotate(TEXT, reader="strong")
    weasels = [(mark.span, mark.confidence) for mark in marks(mixed, "weasel")]
    assert weasels == [(mark.span, mark.confidence) for mark in marks(kit.annotate(TEXT), "weasel")] != []
    doubts = [(mark.span, mark.confidence) for mark in marks(mixed, "doubt")]
    assert doubts == [(mark.span, mark.confidence) for mark in marks(network_alone, "doubt")] != []


def test_a_layer_that_the_network_reads_worse_keeps_the_kits_marks(monkeypatch):
    monkeypatch.setitem(network().card, "better", dict.fromkeys(HEADS, False))
    ours, theirs = kit.annotate(TEXT), kit.annotate(TEXT, reader="strong")
    assert theirs.annotations == ours.annotations


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n",
        "7 8 9",
        "?!" * 200,
        "Der Bürgermeister sagte, die Brücke bleibe zu.",
        "市长说桥关闭了。",
        "\ud800 she said",
        "x" * 50_000,
    ],
    ids=["nothing", "white space", "numbers", "marks", "German", "Chinese", "half a character", "one long word"],
)
def test_any_text_is_read(text):
    assert kit.annotate(text, reader="strong").article.text == text


def test_a_long_line_that_repeats_itself_is_cheap(monkeypatch):
    """What repeats is read once, and the rest of a long line in windows of bounded size."""
    read = []
    look = Network._window
    monkeypatch.setattr(Network, "_window", lambda self, one: read.append(len(one.ids)) or look(self, one))
    kit.annotate("It may rain, the mayor said. " * 2000, reader="strong")
    assert len(read) <= 3
    assert max(read) <= LONGEST


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Skarnholt", "ska ##rn ##hol ##t"),
        ("Müllers", "muller ##s"),
        ("don’t", "don ’ t"),
        ("İstanbul", "istanbul"),
        ("$3.5bn", "$ 3 . 5 ##bn"),
        ("市长说", "[UNK] [UNK] [UNK]"),
        ("한국", "ᄒ ##ᅡ ##ᆫ ##ᄀ ##ᅮ ##ᆨ"),
        ("soft\xadhyphen", "soft ##hy ##ph ##en"),
        ("ΟΔΟΣ", "ο ##δ ##ο ##σ"),
        ("half a word", "half a word"),
        ("🙂", "[UNK]"),
        ("x" * 101, "[UNK]"),
        ("\u200b\ufeff", ""),
        ("", ""),
    ],
)
def test_words_are_cut_as_the_package_tokenizers_cuts_them(word, pieces):
    """Which the network was pretrained with. The right column is what that package gives, version 0.23."""
    vocabulary = (FOLDER / "vocabulary.txt").read_text("utf-8")
    names = vocabulary.split("\n")
    assert " ".join(names[number] for number in Subwords(vocabulary)(word)) == pieces


def test_a_long_article_is_read_to_its_end():
    article = kit.read_text("The mayor said that the harbour may close. " * 60)
    table = TokenTable(sentences(article), {"cue": {}, "source": {}})
    seen = columns(table, network()._subwords)
    assert table.size > 500
    assert (UNKNOWN,) not in seen.subwords


def test_windows_cover_each_token_once_and_break_at_paragraphs():
    size = 700
    seen = Columns(
        [(7,)] * size, [1] * size, [0] * size, [i // 20 for i in range(size)], [i // 140 for i in range(size)]
    )
    ranges = list(cuts(seen))
    assert [i for start, end in ranges for i in range(start, end)] == list(range(size))
    assert all(start % 140 == 0 for start, _ in ranges)
    assert all(len(window(seen, *one).ids) <= LONGEST for one in ranges)


def test_the_best_labelling_goes_by_moves_too():
    scores = np.zeros((1, 3, 7), dtype=np.float32)
    scores[0, 1, 2] = 1.0  # inside a content is likeliest, but nothing has begun
    moves = np.zeros((7, 7), dtype=np.float32)
    moves[[i for i in range(7) if i not in (1, 2)], 2] = -1e4
    scores[0, 0, 1] = 0.5
    path, total = best_labels(scores, moves)
    assert path[0, :2].tolist() == [1, 2]
    assert total[0] == pytest.approx(1.5)


def test_of_two_proposals_that_share_a_cue_the_surer_one_stays():
    sure = Proposed((), ((3, 4),), ((5, 9),), 0.99, 12.0, False)
    doubtful = sure._replace(content=((0, 2),), likely=0.7, lead=2.0)
    assert [found.content for found in chosen([doubtful, sure])] == [((5, 9),)]


@pytest.mark.parametrize("name", ["encoder.onnx", "links.onnx", "vocabulary.txt", "reader.json"])
def test_weights_that_are_missing_or_damaged_are_named(name, tmp_path):
    folder = tmp_path / "weights"
    shutil.copytree(FOLDER, folder)
    file = folder / name
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(KitError, match=rf"^{name} of the strong reader is damaged\. .*pip install"):
        Network(folder)
    file.unlink()
    with pytest.raises(KitError, match=rf"^{name} of the strong reader is missing\. .*pip install"):
        Network(folder)


def test_the_engine_reports_nothing_to_its_maker(monkeypatch):
    """onnxruntime sends reports, unless it is told not to before it begins: by a variable, on Windows by a call."""
    import onnxruntime

    did, start = [], onnxruntime.InferenceSession
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    monkeypatch.setattr(onnxruntime, "disable_telemetry_events", lambda: did.append("silent"))
    monkeypatch.setattr(onnxruntime, "InferenceSession", lambda *a, **b: did.append("session") or start(*a, **b))
    Network(FOLDER)
    assert did == ["silent", "session", "session"]
    code = """
import os, sys
from importlib.abc import MetaPathFinder
class Watch(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "onnxruntime":
            print("told" if os.environ.get("ORT_DISABLE_TELEMETRY") == "1" else "not told")
sys.meta_path.insert(0, Watch())
import kit
kit.annotate("It may rain, she said.", reader="strong")
"""
    clean = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    told = subprocess.run([sys.executable, "-c", code], env=clean, capture_output=True, text=True, check=True).stdout
    assert told.split("\n")[-2] == "told"


def test_weights_that_were_never_installed_are_named(monkeypatch):
    monkeypatch.setattr(at_work, "WEIGHTS", "no_such_weights")
    monkeypatch.setattr(at_work, "network", at_work.network.__wrapped__)
    monkeypatch.setattr("kit.analysis.strong.reader.network", at_work.network)
    with pytest.raises(KitError, match=r"weights are missing\. .*pip install"):
        kit.annotate("It may rain.", reader="strong")


def test_threads_that_read_at_once_get_what_one_alone_gets(reading):
    other = TEXT.replace("Ada Brandt", "Lena Osei").replace("bridge", "tunnel")
    alone = [reading, kit.annotate(other, reader="strong")] * 3
    with ThreadPoolExecutor(2) as threads:
        together = list(threads.map(lambda text: kit.annotate(text, reader="strong"), [TEXT, other] * 3))
    assert [one.annotations for one in together] == [one.annotations for one in alone]


def test_the_network_learns_from_the_words_that_were_marked(tmp_path, monkeypatch):
    """The corpora's spans become tags of exactly the tokens that they cover, and windows keep them in step."""
    monkeypatch.syspath_prepend(ROOT / "training")
    from strong_data import LABELS, Reader, batches

    text = "The pier is closed.\n\nIt may open soon, the mayor said."
    parts = {"source": [[38, 47]], "cue": [[48, 52]], "content": [[21, 36]]}
    row = {"doc": "pier", "text": text, "attributions": [parts]}
    (tmp_path / "polnear_train.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    (learned,) = Reader(tmp_path, network()._subwords).attributions()
    tags = ["O", "O", "O", "O", "O", "BC", "IC", "IC", "IC", "O", "BS", "IS", "BQ", "O"]
    assert [LABELS[tag] for tag in learned.labels] == tags
    ((example,),) = [next(batches([learned], 1, 1))]
    assert len(example.window.first) == len(tags)
    assert example.window.ids[example.window.first].tolist() == [subwords[0] for subwords in learned.seen.subwords]


def test_sentences_that_are_certain_stand_among_others_that_are_not(tmp_path, monkeypatch):
    """The corpus has them apart: what a network learns from its order is of no use for an article."""
    monkeypatch.syspath_prepend(ROOT / "training")
    from strong_data import Reader

    rows = [{"text": f"Bridge {number} is closed.", "uncertain": number >= 800} for number in range(1600)]
    (tmp_path / "conll10w_train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    texts = list(Reader(tmp_path, network()._subwords).weasels())
    assert {text.held_out for text in texts} == {False, True}
    assert all(0.1 < np.mean(text.uncertain) < 0.9 for text in texts)
    held_out = [number for number in range(1600) if is_held_out(document("conll", number, {}))]
    assert sum(len(text.uncertain) for text in texts if text.held_out) == len(held_out)


def test_the_benchmark_counts_who_marks_what_and_who_is_right():
    """By hand: both and people mark the first signal; of the two that one reader marks alone, people have one."""

    def said(*cues):
        return [{"layer": "attribution", "parts": {"cue": [list(cue)]}} for cue in cues]

    found = {"kit": [said((0, 3), (5, 7))], "strong": [said((0, 3), (9, 12))]}
    gold = [[{"cue": [[0, 3]]}, {"cue": [[9, 12]]}]]
    rows = [line.split("|")[1:-1] for text in both_and_alone(found, gold) for line in text.splitlines() if "." in line]
    assert [[cell.strip() for cell in row] for row in rows if row] == [
        ["both", "1", "1.00"],
        ["kit alone", "1", "0.00"],
        ["strong alone", "1", "1.00"],
    ]


if __name__ == "__main__":
    network().card["better"] = dict.fromkeys(HEADS, True)
    STORED.write_text(json.dumps(plain(kit.annotate(TEXT, reader="strong")), indent=1) + "\n", "utf-8")
