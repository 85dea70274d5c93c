"""The Reader without Jupyter: one file with its script, for the projector, for mail, for a lesson without notebooks.

The page is whole without scripts: the marked text and a table of its marks. Its one script is the widget's own, run by
static/reader_page.js in place of anywidget. A Content-Security-Policy lets nothing else run and nothing be fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from kit.readings.labels import layer_names, layers
from kit.readings.reading import Reading
from kit.render.html import section, whole_page
from kit.render.marked_text import layers_shown, marked
from kit.text.article import Article
from kit.version import PROGRAMS, STRONG_READER
from kit.widgets.assets import script, style
from kit.widgets.reader import Reader
from kit.wording import one_line

# What is known of where a text is from: the first that there is of each, in this order.
KNOWN = (("author",), ("agency_name", "agency"), ("site",), ("published", "date"), ("address",))
HEAD = 1000  # characters at the head of a text, where its title may stand
LINK = ', a program. <a href="#wrong">How often is it wrong?</a>'
UNKNOWN = "The file doesn't say where this text is from."
# How often the programs are wrong, by layer. tests/test_reader_page.py and tests/test_told_figures.py hold these
# figures to benchmarks/.
FOUND, FOUND_BY_STRONG = "about seven", "seven or eight"
WRONG = {
    "attribution": "Who says so: on news from which it had not learned, it finds {} of ten signals; about one in four "
    "of its marks trained people set otherwise.",
    "hedge": "How sure: of ten sentences in which it marks doubt, people saw some in about eight; of ten in which they "
    "saw doubt, it finds about nine.",
    "framing": "In whose words: of ten words that it marks as carrying a view, trained readers marked about three.",
}
JUDGE = "A mark is a place to look at, no verdict. Is it right here? Decide by the text."


def reader_page(reading: Reading) -> Markup:
    """A reading as one HTML file with the live Reader in it. Every character of the text is escaped.

    >>> from kit.text.article import read_text
    >>> "&lt;b&gt; may rain" in reader_page(Reading(read_text("It <b> may rain."), "me"))
    True
    """
    article = reading.article
    text, table = marked(reading)
    reader = Reader(reading)
    body = Markup(
        '<header><h1 class="{look}">{title}</h1><p>{source}</p><p>Marked by {by}{link}</p></header>\n'
        '<main><div id="reader">{text}</div>\n{table}</main>\n{wrong}'
    ).format(
        look="in-text" if one_line(article.title) in one_line(article.text[:HEAD]) else "alone",
        title=article.title or "A text",
        source=" · ".join(_source(article)) or UNKNOWN,
        by=reading.reader or "nobody",
        link=Markup(LINK) if reading.reader in PROGRAMS else ".",
        text=section(text, layers_shown(layer_names())),
        table=section(table) if table else "",
        wrong=_wrong(reading),
    )
    return whole_page(
        article.title,
        body,
        style=style("reader", "reader_page"),
        classes="btl reader-page",
        script=script("reader_page"),
        data={name: getattr(reader, name) for name in Reader.class_own_traits(sync=True)},
    )


def _source(article: Article) -> Iterator[str]:
    """What the article's file says about where it is from."""
    for names in KNOWN:
        told = (article.meta.get(name) for name in names)
        yield from [str(value) for value in told if isinstance(value, str | date) and str(value).strip()][:1]


def _wrong(reading: Reading) -> Markup:
    """How often this reader is wrong, in the layers that it marked; nothing of a person."""
    if reading.reader not in PROGRAMS:
        return Markup("")
    found = FOUND_BY_STRONG if reading.reader == STRONG_READER else FOUND
    told = [WRONG[layer.name].format(found) for layer in layers() if layer.name in WRONG and reading.layer(layer.name)]
    lines = Markup("").join(Markup("<p>{}</p>").format(sentence) for sentence in (*told, JUDGE))
    return Markup('<footer id="wrong"><h2>How often it is wrong</h2>{}</footer>').format(lines)
