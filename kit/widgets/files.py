"""The scripts and styles of the widgets, as the browser gets them, and the frame of what stands without scripts."""

from __future__ import annotations

from html import escape

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


def static(body: str, *, classes: str = "btl", more: str = "") -> str:
    """HTML that brings the shared look along and needs no script. ``body`` is HTML; ``more``: styles of its own.

    >>> static("<p>Rain.</p>").endswith('<section class="btl" lang="en">\\n<p>Rain.</p>\\n</section>\\n')
    True
    """
    return f'<style>\n{style()}{more}</style>\n<section class="{classes}" lang="en">\n{body}\n</section>\n'


def scrolling(table: str, name: str) -> str:
    """A table that scrolls in its frame where it is too wide, by keyboard too; ``name`` is read aloud.

    >>> scrolling("<table></table>", "Who?")
    '<div class="btl-table" role="group" tabindex="0" aria-label="Who?"><table></table></div>'
    """
    return f'<div class="btl-table" role="group" tabindex="0" aria-label="{escape(name)}">{table}</div>'


def _joined(ending: str, *names: str) -> str:
    return "\n".join((FOLDER / f"{name}.{ending}").read_text("utf-8") for name in names)
