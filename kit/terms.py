"""The glossary: the terms of the course in plain words, each with an example from the story."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from html import escape

from kit.errors import KitError
from kit.resources import PACKAGE, read_toml


@dataclass(frozen=True)
class Term:
    """A term. ``also``: other forms of it. ``example``: words of the story. ``lesson``: where it comes first."""

    term: str
    meaning: str
    lesson: str
    also: tuple[str, ...] = ()
    example: str = ""
    note: str = ""


@dataclass(frozen=True)
class Glossary:
    """Some terms, to ``print`` or to see as a list in a notebook."""

    terms: tuple[Term, ...]

    def __repr__(self) -> str:
        return "\n".join(f"{one.term}: {' '.join(_told(one))}" for one in self.terms)

    def _repr_html_(self) -> str:
        theme = (PACKAGE / "widgets" / "theme.css").read_text("utf-8")
        items = (
            f"<dt><strong>{escape(one.term)}</strong></dt><dd>{'<br>'.join(map(escape, _told(one)))}</dd>"
            for one in self.terms
        )
        return f'<style>{theme}</style><section class="btl" lang="en"><dl>{"".join(items)}</dl></section>'


def glossary(*terms: str) -> Glossary:
    """What terms of the course mean; without any, all of them from A to Z.

    Raises `KitError` for a term that is not in the glossary, with those that look like it.

    >>> glossary("cues")
    cue: The word or words which signal that somebody speaks or thinks. Some cues judge: “claimed” keeps a
    distance, “admitted” doesn't. In the story: “made it clear”
    """
    known = {name: one for one in all_terms() for name in (one.term, *one.also)}
    if not terms:
        return Glossary(tuple(sorted(all_terms(), key=lambda one: one.term.removeprefix("the "))))
    found = []
    for asked in terms:
        name = str(asked).strip().lower().replace("’", "'").replace("_", " ")
        if name not in known:
            near = get_close_matches(name, known, n=3) or sorted(one.term for one in all_terms())
            raise KitError(f"{asked!r} is not in the glossary. Perhaps you mean: {', '.join(near)}.")
        found.append(known[name])
    return Glossary(tuple(dict.fromkeys(found)))


@cache
def all_terms() -> tuple[Term, ...]:
    """All terms, in the order of the lessons."""
    plain = read_toml("glossary")["term"]
    return tuple(Term(**(one | {"also": tuple(one.get("also", ()))})) for one in plain)


def _told(one: Term) -> list[str]:
    return [one.meaning, *([f"In the story: “{one.example}”"] if one.example else []), *filter(None, [one.note])]
