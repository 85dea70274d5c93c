"""The framing layer: what is marked, what is said about it, and that nothing breaks it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.analysis.framing.find import find_framing
from kit.lexicons.matcher import lexicon
from kit.resources import PACKAGE
from kit.text.article import read_text
from kit.text.tokens import sentences

LABELS = {"loaded", "label", "metaphor", "intensifier", "euphemism", "metonymy", "nominalisation"}


@pytest.fixture(scope="module")
def entries():
    """All entries of the framing lexicons, by their ids."""
    names = sorted(path.stem for path in (PACKAGE / "lexicons").glob("framing_*.toml"))
    every = [entry for name in names for entry in lexicon(name).entries]
    by_id = {entry.id: entry for entry in every}
    assert len(by_id) == len(every), "an id stands in two files"
    return by_id


def marks(text):
    article = read_text(text)
    return find_framing(sentences(article))


def found(text):
    return [(mark.label, mark.span.of(text)) for mark in marks(text)]


def test_each_form_stands_in_one_entry_with_a_known_label(entries):
    owner = {}
    for entry in entries.values():
        assert entry.label in LABELS, entry.id
        for form in entry.forms:
            assert owner.setdefault(form, entry.id) == entry.id, f"{form!r} stands in {owner[form]} and {entry.id}"


def test_each_contested_name_has_its_other_side(entries):
    contested = [entry for entry in entries.values() if "pair" in entry.more]
    assert contested
    for entry in contested:
        other = entries[entry.more["pair"]]
        assert other is not entry, entry.id
        assert "pair" in other.more, f"{other.id} is contested too, but names no other side"
        assert entry.more.get("side"), f"{entry.id}: who uses this name?"
        assert other.more["side"] != entry.more["side"], entry.id
        assert entry.more.get("alternatives"), f"{entry.id}: what could be said instead?"


def test_both_sides_are_marked_alike():
    """The same sentence with one side's name and with the other's gets the same number of marks."""
    for one, other in [
        ("freedom fighters", "terrorists"),
        ("the annexation of Crimea", "the return of Crimea"),
        ("the apartheid wall", "the security fence"),
        ("pro-life", "pro-choice"),
        ("illegal immigrants", "undocumented immigrants"),
        ("the far-left party", "the far-right party"),
        ("the Zionist entity", "the Jewish state"),
        ("the Nakba", "the War of Independence"),
    ]:
        a, b = (found(f"The paper wrote about {words} on Monday.") for words in (one, other))
        assert len(a) == len(b) == 1, (a, b)


def test_a_slur_is_named_as_one_and_not_multiplied(entries):
    entry = entries["ethnic-slur"]
    assert "slur" in entry.gloss
    assert "alternatives" not in entry.more
    assert not any(form.split("~")[0] in entry.gloss.lower().split() for form in entry.forms)


def test_glosses_are_short_sentences(entries):
    for entry in entries.values():
        assert entry.gloss.endswith((".", "?")), entry.id
        assert len(entry.gloss) <= 260, entry.id
        assert not re.search(r"\s{2}|\bTODO\b", entry.gloss), entry.id


def test_a_passive_has_its_verb_and_agent():
    text = "The village was destroyed by rebels; nobody was warned."
    first, second = [mark for mark in marks(text) if mark.entry.startswith("passive/")]
    assert (first.label, first.entry, first.part("verb", text), first.part("agent", text)) == (
        "passive",
        "passive/be",
        "destroyed",
        "rebels",
    )
    assert (second.label, second.part("verb", text), "agent" in second.parts) == ("agentless", "warned", False)


def test_a_noun_that_names_who_did_it_hides_nothing():
    assert ("nominalisation", "bombing of") not in found("Norland's bombing of the port went on.")
    assert any(label == "nominalisation" for label, _ in found("The destruction of the port shocked them."))


def test_a_mark_knows_alternatives_and_sources():
    (mark,) = [mark for mark in marks("Two terrorists were seen.") if mark.label == "label"]
    assert mark.entry == "framing_people_under_arms/terrorist"
    assert "militants" in mark.details["alternatives"]
    assert "BBC" in mark.details["source"]
    assert mark.details["pair"] == "freedom-fighter"


SWINDLE = "This despotism is a stinking, poisoned swindle run by gutter rats!"


def test_every_loaded_word_is_one_that_a_lexicon_has():
    """Of words that a model alone takes for loaded, people mark too few: see DECISIONS.md."""
    assert [mark.entry for mark in marks(SWINDLE)] == ["framing_emotive/swindle", "framing_metaphors/gutter"]


@pytest.mark.parametrize("people", ["black", "gay", "Muslim", "Jewish", "migrant", "disabled"])
def test_what_people_are_is_not_a_judgement(people):
    text = f"Furious, lying {people} crooks ran this disgusting, rotten, {people} swindle!"
    assert not [mark for mark in marks(text) if people in mark.span.of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The council meets on Tuesday to talk about the new school in Orvel.",
        "An Islamic school opened in Orvel.",
        "Palestinian poets read from their work.",
        "The desert has an extreme climate.",
    ],
)
def test_plain_news_stays_unmarked(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["Storm nears coast\n\nRain may come.", "No verb here", "“", "", "!!!", "'' '' ''", "by", "\u00ad"]
)
def test_any_text_gives_a_list(text):
    assert isinstance(marks(text), list)


PIECES = ["was", "hit", "by", "Washington", "between", "and", "massacre", "the", "been"]
PIECES += ['"', "“", "”", "‘", "’", "'", ".", "\n\n"]


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)))
def test_marks_lie_in_the_text(text):
    for mark in marks(text):
        assert 0 <= mark.span.start < mark.span.end <= len(text)
        assert mark.why
        assert mark.entry
        assert all(0 <= span.start < span.end <= len(text) for spans in mark.parts.values() for span in spans)
