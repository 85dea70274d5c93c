"""How the kit looks in a browser: the shared style, and the frames for what stands without scripts.

HTML is `Markup` throughout the kit, and a plain string is text: `Markup.format` and `Markup.join` escape whatever is
text, so that nothing a student or an article says can become a tag. Widgets add their own scripts and styles:
kit/widgets/assets.py.
"""

from __future__ import annotations

import base64
import hashlib
import json

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
    page = Markup("<style>\n{}</style>\n{}\n").format(Markup(theme() + more), section(body, classes))
    return _without_surrogates(page)


def section(body: str, classes: str = "btl") -> Markup:
    """HTML or text that has the shared look where the page brings the style along: `theme`."""
    whole = Markup('<section class="{}" lang="en">\n{}\n</section>')
    return whole.format(f"{classes} {NO_MATH}", body)


def scrolling(table: str, name: str) -> Markup:
    """A table that scrolls in its frame where it is too wide, by keyboard too; ``name`` is read aloud.

    >>> print(scrolling(Markup("<table></table>"), "Who?"))
    <div class="btl-table" role="group" tabindex="0" aria-label="Who?"><table></table></div>
    """
    frame = Markup('<div class="btl-table" role="group" tabindex="0" aria-label="{}">{}</div>')
    return frame.format(name, table)


def whole_page(
    title: str, body: str, *, style: str = "", classes: str = "", script: str = "", data: object = None
) -> Markup:
    """A page that needs no other file, for a file of its own, and that can run and reach nothing else: see `policy`.

    ``body`` is HTML or text, with these ``classes``, and holds neither styles nor scripts: the page has one ``style``
    and at most one ``script``, a module. ``data`` is what that script finds as JSON in the element ``#data``.

    >>> page = whole_page("Rain & wind", Markup("<p>Rain.</p>"))
    >>> print(page.replace(policy(), "..."))
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="...">
    <meta name="viewport" content="width=device-width">
    <title>Rain &amp; wind</title>
    </head>
    <body>
    <p>Rain.</p>
    </body>
    </html>
    <BLANKLINE>
    """
    style, script = replace_surrogates(style), replace_surrogates(script)  # as they will be read, and hashed
    named = Markup(' class="{}"').format(classes) if classes else ""
    page = Markup("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
{css}</head>
<body{named}>
{body}
{data}{script}</body>
</html>
""")
    return _without_surrogates(
        page.format(
            policy=Markup(policy(script=script, style=style)),
            title=title,
            css=Markup("<style>{}</style>\n").format(Markup(style)) if style else "",
            named=named,
            body=body,
            data=_data(data) if script else "",
            script=Markup('<script type="module">{}</script>\n').format(Markup(script)) if script else "",
        )
    )


def policy(*, script: str = "", style: str = "") -> str:
    """The Content-Security-Policy of a page that runs this script and uses this style, and nothing else, whatever is in
    it: no other script, no handler in a tag, no picture, no frame, no form, and no request to anywhere. Nor may its own
    script make markup of text (`require-trusted-types-for`).

    >>> policy().split("; ")[:3]
    ["default-src 'none'", "script-src 'none'", "style-src 'none'"]
    """
    rules = ["default-src 'none'", f"script-src {_only(script)}", f"style-src {_only(style)}"]
    return "; ".join([*rules, "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'"])


def _only(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'" if text else "'none'"


def _data(data: object) -> Markup:
    """Data for a page's script, as JSON in which no tag can begin or end."""
    plain = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    for character in "<>&":
        plain = plain.replace(character, f"\\u{ord(character):04x}")
    return Markup('<script type="application/json" id="data">{}</script>\n').format(Markup(plain))


def _without_surrogates(page: Markup) -> Markup:
    return Markup(replace_surrogates(page))
