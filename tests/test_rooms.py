"""The house: each room of kit/ imports only from rooms below it. kit/cli.py and kit/__init__.py may use all of them."""

import ast

import pytest

from kit.resources import PACKAGE

BASE = ("version", "errors", "extras", "resources", "files", "wording", "progress_bar")
ROOMS = (
    *BASE,
    "models",
    "text",
    "lexicons",
    "readings",
    "sources",
    "render",
    "formats",
    "comparing",
    "analysis",
    "summaries",
    "corpus",
    "course",
    "widgets",
    "classroom",
    "jupyter",
)
FACES = ("cli", "__main__", "__init__")
FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path):
    """The rooms of the kit that a file imports from; those for types alone count too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module == "kit":
            names = [f"kit.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [str(node.module)]
        yield from (name.split(".")[1] for name in names if name.startswith("kit."))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_go_down(path):
    room = room_of(path)
    if room in FACES:
        return
    allowed = ROOMS[: ROOMS.index(room) + 1]
    assert {name for name in imported_rooms(path) if name not in allowed} == set()


def test_every_room_says_what_it_is_for():
    folders = {path.parent for path in FILES} - {PACKAGE}
    silent = [folder for folder in folders if not ast.get_docstring(ast.parse((folder / "__init__.py").read_text()))]
    assert silent == []


def test_a_way_up_would_be_seen(tmp_path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text("def f():\n    from kit.widgets.quiz import Quiz\n    from kit import cli\n")
    assert list(imported_rooms(wrong)) == ["widgets", "cli"]
