"""The scripts and styles of the widgets, as the browser gets them."""

from __future__ import annotations

from kit.resources import PACKAGE

FOLDER = PACKAGE / "widgets"


def script(*names: str) -> str:
    """What all widgets share and these scripts, as one module for the browser.

    >>> script("paste").startswith("// What all widgets share."), "export default" in script("paste")
    (True, True)
    """
    return _joined("js", "dom", *names)


def style(*names: str) -> str:
    """The look that all widgets and static pages share, and these styles; without names the look alone.

    >>> ".btl-paste" in style("paste"), ".btl-paste" in style()
    (True, False)
    """
    return _joined("css", "theme", *names)


def _joined(ending: str, *names: str) -> str:
    return "\n".join((FOLDER / f"{name}.{ending}").read_text("utf-8") for name in names)
