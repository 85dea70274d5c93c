"""`kit lesson`: a lesson on an article of a teacher's own, made by the kit, works as the kit's lessons do."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from html import unescape
from pathlib import Path

import pytest

import kit
from kit.classroom.lesson_article import LONG, check_length
from kit.classroom.lesson_marking import LABELS
from kit.classroom.lesson_places import Places
from kit.classroom.lesson_questions import ask
from kit.classroom.model_answers import disagreement
from kit.classroom.new_lesson import LONGEST_CORE, lesson_name
from kit.cli import main
from kit.course import lesson_map
from kit.course.answers import forget_open
from kit.course.lessons import read_lesson
from kit.course.minutes import parts_of
from kit.course.other_readings import other_readings
from kit.errors import KitError
from kit.text.article import read_text

ARTICLES = Path(__file__).parent / "examples" / "new_lesson"
NAMES = sorted(path.stem for path in ARTICLES.glob("*.txt"))
WHOLE = ("agency", "court", "press", "science", "sport")  # long enough, with people who speak

# What a careful person would say: an exercise, and what its right option must be wherever it asks of this sentence.
RIGHT = [
    ("agency", "who-says", "called the decision", "Peder Lunt"),
    ("agency", "not-told", "is expected to vote", "We aren't told"),
    ("agency", "silent", "", "The island council"),
    ("agency", "how-sure", "is expected to vote", "expected"),
    ("court", "who-says", "treated like a criminal", "Ester Grann"),
    ("court", "signal", "with a red cap", "testified"),
    ("sport", "quoted", "had a clear view", "The reporter's: all of it is retold"),
    ("press", "silent", "", "The families"),
    ("interview", "who-says", "the money isn't there", "The mayor"),
    ("science", "whose-word", "a small miracle", "Maren Tolk"),
    ("feature", "no-source", "smells of oil", "The reporter: no source is named"),
    ("short", "how-sure", "may hurt children", "may"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with a lesson on each of the articles, and what was said of each."""
    folder, said = tmp_path_factory.mktemp("lessons") / "my class", {}
    with pytest.MonkeyPatch.context() as patch:
        for name in NAMES:
            lines: list[str] = []
            patch.setattr("builtins.print", lambda *texts, lines=lines, **_: lines.extend(map(str, texts)))
            assert main(["lesson", str(ARTICLES / f"{name}.txt"), "-o", str(folder)]) == 0
            said[name] = "\n".join(lines)
    return folder, said


@pytest.fixture
def folder(made, tmp_path, monkeypatch):
    """The folder, as a notebook's kernel has it; answers go elsewhere."""
    monkeypatch.setenv("BTL_ANSWERS", str(tmp_path / "answers"))
    monkeypatch.chdir(made[0])
    forget_open()
    return made[0]


def code(folder, name):
    cells = json.loads((folder / f"{name}.ipynb").read_bytes())["cells"]
    return "\n".join(cell["source"] for cell in cells if cell["cell_type"] == "code")


@pytest.mark.parametrize("name", NAMES)
def test_each_question_is_complete_and_right_by_its_key(folder, name):
    lesson = read_lesson(name, with_keys=True)
    assert [problem for question in lesson.questions if (problem := disagreement(question))] == []
    assert all(option.feedback for question in lesson.questions for option in question.options)
    asked = re.findall(rf'kit\.\w+\("{name}/([\w-]+)"', code(folder, name) + code(folder, f"{name}_exercises"))
    exercises = {*(question.name for question in lesson.questions), *lesson.marking}
    assert sorted(asked) == sorted(exercises)  # each once
    assert set(lesson.core) <= exercises


@pytest.mark.parametrize("name", WHOLE)
def test_an_article_in_which_people_speak_makes_a_whole_lesson(folder, name):
    lesson = read_lesson(name, with_keys=True)
    sealed = [question for question in lesson.questions if question.assess]
    marking = [one for one in lesson.marking if one.startswith("mark-")]
    assert len(lesson.questions) - len(sealed) >= 8
    assert len(sealed) >= (4 if name == "press" else 5)  # a press release has few voices
    assert len({question.kind for question in sealed}) >= 3
    assert len(marking) >= 3
    assert "rewrite" in lesson.marking


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("feature", "The kit found nobody but the reporter who speaks in it"),
        ("feature", "so this is a smaller lesson"),
        ("court", "The kit found no word that carries a view"),
        ("short", "Only 1 question to hand in, where our lessons have more"),
        ("interview", "It looks like an interview"),
        ("press", "It looks like a press release"),
        ("agency", "14 questions with feedback, 6 to hand in, 4 marking tasks and a passage to rewrite."),
    ],
)
def test_a_teacher_hears_what_it_holds_and_what_it_lacks(made, name, sentence):
    assert sentence in made[1][name]


@pytest.mark.parametrize(("name", "exercise", "words", "right"), RIGHT)
def test_what_counts_as_right_is_right(folder, name, exercise, words, right):
    found = [one for one in read_lesson(name).questions if one.name.startswith(exercise) and words in one.passage]
    assert found
    assert [option.text for option in found[0].options if option.right] == [right]


@pytest.mark.parametrize("name", NAMES)
def test_no_key_stands_where_students_can_read_it(folder, name):
    items = tomllib.loads((folder / "items" / f"{name}.toml").read_text("utf-8"))["item"]
    keys = tomllib.loads((folder / "keys" / f"{name}.toml").read_text("utf-8"))
    sealed = [item for item in items if item.get("assess")]
    assert {item["id"] for item in sealed} == set(keys)
    for item in sealed:
        assert set(item) <= {"id", "kind", "title", "assess", "where", "passage", "question", "option"}
        assert all(set(option) == {"id", "text"} for option in item["option"])
    passages = [item["passage"] for item in items if "passage" in item and not item.get("assess")]
    assert not {item.get("passage") for item in sealed} & set(passages)  # whose feedback would tell


def test_where_the_right_option_stands_tells_nothing(folder):
    keys = [
        [option.right for option in question.options].index(True)
        for name in NAMES
        for question in read_lesson(name, with_keys=True).questions
        if question.kind == "choice" and not question.guess
    ]
    assert all(keys.count(place) >= 5 for place in (0, 1, 2))


@pytest.mark.parametrize("name", NAMES)
def test_its_core_fits_into_half_an_hour_and_its_minutes_are_said(folder, name):
    notebook = folder / f"{name}.ipynb"
    core, more = parts_of(notebook)
    assert core.minutes <= LONGEST_CORE
    assert set(core.exercises) == {f"{name}/{one}" for one in read_lesson(name).core}
    head = json.loads(notebook.read_bytes())["cells"][0]["source"]
    assert f"core: about {core.stated} minutes; more, if you like: about {more.stated} |" in head


def test_in_an_interview_nothing_is_said_to_be_the_reporters(folder):
    questions = read_lesson("interview", with_keys=True).questions
    right = [option.text for question in questions for option in question.options if option.right]
    assert right
    assert not [text for text in right if text.startswith("The reporter:") or text == "The reporter"]


def test_of_words_like_about_those_before_a_number_are_asked_about():
    text = (
        "Police said two fans were slightly hurt at the ground. About 9,000 people watched the match on Saturday night."
    )
    reading = kit.annotate(text)
    assert {"slightly", "About"} <= {mark.span.of(text) for mark in reading.layer("hedge")}
    asked = [place.values["word"] for place in Places(reading) if place.template in ("how-sure", "whose-doubt")]
    assert set(asked) == {"About"}


@pytest.mark.parametrize(
    ("text", "template", "words"),
    [
        (
            "Buses are late. It is that the bus does not come at night. Tom Orr said so.",
            "no-source",
            "It is",
        ),
        ("- The school in Lorne has no roof on it now.\n\n- It will rain, said Tom Orr.", "no-source", "- The"),
        (
            "Ada Voss built it. Ada Voss died.\n\nIt is old, Tom Orr said on Monday. It is new, Kim Berg said.",
            "silent",
            "Voss",
        ),
        ("Meals cost more in the north of Velmar, figures obtained by this newspaper show.", "no-source", "Meals"),
    ],
)
def test_what_a_reader_could_not_answer_is_not_asked(text, template, words):
    places = Places(kit.annotate(read_text(text)))
    asked = [place for place in places if place.template == template]
    told = [places.passage(place.sentence) if place.sentence >= 0 else str(place.options) for place in asked]
    assert not [passage for passage in told if words in passage]


def test_a_sentence_to_check_is_said_to_have_no_source_only_where_it_has_none():
    text = "'It was the best night of all my life so far,' said one visitor, Tim Orr."
    look_back = next(one for one in ask(Places(kit.annotate(read_text(text)))) if one.name == "look-back")
    assert "only one source says so" in look_back.table["model"]


def test_a_press_release_is_called_one(folder):
    cells = {name: (folder / f"{name}.ipynb").read_text("utf-8") for name in NAMES}
    assert [name for name in NAMES if "This looks like a press release" in cells[name]] == ["press"]


@pytest.mark.parametrize(("words", "said"), [(LONG + 50, "minutes for reading alone. Could you cut it?"), (LONG, "")])
def test_a_long_text_is_called_long(words, said):
    assert check_length(read_text("word " * words)).endswith(said)


def test_nothing_is_written_over(folder, capsys):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert main(["lesson", str(ARTICLES / "agency.txt"), "-o", str(folder)]) == 2
    assert "items/agency.toml" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Der Bürgermeister sagte am Montag, dass die alte Brücke nicht sicher ist. " * 5, "not English"),
        ("Rain may come, the mayor of Port Vorn said.", "fewer than 40 words"),
        ("The bridge is old and grey. " * 12 + "Why is it so? Who knows? And when? " * 3, "too little"),
        ("", "empty"),
        ("It rained in Port Vorn, the mayor said. " * 1000, "8,000 words: to read it alone would take a class 61 min"),
    ],
)
def test_what_no_lesson_can_be_made_of_is_refused_in_a_sentence(tmp_path, capsys, text, sentence):
    (tmp_path / "mine.txt").write_text(text, "utf-8")
    assert main(["lesson", str(tmp_path / "mine.txt"), "-o", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert len(said.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_hostile_words_stay_words(tmp_path, monkeypatch):
    title = 'A "quay" for {title} | <img src=x onerror=alert(1)> [me](javascript:x) """ \\'
    text = (
        (ARTICLES / "agency.txt")
        .read_text("utf-8")
        .replace("Peder Lunt", "Peder {cue} Lunt")
        .replace("Voss", 'Vo"ss\\')
    )
    (tmp_path / "x.txt").write_text(f"+++\ntitle = {json.dumps(title)}\n+++\n{text}", "utf-8")
    assert main(["lesson", str(tmp_path / "x.txt"), "-o", str(tmp_path / "out")]) == 0
    monkeypatch.chdir(tmp_path / "out")
    lesson = read_lesson("x", with_keys=True)
    assert (lesson.title, lesson.article.title) == (title, title)
    assert [problem for question in lesson.questions if (problem := disagreement(question))] == []
    head = json.loads(Path("x.ipynb").read_bytes())["cells"][0]["source"].splitlines()[0]
    shown = re.fullmatch(r'# <span class="mathjax_ignore tex2jax_ignore">(.*)</span>', head)[1]  # no formula in it
    assert unescape(shown) == title
    assert not re.search(r"[<>\[\]|`*_$\\]", shown)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(" said", "–said"),  # no word of its own
        lambda text: text.replace(", ", " – "),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: f"{text}\n\n{text}",  # each sentence twice
        lambda text: "\n\n".join(text.split("\n\n")[1:]),  # no headline
    ],
)
def test_an_odd_text_makes_a_lesson_that_holds_together(tmp_path, monkeypatch, change):
    (tmp_path / "odd.txt").write_bytes(change((ARTICLES / "agency.txt").read_text("utf-8")).encode())
    assert main(["lesson", str(tmp_path / "odd.txt"), "-o", str(tmp_path / "out")]) == 0
    monkeypatch.chdir(tmp_path / "out")
    questions = read_lesson("odd", with_keys=True).questions
    assert [problem for question in questions if (problem := disagreement(question))] == []
    passages = [question.passage for question in questions if question.assess and question.passage]
    assert not set(passages) & {question.passage for question in questions if not question.assess}


def test_of_a_page_only_the_article_is_taken(tmp_path, monkeypatch):
    paragraphs = (ARTICLES / "sport.txt").read_text("utf-8").strip().split("\n\n")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs[1:])
    page = f"<html><body><nav>Home News</nav><article><h1>{paragraphs[0]}</h1>{body}</article></body></html>"
    (tmp_path / "Über uns.html").write_text(page, "utf-8")
    assert main(["lesson", str(tmp_path / "Über uns.html"), "-o", str(tmp_path / "out")]) == 0
    monkeypatch.chdir(tmp_path / "out")
    article = read_lesson("uber_uns").article
    assert article.text.strip().split("\n\n") == paragraphs
    assert article.title == paragraphs[0]


@pytest.mark.parametrize(
    ("stem", "title", "name"),
    [("My Article (1)", "", "my_article_1"), ("02_who_says_so", "", "my_02_who_says_so"), ("__", "?", "article")],
)
def test_a_lesson_is_called_after_its_file_and_never_like_one_of_ours(stem, title, name):
    assert lesson_name(stem, title) == name


def test_progress_the_map_handing_in_and_the_class_know_it(folder, tmp_path):
    quiz = kit.Quiz("agency/who-says")
    quiz.picked, quiz.sure = [option.id for option in quiz.item.options if option.right], "sure"
    quiz.commit()
    assert quiz.feedback["verdict"] == "right"
    assert [one.name for one in kit.progress("agency").of("done")] == ["who-says"]
    shown = {one["id"]: one for one in lesson_map.look("agency")["lessons"]}["agency"]
    assert (shown["notebook"], shown["exercises"], shown["done"]) == ("agency.ipynb", "agency_exercises.ipynb", 1)
    marker = kit.Marker("agency/mark-who", read_lesson("agency").article, layer="attribution", labels=["cue"])
    marker.marks = [{"first": 4, "last": 4, "label": "cue", "sure": True}]
    marker.commit()
    file = kit.hand_in("Kim").file
    assert json.loads(file.read_text("utf-8"))["readings"]["agency"]["answers"]["who-says"]["committed"]
    assert main(["class", str(file), "-o", str(tmp_path / "class.html"), "--names"]) == 0
    page = (tmp_path / "class.html").read_text("utf-8")
    for told in ("Kim", "Ferry to Lune to stop for six weeks as hull is repaired", "Who tells the reporter"):
        assert told in page


def drafted(lesson):
    return {layer: kit.draft_reading(lesson, layer) for layer in LABELS}


def test_a_teacher_corrects_the_draft_and_students_see_the_careful_reader(folder):
    with pytest.raises(KitError, match="'attribution' was never opened"):
        kit.save_reading("court")
    markers = drafted("court")
    article = read_lesson("court").article
    kits = kit.annotate(article)
    word = {"first": 0, "last": 0, "label": "loaded", "sure": True}
    markers["framing"].marks = [word]
    hedges = [mark for mark in kits.layer("hedge") if mark.span.of(article.text) != "partly"]
    words = [one.span.of(article.text) for one in kits.layer("hedge")]
    markers["hedge"].marks = [
        mark for mark, text in zip(markers["hedge"].marks, words, strict=True) if text != "partly"
    ]
    assert drafted("court")["framing"].marks == [word]  # opened again, it is as it was left
    path = kit.save_reading("court")
    assert path == folder / "readings" / "court.json"
    try:
        _, careful = other_readings(article)
    finally:
        shutil.rmtree(path.parent)
    assert careful.reader == "the careful reader"
    assert [(one.span.of(article.text), one.label) for one in careful.layer("framing")] == [("Baker", "loaded")]
    for layer, kept in (("hedge", hedges), ("attribution", kits.layer("attribution"))):  # reasons, voices and all
        assert [one.to_dict(article.text) for one in careful.layer(layer)] == [
            one.to_dict(article.text) for one in kept
        ]


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: kit.draft_reading("court", "passive"), "There is no draft of 'passive'. Choose from: attribution"),
        (lambda: kit.draft_reading("no_such", "hedge"), "There is no lesson 'no_such'."),
        (lambda: kit.save_reading("02_who_says_so"), "There is no lesson '02_who_says_so' of your own here."),
    ],
)
def test_a_draft_that_cannot_be_is_refused_in_a_sentence(folder, ask, sentence):
    with pytest.raises(KitError) as refused:
        ask()
    assert str(refused.value).startswith(sentence)


def test_its_keys_are_shown_from_wherever_one_is(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--show-keys", str(folder / "court.ipynb")]) == 0
    shown = capsys.readouterr().out
    assert "court/check-1 · Who says so? (to hand in)" in shown
    assert "✓ Ester Grann" in shown
    assert "agency" not in shown


def test_kit_check_passes_at_once(folder):
    notebooks = ["agency.ipynb", "for_teacher/agency.ipynb"]
    done = subprocess.run(
        [sys.executable, "-m", "kit", "check", *notebooks], capture_output=True, encoding="utf-8", timeout=240
    )
    assert (done.stderr, done.returncode) == ("", 0), done.stdout
    tried = [int(count) for count in re.findall(r"(\d+) answers tried", done.stdout)]
    assert len(tried) == 2
    assert sum(tried) >= 12
    assert not (folder / "readings").exists()  # a check saves nothing
