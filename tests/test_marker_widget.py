"""The Marker without a browser: its traits are its whole state."""

import json
import os
from itertools import pairwise

import pytest

from kit.analysis.annotate import annotate
from kit.course.answers import forget_open, open_answers
from kit.course.other_readings import other_readings
from kit.errors import KitError
from kit.readings.reading import Annotation, Reading
from kit.sources.load import load
from kit.text.article import read_text
from kit.text.spans import Span
from kit.widgets.marker import Marker

TEXT = (
    "Ferry 🌩️ late\n\nMira Vale said the ferry may be late. “It can't sail,” she added.\n\n"
    "The harbour office 🇩🇪 reportedly hopes so.\n"
)
ARTICLE = read_text(TEXT)
SPOKEN = (
    "Ferry late Mira Vale said the ferry may be late It can't sail she added The harbour office reportedly hopes so"
)
WORDS = SPOKEN.split()
ID = "02_who_says_so/mark"


pytestmark = pytest.mark.usefixtures("folder")


def at(part):
    return Span(TEXT.index(part), TEXT.index(part) + len(part))


OTHER = Reading(
    ARTICLE,
    "kit 1.0",
    (
        Annotation("hedge", "modal", at("may"), "“May” leaves it open.", "hedge/may", confidence=0.75),
        Annotation("hedge", "belief", at("hopes"), "A hope.", "hedge/hope"),
        Annotation("hedge", "hearsay", at("reportedly"), "Passed on.", "hedge/reportedly"),
        Annotation("framing", "loaded", at("late"), "Not on time.", "framing/late"),
    ),
)


def marker(exercise=ID, **options):
    return Marker(exercise, ARTICLE, **({"layer": "hedge", "against": [OTHER]} | options))


def mark(words, label="modal", sure=True):
    first, *_, last = [*words.split(), words.split()[-1]]
    return {"first": WORDS.index(first), "last": WORDS.index(last), "label": label, "sure": sure}


def shown(block):
    return "".join(piece["text"] for piece in block["pieces"])


def places(widget):
    return {place["quote"]: place for place in widget.reveal["places"]}


def test_the_text_goes_to_the_browser_in_pieces_and_words_have_numbers():
    widget = marker()
    assert [shown(block) for block in widget.blocks] == [TEXT[part.start : part.end] for part in ARTICLE.parts]
    pieces = [piece for block in widget.blocks for piece in block["pieces"]]
    assert [piece["text"] for piece in pieces if piece["word"] >= 0] == WORDS
    assert [piece["word"] for piece in pieces if piece["word"] >= 0] == list(range(len(WORDS)))
    assert [WORDS[first] for first in widget.sentences] == ["Ferry", "Mira", "It", "The"]
    assert (widget.title, widget.layer) == (ARTICLE.title, "hedge")
    assert widget.task.startswith("Mark each word that makes a statement less sure")
    assert marker(task="Find “may”.").task == "Find “may”."


def test_a_form_calls_the_commonest_hedges_by_everyday_names_and_tells_the_fields():
    choices = {choice["label"]: choice for choice in marker().choices}
    plain = [label for label, choice in choices.items() if choice["name"] != choice["field"]]
    assert plain == ["modal", "epistemic", "belief", "hearsay", "approximator"]
    assert choices["approximator"]["name"] == "not exact"
    assert choices["approximator"]["field"] == "approximator"
    assert choices["booster"]["name"] == "booster"


@pytest.mark.parametrize(
    ("layer", "labels", "looks"),
    [
        ("hedge", ["modal", "belief"], {"modal": "hedge", "belief": "hedge"}),
        ("hedge", [], {"": "hedge"}),
        ("attribution", ["source", "cue"], {"source": "source", "cue": "cue"}),
        ("attribution", ["document"], {"document": "cue"}),
    ],
)
def test_python_says_what_a_mark_looks_like(layer, labels, looks):
    assert marker(layer=layer, labels=labels).looks == looks


def test_a_mark_is_an_annotation_in_code_points(folder):
    marker().marks = [mark("can't sail", sure=False), mark("reportedly", "hearsay")]
    store = open_answers("02_who_says_so", ARTICLE)
    (hearsay, unsure) = sorted(store.marks("mark"), key=lambda one: one.label)
    assert (unsure.span, unsure.confidence) == (at("can't sail"), 0.5)
    assert (hearsay.span, hearsay.confidence, hearsay.label) == (at("reportedly"), 1.0, "hearsay")
    assert store.path.is_file()


def test_marks_are_restored_after_a_restart_with_all_that_was_said():
    widget = marker()
    widget.marks = [mark("may", sure=False), mark("hopes", "belief")]
    widget.commit()
    widget.hold(places(widget)["reportedly"]["key"], "It is the reporter's job.")
    forget_open()  # as if the kernel were restarted
    again = marker()
    assert again.marks == widget.marks
    assert again.committed
    assert again.reveal == widget.reveal
    assert again.disagree == widget.disagree
    assert again.saved["text"].startswith("Saved in answers/02_who_says_so")
    assert again.saved["ok"]


def test_undo_and_redo_go_back_and_forth():
    widget = marker()
    states = [[], [mark("may")], [mark("may"), mark("hopes", "belief")], [mark("hopes", "belief")]]
    for state in states[1:]:
        widget.marks = state
    assert widget.steps == {"undo": True, "redo": False}
    for state in states[-2::-1]:
        widget.undo()
        assert widget.marks == state
    assert widget.steps == {"undo": False, "redo": True}
    widget.undo()  # nothing is left: nothing happens
    for state in states[1:]:
        widget.redo()
        assert widget.marks == state
    widget.redo()
    assert widget.marks == states[-1]


@pytest.mark.parametrize(
    ("another_way", "undo"),
    [(lambda widget: setattr(widget, "marks", []), True), (Marker.reset, True), (Marker.commit, False)],
    ids=["marks", "reset", "commit"],
)
def test_after_another_way_was_taken_nothing_is_made_again(another_way, undo):
    widget = marker()
    widget.marks = [mark("may")]
    widget.marks = [mark("hopes", "belief")]
    widget.undo()
    another_way(widget)
    before = widget.marks
    assert widget.steps == {"undo": undo, "redo": False}
    widget.redo()
    assert widget.marks == before


def test_reset_can_be_undone_even_after_a_restart():
    widget = marker()
    widget.marks = [mark("may")]
    widget.commit()
    widget.marks = [mark("may"), mark("hopes", "belief")]
    widget.reset()
    assert (widget.marks, widget.committed, widget.reveal) == ([], False, {})
    widget.undo()
    assert widget.committed
    assert len(widget.marks) == 2
    widget.redo()
    assert widget.marks == []
    forget_open()
    again = marker()
    assert again.marks == []
    assert again.steps["undo"]
    again.undo()
    assert again.committed
    assert len(again.marks) == 2


def test_what_was_reset_does_not_come_back_over_later_marks():
    widget = marker()
    widget.reset()  # of nothing
    assert widget.steps == {"undo": False, "redo": False}
    widget.marks = [mark("may")]
    widget.reset()
    widget.marks = [mark("hopes", "belief")]
    forget_open()
    again = marker()
    assert not again.steps["undo"]
    again.undo()
    assert again.marks == [mark("hopes", "belief")]


def test_a_commit_stays_though_all_marks_are_taken_away():
    widget = marker()
    widget.marks = [mark("may")]
    widget.commit()
    widget.marks = []
    assert (widget.committed, widget.saved["text"][:5]) == (True, "Saved")
    widget.reset()
    assert not widget.committed


def test_reset_leaves_other_exercises_alone():
    one, two = marker(), marker("02_who_says_so/other")
    one.marks, two.marks = [mark("may")], [mark("hopes", "belief")]
    one.reset()
    assert one.marks == []
    assert two.marks == [mark("hopes", "belief")]
    assert marker("02_who_says_so/other").marks == two.marks


def test_nothing_is_revealed_before_the_commit_and_an_empty_one_is_refused():
    widget = marker()
    assert (widget.saved["ok"], widget.saved["text"]) == (True, "")  # nothing to save, nothing to say
    widget.commit()
    assert not widget.committed
    assert widget.message.startswith("Mark at least one place first")
    widget.marks = [mark("may")]
    assert widget.message == ""
    assert widget.reveal == {}
    widget.commit()
    assert widget.committed
    assert widget.reveal["readers"]


def test_the_reveal_says_what_was_missed_and_what_is_extra_with_reasons():
    widget = marker()
    widget.marks = [mark("may be"), mark("hopes so", "epistemic"), mark("late", "weasel")]
    widget.commit()
    found = places(widget)
    assert {quote: place["kind"] for quote, place in found.items()} == {
        "late": "extra",
        "may be": "same",
        "reportedly": "missed",
        "hopes so": "label",
    }
    assert found["reportedly"]["rows"] == [
        {"who": "you", "marked": False, "label": "no mark here", "why": ""},
        {"who": "the kit", "marked": True, "label": "passed on (hearsay)", "why": "Passed on."},
    ]
    assert found["may be"]["rows"][1]["label"] == "could be (modal), fairly sure"
    assert found["late"]["rows"][1] == {
        "who": "the kit",
        "marked": False,
        "label": "no mark here",
        "why": "Marked as something else, a framing word: a word that carries a judgement. Not on time.",
    }
    assert [place["words"] for place in widget.reveal["places"]] == [[[1, 1]], [[7, 8]], [[18, 18]], [[19, 20]]]
    (kit,) = widget.reveal["readers"]
    assert (kit["name"], kit["words"]) == ("the kit", "much in common")
    assert kit["figures"][0] == "Place by place: 0.67 of 1."
    assert kit["lines"][0] == "You marked 3 places, the kit marked 3; 2 are the same."
    assert kit["lines"][1] == "Same place and same kind: 1 of 2."


def test_a_second_round_keeps_the_first():
    widget = marker()
    widget.marks = [mark("may"), mark("late", "weasel")]
    widget.commit()
    assert widget.steps == {"undo": False, "redo": False}  # the first round is what was committed
    found = places(widget)
    widget.adopt(found["reportedly"]["key"])
    widget.adopt(found["late"]["key"])
    widget.adopt(places(widget)["hopes"]["key"])
    widget.commit()  # once is enough
    assert {place["kind"] for place in widget.reveal["places"]} == {"same"}
    (kit,) = widget.reveal["readers"]
    assert kit["figures"][0] == "Place by place: 1.00 of 1; in your first round it was 0.40."
    widget.undo()
    assert places(widget)["hopes"]["kind"] == "missed"
    first = open_answers("02_who_says_so", ARTICLE).get("mark")["first"]
    assert [one["text"] for one in first] == ["late", "may"]


def test_their_label_can_be_taken_over():
    widget = marker()
    widget.marks = [mark("may"), mark("hopes so", "epistemic", sure=False)]
    widget.commit()
    taken = [mark("may"), mark("hopes so", "belief", sure=False)]
    widget.adopt(places(widget)["hopes so"]["key"])
    assert widget.marks == taken
    widget.adopt(places(widget)["hopes so"]["key"])  # agreed already: nothing to do
    widget.adopt("no such place")
    assert widget.marks == taken
    widget.adopt(places(widget)["reportedly"]["key"])
    assert widget.marks == [taken[0], mark("reportedly", "hearsay"), taken[1]]


def test_i_still_disagree_is_an_answer_that_is_kept():
    widget = marker()
    widget.marks = [mark("may")]
    widget.commit()
    key = places(widget)["hopes"]["key"]
    widget.hold(key)
    assert widget.disagree == {key: ""}
    widget.hold(key, "A hope is plain speech. 😀 " * 200)
    assert len(widget.disagree[key]) == 2000
    assert open_answers("02_who_says_so", ARTICLE).get("mark")["disagree"] == widget.disagree
    widget.hold(key, None)
    assert widget.disagree == {}
    assert open_answers("02_who_says_so", ARTICLE).get("mark")["committed"] is True
    assert open_answers("02_who_says_so", ARTICLE).history("mark") == []  # a sentence is no step to go back to


def test_parts_of_attributions_are_marked_and_compared_as_parts():
    parts = {"source": (at("Mira Vale"),), "cue": (at("said"),), "content": (at("the ferry may be late"),)}
    said = Annotation(
        "attribution", "indirect", at("Mira Vale said the ferry may be late"), "She says it.", parts=parts
    )
    widget = marker(layer="attribution", labels=("source", "cue"), against=[Reading(ARTICLE, "expert 1", (said,))])
    assert [choice["name"] for choice in widget.choices] == ["source", "signal"]
    widget.marks = [mark("Vale", "source"), mark("she added", "cue")]
    widget.commit()
    assert {quote: place["kind"] for quote, place in places(widget).items()} == {
        "Vale": "same",
        "said": "missed",
        "she added": "extra",
    }


def test_only_a_content_is_said_to_be_quoted_or_retold():
    article = read_text("The ferry may be late, Mira Vale said. It is safe, the council said.")
    widget = Marker("01_x/y", article, layer="attribution", labels=["cue", "content"], against=[annotate(article)])
    widget.marks = [{"first": 0, "last": 0, "label": "cue", "sure": True}]
    widget.commit()
    rows = [row for place in widget.reveal["places"] for row in place["rows"] if row["who"] == "the kit"]
    told = {(row["label"].split()[0], "No quotation marks" in row["why"]) for row in rows if row["marked"]}
    assert told == {("signal", False), ("content", True)}


def test_a_long_quotation_is_named_in_short_and_in_one_pair_of_marks():
    text = '"The ferry that we have been waiting for may be late today, and nobody knows why."'
    article = read_text(text)
    alone = Annotation("attribution", "direct", Span(0, len(text)), "Alone.", parts={"content": (Span(0, len(text)),)})
    widget = Marker("01_x/y", article, layer="attribution", labels=["cue"], against=[Reading(article, "me", (alone,))])
    widget.marks = [{"first": 0, "last": 0, "label": "cue", "sure": True}]
    widget.commit()
    (why,) = [row["why"] for row in widget.reveal["places"][0]["rows"] if row["why"]]
    assert why.startswith("Read as part of another one, “The ferry that we")
    assert why.endswith("nobody knows why”. Alone.")
    assert "… " in why


def test_what_lies_in_the_words_of_somebody_else_is_said_so():
    parts = {"source": (at("Mira Vale"),), "cue": (at("said"),), "content": (at("the ferry may be late"),)}
    said = Annotation(
        "attribution", "indirect", at("Mira Vale said the ferry may be late"), "She says it.", parts=parts
    )
    widget = marker(layer="attribution", labels=("cue",), against=[Reading(ARTICLE, "expert 1", (said,))])
    widget.marks = [mark("be", "cue"), mark("she", "cue")]
    widget.commit()
    assert places(widget)["be"]["rows"][1]["why"] == "Read as part of another one, “said”. She says it."
    assert places(widget)["she"]["rows"][1]["why"] == "By this reading nobody but the reporter speaks here."


def test_one_mark_an_attribution_with_who_it_is_as_its_label():
    parts = {"source": (at("Mira Vale"),), "cue": (at("said"),)}
    said = Annotation(
        "attribution", "indirect", at("Mira Vale said"), parts=parts, details={"speaker_kind": "named person"}
    )
    widget = marker(layer="attribution", against=[Reading(ARTICLE, "expert 1", (said,))])
    widget.marks = [mark("said", "unknown")]
    widget.commit()
    assert places(widget)["said"]["kind"] == "label"
    widget.adopt(places(widget)["said"]["key"])
    assert places(widget)["said"]["kind"] == "same"


def test_a_mark_can_do_without_labels():
    widget = marker(labels=())
    widget.marks = [mark("may", "")]
    widget.commit()
    assert widget.choices == []
    assert places(widget)["may"]["kind"] == "same"  # without labels to choose from, a place is all there is
    widget.adopt(places(widget)["may"]["key"])
    widget.adopt(places(widget)["reportedly"]["key"])
    assert widget.marks == [mark("may", ""), mark("reportedly", "")]
    assert marker(labels=()).marks == widget.marks


def test_some_paragraphs_alone_and_marks_elsewhere_stay():
    marker().marks = [mark("may"), mark("hopes", "belief")]
    forget_open()
    part = marker(paragraphs=(2, 2))
    assert [shown(block) for block in part.blocks] == ["The harbour office 🇩🇪 reportedly hopes so."]
    assert part.marks == [{"first": 4, "last": 4, "label": "belief", "sure": True}]
    part.marks = []
    part.commit()
    forget_open()
    assert marker().marks == [mark("may")]


def test_only_what_is_asked_for_is_compared():
    widget = marker(labels=("modal",), paragraphs=(1, 1))
    widget.marks = [{"first": 5, "last": 5, "label": "modal", "sure": True}]
    widget.commit()
    assert widget.reveal["readers"][0]["lines"][0] == "You marked 1 place, the kit marked 1; 1 is the same."


def test_a_copied_cell_shows_the_same_exercise():
    one, copy = marker(), marker()
    one.marks = [mark("may")]
    assert copy.marks == one.marks
    copy.commit()
    assert one.committed
    assert one.reveal == copy.reveal


def test_a_click_in_the_browser_is_a_method():
    widget = marker()
    widget._handle_custom_msg({"do": "commit"}, [])
    assert widget.message
    for wrong in ([{}], [mark("may") | {"first": "x"}], [mark("may") | {"last": None}], "may"):
        widget._asked(widget, {"do": "mark", "marks": wrong}, [])
    assert (widget.marks, widget.message) == ([], "")
    widget._handle_custom_msg({"do": "mark", "marks": [mark("may")]}, [])
    assert widget.marks == [mark("may")]
    for content in ({"do": "undo"}, {"do": "redo"}, {"do": "commit"}):
        widget._handle_custom_msg(content, [])
    key = places(widget)["hopes"]["key"]
    widget._handle_custom_msg({"do": "hold", "key": key, "because": "So."}, [])
    widget._handle_custom_msg({"do": "adopt", "key": key}, [])
    assert widget.disagree == {key: "So."}
    assert len(widget.marks) == 2
    before = widget.marks
    for content in ({"do": "explode", "id": "7"}, {}, None, {"do": "hold", "key": 3}, {"do": "__init__"}):
        told = widget.saved
        widget._asked(widget, content, [])
        assert widget.saved != told  # the browser hears that its message has come
        assert widget.saved["heard"] == (content or {}).get("id", "")
    assert widget.marks == before


def test_marks_are_put_in_order_and_the_same_place_is_marked_once():
    widget = marker()
    widget.marks = [mark("hopes"), mark("may"), mark("may", sure=False), {**mark("may be"), "first": 8, "last": 7}]
    assert all((one["first"], one["last"]) <= (two["first"], two["last"]) for one, two in pairwise(widget.marks))
    assert [(one["first"], one["last"], one["sure"]) for one in widget.marks] == [
        (7, 7, False),
        (7, 8, True),
        (19, 19, True),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"first": 0, "last": len(WORDS), "label": "modal", "sure": True},
        {"first": -1, "last": 0, "label": "modal", "sure": True},
        {"first": 0, "last": 0, "label": "x", "sure": 1},
    ],
)
def test_marks_that_are_none_are_refused_in_a_sentence(wrong):
    widget = marker()
    with pytest.raises(KitError, match=r"isn't a mark|no words|no label"):
        widget.marks = [wrong]
    assert widget.marks == []


@pytest.mark.parametrize(
    ("arguments", "options", "sentence"),
    [
        (("no lesson", ARTICLE), {}, "isn't the id of an exercise"),
        ((ID, 7), {}, "takes an article"),
        ((ID, ARTICLE), {"layer": "hedges"}, "There is no layer 'hedges'"),
        ((ID, ARTICLE), {"labels": "cue"}, "takes a list of labels"),
        ((ID, ARTICLE), {"labels": ["modal"]}, "There is no label 'modal' for attribution"),
        ((ID, ARTICLE), {"paragraphs": 3}, "the first and the last paragraph"),
        ((ID, ARTICLE), {"paragraphs": (8, 9)}, "no text to mark"),
        ((ID, "😀"), {}, "no text to mark"),
    ],
)
def test_a_wrong_cell_gets_a_sentence(arguments, options, sentence):
    with pytest.raises(KitError, match=sentence):
        Marker(*arguments, **options)


def test_a_file_that_cant_be_used_is_kept_and_said(folder):
    marker().marks = [mark("may")]
    (path,) = folder.glob("*.json")
    path.write_text("{ broken", "utf-8")
    widget = marker()
    assert widget.marks == []
    assert "damaged" in widget.saved["text"]
    widget.marks = [mark("hopes", "belief")]
    assert {file.read_text("utf-8") == "{ broken" for file in folder.glob("*.broken-1.json")} == {True}
    assert marker().marks == [mark("hopes", "belief")]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other rights.")
def test_what_cant_be_saved_is_said_and_kept_in_memory(folder):
    widget = marker()
    widget.marks = [mark("may")]
    (path,) = folder.glob("*.json")
    path.chmod(0o400)
    widget.marks = [mark("may"), mark("hopes", "belief")]
    assert not widget.saved["ok"]
    assert widget.saved["text"].startswith("Can't be saved in answers/")
    assert len(widget.marks) == 2
    widget.reset()  # which the file does not know of either
    assert (widget.marks, widget.saved["ok"]) == ([], False)
    path.chmod(0o600)
    widget.undo()
    assert (len(widget.marks), widget.saved["ok"]) == (2, True)


def test_answers_changed_by_hand_do_no_harm(folder):
    widget = marker()
    widget.marks = [mark("may")]
    widget.commit()
    (path,) = folder.glob("*.json")
    data = json.loads(path.read_text("utf-8"))
    data["answers"]["mark"] |= {"first": "nonsense", "disagree": ["x"]}
    path.write_text(json.dumps(data), "utf-8")
    forget_open()
    again = marker()
    assert again.committed
    assert again.disagree == {}
    assert again.marks == [mark("may")]


def test_the_text_repr_is_the_same_whatever_was_marked():
    widget = marker()
    before = repr(widget)
    widget.marks = [mark("may")]
    assert repr(widget) == before == "Marker('02_who_says_so/mark')"


def test_without_widgets_the_text_is_there_and_says_what_to_do():
    attack = read_text("<script>alert(1)</script> may be late.")
    bundle = Marker(ID, attack, layer="hedge", task="Mark all <script>s")._repr_mimebundle_()[0]
    assert bundle["text/plain"] == "Marker('02_who_says_so/mark')"
    assert "&lt;script&gt;alert(1)" in bundle["text/html"]
    assert "<script" not in bundle["text/html"]
    assert "Run this cell to mark words" in bundle["text/html"]


def test_half_characters_reach_nobody():
    widget = Marker(ID, read_text("Rain \ud83c may come."), layer="hedge")
    json.dumps(widget.blocks, ensure_ascii=False).encode("utf-8")


def test_the_story_has_readings_to_compare_with():
    names = [one.reader for one in other_readings(load("blinken"))]
    assert names[0].startswith("kit ")
    assert "the careful reader" in names
    assert other_readings(ARTICLE)[1:] == []


def test_a_kit_that_fails_does_not_stop_the_lesson(monkeypatch):
    def fail(article):
        raise RuntimeError("a bug")

    monkeypatch.setattr("kit.course.other_readings.annotate", fail)
    assert other_readings(ARTICLE) == []
    widget = marker(against=None)
    widget.marks = [mark("may")]
    widget.commit()
    assert widget.committed
    assert widget.reveal["readers"] == []
    assert [place["kind"] for place in widget.reveal["places"]] == ["extra"]
