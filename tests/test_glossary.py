"""The glossary's page: all terms as the TOML has them. To write it anew: .venv/bin/python tests/test_glossary.py"""

from __future__ import annotations

import json
import re

import nbformat
import pytest
from conftest import ROOT

from kit.render.glossary import Term, all_terms, find_term, glossary

PAGE = ROOT / "notebooks" / "glossary.ipynb"
LESSONS = sorted(path for folder in ("notebooks", "exercises") for path in (ROOT / folder).glob("0[1-9]_*.ipynb"))
INTRODUCTION = """# Glossary

The words of the course, in plain words, in the order of the lessons. Examples are from the story.
In any notebook, a cell with `kit.glossary("signal")` shows one of them, and `kit.glossary()` shows all."""


def cell_id(term: Term) -> str:
    """Where a link to a term leads from another notebook: glossary.ipynb#cell-id=news-agency."""
    return term.term.replace("'", "").replace(" ", "-")


def entry(term: Term) -> str:
    """A term as Markdown. Its plurals need no mention."""
    names = [name for name in term.also if name.rstrip("s") != term.term]
    parts = [
        f"### {term.term}",
        f"{term.meaning} *(Also: {', '.join(names)}.)*" if names else term.meaning,
        f"> In the story: “{term.example}”" if term.example else "",
        term.note,
    ]
    return "\n\n".join(filter(None, parts))


def pages() -> dict[str, str]:
    """The texts of the notebook's cells by their ids: from A to Z, then lesson by lesson."""
    index = " · ".join(f"[{term.term}](#{term.term.replace(' ', '-')})" for term in glossary().terms)
    found = {"from-a-to-z": f"{INTRODUCTION}\n\n**From A to Z:** {index}"}
    for lesson in dict.fromkeys(term.lesson for term in all_terms()):
        found[f"lesson-{lesson}"] = f"## Lesson {lesson}"
        found |= {cell_id(term): entry(term) for term in all_terms() if term.lesson == lesson}
    return found


def notebook() -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_markdown_cell(text, id=name) for name, text in pages().items()]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def test_the_page_holds_what_the_glossary_says():
    assert nbformat.read(PAGE, as_version=4) == notebook()


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_words_of_a_lesson_lead_to_their_terms(path):
    """Not to their headings: JupyterLab opens a notebook at a cell, but looks for a heading before it has drawn one."""
    first = "".join(json.loads(path.read_bytes())["cells"][0]["source"])
    (row,) = re.findall(r"^\| \*\*\[Words\]\(.*$", first, re.M)
    words = re.findall(r"\*([^*]+)\*", row.replace("**", ""))
    links = re.findall(r"\[\*([^*]+)\*\]\((?:\.\./notebooks/)?glossary\.ipynb#cell-id=([^)]+)\)", row)
    assert [word for word, _ in links] == words
    for word, place in links:
        term = find_term(word)
        assert term, word
        assert place == cell_id(term), word


if __name__ == "__main__":
    nbformat.write(notebook(), PAGE)
