"""What the tables of an archive hold: the one place that says it. docs/archive.md shows it; a test compares.

`SCHEMA` changes when a column goes or means something else. Columns may be added without that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pyarrow

SCHEMA = "archive/1"
VOICES = "list<struct<voice: string, words: int32>>"
PARTS = "list<struct<name: string, start: int32, end: int32>>"
DETAILS = "list<struct<name: string, value: string>>"


class Column(NamedTuple):
    """A column: its name, its type as Apache Arrow writes it, and what it holds."""

    name: str
    type: str
    holds: str


ARTICLE = Column(
    "article",
    "string",
    "the article’s name here, never twice: a file’s path as you named it; in a table its row, `news.jsonl:12`",
)
TABLES = {
    "articles": (
        ARTICLE,
        Column("id", "string", "what its source calls it; empty where it doesn’t say"),
        Column("title", "string", "its headline or title"),
        Column("date", "string", "when it appeared, as the source writes it: best as `2026-03-01`; may be empty"),
        Column("publisher", "string", "the paper, the site or the agency, where the source says so; may be empty"),
        Column("kind", "string", "what it was read from: `text`, `HTML`, `PDF`, …, `JSONL`, `Parquet`"),
        Column("text", "string", "the whole text; all places count in it"),
        Column("sha256", "string", "checksum of the text in UTF-8: equal where texts are"),
        Column("words", "int32", "words of headline and body, which is what was read"),
        Column("voices", VOICES, "how many of these words are whose: `reporter`, a speaker’s name, or `not named`"),
        Column("notes", "list<string>", "what to know before you trust its marks, such as that it isn’t in English"),
    ),
    "annotations": (
        ARTICLE,
        Column("layer", "string", "`attribution`, `hedge` or `framing`"),
        Column("label", "string", "the kind within the layer: `direct`, `modal`, `loaded`, …"),
        Column("start", "int32", "where the mark begins: code points from the beginning of the text, from 0"),
        Column("end", "int32", "where it ends: the first code point that isn’t in it"),
        Column("text", "string", "the marked words"),
        Column("voice", "string", "whose words these are: `reporter`, a speaker’s name, or `not named`"),
        Column("perhaps", "string", "why the voice is only a guess; empty if it is none"),
        Column("speaker", "string", "of an attribution: who speaks, by one name through the article; may be empty"),
        Column("speaker_kind", "string", "of an attribution: `named person`, `unnamed official`, `group`, …"),
        Column("stance", "string", "of an attribution: what its signal does: `neutral`, `doubting`, `planning`, …"),
        Column("basis", "string", "of an attribution: how they can know: `experience`, `office`, `unnamed`, …"),
        Column("source", "string", "of an attribution: the words that name the source"),
        Column("cue", "string", "of an attribution: its signal, such as “said”"),
        Column("content", "string", "of an attribution: what is said; pieces are joined by “ … ”"),
        Column("why", "string", "why it was marked, in a plain sentence"),
        Column("entry", "string", "the entry of a word list, or the rule, that found it"),
        Column("confidence", "double", "from 0 to 1"),
        Column("parts", PARTS, "where its parts are: `source`, `cue`, `content`, `basis`, `scope`, `verb`, `agent`"),
        Column("details", DETAILS, "what else the entry knows"),
    ),
    "left_out": (
        ARTICLE,
        Column("reason", "string", "why it isn’t in the archive, in a sentence"),
    ),
}


def arrow_schema(table: str) -> pyarrow.Schema:
    """The schema of a table, as Apache Arrow takes it.

    >>> arrow_schema("left_out").names
    ['article', 'reason']
    """
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "int32": pa.int32(),
        "double": pa.float64(),
        "list<string>": pa.list_(pa.string()),
        VOICES: pa.list_(pa.struct([("voice", pa.string()), ("words", pa.int32())])),
        PARTS: pa.list_(pa.struct([("name", pa.string()), ("start", pa.int32()), ("end", pa.int32())])),
        DETAILS: pa.list_(pa.struct([("name", pa.string()), ("value", pa.string())])),
    }
    fields = [pa.field(column.name, types[column.type]) for column in TABLES[table]]
    return pa.schema(fields, metadata={"schema": SCHEMA, "table": table})


def markdown(table: str) -> str:
    """The columns as a table in Markdown, for the documentation.

    >>> print(markdown("left_out").splitlines()[-1])
    | `reason` | `string` | why it isn’t in the archive, in a sentence |
    """
    rows = [f"| `{column.name}` | `{column.type}` | {column.holds} |" for column in TABLES[table]]
    return "\n".join(["| column | type | what it holds |", "|---|---|---|", *rows])
