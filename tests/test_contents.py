"""Notebooks read from disk: with their widgets while the kernel that made them runs, and without them after that."""

import asyncio
import json
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from traitlets.config import Configurable

from kit.contents import WIDGET_VIEW, Contents

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


def result(coroutine):
    """What a coroutine returns, in a thread of its own: the browser's tests may leave a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


@pytest.fixture
def server(tmp_path):
    (tmp_path / "one.ipynb").write_text(json.dumps(NOTEBOOK))
    server = Server()
    server.open = []
    return server


@pytest.fixture
def shown(server, tmp_path):
    contents = Contents(parent=server, root_dir=str(tmp_path))

    def read():
        """What is seen of the output: the widget's view, or what stands in its place."""
        model = result(contents.get("one.ipynb"))
        return list(model["content"]["cells"][1]["outputs"][0]["data"])

    return read


def test_a_widget_of_yesterday_gives_way_to_its_text_and_the_file_stays(server, shown, tmp_path):
    server.open = ["another.ipynb"]
    assert shown() == ["text/html"]
    assert json.loads((tmp_path / "one.ipynb").read_text()) == NOTEBOOK
    server.open = ["one.ipynb"]  # a kernel that was started after that does not know them either
    assert shown() == ["text/html"]
    os.utime(tmp_path / "one.ipynb", (1, 1))  # saved, with the widgets of this kernel
    assert shown() == [WIDGET_VIEW, "text/html"]


def test_a_page_that_is_loaded_again_keeps_its_widgets(server, shown):
    server.open = ["one.ipynb"]
    assert shown() == [WIDGET_VIEW, "text/html"]


def test_what_is_no_notebook_is_as_it_is(server, tmp_path):
    contents = Contents(parent=server, root_dir=str(tmp_path))
    assert [one["name"] for one in result(contents.get(""))["content"]] == ["one.ipynb"]
    assert result(contents.get("one.ipynb", content=False))["content"] is None
