"""What the browser tests share."""

from __future__ import annotations

from collections.abc import Iterator
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
