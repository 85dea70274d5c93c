"""A lesson that was run, saved and exported to HTML: all that was asked and answered stands there without a script."""

import os
import re
from html import unescape
from html.parser import HTMLParser

import nbformat
import pytest
from conftest import ROOT
from markupsafe import Markup
from nbclient import NotebookClient
from nbconvert import HTMLExporter

import kit
from kit.course.answers import open_answers
from kit.course.feedback import read_answer
from kit.course.lessons import read_lesson
from kit.course.on_paper import in_words
from kit.render.html import NO_MATH
from kit.widgets.marker import Marker
from kit.widgets.paste import Paste
from kit.widgets.quiz import Quiz
from kit.widgets.reader import show
from kit.widgets.rewriter import Rewriter

LESSON = "02_who_says_so"
WRITTEN = "It cost $7 million and $8, I think: <b>who</b> counted?"


pytestmark = pytest.mark.usefixtures("folder")


def answer_all():
    """An answer to each question of the lesson; and a mark of each exercise that marks."""
    for item in read_lesson(LESSON).questions:
        quiz = Quiz(item.id)
        if item.kind == "text":
            quiz.text = WRITTEN
        elif item.kind == "span":
            quiz.picked = ["0"]
        elif item.kind == "order":
            quiz.picked = [option.id for option in item.options]
        else:
            quiz.picked = [item.options[0].id]
        quiz.sure = "sure" if item.asks_sure else ""
        quiz.commit()


def exported(path, folder):
    """A notebook as it is after a run in JupyterLab, which stores no state of widgets, as nbconvert shows it."""
    notebook = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(notebook, kernel_name="python3", resources=where, store_widget_state=False, timeout=120)
    client.execute(env=os.environ | {"PYTHONPATH": str(ROOT), "BTL_ANSWERS": str(folder)})
    page, _ = HTMLExporter().from_notebook_node(notebook)
    return notebook, page


def plain(page):
    tags = re.compile(r"<style.*?</style>|<script.*?</script>|<[^>]+>", re.DOTALL)
    return " ".join(unescape(tags.sub(" ", page)).split())


def test_every_question_answer_mark_and_text_stands_in_the_page(folder):
    answer_all()
    story = read_lesson(LESSON).article
    marker = Marker(f"{LESSON}/mark", story, layer="attribution", labels=["cue"], paragraphs=(2, 5))
    marker.marks = [{"first": 3, "last": 3, "label": "cue", "sure": True}]
    pieces = [piece for block in marker.blocks for piece in block["pieces"]]
    marked = next(piece["text"] for piece in pieces if piece["word"] == 3)
    notebook, page = exported(ROOT / "notebooks" / f"{LESSON}.ipynb", folder)
    said, sources = plain(page), "\n".join(cell.source for cell in notebook.cells)
    asked = [item for item in read_lesson(LESSON).questions if f'"{item.id}"' in sources]
    assert len(asked) > 5
    answers = open_answers(LESSON)
    for item in asked:
        assert " ".join(item.question.split()) in said, item.id
        for line in in_words(item, read_answer(item, answers.get(item.name))).splitlines():
            assert " ".join(line.split()) in said, (item.id, line)
    assert re.search(rf'<mark class="btl-cue"[^>]*>{re.escape(marked)}</mark>', page)
    last = story.parts[-1]
    for part in (story.parts[0], last):
        assert " ".join(story.text[part.start : part.end].split()) in said
    assert "model not found" not in page.lower()
    assert "widget-view+json" not in page


def outputs(folder):
    """Each kind of HTML that the kit gives a notebook, with money in it wherever a text of one's own can be."""
    text = "The bridge cost $7 million and $8, the mayor may have said.\n\nTerrorists fled, she added."
    reading = kit.annotate(text)
    careful = kit.Reading(reading.article, "me", reading.annotations[:1])
    rewriter = Rewriter("04_in_whose_words/rewrite-orna", text)
    rewriter.versions = [rewriter.versions[0], "Fighters fled with $9 and $10, she added."]
    answer_all()
    marker = Marker(f"{LESSON}/mark", text)
    for widget in (
        Quiz(f"{LESSON}/why-said"),
        marker,
        rewriter,
        show(reading),
        Paste("06_your_article/first", example="ferry_1"),
        Quiz.review(LESSON),
    ):
        yield type(widget).__name__, widget._repr_mimebundle_()
    for shown in (
        kit.report(reading),
        kit.report(reading)["figures"],
        kit.compare(reading, careful),
        kit.compare(text, text + " It cost $3 or $4."),
        kit.progress(),
        kit.hand_in("Ana $5 and $6"),
        kit.glossary("hedge"),
    ):
        yield type(shown).__name__, {"text/html": shown._repr_html_()}


class Money(HTMLParser):
    """Collects text with a dollar that stands in no element which MathJax leaves alone."""

    def __init__(self, page):
        super().__init__()
        self.open, self.maths = [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag != "br":
            self.open.append((tag, dict(attributes).get("class") or ""))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        style = self.open and self.open[-1][0] == "style"
        if (
            "$" in data
            and not style
            and not any(set(NO_MATH.split()) <= set(classes.split()) for _, classes in self.open)
        ):
            self.maths.append(data)


def test_money_outside_would_be_seen():
    assert Money("<p>It cost $7 or $8.</p>").maths
    assert not Money(f'<div class="btl {NO_MATH}"><br><p>It cost $7 or $8.</p></div>').maths


def test_a_dollar_is_money_in_every_output(folder):
    for name, bundle in outputs(folder):
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        assert not {"text/latex", "text/markdown"} & data.keys(), name
        assert NO_MATH in data["text/html"], name
        assert Money(data["text/html"]).maths == [], name


def test_what_a_student_wrote_is_text(folder):
    answer_all()
    page = Quiz(f"{LESSON}/why-said")._repr_mimebundle_()[0]["text/html"]
    assert Markup.escape(WRITTEN) in page
    assert "<b>who" not in page
