"""How the kit looks in a browser: the shared style, and the frames for what stands without scripts.

HTML is `Markup` throughout the kit, and a plain string is text: `Markup.format` and `Markup.join` escape whatever is
text, so that nothing a student or an article says can become a tag. Widgets add their own scripts and styles:
kit/widgets/assets.py.
"""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup

from kit.files import replace_surrogates
from kit.readings.labels import Layer, layers
from kit.resources import PACKAGE

NO_MATH = "mathjax_ignore tex2jax_ignore"  # a dollar is money: what MathJax 3 and 4 leave alone, and what 2 does


def theme() -> str:
    """The style that all widgets and static pages share, with the colours and the style of each layer."""
    shared = (PACKAGE / "widgets" / "static" / "theme.css").read_text("utf-8")
    return shared + "".join(_layer_style(layer) for layer in layers())


def _layer_style(layer: Layer) -> str:
    name, (light, dark) = layer.name, layer.colours
    drawn = f".btl-show-{name} .btl-{name} {{{layer.style}}}\n" if layer.style else ""
    return f".btl {{ --{name}: light-dark({light}, {dark}); }}\n{drawn}.btl-of-{name} {{ --of: var(--{name}); }}\n"


def static(body: str, *, classes: str = "btl", more: str = "") -> Markup:
    """HTML that brings the shared look along and needs no script. ``body`` is HTML or text; ``more``: its own styles.

    >>> static(Markup("<p>Rain.</p>")).endswith(' lang="en">\\n<p>Rain.</p>\\n</section>\\n')
    True
    >>> static("<Rain>").endswith(' lang="en">\\n&lt;Rain&gt;\\n</section>\\n')
    True
    """
    page = Markup('<style>\n{}</style>\n<section class="{}" lang="en">\n{}\n</section>\n')
    return _without_surrogates(page.format(Markup(theme() + more), f"{classes} {NO_MATH}", body))


def scrolling(table: str, name: str) -> Markup:
    """A table that scrolls in its frame where it is too wide, by keyboard too; ``name`` is read aloud.

    >>> print(scrolling(Markup("<table></table>"), "Who?"))
    <div class="btl-table" role="group" tabindex="0" aria-label="Who?"><table></table></div>
    """
    frame = Markup('<div class="btl-table" role="group" tabindex="0" aria-label="{}">{}</div>')
    return frame.format(name, table)


def whole_page(title: str, body: str, *, style: str = "", classes: str = "", head: str = "") -> Markup:
    """A page that needs no other file, for a file of its own. ``body`` is HTML or text, with these ``classes``;
    ``head``: what else stands at its head.

    >>> print(whole_page("Rain & wind", Markup("<p>Rain.</p>")))
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
    css = Markup("<style>{}</style>\n").format(Markup(style)) if style else ""
    named = Markup(' class="{}"').format(classes) if classes else ""
    page = Markup("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
{head}{css}</head>
<body{named}>
{body}
</body>
</html>
""")
    return _without_surrogates(page.format(title=title, head=head, css=css, named=named, body=body))


def offline(script: str, style: str) -> Markup:
    """For the head of a page: it may run this script and use this style, and reach nothing else, whatever is in it.

    >>> "default-src 'none'; script-src 'sha256-" in offline("", "").unescape()
    True
    """
    digests = (hashlib.sha256(text.encode()).digest() for text in (script, style))
    scripts, styles = (f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    rules = f"default-src 'none'; script-src {scripts}; style-src {styles}; base-uri 'none'; form-action 'none'"
    return Markup('<meta http-equiv="Content-Security-Policy" content="{}">\n').format(rules)


def _without_surrogates(page: Markup) -> Markup:
    return Markup(replace_surrogates(page))
