"""Who is never heard: the people, bodies and places that an article speaks of and never lets speak."""

from __future__ import annotations

from functools import cache

from kit.analysis.speakers.entities import Entity
from kit.analysis.speakers.mentions import find_mentions
from kit.analysis.speakers.people import DOCUMENT, PERSON, UNKNOWN
from kit.readings.reading import Reading
from kit.resources import read_grammar


def silent(reading: Reading) -> list[tuple[str, int]]:
    """Who is spoken of at least twice but never speaks: (name, number of mentions), the most often mentioned first.

    Its attributions name who speaks, as from `name_speakers`. People, bodies, groups and places that stand for
    governments count; pronouns do not.
    """
    text, speak = reading.article.text, {mark.details.get("speaker", "") for mark in reading.layer("attribution")}
    forms: dict[Entity, list[str]] = {}
    for mention in find_mentions(text, reading.sentences):
        forms.setdefault(mention.entity, []).append(text[mention.start : mention.end])
    listed = [
        (entity.name, len(some))
        for entity, some in forms.items()
        if len(some) > 1 and entity.name not in speak | _stand_ins() and _can_speak(entity, set(some))
    ]
    return sorted(listed, key=lambda pair: (-pair[1], pair[0]))


@cache
def _stand_ins() -> set[str]:
    """Capitals: their governments speak under other names, or are named by them for a place only."""
    return set(read_grammar()["stand_in"])


def _can_speak(entity: Entity, forms: set[str]) -> bool:
    """Leaves out papers, places without a government, and rows of capitals that may be no person ("World War")."""
    if entity.kind == PERSON:
        return bool(entity.gender or entity.nouns or (entity.sure and len(forms) > 1))
    return entity.acts and entity.kind not in (DOCUMENT, UNKNOWN)
