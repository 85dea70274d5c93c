"""Whatever people may give the kit, as Hypothesis strategies: texts, and files of every kind that are nearly right."""

from __future__ import annotations

import base64
import copy
import json
import zlib
from itertools import pairwise
from typing import Any

import source_files
from hypothesis import strategies as st

from kit.course.hand_in_code import DEFLATE, END, START, WORDS
from kit.formats.table import FORMATS
from kit.readings.reading import Annotation, Reading
from kit.resources import PACKAGE, items_folder
from kit.sources.load import load
from kit.text.article import read_text
from kit.text.spans import Span

PIECES = (
    *("Ada Brandt", "the mayor", "he", "officials", "of", "Port Vorn", "dpa", "Mr.", "said", "says", "told", "added"),
    *(
        "according to",
        "believed",
        "that",
        "may",
        "could",
        "about 5",
        "reportedly",
        "was killed by",
        "terrorists",
        "not",
    ),
    *(
        '"',
        "“",
        "”",
        "'",
        "’",
        "(",
        ")",
        "[",
        ",",
        ".",
        "?",
        ":",
        ";",
        "-",
        "–",
        "…",
        "/",
        "|",
        "@a",
        "#",
        "$7 million",
    ),
    *(" ", " ", " ", "\n", "\n\n", "\r\n", "\t", "\u2028", "\u00a0", "\u200b", "\ufeff", "\0", "\x1b[31m", "\ud800"),
    *("é", "e\u0301", "🕊️", "東京", "ß", "İ", "Ǆ", "א", "By Ada Brandt\n", "Photo: Ada/AFP/dpa\n", "3 May 2022\n"),
    *("<b>", "&amp;", "+++\n", "# ", "https://a.example/b", "title = "),
)
texts = st.lists(st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=()), max_size=4), max_size=40).map(
    "".join
)

NUMBERS = st.integers(-3, 200) | st.floats() | st.sampled_from([10**30, 10**400, -(10**400), 2**63])
anything = st.recursive(
    st.none() | st.booleans() | NUMBERS | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def spoiled(draw: st.DrawFn, plain: Any) -> Any:
    """JSON data that are right but for a few places, which hold anything, something from elsewhere, or are gone."""
    data = [copy.deepcopy(plain)]
    for _ in range(draw(st.integers(0, 3))):
        holder, key = draw(st.sampled_from(list(_places(data))))
        what = draw(st.integers(0, 3))
        if what == 0 and holder is not data:
            del holder[key]
        elif what == 1:
            other, elsewhere = draw(st.sampled_from(list(_places(data))))
            holder[key] = copy.deepcopy(other[elsewhere])
        else:
            holder[key] = draw(anything)
    return data[0]


def _places(data: Any) -> Any:
    for key in list(data) if isinstance(data, dict) else range(len(data)):
        yield data, key
        if isinstance(data[key], dict | list):
            yield from _places(data[key])


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file with a few bytes too many, too few or others, or a piece of it elsewhere."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(0, 4))):
        at, from_ = draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))
        put = data[from_ : from_ + 30] if draw(st.booleans()) else draw(st.binary(max_size=8) | texts.map(_utf8))
        data[at : at + draw(st.integers(0, 30))] = put
    return bytes(data)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def json_files(plain: Any) -> st.SearchStrategy[bytes]:
    """Files with such data, some of them damaged. Python writes numbers of any length, NaN and half characters."""
    written = spoiled(plain).map(lambda data: json.dumps(data).encode())
    return written | written.flatmap(damaged) | damaged(json.dumps(plain).encode())


def as_code(packed: Any) -> str:
    """Any JSON data as a code that is handed in: what its checksum says is right."""
    squeezed = zlib.compressobj(9, zlib.DEFLATED, DEFLATE, zdict=WORDS)
    data = squeezed.compress(json.dumps(packed).encode()) + squeezed.flush()
    return START + base64.b32encode(zlib.crc32(data).to_bytes(4, "big") + data).decode().rstrip("=") + END


# ------------------------------------------------------------------------------------------ what is right

ARTICLE = read_text(
    "Pier may close\n\n“It is unsafe,” the mayor of Port Vorn said 👍. Nobody else did.\n\nIt was shut."
)


def a_reading(text_from: Any = ARTICLE) -> Reading:
    """A reading with all that a mark can hold, and answers."""
    edges = [0, 4, 7, 16, 18, 30, 34]
    spans = [Span(*pair) for pair in pairwise(edges)]
    said = {"source": (spans[3],), "cue": (spans[4],), "content": (spans[2], spans[5])}
    marks = (
        Annotation("attribution", "direct", Span(7, 34), "Quoted.", "cue/say", "reporter", said, {"stance": "neutral"}),
        Annotation(
            "hedge", "modal", spans[1], "It is open.", "hedges/may", details={"exercise": "mark"}, confidence=0.5
        ),
        Annotation("framing", "loaded", spans[3], reasons={"cue": "So it is."}),
    )
    answer = {
        "picked": ["a"],
        "text": "Words.",
        "sure": "sure",
        "hints": 1,
        "committed": True,
        "points": {"who": "Words"},
    }
    return Reading(
        text_from, "ada", marks, {"first-look": {**answer, "history": [answer]}, "mark": {"committed": True}}
    )


A_LESSON = "02_who_says_so"
A_READING = a_reading().to_dict()
AN_ANSWER_FILE = a_reading(load("blinken")).to_dict()
A_HAND_IN = {
    "schema": "hand-in/1",
    "name": "Amira K.",
    "lessons": [A_LESSON],
    "at": "2026-11-29T10:00:00+00:00",
    "progress": [{"lesson": A_LESSON, "exercise": "first-look", "state": "done"}],
    "readings": {A_LESSON: AN_ANSWER_FILE},
}
MARKS = {"mark": [{"attribution/cue": [3, 4, 10, 2], "hedge/modal?": [1, 1]}, {"attribution/cue": [3, 4]}]}
IN_A_CODE = [
    *(A_LESSON, "Amira K", 29929000, {"first-look": ["!1.~", "austin", ["?0.", "department"]]}),
    {"blinken": [load("blinken").sha256[:8], MARKS]},
]
EXERCISES = (items_folder() / "00_start_here.toml").read_bytes()
A_LEXICON = (PACKAGE / "lexicons" / "approximators.toml").read_bytes()[:3000].rpartition(b"[[entry]]")[0]
FRONT_MATTER = b'+++\ntitle = "Pier may close"\nagency = "dpa"\ndate = 2026-11-29\n+++\nThe pier may close.\n'

_TOLD = ("Pier may close", ["The pier may close in spring, the mayor of Port Vorn said on Monday.", "It is old."] * 2)
PAGES: dict[str, bytes] = {
    "page.html": source_files.html(*_TOLD),
    "page.mhtml": source_files.mhtml(*_TOLD),
    "page.pdf": source_files.pdf(*_TOLD),
    "page.docx": source_files.docx(*_TOLD),
    "page.odt": source_files.odt(*_TOLD),
    "page.rtf": source_files.rtf(*_TOLD),
    "page.eml": source_files.mail(*_TOLD),
    "page.md": source_files.markdown(*_TOLD),
    "page.txt": "\n\n".join([_TOLD[0], *_TOLD[1]]).encode("utf-16"),
}
MARKED: dict[str, bytes] = {name: form.write(a_reading()).encode() for name, form in FORMATS.items() if name != "json"}
