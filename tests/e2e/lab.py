"""A notebook in a real JupyterLab, as a student uses it: open it, run it, look, press keys."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

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
        page.goto(f"{self.root}/lab/tree/{path}?token={self.token}&reset")
        page.locator(".jp-NotebookPanel:visible .jp-Cell").first.wait_for(timeout=WAIT)
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=WAIT)
        return Notebook(self, page, path)


class Notebook:
    """One open notebook. ``page`` is Playwright's."""

    def __init__(self, lab: Lab, page: Any, path: str) -> None:
        self.lab, self.page, self.path = lab, page, path

    def command(self, *menu: str) -> None:
        """Choose from JupyterLab's menus: command("Run", "Run All Cells")."""
        self.page.locator(".lm-MenuBar-item", has_text=menu[0]).click()
        for name in menu[1:]:
            self.page.locator(".lm-Menu-itemLabel").get_by_text(name, exact=True).click()

    def run_all(self) -> None:
        """Run all cells, wait for the last, and check that none failed."""
        self.command("Run", "Run All Cells")
        self.page.wait_for_function(
            """() => {
                const status = document.querySelector(".jp-Notebook-ExecutionIndicator").dataset.status;
                const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
                return status === "idle" && !prompts.some((prompt) => prompt.textContent.includes("*"))
                    && prompts.some((prompt) => /\\d/.test(prompt.textContent));
            }""",
            timeout=WAIT,
        )
        for cell in self.saved()["cells"]:
            if cell["cell_type"] == "code" and cell["source"].strip():
                assert cell["execution_count"], cell["source"]
                problems = [out for out in cell["outputs"] if out["output_type"] == "error"]
                assert not problems, (cell["source"], problems)

    def saved(self) -> Any:
        """The notebook's content, after saving it."""
        self.page.locator(".jp-NotebookPanel:visible .jp-Notebook").evaluate("node => node.focus()")
        self.page.keyboard.press("Control+s")
        self.page.locator(".lm-TabBar-tab.jp-mod-current:not(.jp-mod-dirty)").first.wait_for(timeout=WAIT)
        return self.lab.request("GET", f"/api/contents/{self.path}")["content"]

    def resize(self, width: int, height: int = 900, *, zoom: float = 1) -> None:
        """Make the window this many pixels wide and high. ``zoom`` is what Ctrl+plus does to the page."""
        self.page.set_viewport_size({"width": int(width / zoom), "height": int(height / zoom)})

    def close(self) -> None:
        self.page.context.close()
