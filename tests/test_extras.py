"""What only a part of the kit needs is an extra: the rest runs without it, and what is missing is named."""

import io
import subprocess
import sys
import tomllib

import pytest
from conftest import ROOT

from kit.cli import main
from kit.errors import KitError
from kit.extras import EXTRAS, need

OPTIONAL = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
# All that the extras bring and the base dependencies do not, as far as the kit could import it.
NOT_IN_A_BROWSER = ("jupyter_client", "jupyter_core", "jupyter_server", "jupyterlab", "nbclient", "nbformat", "nbval")
NOT_IN_A_BROWSER += ("distributed", "ipykernel", "numpy", "onnxruntime", "pyarrow", "pytest", "zmq")
NEED_AN_EXTRA = {"kit.classroom.notebook_runner", "kit.jupyter.contents"}
STRONG = ROOT / "kit" / "analysis" / "strong"
NEED_AN_EXTRA |= {f"kit.analysis.strong.{file.stem}" for file in STRONG.glob("[!_]*.py")}


@pytest.mark.parametrize(
    ("command", "hidden", "message"),
    [
        ("lab", "jupyterlab", 'This needs JupyterLab: pip install "between-the-lines[lab]"'),
        ("check", "nbval", 'This needs nbval: pip install "between-the-lines[check]"'),
        ("annotate - --reader strong", "numpy", 'This needs onnxruntime: pip install "between-the-lines[strong]"'),
        ("corpus news -o archive", "pyarrow", 'This needs Apache Arrow: pip install "between-the-lines[corpus]"'),
        ("check", "nbclient", 'This needs nbval: pip install "between-the-lines[check]"'),
    ],
)
def test_a_missing_extra_is_named_with_the_command_that_brings_it(command, hidden, message, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, hidden, None)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"It may rain.")))
    assert main(command.split()) == 2
    assert capsys.readouterr().err == f"kit: {message}\n"


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_is_one_that_pip_knows(extra):
    assert extra in OPTIONAL
    need(extra)  # It is installed where tests run.


def test_a_package_that_does_not_exist_is_missed(monkeypatch):
    monkeypatch.setitem(EXTRAS, "moon", ("A moon", ("json", "no_such_module")))
    with pytest.raises(KitError, match=r'This needs A moon: pip install "between-the-lines\[moon\]"'):
        need("moon")


def test_everything_else_runs_without_the_extras():
    files = sorted((ROOT / "kit").rglob("*.py"))
    modules = {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in files}
    modules -= NEED_AN_EXTRA | {"kit.__main__"}
    code = f"""
import importlib, sys
sys.modules.update(dict.fromkeys({NOT_IN_A_BROWSER}))
for module in {sorted(modules)}:
    importlib.import_module(module)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert done.stderr == ""
