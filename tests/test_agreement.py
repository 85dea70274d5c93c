"""Comparing readings: alpha against published figures, places one to one, a class of thirty."""

import random
from itertools import pairwise

import pytest
from conftest import calls_made
from hypothesis import given
from hypothesis import strategies as st

from kit.comparing.alpha import alpha
from kit.comparing.comparison import Place, agreement, align, compare, how_alike, marks_of
from kit.errors import KitError
from kit.readings.reading import Annotation, Reading
from kit.sources.load import load
from kit.text.article import read_text
from kit.text.spans import Span
from kit.text.words import covered, words_of

TEXT = "Mira Vale said 🌩️ the ferry may be late. The harbour office reportedly hopes so, and some think it won't sail."
ARTICLE = read_text(TEXT)


def at(part):
    return Span(TEXT.index(part), TEXT.index(part) + len(part))


def hedge(part, label="modal"):
    return Annotation("hedge", label, at(part))


def said(source, cue, content, kind="named person"):
    parts = {name: (at(part),) for name, part in (("source", source), ("cue", cue), ("content", content)) if part}
    spans = [span for pieces in parts.values() for span in pieces]
    whole = Span(min(spans).start, max(span.end for span in spans))
    return Annotation("attribution", "indirect", whole, parts=parts, details={"speaker_kind": kind})


def reading(name, *marks):
    return Reading(ARTICLE, name, marks)


def spans(marks):
    return [[span.of(TEXT) for span in mark.spans] for mark in marks]


# K. Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, sections A, B and C; "." is a missing judgement.
@pytest.mark.parametrize(
    ("rows", "published"),
    [
        (["0100000010", "1110010000"], 0.095),
        (["aabbdcccedda", "babbbccceddd"], 0.692),
        (["123321412...", "1233224125.3", ".3332342251.", "12332441251."], 0.743),
    ],
)
def test_alpha_is_what_krippendorff_published(rows, published):
    values = [[None if value == "." else value for value in row] for row in rows]
    assert round(alpha(values), 3) == published


@pytest.mark.parametrize("rows", [[], ["ab"], ["aaa", "aaa"], ["", ""], [[None, "a"], ["a", None]]])
def test_where_nothing_can_be_said_alpha_says_nothing(rows):
    assert alpha(rows) is None


@given(st.lists(st.lists(st.sampled_from("ab"), min_size=9, max_size=9), min_size=2, max_size=5))
def test_alpha_is_at_most_1_and_the_order_of_readers_does_not_matter(rows):
    value, turned = alpha(rows), alpha(rows[::-1])
    assert (value is None) == (turned is None)
    if value is not None:
        assert value <= 1 + 1e-9
        assert value == pytest.approx(turned)
        assert (value == pytest.approx(1)) == all(row == rows[0] for row in rows)


def test_edges_may_differ_layers_may_not():
    mine = reading("me", hedge("may be late"), hedge("some", "approximator"), hedge("Mira"))
    other = reading("you", hedge("may"), hedge("some", "weasel"), said("Mira Vale", "said", "the ferry may be late"))
    compared = compare(mine, other)
    assert [(one.label, two.label) for one, two in compared.matched] == [("modal", "modal"), ("approximator", "weasel")]
    assert compared.same_label == 1
    assert spans(compared.missed) == [["Mira Vale", "said"]]
    assert spans(compared.extra) == [["Mira"]]
    assert compared.f1 == pytest.approx(2 * 2 / 6)
    assert str(compared) == "Marked by me: 3, by you: 3, by both: 2. Agreement 0.67 of 1: much in common."


def test_one_long_mark_is_not_everything():
    compared = compare(reading("me", hedge(TEXT)), reading("you", hedge("may"), hedge("reportedly"), hedge("hopes")))
    assert len(compared.matched) == 1
    assert len(compared.missed) == 2


def test_of_two_marks_the_one_that_shares_more_is_the_same_place():
    compared = compare(reading("me", hedge("may"), hedge("be late")), reading("you", hedge("y be late")))
    assert spans(one for one, _ in compared.matched) == [["be late"]]
    assert spans(compared.extra) == [["may"]]


def test_of_places_in_one_another_the_one_most_alike_is_the_same():
    inner = compare(
        reading("me", hedge("may be late")), reading("you", hedge("the ferry may be late"), hedge("may be late"))
    )
    assert spans(other for _, other in inner.matched) == [["may be late"]]


def test_an_attribution_is_found_by_its_source_or_its_cue_but_not_by_what_is_said():
    other = reading("you", said("Mira Vale", "said", "the ferry may be late"))
    for words_, matched in (("Vale", 1), ("said", 1), ("Mira Vale said", 1), ("the ferry", 0)):
        mine = reading("me", Annotation("attribution", "named person", at(words_)))
        assert len(compare(mine, other).matched) == matched


def test_parts_of_attributions_are_compared_one_by_one():
    mine = reading(
        "me",
        Annotation("attribution", "cue", at("said"), parts={"cue": (at("said"),)}),
        Annotation("attribution", "cue", at("ferry"), parts={"cue": (at("ferry"),)}),
    )
    other = reading("you", said("Mira Vale", "said", "the ferry may be late"))
    compared = compare(mine, other, labels=("source", "cue", "content"))
    assert spans(one for one, _ in compared.matched) == [["said"]]
    assert [mark.label for mark in compared.missed] == ["source", "content"]
    assert spans(compared.extra) == [["ferry"]]  # inside of what is said, and yet no content


def test_what_there_is_to_compare():
    order = Annotation("attribution", "direct", at("said"), parts={"source": (at("said"),), "cue": (at("Mira"),)})
    nested = Annotation("attribution", "indirect", at("said"), parts={"source": (at("said"),), "cue": (at("ferry"),)})
    mixed = reading("me", order, nested, hedge("may"), hedge("may", "belief"))
    found = marks_of(mixed, ["cue", "source", "modal"])
    assert [(mark.label, TEXT[slice(*mark.spans[0])]) for mark in found] == [
        ("cue", "Mira"), ("source", "said"), ("cue", "ferry"), ("modal", "may")]  # fmt: skip
    assert spans(marks_of(reading("me", order))) == [["Mira", "said"]]  # as they stand in the text
    assert {mark.label for mark in marks_of(mixed)} == {"direct", "indirect", "modal", "belief"}


def test_kinds_of_speakers_are_labels_and_nobody_is_one_of_them():
    nobody = said("", "reportedly", "hopes so", kind="")
    other = reading("you", said("Mira Vale", "said", "the ferry may be late"), nobody)
    assert [mark.label for mark in marks_of(other, ("named person", "unknown"))] == ["named person", "unknown"]
    assert [mark.label for mark in marks_of(other, ("unknown",))] == ["unknown"]


def test_a_comparison_is_told_in_words():
    article = read_text("It may rain, and it could be very late.")
    sure = Annotation("hedge", "modal", Span(3, 6), confidence=1)
    unsure = Annotation("hedge", "modal", Span(20, 25), confidence=0.5)
    told = repr(compare(Reading(article, "me", (sure,)), Reading(article, "you", (unsure,))))
    assert told.startswith("Marked by me: 1, by you: 1, by both: 0.")
    assert told.endswith("Only you marked: “could” (?).\n\nOnly me marked: “may”.")
    assert "Only" not in repr(compare(reading("me", hedge("may")), reading("you", hedge("may"))))
    assert str(agreement([reading("me"), reading("you")])) == "2 readers, 0 places: nothing to compare."


def test_empty_readings_agree():
    compared = compare(reading("me"), reading("you"))
    assert (compared.f1, compared.alpha) == (1.0, None)
    assert compare(reading("me"), reading("you", hedge("may"))).f1 == 0.0


def test_readings_of_different_texts_are_refused():
    with pytest.raises(KitError, match="different texts"):
        compare(reading("me"), Reading(read_text("Another text."), "you"))
    with pytest.raises(KitError, match="different texts"):
        agreement([reading("me"), reading("you"), Reading(read_text("Another text."), "they")])
    with pytest.raises(KitError, match="at least two"):
        agreement([reading("me")])


@st.composite
def markings(draw):
    """Marks of two to four readers."""
    edges = st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=2, unique=True).map(sorted)
    layers = st.sampled_from(["hedge", "framing"])
    mark = st.builds(lambda layer, edge: Annotation(layer, "modal", Span(*edge)), layers, edges)
    readers = draw(st.lists(st.lists(mark, max_size=6, unique_by=lambda m: (m.layer, m.span)), min_size=2, max_size=4))
    return [reading(f"r{n}", *marks) for n, marks in enumerate(readers)]


@given(markings())
def test_every_mark_is_in_one_place_and_places_hold_what_overlaps(readers):
    marks = [marks_of(one) for one in readers]
    places = align(marks)
    assert all(one.start <= two.start for one, two in pairwise(places))
    for number, mine in enumerate(marks):
        assert sorted(mine) == sorted(place.marks[number] for place in places if place.marks[number])
    for place in places:
        here = [mark for mark in place.marks if mark]
        assert here
        assert len({mark.kind for mark in here}) == 1
        assert all(any(one.spans[0].overlaps(two.spans[0]) for two in here if two is not one) for one in here[1:])


@given(markings())
def test_comparing_counts_each_mark_once_and_agrees_both_ways(readers):
    mine, other = readers[:2]
    there, back = compare(mine, other), compare(other, mine)
    assert len(there.matched) + len(there.extra) == len(mine.annotations)
    assert len(there.matched) + len(there.missed) == len(other.annotations)
    assert 0 <= there.f1 <= 1
    assert (there.alpha is None and back.alpha is None) or there.alpha == pytest.approx(back.alpha)
    assert compare(mine, mine).f1 == 1.0


def test_a_class_of_thirty():
    article = load("blinken")
    rng = random.Random(6)
    every = words_of(article)
    likely = rng.sample(range(len(every)), 40)

    def student(n):
        chosen = [index for index in likely if rng.random() < 0.6]
        marks = (Annotation("hedge", "modal", Span(every[i].start, every[i].end)) for i in chosen)
        return Reading(article, f"student {n}", tuple(marks))

    students = [student(n) for n in range(30)]
    group = agreement(students)
    assert len(group.places) == 40
    assert all(isinstance(place, Place) and 5 < place.readers < 30 for place in group.places)
    assert 0.4 < group.alpha < 0.75
    assert str(group).startswith("30 readers, 40 places: alpha 0.")
    half = calls_made(lambda: agreement(students[:15]))
    assert calls_made(lambda: agreement(students)) <= 2 * half  # work grows with the class and no faster


def test_every_agreement_has_its_words():
    assert len({how_alike(step / 100) for step in range(101)}) == 7


def test_words_are_what_people_count():
    assert [TEXT[word.start : word.end] for word in words_of(ARTICLE)][-5:] == ["some", "think", "it", "won't", "sail"]
    assert words_of(read_text("😀 … — !")) == []


@given(st.text("ab '’-n\nté.😀", max_size=80))
def test_words_are_in_order_apart_and_without_space(text):
    found = words_of(read_text(text))
    assert all(one.end < two.start or text[one.end : two.start].strip() for one, two in pairwise(found))
    for index, word in enumerate(found):
        assert word.start < word.end
        assert text[word.start : word.end].split() == [text[word.start : word.end]]
        assert covered(found, Span(word.start, word.end)) == range(index, index + 1)
