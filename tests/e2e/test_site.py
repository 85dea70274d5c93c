"""The site that needs no installation, in a browser: `make lite` builds one; without it, this is skipped."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import pytest
from conftest import ROOT
from playwright.sync_api import expect

from benchmarks.site import SITE, Files, served
from e2e.lab import WAIT, Lesson
from e2e.student import WIDGETS, Finger, Keyboard, Mouse, Student, kind_of, shown

LESSONS = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("notebooks/0*.ipynb"))
pytestmark = [
    pytest.mark.browser,
    pytest.mark.walk,
    pytest.mark.skipif(not SITE.is_dir(), reason="no site has been built: make lite"),
]


class Instead(Files):
    instead: ClassVar[dict[str, bytes]] = {}  # what a path holds in place of the site's file
    away: ClassVar[bool] = False

    def do_GET(self) -> None:
        if self.away:
            self.close_connection = True  # without an answer
            return
        content = self.instead.get(self.path.partition("?")[0])
        if content is None:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    settings = json.loads((SITE / "jupyter-lite.json").read_text("utf-8"))
    settings["jupyter-config-data"]["exposeAppInBrowser"] = True  # so that PYTHON_IS_DONE can ask
    Instead.instead["/jupyter-lite.json"] = json.dumps(settings).encode()
    with served(Instead) as address:
        yield address


@pytest.fixture
def page(request: Any, browser: Any, address: str) -> Iterator[Any]:
    """A browser that has never been here, and asks nobody else for anything. A test can give its settings."""
    expect.set_options(timeout=3 * WAIT)
    context = browser.new_context(**{"viewport": {"width": 1366, "height": 768}} | getattr(request, "param", {}))
    foreign: list[str] = []
    context.on("request", lambda one: one.url.startswith((address, "data:", "blob:")) or foreign.append(one.url))
    page = context.new_page()
    page.set_default_timeout(3 * WAIT)  # Python itself has to come first.
    yield page
    context.close()
    expect.set_options(timeout=WAIT)
    assert foreign == []


PYTHON_IS_DONE = """async () => {
    const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
    await kernel.requestExecute({ code: "", silent: true }).done;
}"""


class OnTheSite(Lesson):
    """A lesson there. No server is behind it: all that is known of it is what the page shows."""

    def __init__(self, page: Any, address: str, path: str) -> None:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        super().__init__(None, page, path, errors)  # type: ignore[arg-type]
        self.address = address

    def load(self) -> None:
        self.page.goto(f"{self.address}/lab/index.html?path={self.path}")
        self.ready()

    def save(self) -> None:
        """Wait also until where the student is has been kept: Python, slower here, does one thing after the other."""
        super().save()
        self.page.evaluate(PYTHON_IS_DONE)


def work_through(lesson: OnTheSite, student: Student, go_on: Callable[[], None]) -> None:
    """From the first step to the last, answering whatever it asks; when it is loaded again, all is there."""
    lesson.load()
    page, seen = lesson.page, []
    assert page.locator("#jp-left-stack:visible, .jp-InputPrompt:visible").count() == 0
    number, count = lesson.step()
    while True:
        lesson.check_begins_at_top()
        for widget in lesson.cells().locator(WIDGETS).all():
            widget.scroll_into_view_if_needed()
            if student.answer(widget).answer is not None:
                seen.append((kind_of(widget), shown(widget)))
        if number == count:
            break
        lesson.onward(go_on)
        number, count = lesson.step()
    assert lesson.errors == []
    lesson.save()
    lesson.load()
    assert lesson.step() == (count, count)
    answered = [widget for widget in page.locator(WIDGETS).all() if kind_of(widget) != "reader"]
    assert [(kind_of(widget), shown(widget)) for widget in answered] == seen


@pytest.mark.parametrize("path", LESSONS)
def test_a_lesson_by_mouse(page, address, path):
    lesson = OnTheSite(page, address, path)
    work_through(lesson, Student(Mouse(lesson)), lesson.click_continue)


def test_a_lesson_by_keyboard_alone(page, address):
    lesson = OnTheSite(page, address, LESSONS[2])
    work_through(lesson, Student(Keyboard(lesson)), lambda: lesson.press("Shift+Enter"))


@pytest.mark.parametrize("page", [{"has_touch": True, "viewport": {"width": 390, "height": 800}}], indirect=True)
def test_a_lesson_by_touch(page, address):
    lesson = OnTheSite(page, address, LESSONS[4])
    work_through(lesson, Student(Finger(lesson)), page.get_by_role("button", name="Continue").tap)


def test_the_start_page_leads_to_the_first_lesson_and_all_is_handed_in(page, address):
    page.goto(address)
    page.get_by_role("link", name="Start", exact=True).click()
    lesson = OnTheSite(page, address, LESSONS[0])
    lesson.ready()
    Student(Mouse(lesson)).answer(page.locator(".btl-quiz").first)
    page.get_by_role("button", name="Map").click()
    page.locator(".btl-lesson-map").get_by_role("button", name="Hand in all lessons").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="The file to hand in").click()
    assert json.loads(downloading.value.path().read_text("utf-8"))["schema"].startswith("hand-in/")


FORGETS = "This browser keeps nothing for this page"
# Browsers do so in private windows, at a school's wish, or where no room is left.
REFUSED = "navigator.serviceWorker.register = async () => { throw new DOMException('Refused.', 'SecurityError'); }"
MISSING = "delete Navigator.prototype.serviceWorker"
BLOCKED = "indexedDB.open = () => { throw new DOMException('Storage is off.', 'SecurityError'); }"
FULL = """IDBObjectStore.prototype.put = IDBObjectStore.prototype.add = () => {
    throw new DOMException('No room is left.', 'QuotaExceededError');
}"""


def works_on(lesson: OnTheSite) -> None:
    """A question takes an answer, and the lesson goes on."""
    Student(Mouse(lesson)).answer(lesson.page.locator(".btl-quiz").first)
    before = lesson.step()
    lesson.onward(lesson.click_continue)
    assert lesson.step() > before


@pytest.mark.parametrize("script", [REFUSED, MISSING, BLOCKED])
def test_a_browser_that_keeps_nothing_is_told_of(page, address, script):
    page.add_init_script(script)
    lesson = OnTheSite(page, address, LESSONS[0])
    lesson.load()
    expect(lesson.notice()).to_contain_text(FORGETS)
    works_on(lesson)


def test_storage_that_becomes_full_is_told_of(page, address):
    lesson = OnTheSite(page, address, LESSONS[0])
    lesson.load()
    page.evaluate(f"() => {{ {FULL} }}")
    quiz = page.locator(".btl-quiz").first
    quiz.get_by_role("radio").first.click()
    quiz.get_by_role("button", name="Commit my answer").click()
    expect(lesson.notice()).to_contain_text("no room left")


def stop_service_worker(page: Any) -> None:
    """As a browser does half a minute after the last request, and when it is closed."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("ServiceWorker.enable")
    devtools.send("ServiceWorker.stopAllWorkers")
    devtools.detach()


def test_who_has_been_here_comes_back_offline(page, address, monkeypatch):
    lesson = OnTheSite(page, address, LESSONS[0])
    lesson.load()
    works_on(lesson)
    page.wait_for_function(f"async () => (await (await caches.open('precache')).match('{address}/')) !== undefined")
    lesson.save()
    reached, answered = lesson.step(), shown(page.locator(".btl-quiz").first)
    stop_service_worker(page)
    monkeypatch.setattr(Instead, "away", True)  # the browser's own switch doesn't reach its service workers
    lesson.load()
    assert lesson.step() == reached
    assert shown(page.locator(".btl-quiz").first) == answered
    lesson.onward(lesson.click_continue)


def test_an_older_copy_is_renewed_and_the_answers_stay(page, address):
    older = json.loads((SITE / "files" / LESSONS[0]).read_text("utf-8"))
    older["metadata"]["between_the_lines"]["edition"] = "of last year"
    older["cells"][0]["source"] = "# Last year's"
    older_copy = f"/files/{LESSONS[0]}"
    Instead.instead[older_copy] = json.dumps(older).encode()
    lesson = OnTheSite(page, address, LESSONS[0])
    try:
        lesson.load()
        works_on(lesson)
        lesson.save()
    finally:
        del Instead.instead[older_copy]
    lesson.load()
    reached = lesson.step()
    expect(lesson.notice()).to_contain_text("a newer edition of this lesson")
    answered = shown(page.locator(".btl-quiz").first)
    lesson.notice().get_by_role("button").click()
    expect(page.get_by_text("Last year's")).to_have_count(0)
    expect(lesson.notice()).to_be_hidden()
    lesson.ready()
    assert lesson.step() == reached
    assert shown(page.locator(".btl-quiz").first) == answered


def test_a_file_handed_in_elsewhere_brings_the_answers_along(page, address, tmp_path):
    lesson = OnTheSite(page, address, LESSONS[0])
    lesson.load()
    works_on(lesson)
    answered = shown(page.locator(".btl-quiz").first)
    page.get_by_role("button", name="Map").click()
    page.locator(".btl-lesson-map").get_by_role("button", name="Hand in this lesson").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="The file to hand in").click()
    downloading.value.save_as(tmp_path / "mine.json")
    page.get_by_role("button", name="Somebody else works here now").click()
    expect(page.locator(".btl-quiz").first).not_to_contain_text("Saved in")
    page.get_by_role("button", name="Map").click()
    page.get_by_label("Go on from a file").set_input_files(tmp_path / "mine.json")
    expect(page.locator(".btl-lesson-map")).to_contain_text("1 answer taken from the file")
    page.get_by_role("button", name="Close").click()
    lesson.ready()
    assert shown(page.locator(".btl-quiz").first).replace("person-2/", "answers/") == answered
