"""A class's hub without JupyterHub: its settings, its configuration, the drop folder. With it: tests/hub/."""

import errno
import io
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import ROOT
from traitlets.config import Config

import kit
from kit.classroom.hand_ins import gather
from kit.course.hand_in import hand_in
from kit.course.hand_in_drop import DROP, send
from kit.errors import KitError
from kit.files import write_new
from kit.jupyter import hub as student_server
from kit.jupyter.lay_out import LAID_OUT, renew

HUB = ROOT / "deploy" / "hub"
sys.path.insert(0, str(HUB))

import school as school_file  # noqa: E402
import start  # noqa: E402
from accounts import prepare  # noqa: E402
from school import NAME, read_class, read_school  # noqa: E402

LESSON = "02_who_says_so"


@pytest.fixture
def settings(tmp_path):
    """The settings that the project brings, with a class of two."""
    (tmp_path / "class.txt").write_text("# The class\namira\n\nben  # comes on Monday\n")
    (tmp_path / "hub.toml").write_text((HUB / "hub.toml").read_text("utf-8"))
    return tmp_path / "hub.toml"


@pytest.fixture
def configured(settings, monkeypatch):
    """What jupyterhub_config.py says. ``separate``: as root."""

    def configure(*, separate=False):
        monkeypatch.setenv(school_file.SETTINGS, str(settings))
        monkeypatch.setattr(os, "geteuid", lambda: 0 if separate else 1000, raising=False)
        config = Config()
        path = HUB / "jupyterhub_config.py"
        source = compile(path.read_text("utf-8"), path, "exec")
        exec(source, {"get_config": lambda: config, "__file__": str(path)})
        return config

    return configure


@pytest.fixture
def drop(tmp_path, folder, monkeypatch):
    """A hub's drop folder, for whoever hands in here."""
    place = tmp_path / "handed-in" / "amira@hub"
    place.mkdir(parents=True)
    monkeypatch.setenv(DROP, str(place))
    return place


def test_the_class_list_and_nobody_else_comes_in(configured):
    config = configured()
    assert config.Authenticator.allowed_users == {"teacher", "amira", "ben"}
    pattern = re.compile(config.Authenticator.username_pattern)
    assert [bool(pattern.match(name)) for name in ("amira", "amira2", "root", "ben\n")] == [True, False, False, False]
    assert config.Authenticator.allow_existing_users is False


@pytest.mark.parametrize(("separate", "spawner"), [(True, "localprocess"), (False, "simple")])
def test_each_student_has_a_drop_folder_and_root_gives_accounts(configured, separate, spawner, tmp_path):
    config = configured(separate=separate)
    assert config.JupyterHub.spawner_class == spawner
    assert ("BTL_OWN_ACCOUNT" in config.Spawner.environment) is separate
    given = config.Spawner.environment[DROP](SimpleNamespace(user=SimpleNamespace(name="amira")))
    assert given == str(tmp_path / "data" / "handed-in" / "amira@hub")
    assert config.Spawner.cmd[-2:] == ["-m", student_server.__name__]
    assert config.JupyterHub.cleanup_servers is False


def test_folders_are_made_once_and_stay(settings):
    school = read_school(settings, separate=False)
    prepare(school)
    (school.drop_of("amira") / "kept.json").write_text("{}")
    prepare(school)
    assert sorted(path.name for path in school.drop.iterdir()) == ["amira@hub", "ben@hub", "teacher@hub"]
    assert (school.drop_of("amira") / "kept.json").exists()
    assert school.hub.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("port = 8000", 'port = "8000"', "`port` is missing or of another kind"),
        ("port = 8000", "prot = 8000", "`port` is missing"),
        ("at_once = 40", "at_once = 40\ncolour = 1", "there is no setting `colour`"),
        ("at_once = 40", "at_once = ", "isn't TOML"),
        ('"1G"', '"1 GB"', "`memory` is a number with K, M or G"),
        ('certificate = ""', 'certificate = "c.pem"', "https needs both"),
        ('["teacher"]', '["Ms Kay"]', "“Ms Kay” can't be used"),
        ('"class.txt"', '"nobody.txt"', "There is no class list"),
    ],
)
def test_a_setting_that_can_not_be_used_is_named(settings, old, new, said):
    text = settings.read_text()
    assert old in text
    settings.write_text(text.replace(old, new))
    with pytest.raises(KitError, match=re.escape(said)):
        read_school(settings, separate=False)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("amira\nBen\n", "line 2: “Ben” can't be used"),
        ("amira\n../root\n", "line 2: “../root” can't be used"),
        ("amira\namira\n", "line 2: amira is there twice"),
        ("# nobody\n", "Nobody is in the class list"),
        ("x" * 40, "line 1: “xxx"),
    ],
)
def test_a_line_of_the_class_list_that_can_not_be_used_is_named(tmp_path, lines, said):
    (tmp_path / "class.txt").write_text(lines)
    with pytest.raises(KitError, match=re.escape(said)):
        read_class(tmp_path / "class.txt")
    assert not NAME.fullmatch("-rf")  # it is given to useradd


def test_a_folder_that_can_not_be_made_is_named(settings):
    (settings.parent / "data").write_text("a file in the way")
    with pytest.raises(KitError, match=r"data.* can't be made"):
        prepare(read_school(settings, separate=False))


def test_a_port_in_use_and_a_missing_proxy_are_sentences(settings, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        text = settings.read_text().replace("8000", str(port)).replace("0.0.0.0", "127.0.0.1")
        settings.write_text(text)
        school = read_school(settings, separate=False)
        monkeypatch.setattr(start, "PROXY", settings)
        monkeypatch.setattr(start.shutil, "which", lambda name: f"/usr/bin/{name}")
        with pytest.raises(KitError, match=f"Port {port} of 127.0.0.1 can't be used"):
            start.check_machine(school)
        school.hub.mkdir(parents=True)
        school.proxy_pid.write_text(f"{os.getpid()}")
        start.check_machine(school)  # a proxy of its own that was left behind is no other program
    monkeypatch.setattr(start, "PROXY", settings.parent / "none")
    with pytest.raises(KitError, match="The hub's proxy is missing: it needs Node"):
        start.check_machine(school)


def test_the_command_says_what_is_wrong_without_a_traceback(settings, capsys, monkeypatch):
    (settings.parent / "class.txt").unlink()
    assert start.main(["--settings", str(settings)]) == 1
    assert capsys.readouterr().err.startswith("There is no class list ")
    (settings.parent / "class.txt").write_text("amira\n")
    monkeypatch.setattr(sys, "stdin", io.StringIO("short\n"))
    assert start.main(["--settings", str(settings), "--password", "teacher"]) == 1
    assert "at least 7 characters" in capsys.readouterr().err


def test_what_is_handed_in_reaches_the_teacher_once(drop, folder):
    question = kit.Quiz(f"{LESSON}/before")
    question.picked = [question.item.options[0].id]
    question.commit()
    for _ in range(2):
        form = kit.HandIn(LESSON)
        form.hand_in("Amira K")
    assert form.problem == ""
    assert "Your teacher has it." in form.written
    assert [path.name for path in drop.iterdir()] == ["02_who_says_so_Amira-K.json"]
    assert json.loads((drop / form.file).read_bytes()) == json.loads((folder / "handed-in" / form.file).read_bytes())
    assert "Your teacher has it." in repr(hand_in("Amira K"))
    (student,), problems = gather([drop.parent])
    assert (student.key, student.name) == ("hub amira", "Amira K")
    assert {problem.where for problem in problems} <= {"Amira K"}


def test_thirty_at_once_in_one_folder_lose_nothing(drop, tmp_path):
    files = []
    for number in range(30):
        (tmp_path / str(number)).mkdir()
        files.append(tmp_path / str(number) / "same_name.json")
        files[-1].write_text(f'{{"of": {number}}}')
    with ThreadPoolExecutor(8) as together:
        assert all(sent.problem == "" for sent in together.map(send, files))
    assert sorted(json.loads(path.read_bytes())["of"] for path in drop.iterdir()) == list(range(30))


@pytest.mark.parametrize("wrong", ["missing", "full"])
def test_a_drop_folder_that_is_missing_or_full_is_said_and_nothing_is_lost(drop, folder, wrong, monkeypatch):
    if wrong == "missing":
        drop.rmdir()
    else:

        def no_space(handle):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def write_there(path, data):  # one's own folder has space
            with monkeypatch.context() as patch:
                patch.setattr("os.fsync", no_space)
                write_new(path, data)

        monkeypatch.setattr("kit.course.hand_in_drop.write_new", write_there)
    form = kit.HandIn(LESSON)
    form.hand_in()
    assert form.problem.startswith(f"It did not reach your teacher: the class's folder {drop} can't be written (No ")
    assert (folder / "handed-in" / form.file).exists()
    assert form.content
    assert not drop.exists() or list(drop.iterdir()) == []
    assert "It did not reach your teacher" in repr(hand_in())
    monkeypatch.undo()
    monkeypatch.setenv("BTL_ANSWERS", str(folder))
    monkeypatch.setenv(DROP, str(drop))
    drop.mkdir(exist_ok=True)
    form.hand_in()  # again, when somebody has made room
    assert form.problem == ""
    assert (drop / form.file).exists()


def test_without_a_hub_nothing_leaves_the_computer(folder, monkeypatch):
    form = kit.HandIn(LESSON)
    assert "Nothing leaves this computer" in form._repr_mimebundle_()[0]["text/html"]
    form.hand_in()
    assert "Your teacher" not in form.written
    monkeypatch.setenv(DROP, str(folder))
    assert "Your teacher gets it at once." in form._repr_mimebundle_()[0]["text/html"]


def test_a_student_who_takes_too_much_memory_is_told_so_by_python():
    code = (
        "import os; from kit.jupyter.hub import limit; limit(300_000_000)\n"
        "try: x = bytearray(400_000_000)\nexcept MemoryError: print('no memory', os.nice(0))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == f"no memory {os.nice(0) + student_server.NICE}\n", done.stderr


def test_lessons_are_renewed_and_what_a_student_changed_stays(tmp_path, monkeypatch):
    source = tmp_path / "kit"
    for name in ("run", "changed", "deleted"):
        write_notebook(source / f"{name}.ipynb", "1 + 1")
    ours = {f"notebooks/{path.name}": path for path in source.iterdir()}
    monkeypatch.setattr("kit.jupyter.lay_out.lesson_notebooks", lambda: ours)
    mine = tmp_path / "student" / "notebooks"
    assert sorted(renew(mine.parent)) == sorted(ours)
    assert renew(mine.parent) == []
    write_notebook(mine / "run.ipynb", "1 + 1", outputs=[{"output_type": "stream", "name": "stdout", "text": "2"}])
    write_notebook(mine / "changed.ipynb", "1 + 2  # mine")
    for path in source.iterdir():
        write_notebook(path, "2 + 2")
    (mine / "deleted.ipynb").unlink()
    assert sorted(renew(mine.parent)) == ["notebooks/deleted.ipynb", "notebooks/run.ipynb"]
    assert "1 + 2  # mine" in (mine / "changed.ipynb").read_text()
    (mine.parent / LAID_OUT).write_text("not JSON")
    assert renew(mine.parent) == []


def write_notebook(path, code, outputs=()):
    path.parent.mkdir(parents=True, exist_ok=True)
    cell = {"cell_type": "code", "source": [code], "outputs": list(outputs), "metadata": {}, "execution_count": None}
    path.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))


def test_the_hub_installs_what_was_tested():
    pins = [
        dict(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / name).read_text("utf-8"), re.M))
        for name in ("requirements.lock", "deploy/hub/requirements.txt")
    ]
    both = set(pins[0]) & set(pins[1])
    assert len(both) > 90
    assert {name for name in both if pins[0][name] != pins[1][name]} == set()
    for line in (HUB / "requirements.in").read_text("utf-8").splitlines():
        if (name := line.partition("==")[0]) != line:
            assert f"{name}=={pins[1][name]}" == line
    node = json.loads((HUB / "package.json").read_text("utf-8"))["dependencies"]
    lock = json.loads((HUB / "package-lock.json").read_text("utf-8"))["packages"]
    assert {name: lock[f"node_modules/{name}"]["version"] for name in node} == node


def test_the_settings_that_it_brings_are_those_that_are_read():
    assert set(tomllib.loads((HUB / "hub.toml").read_text("utf-8"))) == set(school_file.KINDS)


def test_a_folder_that_other_accounts_can_not_get_to_is_found():
    with tempfile.TemporaryDirectory() as name:  # pytest's own are closed to them
        home = Path(name)
        home.chmod(0o755)
        assert start.closed_folder(home / "project") is None
        home.chmod(0o750)
        assert start.closed_folder(home / "project") == home
