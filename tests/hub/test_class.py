"""A class on a hub, as it is on a school's machine: eight at once, one server killed, the hub restarted in between."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from e2e.lab import WAIT
from e2e.student import Mouse
from e2e.student import Student as Hands
from playwright.sync_api import expect

from hub.conftest import PASSWORD, STUDENTS, TEACHER, Hub, running_hub
from hub.student import Student
from kit.course.lessons import read_lesson

pytestmark = [pytest.mark.walk, pytest.mark.browser]

LESSON = "02_who_says_so"
LINK = f"/hub/user-redirect/lab/tree/notebooks/{LESSON}.ipynb"
NOTEBOOK = f"notebooks/{LESSON}.ipynb"
OPTION = next(one for one in read_lesson(LESSON).questions if one.name == "before").options[0].id
KILLED, SEEN = STUDENTS[2], STUDENTS[7]


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


class InBrowser:
    """A student who sees all of it: the log-in, the lesson view, its map."""

    def __init__(self, browser: Any, root: str, name: str) -> None:
        self.root, self.name = root, name
        self.page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        self.page.set_default_timeout(2 * WAIT)
        expect.set_options(timeout=WAIT)
        # While the hub is away JupyterLab may ask whether to start the server again. It runs, so: no.
        lost = self.page.get_by_role("dialog", name="Server unavailable or unreachable")
        self.page.add_locator_handler(lost, lambda asked: asked.get_by_role("button", name="Dismiss").click())

    def begin(self) -> None:
        """Follow the link, log in, answer the first question."""
        page = self.page
        page.goto(f"{self.root}{LINK}")
        page.get_by_label("Username:").fill(self.name)
        page.get_by_label("Password:").fill(f"{self.name}-knows")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"**/user/{self.name}/lab/tree/{NOTEBOOK}")
        self.settle()
        quiz = page.locator(".btl-quiz:visible", has_text="Before you read")
        while not quiz.count():
            self.onward()
        assert Hands(Mouse(self)).answer(quiz.first).answer  # type: ignore[arg-type]

    def finish(self) -> None:
        """Go on in the page that was open all the time, mark, hand in by the map."""
        page = self.page
        marker = page.locator(".btl-marker:visible")
        while not marker.count():
            self.onward()
        Hands(Mouse(self)).answer(marker.first)  # type: ignore[arg-type]
        page.get_by_role("button", name="Map").click()
        page.get_by_label("Your name, if your teacher wants it").fill(self.name.title())
        page.get_by_role("button", name="Hand in this lesson").click()
        page.get_by_text("Your teacher has it.").wait_for()

    def onward(self) -> None:
        self.page.get_by_role("button", name="Continue").click()
        self.settle()

    def settle(self) -> None:
        self.page.locator(".btl-lesson-bar[aria-busy=false]").wait_for()


def test_a_class_works_and_hands_in(hub: Hub, browser: Any) -> None:
    students = [Student(hub.root, name) for name in STUDENTS if name != SEEN]
    seen = InBrowser(browser, hub.root, SEEN)
    with ThreadPoolExecutor(len(students)) as together:
        begun = [together.submit(begin, student) for student in students]
        seen.begin()
        for one in begun:
            one.result()
        hub.kill(KILLED)
        hub.stop(by=signal.SIGKILL if hub.separate else signal.SIGINT)  # with seven servers running
        assert all(hub.servers(name) for name in STUDENTS if name != KILLED)
        hub.start()
        finished = [together.submit(finish, student) for student in students]
        seen.finish()
        for one in finished:
            one.result()
    for name in STUDENTS:
        (file,) = (hub.drop / f"{name}@hub").iterdir()
        handed_in = json.loads(file.read_bytes())
        (reading,) = handed_in["readings"].values()
        assert reading["answers"]["before"]["committed"], "what was answered before the kill and the restart"
        assert {mark["label"] for mark in reading["annotations"]} == {"cue"}
    assert teacher_sees(hub) == len(STUDENTS)
    other = STUDENTS[1]
    places = [hub.folder / "data" / "homes" / other, hub.drop / f"{other}@hub"]
    assert readable(students[0], places) == [not hub.separate] * 2
    assert students[0].web.get(f"{hub.root}/user/{other}/api/contents", timeout=60).status_code in (403, 404)
    teacher = Student(hub.root, TEACHER, PASSWORD)
    teacher.arrive(LINK)
    assert readable(teacher, places) == [not hub.separate, True]


def teacher_sees(hub: Hub) -> int:
    """How many students `kit class` finds in the drop folder, all of them by name."""
    table = hub.folder / "grades.csv"
    subprocess.run(
        [sys.executable, "-m", "kit", "class", hub.drop, "-o", hub.folder / "class.html", "--csv", table],
        cwd=ROOT,
        check=True,
        timeout=120,
    )
    rows = table.read_text("utf-8-sig").splitlines()
    assert all(any(name.title() in row for row in rows) for name in STUDENTS)
    return len(rows) - 1


def readable(student: Student, places: list[Path]) -> list[bool]:
    """Whether a program of somebody's finds files in these folders."""
    look = f"import pathlib\nprint([any(pathlib.Path(place).rglob('*')) for place in {[str(one) for one in places]}])"
    with student.notebook(NOTEBOOK) as notebook:
        return json.loads(notebook.printed(look).lower())
