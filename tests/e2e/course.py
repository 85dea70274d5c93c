"""The course as a class has it, from the first command to what the teacher sees: `python tests/e2e/course.py FOLDER`.

It sets nothing up that would keep the network away: tests/e2e/test_privacy.py watches whether anything asks for it.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from conftest import CHROMIUMS, ROOT, running_lab

from e2e.lab import WAIT, Lab
from e2e.student import WIDGETS, Mouse, Student
from kit.cli import main as kit

LESSON = "02_who_says_so"
# Chromium asks its maker for updates and who is signed in, whatever page it shows. All other hosts can be asked for.
MAKERS = ("*.google.com", "*.googleapis.com", "*.gstatic.com")
QUIET = "--host-resolver-rules=" + ", ".join(f"MAP {host} ~NOTFOUND" for host in MAKERS)


def course(folder: Path) -> None:
    for name in ("notebooks", "exercises"):
        shutil.copytree(ROOT / name, folder / name)
    home = folder / "home"
    home.mkdir()
    with sync_playwright() as playwright, running_lab(folder, home, "--LabApp.expose_app_in_browser=True") as (at, _):
        command = next(path for name in CHROMIUMS if (path := shutil.which(name)))
        browser = playwright.chromium.launch(executable_path=command, args=["--no-sandbox", QUIET])
        expect.set_options(timeout=WAIT)
        lesson = Lab(at, browser).open_lesson(f"notebooks/{LESSON}.ipynb")
        student = Student(Mouse(lesson))
        number, count = lesson.step()
        while True:
            for widget in lesson.cells().locator(WIDGETS).all():
                student.answer(widget)
            if number == count:
                break
            lesson.onward(lesson.click_continue)
            number, count = lesson.step()
        form = lesson.page.locator(".btl-hand-in").last
        form.get_by_label("Your name").fill("Amira")
        form.get_by_role("button", name="Hand in this lesson").click()
        form.get_by_text("Written: ").wait_for()
        lesson.close()
        pages(folder)
        for page in folder.glob("*.html"):
            tab = browser.new_page()
            tab.goto(page.as_uri())
            tab.close()
        browser.close()


def pages(folder: Path) -> None:
    """What a teacher does with it."""
    os.chdir(folder)
    handed_in = "answers/handed-in"
    assert list(Path(handed_in).glob("*.json"))
    for arguments in (
        ["annotate", "blinken", "--format", "page", "-o", "page.html"],
        ["annotate", "blinken", "--reader", "strong", "--format", "html", "-o", "strong.html"],
        ["print", LESSON, "-o", "sheet.html"],
        ["class", handed_in, "-o", "class.html", "--csv", "grades.csv"],
        ["check", f"notebooks/{LESSON}.ipynb"],
    ):
        assert kit(arguments) == 0, arguments


if __name__ == "__main__":
    course(Path(sys.argv[1]))
