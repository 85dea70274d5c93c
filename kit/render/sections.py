"""A report as a page and as text: sections, each a title, a sentence that says how to read it, and a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from kit.errors import KitError
from kit.render.html import scrolling, static, whole_page
from kit.render.text_tables import table_text

NOTHING = "Nothing found."
STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #888; padding: 0.3rem 0.6rem 0.3rem 0; text-align: start; vertical-align: top; }
h1 { overflow-wrap: anywhere; } .title { margin: 2rem 0 0.2rem; font-size: 1.3rem; font-weight: bold; }
p { margin: 0 0 0.6rem; break-after: avoid; } tr { break-inside: avoid; }
"""
IN_NOTEBOOK = ".btl .title { font-weight: bold; } .btl .title ~ .title { margin-top: 1.5em; }"


@dataclass(frozen=True)
class Section:
    """One part of a report: a title, a sentence that says how to read it, and a table."""

    name: str
    title: str
    note: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]

    def records(self) -> list[dict[str, str | int]]:
        """The rows as dictionaries, which ``pandas.DataFrame(...)`` takes."""
        return [dict(zip(self.header, row, strict=True)) for row in self.rows]

    def __str__(self) -> str:
        body = table_text(self.header, self.rows) if self.rows else NOTHING
        return f"{self.title}\n{self.note}\n\n{body}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return _in_notebook([self])


@dataclass(frozen=True)
class Report:
    """The sections of a report. ``print`` it for text; a notebook shows it as a page; `to_html` is for printing."""

    title: str
    sections: tuple[Section, ...]

    def __getitem__(self, name: str) -> Section:
        """A section by its name: voices, silent, hedges, figures, claims, words. Raises `KitError` for any other."""
        sections = {section.name: section for section in self.sections}
        if name not in sections:
            raise KitError(f"A report has no section {name!r}. It has: {', '.join(sections)}.")
        return sections[name]

    def __str__(self) -> str:
        return "\n\n\n".join([self.title, *map(str, self.sections)])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return _in_notebook(self.sections)

    def to_html(self) -> str:
        """A whole page that needs no other file and prints well."""
        body = f"<h1>{escape(self.title)}</h1>\n{''.join(map(_section_html, self.sections))}"
        return whole_page(self.title, body, style=STYLE)


def _in_notebook(sections: Iterable[Section]) -> str:
    return static("".join(map(_section_html, sections)), more=IN_NOTEBOOK)


def _section_html(section: Section) -> str:
    """The title is no <h2>: the outline of a notebook lists those."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in section.header)
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in section.rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if body else f"<p>{NOTHING}</p>"
    return (
        f'<div class="title" role="heading" aria-level="2">{escape(section.title)}</div>\n'
        f"<p>{escape(section.note)}</p>\n"
        f"{scrolling(table, section.title)}\n"
    )
