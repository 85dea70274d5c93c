"""The glossary: the terms of the course in plain words, each with an example from the story."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from markupsafe import Markup

from kit.errors import KitError
from kit.render.html import static
from kit.resources import read_toml


@dataclass(frozen=True)
class Term:
    """A term. ``also``: other forms of it. ``example``: words of the story. ``lesson``: where it comes first."""

    term: str
    meaning: str
    lesson: str
    also: tuple[str, ...] = ()
    example: str = ""
    note: str = ""

    def told(self) -> list[str]:
        """What there is to say about it, a sentence or two each: the meaning, the example, a note."""
        example = f"In the story: “{self.example}”" if self.example else ""
        return [sentence for sentence in (self.meaning, example, self.note) if sentence]


@dataclass(frozen=True)
class Glossary:
    """Some terms, to ``print`` or to see as a list in a notebook."""

    terms: tuple[Term, ...]

    def __repr__(self) -> str:
        return "\n".join(f"{one.term}: {' '.join(one.told())}" for one in self.terms)

    def _repr_html_(self) -> str:
        item = Markup("<dt><strong>{}</strong></dt><dd>{}</dd>")
        items = (item.format(one.term, Markup("<br>").join(one.told())) for one in self.terms)
        return str(static(Markup("<dl>{}</dl>").format(Markup("").join(items))))


def glossary(*terms: str) -> Glossary:
    """What terms of the course mean; without any, all of them from A to Z.

    Raises `KitError` for a term that is not in the glossary, with those that look like it.

    >>> glossary("signals")
    signal: The word or words that show that somebody speaks or thinks. Some signals judge as well: “claimed” keeps
    a distance, “admitted” takes it for true. In the story: “made it clear”
    """
    if not terms:
        return Glossary(tuple(sorted(all_terms(), key=lambda one: one.term.removeprefix("the "))))
    found = []
    for asked in terms:
        if (term := find_term(str(asked))) is None:
            near = get_close_matches(_plain(str(asked)), _named(), n=3) or sorted(one.term for one in all_terms())
            raise KitError(f"{asked!r} is not in the glossary. Perhaps you mean: {', '.join(near)}.")
        found.append(term)
    return Glossary(tuple(dict.fromkeys(found)))


def find_term(name: str) -> Term | None:
    """The term of this name, or of this form of it; None if there is none.

    >>> find_term("scare_quotes").lesson, find_term("Cue").term, find_term("whisper")
    ('04', 'signal', None)
    """
    return _named().get(_plain(name))


@cache
def all_terms() -> tuple[Term, ...]:
    """All terms, in the order of the lessons."""
    plain = read_toml("glossary")["term"]
    return tuple(Term(**(one | {"also": tuple(one.get("also", ()))})) for one in plain)


@cache
def _named() -> dict[str, Term]:
    return {name: one for one in all_terms() for name in (one.term, *one.also)}


def _plain(name: str) -> str:
    return name.strip().lower().replace("’", "'").replace("_", " ")
