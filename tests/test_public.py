"""The public names: each is what it says, whatever was imported before. That each is explained: tests/test_docs.py."""

import ast
import inspect
import re
import subprocess
import sys

import pytest

import kit
from kit.resources import PACKAGE

ROOT = PACKAGE.parent


def printed_by(code: str) -> str:
    """What a Python of its own prints that runs this code."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("name", kit.__all__)
def test_a_public_name_is_documented(name):
    value = getattr(kit, name)
    assert inspect.isclass(value) or inspect.isfunction(value)
    assert inspect.getdoc(value)


def test_type_checkers_see_the_names_where_they_are():
    written = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    imports = [node for block in written.body if isinstance(block, ast.If) for node in block.body]
    assert {node.names[0].asname: node.module for node in imports} == kit._HOMES


def test_no_module_is_called_like_a_public_name():
    """Python puts an imported module on its package, under its name: there it would take the function's place."""
    modules = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert modules & set(kit.__all__) == set()


def test_importing_the_kit_loads_next_to_nothing():
    """A fresh Python loads the kit's version and what is needed for that, and no package of anybody else's."""
    code = "import sys; before = set(sys.modules); import kit; print(*sorted(set(sys.modules) - before))"
    loaded = printed_by(code).split()
    assert [name for name in loaded if name.startswith("kit")] == ["kit", "kit.version"]
    assert {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names) == {"kit"}
    slow = {
        "asyncio",
        "difflib",
        "html",
        "json",
        "logging",
        "multiprocessing",
        "random",
        "tomli",
        "tomllib",
        "unittest",
    }
    assert slow & set(loaded) == set()


def test_reading_an_article_loads_no_widgets():
    code = "import sys, kit; kit.report(kit.annotate('It may rain, she said.')); print(*sys.modules)"
    loaded = {name.partition(".")[0] for name in printed_by(code).split()}
    assert {"anywidget", "ipywidgets", "IPython", "onnxruntime"} & loaded == set()
    assert "nltk" in loaded


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nonsense"):
        kit.nonsense  # noqa: B018


# ------------------------------------------------------------------------------------------ one version


def test_the_kit_reads_under_the_name_of_its_version():
    major, minor, *_ = kit.__version__.split(".")
    assert kit.annotate("It may rain.").reader == f"kit {major}.{minor}"


def test_the_changelog_has_a_section_for_this_version():
    newest = re.search(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)[1]
    released = kit.__version__.removesuffix(".dev0")
    if released != kit.__version__:
        assert newest == "Unreleased"
    else:
        assert re.fullmatch(rf"{re.escape(released)} · \d{{4}}-\d\d-\d\d", newest)
