"""What goes wrong in a class: files that can't be used, notebooks moved, cells skipped. The lesson goes on."""

import ast
import contextlib
import json
import re
import shutil

import pytest
from conftest import ROOT
from each_exercise import EXERCISES, LESSON, OWN, each_exercise, said

from kit.classroom.check import find_notebooks
from kit.classroom.model_answers import answer_all, note_down
from kit.course import answers
from kit.course.hand_in import hand_in
from kit.course.progress import progress
from kit.errors import KitError
from kit.readings.reading import Reading
from kit.text.article import read_text
from kit.widgets.quiz import Quiz

pytestmark = pytest.mark.usefixtures("folder")


# ------------------------------------------------------------------------------------------ files

# What is there instead of a good file, and what is said about it.
FILES = {
    "broken": ("{", "it is damaged"),
    "cut off": ('{"schema": "reading/1", "article": {"id": "blinken", "ti', "it is damaged"),
    "empty": ("", "it is damaged"),
    "of another version": ('{"schema": "reading/2", "answers": {"look-back": {"text": "Old."}}}', "another version"),
    "from another article": (Reading(read_text(OWN), "").to_json(), "it belongs to another text"),
}


def in_a_new_kernel(make):
    answers.forget_open()
    return make()


@each_exercise
@pytest.mark.parametrize("file", FILES)
def test_a_file_that_cannot_be_used_is_set_aside(folder, kind, file):
    make, give, trait = EXERCISES[kind]
    content, sentence = FILES[file]
    folder.mkdir()
    path = folder / f"{LESSON}.json"
    path.write_text(content, "utf-8")
    widget = make()
    assert sentence in said(widget)
    assert said(widget).count(". ") == 0  # one sentence
    assert path.read_text("utf-8") == content  # looking changes nothing
    give(widget)
    given = getattr(widget, trait)
    assert (folder / f"{LESSON}.broken-1.json").read_text("utf-8") == content
    assert f"kept as {LESSON}.broken-1.json" in said(widget)
    again = in_a_new_kernel(make)
    assert getattr(again, trait) == given
    assert "broken" not in said(again)


@pytest.mark.parametrize("file", FILES)
def test_progress_and_what_is_handed_in_say_so_and_leave_the_file(folder, file):
    content, sentence = FILES[file]
    Quiz("02_who_says_so/why-said").text = "Words."
    path = folder / f"{LESSON}.json"
    path.write_text(content, "utf-8")
    answers.forget_open()
    [note] = progress(LESSON).notes
    assert sentence in note
    done = hand_in()
    assert sentence in repr(done)
    assert sentence in done.page.read_text("utf-8").replace("&#39;", "'")
    assert "02_who_says_so" in json.loads(done.file.read_text("utf-8"))["readings"]
    assert path.read_text("utf-8") == content


@each_exercise
def test_what_cannot_be_saved_is_said_and_saved_as_soon_as_it_can(folder, kind):
    make, give, trait = EXERCISES[kind]
    other = Quiz(f"{LESSON}/half-done")
    other.picked = ["0"]
    path = folder / f"{LESSON}.json"
    path.chmod(0o444)
    widget = make()
    before = path.read_bytes()
    give(widget)
    given = getattr(widget, trait)
    assert said(widget).startswith(f"Can't be saved in answers/{LESSON}.json (the file is read-only)")
    assert said(widget).count(". ") == 0
    assert path.read_bytes() == before
    assert getattr(make(), trait) == given  # the cell run again
    path.chmod(0o644)
    other.picked = ["1"]  # any answer at all
    assert "aved in answers/" in said(widget)
    assert getattr(in_a_new_kernel(make), trait) == given
    assert Quiz(f"{LESSON}/half-done").picked == ["1"]


@each_exercise
def test_a_file_deleted_while_the_notebook_is_open(folder, kind):
    make, give, trait = EXERCISES[kind]
    widget = make()
    give(widget)
    shutil.rmtree(folder)
    give(make())
    assert getattr(in_a_new_kernel(make), trait) == getattr(widget, trait)


def test_a_folder_where_the_file_should_be(folder):
    (folder / f"{LESSON}.json").mkdir(parents=True)
    quiz = Quiz(f"{LESSON}/look-back")
    assert "it can't be read" in said(quiz)
    quiz.text = "Words."
    assert "aved in answers/" in said(quiz)
    assert (folder / f"{LESSON}.broken-1.json").is_dir()


@each_exercise
def test_a_folder_that_cannot_be_used_at_all(tmp_path, monkeypatch, kind):
    """As one without permissions, which would be no hindrance to a test that root runs."""
    make, give, trait = EXERCISES[kind]
    monkeypatch.setenv("BTL_ANSWERS", str(tmp_path / ("x" * 300)))
    widget = make()
    assert "can't be read" in said(widget)
    give(widget)
    assert said(widget).startswith("Can't be saved in")
    assert getattr(make(), trait) == getattr(widget, trait)
    assert all("can't be read" in note or "Can't be saved" in note for note in progress().notes)
    with pytest.raises(KitError, match="can't be written"):
        hand_in()


@each_exercise
def test_a_file_where_the_folder_should_be(folder, kind):
    make, give, _ = EXERCISES[kind]
    folder.write_text("mine")
    widget = make()
    assert progress().notes == ()  # nothing is lost yet, and nothing set aside
    give(widget)
    assert said(widget).startswith("Can't be saved in")
    folder.unlink()
    give(make())
    assert "aved in answers/" in said(widget)


# ------------------------------------------------------------------------------------------ notebooks

LESSONS = [path for path in find_notebooks([ROOT / "notebooks", ROOT / "exercises"]) if re.match(r"\d\d_", path.name)]


@pytest.mark.parametrize("place", ["notebooks", "notebooks/mine", "exercises", "."])
def test_a_notebook_renamed_copied_or_moved_finds_its_answers(tmp_path, monkeypatch, place):
    monkeypatch.delenv("BTL_ANSWERS")
    for name in ("notebooks/mine", "exercises"):
        (tmp_path / "kit" / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "kit" / "notebooks")  # a kernel works in its notebook's folder
    Quiz(f"{LESSON}/look-back").text = "Mine."
    monkeypatch.chdir(tmp_path / "kit" / place)
    assert in_a_new_kernel(lambda: Quiz(f"{LESSON}/look-back")).text == "Mine."


def test_a_notebook_moved_away_starts_afresh_and_leaves_the_answers_where_they_are(tmp_path, monkeypatch):
    monkeypatch.delenv("BTL_ANSWERS")
    (tmp_path / "kit" / "notebooks").mkdir(parents=True)
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "kit" / "notebooks")
    Quiz(f"{LESSON}/look-back").text = "Mine."
    monkeypatch.chdir(tmp_path / "desk")
    quiz = in_a_new_kernel(lambda: Quiz(f"{LESSON}/look-back"))
    assert quiz.text == ""
    quiz.text = "New."
    assert json.loads((tmp_path / "desk" / "answers" / f"{LESSON}.json").read_text("utf-8"))["answers"]
    monkeypatch.chdir(tmp_path / "kit" / "notebooks")
    assert in_a_new_kernel(lambda: Quiz(f"{LESSON}/look-back")).text == "Mine."


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_cells_run_twice_backwards_or_skipped_lose_nothing(tmp_path, monkeypatch, read_once, path):
    """All cells, then answers; after that whatever order the cells are run in, they show these answers."""
    from ipywidgets.widgets import widget as made

    monkeypatch.chdir(path.parent)
    monkeypatch.setattr(made, "_instances", {})
    cells = ["".join(cell["source"]) for cell in json.loads(path.read_bytes())["cells"] if cell["cell_type"] == "code"]

    def shown(chosen, names):
        made._instances.clear()
        answers.forget_open()
        for cell in chosen:
            with contextlib.suppress(NameError):  # of a name from a cell that was skipped
                run(cell, names)
        note_down(str(tmp_path / "found.json"))
        return json.loads((tmp_path / "found.json").read_bytes())

    names = {}
    shown(cells, names)
    answer_all(str(tmp_path / "given.json"))
    given = json.loads((tmp_path / "given.json").read_bytes())
    asked = [name for cell in cells for name in re.findall(r"kit\.(Quiz|Marker|Rewriter|Quiz\.review)\(", cell)]
    assert len(given) == len(asked) + asked.count("Quiz.review")  # which asks two
    assert shown([cell for cell in reversed(cells) for _ in "12"], names) == given
    some = shown([cells[0], *cells[1::2]], {})
    assert some == {name: given[name] for name in some}


def run(cell, names):
    """A cell as a notebook runs it: the last expression is shown."""
    tree = ast.parse(cell)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    if last:
        shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
        assert repr(shown)
