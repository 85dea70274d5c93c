"""W3C Web Annotations (JSON-LD), as Hypothes.is and other tools for marking web pages have them.

The format: https://www.w3.org/TR/annotation-model/ (2017). A mark is tagged with its kind; its place is there twice: by
offsets (TextPositionSelector) and by its words with those around them (TextQuoteSelector). By the standard (4.2.4)
offsets are code points, as ours, and so we write them. Browsers count UTF-16 units, and some tools write these; so
when we read, the words decide: the place by code points, else by UTF-16 units, else where these words stand but once.

All else that a mark knows is in a field ``kit`` of our own, which other programs skip. So the format holds a whole
reading, but for a student's answers. We also take the rows that the API of Hypothes.is gives: tags are kinds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from kit.errors import KitError
from kit.formats.kinds import Kind, find_kind, make_mark, need_kind
from kit.readings.reading import Annotation, Reading
from kit.text.article import Article
from kit.text.spans import Span
from kit.version import PROGRAMS
from kit.wording import short

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # characters before and after that tell a place from another with the same words
OWN = ("entry", "voice", "confidence", "parts", "details", "reasons")  # what only the kit's marks know


def write(reading: Reading) -> str:
    """A collection of annotations, one page of JSON-LD.

    >>> from kit.text.article import read_text
    >>> mark = Annotation("hedge", "modal", Span(3, 6), "It is open.")
    >>> page = json.loads(write(Reading(read_text("It may rain."), "me", (mark,))))["first"]
    >>> page["items"][0]["target"]["selector"][1]
    {'type': 'TextQuoteSelector', 'exact': 'may', 'prefix': 'It ', 'suffix': ' rain.'}
    """
    article = reading.article
    source = f"urn:sha256:{article.sha256}"
    creator = {"type": "Software" if reading.reader in PROGRAMS else "Person", "name": reading.reader}
    items = []
    for number, mark in enumerate(reading.annotations):
        plain = mark.to_dict(article.text)
        comment = [{"type": "TextualBody", "purpose": "commenting", "value": mark.why}] if mark.why else []
        tag = {"type": "TextualBody", "purpose": "tagging", "value": f"{mark.layer}: {mark.label}"}
        items.append(
            {
                "id": _id(source, reading.reader, number),
                "type": "Annotation",
                "motivation": "classifying",
                "body": [tag, *comment],
                "target": {"source": source, "selector": _selectors(mark.span, article.text)},
                "kit": {name: plain[name] for name in OWN if name in plain},
            }
        )
    page = {"id": _id(source, reading.reader, "page"), "type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {
        "@context": CONTEXT,
        "id": _id(source, reading.reader, "collection"),
        "type": "AnnotationCollection",
        "label": article.title,
        "creator": creator,
        "total": len(items),
        "first": page,
    }
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def _id(*of: object) -> str:
    """A name that is the same each time, and nobody else's."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, ' '.join(map(str, of)))}"


def _selectors(span: Span, text: str) -> list[dict[str, Any]]:
    before, after = text[max(span.start - AROUND, 0) : span.start], text[span.end : span.end + AROUND]
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {"type": "TextQuoteSelector", "exact": span.of(text), "prefix": before, "suffix": after},
    ]


def read(source: str, article: Article, *, reader: str, where: str) -> Reading:
    """A reading of ``article`` from JSON-LD: a collection, a page, a list of annotations, or one.

    ``reader`` is taken where the file names none. Raises `KitError`, with the annotation's number, for one without a
    place in the article or without a kind that the kit knows.
    """
    try:
        data = json.loads(source)
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise KitError(f"{where}{line}: this isn't valid JSON. Use an undamaged copy of the file.") from None
    items = _items(data)
    if items is None:
        raise KitError(f"{where} holds no web annotations: there is no list of “items” in it.")
    marks = tuple(_mark(item, article, f"{where}, annotation {n}") for n, item in enumerate(items, start=1))
    return Reading(article, _creator(data) or reader, marks)


def _items(data: Any) -> list[Any] | None:
    """The annotations in a collection, a page, what Hypothes.is gives, a list, or one alone."""
    if isinstance(data, dict) and isinstance(data.get("first"), dict):
        data = data["first"]
    if isinstance(data, dict):
        found = data.get("items", data.get("rows"))
        data = [data] if found is None and "target" in data else found
    return data if isinstance(data, list) else None


def _creator(data: Any) -> str:
    creator = data.get("creator") if isinstance(data, dict) else None
    name = creator.get("name") if isinstance(creator, dict) else None
    return name if isinstance(name, str) else ""


def _mark(item: Any, article: Article, at: str) -> Annotation:
    if not isinstance(item, dict):
        raise KitError(f"{at}: this isn't an annotation.")
    span = _place(item, article, at)
    kind = _kind(item, at)
    own = item.get("kit")
    known = {name: own[name] for name in OWN if name in own} if isinstance(own, dict) else {}
    if kind.part:
        known["parts"] = {kind.part: [list(span)]}
    why = next((words for purpose, words in _bodies(item) if purpose == "commenting"), item.get("text", ""))
    plain = {"layer": kind.layer, "label": kind.label, "start": span.start, "end": span.end, "why": why}
    return make_mark(plain | known, article, at)


def _kind(item: dict[str, Any], at: str) -> Kind:
    listed = item.get("tags")
    tags = [words for purpose, words in _bodies(item) if purpose in ("tagging", "classifying")]
    tags += [tag for tag in listed if isinstance(tag, str)] if isinstance(listed, list) else []
    found = next((kind for tag in tags if (kind := find_kind(tag))), None)
    return found or need_kind(tags[0] if tags else "", at)


def _bodies(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What each body is for, and its words."""
    bodies = item.get("body")
    for body in bodies if isinstance(bodies, list) else [bodies]:
        if isinstance(body, str):
            yield "commenting", body
        elif isinstance(body, dict) and isinstance(body.get("value"), str):
            yield str(body.get("purpose", "commenting")), body["value"]


def _place(item: dict[str, Any], article: Article, at: str) -> Span:
    target = item.get("target")
    target = target[0] if isinstance(target, list) and target else target
    selectors = target.get("selector") if isinstance(target, dict) else None
    found = {
        s.get("type"): s for s in (selectors if isinstance(selectors, list) else [selectors]) if isinstance(s, dict)
    }
    quote, position = found.get("TextQuoteSelector", {}), found.get("TextPositionSelector", {})
    words = quote.get("exact")
    text = article.text
    for span in _by_offsets(position.get("start"), position.get("end"), text):
        if not isinstance(words, str) or span.of(text) == words:
            return span
    if isinstance(words, str) and words:
        places = _by_words(words, str(quote.get("prefix") or ""), str(quote.get("suffix") or ""), text)
        if len(places) == 1:
            return places[0]
        found_as = f"{at}: “{short(words, 40)}” stands {'more than once' if places else 'nowhere'} in"
        todo = "Give its offsets, too." if places else "Use the text that was annotated."
        raise KitError(f"{found_as} {article.title or article.id!r}. {todo}")
    raise KitError(f"{at}: it has no place in the text: neither offsets that fit nor a quotation.")


def _by_offsets(start: Any, end: Any, text: str) -> Iterator[Span]:
    """The place by code points, and by UTF-16 units where that is another."""
    if type(start) is not int or type(end) is not int or not 0 <= start <= end:
        return
    if end <= len(text):
        yield Span(start, end)
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) != 2 * len(text) and 2 * end <= len(units):
        before, whole = (units[: 2 * at].decode("utf-16-le", "ignore") for at in (start, end))
        yield Span(len(before), len(whole))


def _by_words(words: str, prefix: str, suffix: str, text: str) -> list[Span]:
    """Where these words stand; of several places those with what should be around them, if there are any."""
    starts = [match.start() for match in re.finditer(f"(?={re.escape(words)})", text)]
    places = [Span(at, at + len(words)) for at in starts]
    exact = [p for p in places if text[: p.start].endswith(prefix) and text.startswith(suffix, p.end)]
    return exact or places
