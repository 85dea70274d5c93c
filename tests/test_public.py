"""The public names: each is what it says, whatever was imported before, and each stands in the README."""

import inspect
import subprocess
import sys

import pytest

import kit
from kit.resources import PACKAGE

MODULES = sorted(path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("_"))


@pytest.mark.parametrize("name", kit.__all__)
def test_a_public_name_is_documented(name):
    value = getattr(kit, name)
    assert inspect.isclass(value) or inspect.isfunction(value)
    assert inspect.getdoc(value)
    assert f"`{name}`" in (PACKAGE.parent / "README.md").read_text("utf-8")


def test_functions_keep_their_names_when_modules_of_the_same_name_are_imported():
    imports = f"[importlib.import_module('kit.' + module) for module in {MODULES}]"
    code = f"import kit, importlib; {imports}; print(kit.report, kit.figures, kit.framing)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.count("<function") == 3


def test_importing_the_kit_loads_no_widgets():
    heavy = ("ipywidgets", "anywidget", "numpy")
    code = f"import sys, kit; print([name for name in sys.modules if name.startswith({heavy})])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nonsense"):
        kit.nonsense  # noqa: B018
