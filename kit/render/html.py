"""How the kit looks in a browser: the shared style, and the frames for what stands without scripts.

Widgets add their own scripts and styles: kit/widgets/assets.py.
"""

from __future__ import annotations

from html import escape

from kit.files import replace_surrogates
from kit.readings.labels import Layer, layers
from kit.resources import PACKAGE


def theme() -> str:
    """The style that all widgets and static pages share, with the colours and the style of each layer."""
    shared = (PACKAGE / "widgets" / "static" / "theme.css").read_text("utf-8")
    return shared + "".join(_layer_style(layer) for layer in layers())


def _layer_style(layer: Layer) -> str:
    name, (light, dark) = layer.name, layer.colours
    drawn = f".btl-show-{name} .btl-{name} {{{layer.style}}}\n" if layer.style else ""
    return f".btl {{ --{name}: light-dark({light}, {dark}); }}\n{drawn}.btl-of-{name} {{ --of: var(--{name}); }}\n"


def static(body: str, *, classes: str = "btl", more: str = "") -> str:
    """HTML that brings the shared look along and needs no script. ``body`` is HTML; ``more``: styles of its own.

    >>> static("<p>Rain.</p>").endswith('<section class="btl" lang="en">\\n<p>Rain.</p>\\n</section>\\n')
    True
    """
    page = f'<style>\n{theme()}{more}</style>\n<section class="{classes}" lang="en">\n{body}\n</section>\n'
    return replace_surrogates(page)


def scrolling(table: str, name: str) -> str:
    """A table that scrolls in its frame where it is too wide, by keyboard too; ``name`` is read aloud.

    >>> scrolling("<table></table>", "Who?")
    '<div class="btl-table" role="group" tabindex="0" aria-label="Who?"><table></table></div>'
    """
    return f'<div class="btl-table" role="group" tabindex="0" aria-label="{escape(name)}">{table}</div>'


def whole_page(title: str, body: str, *, style: str = "", classes: str = "") -> str:
    """A page that needs no other file, for a file of its own. ``title`` is text, ``body`` HTML with these ``classes``.

    >>> print(whole_page("Rain & wind", "<p>Rain.</p>"))
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Rain &amp; wind</title>
    </head>
    <body>
    <p>Rain.</p>
    </body>
    </html>
    <BLANKLINE>
    """
    css = f"<style>{style}</style>\n" if style else ""
    named = f' class="{classes}"' if classes else ""
    return replace_surrogates(f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{escape(title)}</title>
{css}</head>
<body{named}>
{body}
</body>
</html>
""")
