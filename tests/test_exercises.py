"""The questions of every lesson, the loader that refuses incomplete ones, and what is said about answers."""

import re
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.analysis.annotate import annotate
from kit.classroom.marking_cells import marking_tasks
from kit.classroom.model_answers import disagreement, model_answer
from kit.course import lesson_files
from kit.course.feedback import feedback, read_answer, verdict, was_wrong_but_sure, what_is_missing
from kit.course.lesson_files import comes_last, lesson_before, lessons
from kit.course.lessons import find_question, read_lesson
from kit.course.questions import KINDS, Option, Question
from kit.errors import KitError
from kit.readings.reading import Reading
from kit.resources import items_folder, keys_folder
from kit.sources.load import load

ROOT = Path(__file__).parents[1]
KEYS = keys_folder()
each_lesson = pytest.mark.parametrize("lesson", lessons())


def questions(lesson):
    return read_lesson(lesson, with_keys=True).questions


def all_questions():
    return [item for lesson in lessons() for item in questions(lesson)]


def is_choice(item):
    """One option is right and the others are wrong."""
    return item.kind == "choice" and not item.guess


def answer(*picked, text="", sure="sure", committed=True):
    return {"picked": list(picked), "text": text, "sure": sure, "hints": 0, "committed": committed}


# ------------------------------------------------------------------------------------------ the lessons' questions


@pytest.mark.parametrize("lesson", lessons()[1:])
def test_a_lesson_has_enough_questions_and_two_for_the_next_opening(lesson):
    items = read_lesson(lesson).questions
    assert len(items) >= 12
    assert sum(item.opening for item in items) >= 2
    assert not any(item.opening for item in items if item.assess)


def test_a_passage_from_the_story_is_in_the_story_word_for_word():
    story = " ".join(load("blinken").text.split())
    passages = {item.id: " ".join(item.passage.split()) for item in all_questions() if item.where == "the story"}
    assert passages
    assert [name for name, passage in passages.items() if passage not in story] == []


@each_lesson
def test_the_right_answer_is_called_right_and_every_option_is_spoken_of(lesson):
    for item in questions(lesson):
        assert disagreement(item) == "", item.id
        told = feedback(item, model_answer(item))
        spoken_of = [*told["rows"], *told["points"]]
        assert {one["text"] for one in spoken_of} == {option.text for option in item.options}, item.id
        assert all(one["feedback"] for one in spoken_of), item.id
        assert all(row["state"] for row in told["rows"]), item.id


@each_lesson
def test_every_other_option_is_called_wrong_or_defensible(lesson):
    for item in questions(lesson):
        for option in item.options if is_choice(item) else ():
            called = "right" if option.right else "defensible" if option.defensible else "wrong"
            assert verdict(item, answer(option.id)) == called, (item.id, option.id)


CONCEDES = re.compile(r"(?i)you(?:'d| would)? have a point|to be said for it|could be argued|is fair\b|fair point")


def test_feedback_concedes_a_point_only_where_the_verdict_does():
    conceding = [
        (item.id, option.id)
        for item in all_questions()
        if not item.guess and item.kind in ("choice", "choices", "span")
        for option in item.options
        if CONCEDES.search(option.feedback) and not (option.right or option.defensible)
    ]
    assert conceding == []
    for name in ("j-reportedly", "j-hopefully"):
        item = find_question(f"03_how_sure/{name}")
        assert [verdict(item, answer(option)) for option in ("care", "evasion", "open")] == [
            "defensible", "defensible", "right"]  # fmt: skip


def test_what_puts_one_at_ease_is_said_before_the_answer():
    for item in all_questions():
        assert not re.search("(?i)no right answer|nobody is watching|your teacher reads", item.after), item.id


def test_the_right_option_has_no_favourite_place():
    places = [[option.right for option in item.options].index(True) for item in filter(is_choice, all_questions())]
    assert max(places.count(place) for place in set(places)) <= len(places) * 0.6


def test_students_get_no_key_of_an_assessment():
    sealed = [item for lesson in lessons() for item in read_lesson(lesson).questions if item.assess]
    assert sealed
    for item in sealed:
        told = feedback(item, model_answer(item) | {"picked": [option.id for option in item.options[:1]]})
        assert (told["verdict"], told["rows"]) == ("open", [])
    assert all(item.assess for path in KEYS.glob("*.toml") for item in map(find_question, _keyed(path)))


def test_the_reports_marked_before_and_after_are_built_alike():
    tasks = {name: marking_tasks()[name] for name in ("03_how_sure/mark-ahead", "05_put_it_together/mark-words")}
    built = []
    for task in tasks.values():
        careful = Reading.load(task.article.id, task.article)
        marks = task.marks(careful)
        assert len(marks) == len(careful.annotations)
        assert all(mark.annotation.why for mark in marks)
        sure = Counter(mark.annotation.confidence for mark in marks)
        built.append((sorted(mark.label for mark in marks), sure[1.0], sure[0.5], len(task.words) // 20))
    assert built[0] == built[1]
    assert built[0][1:3] == (7, 1)


@pytest.mark.parametrize("lesson", lessons()[1:])
def test_a_lesson_has_enough_to_assess_of_every_kind(lesson):
    sealed = [item for item in read_lesson(lesson).questions if item.assess]
    assert len(sealed) >= 5
    assert {item.kind for item in sealed} == set(KINDS)


def _keyed(path):
    return [f"{path.stem}/{name}" for name in tomllib.loads(path.read_text("utf-8"))]


def test_a_question_about_the_kits_marks_lists_what_it_marks():
    item = find_question("06_your_article/kit-fooled")
    text = item.passage
    marks = [mark.part("cue", text) or mark.span.of(text) for mark in annotate(text).annotations]
    assert sorted(marks) == sorted(re.findall("“(.+?)”", " ".join(option.text for option in item.options)))
    assert text in " ".join((ROOT / "exercises" / "06_your_article.ipynb").read_text("utf-8").split(r"\n"))


def test_the_model_answer_about_a_wrong_mark_is_true():
    text, word = re.findall("“(.+?)”", find_question("06_your_article/kit-wrong").model)
    assert [mark.span.of(text) for mark in annotate(text).layer("framing")] == [word]


def test_words_of_the_text_are_plain():
    for item in all_questions():
        for text in (item.question, item.after, item.model, *item.hints, *(o.feedback for o in item.options)):
            assert text == text.strip()
            assert not re.search(r"\s{2}|--|(?<!\w)'(?!\w)", text), text
            assert len(text) <= 400, text


# ------------------------------------------------------------------------------------------ the loader

GOOD = """
[[item]]
id = "a"
kind = "choice"
title = "T"
question = "Q?"
hints = ["H"]
[[item.option]]
id = "x"
text = "X"
right = true
feedback = "F"
[[item.option]]
id = "y"
text = "Y"
feedback = "G"
"""


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    """Reads a lesson as if it were the kit's only one; with its keys, if there are any."""
    folder = tmp_path / "exercises"
    monkeypatch.setattr(lesson_files, "items_folder", lambda: folder / "items")

    def read(text, keys=None, head='article = "blinken"\n'):
        for name, content in (("items", head + text), ("keys", keys)):
            if content is not None:
                (folder / name).mkdir(parents=True)
                (folder / name / "01_x.toml").write_text(content, "utf-8")
        return read_lesson("01_x", with_keys=keys is not None)

    return read


REFUSED = {
    "no TOML": ("[[item]", "01_x.toml is not valid TOML"),
    "the same id twice": (GOOD + GOOD, "another item with this id"),
    "an option without feedback": (GOOD.replace('feedback = "G"', ""), "option 'y' has no feedback"),
    "nothing right": (GOOD.replace("right = true", ""), "no option is right"),
    "kind": (GOOD.replace('"choice"', '"riddle"'), "there is no kind 'riddle'"),
    "right in a guess": (GOOD.replace("kind =", "guess = true\nkind ="), "in a guess nothing is right"),
    "defensible in a guess": (
        re.sub("right = true", "defensible = true", GOOD.replace("kind =", "guess = true\nkind =")), "for no guess"),
    "defensible in an order": (
        GOOD.replace('"choice"', '"order"').replace("right = true", "defensible = true"), "choices and span"),
    "right and defensible": (GOOD.replace("right = true", "right = true\ndefensible = true"), "not both"),
    "a point without a quote": (
        GOOD.replace('"choice"', '"text"\nmodel = "M"'), "option 'x' needs a quote: the words of the model"),
    "a quote from nowhere": (
        GOOD.replace('"choice"', '"text"\nmodel = "M"').replace('id = "x"', 'id = "x"\nquote = "N"'), "needs a quote"),
    "no hint": (GOOD.replace('hints = ["H"]', ""), "at least one hint"),
    "no question": (GOOD.replace('"Q?"', '""'), "a title and a question"),
    "no title": (GOOD.replace('title = "T"', ""), "title"),
    "an empty title": (GOOD.replace('"T"', '""'), "a title and a question"),
    "a passage from somewhere": (
        GOOD.replace('kind =', 'passage = "P"\nwhere = "a paper"\nkind ='), 'where = "the story"'),
    "an option that is none": (GOOD.partition("[[item.option]]")[0] + 'option = ["x"]', "Compare it with the other"),
    "one option": (GOOD.partition('[[item.option]]\nid = "y"')[0], "at least two options"),
    "the same option twice": (GOOD.replace('"y"', '"x"'), "two options have the same id"),
    "a passage from nowhere": (GOOD.replace('kind =', 'passage = "P"\nkind ='), "where ="),
    "an unknown field": (GOOD.replace("title =", "titel ="), "titel"),
    "no id": (GOOD.replace('id = "a"', ""), "item 1: it has no id"),
    "a bad id": (GOOD.replace('id = "a"', 'id = "a b"'), "item a b: an id has letters, digits"),
    "an id that is a number": (GOOD.replace('id = "a"', "id = 1"), "item 1: id is a text in quotation marks"),
    "an id that is a list": (GOOD.replace('id = "a"', 'id = ["a"]'), "id is a text in quotation marks"),
    "a title that is a number": (GOOD.replace('"T"', "1"), "title is a text in quotation marks"),
    "right in quotation marks": (GOOD.replace("right = true", 'right = "no"'), "right is true or false, without"),
    "a hint alone": (GOOD.replace('["H"]', '"H"'), "hints is texts in brackets"),
    "hints of numbers": (GOOD.replace('["H"]', "[1]"), "hints is texts in brackets"),
    "an option in one bracket": (
        GOOD.partition('[[item.option]]\nid = "y"')[0].replace("[[item.option]]", "[item.option]"), "two brackets"),
    "an option without a text": (GOOD.replace('text = "Y"', ""), "it has no text"),
    "a question in one bracket": (GOOD.replace("[[item]]", "[item]"), "Write [[item]], in two brackets"),
    "text without a model": (GOOD.replace('"choice"', '"text"'), "needs a model answer"),
    "a card from nowhere": (GOOD.replace('text = "X"', 'text = "X"\ncard = "C"'), "the address"),
    "a log without a model": (GOOD.replace('"choice"', '"log"'), "a log item needs a model answer"),
    "span outside": (
        GOOD.replace('"choice"', '"span"\nwhere = "invented"\npassage = "X z."'), "not in the passage"),
    "span without otherwise": (
        GOOD.replace('"choice"', '"span"\nwhere = "invented"\npassage = "X y."'), "needs otherwise"),
    "a key in an assessment": (GOOD.replace('kind =', "assess = true\nkind ="), "belong into exercises/keys"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_an_incomplete_question_is_refused_with_its_place(lesson, case):
    text, sentence = REFUSED[case]
    with pytest.raises(KitError, match=r"^(exercises/items/)?01_x\.toml\b") as refused:
        lesson(text)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("", "01_x.toml: it does not say which text is marked. Write at its top: article ="),
        (
            'article = "blinken"\nartikel = "x"',
            "01_x.toml: there is no 'artikel' in a lesson. There are: title, article",
        ),
        ("article = 7", '01_x.toml: article is not what it should be. Write article = "bridge.md".'),
        ('article = "blinken"\ntitle = ["T"]', "Write title = "),
        ('article = "blinken"\nown_article = "yes"', "Write own_article = true."),
        ('article = "blinken"\nexamples = "ferry_1"', "Write examples = ["),
        ('article = "blinken"\nexamples = [1]', "Write examples = ["),
        ('article = "blinken"\n[marking]\nmark = 1', "Write [marking] and, below it,"),
        ('article = "blinken"\n[marking]\n"a b" = "T"', "[marking]: 'a b' can't name an exercise: use letters"),
        ('article = "blinken"\n[marking]\na = "T"', "[marking]: an item has the id 'a', too."),
        (
            'article = "nothing.md"',
            "01_x.toml: there is no file 'nothing.md' beside items/, nor an article of the kit's.",
        ),
        (f'article = "{"x" * 300}"', "xxx"),
        ('article = "items/01_x.toml"\nexamples = ["items"]', "there is no file 'items' beside items/"),
    ],
)
def test_a_lesson_that_does_not_say_well_what_it_is_about_is_refused(lesson, head, sentence):
    with pytest.raises(KitError, match=r"^(exercises/items/)?01_x\.toml\b") as refused:
        lesson(GOOD, head=head)
    assert sentence in str(refused.value)


def test_a_complete_one_is_read(lesson):
    read = lesson('title = "One"\n[marking]\nmark = "Mark it"\n' + GOOD)
    assert (read.title, read.marking) == ("One", {"mark": "Mark it"})
    assert (read.article, read.own_article, read.examples) == (load("blinken"), False, ())
    [item] = read.questions
    assert (item.id, item.name, item.options[0].right) == ("01_x/a", "a", True)


SEALED = re.sub(r"(?m)^(right|feedback|hints) = .*\n", "", GOOD).replace("kind =", "assess = true\nkind =")


def test_a_key_opens_an_assessment(lesson):
    read = lesson(SEALED, '[a]\nright = ["y"]\nhints = ["H"]\nfeedback = {x = "F", y = "G"}\n')
    assert verdict(read.questions[0], answer("y")) == "right"


def test_a_key_says_what_is_defensible(lesson):
    [item] = lesson(
        SEALED, '[a]\nright = ["y"]\ndefensible = ["x"]\nhints = ["H"]\nfeedback = {x = "F", y = "G"}\n'
    ).questions
    assert [verdict(item, answer(option.id)) for option in item.options] == ["defensible", "right"]


def test_the_key_of_an_order_is_an_order(lesson):
    order = SEALED.replace('"choice"', '"order"')
    [item] = lesson(order, '[a]\nright = ["y", "x"]\nhints = ["H"]\nfeedback = {x = "F", y = "G"}\n').questions
    assert verdict(item, answer("y", "x")) == "right"


@pytest.mark.parametrize("where", ['model = "M"\nkind =', 'after = "A"\nkind =', 'right = true\nid = "y"', "feedback"])
def test_no_key_stands_in_the_questions(lesson, where):
    text = (
        SEALED.replace('id = "y"', 'feedback = "F"\nid = "y"')
        if where == "feedback"
        else SEALED.replace(where.partition("\n")[2], where)
    )
    with pytest.raises(KitError, match="belong into exercises/keys"):
        lesson(text)


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ("# none\n", "its key is missing. Write it into exercises/keys, in a file of the same name"),
        ("[a]\n", "has no feedback"),
        ('[a]\nright = "y"\n', 'right in its key stands in brackets: ["y"]'),
        ('[a]\ndefensible = "y"\n', 'defensible in its key stands in brackets: ["y"]'),
        ("a = 3\n", "Compare it with the other items"),
        ('[a]\nright = ["z"]\n', "its key names an option 'z' that is not there"),
        ('[a]\nright = ["x"]\nfeedback = {x = "F", y = "G", z = "H"}\n', "'z' that is not there"),
        ('[a]\nfeedback = {x = "F", y = "G"}\n', "no option"),
    ],
)
def test_a_key_that_does_not_fit_is_refused(lesson, keys, sentence):
    with pytest.raises(KitError, match=r"01_x\.toml, (item )?a") as refused:
        lesson(SEALED, keys)
    assert sentence in str(refused.value)


def test_a_key_without_an_item_is_refused(lesson):
    with pytest.raises(KitError, match=r"keys/01_x\.toml: there is no item 'b'"):
        lesson(GOOD, "[b]\nright = []\n")


def test_exercises_and_lessons_that_do_not_exist():
    with pytest.raises(KitError, match=r"no exercise 'nothing' in 02_who_says_so. There are: first-look"):
        find_question("02_who_says_so/nothing")
    with pytest.raises(KitError, match="There is no lesson '99_x'"):
        find_question("99_x/a")
    assert lesson_before("03_how_sure") == "02_who_says_so"
    with pytest.raises(KitError, match="before 00_start_here"):
        lesson_before("00_start_here")
    assert [comes_last(name) for name in (*lessons(), "99_x")] == [False] * 6 + [True, False]
    assert (items_folder() / "02_who_says_so.toml").is_file()


# ------------------------------------------------------------------------------------------ feedback


def options(right, wrong):
    return tuple(Option(o, o.upper(), f"Why {o}.", right=o in right) for o in [*right, *wrong])


CHOICES = Question("01_x/a", "choices", "T", "Q", options("ab", "cd"), hints=("H",))
ORDER = Question("01_x/o", "order", "T", "Q", options("abc", ""), hints=("H",))
SPAN = Question(
    "01_x/s", "span", "T", "Q",
    (Option("m", "the mayor", "M.", right=True), Option("s", "said", "S.")),
    passage="It rained, the mayor said. It did not stop.", where="invented", otherwise="No.", hints=("H",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("picked", "expected", "marks"),
    [
        ("ab", "right", ["good", "good", "quiet", "quiet"]),
        ("a", "partly", ["good", "missed", "quiet", "quiet"]),
        ("abc", "partly", ["good", "good", "bad", "quiet"]),
        ("c", "wrong", ["bad", "missed", "missed", "quiet"]),
    ],
)
def test_several_choices(picked, expected, marks):
    told = feedback(CHOICES, answer(*picked))
    assert told["verdict"] == expected
    assert [row["mark"] for row in told["rows"]] == marks


FAIR = replace(
    CHOICES,
    options=(
        *CHOICES.options,
        Option("e", "E", "Why e.", defensible=True),
        Option("f", "F", "Why f.", right=True, defensible=True),
    ),
)


@pytest.mark.parametrize(
    ("picked", "expected", "marks"),
    [
        ("abf", "right", "good good good quiet quiet quiet"),
        ("ab", "defensible", "good good quiet quiet quiet fair"),
        ("abef", "defensible", "good good fair good quiet quiet"),
        ("abce", "partly", "good good bad fair quiet fair"),
        ("e", "partly", "fair missed missed quiet quiet fair"),
        ("c", "wrong", "bad missed missed quiet quiet fair"),
    ],
)
def test_several_choices_on_some_of_which_readers_differ(picked, expected, marks):
    told = feedback(FAIR, answer(*picked))
    assert told["verdict"] == expected
    assert [row["mark"] for row in told["rows"]] == marks.split()


def test_a_defensible_choice_has_words_of_its_own():
    item = replace(FAIR, kind="choice", options=FAIR.options[1:5])
    told = feedback(item, answer("e", sure="sure"))
    assert told["headline"].startswith("You have a point.")
    assert [(row["mark"], row["state"]) for row in told["rows"]] == [
        ("fair", "Your choice, and you have a point"),
        ("missed", "Our answer"),
        ("quiet", "Not chosen"),
        ("quiet", "Not chosen"),
    ]
    assert feedback(item, answer("b"))["rows"][-1]["state"] == "Not chosen; there are reasons for it, too"
    assert not was_wrong_but_sure(item, answer("e"))


@pytest.mark.parametrize(
    ("picked", "expected"),
    [("3", "right"), ("3 4", "defensible"), ("3 4 5", "partly"), ("4", "partly"), ("4 5", "partly"), ("5", "wrong")],
)
def test_words_of_a_passage_on_which_readers_differ(picked, expected):
    item = replace(SPAN, options=(SPAN.options[0], replace(SPAN.options[1], defensible=True)))
    assert verdict(item, answer(*picked.split())) == expected
    rows = {row["text"]: row["mark"] for row in feedback(item, answer(*picked.split()))["rows"]}
    assert rows["said"] == ("fair" if "4" in picked else "quiet")
    left_out = replace(SPAN, options=(*SPAN.options, Option("r", "It rained", "R.", right=True, defensible=True)))
    assert verdict(left_out, answer("3")) == "defensible"
    assert verdict(left_out, answer("0", "1", "3")) == "right"


def test_an_order():
    assert verdict(ORDER, answer("a", "b", "c")) == "right"
    assert verdict(ORDER, answer("a", "c", "b")) == "partly"
    assert verdict(ORDER, answer("c", "a", "b")) == "wrong"
    told = feedback(ORDER, answer("a", "c", "b"))
    assert [row["state"] for row in told["rows"]] == [
        "In its place", "You had it as number 3", "You had it as number 2"]  # fmt: skip
    assert [option.id for option in ORDER.shown()] != ["a", "b", "c"]
    assert ORDER.shown() == ORDER.shown()
    assert CHOICES.shown() == CHOICES.options  # nothing else is mixed


@pytest.mark.parametrize(
    ("picked", "expected"),
    [
        ("2 3", "right"),
        ("3", "right"),
        ("2", "partly"),
        ("3 4", "partly"),
        ("2 3 5", "partly"),
        ("2 3 4 5", "partly"),
        ("4", "wrong"),
        ("0", "wrong"),
    ],
)
def test_words_of_a_passage(picked, expected):
    assert verdict(SPAN, answer(*picked.split())) == expected


def test_what_was_found_and_what_was_picked_too_do_not_cancel_out():
    two = replace(SPAN, options=(*SPAN.options, Option("r", "it rained", "R.", right=True)))
    assert verdict(two, answer("2", "3", "5")) == "partly"
    assert verdict(two, answer("0", "1", "2", "3")) == "right"


def test_an_article_more_or_less_makes_no_difference():
    item = replace(SPAN, passage="The mayor said: A mill closed.")
    for picked in ("0 1", "1", "1 3"):
        assert verdict(item, answer(*picked.split())) == "right"
    assert verdict(item, answer("1", "4")) == "partly"


def test_of_two_right_options_one_is_enough_where_one_is_taken():
    assert verdict(replace(CHOICES, kind="choice"), answer("b")) == "right"
    left = {kind: feedback(replace(CHOICES, kind=kind), answer("b"))["rows"][-1] for kind in ("choice", "choices")}
    assert [row["state"] for row in left.values()] == ["Not chosen", "Rightly left out"]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("It rained", (0, 1)),
        ("said", (4,)),
        ("did not stop", (6, 7, 8)),
        ("not stop it", ()),
        ("“The Mayor”", (2, 3)),
        ("", ()),
    ],
)
def test_where_the_words_of_an_option_stand(words, place):
    assert SPAN.place(Option("o", words)) == place


def test_a_word_that_nobody_thought_of_has_an_answer_too():
    rows = feedback(SPAN, answer("0", "3"))["rows"]
    assert [(row["text"], row["mark"], row["feedback"]) for row in rows] == [
        ("the mayor", "good", "M."),
        ("It", "bad", "No."),
        ("said", "quiet", "S."),
    ]
    assert rows[1]["state"] == "You picked this too"
    assert feedback(SPAN, answer("0"))["rows"][0]["state"] == "You picked this"  # and nothing else
    assert [row["text"] for row in feedback(SPAN, answer("2", "3"))["rows"]] == ["the mayor", "said"]


LOG = Question(
    "01_x/l", "log", "T", "Q",
    (
        Option("a", "Register", "Why a.", True, card="Its only payer is the paper mill.", address="r.example/1"),
        Option("b", "About us", "Why b.", card="We are independent experts who love lakes.", address="l.example"),
        Option("own", "Somewhere else", "Why own.", True),
    ),
    model="M", hints=("H",),
)  # fmt: skip
QUOTE, OWN = "“its only payer is” ", "So the mill paid."


@pytest.mark.parametrize(
    ("picked", "text", "missing"),
    [
        ("", QUOTE + OWN, "where you looked"),
        ("a", OWN, "Quote at least four words"),
        ("b", QUOTE + OWN, "Quote at least four words"),  # words of another card
        ("a", "Its ONLY\npayer is the paper mill.", "in your own words"),
        ("a", QUOTE + OWN, ""),
        ("a", QUOTE + "So they paid.", "in your own words"),
        ("own", "It says “the mill has paid for it”, so I doubt it now.", "address"),
        ("own", "varn.example/mill says that the mill has paid for it.", "quotation marks"),
        ("own", 'varn.example/mill: "the mill has paid".', "in your own words"),
        ("own", "varn.example/mill says “the mill has paid”, so I doubt it.", ""),
    ],
)
def test_a_log_wants_evidence(picked, text, missing):
    said = what_is_missing(LOG, answer(*filter(None, [picked]), text=text, sure=""))
    assert missing in said
    assert bool(missing) == bool(said)


def test_what_is_said_about_a_log():
    told = feedback(LOG, answer("b", text="we are independent experts: nobody checks that", sure=""))
    assert (told["verdict"], told["model"]) == ("open", "M")
    assert [(row["text"], row["state"]) for row in told["rows"]] == [
        ("About us", "Your choice"), ("Register", "This one helps"), ("Somewhere else", "This one helps")]  # fmt: skip
    assert not was_wrong_but_sure(LOG, answer("b", text="we are independent experts: nobody checks that"))


ESSAY = Question(
    "01_x/e", "text", "T", "Q",
    (
        Option("doer", "Who did it", "D.", quote="The mill did it"),
        Option("when", "When", "W.", quote="on Monday"),
    ),
    model="The mill did it, and it was on Monday.", hints=("H",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (CHOICES, ""),
        (ORDER, ""),
        (SPAN, ""),
        (ESSAY, ""),
        (replace(LOG, model=QUOTE + OWN), ""),
        (replace(CHOICES, options=options("", "ab"), guess=True), ""),
        (replace(SPAN, options=(*SPAN.options, Option("o", "mayor", "O."))), "called partly, not right: “mayor” ("),
        (replace(LOG, model=OWN), "is not accepted: “Quote at least four words"),
    ],
)
def test_a_key_and_its_question_agree_or_it_is_said_where_not(item, sentence):
    found = disagreement(item)
    assert sentence in found
    assert bool(sentence) == bool(found)


ONE = replace(CHOICES, kind="choice")


@pytest.mark.parametrize(
    ("item", "stored", "kept"),
    [
        (ONE, {}, {"picked": [], "text": "", "sure": "", "hints": 0, "committed": False, "points": {}}),
        (ONE, {"picked": ["x", "b", "a"]}, {"picked": ["b"]}),
        (CHOICES, {"picked": ["a", "x", "a", 3, "c"]}, {"picked": ["a", "c"]}),
        (CHOICES, {"picked": "abc"}, {"picked": []}),
        (ORDER, {"picked": ["c", "a", "b"]}, {"picked": ["c", "a", "b"]}),
        (ORDER, {"picked": ["c", "x", "a", "b"]}, {"picked": ["c", "a", "b"]}),
        (ORDER, {"picked": ["c", "a", "a"]}, {"picked": []}),
        (SPAN, {"picked": ["8", "9", "-1", "m"]}, {"picked": ["8"]}),
        (ESSAY, {"picked": ["doer"], "text": "Mine."}, {"picked": [], "text": "Mine."}),
        (ESSAY, {"text": "The mill did it.", "committed": True}, {"committed": True, "points": {}}),  # an older file
        (ESSAY, {"text": "Idk!", "committed": True}, {"text": "Idk!", "committed": False}),
        (
            ESSAY,
            {"text": "The mill did it.", "points": {"doer": "“the MILL did”", "when": "on Monday", "x": "it", "y": 1}},
            {"points": {"doer": "“the MILL did”"}},
        ),
        (ESSAY, {"text": "The mill did it.", "points": ["doer"]}, {"points": {}}),
        (ONE, {"picked": ["a"], "text": "a", "points": {"a": "a"}}, {"points": {}}),
        (ESSAY, {"text": 7, "sure": "very", "hints": "2"}, {"text": "", "sure": "", "hints": 0}),
        (ONE, {"sure": "unsure", "hints": 1}, {"sure": "unsure", "hints": 1}),
        (ONE, {"hints": -1, "committed": "yes"}, {"hints": 0, "committed": False}),
        (ONE, {"picked": ["a"], "sure": "sure", "committed": True}, {"committed": True}),
        (ONE, {"picked": ["a"], "sure": "sure"}, {"committed": False}),
        (ONE, {"picked": ["a"], "committed": True}, {"committed": False}),  # not how sure: it can't have been given
    ],
)
def test_what_a_file_holds_is_read_as_far_as_it_fits(item, stored, kept):
    found = read_answer(item, stored)
    assert {key: found[key] for key in kept} == kept


def test_wrong_but_sure():
    assert was_wrong_but_sure(CHOICES, answer("c"))
    assert was_wrong_but_sure(CHOICES, answer("a"))
    assert not was_wrong_but_sure(CHOICES, answer("c", sure="unsure"))
    assert not was_wrong_but_sure(CHOICES, answer("a", "b"))
    assert not was_wrong_but_sure(CHOICES, answer("c", committed=False))


def test_a_guess_is_neither_right_nor_wrong():
    guess = Question("01_x/g", "choice", "T", "Q", options("", "ab"), guess=True)
    assert what_is_missing(guess, answer("a", sure="")) == ""
    told = feedback(guess, answer("a", sure=""))
    assert (told["verdict"], told["headline"]) == ("open", "Your guess is noted.")
    assert [(row["mark"], row["feedback"]) for row in told["rows"]] == [("yours", "Why a."), ("quiet", "Why b.")]
    assert not was_wrong_but_sure(guess, answer("a"))


def test_what_is_missing_is_said():
    assert what_is_missing(CHOICES, answer()) == "Choose an answer first."
    assert what_is_missing(CHOICES, answer("a", sure="")) == "Say first how sure you are."


ASKED = Question(
    "01_x/t", "text", "Said", "Why do agencies repeat “said”? One or two sentences.",
    passage="The roof is gone.", where="invented", hints=("Think of “claimed”.",), model="M",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n", "Write an answer first; a sentence is enough."),
        ("Idk", "It is fine not to know. Look again or take a hint, and write down what you would guess"),
        ("I don’t know, sorry…", "It is fine not to know."),
        ("no idea :(", "It is fine not to know."),
        ("asdf", "Say a little more, please"),
        ("asdf asdf asdf asdf", "Say a little more, please"),
        ("Neutral.", "Say a little more, please"),
        ("🕊️ 🕊️ 🕊️", "Say a little more, please"),
        ("why do agencies repeat said", "These words are given already. Now say it in your own"),
        ("Said: the roof is gone!", "These words are given already."),
        ("Why do agencies repeat “said”? I don't know.", "It is fine not to know."),
        ("Why do agencies repeat “said”? Because it is fair.", ""),
        ("It is fair.", ""),
        ("I don't know who counted.", ""),
        ("Nobody knows it yet.", ""),
    ],
)
def test_an_answer_that_is_none_is_met_with_a_kind_sentence(text, sentence):
    said = what_is_missing(ASKED, answer(text=text, sure=""))
    assert said.startswith(sentence)
    assert bool(said) == bool(sentence)


def test_without_hints_nobody_is_sent_to_one():
    assert "hint" not in what_is_missing(replace(ASKED, hints=()), answer(text="idk"))


def test_nonsense_gets_no_point():
    """No program looks for points in an answer: they are listed, and nothing is called said."""
    told = feedback(ESSAY, answer(text="the mill the mill on Monday", sure=""))
    assert (told["verdict"], told["rows"]) == ("open", [])
    assert told["points"] == [
        {"id": "doer", "text": "Who did it", "ours": "The mill did it", "feedback": "D."},
        {"id": "when", "text": "When", "ours": "on Monday", "feedback": "W."},
    ]


@each_lesson
def test_a_model_answer_is_an_answer_and_nonsense_is_not(lesson):
    for item in questions(lesson):
        if item.kind == "text":
            assert what_is_missing(item, answer(text=item.model)) == "", item.id
            assert what_is_missing(item, answer(text=item.question)), item.id
            assert what_is_missing(item, answer(text="I don't know")), item.id


@each_lesson
@settings(max_examples=60)
@given(data=st.data())
def test_every_answer_is_spoken_of(lesson, data):
    item = data.draw(st.sampled_from(questions(lesson)))
    if item.kind == "order":
        picked = data.draw(st.permutations([option.id for option in item.options]))
    elif item.kind == "span":
        picked = data.draw(st.sets(st.integers(0, len(item.words) - 1).map(str), min_size=1))
    elif item.kind == "choice":
        picked = [data.draw(st.sampled_from([option.id for option in item.options]))]
    elif not item.options:  # a written answer to hand in, whose points only people read
        picked = []
    else:
        picked = data.draw(st.sets(st.sampled_from([option.id for option in item.options]), min_size=1))
    text = data.draw(st.text(min_size=1))
    told = feedback(item, answer(*picked, text=text, sure=data.draw(st.sampled_from(["sure", "unsure"]))))
    assert told["headline"]
    assert len([*told["rows"], *told["points"]]) >= len(item.options)


@pytest.mark.parametrize(("lesson", "returns"), [(lessons()[0], True), (lessons()[-1], False)])
def test_only_before_another_lesson_a_mistake_may_come_back(lesson, returns):
    item = Question(f"{lesson}/x", "choice", "T", "Q", (Option("a", "A", "Yes.", True), Option("b", "B", "No.")))
    assert ("next lesson" in feedback(item, answer("b", sure="sure"))["headline"]) is returns
