"""The scripts and styles of the widgets, as the browser gets them: one module and one stylesheet each.

The scripts in ``static/`` say with ``import`` and ``export`` what they need of each other, so that an editor, the type
checker and node read them as they are. anywidget hands one text to the browser, which then has nothing to fetch: here
the modules are put one after the other, and the lines that joined them go. So all of them share one scope, and no two
may give the same name to different things.
"""

from __future__ import annotations

import re

from kit.errors import KitError
from kit.render.html import theme
from kit.resources import PACKAGE

FOLDER = PACKAGE / "widgets" / "static"
IMPORT = re.compile(r'^import \{([^{}]+)\} from "\./(\w+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class) )", re.MULTILINE)
NAMED = re.compile(r"^(export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
UNREADABLE = re.compile(r"^(?:import|export (?!default)|(?:const|let) [\[{]|var ).*", re.MULTILINE)  # once stripped


def script(name: str) -> str:
    """A script of ``static/`` and all that it imports as one module, each after those that it needs.

    Raises `KitError` where that can't be done: two modules name something alike, a module or a name that is imported
    isn't there, modules import each other in a circle, or a line is not ``import { one, two } from "./module.js";``.

    >>> "export default" in script("paste"), "import {" in script("paste")
    (True, False)
    """
    names = in_order(name)
    _check(names)
    return "\n".join(stripped(one) for one in names)


def in_order(name: str, *inside: str) -> list[str]:
    """The modules that one needs, each once and after those that it needs itself; the last is its own.

    >>> in_order("paste")[-1], in_order("dom")
    ('paste', ['dom'])
    """
    if name in inside:
        raise KitError(f"{name}.js imports itself: {' → '.join([*inside[inside.index(name) :], name])}.")
    modules: dict[str, None] = {}
    for _, other in IMPORT.findall(_read(f"{name}.js")):
        if not (FOLDER / f"{other}.js").is_file():
            raise KitError(f"{name}.js imports {other}.js, which isn't there.")
        modules |= dict.fromkeys(in_order(other, *inside, name))
    return [*modules, name]


def stripped(name: str) -> str:
    """A module without what joins it to others: its imports, and the word before what it exports."""
    return EXPORT.sub("", IMPORT.sub("", _read(f"{name}.js")))


def style(*names: str) -> str:
    """The look that all widgets share, and these stylesheets of ``static/``.

    >>> ".btl-paste" in style("paste")
    True
    """
    return "\n".join([theme(), *(_read(f"{name}.css") for name in names)])


def _check(names: list[str]) -> None:
    """Refuse modules that can't share one scope."""
    home: dict[str, str] = {}  # where each name is given
    exported: set[tuple[str, str]] = set()
    for module in names:
        text = _read(f"{module}.js")
        if line := UNREADABLE.search(stripped(module)):
            raise KitError(f"{module}.js: {line.group()!r} can't be read. Import and export names, one name a line.")
        for is_exported, given in NAMED.findall(text):
            if given in home:
                raise KitError(f"{home[given]}.js and {module}.js both name something {given}: rename one of them.")
            home[given] = module
            if is_exported:
                exported.add((module, given))
        for wanted, other in IMPORT.findall(text):
            for one in wanted.replace(",", " ").split():
                if (other, one) not in exported:
                    raise KitError(f"{module}.js imports {one} from {other}.js, which doesn't export it.")


def _read(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")
