"""What the browser tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.lab import DARK, LIGHT, WAIT, Lab


@pytest.fixture(scope="session")
def lab(lab_server: str, browser: Any) -> Lab:
    """A real JupyterLab on a copy of the notebooks."""
    expect.set_options(timeout=WAIT)
    return Lab(lab_server, browser)


@pytest.fixture(params=(LIGHT, DARK), ids=("light", "dark"))
def theme(lab: Lab, request: pytest.FixtureRequest) -> Iterator[str]:
    """A test in each theme: pages that it opens are in this one."""
    lab.theme(request.param)
    yield request.param
    lab.theme(LIGHT)


@pytest.fixture
def open_file(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page from the disk; it may ask the network for nothing, and its scripts may complain of nothing."""
    contexts, complaints = [], []

    def open_page(file: Path, **options: Any) -> Any:
        context = browser.new_context(**({"viewport": {"width": 1366, "height": 768}} | options))
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda asked: asked.url == file.as_uri() or complaints.append(asked.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
