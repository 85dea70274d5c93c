"""A notebook in a real JupyterLab, as a student uses it: open it, run it, look, press keys."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe

WAIT = 60_000  # milliseconds; a machine that does three other things at once is slow


class Lab:
    """A JupyterLab server: its notebooks and its settings, by its own interface."""

    def __init__(self, address: str, browser: Any) -> None:
        parts = urlsplit(address)
        self.root = f"{parts.scheme}://{parts.netloc}"
        self.token = parse_qs(parts.query)["token"][0]
        self.browser = browser

    def request(self, method: str, path: str, body: Any = None) -> Any:
        context = self.browser.new_context(extra_http_headers={"Authorization": f"token {self.token}"})
        try:
            answer = context.request.fetch(f"{self.root}{path}", method=method, data=json.dumps(body))
            assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
            return answer.json() if answer.text() else None
        finally:
            context.close()

    def write(self, path: str, *cells: str) -> str:
        """Save a notebook with these code cells on the server."""
        content = {
            "cells": [
                {
                    "cell_type": "code",
                    "id": f"c{n}",
                    "source": cell,
                    "metadata": {},
                    "outputs": [],
                    "execution_count": None,
                }
                for n, cell in enumerate(cells)
            ],
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        self.request("PUT", f"/api/contents/{path}", {"type": "notebook", "content": content})
        return path

    def theme(self, name: str) -> None:
        """Choose a theme for the pages opened from now on: "JupyterLab Light", "JupyterLab Dark"."""
        path = "/lab/api/settings/@jupyterlab/apputils-extension:themes"
        self.request("PUT", path, {"raw": json.dumps({"theme": name})})

    def open(self, path: str) -> Notebook:
        """Open a notebook in a browser of its own."""
        page = self.browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{self.root}/lab/tree/{path}?token={self.token}&reset")
        page.locator(".jp-NotebookPanel:visible .jp-Cell").first.wait_for(timeout=WAIT)
        page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for(timeout=WAIT)
        return Notebook(self, page, path, errors)


class Notebook:
    """One open notebook. ``page`` is Playwright's; ``errors`` are those of scripts in it, as they come."""

    def __init__(self, lab: Lab, page: Any, path: str, errors: list[str]) -> None:
        self.lab, self.page, self.path, self.errors = lab, page, path, errors

    def command(self, *menu: str) -> None:
        """Choose from JupyterLab's menus: command("Run", "Run All Cells")."""
        self.page.locator(".lm-MenuBar-item", has_text=menu[0]).click()
        for name in menu[1:]:
            self.page.locator(".lm-Menu-itemLabel").get_by_text(name, exact=True).click()

    def run_all(self) -> None:
        """Run all cells, wait for the last, and check that none failed."""
        self.command("Run", "Run All Cells")
        self.idle()
        for cell in self.saved()["cells"]:
            if cell["cell_type"] == "code" and cell["source"].strip():
                assert cell["execution_count"], cell["source"]
                problems = [out for out in cell["outputs"] if out["output_type"] == "error"]
                assert not problems, (cell["source"], problems)

    def idle(self) -> None:
        """Wait until nothing runs or waits to run."""
        self.page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for(timeout=WAIT)
        self.page.wait_for_function(
            """() => {
                const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
                return !prompts.some((prompt) => prompt.textContent.includes("*"))
                    && prompts.some((prompt) => /\\d/.test(prompt.textContent));
            }""",
            timeout=WAIT,
        )

    def type(self, code: str) -> str:
        """Add a cell at the end, run it, and return what it shows."""
        cells = self.page.locator(".jp-CodeCell")
        self.page.locator(".jp-Notebook-footer:visible").click()
        cell = cells.nth(cells.count() - 1)
        cell.locator(".cm-content").click()
        self.page.keyboard.insert_text(code)
        self.page.keyboard.press("Shift+Enter")
        cell.locator(".jp-InputPrompt", has_text=re.compile(r"\d")).wait_for(timeout=WAIT)
        return "\n".join(cell.locator(".jp-OutputArea-output").all_inner_texts())

    def saved(self) -> Any:
        """The notebook's content, after saving it."""
        self.page.locator(".jp-NotebookPanel:visible .jp-Notebook").evaluate("node => node.focus()")
        with self.page.expect_response(lambda one: one.request.method == "PUT" and "/api/contents/" in one.url):
            self.page.keyboard.press("Control+s")
        return self.lab.request("GET", f"/api/contents/{self.path}")["content"]

    def violations(self, selector: str) -> list[str]:
        """What axe-core objects to inside an element: a line each."""
        found = Axe().run(self.page, context=selector).response["violations"]
        return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]

    def resize(self, width: int, height: int = 900, *, zoom: float = 1) -> None:
        """Make the window this many pixels wide and high. ``zoom`` is what Ctrl+plus does to the page."""
        self.page.set_viewport_size({"width": int(width / zoom), "height": int(height / zoom)})

    def close(self) -> None:
        """Close the browser's window and stop the kernel."""
        self.page.context.close()
        for session in self.lab.request("GET", "/api/sessions"):
            if session["path"] == self.path:
                self.lab.request("DELETE", f"/api/sessions/{session['id']}")
