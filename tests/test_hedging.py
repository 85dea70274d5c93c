"""Hedges: found where they are hedges, left alone where they only look like one, with sense, scope and strength."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.analysis.hedging.find import doubts, find_hedges, vaguenesses
from kit.resources import PACKAGE
from kit.sources.load import load
from kit.text.article import read_text
from kit.text.tokens import sentences

LABELS = {
    "modal",
    "epistemic",
    "belief",
    "inquiry",
    "conditional",
    "hearsay",
    "approximator",
    "weasel",
    "booster",
}


def read(text):
    article = read_text(text)
    return [(hedge, hedge.span.of(text)) for hedge in find_hedges(sentences(article))]


def found(text):
    return [(hedge.label, words) for hedge, words in read(text)]


def test_the_lexicon():
    entries = [*doubts().entries, *vaguenesses().entries]
    assert len({entry.id for entry in entries}) == len(entries)
    assert {entry.label for entry in doubts().entries} <= LABELS - {"approximator", "booster"}
    assert {entry.label for entry in entries} == LABELS
    assert [e.id for e in entries if e.more["strength"] not in ("weak", "medium", "strong")] == []


def test_the_model_is_small():
    assert (PACKAGE / "models" / "hedging.json").stat().st_size < 1_000_000


LOOK_ALIKES = [
    ("The harbour [may:modal] close in May.", "the month"),
    ("May Olsen opened the fair on May 3.", "a name"),
    ("Prices [could:modal] rise next year, the bank warned.", "possible"),
    ("When he was young he could swim.", "able"),
    ("They couldn't open the door.", "unable"),
    ("A toll [would:modal] hurt small shops, traders say.", "imagined"),
    ("She said she would come on Monday.", "a future seen from the past"),
    ("[If:conditional] it rains, the match [would:modal] be moved.", "a condition"),
    ("They [asked if:inquiry] the road was open.", "whether"),
    ("He walked as if nothing had happened.", "a comparison, not an open case"),
    ("[Some:approximator] 240 boats sank.", "about"),
    ("She ate some bread.", "an amount, nobody hidden"),
    ("They ate some of the cake.", "part of it"),
    ("[About:approximator] 40 people came.", "about a number"),
    ("They talked about the cake.", "the topic"),
    ("[Around:approximator] 1,200 birds died.", "around a number"),
    ("They walked around the lake.", "a way"),
    ("It cost [over:approximator] $3 million.", "over a number"),
    ("They climbed over the wall.", "a way"),
    ("[Up to:approximator] 500 people were there.", "a limit"),
    ("She walked up to the door.", "a way"),
    ("Police questioned him for two hours.", "an interview"),
    ("There are [doubts:epistemic] about the offer.", "doubt"),
    ("There is [no doubt:booster] about it.", "the opposite"),
    ("The roof [appears:epistemic] to be sound.", "it looks so"),
    ("She appeared in two films.", "was to be seen"),
    ("The move was [seen:belief] as a threat.", "an opinion"),
    ("They saw a fox.", "with their eyes"),
    ("He felt ill.", "no opinion"),
    ("Police said it was [not clear:epistemic] who called.", "not known"),
    ("The sky was clear.", "no cloud"),
    ("It is [clear that:booster] they lost.", "nothing to doubt"),
    ("The band has [reportedly:hearsay] split up.", "hearsay"),
    ("The trip was made as soon as possible.", "fixed phrase"),
    ("Police named a [possible:epistemic] motive.", "not certain"),
    ("The talks were held at the hall until 1999.", "a time"),
    ("The gap is [likely:epistemic] to narrow.", "probably"),
    ("We [think:belief] that the plan works.", "an opinion"),
    ("They thought about the plan.", "reflected"),
    ("They must decide [whether:inquiry] to stay.", "open"),
    ("[Critics:weasel] say [many:weasel] people were misled.", "nobody by name"),
]


@pytest.mark.parametrize(("marked", "sense"), LOOK_ALIKES, ids=[sense for _, sense in LOOK_ALIKES])
def test_hedge_or_look_alike(marked, sense):
    text = re.sub(r"\[([^:\]]+):\w+\]", r"\1", marked)
    wanted = [(label, words) for words, label in re.findall(r"\[([^:\]]+):(\w+)\]", marked)]
    clear_as_that = [("booster", "clear that")]
    assert found(text) in (wanted, [w if w not in clear_as_that else ("booster", "clear") for w in wanted])


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("The deal is unsafe; it would help if the law changed.", "would", "only if something else"),
        ("They wonder if the deal holds.", "if", "means “whether”"),
        ("It may rain.", "may", "without claiming that it is so"),
    ],
)
def test_why_names_the_sense(text, word, said):
    assert [said in hedge.why for hedge, words in read(text) if words == word] == [True]


@pytest.mark.parametrize(
    ("text", "word", "scope"),
    [
        ("The mayor said it may rain, but nobody listened.", "may", "it may rain"),
        ("Around 1,200 people came, and it rained.", "Around", "Around 1,200 people"),
        ("Police believe that the boy ran away.", "believe", "believe that the boy ran away"),
        ("The road, which may be closed, is long.", "may", "may be closed"),
    ],
)
def test_scope(text, word, scope):
    assert [h.part("scope", text) for h, words in read(text) if words == word] == [scope]


UNOWNED = [
    ("It is believed that the bridge will close.", ["believed"]),
    ("Ada Brandt said it is believed that the bridge will close.", []),
    ("The bridge is probably the oldest in the region.", ["probably"]),
    ("Ada Brandt says the bridge is probably the oldest in the region.", []),
    ("Ada Brandt built the bridge in 1912.", []),
]


@pytest.mark.parametrize(("text", "words"), UNOWNED, ids=[text for text, _ in UNOWNED])
def test_a_doubt_without_an_owner_is_a_weasel_too(text, words):
    assert [said for hedge, said in read(text) if hedge.entry == "model/weasel"] == words


STORY = [
    ("hearsay", "what Hamas-controlled health officials say"),
    ("approximator", "more than"),
    ("belief", "believes"),
    ("approximator", "around"),
    ("approximator", "some"),
    ("belief", "thinks"),
    ("hearsay", "amid reports"),
    ("approximator", "over"),
    ("hearsay", "reportedly"),
    ("belief", "expected"),
    ("booster", "made it clear"),
    ("approximator", "more than"),
    ("approximator", "billions of"),
    ("approximator", "a considerable portion"),
    ("belief", "believe"),
    ("belief", "hopefully"),
    ("belief", "believed"),
    ("epistemic", "possible"),
    ("belief", "think"),
    ("belief", "think"),
    ("booster", "very much"),
    ("epistemic", "possible"),
    ("modal", "would"),
    ("conditional", "depend on"),
    ("inquiry", "see if"),
]


def test_the_story():
    story = load("blinken")
    marks = [(hedge.label, hedge.span.of(story.text)) for hedge in find_hedges(sentences(story))]
    for mark in set(STORY):
        assert marks.count(mark) >= STORY.count(mark), mark
    assert len(marks) <= len(STORY) + 6


PIECES = [
    "may",
    "May",
    "if",
    "would",
    "said",
    "some",
    "most",
    "240",
    "£3bn",
    "or so",
    '"',
    "“",
    ",",
    ".",
    "\n",
    "n't",
    "’d",
    "٣",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=30))
def test_any_text_has_hedges_inside_it(pieces):
    text = " ".join(pieces)
    for hedge, words in read(text):
        (scope,) = hedge.parts["scope"]
        assert words
        assert scope.covers(hedge.span)
        assert scope.end <= len(text)
        assert 0 <= hedge.confidence <= 1
        assert hedge.label in LABELS
        assert hedge.why
