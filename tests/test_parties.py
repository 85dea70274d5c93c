"""Who is described how: a word goes to the party that it describes, by a rule that can be checked by eye."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.analysis.speakers.mentions import find_mentions
from kit.readings.reading import Annotation, Reading
from kit.summaries.people import parties, party_of
from kit.text.spans import Span
from kit.text.tokens import sentences

WORDS = (
    "Ana",
    "Lima",
    "'s",
    "of",
    "the",
    "army",
    "rebels",
    "brutal",
    "massacre",
    "were",
    "slaughtered",
    "he",
    ",",
    ".",
)


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Orvel's [brutal] assault went on.", "Orvel"),  # the possessor
        ("The [assault] by the army went on.", "army"),
        ("It was an [atrocity] of the rebels.", "rebels"),
        ("Ana Lima [blasted] the plan.", "Ana Lima"),  # the subject
        ("Ana Lima spoke. He said she remained [adamant].", "Ana Lima"),
        ("Rebels responsible for the [massacre] fled.", "rebels"),
        ("Troops of the regime [slaughtered] nine men.", "troops"),
        ("Rebels launched a [brutal] raid.", "rebels"),  # who does it
        ("Ana Lima condemned the [brutal] raid.", "raid"),  # but not who speaks of it
        ("The mayor met victims of the [horrific] fire.", "fire"),
        ("Tom Kell said that Ana Lima was [ruthless].", "Ana Lima"),  # behind the verb
        ("The nurses called the minister [heartless].", "minister"),
        ("A [massacre] happened on Sunday.", ""),  # nobody
        ("On the way to market were [slaughtered] nine.", ""),
    ],
)
def test_whom_a_word_describes(text, party):
    start = text.index("[")
    plain = text.replace("[", "").replace("]", "")
    mark = Annotation("framing", "loaded", Span(start, text.index("]") - 1))
    read = sentences(kit.read_text(plain))
    assert party_of(mark, plain, read, find_mentions(plain, read)) == party


def test_the_table_says_whose_words_they_are():
    text = "Ana Lima said the rebels were terrorists. The rebels' brutal assault failed."
    article = kit.read_text(text)
    marks = [
        Annotation("framing", "label", Span(text.index("terrorists"), text.index("terrorists") + 10), voice="Ana Lima"),
        Annotation("framing", "loaded", Span(text.index("brutal"), text.index("brutal") + 6)),
        Annotation("framing", "agentless", Span(0, 3)),  # grammar describes nobody
    ]
    rows = dict(parties(Reading(article, "me", tuple(marks))).rows)
    assert rows["rebels"].endswith("brutal")
    assert any("terrorists (Ana Lima)" in found for found in rows.values())
    assert not any("Ana," in found for found in rows.values())


def test_on_the_story():
    rows = dict(parties(kit.annotate(kit.load("blinken"))).rows)
    assert "hunting down" in rows["Israel"]
    assert "adamant" in rows["Benjamin Netanyahu"]


@settings(max_examples=40)
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_no_text_breaks_it(words):
    made = parties(kit.annotate(" ".join(words)))
    assert all(who and found for who, found in made.rows)
