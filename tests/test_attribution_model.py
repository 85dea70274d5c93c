"""The attribution models at work: invented sentences, texts that aren't articles, and how work grows."""

from base64 import b64encode

import pytest
from conftest import calls_made
from hypothesis import given
from hypothesis import strategies as st

from kit.analysis.attribution.find import find_attributions
from kit.analysis.attribution.judge_features import evidence
from kit.analysis.attribution.model import models
from kit.analysis.attribution.tags import retagged
from kit.analysis.attribution.token_table import TokenTable
from kit.models.crf import Chain
from kit.sources.load import load
from kit.text.article import read_text
from kit.text.tokens import sentences


def read(text):
    article = read_text(text)
    return find_attributions(article, retagged(sentences(article)))


def table(text):
    """(label, source, cue, content) of each attribution with a cue."""
    return [
        (mark.label, *(mark.part(name, text) for name in ("source", "cue", "content")))
        for mark in read(text)
        if mark.parts.get("cue")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The harbour will reopen in May, the mayor said.",
            ("indirect", "the mayor", "said", "The harbour will reopen in May"),
        ),
        (
            "Ana Lima said that the well was dry.",
            ("indirect", "Ana Lima", "said", "that the well was dry"),
        ),
        (
            "“The bridge is safe,” Ms. Oduya said.",
            ("direct", "Ms. Oduya", "said", "“The bridge is safe,”"),
        ),
        (
            "According to the fire service, two boats are missing.",
            ("indirect", "the fire service", "According to", "two boats are missing"),
        ),
        (
            'The minister called the plan "a gift to the rich".',
            ("mixed", "The minister", "called", 'the plan "a gift to the rich"'),
        ),
        (
            "“We are ready,” Tomas Berg said, “and we will not wait.”",
            ("direct", "Tomas Berg", "said", "“We are ready,” … “and we will not wait.”"),
        ),
        (
            "Troops on Sunday retook the bridge at Orna, the interior ministry of Velmar said.",
            ("indirect", "the interior ministry of Velmar", "said", "Troops on Sunday retook the bridge at Orna"),
        ),
    ],
)
def test_who_says_what(text, expected):
    assert expected in table(text)


def test_attributions_inside_each_other_are_both_kept():
    found = table("The mayor said that engineers believe the dam will hold.")
    assert [(source, cue) for _, source, cue, _ in found] == [("The mayor", "said"), ("engineers", "believe")]


def test_a_cue_without_a_source():
    found = table("The two sides reportedly met in secret on Tuesday night.")
    assert [(source, cue) for _, source, cue, _ in found] == [("", "reportedly")]


def test_a_quotation_without_a_cue_is_kept():
    text = "Ms. Oduya said the bridge was safe.\n\n“We tested every bolt of it, and we will test every bolt again.”"
    content = "“We tested every bolt of it, and we will test every bolt again.”"
    assert any(mark.part("content", text) == content for mark in read(text))


@pytest.mark.parametrize(
    "text",
    [
        "“We tested every bolt of it, and we will test every bolt again.”",
        "Ms. Oduya said the bridge was safe.\n\n“We tested every bolt of it, and she left.\n\nThe road is open.",
    ],
)
def test_a_quotation_needs_a_speaker_and_an_end(text):
    assert [mark for mark in read(text) if not mark.parts.get("cue")] == []


def test_a_plain_report_has_none():
    assert read("The train from Lisbon arrived at noon. It was two hours late. Snow lay on the roofs.") == []


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("''I won't go,'' he said. ''It is late.''", ["''I won't go,''", "''It is late.''"]),
        ("``So be it,'' she said.", ["``So be it,''"]),
        ("„Gut“ means “good”.", ["„Gut“", "“good”"]),
        ("He read ‘The Well’ in the miners’ hall.", ["‘The Well’"]),
        ("Mayor: 'We're done' with it", ["'We're done'"]),
        ("“We left.\n\n“Nobody came after us.”", ["“We left.", "“Nobody came after us.”"]),
    ],
)
def test_quotations_of_all_styles(text, quoted):
    tokens = TokenTable(sentences(read_text(text)), {"cue": {}, "source": {}})
    assert [text[tokens.starts[a] : tokens.ends[b - 1]] for a, b in tokens.quotations] == quoted


def test_amid_reports_ends_what_is_said_before_it():
    text = "The minister thinks the talks will fail amid reports that both sides left the hotel."
    found = {cue: content for _, _, cue, content in table(text)}
    assert found["amid reports"].startswith("that both sides")
    assert found["thinks"] == "the talks will fail"


def test_a_gift_is_not_a_stance():
    assert read("Every year, the council supports the harbour with millions of crowns.") == []


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("It is widely believed that money was moved.", "", "that money was moved"),
        ("According to Ivo Tal, who owns a shop, half have left.", "Ivo Tal", "half have left"),
        ('The harbour manager, Edda Varn, spoke of "blackmail".', "The harbour manager, Edda Varn,", '"blackmail"'),
        ("Rain fell, the harbour office of Port Vorn said.", "the harbour office of Port Vorn", "Rain fell"),
        # A speaker may stand after the verb.
        ("Snow is near. It may close, says its engineer.", "its engineer", "It may close"),
        ("Snow is near. It may close, said its engineer, Ana Lima.", "its engineer, Ana Lima", "It may close"),
        ("Snow is near. It may close, said officials in Velmar.", "officials in Velmar", "It may close"),
        ("Snow is near. It may close, added the minister on Monday.", "the minister", "It may close"),
        ("Snow is near. It may close, says a study by the council.", "a study by the council", "It may close"),
        (
            "Snow is near. The pier, say residents, has been rotten for years.",
            "residents",
            "The pier … has been rotten for years",
        ),
        ("Bridge may close, says engineer\n\nIt rained.", "engineer", "Bridge may close"),
        ("Talks have failed, say officials\n\nIt rained.", "officials", "Talks have failed"),
        ("Snow is near. The pier may close, said Theresa May.", "Theresa May", "The pier may close"),
        ("'Not now,' says minister\n\nIt rained.", "minister", "'Not now,'"),
    ],
)
def test_the_ends_of_sources(text, source, content):
    ((_, *parts),) = table(text)
    assert (parts[0], parts[2]) == (source, content)


@pytest.mark.parametrize(
    "text",
    [
        "Snow fell. The company, which owns three ferries, said the report, published on Monday, was wrong.",
        "Snow fell. She came in, said a few words and left.",
        "Snow fell. He smiled, added the sugar and left.",
        "Snow fell. The bridge may close, Ada Brandt, the engineer, said Monday.",
        "Snow fell. The bridge may close, Ada Brandt, the engineer, said last Monday.",
        "Snow fell. As the mayor was leaving, Ada Brandt, her deputy, said officials on Monday misled her.",
        'Snow fell. The leader of the group "New Dawn" said residents on the island were angry.',
        'Snow fell. The leader of the group "New Dawn" said officials, who came late, were angry.',
    ],
)
def test_what_follows_a_verb_need_not_be_its_speaker(text):
    none = {"the report", "a few words", "the sugar", "Monday", "last Monday", "officials", "residents"}
    assert not {row[1] for row in table(text)} & none


def test_an_aside_of_nobody():
    """No keeper stands before the aside: the source must not become a place without words."""
    text = "According to, who lives there, the lighthouse is shut."
    assert all(span.of(text) for mark in read(text) for spans in mark.parts.values() for span in spans)


def test_that_belongs_to_the_nearest_cue():
    assert [row[1:] for row in table("The pier is rotten, the engineer said, adding that it may fall.")] == [
        ("the engineer", "said", "The pier is rotten"),
        ("the engineer", "adding", "that it may fall"),
    ]
    assert [row[1:] for row in table("Snow is near. It will not close, said Ada Brandt, adding that boats sail.")] == [
        ("Ada Brandt", "said", "It will not close"),
        ("Ada Brandt", "adding", "that boats sail"),
    ]


def test_who_adds_is_who_has_just_spoken_in_the_same_sentence():
    assert [row[1] for row in table("The mill is old, says its owner. The mayor left, adding that it was late.")] == [
        "its owner",
        "The mayor",
    ]


def test_a_noun_after_a_preposition_tells_nothing():
    assert table("Minister Berg to travel again to Orna for talks") == []


def test_a_day_between_cue_and_that():
    text = "The minister made it clear on Monday that the bridge would stay closed."
    assert [(source, content) for _, source, _, content in table(text)] == [
        ("The minister", "that the bridge would stay closed")
    ]


ODD = [
    "",
    " \n\n ",
    "“",
    '"' * 500,
    "'' `` '' ``",
    "“He left, she said. “And then?",
    "THE MAYOR SAID THE BRIDGE WAS SAFE.",
    "Q: Did you say so? A: I said no.",
    "- bread\n- milk\n- said",
    "Der Bürgermeister sagte, die Brücke sei sicher.",
    "said " * 100,
    "\ud800 said \U0001f600",
    "a\tb\x0bsaid\x00c",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts(text):
    check(text)


@given(st.lists(st.sampled_from(["said", "he", "“", "”", '"', ".", "\n\n", "that", ",", "Ana", "believes", "😀"])))
def test_any_words_in_any_order(words):
    check(" ".join(words))


def check(text):
    """Whatever is marked lies in the text, names no nothing, and no two attributions share a cue's words."""
    seen = set()
    for mark in read(text):
        assert mark.label in ("direct", "mixed", "indirect")
        assert mark.why
        assert 0 <= mark.confidence <= 1
        for spans in mark.parts.values():
            assert all(0 <= span.start < span.end <= len(text) for span in spans)
        cue = {place for span in mark.parts.get("cue", ()) for place in range(*span)}
        assert not cue & seen
        seen |= cue


def test_work_grows_with_the_text_and_no_faster():
    line = "The mayor said that the bridge was safe, and engineers who had seen it agreed with her on most points. "

    def work(times):
        article = read_text(line * times)
        read = sentences(article)
        return calls_made(lambda: find_attributions(article, read))

    work(1)  # loads the models
    assert work(80) <= 4 * work(20)


def model(**changes):
    plain = {
        "labels": ["O", "B"],
        "scale": 10,
        "start": [0, 0],
        "moves": [[0, 0], [0, -30]],
        "features": "x\ty",
        "weights": b64encode(bytes([0, 20, 5, 256 - 5])).decode(),
    }
    return Chain(plain | changes)


def test_what_is_weighed_is_what_was_learned(monkeypatch):
    """A feature that the judge never saw weighs nothing, and nobody would notice."""
    rows = []

    def seen(*given):
        rows.extend(found := evidence(*given))
        return found

    monkeypatch.setattr("kit.analysis.attribution.model.evidence", seen)
    for name in ("blinken", "ferry_1", "ferry_2"):
        article = load(name)
        find_attributions(article, retagged(sentences(article)))
    known = models().judge.weights
    for values in zip(*rows, strict=True):
        assert sum(value in known for value in values) >= len(values) / 2, values[0]


def test_chain_scores_are_sums_of_weights():
    (none, x, both) = model().scores([["unknown"], ["x"], ["x", "y"]])
    assert [row[1] - row[0] for row in (none, x, both)] == [0, 20, 10]


def test_chain_best_path_and_its_lead():
    chain = model()
    scores = chain.scores([["x"], ["x"], ["y"]])
    assert chain.best(scores, {0: (1,)}) == ([1, 0, 0], 2.0)
    assert chain.best(scores, {2: (1,)})[0] == [1, 0, 1]


def test_chain_marginals_are_probabilities():
    chain = model()
    rows = chain.marginals(chain.scores([["x"], ["y"]]))
    assert [round(sum(row), 9) for row in rows] == [1, 1]
    weights = {(a, b): 2.718281828459045 ** (2 * a - b + -3 * a * b) for a in (0, 1) for b in (0, 1)}
    total = sum(weights.values())
    assert rows[0][1] == pytest.approx((weights[1, 0] + weights[1, 1]) / total)
    assert rows[1][1] == pytest.approx((weights[0, 1] + weights[1, 1]) / total)
