"""The Reader without a browser: its state, and what it says of itself."""

import json

import pytest

from kit.errors import KitError
from kit.readings.reading import Annotation, Reading
from kit.sources.load import load
from kit.text.article import read_text
from kit.text.spans import Span
from kit.widgets.reader import show

TEXT = "It may rain, and the storm is a monster."
MAY = Annotation("hedge", "modal", Span(3, 6), "“May” leaves it open.")
MONSTER = Annotation("framing", "metaphor", Span(32, 39), "A storm is no monster.")


@pytest.fixture
def reader():
    return show(Reading(read_text(TEXT), "me", (MAY, MONSTER)))


def test_its_text_form_is_the_same_each_time(reader):
    again = show(reader.reading)
    assert again.model_id != reader.model_id
    assert repr(again) == repr(reader)
    assert (
        repr(show(Reading(load("blinken"), "me", (MAY,))))
        == "Reader('blinken': 0 attributions, 1 hedge, 0 framing words)"
    )


def test_viewers_without_widgets_get_the_text_and_the_page(reader):
    data, _ = reader._repr_mimebundle_()
    assert data["text/plain"] == repr(reader)
    assert "monster</mark>" in data["text/html"]
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == reader.model_id
    assert reader.model_id not in data["text/html"]


def test_its_state_is_plain_data_whatever_the_text(reader):
    broken = Annotation("hedge", "modal", Span(0, 2), why="half a character: \udc00")
    odd = show(Reading(read_text("\ud83d😀 <b>\r\n\u202e", title="\ud83d"), "me", (broken,)))
    for shown in (reader, odd):
        state = {name: getattr(shown, name) for name in ("title", "blocks", "marks", "switches", "layers", "selected")}
        assert json.loads(json.dumps(state, ensure_ascii=False).encode()) == state


def test_layers_and_the_open_card_can_be_set_from_python(reader):
    reader.layers = ["framing", "hedge"]
    assert reader.layers == ["hedge", "framing"]
    reader.selected = 1
    assert reader.marks[reader.selected]["words"] == "monster"


def test_layers_to_begin_with(reader):
    assert show(reader.reading, layers=["framing"]).layers == ["framing"]
    assert show(reader.reading, layers=()).layers == []


@pytest.mark.parametrize("unmarked", [TEXT, read_text(TEXT)])
def test_an_article_is_shown_as_it_is(unmarked):
    shown = show(unmarked)
    assert repr(shown) == f"Reader('{read_text(TEXT).id}': no marks)"
    assert shown.switches == []
    assert "<mark" not in shown._repr_mimebundle_()[0]["text/html"]
    assert "the storm is a monster" in shown._repr_mimebundle_()[0]["text/html"]


@pytest.mark.parametrize("wrong", [None, 7, [MAY]])
def test_what_cannot_be_shown_gets_a_sentence(wrong):
    with pytest.raises(KitError, match=r"takes a reading or an article, not an? \w+\. Make a reading first"):
        show(wrong)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda reader: show(reader.reading, layers="hedge"), r'layers=\["hedge"\]'),
        (lambda reader: show(reader.reading, layers=["hedges"]), "no layer 'hedges'. The layers are attribution"),
        (lambda reader: setattr(reader, "layers", ["x"]), "no layer 'x'"),
        (lambda reader: setattr(reader, "selected", 2), "no mark 2. This reading has 2, counted from 0"),
        (lambda reader: setattr(reader, "selected", -2), "no mark -2"),
    ],
)
def test_what_does_not_exist_gets_a_sentence(reader, change, sentence):
    with pytest.raises(KitError, match=sentence):
        change(reader)
