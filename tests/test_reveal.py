"""What a student sees after the commit, without a widget: each place in its sentence, and how far readings agree."""

import pytest

from kit.course.marking_tasks import Task
from kit.course.reveal import AROUND, reveal
from kit.readings.reading import Annotation, Reading
from kit.text.article import read_text
from kit.text.spans import Span

TEXT = "Ferry late\n\nThe mayor, who is new, said it may rain. The board said so.\n\nThe harbour office hopes so."
ARTICLE = read_text(TEXT)


def at(words, text=TEXT):
    return Span(text.index(words), text.index(words) + len(words))


def hedges(reader, *words, layer="hedge", label="modal"):
    return Reading(ARTICLE, reader, tuple(Annotation(layer, label, at(one), f"“{one}”.") for one in words))


def said(reader, *pairs):
    """A reading with attributions, by source and cue."""
    return Reading(
        ARTICLE,
        reader,
        tuple(
            Annotation("attribution", "indirect", at(cue), "Said.", parts={"source": (at(who),), "cue": (at(cue),)})
            for who, cue in pairs
        ),
    )


def shown(mine, *others, layer="hedge", labels=("modal",), first=None, paragraphs=None):
    return reveal(Task(ARTICLE, layer, labels, paragraphs), mine, first or mine, others)


@pytest.mark.parametrize("count", [0, 1, AROUND // 4, AROUND // 4 + 1, 40])
def test_a_place_stands_among_whole_words_of_its_paragraph(count):
    some = "abc " * count
    article = read_text(f"Before it.\n\nxyz {some}may{some[::-1]} xyz\n\nAfter it.")
    mine = Reading(article, "you", (Annotation("hedge", "modal", at("may", article.text)),))
    (place,) = reveal(Task(article, "hedge", ("modal",)), mine, mine, [])["places"]
    before, after = f"xyz {some}", f"{some[::-1]} xyz"
    if len(before) <= AROUND:
        assert (place["before"], place["after"]) == (before, after)
    else:
        dots, left = place["before"].split("\u00a0")
        right, more = place["after"].split("\u00a0")
        assert dots == more == "…"
        for piece, word in ((left, "abc"), (right, "cba")):
            assert set(piece.split()) == {word}
            assert AROUND - 8 < len(piece) <= AROUND


@pytest.mark.parametrize(
    ("source", "cue", "quote", "words"),
    [
        ("The board", "said so", "The board said so", [[11, 14]]),  # with nothing but a space between them
        ("The mayor", "said it", "The mayor … said it", [[2, 3], [7, 8]]),
        ("The board said", "board", "The board said", [[11, 13]]),
    ],
)
def test_the_pieces_of_a_place(source, cue, quote, words):
    mine = said("you", (source, cue))
    (place,) = shown(mine, layer="attribution", labels=())["places"]
    assert (place["quote"], place["words"]) == (quote, words)
    assert place["key"] == f"attribution {at(source).start}-{max(at(source).end, at(cue).end)}"


def test_parts_in_one_place_are_places_of_their_own():
    mine = said("you", ("The board", "The board"))
    found = shown(mine, layer="attribution", labels=("source", "cue"))["places"]
    assert [place["label"] for place in shown(said("you"), mine, layer="attribution", labels=("cue",))["places"]] == [
        "cue"
    ]
    assert len({place["key"] for place in found}) == len(found) == 2


def test_the_agreement_is_on_what_was_asked_for():
    theirs = said("kit 1.0", ("The mayor", "said it"), ("The board", "said so"), ("The harbour office", "hopes"))
    mine = said("you", ("The mayor", "said it"), ("who", "board"))  # the board is theirs as a source, no signal
    (told,) = shown(mine, theirs, layer="attribution", labels=("cue",), paragraphs=(1, 1))["readers"]
    assert told["words"] == "about half in common"
    # How far the labels agree is not said of parts: they are the labels.
    assert told["lines"] == ["You marked 2 places, the kit marked 2; 1 is the same."]
    assert told["figures"][0] == "Place by place: 0.50 of 1."
    assert told["figures"][1].startswith("Word by word: 0.")


@pytest.mark.parametrize(
    ("labels", "mine", "first", "lines", "figures"),
    [
        (("modal",), ["may"], ["may"], ["the same", "same kind: 1 of 1"], ["1.00 of 1.", "Word by word: 1.00"]),
        ((), ["may"], ["may"], ["the same"], ["1.00 of 1.", "Word by word: 1.00"]),
        (("modal",), ["new"], ["new"], ["none is the same"], ["0.00 of 1.", "Word by word: −0."]),
        (("modal",), ["may"], ["new"], ["the same", "kind"], ["in your first round it was 0.00.", "Word by word"]),
        (("modal",), [], [], ["You marked 0 places"], ["0.00 of 1.", "Word by word: "]),
    ],
)
def test_what_is_said_of_an_agreement(labels, mine, first, lines, figures):
    label = "modal" if labels else "marked"
    one, then, other = (hedges("x", *some, label=label) for some in (mine, first, ["may"]))
    (told,) = shown(one, other, labels=labels, first=then)["readers"]
    expected, said_of_it = lines + figures, told["lines"] + told["figures"]
    assert all(part in line for part, line in zip(expected, said_of_it, strict=True)), said_of_it


def test_where_nobody_marks_anything_there_is_nothing_to_say_word_by_word():
    (told,) = shown(hedges("you"), hedges("x"))["readers"]
    assert told["lines"] == ["You marked 0 places, x marked 0; none is the same."]
    assert "Word by word" not in " ".join(told["figures"])


def test_a_label_is_told_as_students_choose_it_and_as_the_field_calls_it():
    (place,) = shown(hedges("you", "may"), hedges("x", "may", label="booster"), labels=("modal", "booster"))["places"]
    assert [row["label"] for row in place["rows"]] == ["could be (modal)", "booster"]


def test_what_another_reader_says_where_they_have_no_mark():
    framing = hedges("x", "mayor", layer="framing", label="label")
    place, other = shown(hedges("you", "mayor", "rain"), framing)["places"]
    assert place["rows"][1]["why"].startswith("Marked as something else, a framing word: ")
    assert other["rows"][1]["why"] == "By this reading nothing here makes the statement less sure, or surer."
    (place,) = shown(said("you", ("who", "new")), hedges("x", "new"), layer="attribution", labels=("cue",))["places"]
    assert place["rows"][1]["why"].startswith("Marked as something else, a hedge")
    spoken = Annotation(
        "attribution",
        "indirect",
        at("The board said so"),
        "Said.",
        parts={"source": (at("The board"),), "cue": (at("said so"),), "content": (at("it may rain"),)},
    )
    cue, content = shown(hedges("you", "board", "may"), Reading(ARTICLE, "x", (spoken,)))["places"][::-1]
    assert cue["rows"][1]["why"].startswith("Marked as something else, ")
    assert content["rows"][1]["why"].startswith("By this reading nothing")
    theirs = said("x", ("The board", "said so"))
    (place,) = shown(said("you", ("The board", "so")), theirs, layer="attribution", labels=("cue",))["places"]
    assert place["kind"] == "same"
    (place, missed) = shown(said("you", ("so", "board")), theirs, layer="attribution", labels=("cue",))["places"]
    assert place["rows"][1]["why"] == "Read as part of another one, “said so”. Said."
    assert missed["rows"][0]["why"] == ""
