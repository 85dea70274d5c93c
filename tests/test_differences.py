"""Two texts beside each other: what differs, in tables and in sentences."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.comparing.comparison import Comparison
from kit.errors import KitError
from kit.readings.reading import Reading
from kit.render.sections import Report
from kit.summaries.differences import compare
from kit.summaries.log_odds import log_odds

FIRST = "Soldiers shelled the town of Varnes on Monday, killing at least 40 civilians, the mayor said."
SECOND = "The town of Varnes was shelled on Monday. Terrorists may have killed 12 civilians, officials at Orvel said."


def said(a, b, about):
    return [row["difference"] for row in compare(a, b)["said"].records() if row["about"] == about]


def test_two_readings_of_one_text_and_two_texts():
    reading = kit.annotate(FIRST)
    assert isinstance(compare(reading, Reading(reading.article, "me")), Comparison)
    for pair in ((FIRST, SECOND), (kit.read_text(FIRST), SECOND), (reading, kit.annotate(SECOND)), (reading, SECOND)):
        assert isinstance(compare(*pair), Report)
    assert kit.compare is compare


def test_what_else_is_refused():
    with pytest.raises(KitError, match="not an int"):
        compare(FIRST, 3)
    with pytest.raises(KitError, match="labels="):
        compare(FIRST, SECOND, labels=["modal"])


def test_each_difference_is_said_once_in_a_sentence():
    assert said(FIRST, SECOND, "who did it") == ["Only the second leaves out who did it: “was shelled”."]
    assert said(FIRST, SECOND, "figures") == ["Of civilians, the first has at least 40; the second has 12."]
    assert said(FIRST, SECOND, "who speaks") == [
        "Heard only in the first: mayor.",
        "Heard only in the second: officials at Orvel.",
    ]
    assert any("“terrorists”" in sentence for sentence in said(FIRST, SECOND, "in whose words"))
    assert any("the second leaves it more open with “may”" in sentence for sentence in said(FIRST, SECOND, "how sure"))


def test_the_same_word_in_another_voice():
    own, owned = "The terrorists fled to Varnes.", "The terrorists fled to Varnes, Ana Lima said."
    assert said(own, owned, "whose words") == [
        "“terrorists” is a word of the reporter in the first, of Ana Lima in the second."
    ]


def test_the_same_text_twice_has_no_differences():
    assert compare(FIRST, FIRST)["said"].rows == (("all", "The kit finds no difference."),)


def test_the_largest_share_stands_first():
    long = "Ada Brandt said it rained. Officials at Orvel said the old bridge over the river may be closed by May."
    rows = compare(long, SECOND)["voices"].records()
    first = [int(str(row["the first"]).rstrip("%")) for row in rows if row["the first"] != "not there"]
    assert len(first) > 2
    assert first == sorted(first, reverse=True)


def test_the_share_of_somebody_unnamed_is_told_in_a_sentence():
    """Who "did not want to be named" is somebody all the same: the ferry's first story leaves nobody unnamed."""
    rows = compare(kit.load("ferry_1"), kit.load("ferry_2"))["voices"].records()
    unnamed = next(row for row in rows if row["who"] == "somebody unnamed")
    assert (unnamed["the first"], unnamed["the second"]) == ("not there", "21%")


def test_what_the_other_leaves_out():
    assert compare(FIRST, SECOND)["left out"].rows == (("Orvel", "the second", "the first"),)


def test_every_table_has_a_text_and_a_page():
    made = compare(FIRST, SECOND)
    assert [section.name for section in made.sections] == [
        "said", "voices", "hedges", "choices", "words", "figures", "left out"]  # fmt: skip
    for section in made.sections:
        assert section.title in str(made)
        assert section.title in made._repr_html_()


@settings(max_examples=20)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared_and_the_order_only_turns_the_sides(a, b):
    there, back = compare(a, b), compare(b, a)
    assert len(there["said"].rows) == len(back["said"].rows)


# Log-odds by hand: Monroe et al. (2008), with the counts of both texts as the prior.


def test_log_odds_by_hand():
    (word, m, n, z), *_ = log_odds({"rebels": 3, "town": 1}, {"heroes": 3, "town": 1})
    delta = math.log(6 / 6) - math.log(3 / 9)  # (3 + 3) of 4 + 8 words; (0 + 3) of 4 + 8 words
    assert (word, m, n) == ("rebels", 3, 0)
    assert z == pytest.approx(delta / math.sqrt(1 / 6 + 1 / 3))


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 50)),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 50)),
)
def test_log_odds_turn_round_with_the_texts(a, b):
    there = {word: z for word, _, _, z in log_odds(a, b)}
    back = {word: z for word, _, _, z in log_odds(b, a)}
    assert there.keys() == back.keys()
    assert all(there[word] == pytest.approx(-back[word], abs=1e-9) for word in there)
