"""A teacher's lesson in a folder of their own: found, checked, counted and handed in as the kit's lessons are."""

import json
import subprocess
import sys

import nbformat
import pytest
from conftest import ROOT

import kit
from kit.course.answers import forget_open, open_answers
from kit.course.answers_folder import answers_folder
from kit.course.lesson_files import comes_last, lesson_before, lessons, own_folder
from kit.course.lessons import find_question, read_lesson
from kit.errors import KitError
from kit.sources.load import load

ARTICLE = '+++\ntitle = "The bridge"\n+++\nThe old bridge may close, the mayor of Port Vorn said on Monday.\n'
QUESTIONS = """
title = "The old bridge"
article = "bridge.md"

[marking]
mark = "Mark how sure the report is"

[[item]]
id = "who"
kind = "choice"
opening = true
title = "Who says so?"
question = "Who says that the bridge may close?"
hints = ["Look for “said”."]
[[item.option]]
id = "mayor"
text = "The mayor"
right = true
feedback = "The mayor said it on Monday."
[[item.option]]
id = "reporter"
text = "The reporter"
feedback = "The reporter only tells what the mayor said."

[[item]]
id = "check"
kind = "choice"
assess = true
title = "How sure?"
question = "Will the bridge close?"
[[item.option]]
id = "yes"
text = "Yes"
[[item.option]]
id = "open"
text = "It is open"
"""
KEYS = """
[check]
right = ["open"]
hints = ["Look for “may”."]
feedback = { yes = "“May” leaves it open.", open = "“May” says so." }
"""
CELLS = (
    "import kit\narticle = kit.load('bridge.md')",
    "kit.Quiz('bridge/who')",
    "kit.Marker('bridge/mark', article, layer='hedge', labels=['modal'])",
    "kit.Quiz('bridge/check')",
    "kit.progress('bridge')",
)
MAY = {"first": 3, "last": 3, "label": "modal", "sure": True}


def write_lesson(folder, keys):
    files = {"bridge.md": ARTICLE, "items/bridge.toml": QUESTIONS, "keys/bridge.toml": keys}
    for name, text in files.items():
        if text is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The teacher's folder, with a notebook's kernel in it."""
    monkeypatch.delenv("BTL_ANSWERS", raising=False)
    forget_open()
    folder = tmp_path / "my class"
    write_lesson(folder, KEYS)
    monkeypatch.chdir(folder)
    return folder


def states(lesson="bridge"):
    return {exercise.name: exercise.state for exercise in kit.progress(lesson).exercises}


def answered(exercise, picked):
    quiz = kit.Quiz(exercise)
    quiz.picked, quiz.sure = [picked], "sure"
    quiz.commit()
    return quiz


def test_it_is_found_from_its_notebook_and_from_folders_below(folder, monkeypatch):
    kits = lessons()[:-1]
    assert (lessons()[-1], own_folder()) == ("bridge", folder)
    below = folder / "week 2" / "group a"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert find_question("bridge/who").title == "Who says so?"
    monkeypatch.chdir(folder.parent)
    assert (lessons(), own_folder()) == (kits, None)
    with pytest.raises(KitError, match=r"'bridge'\. .* 06_your_article\. One of your own is found from"):
        find_question("bridge/who")


def test_nobody_looks_above_the_course(folder, monkeypatch):
    course = folder / "course" / "notebooks"
    course.mkdir(parents=True)
    monkeypatch.chdir(course)
    assert own_folder() is None
    (course.parent / "items").mkdir()
    (course.parent / "items" / "mine.toml").write_text(QUESTIONS, "utf-8")
    assert lessons()[-1] == "mine"


def test_the_kits_lessons_are_the_kits_in_a_copy_of_the_course_too(folder):
    copied = (ROOT / "exercises/items/02_who_says_so.toml").read_text("utf-8")
    (folder / "items" / "02_who_says_so.toml").write_text(copied.replace("Who says so?", "Old"), "utf-8")
    assert lessons().count("02_who_says_so") == 1
    assert read_lesson("02_who_says_so").title == "Who says so?"


def test_its_answers_are_beside_it_and_counted(folder):
    assert states() == {"who": "untouched", "check": "untouched", "mark": "untouched"}
    answered("bridge/who", "mayor")
    kit.Quiz("bridge/check").picked = ["open"]
    assert answers_folder() == folder / "answers"
    assert states() == {"who": "done", "check": "begun", "mark": "untouched"}
    everything = kit.progress()
    assert everything.exercises[-3:] == kit.progress("bridge").exercises
    assert "\nThe old bridge: 1 done, 1 begun, 1 untouched\n" in repr(everything)


def test_marks_on_its_own_article_count(folder):
    marker = kit.Marker("bridge/mark", load("bridge.md"), layer="hedge", labels=["modal"])
    marker.marks = [MAY]
    assert states()["mark"] == "begun"
    marker.commit()
    assert states()["mark"] == "done"
    assert [path.name for path in (folder / "answers").glob("*.json")] == ["bridge.json"]
    forget_open()
    assert states()["mark"] == "done"


def test_marks_on_articles_that_students_bring_count(folder):
    items = folder / "items" / "bridge.toml"
    header = 'own_article = true\nexamples = ["bridge.md"]'
    items.write_text(QUESTIONS.replace('article = "bridge.md"', header), "utf-8")
    paste = kit.Paste("bridge/first", example="bridge.md")
    kit.Marker("bridge/mark", paste.article, layer="hedge", labels=["modal"]).marks = [MAY]
    assert states()["mark"] == "begun"
    paste.use("A mill may close, the owner of it said.")
    forget_open()
    marker = kit.Marker("bridge/mark", paste.article, layer="hedge", labels=["modal"])
    marker.marks = [MAY | {"first": 2, "last": 2}]
    marker.commit()
    assert states()["mark"] == "done"
    page = kit.hand_in().page.read_text("utf-8")
    for title in ("The bridge", "A mill may close, the owner of it said."):
        assert f"{title}: 1 marked</p><ul><li>may (" in page


def test_it_is_handed_in(folder):
    answered("bridge/who", "reporter")
    marker = kit.Marker("bridge/mark", load("bridge.md"), layer="hedge", labels=["modal"])
    marker.marks = [MAY]
    done = kit.hand_in("Kim")
    assert done.file == folder / "answers" / "handed-in" / "all_lessons_Kim.json"
    data = json.loads(done.file.read_text("utf-8"))
    assert {one["exercise"]: one["state"] for one in data["progress"] if one["lesson"] == "bridge"} == states()
    assert data["readings"]["bridge"]["answers"]["who"]["picked"] == ["reporter"]
    [mark] = data["readings"]["bridge"]["annotations"]
    assert (mark["label"], mark["text"]) == ("modal", "may")
    page = done.page.read_text("utf-8")
    assert "<h2>The old bridge</h2>" in page
    assert '<blockquote class="answer">The reporter</blockquote>' in page
    assert "The bridge: 1 marked" in page


def test_its_lessons_come_after_each_other(folder):
    (folder / "items" / "mill.toml").write_text(QUESTIONS, "utf-8")
    assert lessons()[-2:] == ("bridge", "mill")
    assert lesson_before("mill") == "bridge"
    assert [quiz.item.id for quiz in kit.Quiz.review("mill").quizzes] == ["bridge/who"]
    with pytest.raises(KitError, match="no lesson with questions before bridge"):
        lesson_before("bridge")
    assert [comes_last(lesson) for lesson in ("bridge", "mill", "06_your_article")] == [False, True, True]
    assert "next lesson" in answered("bridge/who", "reporter").feedback["headline"]
    assert "next lesson" not in answered("mill/who", "reporter").feedback["headline"]


def test_no_key_reaches_students(folder):
    assert answered("bridge/check", "yes").feedback["rows"] == []
    keyed = read_lesson("bridge", with_keys=True).questions[1]
    assert [option.id for option in keyed.options if option.right] == ["open"]


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("items/bridge.toml", 'text = "The mayor"', "", "bridge.toml, item who: it has no text. Compare it with"),
        ("items/bridge.toml", "right = true", "", "bridge.toml, item who: no option is right."),
        ("items/bridge.toml", "[[item]]", "[[item]", "bridge.toml is not valid TOML: "),
        ("items/bridge.toml", '"bridge.md"', '"brigde.md"', "bridge.toml: there is no file 'brigde.md' beside items/"),
        ("items/bridge.toml", 'text = "Yes"', 'text = "Yes"\nright = true', "and feedback belong into my class/keys."),
        ("bridge.md", ARTICLE, " ", "bridge.toml, article 'bridge.md': "),
    ],
)
def test_a_mistake_in_it_is_named_in_a_sentence(folder, file, old, new, sentence):
    text = (folder / file).read_text("utf-8")
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    for ask in (lambda: kit.Quiz("bridge/who"), kit.progress, kit.hand_in, lambda: open_answers("bridge")):
        with pytest.raises(KitError) as refused:
            ask()
        assert sentence in str(refused.value)
        assert len(str(refused.value).splitlines()) == 1


def test_a_file_that_cannot_name_a_lesson(folder):
    (folder / "items" / "the mill.toml").write_text(QUESTIONS, "utf-8")
    with pytest.raises(KitError, match=r"^items/the mill\.toml can't name a lesson: use .* Rename the file\.$"):
        kit.progress()


VARIANTS = {
    "whole": KEYS,
    "misspelt": KEYS.replace('right = ["open"]', 'right = ["maybe"]'),
    "unwritten": "# to be written\n",
    "without keys": None,  # as students have it
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """What `kit check` says of the lesson with each of these keys."""
    place = tmp_path_factory.mktemp("classes")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    for name, keys in VARIANTS.items():
        write_lesson(place / name, keys)
        nbformat.write(notebook, place / name / "bridge.ipynb")
    command = [sys.executable, "-m", "kit", "check", *VARIANTS]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, encoding="utf-8", timeout=240)
    assert (done.stderr, done.returncode) == ("", 1)
    assert list(place.rglob("answers")) == []
    return done.stdout


def test_kit_check_answers_it_by_its_keys(checked):
    [line] = [line for line in checked.splitlines() if "whole/bridge.ipynb" in line]
    assert line.startswith("ok ")
    assert "5 cells run, 3 answers tried" in line


@pytest.mark.parametrize(
    ("variant", "sentence"),
    [
        ("misspelt", "keys/bridge.toml, check: its key names an option 'maybe'"),
        ("unwritten", "items/bridge.toml, item check: its key is missing. Write it into unwritten/keys"),
    ],
)
def test_kit_check_names_a_key_that_does_not_fit(checked, variant, sentence):
    [said] = [part for part in checked.split("\n\n") if part.startswith(f"{variant}/bridge.ipynb\n")]
    assert sentence in said


def test_kit_check_passes_the_copies_of_students_who_have_no_keys(checked):
    [line] = [line for line in checked.splitlines() if "without keys/bridge.ipynb" in line]
    assert line.startswith("ok ")
