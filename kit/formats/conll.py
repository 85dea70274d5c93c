"""CoNLL: a token a line, with tags B-, I- and O, as programs that learn from marked texts want it.

The columns, named in the first line: the token, and one for each layer, or for each of its parts: source, cue, content,
hedge, framing. Tags name labels: ``B-modal``. An empty line ends a sentence. Only headline and body have tokens.

What the format can't hold: who read (that is the file's name), reasons, voices and all else that a mark knows; marks
within marks of one column (the outermost stays); where in a word a mark begins or ends (it takes whole tokens); marks
outside headline and body; and which source belongs to which signal: each part comes back as a mark of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from kit.errors import KitError
from kit.formats.kinds import Kind, find_kind, need_kind, plain_name
from kit.readings.labels import find_layer, layers
from kit.readings.reading import Annotation, Reading
from kit.text.article import Article
from kit.text.spans import Span
from kit.text.tokens import READ, sentence_spans, token_spans
from kit.wording import short

HEAD = "# token"
OUTSIDE = ("O", "_", "-", "")
TAG = re.compile(r"([BIESLU])-(.+)")  # BIOES and BILOU say more than we need: where a mark ends
Tagged = tuple[Span, str, str]  # a token's place, its tag, and where that stands
SEPARATOR = re.compile(r"\t+| +")


def write(reading: Reading) -> str:
    """The table of a reading.

    >>> from kit.text.article import read_text
    >>> marks = (Annotation("hedge", "modal", Span(3, 6)), Annotation("framing", "loaded", Span(7, 11)))
    >>> print(write(Reading(read_text("It may pour."), "me", marks)).expandtabs(9), end="")
    # token  source   cue      content  hedge    framing
    It       O        O        O        O        O
    may      O        O        O        B-modal  O
    pour     O        O        O        O        B-loaded
    .        O        O        O        O        O
    <BLANKLINE>
    """
    columns = [(layer.name, name) for layer in layers() for name in layer.drawn()]
    tokens = [token for sentence in _tokens(reading.article) for token in sentence]
    tags = [_tags(tokens, reading, *column) for column in columns]
    lines = ["\t".join([HEAD, *(name for _, name in columns)])]
    at = 0
    for sentence in _tokens(reading.article):
        for token in sentence:
            lines.append("\t".join([token.of(reading.article.text), *(column[at] for column in tags)]))
            at += 1
        lines.append("")
    return "".join(f"{line}\n" for line in lines)


def _tokens(article: Article) -> Iterator[list[Span]]:
    """The tokens of headline and body, sentence by sentence."""
    for part in article.parts:
        if part.kind in READ:
            block = article.text[part.start : part.end]
            for start, end in sentence_spans(block):
                offset = part.start + start
                if found := [Span(offset + s, offset + e) for s, e in token_spans(block[start:end])]:
                    yield found


def _tags(tokens: Sequence[Span], reading: Reading, layer: str, column: str) -> list[str]:
    """The tags of a column, a token each."""
    tags = ["O"] * len(tokens)
    drawn = find_layer(layer)
    for mark in sorted(reading.layer(layer), key=lambda mark: (mark.span.start - mark.span.end, mark.span)):
        whole = [mark.span] if drawn.look(mark.label) == column and not mark.parts else []
        for span in mark.parts.get(column, whole) if drawn.parts else [mark.span]:
            first = bisect_right(tokens, span.start, key=lambda token: token.end)
            inside = range(first, bisect_left(tokens, span.end, key=lambda token: token.start))
            if inside and all(tags[n] == "O" for n in inside):
                label = plain_name(mark.label)
                tags[inside[0]] = f"B-{label}"
                for n in inside[1:]:
                    tags[n] = f"I-{label}"
    return tags


def read(source: str, article: Article, *, reader: str, where: str) -> Reading:
    """A reading of ``article`` from a table; ``reader`` made it, and ``where`` names it in errors.

    Without our first line, the first column is the token and every other one holds tags; their labels tell the layer.
    Raises `KitError`, with the line, for a token that doesn't come next in the article, and for a label that the kit
    doesn't know.
    """
    names: list[str] = []
    rows: list[tuple[int, list[str]]] = []
    for number, line in enumerate(source.split("\n"), start=1):
        cells = SEPARATOR.split(line.strip("\r\n "))
        if line.startswith(f"{HEAD}\t"):
            names = line.rstrip("\r").split("\t")[1:]
        elif cells != [""] and not line.startswith(("# ", "-DOCSTART-")):
            rows.append((number, cells))
    places = _places(rows, article, where)
    width = max((len(cells) for _, cells in rows), default=1)
    columns = [
        [
            (place, cells[column] if column < len(cells) else "O", f"{where}, line {number}")
            for place, (number, cells) in zip(places, rows, strict=True)
        ]
        for column in range(1, width)
    ]
    if not names:  # parts of speech and the like stand there as well
        columns = [column for column in columns if _is_tags(column)] or columns[-1:]
    names += [""] * (len(columns) - len(names))
    marks = [mark for column, name in zip(columns, names, strict=False) for mark in _marks(column, name)]
    return Reading(article, reader, tuple(marks))


def _is_tags(column: Iterable[Tagged]) -> bool:
    return all(tag in OUTSIDE or TAG.fullmatch(tag) for _, tag, _ in column)


def _places(rows: Sequence[tuple[int, list[str]]], article: Article, where: str) -> list[Span]:
    """Where the tokens stand: our own tokens if they are the same, or else one after the other in the text."""
    own = [token for sentence in _tokens(article) for token in sentence]
    if [token.of(article.text) for token in own] == [cells[0] for _, cells in rows]:
        return own
    found: list[Span] = []
    at = 0
    for number, cells in rows:
        start = article.text.find(cells[0], at)
        if start < 0:
            raise KitError(
                f"{where}, line {number}: “{short(cells[0], 40)}” doesn't come next in "
                f"{article.title or article.id!r}. Use the text that these tokens were cut from."
            )
        at = start + len(cells[0])
        found.append(Span(start, at))
    return found


def _marks(tagged: Iterable[Tagged], column: str) -> Iterator[Annotation]:
    """The marks of one column: from a B, or an I that continues nothing, to the last I of the same label."""
    last: tuple[Kind, Span] | None = None
    before = ""
    for place, tag, at in tagged:
        match = TAG.fullmatch(tag)
        if not match and tag not in OUTSIDE:
            raise KitError(f"{at}: “{short(tag, 40)}” isn't a tag such as B-modal, I-modal or O.")
        if match and last and match[1] in "IEL" and match[2] == before:
            last = (last[0], Span(last[1].start, place.end))
            continue
        if last:
            yield _made(*last)
        last = (_kind(match[2], column, at), place) if match else None
        before = match[2] if match else ""
    if last:
        yield _made(*last)


def _kind(label: str, column: str, at: str) -> Kind:
    """What a tag in a column stands for; the column may be a part, a layer, or unknown."""
    of_column = find_kind(column) if column else None
    if of_column and of_column.part:
        known = find_kind(f"{of_column.layer}-{label}")
        return Kind(of_column.layer, known.label if known else label, of_column.part)
    return need_kind(f"{column}-{label}" if column else label, at)


def _made(kind: Kind, span: Span) -> Annotation:
    return Annotation(kind.layer, kind.label, span, parts={kind.part: (span,)} if kind.part else {})
