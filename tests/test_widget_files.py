"""The widgets' scripts and styles: they fetch nothing, all of them are used, and their colours can be read."""

import re

import pytest

from kit.errors import KitError
from kit.render.html import theme as shared_look
from kit.widgets import assets
from kit.widgets.assets import FOLDER
from kit.widgets.hand_in import HandIn
from kit.widgets.marker import Marker
from kit.widgets.paste import Paste
from kit.widgets.quiz import Quiz
from kit.widgets.reader import Reader
from kit.widgets.rewriter import Rewriter

WIDGETS = (Reader, Marker, Quiz, Rewriter, Paste, HandIn)
each = pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.__name__)


@each
def test_nothing_is_fetched_and_no_text_becomes_markup(widget):
    assert not re.findall(
        r"https?://(?!www\.w3\.org/2000/svg)|@import|url\(|\bimport\b|fetch\(", widget._esm + widget._css
    )
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", widget._esm)
    assert not re.findall(r"(?<!dataset)\.id = ", widget._esm)


@each
def test_a_widget_is_one_module_in_which_nothing_is_named_twice(widget):
    assert widget._esm.count("export default") == 1
    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", widget._esm, re.M)
    assert len(names) == len(set(names))


def test_every_file_is_part_of_a_widget_or_of_the_readers_page():
    scripts = [*(widget._esm for widget in WIDGETS), assets.script("reader_page")]
    styles = [*(widget._css for widget in WIDGETS), assets.style("reader", "reader_page")]
    for path in FOLDER.glob("*.js"):
        assert any(assets.stripped(path.stem) in script for script in scripts), path.name
    for path in FOLDER.glob("*.css"):
        assert any(path.read_text("utf-8") in style for style in styles), path.name


@pytest.fixture
def modules(tmp_path, monkeypatch):
    """Made-up modules in place of ours: a function that writes them, a text for each name."""

    def write(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.js").write_text(text, "utf-8")

    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    return write


def test_modules_stand_once_and_after_those_that_they_need(modules):
    modules(
        base="export const BASE = 1;\n",
        left='import { BASE } from "./base.js";\nexport function left() {}\n',
        right='import {\n  BASE,\n} from "./base.js";\nexport async function right() {}\n',
        all='// All.\nimport { left } from "./left.js";\nimport { right } from "./right.js";\nexport default [];\n',
    )
    assert assets.in_order("all") == ["base", "left", "right", "all"]
    assert assets.script("all").split("\n") == [
        "const BASE = 1;", "",
        "function left() {}", "",
        "async function right() {}", "",
        "// All.", "export default [];", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"a": 'import { B } from "./b.js";\nconst X = 1;\n', "b": "export const B = 1;\nconst X = 2;\n"},
         "b.js and a.js both name something X: rename one of them."),
        ({"a": 'import { C } from "./b.js";\n', "b": "export const B = 1;\nconst C = 2;\n"},
         "a.js imports C from b.js, which doesn't export it."),
        ({"a": 'import { B } from "./b.js";\n', "b": 'import { A } from "./a.js";\n'},
         "a.js imports itself: a → b → a."),
        ({"a": 'import { B } from "./b.js";\n'}, "a.js imports b.js, which isn't there."),
        ({"a": 'import * as b from "./b.js";\n'}, "a.js: 'import * as b from \"./b.js\";' can't be read."),
        ({"a": "const b = 1;\nexport { b };\n"}, "a.js: 'export { b };' can't be read."),
        ({"a": "const [b, c] = [1, 2];\n"}, "a.js: 'const [b, c] = [1, 2];' can't be read."),
    ],
)  # fmt: skip
def test_what_would_not_work_as_one_module_is_refused_in_a_sentence(modules, texts, sentence):
    modules(**texts)
    with pytest.raises(KitError) as refused:
        assets.script("a")
    assert str(refused.value).startswith(sentence)


@each
def test_the_shared_look_never_overrules_a_widgets_own(widget):
    """A table further down the page brings theme.css again."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", widget.__name__).lower()
    style = re.sub(r"/\*.*?\*/", "", (FOLDER / f"{name.replace('-', '_')}.css").read_text("utf-8"), flags=re.DOTALL)
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
PAIRS += [
    (ink, ground, 4.5) for ink in ("quiet", "hedge", "framing", "good", "fair", "bad") for ground in ("paper", "raised")
]
PAIRS += [(line, ground, 3) for line in ("hedge", "framing", "focus") for ground in GROUNDS]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_text_and_lines_can_be_told_from_what_they_stand_on(ink, ground, least, theme):
    palette = colours()
    assert contrast(palette[ink][theme], palette[ground][theme]) >= least
