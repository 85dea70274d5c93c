"""Texts that mean harm, in wherever somebody's text gets in, and every page that the kit makes of them.

`tests/test_hostile_text.py` reads those pages, `tests/e2e/test_hostile_pages.py` opens them in browsers.
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from conftest import ROOT
from invented_class import InventedClass
from markupsafe import escape
from source_files import docx, html, mail, markdown, odt, rtf

from kit.classroom.worksheet import _page as sheet_page
from kit.classroom.worksheet import article_sheet
from kit.comparing.comparison import compare
from kit.course.answers import open_answers
from kit.course.hand_in import hand_in
from kit.course.look_back import Kept, LookBack, Mistake
from kit.course.progress import Exercise, Progress
from kit.course.questions import Option, Question
from kit.formats.table import FORMATS, read_reading
from kit.readings.reading import Annotation, Reading
from kit.render.glossary import Glossary, Term
from kit.render.marked_text import to_html, to_page
from kit.render.sections import Report, Section
from kit.sources.load import load
from kit.summaries.report import report
from kit.text.article import Article, read_text
from kit.text.spans import Span
from kit.widgets.marker import Marker
from kit.widgets.quiz import fragment
from kit.widgets.reader_page import reader_page
from kit.widgets.rewriter import Rewriter

RUN = "document.documentElement.id=1"  # what each would do; no page of ours has this id
LESSON = "02_who_says_so"
CONTROL = {ord(c): " " for c in map(chr, range(32)) if c not in "\t\n\r"}  # what no file of words has


def payloads() -> dict[str, str]:
    """The texts, by their class and name."""
    kinds = tomllib.loads((ROOT / "tests" / "examples" / "payloads.toml").read_text("utf-8"))
    return {f"{kind}/{name}": text.replace("RUN", RUN) for kind, some in kinds.items() for name, text in some.items()}


class Parsed(HTMLParser):
    """The tags and attributes of a page, as (tag, attribute) pairs, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.born: set[tuple[str, str]] = set()
        self.text = ""
        self.feed(str(page))
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.born |= {(tag, ""), *((tag, name) for name, _ in attributes)}

    def handle_data(self, data: str) -> None:
        self.text += data


# ---------------------------------------------------------------------------------------------------- ways in


def sentences(texts: list[str]) -> list[str]:
    """Each text inside somebody's words in a report, and as somebody's name."""
    return [f"“It may rain {text} on Monday,” the mayor of Port Vorn said, calling it a monster." for text in texts]


def in_a_text(texts: list[str], folder: Path) -> Article:
    """As a text with front matter: title, author, address."""
    front = "\n".join(f"{name} = {json.dumps(' '.join(texts))}" for name in ("title", "author", "site", "address"))
    path = folder / "hostile.txt"
    whole = "\n\n".join([f"+++\n{front}\n+++\nRain in Port Vorn", *sentences(texts)])
    path.write_text(whole.translate(CONTROL), "utf-8")
    return load(path)


def in_a_file(kind: str, texts: list[str], folder: Path) -> Article:
    """As a web page, a document or a mail."""
    write = {"html": html, "docx": docx, "odt": odt, "rtf": rtf, "eml": mail, "md": markdown}[kind]
    path = folder / f"hostile.{kind}"
    if kind == "rtf":
        texts = [re.sub(r"([\\{}])", r"\\\1", text) for text in texts]
    path.write_bytes(write(f"Rain {texts[0]}", [text.translate(CONTROL) for text in sentences(texts)]))
    return load(path)


def in_a_page_as_it_is(texts: list[str], folder: Path) -> Article:
    """As the markup of a web page: its scripts and handlers are what is read."""
    path = folder / "page.html"
    page = html("Rain in Port Vorn", sentences(["rain"] * 9))
    path.write_bytes(page.replace(b"</article>", f"<p>{'<p>'.join(texts)}</article>".encode()))
    return load(path)


def marked_by_hand(article: Article) -> Reading:
    """Marks on each sentence of these: quicker than the kit's own, and on the same words."""
    marks = []
    for found in re.finditer("(It )(may)( rain .*? on Monday,)”( the mayor)( of Port Vorn )(said)", article.text):
        spans = [Span(*found.span(number)) for number in range(7)]
        parts = {"content": (spans[3],), "source": (spans[4],), "cue": (spans[6],)}
        marks.append(
            Annotation("attribution", "direct", spans[0], "Said.", "cue/x", "reporter", parts, {"speaker": "the mayor"})
        )
        marks.append(Annotation("hedge", "modal", spans[2], "Open.", "hedge/x", found[0]))
    return Reading(article, "ada", tuple(marks))


def in_marks(texts: list[str]) -> Reading:
    """As all that a mark says: reason, owner, speaker, and what a program of somebody else's adds."""
    text = "It may rain, the mayor said."
    parts = {"cue": (Span(23, 27),)}
    marks = []
    for one in texts:
        said = dict.fromkeys(("speaker", "speaker_kind", "stance", "basis", "source"), one)
        marks.append(Annotation("attribution", "indirect", Span(0, 27), one, one, one, parts, said))
        more = dict.fromkeys(("strength", "alternatives"), one)
        marks.append(Annotation("hedge", "modal", Span(3, 6), one, one, one, {}, more))
    return Reading(read_text(text, " ".join(texts)), " ".join(texts), tuple(marks))


def imported(form: str, texts: list[str], folder: Path) -> Reading:
    """The same marks by way of a file that somebody sends."""
    reading = in_marks(texts)
    plain = Reading(reading.article, "ada", reading.annotations)
    path = folder / {"json": "x.json", "brat": "x.ann", "w3c": "x.jsonld", "csv": "x.csv"}[form]
    path.write_text(FORMATS[form].write(plain).translate(CONTROL), "utf-8")
    return read_reading(path, plain.article)


# ---------------------------------------------------------------------------------------------------- ways out


def pages_of(reading: Reading) -> dict[str, str]:
    """Every page that shows a reading."""
    sheet = article_sheet(reading.article)
    return {
        "annotate --format html": to_page(reading),
        "annotate --format page": reader_page(reading),
        "report": report(reading).to_html(),
        "print": sheet_page(reading.article.title, sheet),
        "in a notebook": to_html(reading),
        "comparison": str(compare(reading, Reading(reading.article, "me"))._repr_html_()),
    }


def pages_of_work(text: str, folder: Path) -> dict[str, str]:
    """Every page about a student's work, with a text wherever a student or a teacher can put one."""
    part = Section("s", text, text, (text, text), ((text, 1), (text, text)))
    progress = Progress((Exercise(LESSON, "a", text, "begun"), Exercise(LESSON, "b", text, "untouched")), (text,))
    kept = LookBack((Kept(text, text, text),), (Mistake(text, text, text),))
    asked = Question("01_x/y", "choice", text, text, (Option("o", text, card=text, address=text),), text)
    open_answers(LESSON).put("why-said", {"text": text})
    return {
        "report": Report(text, (part,)).to_html(),
        "progress": progress._repr_html_(),
        "look back": kept.to_html(text),
        "quiz": str(fragment(asked)),
        "glossary": Glossary((Term(text, text, "01", example=text, note=text),))._repr_html_(),
        "hand-in": hand_in(text).page.read_text("utf-8"),
    }


def pages_of_exercises(text: str) -> dict[str, str]:
    """What a student makes of a text, on the pages that show it."""
    article = Article("a", text, f"It may rain {text} on Monday.", read_text(f"It may rain {text} on Monday.").parts)
    rewriter = Rewriter("my_text/rewrite", article)
    rewriter.versions = [f"It will rain {text} now." for _ in rewriter.versions]
    marker = Marker("my_text/mark", article, layer="hedge")
    marker.marks = [{"first": 0, "last": 1, "label": "modal", "sure": True}]
    return {"rewriter": str(rewriter._page()), "marker": str(marker._without_scripts())}


def joined(texts: list[str], some: int) -> list[str]:
    """A few of the texts in one: for what takes a while for each."""
    return [" ".join(texts[start : start + some]) for start in range(0, len(texts), some)]


@cache
def someone() -> dict[str, Any]:
    """What an invented student handed in."""
    return InventedClass(1, only=(LESSON,)).hand_in(0)


def hand_ins(texts: list[str], folder: Path) -> Path:
    """A class of students who are called like this, name their files like this, and answer like this."""
    one = someone()
    folder.mkdir()
    for number, text in enumerate(texts):
        mine = json.loads(json.dumps(one)) | {"name": text}
        mine["readings"][LESSON]["answers"]["look-back"] = {"text": f"I wrote {text} here", "committed": True}
        called = "".join("_" if c in "/\0" else c for c in text)[:80]
        (folder / f"{number} {called}.json").write_text(json.dumps(mine), "utf-8")
    (folder / f"{escape(texts[0]).replace('/', '_')}.json").write_text("{", "utf-8")
    return folder
