"""A batch of items read: the rows of the tables. This alone runs on workers, and needs nothing but the kit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from kit.analysis.annotate import annotate
from kit.corpus.items import Item
from kit.errors import KitError
from kit.readings.reading import PARTS, Annotation, Reading
from kit.readings.voices import PERHAPS, words_by_voice
from kit.sources.load import read
from kit.text.article import Article, read_text
from kit.text.fitness import fitness
from kit.version import __version__

Rows = dict[str, list[dict[str, Any]]]
PUBLISHER = ("publisher", "agency", "site")  # what articles' own files call it
OWN_COLUMNS = ("speaker", "speaker_kind", "stance", "basis", PERHAPS)  # of a mark's details


def read_batch(items: Sequence[Item], reader: str, version: str) -> Rows:
    """Read each item, and give the rows of the tables ``articles``, ``annotations`` and ``left_out``, in their order.

    Whatever is wrong with an item, the others are read. Raises `KitError` where this kit is of another version,
    or the reader isn't installed.

    >>> rows = read_batch([Item("rain.txt", b"Rain may come, she said."), Item("empty.txt")], "kit", __version__)
    >>> [row["text"] for row in rows["annotations"]], [row["article"] for row in rows["left_out"]]
    (['Rain may come, she said', 'may'], ['empty.txt'])
    """
    if version != __version__:
        raise KitError(f"A worker has kit {__version__}, and this is kit {version}. Install the same one on all.")
    annotate("", reader=reader)  # Raises where the reader isn't installed, which is no article's fault.
    rows: Rows = {"articles": [], "annotations": [], "left_out": []}
    for item in items:
        try:
            article = _article(item)
            reading = annotate(article, reader=reader)
            row, marks = _article_row(item, reading), list(_annotation_rows(item, reading))
        except KitError as error:
            rows["left_out"].append({"article": item.name, "reason": str(error)})
        except Exception as error:  # One bad article among a hundred thousand must not end it all.
            reason = f"{item.name} can’t be read: the kit failed at it ({type(error).__name__}: {error})."
            rows["left_out"].append({"article": item.name, "reason": reason})
        else:
            rows["articles"].append(row)
            rows["annotations"] += marks
    return rows


def _article(item: Item) -> Article:
    if item.problem:
        raise KitError(item.problem)
    if item.record is None:
        return read(item.data, item.name)
    return read_text(item.data.decode(), item.record.get("title"))


def _article_row(item: Item, reading: Reading) -> dict[str, Any]:
    article = reading.article
    known = article.meta if item.record is None else item.record
    publisher = next((known[name] for name in PUBLISHER if known.get(name)), None)
    words = Counter(word.voice for word in words_by_voice(reading))
    return {
        "article": item.name,
        "id": _text(known.get("id") or known.get("address")),
        "title": article.title or None,
        "date": _text(known.get("date")),
        "publisher": _text(publisher),
        "kind": _text(known["kind"]),
        "text": article.text,
        "sha256": article.sha256,
        "words": words.total(),
        "voices": [{"voice": voice, "words": count} for voice, count in words.most_common()],
        "notes": [note.sentence for note in fitness(article)],
    }


def _annotation_rows(item: Item, reading: Reading) -> Iterator[dict[str, Any]]:
    text = reading.article.text
    for mark in reading.annotations:
        details = dict(mark.details)
        own = {name: details.pop(name, None) or None for name in OWN_COLUMNS}
        yield {
            "article": item.name,
            "layer": mark.layer,
            "label": mark.label,
            "start": mark.span.start,
            "end": mark.span.end,
            "text": mark.span.of(text),
            "voice": mark.voice,
            **own,
            **{name: mark.part(name, text) or None for name in PARTS},
            "why": mark.why,
            "entry": mark.entry,
            "confidence": round(mark.confidence, 3),
            "parts": [*_places(mark)],
            "details": [{"name": name, "value": value} for name, value in details.items()],
        }


def _places(mark: Annotation) -> Iterator[dict[str, Any]]:
    for name, spans in mark.parts.items():
        for span in spans:
            yield {"name": name, "start": span.start, "end": span.end}


def _text(value: Any) -> str | None:
    """A value of front matter as text: dates as ISO writes them."""
    if value is None or value == "":
        return None
    return str(value.isoformat() if hasattr(value, "isoformat") else value)
