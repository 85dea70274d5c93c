"""Layers and labels as other programs' files name them, and marks with the line that they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from kit.errors import KitError
from kit.readings.labels import layer_names, layers
from kit.readings.reading import Annotation, read_annotation
from kit.text.article import Article
from kit.wording import series, short

NO_NAME = re.compile(r"\W+")


class Kind(NamedTuple):
    """What a name in a file stands for: a layer's label, or a part that stands alone, such as a source."""

    layer: str
    label: str
    part: str = ""


def plain_name(name: str) -> str:
    """A name that every format takes: letters, digits and _.

    >>> plain_name("named person")
    'named_person'
    """
    return NO_NAME.sub("_", name)


def name_of(layer: str, label: str) -> str:
    """How a kind of mark is named in files.

    >>> name_of("attribution", "named person")
    'attribution-named_person'
    """
    return f"{layer}-{plain_name(label)}"


def find_kind(name: str) -> Kind | None:
    """What a name stands for; a label alone will do, in any case. None where the kit knows no such thing.

    With its layer a label is taken even if it is somebody's own.

    >>> find_kind("hedge-modal") == find_kind("Hedge: modal") == find_kind("MODAL") == Kind("hedge", "modal")
    True
    >>> find_kind("named_person").label, find_kind("cue").part, find_kind("Chemical")
    ('named person', 'cue', None)
    """
    layer, label = _split(name)
    wanted = plain_name(label).casefold()
    for kind in _kinds():
        if layer in ("", kind.layer) and plain_name(kind.label).casefold() == wanted:
            return kind._replace(part="") if layer else kind
    return Kind(layer, label) if layer and label else None


def _split(name: str) -> tuple[str, str]:
    """The layer that a name begins with, if it does, and the rest."""
    for layer in layer_names():
        if match := re.fullmatch(rf"\s*{re.escape(layer)}\s*[-:/.]\s*(.*?)\s*", name, re.IGNORECASE | re.DOTALL):
            return layer, match[1]
    return "", name.strip()


def _kinds() -> Iterator[Kind]:
    for layer in layers():
        for label in (*layer.labels, *layer.choices):
            yield Kind(layer.name, label.name)
        for part in layer.parts:
            yield Kind(layer.name, part.name, part.name)


def need_kind(name: str, at: str) -> Kind:
    """As `find_kind`; `KitError` where the kit knows no such thing. ``at`` says where the name stands."""
    kind = find_kind(name)
    if kind is None:
        known = series(name_of(layer.name, layer.labels[0].name) for layer in layers())
        raise KitError(f"{at}: the kit has no mark called “{short(name, 40)}”. It knows names such as {known}.")
    return kind


def make_mark(item: dict[str, Any], article: Article, at: str) -> Annotation:
    """A mark from plain data, as in a reading's file; `KitError`, with ``at``, where it isn't one."""
    try:
        return read_annotation(item, len(article.text))
    except KeyError as error:
        raise KitError(f"{at}: {error} is missing.") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise KitError(f"{at}: {error}.") from None


def need_words(found: str, wanted: str, article: Article, at: str) -> None:
    """`KitError` where other words stand at a place than the file says; white space doesn't count."""
    if "".join(found.split()) != "".join(wanted.split()):
        raise KitError(
            f"{at}: “{short(wanted, 40)}” should stand there, but in {article.title or article.id!r} it is "
            f"“{short(found, 40)}”. Use the text that these marks were made on, unchanged."
        )
