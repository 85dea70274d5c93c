"""A notebook in a real JupyterLab, as a student uses it: open it, run it, look, press keys."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe

WAIT = 60_000  # milliseconds for whatever is to come; a machine that does three other things is slow
LIGHT, DARK = "JupyterLab Light", "JupyterLab Dark"
# What of a node reaches out of it, where nobody can see it.
CUT_OFF = """node => {
    const outer = node.getBoundingClientRect();
    return [...node.querySelectorAll("*")].filter((one) => {
        if (!one.checkVisibility()) return false;
        const box = one.getBoundingClientRect();
        return box.left < outer.left || box.right > outer.right || box.bottom > outer.bottom;
    }).map((one) => one.className + one.textContent.slice(0, 40));
}"""


def has_focus(control: Any) -> bool:
    """Whether what is typed now goes there."""
    return control.evaluate("node => node === document.activeElement")


def answers_in(folder: str, *, fresh: bool) -> str:
    """A first cell: the answers of a notebook in a folder of their own; ``fresh``: without those of an earlier run."""
    # The files alone: for a folder that has vanished the kit puts back what it remembers.
    return f"""import os, pathlib
os.environ["BTL_ANSWERS"] = "../{folder}"
{fresh} and [file.unlink() for file in pathlib.Path("../{folder}").glob("*.json")]
import kit"""


def cell_of(name: str, source: str) -> dict[str, Any]:
    """A cell that has not run; text if it begins with #."""
    if source.startswith("#"):
        return {"cell_type": "markdown", "id": name, "source": source, "metadata": {}}
    code = {"cell_type": "code", "outputs": [], "execution_count": None}
    return code | {"id": name, "source": source, "metadata": {}}


class Lab:
    """A JupyterLab server: its notebooks and its settings, by its own interface."""

    def __init__(self, address: str, browser: Any) -> None:
        parts = urlsplit(address)
        self.root = f"{parts.scheme}://{parts.netloc}"
        self.token = parse_qs(parts.query)["token"][0]
        self.browser = browser
        self.asking = browser.new_context(extra_http_headers={"Authorization": f"token {self.token}"}).request

    def request(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.asking.fetch(f"{self.root}{path}", method=method, data=json.dumps(body))
        assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
        return answer.json() if answer.text() else None

    def write(self, path: str, *cells: str, lesson: Any = None) -> str:
        """Save a `notebook` on the server."""
        return self.put(path, self.notebook(*cells, lesson=lesson))

    def notebook(self, *cells: str, lesson: Any = None) -> Any:
        """A notebook with these code cells; one that begins with # is text.

        ``lesson``: what the notebook says under "between_the_lines".
        """
        content = {
            "cells": [cell_of(f"c{number}", source) for number, source in enumerate(cells)],
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        if lesson is not None:
            content["metadata"]["between_the_lines"] = lesson
        return content

    def put(self, path: str, content: Any) -> str:
        """Save a notebook on the server."""
        self.request("PUT", f"/api/contents/{path}", {"type": "notebook", "content": content})
        return path

    def as_notebook(self, path: str) -> str:
        """A copy of a lesson that does not say that it is one."""
        content = self.request("GET", f"/api/contents/{path}")["content"]
        content["metadata"].pop("between_the_lines", None)
        return self.put(path.replace(".ipynb", "_as_notebook.ipynb"), content)

    def theme(self, name: str) -> None:
        """Choose a theme for the pages opened from now on."""
        path = "/lab/api/settings/@jupyterlab/apputils-extension:themes"
        self.request("PUT", path, {"raw": json.dumps({"theme": name})})

    def file(self, path: str) -> str:
        """What a file on the server holds."""
        return self.request("GET", f"/api/contents/{path}?type=file&format=text")["content"]

    def files(self, folder: str) -> list[str]:
        """The paths of the files in a folder; none if there is no such folder."""
        outer, _, _ = folder.rpartition("/")
        if outer and outer not in self.files(""):
            return []
        if folder and folder not in self.files(outer):
            return []
        return sorted(one["path"] for one in self.request("GET", f"/api/contents/{folder}")["content"])

    def forget(self, folder: str = "answers") -> None:
        """Delete the answers that earlier tests gave."""
        for path in self.files(folder):
            self.request("DELETE", f"/api/contents/{path}")

    def end_kernels(self, *paths: str) -> None:
        """End what runs for these notebooks."""
        for session in self.request("GET", "/api/sessions"):
            if session["path"] in paths:
                self.request("DELETE", f"/api/sessions/{session['id']}")

    def open(self, path: str, *, touch: bool = False) -> Notebook:
        """Open a notebook in a browser of its own. ``touch``: one with a screen to touch."""
        return self._open(Notebook, path, touch)

    def open_lesson(self, path: str, *, touch: bool = False) -> Lesson:
        """Open a lesson, as `open` does, as a lesson."""
        return self._open(Lesson, path, touch)

    def _open(self, view: type[Opened], path: str, touch: bool) -> Opened:
        page = self.browser.new_context(viewport={"width": 1280, "height": 900}, has_touch=touch).new_page()
        page.set_default_timeout(WAIT)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        # JupyterLab catches what goes wrong in a widget's listener, and says it in the console alone.
        page.on("console", lambda said: "Error setting state" in said.text and errors.append(said.text))
        opened = view(self, page, path, errors)
        opened.load()
        return opened


class Notebook:
    """One open notebook. ``page`` is Playwright's; ``errors`` are those of scripts in it, as they come."""

    def __init__(self, lab: Lab, page: Any, path: str, errors: list[str]) -> None:
        self.lab, self.page, self.path, self.errors = lab, page, path, errors

    def load(self) -> None:
        """Load the page, or load it again. A plain reload would bring along what other tests have open."""
        self.page.goto(f"{self.lab.root}/lab/tree/{self.path}?token={self.lab.token}&reset")
        self.page.locator(".jp-NotebookPanel:visible .jp-Cell").first.wait_for()
        self.page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()

    def command(self, *menu: str) -> None:
        """Choose from JupyterLab's menus: command("Run", "Run All Cells")."""
        self.page.locator(".lm-MenuBar-item", has_text=menu[0]).click()
        for name in menu[1:]:
            self.page.locator(".lm-Menu-itemLabel").get_by_text(name, exact=True).click()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def run_all(self) -> None:
        """Run all cells, wait for the last, and check that none failed."""
        self.command("Run", "Run All Cells")
        self.has_run()

    def restart(self) -> None:
        """Restart the kernel and run all cells, by the menu."""
        with self.running_again():
            self.command("Kernel", "Restart Kernel and Run All Cells…")
            self.page.locator(".jp-Dialog").get_by_role("button", name="Confirm Kernel Restart").click()
        self.has_run()

    @contextmanager
    def running_again(self, output: Any = None) -> Iterator[None]:
        """What is done in here runs cells anew: wait until this output, or the first of all, is no longer there."""
        old = (output or self.page.locator(".jp-OutputArea-child:visible").first).element_handle()
        yield
        self.page.wait_for_function("node => !node.isConnected", arg=old)

    def has_run(self) -> None:
        """Wait until every cell has run, save, and check that none failed."""
        self.idle()
        self.focus()
        self.save()
        self.check()

    def check(self) -> None:
        """Every cell in the file has run, and none failed."""
        for cell in self.content()["cells"]:
            if cell["cell_type"] == "code" and cell["source"].strip():
                assert cell["execution_count"], cell["source"]
                problems = [out for out in cell["outputs"] if out["output_type"] == "error"]
                assert not problems, (cell["source"], problems)

    def idle(self) -> None:
        """Wait until nothing runs or waits to run."""
        self.page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
        self.none_runs()

    def none_runs(self) -> None:
        """Wait until each cell that was run has its number, which comes after what it shows."""
        self.page.wait_for_function(
            """() => {
                const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
                return !prompts.some((prompt) => prompt.textContent.includes("*"))
                    && prompts.some((prompt) => /\\d/.test(prompt.textContent));
            }""",
        )

    def type(self, code: str) -> str:
        """Add a cell at the end, run it, and return what it shows."""
        cells = self.page.locator(".jp-CodeCell")
        self.page.locator(".jp-Notebook-footer:visible").click()
        cell = cells.nth(cells.count() - 1)
        cell.locator(".cm-content").click()
        self.page.keyboard.insert_text(code)
        self.page.keyboard.press("Shift+Enter")
        cell.locator(".jp-InputPrompt", has_text=re.compile(r"\d")).wait_for()
        return "\n".join(cell.locator(".jp-OutputArea-output").all_inner_texts())

    def focus(self) -> None:
        """Put the focus on the notebook, whatever had it."""
        self.page.locator(".jp-NotebookPanel:visible .jp-Notebook").evaluate("node => node.focus()")

    def save(self) -> None:
        """Save by keyboard, from where the focus is."""
        # Until it has a checkpoint of what it saved, JupyterLab takes no other wish to save.
        with (
            self.page.expect_request_finished(lambda one: one.method == "POST" and "/checkpoints" in one.url),
            self.page.expect_response(lambda one: one.request.method == "PUT" and "/api/contents/" in one.url),
        ):
            self.page.keyboard.press("Control+s")

    def content(self) -> Any:
        """What the file on the server holds."""
        return self.lab.request("GET", f"/api/contents/{self.path}")["content"]

    def saved(self) -> Any:
        """The notebook's content, after saving it."""
        self.focus()
        self.save()
        return self.content()

    def violations(self, selector: str) -> list[str]:
        """What axe-core objects to inside an element: a line each."""
        found = Axe().run(self.page, context=selector).response["violations"]
        return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]

    def resize(self, width: int, height: int = 900, *, zoom: float = 1) -> None:
        """Make the window this many pixels wide and high, and let widgets settle in it. ``zoom``: as Ctrl+plus does."""
        self.page.set_viewport_size({"width": int(width / zoom), "height": int(height / zoom)})
        self.page.wait_for_function("width => innerWidth === width", arg=int(width / zoom))
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    @contextmanager
    def window(self, width: int, height: int = 900, *, zoom: float = 1) -> Iterator[None]:
        """In here, another size and no sidebar, which would leave a small window no room."""
        before = self.page.viewport_size
        self.command("View", "Appearance", "Show Left Sidebar")
        self.resize(width, height, zoom=zoom)
        try:
            yield
        finally:
            self.resize(before["width"], before["height"])
            self.command("View", "Appearance", "Show Left Sidebar")

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """What is done in here leaves the cells as they are, and opens no dialog."""
        before = [(cell["cell_type"], cell["source"]) for cell in self.saved()["cells"]]
        yield
        assert [(cell["cell_type"], cell["source"]) for cell in self.saved()["cells"]] == before
        assert self.page.locator(".jp-Dialog").count() == 0

    def close_page(self) -> None:
        """Close the browser's window; the kernel goes on."""
        self.page.context.close()

    def close(self) -> None:
        """Close the browser's window and stop the kernel."""
        self.close_page()
        self.lab.end_kernels(self.path)


# JupyterLab's app is in the page for tests alone. Without `anew`, what is open stays open.
OPEN = """async ([path, anew]) => {
    const { shell, commands } = window.jupyterapp;
    const close = (kept) => [...shell.widgets("main")].forEach((open) => open === kept || open.dispose());
    if (anew) {
        close();
        // Where nothing is open, JupyterLab puts its launcher in front of whatever comes before it.
        while (!shell.currentWidget) await new Promise(requestAnimationFrame);
    }
    const opened = await commands.execute("docmanager:open", { path });
    if (anew) close(opened);
}"""


class Lesson(Notebook):
    """One open lesson, as the lesson view shows it."""

    def turn_to(self, path: str) -> None:
        """Open another lesson in this window, in place of this one, whose kernel goes on."""
        self.path = path
        self.page.evaluate(OPEN, [path, True])
        self.ready()

    def other_window(self, path: str) -> Lesson:
        """Another window of the same browser, for this lesson; nothing is loaded yet."""
        page = self.page.context.new_page()
        page.set_default_timeout(WAIT)
        return Lesson(self.lab, page, path, [])

    def open_beside(self, path: str) -> None:
        """Open another notebook in this window, in front of this one."""
        self.page.evaluate(OPEN, [path, False])

    def do(self, command: str, **options: Any) -> None:
        """Have JupyterLab begin one of its commands: some of them ask something first."""
        execute = "([command, options]) => void window.jupyterapp.commands.execute(command, options)"
        self.page.evaluate(execute, [command, options])

    def load(self) -> None:
        self.page.goto(f"{self.lab.root}/lab/tree/{self.path}?token={self.lab.token}&reset")
        self.ready()

    def save(self) -> None:
        """Wait until the lesson has saved itself."""
        self.page.locator(".lm-DockPanel-tabBar .jp-mod-current.jp-mod-dirty").wait_for(state="detached")

    def ready(self) -> None:
        """Wait until the step in view has run."""
        self.page.locator(".btl-lesson-bar[aria-busy=false]").wait_for()

    def step(self) -> tuple[int, int]:
        """The number of the step in view, counted from 1, and how many there are."""
        said = self.page.locator(".btl-lesson-where:visible").text_content()
        found = re.fullmatch(r"Step (\d+) of (\d+)", said)
        assert found, said
        return int(found[1]), int(found[2])

    def cells(self) -> Any:
        """The cells of the step in view."""
        return self.page.locator(f'.jp-Cell[data-step="{self.step()[0] - 1}"]')

    def onward(self, go_on: Callable[[], None]) -> None:
        """Go on to the next step, from the last one that was reached. ``go_on``: how."""
        self.still()
        back = self.page.get_by_role("button", name="Back to step").locator("visible=true")
        if back.count():  # What was answered last stands further up.
            back.click()
            back.wait_for(state="detached")
        before, count = self.step()
        go_on()
        self.page.locator(".btl-lesson-where").get_by_text(f"Step {before + 1} of {count}", exact=True).wait_for()
        self.ready()

    def click_continue(self) -> None:
        self.page.get_by_role("button", name="Continue").click()

    def notice(self) -> Any:
        """The line above the bar."""
        return self.page.locator(".btl-lesson-notice")

    def still(self) -> None:
        """Wait until the view has taken up what was done to it: a browser tells of scrolling in its next frame."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def check_begins_at_top(self) -> None:
        """The step in view begins within the top fifth of the view, once everything in it has its size."""
        self.still()
        top, height = self.cells().evaluate_all("""(cells) => {
            const view = cells[0].closest(".jp-WindowedPanel-outer").getBoundingClientRect();
            const first = cells.find((cell) => cell.checkVisibility());
            return [first.getBoundingClientRect().top - view.top, view.height];
        }""")
        assert 0 <= top <= height / 5, (self.path, self.step(), top, height)


Opened = TypeVar("Opened", Notebook, Lesson)
