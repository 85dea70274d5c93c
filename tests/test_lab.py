"""`kit lab` on a real server."""

import json
import os
import re
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path

import pytest
from conftest import ROOT, running_lab
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

from kit.classroom.check import find_notebooks
from kit.errors import KitError
from kit.jupyter.lab import has_browser, lab
from kit.jupyter.lay_out import find_or_lay_out, lay_out
from kit.resources import FIRST, lesson_folder


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read().decode()


@pytest.fixture
def parts(lab_server):
    """The server's address in parts: its root, and the query that carries its token."""
    return re.fullmatch(r"(http://[^/]+)/lab/tree/notebooks/00_start_here.ipynb(\?token=\w{20,})", lab_server)


def test_the_printed_address_opens_the_first_notebook(lab_server, parts):
    assert "jupyter-config-data" in fetch(lab_server)
    served = json.loads(fetch(f"{parts[1]}/api/contents/{FIRST.as_posix()}{parts[2]}"))["content"]
    written = json.loads((ROOT / FIRST).read_text("utf-8"))
    assert [cell["id"] for cell in served["cells"]] == [cell["id"] for cell in written["cells"]]


def test_a_stranger_without_the_token_gets_nothing(parts):
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetch(f"{parts[1]}/api/contents")
    refused.value.close()
    assert refused.value.code == 403


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="only Linux tells who listens in a file")
def test_it_listens_on_this_computer_alone(parts):
    port = f"{int(parts[1].rpartition(':')[2]):04X}"
    tables = [table for name in ("tcp", "tcp6") if (table := Path("/proc/net") / name).exists()]
    sockets = [line.split()[1:4:2] for table in tables for line in table.read_text().splitlines()[1:]]
    listening = {place.partition(":")[0] for place, state in sockets if state == "0A" and place.endswith(f":{port}")}
    assert listening
    assert listening <= {"0100007F", "00000000000000000000000001000000"}


def test_jupyterlab_asks_the_network_for_nothing(lab_server, parts):
    page = fetch(lab_server)
    settings = json.loads(re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.S)[1])
    assert settings["news"] == {"disabled": True}
    assert settings["extensionManager"]["name"] == "read-only"
    assert json.loads(fetch(f"{parts[1]}/lab/api/update{parts[2]}")) == {"notification": None}


def test_the_list_of_files_shows_students_exercises_and_no_answers(parts):
    listed = json.loads(fetch(f"{parts[1]}/api/contents/exercises{parts[2]}"))["content"]
    assert sorted(file["name"] for file in listed) == sorted(path.name for path in (ROOT / "exercises").glob("*.ipynb"))


@pytest.mark.browser
def test_a_student_sees_the_notebook_and_nothing_else(lab_server, browser):
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(lab_server)
    page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for(timeout=60_000)
    page.wait_for_timeout(3_000)  # News and updates would be asked for, and offered, after the page is there.
    here = re.compile(r"(https?://(localhost|127\.0\.0\.1):|data:|blob:)")
    assert [url for url in asked if not here.match(url)] == []
    assert page.locator(".jp-Dialog, .Toastify__toast").all_inner_texts() == []
    page.close()


def test_it_says_little_and_says_that_it_runs_as_root(tmp_path):
    first = tmp_path / FIRST
    first.parent.mkdir()
    first.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    with running_lab(tmp_path, tmp_path) as (address, said):
        fetch(address)
        lines = [line for line in said.read_text("utf-8").splitlines() if line.strip()]
    assert ("--allow-root" in lines[0]) == (hasattr(os, "geteuid") and os.geteuid() == 0)
    assert "Ctrl+C" in "".join(lines[:2])
    assert len(lines) < 9, "the address must not drown"


def test_an_opened_notebook_does_not_make_it_speak_of_eavesdropping(tmp_path):
    first = tmp_path / FIRST
    first.parent.mkdir()
    first.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    with running_lab(tmp_path, tmp_path) as (address, said):
        server, token = re.fullmatch(r"(.*)/lab/tree/.*token=(.*)", address).groups()
        ask = urllib.request.Request(f"{server}/api/kernels", b"{}", {"Authorization": f"token {token}"})
        with urllib.request.urlopen(ask, timeout=60) as answer:
            kernel = json.load(answer)["id"]
        client = BlockingKernelClient(connection_file=str(next(tmp_path.rglob(f"kernel-{kernel}.json"))))
        client.load_connection_file()
        client.start_channels(hb=False)  # A heartbeat that is a second late, on a busy machine, would count as death.
        client.wait_for_ready(timeout=60)
        client.stop_channels()
        assert "eavesdropping" not in said.read_text("utf-8")


@pytest.fixture
def in_a_notebook(monkeypatch):
    """Runs a cell in a kernel that `kit lab` would start; returns what it shows of an error."""
    for name in ("PYTHONSTARTUP", "JUPYTER_CONFIG_PATH"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setattr("jupyterlab.labapp.LabApp.launch_instance", lambda arguments: None)
    lab()
    manager, client = start_new_kernel(startup_timeout=120)

    def run(cell: str) -> str:
        reply = client.execute(cell, reply=True, timeout=120, stop_on_error=False)["content"]
        return "\n".join(reply.get("traceback", []))

    yield run
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_a_cell_that_was_skipped_gets_a_sentence(in_a_notebook):
    said = in_a_notebook("kit.load('blinken')")
    assert said.startswith("“kit” is not there yet: a cell above has not been run")
    assert "Run All Above Selected Cell" in said
    assert len(said.splitlines()) == 1
    assert in_a_notebook("story = 1") == ""
    assert in_a_notebook("get_ipython, shell").startswith("“shell” is not there")  # nothing of ours is left behind
    deep = "import types; other = types.ModuleType('other'); exec('def f(): return missing', other.__dict__); other.f()"
    assert "Traceback" in in_a_notebook(deep)  # a mistake elsewhere is shown whole
    assert "Traceback" in in_a_notebook("def f():\n    found\n    found = 1\n\nf()")  # and so is one of one's own


def test_outside_a_clone_it_opens_the_clone_that_it_runs_from(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert lesson_folder() == ROOT


# ------------------------------------------------------------------------------------------ laying out the lessons

NOTEBOOKS = ["notebooks/00_start_here.ipynb", "notebooks/01_x.ipynb", "exercises/01_x.ipynb"]


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """An empty folder to work in, and a kit that was installed from a wheel with three notebooks."""
    material = tmp_path / "site-packages" / "kit" / "material"
    for name in (*NOTEBOOKS, "exercises/items/01_x.toml"):
        (material / name).parent.mkdir(parents=True, exist_ok=True)
        (material / name).write_text(f"The lesson {name}.", "utf-8")
    folder = tmp_path / "class"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr("kit.resources.PACKAGE", material.parent)
    return folder


@pytest.fixture
def says(monkeypatch):
    """Let somebody sit at the terminal who answers this; returns what they were asked."""
    asked = []

    def sit_down(answer):
        def hear(question):
            asked.append(question)
            if answer is None:
                raise EOFError
            return answer

        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr("builtins.input", hear)
        return asked

    return sit_down


def written(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in files}


ALL = {name: f"The lesson {name}." for name in NOTEBOOKS}


@pytest.mark.parametrize("answer", ["y", " Yes "])
def test_in_an_empty_folder_it_offers_the_lessons(empty, says, answer, capsys):
    asked = says(answer)
    assert find_or_lay_out() == empty
    assert asked == [
        f"There are no lessons in {empty}. Lay them out here (3 notebooks in notebooks/ and exercises/)? [y/n] "
    ]
    assert written(empty) == ALL
    assert capsys.readouterr().out == "Written: 3 notebooks in notebooks/ and exercises/.\n"
    assert find_or_lay_out() == empty
    assert len(asked) == 1  # now they are there


@pytest.mark.parametrize("answer", ["n", "", "maybe", None])
def test_who_does_not_want_them_gets_none(empty, says, answer):
    says(answer)
    with pytest.raises(KitError, match="Nothing was written"):
        find_or_lay_out()
    assert written(empty) == {}


def test_where_nobody_can_be_asked_it_names_the_option(empty, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    with pytest.raises(KitError, match=r"There are no lessons in .*`kit lab --yes` lays them out here"):
        find_or_lay_out()
    assert find_or_lay_out(yes=True) == empty
    assert written(empty) == ALL


def test_a_file_that_is_there_stays_as_it_is(empty):
    mine = {"exercises/01_x.ipynb": "My own.", "notebooks/mine.ipynb": "My own, too."}
    for name, text in mine.items():
        (empty / name).parent.mkdir(exist_ok=True)
        (empty / name).write_text(text, "utf-8")
    assert lay_out(empty) == NOTEBOOKS[:2]
    assert written(empty) == ALL | mine


def test_a_folder_that_cannot_be_written_is_named(empty):
    (empty / "notebooks").write_text("a file in the way", "utf-8")
    with pytest.raises(KitError, match=r"00_start_here.ipynb can't be written \(.+\). Change to a folder of your own"):
        lay_out(empty)


def test_a_check_without_any_lessons_says_where_to_go(empty):
    with pytest.raises(KitError, match=f"no {Path(FIRST)} in"):
        find_notebooks()


@pytest.mark.parametrize(("name", "usable"), [("xdg-open", True), ("lynx", False), ("w3m", False)])
def test_a_text_browser_does_not_count_as_a_browser(monkeypatch, name, usable):
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser(name))
    assert has_browser() is usable


def test_having_no_browser_is_not_an_error(monkeypatch):
    def none():
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", none)
    assert has_browser() is False
