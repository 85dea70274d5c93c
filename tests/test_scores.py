"""The benchmark's scores, on examples small enough to count by hand."""

import pytest

from benchmarks import accuracy, scores, tasks
from benchmarks.scores import Tally

TEXT = "“We may rebuild,” Bell said. The bridge, reportedly, was closed."
GOLD = [
    {"source": [[18, 22]], "cue": [[23, 27]], "content": [[0, 17]]},
    {"source": [], "cue": [[41, 51]], "content": [[29, 39], [53, 63]]},
]


def fields(tally):
    return tally.right, tally.marked, tally.found, tally.gold


def test_f_is_the_harmonic_mean_over_the_whole_corpus():
    corpus = Tally(1, 1, 1, 3) + Tally(1, 3, 1, 1)
    assert (corpus.precision, corpus.recall, corpus.f) == (0.5, 0.5, 0.5)
    assert Tally(1, 2, 1, 4).f == pytest.approx(1 / 3)
    assert Tally(0, 0, 0, 5).f == Tally(0, 5, 0, 0).f == 0


def test_spans_count_only_if_they_are_exact():
    marked = [{"cue": [[23, 27]], "source": [[17, 22]]}, {"cue": [[40, 51]]}]
    tallies = {m.title: m.tally(TEXT, marked, GOLD) for m in tasks.ATTRIBUTION}
    assert fields(tallies["cue"]) == (1, 2, 1, 2)
    assert fields(tallies["source"]) == (0, 1, 0, 1)
    assert fields(tallies["content"]) == (0, 0, 0, 3)


def test_a_part_that_two_attributions_share_counts_once():
    marked = [GOLD[0], {"source": [[18, 22]], "cue": [[23, 27]], "content": [[29, 63]]}]
    assert fields(tasks.part("cue")(TEXT, marked, GOLD)) == (1, 1, 1, 2)


def test_content_by_characters_gives_credit_for_a_share():
    marked = [{"content": [[10, 17], [53, 64]]}]
    assert fields(tasks.content_characters(TEXT, marked, GOLD)) == (17, 18, 17, 37)


def test_a_whole_attribution_needs_all_three_parts_and_all_their_pieces():
    assert fields(tasks.whole(TEXT, GOLD, GOLD)) == (2, 2, 2, 2)
    half = [GOLD[0], GOLD[1] | {"content": [[29, 39]]}]
    assert fields(tasks.whole(TEXT, half, GOLD)) == (1, 2, 1, 2)
    in_other_order = [GOLD[1] | {"content": [[53, 63], [29, 39]]}]
    assert fields(tasks.whole(TEXT, in_other_order, GOLD)) == (1, 1, 1, 2)
    named = [GOLD[1] | {"source": [[29, 39]]}]
    assert fields(tasks.whole(TEXT, named, GOLD)) == (0, 1, 0, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will rebuild it."', "direct"),
        ("“We will,” … “rebuild it.”", "direct"),
        ("“We will.\nAnd soon.", "direct"),
        ("that the bridge was “a matter of pride”", "mixed"),
        ("``It's mine,'' she adds", "mixed"),
        ("that it won't be rebuilt, the people's wish", "indirect"),
        ("", "indirect"),
    ],
)
def test_the_kind_of_an_attribution_is_read_off_its_quotation_marks(text, expected):
    assert scores.kind(text, {"content": [[0, len(text)]] if text else []}) == expected


def test_the_kind_is_read_over_all_pieces_of_the_content():
    text = "“We will,” Bell said, “rebuild it.”"
    assert scores.kind(text, {"content": [[0, 10], [22, 35]]}) == "direct"
    assert scores.kind(text, {"content": [[0, 35]]}) == "mixed"


def test_a_sentence_is_uncertain_or_it_is_not():
    assert fields(tasks.sentence("", [(0, 3), (4, 6)], [[0, 3]])) == (1, 1, 1, 1)
    assert fields(tasks.sentence("", [(0, 3)], False)) == (0, 1, 0, 0)
    assert fields(tasks.sentence("", [], True)) == (0, 0, 0, 1)
    assert fields(tasks.sentence("", [], [])) == (0, 0, 0, 0)


def test_a_word_is_marked_if_its_first_character_is():
    text = "It's well-known, 12 say."
    assert scores.words(text, [(0, 2), (7, 12), (20, 21)]) == {0, 20}
    assert scores.words(text, [(5, 24)]) == {5, 20}
    assert fields(tasks.tokens(text, [(0, 15)], [(5, 24)])) == (1, 2, 1, 2)


def test_words_given_as_strings_are_gold_wherever_they_stand_whole():
    text = "A brutal, brutally BRUTAL act of pure evil"
    assert sorted(scores.places(text, ["brutal", "pure evil", ""])) == [(2, 8), (19, 25), (33, 42)]
    assert fields(tasks.named_tokens(text, [(2, 8), (10, 18), (38, 42)], ["brutal", "pure evil"])) == (2, 3, 2, 4)


def test_shares_of_spans_as_semeval_2020_has_them():
    assert fields(scores.overlap([(0, 10)], [(5, 10)])) == (0.5, 1, 1, 1)
    assert fields(scores.overlap([(0, 4), (6, 10)], [(2, 8)])) == (1, 2, pytest.approx(4 / 6), 1)
    assert fields(scores.overlap([], [(0, 5), (5, 8)])) == (0, 0, 0, 2)


def test_spans_of_one_side_that_overlap_are_one():
    assert scores.merged([(5, 9), (0, 3), (2, 6), (9, 12), (1, 2)]) == [(0, 9), (9, 12)]
    assert fields(scores.overlap([(0, 10), (0, 10)], [(0, 6), (4, 10)])) == (1, 1, 1, 1)


def test_each_participle_is_met_once_and_agents_count_where_it_is():
    gold = [("Closed", False), ("hit", True), ("closed", True)]
    marked = [("CLOSED", False), ("closed", False), ("closed", True), ("burnt", True)]
    verbs = scores.same(scores.participles(marked), scores.participles(gold))
    assert fields(verbs) == (2, 4, 2, 3)
    assert scores.agents(marked, gold).precision == 0.5


def test_the_kits_passives_without_the_reduced_ones():
    text = "Roads were closed by police after the bridge hit by a ship fell."
    item = {"layer": "framing", "label": "passive", "entry": "passive/be", "parts": {"verb": [[11, 17]]}}
    reduced = item | {"entry": "passive/reduced", "parts": {"verb": [[45, 48]]}}
    agentless = item | {"label": "agentless"}
    assert tasks.own_passives(text, [item, reduced, agentless]) == [("closed", True), ("closed", False)]


def test_the_kits_spans_by_layer_and_label():
    annotations = [
        {"layer": "hedge", "label": "modal", "start": 4, "end": 7},
        {"layer": "hedge", "label": "booster", "start": 8, "end": 9},
        {"layer": "framing", "label": "modal", "start": 1, "end": 2},
    ]
    assert tasks.own_spans("hedge", tasks.SPECULATION)("", annotations) == [(4, 7)]


def test_confidence_is_compared_with_being_right():
    bins = scores.reliability([(0.95, True), (1.0, True), (0.91, False), (0.15, False), (0.1, True)])
    assert [(b.marks, round(b.confidence, 3), round(b.right, 3)) for b in bins] == [(2, 0.125, 0.5), (3, 0.953, 0.667)]
    assert scores.calibration_error(bins) == pytest.approx((2 * 0.375 + (2.86 - 2)) / 5)
    assert scores.calibration_error(scores.reliability([(0.5, True), (0.5, False)])) == 0


def test_the_confidence_table_judges_exact_cues_alone():
    found = [
        {"layer": "attribution", "confidence": 0.9, "parts": {"cue": [[23, 27]], "content": [[0, 3]]}},
        {"layer": "attribution", "confidence": 0.9, "parts": {"cue": [[22, 27]]}},
        {"layer": "attribution", "confidence": 0.2, "parts": {"content": [[0, 17]]}},
        {"layer": "hedge", "confidence": 0.2, "parts": {"cue": [[23, 27]]}},
    ]
    report = tasks.confidence([{"attributions": GOLD}], [found])
    assert "error: 0.400" in report[0]
    assert [cell.strip() for cell in report[2].splitlines()[-1].strip("|").split("|")] == ["2", "0.90", "0.50"]


@pytest.fixture
def results(tmp_path, monkeypatch):
    """Where a full run writes; the kit marks "may", one peer marks nothing and the other can't be had."""

    def ask(peer, texts):
        if peer.name == "weasels":
            raise accuracy.peers.PeerError("no network")
        return [[] for _ in texts], 0.5

    found = {"layer": "hedge", "label": "modal", "start": 3, "end": 6}
    monkeypatch.setattr(accuracy, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(accuracy, "read", lambda texts: ([[found] for _ in texts], 2.0))
    monkeypatch.setattr(accuracy.peers, "ask", ask)
    monkeypatch.setattr(accuracy.speed, "report", lambda: iter(["growth 1.00"]))
    line = '{"doc": "1", "text": "It may rain.", "cues": [[3, 6, "modal_probable"]]}\n'
    (tmp_path / "szegedwiki_train.jsonl").write_text(line, "utf-8")
    return tmp_path / "RESULTS.md"


def test_a_full_run_writes_what_each_tool_reached_and_what_is_missing(results, capsys):
    results.write_text(f"old{accuracy.ELSEWHERE}\n## A hub\n281 MB\n", "utf-8")
    accuracy.main(["--data", str(results.parent)])
    written = results.read_text("utf-8")
    assert written.endswith(f"```\n{accuracy.ELSEWHERE}\n## A hub\n281 MB\n")
    assert not written.startswith("old")
    rows = [[cell.strip() for cell in line.split("|")] for line in written.splitlines()]
    assert ["", "**the kit**", "1.000 (1.00 / 1.00)", "1.000 (1.00 / 1.00)", "1.0", ""] in rows
    assert ["", "hedges 2.0 (npm list)", "0.000 (0.00 / 0.00)", "0.000 (0.00 / 0.00)", "4.0", ""] in rows
    assert "weasels 2.0 (npm list) could not be run and is left out." in written
    assert "no network" in capsys.readouterr().err
    assert "Skipped: `polnear_dev.jsonl` is not in the folder." in written


@pytest.mark.parametrize("limits", [["--without-peers"], ["--only", "speculation"], ["--limit", "1"]])
def test_a_limited_run_only_prints(results, capsys, limits):
    accuracy.main(["--data", str(results.parent), *limits])
    assert "1.000 (1.00 / 1.00)" in capsys.readouterr().out
    assert not results.exists()


@pytest.mark.parametrize("folder", ["", "nowhere"])
def test_a_folder_that_is_none_is_refused_in_a_sentence(folder, capsys):
    with pytest.raises(SystemExit):
        accuracy.main(["--data", folder])
    assert "Name the one that holds the gold files: make benchmark DATA=DIR" in capsys.readouterr().err
