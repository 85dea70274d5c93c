"""The glossary's page: all terms as the TOML has them. To write it anew: .venv/bin/python tests/test_glossary.py"""

from __future__ import annotations

import nbformat
from conftest import ROOT

from kit.terms import Term, all_terms, glossary

PAGE = ROOT / "notebooks" / "glossary.ipynb"
INTRODUCTION = """# Glossary

The words of the course, in plain words, in the order of the lessons. Examples are from the story.
In any notebook, a cell with `kit.glossary("cue")` shows one of them, and `kit.glossary()` shows all."""


def place(term: Term) -> str:
    """Where a link to a term leads: glossary.ipynb#news-agency."""
    return term.term.replace(" ", "-")


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


def pages() -> list[str]:
    """The texts of the notebook's cells: from A to Z, then lesson by lesson."""
    index = " · ".join(f"[{term.term}](#{place(term)})" for term in glossary().terms)
    found = [f"{INTRODUCTION}\n\n**From A to Z:** {index}"]
    for lesson in dict.fromkeys(term.lesson for term in all_terms()):
        found += [f"## Lesson {lesson}", *(entry(term) for term in all_terms() if term.lesson == lesson)]
    return found


def notebook() -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_markdown_cell(text, id=f"cell-{number}") for number, text in enumerate(pages())]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def test_the_page_holds_what_the_glossary_says():
    assert nbformat.read(PAGE, as_version=4) == notebook()


if __name__ == "__main__":
    nbformat.write(notebook(), PAGE)
