"""The notebooks of a lesson that `kit lesson` makes: what is asked where, and how long it takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import tomli

from kit.classroom.lesson_marking import LABELS, Paragraphs
from kit.classroom.lesson_questions import PARTS, Asked
from kit.readings.labels import find_layer
from kit.render.html import NO_MATH
from kit.resources import PACKAGE

IN_LESSON = {"who": 2, "sure": 1, "words": 1, "missing": 1}  # questions in the core; more are to practise
MARKED = {"who": ["mark-who"], "sure": ["mark-sure"], "words": ["mark-words", "mark-doers"], "missing": []}
SPECIAL = re.compile(r"[\\`*_{}\[\]<>|#$&~]")  # of Markdown and HTML
FORMULA = re.compile(r"[$\\]")
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
Cell = dict[str, Any]


class Plan(NamedTuple):
    """A lesson: its name, its article's file and title, its questions, what is marked where, what is rewritten.

    ``is_press_release``: whether whom it is about has written it; ``out``: exercises for which the core has no time.
    """

    name: str
    article: str
    title: str
    asked: Sequence[Asked]
    marking: Mapping[str, Paragraphs]
    rewrite: tuple[int, int]
    is_press_release: bool = False
    out: tuple[str, ...] = ()

    @property
    def core(self) -> list[str]:
        """The exercises that everybody does, in their order."""
        return [name for name, _ in _core(self)]

    @property
    def shorter(self) -> Plan | None:
        """The same with one exercise less in its core; None where no other may go."""
        own = {part: [name for name in self.core if name in self.questions(part)] for part in PARTS}
        may_go = [*own["who"][1:], "mark-sure", *own["words"], "mark-words", "mark-doers", *own["missing"]]
        first = next((name for name in may_go if name in self.core), None)
        return self._replace(out=(*self.out, first)) if first else None

    def questions(self, part: str) -> list[str]:
        return [one.name for one in self.asked if one.part == part]


@cache
def _texts() -> Mapping[str, Any]:
    return tomli.loads((PACKAGE / "classroom" / "lesson_cells.toml").read_text("utf-8"))


def lesson_notebook(plan: Plan, minutes: tuple[int, int]) -> str:
    """The lesson itself. ``minutes``: of its core, and of what is more."""
    page = _Page(plan, "lesson", minutes)
    page.text("head").text("run", only="notebook").code(f'import kit\n\narticle = kit.load("{plan.article}")')
    page.text("before").quiz(plan.questions("before")[0])
    page.text("read").code("kit.show(article)")
    if plan.is_press_release:
        page.text("press-release")
    for part in PARTS:
        here = [name for name, of_part in _core(plan) if of_part == part]
        if here:
            page.text(part)
        for name in here:
            page.exercise(name)
    page.text("look-back").quiz(plan.questions("look-back")[0])
    page.text("done").code(f'kit.progress("{plan.name}")', again=True).code(f'kit.HandIn("{plan.name}")')
    page.text("more", route="more")
    for name in plan.out:
        if name in plan.marking:
            page.text(f"more-{name}").exercise(name)
    page.text("rewrite").code(f'kit.Rewriter("{plan.name}/rewrite", article, paragraphs={plan.rewrite})')
    page.text("kits").code("reading = kit.annotate(article)\nkit.show(reading)")
    if "mark-who" in plan.marking:
        page.text("speaks").code('kit.chart(reading, "voices")')
    return page.text("practise").notebook()


def exercises_notebook(plan: Plan, minutes: tuple[int, int]) -> str:
    """What to work on alone, and what is to be handed in."""
    page = _Page(plan, "exercises", minutes)
    page.text("head").code(f'import kit\n\narticle = kit.load("{plan.article}")\nprint(article.title)')
    practise = [one.name for one in plan.asked if one.part in PARTS and one.name not in plan.core]
    if practise:
        page.text("practise")
    for name in practise:
        page.quiz(name)
    if "mark-more" in plan.marking:
        page.exercise("mark-more")
    page.text("sealed")
    for name in plan.questions("sealed"):
        page.quiz(name)
    page.text("done").code(f'kit.progress("{plan.name}")', again=True).code(f'kit.HandIn("{plan.name}")')
    return page.notebook()


def teachers_notebook(plan: Plan) -> str:
    """Where a teacher corrects the kit's reading and saves it as the careful reader's."""
    page = _Page(plan, "teacher", (0, 0))
    page.text("head").text("run").code("import kit")
    for layer in LABELS:
        page.text(layer).code(f'kit.draft_reading("{plan.name}", "{layer}")')
    return page.text("save").code(f'# kit.save_reading("{plan.name}")').notebook()


def _core(plan: Plan) -> Iterator[tuple[str, str]]:
    """The exercises of the core, with the part of the lesson that each belongs to."""
    whole = [(plan.questions("before")[0], "before")]
    for part in PARTS:
        whole += [(name, part) for name in MARKED[part] if name in plan.marking]
        own = [one for one in plan.asked if one.part == part]
        first = {one.table.get("passage", one.name): one for one in reversed(own)}.values()  # of each sentence
        chosen = [one for one in own if one in first] + [one for one in own if one not in first]
        whole += [(one.name, part) for one in chosen[: IN_LESSON[part]]]
    whole.append((plan.questions("look-back")[0], "look-back"))
    return (one for one in whole if one[0] not in plan.out)


def _plain(text: str) -> str:
    """Text in Markdown that means itself. JupyterLab reads formulas in what is shown, however that was written."""
    told = SPECIAL.sub(lambda found: f"&#{ord(found[0])};", text)
    return f'<span class="{NO_MATH}">{told}</span>' if FORMULA.search(text) else told


class _Page:
    """A notebook while it is put together. ``kind``: which of lesson_cells.toml's."""

    def __init__(self, plan: Plan, kind: str, minutes: tuple[int, int]) -> None:
        self.plan, self.kind, self.cells, self.numbered = plan, kind, list[Cell](), 0
        core, more = minutes
        self.values = {
            "title": _plain(plan.title),
            "core": core,
            "more": more,
            "lesson": f"{plan.name}.ipynb",
            "exercises": f"{plan.name}_exercises.ipynb",
        }

    def text(self, name: str, **note: Any) -> _Page:
        source = _texts()[self.kind][name].strip()
        self.numbered += "{number}" in source
        filled = source.format_map({**self.values, "number": self.numbered})
        return self._add({"cell_type": "markdown", "source": filled}, note)

    def code(self, source: str, **note: Any) -> _Page:
        return self._add({"cell_type": "code", "source": source, "outputs": [], "execution_count": None}, note)

    def quiz(self, name: str) -> _Page:
        return self.code(f'kit.Quiz("{self.plan.name}/{name}")')

    def exercise(self, name: str) -> _Page:
        """A question, or words to mark with what is to be done above it."""
        if name not in self.plan.marking:
            return self.quiz(name)
        window = self.plan.marking[name]
        all_of_them = set(window.labels) == set(find_layer(window.layer).to_choose())
        labels = "" if all_of_them else f", labels={json.dumps(list(window.labels))}"
        options = f'layer="{window.layer}"{labels}, paragraphs={window.paragraphs}'
        return self.text(name).code(f'kit.Marker("{self.plan.name}/{name}", article, {options})')

    def notebook(self) -> str:
        here = {"lesson": {"lesson": self.plan.name}, "exercises": {"lesson": self.plan.name, "part": "exercises"}}
        metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
        if self.kind in here:
            metadata |= {"between_the_lines": here[self.kind]}
        whole = {"cells": self.cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"

    def _add(self, cell: Cell, note: Mapping[str, Any]) -> _Page:
        metadata = {"between_the_lines": dict(note)} if note else {}
        self.cells.append({"id": f"cell-{len(self.cells) + 1}", "metadata": metadata, **cell})
        return self
