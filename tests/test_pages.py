"""Every HTML file that the kit writes: its Content-Security-Policy lets its own script run, and nothing else."""

from __future__ import annotations

import ast
import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from conftest import ROOT
from invented_class import InventedClass

from kit.analysis.annotate import annotate
from kit.classroom import discussion
from kit.cli import main
from kit.course.answers import forget_open
from kit.course.hand_in import hand_in
from kit.render.html import policy
from kit.resources import PACKAGE
from kit.sources.load import load
from kit.summaries.report import report
from kit.text.article import read_text
from kit.widgets.rewriter import Rewriter

LESSON = "02_who_says_so"
TEXT = "It may rain in Port Vorn, the mayor said on Monday, calling the storm a monster."
# What each module that writes pages is asked for below. A new one has to be written here as well.
WRITERS = {
    "render/marked_text.py": ("annotate.html", "print-article_key.html"),
    "render/sections.py": ("report.html",),
    "classroom/class_page.py": ("class.html",),
    "classroom/discussion.py": ("discuss.html",),
    "classroom/worksheet.py": ("print-lesson.html", "print-lesson_key.html", "print-article.html"),
    "course/hand_in.py": ("answers/hand-in.html",),
    "course/look_back.py": ("answers/look-back.html",),
    "widgets/reader_page.py": ("annotate-page.html",),
    "widgets/rewriter.py": ("answers/my_text-rewrite.html",),
}
PAGES = [page for pages in WRITERS.values() for page in pages]


class Page(HTMLParser):
    """The scripts, styles and attributes of a page, and its policies with what stands before them."""

    def __init__(self, text):
        super().__init__()
        self.held, self.attributes, self.policies, self.tags = [], [], [], []
        self._in = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attributes]
        if tag in ("script", "style"):
            self._in = (tag, given.get("type", ""))
            self.held.append([*self._in, ""])
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policies.append((given["content"], list(self.tags)))

    def handle_endtag(self, tag):
        self._in = None

    def handle_data(self, data):
        if self._in:
            self.held[-1][2] += data


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A folder with every file that the commands and the notebooks' functions write."""
    folder = tmp_path_factory.mktemp("pages")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("BTL_ANSWERS", str(folder / "answers"))
        patch.setattr(discussion.webbrowser, "open", lambda address: True)
        forget_open()
        (folder / "rain.txt").write_text(TEXT, "utf-8")
        InventedClass(2, only=(LESSON,)).write(folder / "in")
        for arguments in (
            ["annotate", "rain.txt", "--format", "html", "-o", "annotate.html"],
            ["annotate", "rain.txt", "--format", "page", "-o", "annotate-page.html"],
            ["print", LESSON, "-o", "print-lesson.html"],
            ["print", "rain.txt", "-o", "print-article.html"],
            ["class", "in", "-o", "class.html"],
        ):
            assert main(arguments) == 0
        discussion.follow(LESSON, folder / "in", folder / "discuss.html", pause=interrupt)
        (folder / "report.html").write_text(report(annotate(load("blinken"))).to_html(), "utf-8")
        Rewriter("my_text/rewrite", read_text(TEXT)).export()
        hand_in("Ada")
        forget_open()
    return folder


def interrupt(pause):
    raise KeyboardInterrupt


def test_each_module_that_writes_pages_is_tried():
    def calls(path):
        nodes = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        return {node.func.id for node in nodes if isinstance(node.func, ast.Name)}

    by_helper = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if "whole_page" in calls(path)}
    assert by_helper == set(WRITERS)
    by_hand = [path for path in PACKAGE.rglob("*.py") if re.search(r"^<(html|!doctype)", path.read_text("utf-8"), re.M)]
    assert [path.name for path in by_hand] in ([], ["html.py"])


def test_each_page_that_is_written_is_looked_at(written):
    assert sorted(path.relative_to(written).as_posix() for path in written.rglob("*.html")) == sorted(PAGES)


@pytest.mark.parametrize("name", [*PAGES, "lite/start.html"])
def test_only_its_own_script_may_run_and_nothing_is_fetched(written, name):
    path = ROOT / name if name.startswith("lite/") else written / name
    page = Page(path.read_text("utf-8"))
    ((rules, before),) = page.policies
    assert before == ["html", "head", "meta", "meta"]  # first of all, but the encoding
    scripts = [text for tag, kind, text in page.held if tag == "script" and kind != "application/json"]
    styles = [text for tag, _, text in page.held if tag == "style"]
    assert max(len(scripts), len(styles)) <= 1
    assert rules == policy(script="".join(scripts), style="".join(styles))
    assert set(page.tags) & {"iframe", "object", "embed", "base", "form", "link", "img"} == set()
    assert [one for one in page.attributes if one[1].startswith("on") or one[1] in ("src", "style", "srcdoc")] == []


def test_the_policy_names_the_script_and_the_style_by_what_is_in_them():
    def sha(text):
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    rules = dict(rule.split(" ", 1) for rule in policy(script="1", style="b{}").split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == f"'sha256-{sha('1')}'"
    assert rules["style-src"] == f"'sha256-{sha('b{}')}'"
    assert "unsafe" not in policy()


@pytest.mark.browser
def test_what_somebody_puts_into_a_copy_does_not_run(written, browser, tmp_path):
    """Without the policy the same words run, so it would be seen."""
    run = "document.documentElement.id = 'run'"
    evil = f'<script>{run}</script><img src=x onerror="{run}"><svg onload="{run}"></svg>'
    page, copy = browser.new_page(), tmp_path / "copy.html"
    ran = {}
    for name in (*PAGES, "lite/start.html"):
        text = (ROOT / name if name.startswith("lite/") else written / name).read_text("utf-8")
        for head in ("Content-Security-Policy", "X-None"):
            whole = re.sub(r"<body[^>]*>", lambda body: body[0] + evil, text, count=1)
            copy.write_text(whole.replace("Content-Security-Policy", head), "utf-8")
            page.goto(copy.as_uri())
            ran[name, head] = page.evaluate("document.documentElement.id") == "run"
    page.close()
    assert ran == {(name, head): head == "X-None" for name, head in ran}
