"""Readings: what a reader (the kit, a student, a teacher) marked in an article. The one format of the kit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from kit.errors import KitError
from kit.files import read_file, replace_surrogates, write_atomically
from kit.readings.labels import ATTRIBUTION, layer_names
from kit.resources import seeds_folder
from kit.text.article import Article
from kit.text.fitness import fitness
from kit.text.spans import Span
from kit.text.tokens import Sentence, sentences
from kit.version import PROGRAMS, STRONG_READER
from kit.wording import short, with_article

SCHEMA = "reading/1"
BY_THE_STRONG_READER = (
    "Read by the strong reader, a small neural network: right more often than the kit alone, and still wrong at times."
)
REPORTER = "reporter"
PARTS = tuple(part.name for part in ATTRIBUTION.parts)  # source, cue, content


@dataclass(frozen=True)
class Annotation:
    """One mark on a text.

    ``layer``: attribution, hedge or framing; ``label``: the kind within the layer. ``span`` is the mark itself:
    half-open code-point offsets. ``why`` says in a plain sentence why it was marked; ``reasons``, where they are known,
    are its sentences by the part that each speaks of. ``entry`` names the lexicon entry or rule. ``voice`` is
    "reporter" or the speaker whose words these are. ``parts`` holds named spans: ``source``, ``cue``, ``content`` of an
    attribution, and ``basis``, the words that tell how it can know; ``scope``, ``verb``, ``agent``. ``details`` holds
    what else the entry knows, as short strings (``speaker``, ``speaker_kind``, ``stance``, ``basis``). ``confidence``:
    between 0 and 1.
    """

    layer: str
    label: str
    span: Span
    why: str = ""
    entry: str = ""
    voice: str = REPORTER
    parts: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 1.0
    reasons: Mapping[str, str] = field(default_factory=dict)

    def part(self, name: str, text: str) -> str:
        """The text of a named part, its pieces joined by " … "; empty if it has none.

        >>> mark = Annotation("attribution", "indirect", Span(0, 7), parts={"cue": (Span(3, 7),)})
        >>> mark.part("cue", "He said so.")
        'said'
        """
        return " … ".join(span.of(text) for span in self.parts.get(name, ()))

    def to_dict(self, text: str) -> dict[str, Any]:
        """The annotation as the plain JSON object of the schema; ``text`` is the article's."""
        plain: dict[str, Any] = {
            "layer": self.layer,
            "label": self.label,
            "start": self.span.start,
            "end": self.span.end,
            "text": self.span.of(text),
            "why": self.why,
            "entry": self.entry,
            "voice": self.voice,
            "confidence": round(self.confidence, 3),
            "parts": {name: [list(span) for span in spans] for name, spans in self.parts.items()},
        }
        for name, more in (("details", self.details), ("reasons", self.reasons)):
            if more:
                plain[name] = dict(more)
        return plain


@dataclass(frozen=True)
class Reading:
    """All marks of one reader on one article, sorted by (start, end, layer).

    ``answers``: what a student answered to the exercises of a lesson, plain JSON by exercise; see `kit.course.answers`.
    ``tagged``: the article's sentences, where whoever made the reading has them already; see `sentences`.
    """

    article: Article
    reader: str
    annotations: tuple[Annotation, ...] = ()
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    tagged: tuple[Sentence, ...] | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        ordered = sorted(self.annotations, key=lambda a: (a.span, a.layer, a.label, a.entry))
        object.__setattr__(self, "annotations", tuple(ordered))

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self.layer(name))} {name}" for name in layer_names())
        return f"<Reading of {self.article.id!r} by {self.reader}: {counts}>"

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The tagged sentences of the article's headline and body: found when first asked for, and once."""
        return tuple(sentences(self.article)) if self.tagged is None else self.tagged

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What to know before trusting these marks: that not the kit alone has read, and sentences on a text that
        programs can't read well, see `fitness`.

        A person's reading has none: people read German and poems.
        """
        if self.reader not in PROGRAMS:
            return ()
        unfit = tuple(note.sentence for note in fitness(self.article))
        return (BY_THE_STRONG_READER, *unfit) if self.reader == STRONG_READER else unfit

    def layer(self, name: str) -> tuple[Annotation, ...]:
        """The annotations of one layer, in text order."""
        return tuple(a for a in self.annotations if a.layer == name)

    def only(self, layers: Iterable[str]) -> Reading:
        """The same reading with some of its layers."""
        kept = set(layers)
        return replace(self, annotations=tuple(a for a in self.annotations if a.layer in kept))

    def to_dict(self) -> dict[str, Any]:
        """The reading as plain JSON data: see kit/readings/reading.schema.json."""
        article = self.article
        plain = {
            "schema": SCHEMA,
            "article": {"id": article.id, "title": article.title, "sha256": article.sha256},
            "reader": self.reader,
            "annotations": [annotation.to_dict(article.text) for annotation in self.annotations],
        }
        return plain | ({"answers": dict(self.answers)} if self.answers else {})

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n"

    def save(self, path: str | Path) -> None:
        """Write the reading as JSON: whole or not at all. Half a character, which no file can hold, becomes a �."""
        write_atomically(Path(path), replace_surrogates(self.to_json()))

    @classmethod
    def from_dict(cls, data: Any, article: Article, *, where: str = "This reading") -> Reading:
        """A reading from plain JSON data, checked against the article that it says it reads.

        Raises `KitError` if the data are of another schema, broken, or of another text.
        """
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            found = data.get("schema") if isinstance(data, dict) else None
            raise KitError(
                f"{where} is not a reading that this kit knows: its schema is {found!r}, expected {SCHEMA!r}. "
                "Save it again with this version of the kit."
            )
        try:
            sha256 = data["article"]["sha256"]
            reader = data["reader"]
            annotations = [read_annotation(item, len(article.text)) for item in data["annotations"]]
            if not isinstance(reader, str):
                raise TypeError("the reader's name is not text")
            answers = {name: dict(answer) for name, answer in data.get("answers", {}).items()}
        except KeyError as error:
            raise KitError(f"{where} is broken: {error} is missing. Use an undamaged copy of the file.") from None
        except (TypeError, ValueError, AttributeError) as error:
            raise KitError(f"{where} is broken: {error}. Use an undamaged copy of the file.") from None
        if sha256 != article.sha256:
            raise KitError(
                f"{where} belongs to another text than {article.title or article.id!r} (the checksums differ). "
                "Open it with the article it was made for, unchanged."
            )
        return cls(article, reader, tuple(annotations), answers)

    @classmethod
    def load(cls, path: str | Path, article: Article) -> Reading:
        """Read a reading of ``article`` from a JSON file, or one of the kit's own by name ("blinken").

        Raises `KitError` as `from_dict` does.
        """
        named = seeds_folder() / "readings" / f"{path}.json"
        if not Path(path).exists() and Path(path).name == str(path) and named.is_file():
            path = named
        try:
            data = json.loads(read_file(Path(path)))
        except (ValueError, RecursionError) as error:  # ValueError: also of numbers with thousands of digits
            detail = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
            raise KitError(
                f"{path} is broken: it is not valid JSON{detail}. Use an undamaged copy of the file."
            ) from None
        return cls.from_dict(data, article, where=str(path))


def read_annotation(item: dict[str, Any], length: int) -> Annotation:
    """An annotation of a text of this length from plain JSON data.

    Raises KeyError, TypeError, ValueError or AttributeError where it isn't one.
    """

    def span(start: Any, end: Any) -> Span:
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
            raise ValueError(f"[{short(f'{start}, {end}', 40)}] isn't a place in the text")
        return Span(start, end)

    texts = {name: item.get(name, "") for name in ("why", "entry", "voice")} | {n: item[n] for n in ("layer", "label")}
    for name, value in texts.items():
        if not isinstance(value, str):
            raise TypeError(f"{name} is not text")
    if texts["layer"] not in layer_names():
        raise ValueError(f"there is no layer {texts['layer']!r}")
    confidence = item.get("confidence", 1.0)
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise ValueError(f"the confidence {short(repr(confidence), 40)} isn't a number from 0 to 1")
    return Annotation(
        **(texts | {"voice": texts["voice"] or REPORTER}),
        span=span(item["start"], item["end"]),
        parts={str(name): tuple(span(*pair) for pair in spans) for name, spans in item.get("parts", {}).items()},
        details={str(name): str(value) for name, value in item.get("details", {}).items()},
        confidence=float(confidence),
        reasons={str(name): str(value) for name, value in item.get("reasons", {}).items()},
    )


def need_reading(x: object, name: str) -> None:
    """For the functions that take a reading alone: `KitError`, with what to do, for anything else."""
    if not isinstance(x, Reading):
        called = with_article(type(x).__name__)
        raise KitError(f"{name}() takes a reading, not {called}. Make one first: reading = kit.annotate(article).")
