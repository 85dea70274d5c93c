"""What the browser tests share."""

from __future__ import annotations

from typing import Any

import pytest

from e2e.lab import Lab


@pytest.fixture(scope="session")
def lab(lab_server: str, browser: Any) -> Lab:
    """A real JupyterLab on a copy of the notebooks."""
    return Lab(lab_server, browser)
