"""The widgets' scripts and styles: they fetch nothing, all of them are used, and their colours can be read."""

import re

import pytest

from kit.render.html import theme as shared_look
from kit.widgets.files import FOLDER
from kit.widgets.marker import Marker
from kit.widgets.paste import Paste
from kit.widgets.quiz import Quiz
from kit.widgets.reader import Reader
from kit.widgets.rewriter import Rewriter

WIDGETS = (Reader, Marker, Quiz, Rewriter, Paste)
each = pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.__name__)


@each
def test_nothing_is_fetched_and_no_text_becomes_markup(widget):
    assert not re.findall(r"https?://|@import|url\(|\bimport\b|fetch\(", widget._esm + widget._css)
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", widget._esm)
    assert not re.findall(r"(?<!dataset)\.id = ", widget._esm)


@each
def test_a_widget_is_one_module_in_which_nothing_is_named_twice(widget):
    assert widget._esm.count("export default") == 1
    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", widget._esm, re.M)
    assert len(names) == len(set(names))


def test_every_file_is_part_of_a_widget():
    for path in [*FOLDER.glob("*.js"), *FOLDER.glob("*.css")]:
        text = path.read_text("utf-8")
        assert any(text in widget._esm or text in widget._css for widget in WIDGETS), path.name


@each
def test_the_shared_look_never_overrules_a_widgets_own(widget):
    """A table further down the page brings theme.css again."""
    name = widget.__name__.lower()
    style = re.sub(r"/\*.*?\*/", "", (FOLDER / f"{name}.css").read_text("utf-8"), flags=re.DOTALL)
    selectors = [one.strip() for one in re.findall(r"([^{}]+)\{", style)]
    for selector in selectors:
        assert selector.startswith(("@", f".btl.btl-{name}")), selector


def test_styles_are_such_as_safari_understands():
    """It takes no more than the line from `text-decoration`, and `user-select` with a prefix only."""
    for path in FOLDER.glob("*.css"):
        style = path.read_text("utf-8")
        assert "text-decoration:" not in style, path.name
        assert len(re.findall(r"(?<!-)user-select:", style)) == style.count("-webkit-user-select:"), path.name


def colours():
    """The palette: name -> (light, dark)."""
    style = shared_look()
    found = dict(re.findall(r"--([\w-]+): light-dark\(([^)]*)\)", style))
    return {name: value.split(", ") for name, value in found.items()}


def luminance(colour):
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ("paper", "raised", "said", "said-deep", "chosen")
PAIRS = [(ink, ground, 4.5) for ink in ("ink", "attribution") for ground in GROUNDS]
PAIRS += [(ink, ground, 4.5) for ink in ("quiet", "hedge", "framing", "good", "bad") for ground in ("paper", "raised")]
PAIRS += [(line, ground, 3) for line in ("hedge", "framing", "focus") for ground in GROUNDS]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_text_and_lines_can_be_told_from_what_they_stand_on(ink, ground, least, theme):
    palette = colours()
    assert contrast(palette[ink][theme], palette[ground][theme]) >= least
