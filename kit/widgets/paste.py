"""Paste: a place for an article of one's own. Until there is one, an example stands in for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets
from markupsafe import Markup

from kit.course.answers import open_answers
from kit.course.own_articles import check_file, check_pasted, find_pasted, to_answer
from kit.course.questions import split_id
from kit.errors import KitError
from kit.render.html import static
from kit.sources.load import load
from kit.text.article import Article
from kit.text.fitness import fitness
from kit.text.words import words_of
from kit.widgets.assets import script, style
from kit.widgets.exercise import Exercise

LARGEST = 8_000_000  # bytes of a file; Jupyter breaks the connection at 10 MB
ELSEWHERE = "Run this cell to paste one of your own, in JupyterLab. What you have pasted is saved and comes back."


class Paste(Exercise):
    """A field for an article of one's own, pasted or from a file; saved with the lesson's answers.

    ``article`` is what the cells below work with: one's own text, or ``example``, one of the kit's articles, as long
    as there is none. ``using`` says which; ``problem`` is a sentence when a text can't be used. Never raises for a
    text. Raises `KitError` if there is no such example.

    >>> Paste("06_your_article/first", example="blinken")
    Paste('06_your_article/first')
    """

    _esm = script("paste")
    _css = style("paste")

    exercise = traitlets.Unicode().tag(sync=True)
    text = traitlets.Unicode(read_only=True).tag(sync=True)
    largest = traitlets.Int(LARGEST, read_only=True).tag(sync=True)
    using = traitlets.Unicode(read_only=True).tag(sync=True)
    own = traitlets.Bool(read_only=True).tag(sync=True)
    saved = traitlets.Unicode(read_only=True).tag(sync=True)
    problem = traitlets.Unicode(read_only=True).tag(sync=True)
    can_undo = traitlets.Bool(read_only=True).tag(sync=True)

    def __init__(self, exercise: str, *, example: str) -> None:
        super().__init__()
        lesson, name = split_id(exercise)
        self.exercise = exercise
        self._example = load(example)
        self._open(exercise, name, open_answers(lesson))
        self._load()

    @property
    def article(self) -> Article:
        """The article to work with."""
        return find_pasted(self._answers, self._name) or self._example

    def use(self, text: str, *, html: str = "") -> None:
        """Work with this text from now on. ``html``: what the clipboard had with it, which tells an article from the
        page around it."""
        self._take(lambda: check_pasted(text, html))

    def use_file(self, data: bytes, name: str) -> None:
        """Work with the article in this file from now on: any file that `kit.load` takes."""
        self._take(lambda: check_file(data, name))

    def _take(self, read: Any) -> None:
        self.set_trait("problem", "")
        try:
            article: Article = read()
        except KitError as error:
            self.set_trait("problem", str(error))
        else:
            self._keep(self._answers.put, to_answer(article))

    def _do(self, asked: Mapping[str, Any], buffers: Any) -> None:
        match asked:
            case {"do": "use", "text": str(text)}:
                html = asked.get("html")
                self.use(text, html=html if isinstance(html, str) else "")
            case {"do": "file", "name": str(name)} if buffers:
                self.use_file(bytes(buffers[0]), name)
            case {"do": "reset" | "undo" as action}:
                self.set_trait("problem", "")
                getattr(self, action)()

    def _show(self) -> None:
        own = find_pasted(self._answers, self._name)
        article = own or self._example
        with self.hold_sync():
            self.set_trait("own", own is not None)
            self.set_trait("text", article.text if own else "")
            self.set_trait("using", _told(article, own is not None))
            self.set_trait("saved", self._answers.status(self._name) if own else self._answers.message)
            self.set_trait("can_undo", bool(self._answers.history(self._name)))

    def _without_scripts(self) -> Markup:
        return static(Markup("<p>{} {}</p>").format(self.using, ELSEWHERE))


def _told(article: Article, own: bool) -> str:
    """Which text the cells below work with, and what to know of one's own."""
    named = f"“{article.title}”, {len(words_of(article)):,} words"
    if not own:
        return f"Until you give a text, you work with our example: {named}."
    return " ".join([f"You work with your text: {named}.", *(note.sentence for note in fitness(article))])
