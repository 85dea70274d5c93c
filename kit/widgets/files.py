"""The scripts and styles of the widgets, as the browser gets them."""

from __future__ import annotations

from kit.render.html import theme
from kit.resources import PACKAGE

FOLDER = PACKAGE / "widgets"


def script(*names: str) -> str:
    """What all widgets share and these scripts, as one module for the browser.

    >>> script("paste").startswith("// What all widgets share."), "export default" in script("paste")
    (True, True)
    """
    return "\n".join(_read(f"{name}.js") for name in ("dom", *names))


def style(name: str) -> str:
    """The look that all widgets share, and this widget's own style.

    >>> ".btl-paste" in style("paste")
    True
    """
    return f"{theme()}\n{_read(f'{name}.css')}"


def _read(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")
