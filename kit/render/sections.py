"""A report as a page and as text: sections, each a title, a sentence that says how to read it, and a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from kit.errors import KitError
from kit.render.html import scrolling, static, whole_page
from kit.render.text_tables import table_text
from kit.wording import visible

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
    notes: tuple[str, ...] = ()  # what to know before trusting it, see `kit.text.fitness`

    def __getitem__(self, name: str) -> Section:
        """A section by its name, such as "voices". `KitError`, with those that there are, for any other name."""
        sections = {section.name: section for section in self.sections}
        if name not in sections:
            raise KitError(f"A report has no section {name!r}. It has: {', '.join(sections)}.")
        return sections[name]

    def __str__(self) -> str:
        return "\n\n\n".join([visible("\n\n".join((self.title, *self.notes))), *map(str, self.sections)])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return _in_notebook(self.sections, self.notes)

    def to_html(self) -> str:
        """A whole page that needs no other file and prints well."""
        told = Markup("").join([*map(_note_html, self.notes), *map(_section_html, self.sections)])
        body = Markup("<h1>{}</h1>\n{}").format(self.title, told)
        return str(whole_page(self.title, body, style=STYLE))


def _in_notebook(sections: Iterable[Section], notes: Iterable[str] = ()) -> str:
    return str(static(Markup("").join([*map(_note_html, notes), *map(_section_html, sections)]), more=IN_NOTEBOOK))


def _note_html(note: str) -> Markup:
    return Markup("<p><strong>{}</strong></p>\n").format(note)


def _section_html(section: Section) -> Markup:
    """The title isn't an <h2>: the outline of a notebook lists those."""
    whole = Markup('<div class="title" role="heading" aria-level="2">{}</div>\n<p>{}</p>\n{}\n')
    return whole.format(section.title, section.note, scrolling(_table_html(section), section.title))


def _table_html(section: Section) -> Markup:
    if not section.rows:
        return Markup("<p>{}</p>").format(NOTHING)
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in section.header)
    body = Markup("").join(map(_row_html, section.rows))
    return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, body)


def _row_html(row: tuple[str | int, ...]) -> Markup:
    cells = Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row)
    return Markup("<tr>{}</tr>").format(cells)
