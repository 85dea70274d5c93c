"""The glossary: complete, in plain words, with examples that are in the story."""

from collections import Counter

import pytest

from kit.errors import KitError
from kit.readings.labels import layers
from kit.render.cards import ROWS
from kit.render.glossary import all_terms, find_term, glossary
from kit.sources.load import load

STORY = " ".join(load("blinken").text.split())


@pytest.mark.parametrize("term", all_terms(), ids=lambda term: term.term)
def test_a_term_is_explained_briefly_and_its_example_is_in_the_story(term):
    assert 20 < len(term.meaning) < 200
    assert term.meaning.endswith(".")
    assert term.example in STORY
    assert term.example or term.note or term.lesson in ("01", "03", "05")


def test_each_name_leads_to_one_term():
    names = Counter(name for term in all_terms() for name in (term.term, *term.also))
    assert max(names.values()) == 1
    assert all(name == name.lower() for name in names)


def test_what_the_cards_call_marks_is_explained():
    labels = [label.name for layer in layers() for label in layer.labels]
    for name in (*(layer.kind for layer in layers()), *labels, *ROWS.values()):
        assert find_term(name), name
    assert len(glossary(*labels).terms) == len(labels)


def test_asking():
    assert [term.term for term in glossary("Hedges", "hedge", "CUE ").terms] == ["hedge", "signal"]
    terms = [term.term for term in glossary().terms]
    assert len(terms) == len(all_terms())
    assert terms[:2] == ["agentless", "alpha"]
    assert terms.index("scope") < terms.index("the silent") < terms.index("source")


def test_a_term_that_is_not_there():
    with pytest.raises(KitError, match=r"'hegde' is not in the glossary\. Perhaps you mean: hedge"):
        glossary("hegde")
    with pytest.raises(KitError, match="Perhaps you mean: agentless"):
        glossary("🕊️")


def test_in_a_notebook_it_is_a_list():
    page = glossary("cue", "photo credit")._repr_html_()
    assert page.count("<dt>") == 2
    assert "GPO is Israel&#39;s Government Press Office" in page
