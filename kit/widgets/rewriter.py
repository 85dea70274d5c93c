"""The Rewriter: a desk where students put other words into a report and see what that does."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from typing import Any

import traitlets
from markupsafe import Markup

from kit.analysis.annotate import annotate
from kit.course.alternatives import choices
from kit.course.answers import open_answers
from kit.course.answers_folder import answers_folder
from kit.course.questions import split_id
from kit.course.rewriting import article_of, changed, named, put
from kit.errors import KitError
from kit.files import replace_surrogates, write_atomically
from kit.readings.labels import meaning
from kit.readings.reading import Annotation, Reading
from kit.readings.voices import voice_of
from kit.render.glossary import find_term
from kit.render.html import static, whole_page
from kit.render.marked_text import flatten
from kit.text.article import Article, as_article
from kit.text.spans import Span
from kit.text.tokens import READ
from kit.widgets.assets import script, style
from kit.widgets.exercise import TextExercise
from kit.wording import one_line

TEXTS, OF, DONE = "texts", "of", "committed"  # keys of the answer; "of": which text it is a version of
LONGEST_PARAGRAPH = 4000  # characters
MOST_PARAGRAPHS = 12
TASK = "Rewrite it: choose other words, or type your own. Then read what changed, and what did not."
STYLE = """
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { padding: 0.5rem 1rem 0.5rem 0; border-bottom: 1px solid #888; text-align: start; vertical-align: top; }
td { white-space: pre-wrap; overflow-wrap: anywhere; } li { margin-block: 0.3rem; }
"""


class Rewriter(TextExercise):
    """A report and the student's version of it, side by side. Its traits are its whole state.

    ``versions``: the student's text, paragraph by paragraph; set it, and it is read and saved. ``originals`` and
    ``drawn`` are the two versions as pieces with marks, ``marks`` what there is to say about the report's, ``changes``
    what the kit says about the change, in sentences. ``saved``, ``steps`` and ``message`` are about files and undo.

    ``paragraphs``: the first and the last paragraph of the body, counted from 1; None: headline and body.
    Raises `KitError` for an exercise that has no name, and for paragraphs that are not there.
    """

    _esm = script("rewriter")
    _css = style("rewriter")
    _invitation = "Run this cell to rewrite it, in JupyterLab. What you have written is saved and comes back."

    originals = traitlets.List(traitlets.List(traitlets.Dict()), read_only=True).tag(sync=True)
    marks = traitlets.List(traitlets.Dict(), read_only=True).tag(sync=True)
    versions = traitlets.List(traitlets.Unicode()).tag(sync=True)
    drawn = traitlets.List(traitlets.List(traitlets.Dict()), read_only=True).tag(sync=True)
    changes = traitlets.List(traitlets.Unicode(), read_only=True).tag(sync=True)
    longest = traitlets.Int(LONGEST_PARAGRAPH, read_only=True).tag(sync=True)

    def __init__(
        self,
        exercise: str,
        article: Article | str,
        *,
        paragraphs: tuple[int, int] | None = None,
        task: str = "",
    ) -> None:
        lesson, name = split_id(exercise)
        article, self._old = _texts(article, paragraphs)
        self._of = hashlib.sha256("\n\n".join(self._old).encode()).hexdigest()
        super().__init__()
        self.exercise = exercise
        self._before = annotate(article_of(self._old, article.title))
        self._read_last: list[str] = []  # the version that `drawn` and `changes` are about
        self._open(exercise, name, open_answers(lesson))
        self.set_trait("title", replace_surrogates(article.title))
        self.set_trait("task", task or TASK)
        shown_marks = self._before.layer("framing")
        self.set_trait("marks", [_card(mark, self._before) for mark in shown_marks])
        self.set_trait("originals", _pieces(self._before, self._old, self._old))
        self._load()

    # What a student does. Each of these is a button, too.

    def swap(self, mark: int, words: str) -> None:
        """Put other words where the report has the mark of this number; "" leaves its words out."""
        number, span = self._place(mark)
        texts = list(self.versions)
        known = [choice["words"] for choice in self.marks[mark]["choices"] if not choice["advice"]]
        texts[number] = put(self._old[number], texts[number], span, words, known)
        self.versions = texts

    def reset(self) -> None:
        """Start from the report again; `undo` brings the version back."""
        if list(self.versions) != self._old:
            self._changed(list(self.versions))
            super().reset()

    def export(self) -> None:
        """Write the version as text, and as a page to print with the report and the changes beside it."""
        path = answers_folder() / f"{self._answers.path.stem}-{self._name}"
        try:
            write_atomically(path.with_suffix(".txt"), "\n\n".join(self.versions) + "\n")
            write_atomically(path.with_suffix(".html"), self._page())
        except OSError as error:
            self.set_trait("message", f"Can't be written in {path.parent.name} ({error.strerror or error}).")
            return
        self._put(self.versions, done=True)
        files = f"{path.parent.name}/{path.name}"
        self.set_trait("message", f"Written: {files}.txt (your version) and {files}.html (both, to print).")

    # How it is kept.

    @traitlets.validate("versions")
    def _known(self, proposal: Any) -> list[str]:
        texts = [replace_surrogates(text)[:LONGEST_PARAGRAPH] for text in proposal["value"]]
        if len(texts) != len(self._old):
            raise KitError(f"{self!r} has {len(self._old)} paragraphs: give a text for each.")
        return texts

    @traitlets.observe("versions")
    def _written(self, change: Any) -> None:
        if not self._own:
            self._changed(list(change["old"]))
            self._put(self.versions)

    def _put(self, to: list[str], *, done: bool = False) -> None:
        """Save a version; one that is the report again is none, and the one before it is kept in the history."""
        if list(to) == self._old and not done:
            self._keep(self._answers.reset)
        else:
            now = self._answers.get(self._name)
            answer = {TEXTS: list(to), OF: self._of, DONE: done or bool(now.get(DONE))}
            self._keep(self._answers.put, answer, keep=now.get(OF) != self._of)

    def _now(self, to: list[str] | None) -> list[str]:
        return list(self.versions)

    def _show(self) -> None:
        answer = self._answers.get(self._name)
        texts: Any = answer.get(TEXTS) if answer.get(OF) == self._of else None
        plain = isinstance(texts, list) and all(isinstance(text, str) for text in texts)
        if not plain or len(texts) != len(self._old):  # none yet, or changed by hand
            texts = self._old
        with self._alone():
            self.versions = list(texts)
        if self._read_last != texts:
            self._read(texts)
        self._tell()

    def _read(self, texts: list[str]) -> None:
        """The kit reads the new version."""
        self._read_last = list(texts)
        after = annotate(article_of(texts, self._before.article.title))
        with self.hold_sync():
            self.set_trait("drawn", _pieces(after, texts, self._old))
            self.set_trait("changes", named(self._before, after))

    def _tell(self) -> None:
        same = list(self.versions) == self._old
        restorable = same and not self._future and bool(self._answers.history(self._name))
        self._say(untouched=same, restorable=restorable, reset=not same)

    def _place(self, mark: int) -> tuple[int, Span]:
        """The paragraph of a mark, counted from 0, and its place in it."""
        if not 0 <= mark < len(self.marks):
            raise KitError(f"There is no mark {mark}: there are {len(self.marks)}, counted from 0.")
        span = self._before.layer("framing")[mark].span
        parts = self._before.article.parts
        number = max(n for n, part in enumerate(parts) if part.start <= span.start)
        return number, Span(span.start - parts[number].start, span.end - parts[number].start)

    def _do(self, asked: Mapping[str, Any], buffers: Any) -> None:
        """Each message brings along what was typed, by paragraph."""
        typed = asked.get("texts")
        if isinstance(typed, dict) and all(isinstance(text, str) for text in typed.values()):
            self.versions = [typed.get(str(number), text) for number, text in enumerate(self.versions)]
        match asked:
            case {"do": "swap", "mark": int(mark), "words": str(words)}:
                with contextlib.suppress(KitError):
                    self.swap(mark, words)
            case {"do": "undo" | "redo" | "reset" | "export" as what}:
                getattr(self, what)()

    def _without_scripts(self) -> Markup:
        return static(
            Markup("<p><strong>{}</strong></p>\n<p>{}</p>\n{}").format(self.task, self._invitation, self._both())
        )

    def _page(self) -> Markup:
        """Both versions and the changes as a page that prints well."""
        return whole_page(
            self.title, Markup("<h1>{}</h1><p>{}</p>\n{}").format(self.title, self.task, self._both()), style=STYLE
        )

    def _both(self) -> Markup:
        """The two versions, paragraph by paragraph, and what the kit says of the change."""
        row = Markup("<tr><td>{}</td><td>{}</td></tr>")
        rows = Markup("").join(row.format(old, new) for old, new in zip(self._old, self.versions, strict=True))
        said = Markup("").join(Markup("<li>{}</li>").format(sentence) for sentence in self.changes)
        body = Markup(
            '<table><thead><tr><th scope="col">The report</th><th scope="col">My version</th></tr></thead>'
            "<tbody>{}</tbody></table>\n<h3>What changed</h3><ul>{}</ul>"
        )
        return body.format(rows, said)


def _texts(article: Any, paragraphs: Any) -> tuple[Article, list[str]]:
    """The article and the paragraphs to rewrite: students' and teachers' cells are not type-checked."""
    article = as_article(article)
    kinds = READ if paragraphs is None else ("body",)
    texts = [replace_surrogates(article.text[p.start : p.end]) for p in article.parts if p.kind in kinds]
    if not texts:
        raise KitError("There is no text to rewrite here. Check the article.")
    match paragraphs:
        case None:
            first, last = 1, min(len(texts), MOST_PARAGRAPHS)
        case (int() as first, int() as last) if 1 <= first <= last <= len(texts) and last - first < MOST_PARAGRAPHS:
            pass
        case _:
            raise KitError(
                f"Rewriter() takes the first and the last paragraph, counted from 1: paragraphs=(2, 4). There are "
                f"{len(texts)}, and at most {MOST_PARAGRAPHS} fit on the desk."
            )
    return article, [text[:LONGEST_PARAGRAPH] for text in texts[first - 1 : last]]


def _card(mark: Annotation, reading: Reading) -> dict[str, Any]:
    """What the browser gets of a mark."""
    around = (sentence.tokens for sentence in reading.sentences if sentence.start <= mark.span.start < sentence.end)
    return {
        "words": one_line(mark.span.of(reading.article.text)),
        "label": meaning(mark.label),
        "why": mark.why,
        "voice": voice_of(mark),
        "terms": {term.term: term.told() for term in [find_term(mark.label)] if term},
        "choices": [choice._asdict() for choice in choices(mark, next(around, ()))],
    }


def _pieces(reading: Reading, texts: list[str], old: list[str]) -> list[list[dict[str, Any]]]:
    """Each paragraph as flat pieces: its text, the marks on it (numbers of framing marks), whether it is new."""
    marks = reading.layer("framing")
    drawn = []
    for part, text, before in zip(reading.article.parts, texts, old, strict=True):
        inside = [(n, mark) for n, mark in enumerate(marks) if part.start <= mark.span.start < part.end]
        spans = [Span(mark.span.start - part.start, mark.span.end - part.start) for _, mark in inside]
        fresh = [change.new for change in changed(before, text)]
        drawn.append([
            {
                "text": text[start:end],
                "marks": sorted((inside[n][0] for n in on if n < len(inside)), key=lambda n: marks[n].span.start),
                "new": any(n >= len(inside) for n in on),
            }
            for start, end, on in flatten(len(text), [*spans, *fresh])
            if start < end
        ])  # fmt: skip
    return drawn
