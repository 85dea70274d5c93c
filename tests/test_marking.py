"""What a marking exercise asks for, without a widget: its words, its labels, and marks as annotations and back."""

import pytest

from kit.course.marking_tasks import Task
from kit.errors import KitError
from kit.readings.labels import ATTRIBUTION
from kit.readings.reading import PARTS, Annotation, Reading
from kit.text.article import read_text
from kit.text.spans import Span

ARTICLE = read_text("Ferry late\n\nThe mayor said so.\n\nIt may rain.\n\nThe board knew.")


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        (None, "Ferry late The mayor said so It may rain The board knew"),
        ((1, 1), "The mayor said so"),
        ((0, 1), "The mayor said so"),
        ((2, 3), "It may rain The board knew"),
        ((3, 9), "The board knew"),
    ],
)
def test_the_words_of_the_paragraphs_that_are_asked_for(paragraphs, words):
    shown = Task(ARTICLE, "hedge", (), paragraphs).words
    assert " ".join(ARTICLE.text[word.start : word.end] for word in shown) == words


@pytest.mark.parametrize(
    ("layer", "labels", "start", "chosen"),
    [
        ("attribution", ATTRIBUTION.to_choose(), "Mark each place where somebody other", "Then choose who that is."),
        ("attribution", PARTS, "Find each place", "Then choose which of these it is."),
        ("attribution", ("cue",), "Find each place", "Mark the words that signal it (“said”, “believes”)."),
        ("hedge", ("modal",), "Mark each word that makes", "Then choose what it does."),
    ],
)
def test_the_task_in_words(layer, labels, start, chosen):
    text = Task(ARTICLE, layer, tuple(labels)).text
    assert text.startswith(start)
    assert text.endswith(chosen)


@pytest.mark.parametrize(("layer", "labels"), [("hedge", ("cue",)), ("attribution", ("cue", "document"))])
def test_labels_of_another_layer_or_level_are_refused(layer, labels):
    with pytest.raises(KitError, match=rf"no label '{labels[0]}' for {layer}") as refused:
        Task(ARTICLE, layer, labels)
    assert str(refused.value).endswith("; or source, cue, content.") is (layer == "attribution")


@pytest.mark.parametrize(
    ("layer", "labels", "label", "parts", "details"),
    [
        ("attribution", ATTRIBUTION.to_choose(), "document", {}, {"speaker_kind": "document"}),
        ("attribution", PARTS, "cue", {"cue": (Span(12, 21),)}, {}),
        ("hedge", ("modal",), "modal", {}, {}),
        ("framing", (), "", {}, {}),
    ],
)
def test_a_mark_is_an_annotation_and_back(layer, labels, label, parts, details):
    task = Task(ARTICLE, layer, tuple(labels))
    for sure in (True, False):
        mark = {"first": 2, "last": 3, "label": label, "sure": sure}
        made = task.annotation(mark)
        assert (made.span, made.parts, made.details, made.entry) == (Span(12, 21), parts, details, "reader")
        assert task.mark(made) == mark


def test_a_mark_of_another_task_is_none_here():
    task = Task(ARTICLE, "hedge", ("modal",), (2, 2))
    may = Annotation("hedge", "modal", Span(35, 38))
    assert task.mark(may) == {"first": 1, "last": 1, "label": "modal", "sure": True}
    others = (
        Annotation("framing", "modal", Span(35, 38)),
        Annotation("hedge", "belief", Span(35, 38)),
        Annotation("hedge", "modal", Span(0, 5)),
    )
    assert [task.mark(other) for other in others] == [None] * 3
    assert [mark.annotation for mark in task.marks(Reading(ARTICLE, "x", (*others, may)))] == [may]
