"""Notebooks read from disk: with their widgets while the kernel that made them runs, and without them after that."""

import asyncio
import json
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from traitlets.config import Configurable

from kit.jupyter.contents import WIDGET_VIEW, Contents

OUTPUT = {
    "output_type": "display_data",
    "metadata": {},
    "data": {WIDGET_VIEW: {"model_id": "1", "version_major": 2, "version_minor": 0}, "text/html": "<p>A question</p>"},
}
NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "Text."},
        {"cell_type": "code", "id": "b", "metadata": {}, "source": "1", "execution_count": 1, "outputs": [OUTPUT]},
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


class Server(Configurable):
    """What of Jupyter's server is asked: which notebooks have a kernel."""

    open: list[str]

    @property
    def session_manager(self):
        return self

    async def list_sessions(self):
        return [{"path": path} for path in self.open]


@pytest.fixture
def server():
    server = Server()
    server.open = []
    return server


@pytest.fixture
def get(server, tmp_path, monkeypatch):
    """Asks for a path, in a thread of its own: the browser's tests may leave a loop running in this one."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "one.ipynb").write_text(json.dumps(NOTEBOOK))
    contents = Contents(parent=server, root_dir=str(tmp_path / "files"))
    with ThreadPoolExecutor(1) as pool:
        yield lambda path, **options: pool.submit(asyncio.run, contents.get(path, **options)).result()
        pool.submit(lambda: contents.notary.store.close()).result()


@pytest.fixture
def shown(get):
    """What is seen of the output: the widget's view, or what stands in its place."""
    return lambda: list(get("one.ipynb")["content"]["cells"][1]["outputs"][0]["data"])


def test_a_widget_from_an_earlier_session_gives_way_to_its_text_and_the_file_stays(server, shown, tmp_path):
    server.open = ["another.ipynb"]
    assert shown() == ["text/html"]
    assert json.loads((tmp_path / "files" / "one.ipynb").read_text()) == NOTEBOOK
    server.open = ["one.ipynb"]  # a kernel that was started after that does not know them either
    assert shown() == ["text/html"]
    os.utime(tmp_path / "files" / "one.ipynb", (1, 1))  # saved, with the widgets of this kernel
    assert shown() == [WIDGET_VIEW, "text/html"]


def test_a_page_that_is_loaded_again_keeps_its_widgets(server, shown):
    server.open = ["one.ipynb"]
    assert shown() == [WIDGET_VIEW, "text/html"]


def test_other_files_than_notebooks_are_left_alone(get):
    assert [one["name"] for one in get("")["content"]] == ["one.ipynb"]
    assert get("one.ipynb", content=False)["content"] is None
