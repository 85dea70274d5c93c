"""A class on a hub, as it is on a school's machine: eight at once, one server killed, the hub restarted in between."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from conftest import ROOT

from hub.conftest import PASSWORD, STUDENTS, TEACHER, Hub, running_hub
from hub.student import Student
from kit.course.lessons import read_lesson

pytestmark = pytest.mark.walk

LESSON = "02_who_says_so"
LINK = f"/hub/user-redirect/lab/tree/notebooks/{LESSON}.ipynb"
NOTEBOOK = f"notebooks/{LESSON}.ipynb"
OPTION = next(one for one in read_lesson(LESSON).questions if one.name == "before").options[0].id
KILLED, IN_BROWSER = STUDENTS[2], STUDENTS[7]


@pytest.fixture(params=[True, False], ids=["accounts", "one-account"])
def hub(request: pytest.FixtureRequest) -> Any:
    with running_hub(separate=request.param) as hub:
        refused = hub.command()
        assert refused.returncode == 1
        assert refused.stderr.startswith(f"{TEACHER} can read what everybody hands in, so set the password")
        assert hub.command("--password", TEACHER, typed=f"{PASSWORD}\n").returncode == 0
        hub.start()
        yield hub


def begin(student: Student) -> None:
    """Log in, arrive at the lesson, run it to its first question and answer that."""
    assert student.arrive(LINK).endswith(f"/user/{student.name}/lab/tree/{NOTEBOOK}")
    with student.notebook(NOTEBOOK) as notebook:
        widgets = {cell: notebook.run(cell) for cell in notebook.cells[:6]}
        question = widgets[f'kit.Quiz("{LESSON}/before")']
        told = notebook.say(question, do="commit", picked=[OPTION], sure="sure")
        assert {"done": "commit", "id": "1"} in told


def finish(student: Student) -> None:
    """Come back by the same link, mark a word, hand in."""
    student.arrive(LINK)
    with student.notebook(NOTEBOOK) as notebook:
        notebook.run(notebook.cells[0])
        marker = notebook.run(next(cell for cell in notebook.cells if f'{LESSON}/mark"' in cell))
        notebook.say(marker, do="mark", marks=[{"first": 4, "last": 4, "label": "cue", "sure": True}])
        notebook.say(marker, do="commit")
        form = notebook.run(f'kit.HandIn("{LESSON}")')
        told = notebook.say(form, do="lesson", name=student.name.title())
        written = " ".join(str(news.get("written", "")) for news in told)
        assert "Your teacher has it." in written, told


def test_a_class_works_and_hands_in(hub: Hub) -> None:
    students = [Student(hub.root, name) for name in STUDENTS]
    with ThreadPoolExecutor(len(students)) as together:
        list(together.map(begin, students))
        hub.kill(KILLED)
        hub.stop()  # with seven servers running
        assert all(hub.servers(name) for name in STUDENTS if name != KILLED)
        hub.start()
        list(together.map(finish, students))
    for name in STUDENTS:
        (file,) = (hub.drop / f"{name}@hub").iterdir()
        handed_in = json.loads(file.read_bytes())
        (reading,) = handed_in["readings"].values()
        assert reading["answers"]["before"]["committed"], "what was answered before the kill and the restart"
        assert [mark["label"] for mark in reading["annotations"]] == ["cue"]
    seen = teacher_sees(hub)
    assert seen["students"] == len(STUDENTS)
    check_apart(hub, students[0], students[1])


def teacher_sees(hub: Hub) -> dict[str, Any]:
    """What `kit class` makes of the drop folder."""
    table = hub.folder / "grades.csv"
    subprocess.run(
        [sys.executable, "-m", "kit", "class", hub.drop, "-o", hub.folder / "class.html", "--csv", table],
        cwd=ROOT,
        check=True,
        timeout=120,
    )
    rows = table.read_text("utf-8-sig").splitlines()
    assert all(any(name.title() in row for row in rows) for name in STUDENTS)
    return {"students": len(rows) - 1}


def check_apart(hub: Hub, one: Student, other: Student) -> None:
    """Who may read whose answers."""
    look = "import pathlib\nprint([bool(list(pathlib.Path(place).rglob('*'))) for place in {!r}])"
    places = [str(hub.folder / "data" / "homes" / other.name), str(hub.drop / f"{other.name}@hub")]
    with one.notebook(NOTEBOOK) as notebook:
        asked = notebook._send("execute_request", {"code": look.format(places), "silent": False})
        told = [content for kind, content in notebook._until_idle(asked) if kind in ("stream", "error")]
    assert told[0].get("text") == ("[False, False]\n" if hub.separate else "[True, True]\n"), told
    assert one.web.get(f"{hub.root}/user/{other.name}/api/contents", timeout=60).status_code in (403, 404)
