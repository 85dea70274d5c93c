"""The file that is handed in and the code that stands for it."""

import json
import re

import pytest

import kit
from kit.course.answers import FIRST, open_answers
from kit.course.hand_in_code import END, LEFT_OUT, START, find_codes, from_code, to_code
from kit.course.hand_in_file import file_stem, save, to_hand_in
from kit.course.lessons import read_lesson
from kit.course.marking_tasks import students_mark
from kit.course.progress import open_work
from kit.errors import KitError
from kit.text.spans import Span
from kit.text.words import words_of

LESSON, HOW_SURE, OWN = "02_who_says_so", "03_how_sure", "06_your_article"
DEPARTMENT = {"picked": ["department"], "text": "", "sure": "unsure", "hints": 1, "committed": True}
WRITTEN = {"picked": [], "text": "Because “said” takes no side.", "sure": "", "hints": 0, "committed": True}


pytestmark = pytest.mark.usefixtures("folder")


def answer(lesson=LESSON):
    """A lesson with an answer that was changed, a written one, and marks of two rounds."""
    answers = open_answers(lesson)
    marks = [students_mark("attribution", "cue", Span(1036, 1040), sure=True)]
    marks.append(students_mark("attribution", "cue", Span(1145, 1153), sure=False))
    answers.put("nested", DEPARTMENT | {"picked": ["austin"], "sure": "sure"})
    answers.put("nested", DEPARTMENT)
    answers.put("why-said", WRITTEN)
    answers.put_marks("mark", marks[:1])
    answers.put("mark", {"committed": True, FIRST: [marks[0].to_dict(answers.article.text)]})
    answers.put_marks("mark", marks)


def handed_in(*lessons, name="Amira K"):
    return to_hand_in([open_work(lesson) for lesson in lessons or (LESSON,)], name)


@pytest.fixture
def code():
    answer()
    return to_code(handed_in(), LESSON)


@pytest.mark.parametrize(
    ("lessons", "name", "stem"),
    [
        ([LESSON], "Amira K", "02_who_says_so_Amira-K"),
        ([LESSON], " ../../Zoë: <b>", "02_who_says_so_Zoë-b"),
        ([LESSON], "", "02_who_says_so_no-name"),
        ([LESSON], "…", "02_who_says_so_no-name"),
        ([LESSON], "أميرة", "02_who_says_so_أميرة"),
        ([LESSON, HOW_SURE], "K" * 300, "all_lessons_" + "K" * 40),
    ],
)
def test_the_file_is_named_by_lesson_and_name(lessons, name, stem):
    assert file_stem({"lessons": lessons, "name": name}) == stem


def test_another_hand_in_never_takes_the_place_of_one(folder):
    answer()
    first = save(handed_in())
    assert save(handed_in()) == first  # nothing has changed since
    open_answers(LESSON).put("nested", DEPARTMENT | {"sure": "sure"})
    second, other = save(handed_in()), save(handed_in(name="Amira-K"))
    assert [path.name for path in (first, second, other)] == [
        "02_who_says_so_Amira-K.json",
        "02_who_says_so_Amira-K_2.json",
        "02_who_says_so_Amira-K_3.json",
    ]
    assert json.loads(first.read_bytes())["readings"][LESSON]["answers"]["nested"]["sure"] == "unsure"


def test_one_lesson_is_handed_in_alone():
    answer()
    answer(HOW_SURE)
    one = handed_in()
    assert (one["lessons"], set(one["readings"])) == ([LESSON], {LESSON})
    assert {row["lesson"] for row in one["progress"]} == {LESSON}
    assert set(handed_in(LESSON, HOW_SURE)["readings"]) == {LESSON, HOW_SURE}


def test_a_code_is_the_hand_in_without_its_words(code):
    file, again = handed_in(), from_code(code)
    assert [again[key] for key in ("schema", "name", "lessons")] == [file[key] for key in ("schema", "name", "lessons")]
    assert again["at"][:16] == file["at"][:16]
    assert again["progress"] == file["progress"]
    reading, stored = again["readings"][LESSON], file["readings"][LESSON]
    assert reading["annotations"] == stored["annotations"]
    assert reading["answers"]["mark"] == stored["answers"]["mark"]
    assert reading["answers"]["nested"] == stored["answers"]["nested"]  # with its history: the first answer
    assert reading["answers"]["why-said"] == WRITTEN | {"text": "", LEFT_OUT: True}


def test_marks_on_the_example_are_in_a_code_and_those_on_an_article_of_ones_own_are_not():
    mark = students_mark("hedge", "modal", Span(0, 4), sure=True)
    own = kit.read_text("The old bridge may have to close, the mayor of Port Vorn said on Monday.")
    for article, exercise in ((kit.load("ferry_2"), "sure"), (own, "words")):
        open_answers(OWN, article).put_marks(exercise, [mark])
    again = from_code(to_code(handed_in(OWN), OWN))
    assert [len(reading["annotations"]) for reading in again["readings"].values()] == [0, 1]
    assert f"{OWN}.ferry_2" in again["readings"]
    states = {row["exercise"]: row["state"] for row in again["progress"]}
    assert (states["sure"], states["words"], states["who"]) == ("begun", "begun", "untouched")


@pytest.mark.parametrize(
    "spoiled",
    [
        {"schema": "reading/1"},
        {"schema": "reading/1", "article": 3, "annotations": 4},
        {"schema": "reading/1", "article": {"id": "x", "sha256": "y"}, "annotations": [{}], "answers": {"a": 3}},
    ],
)
def test_a_file_that_was_changed_by_hand_does_not_stop_the_code(code, spoiled, folder):
    (folder / f"{LESSON}.mine.json").write_text(json.dumps(spoiled), "utf-8")
    hand_in = handed_in()
    assert hand_in["readings"][f"{LESSON}.mine"] == spoiled
    assert from_code(to_code(hand_in, LESSON))["readings"] == from_code(code)["readings"]


@pytest.mark.parametrize(("lesson", "layer", "label"), [(LESSON, "attribution", "cue"), (HOW_SURE, "hedge", "modal")])
def test_a_whole_lesson_has_less_than_1000_characters(lesson, layer, label):
    answers, read = open_answers(lesson), read_lesson(lesson)
    for number, question in enumerate(read.questions):
        options = [option.id for option in question.options]
        picked = [] if question.kind == "text" else options[: 1 if question.takes_one else 3]
        picked = ["3", "14", "15"] if question.kind == "span" else picked
        sure = ("sure", "unsure")[number % 2]
        given = {"picked": picked, "text": "", "sure": sure, "hints": number % 3, "committed": True}
        if number % 4 == 0:
            answers.put(question.name, given | {"picked": picked[-1:]})
        answers.put(question.name, given)
    words = words_of(answers.article)
    for exercise, start in zip(read.marking, (1, 4), strict=False):
        marked = [word for number, word in enumerate(words[start::20])]
        marks = [students_mark(layer, label, Span(word.start, word.end), sure=word.start % 3 > 0) for word in marked]
        answers.put_marks(exercise, marks)
        answers.put(exercise, {"committed": True, FIRST: [mark.to_dict(answers.article.text) for mark in marks[2:]]})
    code = to_code(handed_in(lesson), lesson)
    assert len(code) < 1000
    assert re.fullmatch(f"{START}[A-Z2-7]+{END}", code)


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "Dear Ms Berg,\nhere is my code: {}\nBest, Amira",
        "> {}\n> Bye",
        '"Amira K","{}"\r\n',
    ],
)
@pytest.mark.parametrize(
    "changed",
    [
        lambda code: code,
        str.lower,
        lambda code: "\n> ".join(code[start : start + 60] for start in range(0, len(code), 60)),
        lambda code: "=\r\n".join(code[start : start + 75] for start in range(0, len(code), 75)),
        lambda code: code.replace("-", "–"),
        lambda code: code.replace("O", "0").replace("I", "1"),
    ],
    ids=["as it is", "small letters", "mail", "quoted-printable", "dashes", "misread"],
)
def test_a_code_survives_the_way_to_the_teacher(code, changed, around):
    (found,) = find_codes(around.format(changed(code)))
    assert from_code(found)["readings"] == from_code(code)["readings"]


def test_codes_follow_each_other(code):
    assert find_codes(f"{code}{code} {code[:40]} {code}") == [code, code, code[:40], code]


def damaged(code):
    middle = len(code) // 2
    return code[:middle] + ("A" if code[middle] != "A" else "B") + code[middle + 1 :]


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        (damaged, "is damaged"),
        (lambda code: code[:40] + code[44:], "is damaged"),
        (lambda code: code[:-4], "is not whole"),
        (lambda code: START + END, "is damaged"),
        (lambda code: START + "A" * 30_000 + END, "is damaged"),
        (lambda code: START + "ÄÖ" + END, "is damaged"),
        (lambda code: code[5:], "There is no code"),
    ],
)
def test_a_spoiled_code_is_named(code, spoiled, said):
    with pytest.raises(KitError, match=said) as error:
        from_code(spoiled(code))
    if "no code" not in said:
        assert code[:5] in str(error.value)


def marked(*rounds, article="blinken", sha="a637a087"):
    return [LESSON, "", 0, {}, {article: [sha, {"mark": [*rounds]}]}]


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (["02_who_says_no", "", 0, {}, {}], "for a lesson '02_who_says_no', which isn't here"),
        (marked({"attribution/cue": [1, 4]}, 0, sha="00000000"), "another version of the text 'blinken'"),
        (marked({}, 0, article="ferry_7"), "a text 'ferry_7', which the lesson doesn't have"),
        (marked({"attribution/cue": [9_999, 4]}, 0), "marks what isn't in the text"),
        (marked({"attribution/cue": ["1", 4]}, 0), "marks what isn't in the text"),
        (marked({"nothing/cue": [1, 4]}, 0), "marks what isn't in the text"),
        (marked({}), "marks what isn't in the text"),
        ([LESSON, "", 0, {}, {"blinken": ["a637a087", 3]}], "damaged"),
        ([LESSON, "", 0, {"nested": "!1."}, {}], "damaged"),
        ([LESSON, "", 0, {"nested": ["!1.", 3]}, {}], "damaged"),
        ([LESSON, 3, 0, {}, {}], "damaged"),
        ([LESSON, "", 10**30, {}, {}], "damaged"),
        ([LESSON], "damaged"),
        (3, "damaged"),
    ],
)
def test_a_code_with_whatever_in_it_is_told_in_a_sentence(held, said, code, monkeypatch):
    monkeypatch.setattr("kit.course.hand_in_code._unpack", lambda code: held)
    with pytest.raises(KitError, match=said) as error:
        from_code(code)
    assert START in str(error.value)


def test_the_form_hands_in_the_lesson_and_shows_its_code(folder):
    answer()
    form = kit.HandIn(LESSON)
    assert (form.file, form.code, form.qr) == ("", "", [])
    assert not (folder / "handed-in").exists()  # nothing is written unless somebody hands in
    form._asked(form, {"do": "lesson", "name": " Amira K ", "id": "1"}, [])
    file = folder / "handed-in" / form.file
    assert (
        json.loads(form.content)
        == json.loads(file.read_bytes())
        == handed_in() | {"at": json.loads(form.content)["at"]}
    )
    assert from_code(form.code)["name"] == "Amira K"
    assert form.written.startswith("Written: answers/handed-in/02_who_says_so_Amira-K.json. ")
    assert form.written.endswith("4 exercises of the core are still open.")
    assert len(form.qr) == len(form.qr[0]) > 21
    form.hand_in(every=True)
    assert (form.file, form.code, form.qr) == ("all_lessons_no-name.json", "", [])
    assert json.loads(form.content)["name"] == ""


@pytest.mark.parametrize(
    "asked", [{}, {"do": "lesson"}, {"do": "lesson", "name": 3}, {"do": "print", "name": "x"}, None]
)
def test_what_no_browser_of_ours_asks_hands_in_nothing(folder, asked):
    form = kit.HandIn(LESSON)
    form._asked(form, asked, [])
    assert form.file == ""
    assert not folder.exists()


def test_a_folder_that_can_not_be_written_is_a_sentence(folder):
    folder.write_text("a file in the way")
    form = kit.HandIn(LESSON)
    form.hand_in()
    assert "can't be written" in form.problem
    assert form.file == ""


def test_no_name_is_in_what_is_handed_in_without_one(code):
    form = kit.HandIn(LESSON)
    form.hand_in()
    assert json.loads(form.content)["name"] == from_code(form.code)["name"] == ""
