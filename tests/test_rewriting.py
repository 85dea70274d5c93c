"""Rewriting without a widget: alternatives, where they go, and what a change does."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.course.rewriting import NO_CHANGE, article_of, changed, moved, named, put
from kit.readings.reading import Annotation, Reading
from kit.text.spans import Span

WORDS = st.lists(st.sampled_from(["the", "army", "hit", "a", "town", ",", ".", "“we”", "🕊️", "42"]), max_size=12).map(
    " ".join
)


def find(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def after(old, new):
    return named(kit.annotate(article_of([old])), kit.annotate(article_of([new])))


def test_a_word_can_be_swapped_again_and_again():
    old = "The terrorists hid; other terrorists fled."
    span = find(old, "terrorists")
    first = put(old, old, span, "fighters")
    assert first == "The fighters hid; other terrorists fled."
    second = put(old, first, span, "armed men")
    assert second == "The armed men hid; other terrorists fled."
    assert put(old, second, span, "terrorists") == old


def test_leaving_a_word_out_leaves_no_hole():
    old = "Brutal raids hit the very small town."
    assert put(old, old, find(old, "very"), "") == "Brutal raids hit the small town."
    assert put(old, old, find(old, "Brutal"), "") == "Raids hit the very small town."
    assert put(old, old, find(old, "town"), "") == "Brutal raids hit the very small."
    assert put("“Brutal raids,” he said.", "“Brutal raids,” he said.", Span(1, 7), "") == "“Raids,” he said."


def test_capitals_and_articles_follow():
    old = "Terrorists began a raid."
    assert put(old, old, find(old, "Terrorists"), "attackers") == "Attackers began a raid."
    assert put(old, old, find(old, "raid"), "attack") == "Terrorists began an attack."
    assert put(old, "Then terrorists began.", find(old, "Terrorists"), "attackers") == "Then attackers began."
    assert put("An attack.", "A deadly raid.", Span(3, 9), "assault") == "An assault."
    assert put("The raid.", "The raid.", Span(4, 8), "Attack") == "The Attack."


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("The terrorists fled at dawn.", "The fighters fled at dawn."),
        ("The cruel terrorists ran.", "The cruel fighters ran."),
        ("The brutal young terrorists fled.", "The brutal young fighters fled."),
        ("Then some terrorists ran off.", "Then some fighters ran off."),
        ("The violent gunmen ran.", "The violent fighters ran."),  # all swapped: one by one
        ("The brutal armed men fled.", "The brutal fighters fled."),
    ],
)
def test_a_swap_beside_a_change_touches_only_its_word(new, expected):
    old = "The brutal terrorists fled."
    assert put(old, new, find(old, "terrorists"), "fighters") == expected


@given(*[st.lists(st.sampled_from(some), max_size=6) for some in ("lmno,", "lmno,", "uvwx.", "uvwx.")])
def test_what_was_typed_around_a_word_stays_when_it_is_swapped(left, now_left, right, now_right):
    old, new, expected = (" ".join(words) for words in (
        [*left, "raid", *right], [*now_left, "raid", *now_right], [*now_left, "fight", *now_right]
    ))  # fmt: skip
    assert put(old, new, find(old, "raid"), "fight") == expected


@pytest.mark.parametrize("other", ["", "harsh", "armed men", "fire, and smoke"])
@pytest.mark.parametrize(
    "text",
    [
        "Terrorists fled, she said.",
        "They met an old, brave general; he left.",
        "“Brutal raids,” he said.",
        "Mr. Brask called the “brutal” raid (an attack) wrong",
    ],
)
def test_each_word_can_be_put_back_as_it_was(text, other):
    for word in re.finditer(r"\w+", text):
        span = Span(*word.span())
        swapped = put(text, text, span, other)
        assert put(text, swapped, span, other) == swapped
        assert put(text, swapped, span, word.group()) == text


@given(WORDS, WORDS)
def test_changes_lead_from_the_old_text_to_the_new(old, new):
    text, shift = old, 0
    for change in changed(old, new):
        start, end = change.old.start + shift, change.old.end + shift
        text = text[:start] + change.new.of(new) + text[end:]
        shift += (change.new.end - change.new.start) - (change.old.end - change.old.start)
    assert text.split() == new.split() or "".join(text.split()) == "".join(new.split())


@given(WORDS, WORDS, st.data())
def test_every_place_of_the_old_text_has_one_in_the_new(old, new, data):
    words = list(re.finditer(r"\S+", old)) or [re.match("", old)]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    for joined in (True, False):
        place = moved(Span(words[first].start(), words[last].end()), changed(old, new, joined=joined))
        assert 0 <= place.start <= place.end <= len(new)


@pytest.mark.parametrize("now", ["armed men", "armed women", "masked men", "masked young men", "men", "gunmen"])
def test_several_words_are_one_place_whatever_became_of_them(now):
    old = "Two armed men fled."
    new, expected = (f"Then two {some} fled at dawn." for some in (now, "soldiers"))
    assert put(old, new, find(old, "armed men"), "soldiers") == expected


@pytest.mark.parametrize("before", ["fighters", "armed men", "young armed men"])
def test_what_was_typed_beside_a_choice_stays_when_another_is_made(before):
    old, known = "The terrorists fled.", ["fighters", "men", "armed men"]
    new = f"Some {before} ran off."
    assert put(old, new, find(old, "terrorists"), "gunmen", known) == (
        "Some young gunmen ran off." if before.startswith("young") else "Some gunmen ran off."
    )


def test_paragraphs_keep_their_places():
    paragraphs = ["One.", "", "Two\n\nlines. 🕊️", "Three."]
    article = article_of(paragraphs)
    assert [article.text[part.start : part.end] for part in article.parts] == paragraphs


def test_nothing_changed():
    assert after("The terrorists fled.", "The terrorists fled.") == [NO_CHANGE]


def test_another_name_a_doer_and_a_new_judgement():
    assert after("The terrorists fled.", "The fighters fled.") == [
        "“terrorists” became “fighters”: a name that carries a view is gone."
    ]
    (said,) = after("The town was shelled on Monday.", "The army shelled the town on Monday.")
    assert "no longer leaves out who did it" in said
    assert "a new name carries a view" in after("The men fled.", "The terrorists fled.")[0]


RAID = "The {} fled the raid in the small {}."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (  # a reason belongs to its change
            [RAID.format("terrorists", "town")],
            [RAID.format("fighters", "village")],
            ["“terrorists” became “fighters”: a name that carries a view is gone.", "“town” became “village”."],
        ),
        (
            [RAID.format("fighters", "town")],
            [RAID.format("terrorists", "village")],
            ["“fighters” became “terrorists”: a new name carries a view.", "“town” became “village”."],
        ),
        (
            ["The terrorists fled."],
            ["The thugs fled."],
            ["“terrorists” became “thugs”: another choice of the same kind (a name for people or a place)."],
        ),
        (["Terrorists fled."], ["Then terrorists fled."], ["“Terrorists” became “Then terrorists”."]),
        (["The old men fled."], ["The men fled."], ["You took out “old”."]),
        (
            ["It rained.", "Some terrorists fled to the town."],
            ["It rained.", "Some fighters fled to the very town."],
            ["“terrorists” became “fighters”: a name that carries a view is gone.", "Paragraph 2: you added “very”."],
        ),
        (["The men fled."], ["The “men” fled."], ["“men” became ““men””: a word is kept at a distance now."]),
    ],
)
def test_each_change_is_told_with_its_own_reason(old, new, said):
    assert named(kit.annotate(article_of(old)), kit.annotate(article_of(new))) == said


def test_a_sentence_that_was_added_ends_only_once():
    assert after("The men fled.", "The men fled. It rained.") == ["Paragraph 1: you added “It rained.”"]
    assert after("The men fled.", "The men fled far.") == ["Paragraph 1: you added “far”."]


def test_a_quotation_must_stay_as_it_was():
    old = "“This raid is cowardly,” General Brask said."
    assert any(
        "a quotation must stay as it is" in sentence for sentence in after(old, old.replace("cowardly", "surprising"))
    )
    assert not any("a quotation must stay as it is" in sentence for sentence in after(old, old.replace("General ", "")))


def test_a_figure_a_hedge_and_a_source_that_went_are_named():
    said = " ".join(after("Some 40 people may have died, the mayor said.", "Some 50 people died."))
    assert "Heard only in the report: mayor." in said
    assert "Of people, the report has some 40; your version has some 50." in said
    assert "Only the report leaves it more open with “may”." in said
    assert "“40” became “50”. The rule for reporters: a figure must stay as it is." in said


def test_a_figure_that_stays_or_goes_breaks_no_rule():
    old = "Some 31,000 people died, and 70 ships sank in 2023."
    for new in (
        old.replace("people", "men"),
        old.replace("31,000 people", "people"),
        f"Now {old}",
        old[:-1] + " in May.",
    ):
        assert not any("a figure must stay" in sentence for sentence in after(old, new)), new
    (said,) = [sentence for sentence in after(old, old.replace("2023", "2022")) if "a figure must stay" in sentence]
    assert said.startswith("“2023” became “2022”.")


def test_a_verb_that_became_a_noun_is_told_in_plain_words():
    said = " ".join(after("They destroyed the bridge.", "The destruction of the bridge cut the road."))
    assert "a verb became a noun (“the destruction”), and a noun need not say who did it" in said


def test_a_word_that_changes_its_owner():
    old, new = "The terrorists fled, Ana Lima said.", "The terrorists fled. Ana Lima said nothing."
    before, now = (Reading(article_of([text]), "me", (mark,)) for text, mark in (
        (old, Annotation("framing", "label", find(old, "terrorists"), voice="Ana Lima")),
        (new, Annotation("framing", "label", find(new, "terrorists"))),
    ))  # fmt: skip
    assert "“terrorists” is a word of the reporter now; it was one of Ana Lima." in named(before, now)
