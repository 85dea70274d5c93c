"""Notebooks: small cells, no outputs but those compared, links and questions that are there."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from pathlib import Path
from statistics import median
from urllib.parse import unquote

import pytest
from conftest import ROOT

from kit.classroom.check import COMPARED, find_notebooks
from kit.course.lesson_files import lesson_before, lessons
from kit.course.lessons import find_question, read_lesson
from kit.readings.labels import layers
from kit.render.marked_text import NOTES

NOTEBOOKS = find_notebooks([ROOT / "notebooks", ROOT / "exercises"])
LESSONS = [path for path in NOTEBOOKS if re.match(r"\d\d_", path.name)]
HEADER = ("You will", "Time", "You need", "Words")
LINK = re.compile(r"\]\(([^)\s]+)\)")


def cells(path: Path, kind: str) -> list[dict]:
    """The cells of a kind, their source as one text."""
    found = [cell for cell in json.loads(path.read_bytes())["cells"] if cell["cell_type"] == kind]
    return [cell | {"source": "".join(cell["source"])} for cell in found]


def written(path: Path) -> str:
    """All that is said in words."""
    return "\n\n".join(cell["source"] for cell in cells(path, "markdown"))


def trees(path: Path) -> list[ast.Module]:
    return [ast.parse(cell["source"]) for cell in cells(path, "code")]


def calls(path: Path, *names: str) -> list[list[str]]:
    """The calls of these functions of the kit, such as "Quiz": their arguments as they are written."""
    found = [node for tree in trees(path) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [[*map(ast.unparse, call.args)] for call in found if ast.unparse(call.func).removeprefix("kit.") in names]


def called(path: Path, *names: str) -> list[str]:
    """The exercises or lessons which these functions are called with."""
    return [ast.literal_eval(arguments[0]) for arguments in calls(path, *names) if arguments]


def anchors(path: Path) -> set[str]:
    """Where a link can lead inside a notebook: to a cell, or to a heading, whose place is named by its words."""
    ids = {f"cell-id={cell['id']}" for cell in json.loads(path.read_bytes())["cells"]}
    return ids | {title.strip().replace(" ", "-") for title in re.findall(r"^#+ (.+)$", written(path), re.M)}


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


each = pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=name)


@each
def test_it_names_its_kernel_and_holds_no_state(path):
    notebook = json.loads(path.read_bytes())
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert notebook["metadata"]["language_info"]["name"] == "python"
    assert "widgets" not in notebook["metadata"]
    assert (notebook["nbformat"], notebook["nbformat_minor"] >= 5) == (4, True)
    ids = Counter(cell["id"] for cell in notebook["cells"])
    assert max(ids.values()) == 1


@each
def test_only_what_is_compared_holds_output(path):
    for cell in cells(path, "code"):
        compared = COMPARED in cell["metadata"].get("tags", [])
        assert bool(cell["outputs"]) == compared, cell["source"]
        assert (cell["execution_count"] is not None) == compared, cell["source"]


@each
def test_no_stored_output_tells_what_is_asked(path):
    """Who scrolls down before answering sees stored outputs: no label, no kind of part may stand in them."""
    told = [label.name for layer in layers() for label in layer.labels] + list(NOTES) + list(NOTES.values())
    for cell in cells(path, "code"):
        shown = json.dumps(cell["outputs"]).lower()
        assert [word for word in told if re.search(rf"\b{re.escape(word)}\b", shown)] == []


def test_the_page_is_first_seen_without_a_label():
    first = ROOT / "notebooks" / f"{lessons()[1]}.ipynb"
    code = [cell["source"] for cell in cells(first, "code")]
    shows = [source for source in code if source.startswith("kit.show(")]
    asks = f'kit.Quiz("{lessons()[1]}/not-the-report")'
    assert shows[:2] == ["kit.show(story.plain)", "kit.show(story)"]
    assert code.index(shows[0]) < code.index(asks) < code.index(shows[1])


@each_lesson
def test_its_first_cell_imports_the_kit_and_no_other_imports_anything(path):
    first, *rest = trees(path)
    imports = [ast.unparse(node) for node in first.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert imports == ["import kit"]
    assert [node for tree in rest for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)] == []


@each_lesson
def test_its_cells_are_small_and_plain(path):
    sources = [cell["source"] for cell in cells(path, "code")]
    lines = [len(source.splitlines()) for source in sources]
    assert max(lines) <= 10
    assert median(lines) <= 3
    for source, tree in zip(sources, trees(path), strict=True):
        loud = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.While, ast.Try)
        assert not any(isinstance(node, loud) for node in ast.walk(tree)), source
        assert not re.search(r"</?[a-z]+[^<>]*>|%%|^[%!]", source, re.M), source


@pytest.mark.parametrize("path", [path for path in LESSONS if not path.name.startswith("00_")], ids=name)
def test_it_begins_with_a_title_and_a_table_of_what_to_expect(path):
    number = path.name[:2]
    first = cells(path, "markdown")[0]["source"]
    assert re.match(rf"# (Exercises )?{number} · \S", first)
    assert tuple(re.findall(r"^\| \*\*\[?(.+?)\]?(?:\(.*\))?\*\* \| \S", first, re.M)) == HEADER
    assert re.search(r"\[Words\]\((\.\./notebooks/)?glossary\.ipynb\)", first)


def parts(path: Path) -> list[int]:
    """The numbers of its parts, as they stand in their headings."""
    return [int(number) for number in re.findall(r"^## (\d+) ·", written(path), re.M)]


@each
def test_its_parts_are_counted(path):
    assert parts(path) == list(range(1, len(parts(path)) + 1))


@pytest.mark.parametrize("lesson", lessons()[1:])
def test_a_part_that_its_questions_name_is_there(lesson):
    named = re.findall(r"\b[Pp]art (\d+)\b", (ROOT / "exercises" / "items" / f"{lesson}.toml").read_text("utf-8"))
    assert {int(number) for number in named} <= set(parts(ROOT / "notebooks" / f"{lesson}.ipynb"))


@pytest.mark.parametrize("path", [path for path in LESSONS if path.parent.name == "exercises"], ids=name)
def test_there_is_enough_to_work_on_alone(path):
    assert len(called(path, "Quiz", "Marker", "Rewriter")) >= 12


@each
def test_its_links_lead_somewhere(path):
    for link in LINK.findall(written(path)):
        if link.startswith(("http:", "https:")):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / unquote(file)).resolve() if file else path
        assert target.is_relative_to(ROOT), link
        assert target.is_file(), link
        if anchor:
            assert unquote(anchor) in anchors(target), link


@each
def test_its_questions_are_there(path):
    for exercise in called(path, "Quiz"):
        find_question(exercise)
    for exercise, text, *_ in calls(path, "Marker"):
        lesson, _, marking = ast.literal_eval(exercise).partition("/")
        # The list of what is done tells of marks on the story; those on a text of the exercise's own are practice.
        assert marking in read_lesson(lesson).marking or text != "story", exercise
    for lesson in called(path, "Quiz.review"):
        assert lesson_before(lesson)
    for lesson in called(path, "progress"):
        assert lesson in lessons()


@each
def test_it_asks_nothing_twice(path):
    assert [asked for asked, times in Counter(called(path, "Quiz", "Marker", "Rewriter")).items() if times > 1] == []


@each_lesson
def test_a_lesson_opens_with_the_one_before(path):
    has_one_before = path.parent.name == "notebooks" and path.stem > lessons()[1]
    assert called(path, "Quiz.review") == [path.stem] * has_one_before


@pytest.mark.parametrize("lesson", lessons())
def test_each_question_is_asked_in_its_lesson_or_its_exercises(lesson):
    def used(*widgets: str) -> list[str]:
        return [used for path in NOTEBOOKS for used in called(path, *widgets) if used.startswith(f"{lesson}/")]

    there = read_lesson(lesson)
    assert sorted(used("Quiz")) == sorted(item.id for item in there.questions)
    assert {f"{lesson}/{marking}" for marking in there.marking} <= set(used("Marker", "Rewriter"))


@pytest.mark.parametrize("lesson", lessons()[1:])
def test_what_is_handed_in_is_asked_in_the_exercises(lesson):
    assessed = {item.id for item in read_lesson(lesson).questions if item.assess}
    assert len(assessed) >= 2
    assert assessed <= set(called(ROOT / "exercises" / f"{lesson}.ipynb", "Quiz"))
