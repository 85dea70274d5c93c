"""A hand-in as a code: the marks and choices of one lesson in letters and digits, to copy or to photograph.

For classes without a place for files. A code is ``BTL1-`` … ``-END`` with base32 between: letters and digits only, so
that it survives mail, chats and spreadsheets, and a QR code holds it in its alphanumeric mode. Line breaks, spaces and
the ">" of a reply do no harm. It holds a checksum and then, deflated with `WORDS`, JSON without needless spaces::

    ["02_who_says_so", "Amira K", 29929000,                 lesson, name, minutes since 1970
     {"nested": ["?1.", "department", ["!1.", "austin"]]},  answers: state, what was picked; the first, if another
     {"blinken": ["a637a087", {"mark": [now, first]}]}]     marks by article, with the start of its checksum

The state of an answer is ``!`` sure, ``?`` not sure or ``-``; how many hints; ``.`` if it is committed; ``~`` where the
student wrote words, which are not in a code. ``now`` and ``first`` (the round before the comparison; 0 if there was
none) hold by layer and label, with ``?`` for what the student is not sure of, two numbers a mark: how far it is from
the end of the one before, and its length.
"""

from __future__ import annotations

import base64
import contextlib
import json
import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from kit.comparing.comparison import UNSURE
from kit.course.answers import EXERCISE, FIRST, HISTORY
from kit.course.hand_in_file import SCHEMA
from kit.course.lessons import Lesson, read_lesson
from kit.course.marking_tasks import students_mark
from kit.errors import KitError
from kit.files import replace_surrogates
from kit.readings.reading import Annotation, Reading
from kit.resources import PACKAGE
from kit.text.article import Article
from kit.text.spans import Span

START, END = "BTL1-", "-END"
# What codes are likely to hold: the ids of the course on the day on which codes were made up. It never changes, or no
# older code could be read; newer ids only make a code longer.
WORDS = (PACKAGE / "course" / "hand_in_code.words").read_bytes()
DASH = "[-‐‑–—]"
BETWEEN = r"(?:=\r?\n|[\s>\u00ad\u200b-\u200d\ufeff])*"  # what mail, chats and word processors put in between
WRAPPED = re.compile(BETWEEN)
BEGINS, ENDS = BETWEEN.join((*"BTL1", DASH)), BETWEEN.join((DASH, *"END"))
FOUND = re.compile(rf"{BEGINS}.*?(?:{ENDS}\b|(?={BEGINS})|\Z)", re.IGNORECASE | re.DOTALL)
MISREAD = str.maketrans("018", "OIB")  # by a camera or a hand: base32 has no such digits
LONGEST = 20_000  # characters of a code; those of our lessons have at most 1,000
LARGEST = 200_000  # bytes of what it holds
CHECKSUM = 4  # bytes
DEFLATE = -zlib.MAX_WBITS  # without zlib's own header and checksum
SURE = {"sure": "!", "unsure": "?"}
STATE = re.compile(r"([!?-])(\d{1,3})(\.?)(~?)")
MARK = re.compile(r"(\w+)/([^/?]+)(\??)")
LEFT_OUT = "left_out"  # the key of an answer out of a code whose words are not in it
WRITTEN = ("text", "texts", "pasted", "disagree")  # the keys of answers that hold a student's words
SHORT = 8  # digits of an article's checksum


def to_code(hand_in: Mapping[str, Any], lesson: str) -> str:
    """The marks and choices of one lesson of a hand-in (see `kit.course.hand_in`), as a code.

    What the student wrote in words is left out, and so are marks on an article that only the student has.
    """
    known = {article.id: article for article in _articles(read_lesson(lesson))}
    answers: dict[str, Any] = {}
    marks: dict[str, Any] = {}
    for name, data in hand_in["readings"].items():
        if name == lesson or name.startswith(f"{lesson}."):
            # A file that was changed by hand until it is no reading any more is left out.
            with contextlib.suppress(KitError, LookupError, TypeError, AttributeError):
                article = known.get(data["article"]["id"])
                is_known = article is not None and article.sha256 == data["article"]["sha256"]
                _pack(data, article if is_known else None, answers, marks)
    minutes = int(datetime.fromisoformat(hand_in["at"]).timestamp()) // 60
    plain = json.dumps([lesson, hand_in["name"], minutes, answers, marks], ensure_ascii=False, separators=(",", ":"))
    squeezed = zlib.compressobj(9, zlib.DEFLATED, DEFLATE, zdict=WORDS)
    packed = squeezed.compress(replace_surrogates(plain).encode()) + squeezed.flush()
    checked = zlib.crc32(packed).to_bytes(CHECKSUM, "big") + packed
    return START + base64.b32encode(checked).decode().rstrip("=") + END


def find_codes(text: str) -> list[str]:
    """The codes in a text, such as a mail with all that is around them, each as `from_code` takes it; damaged ones too.

    >>> find_codes("> Hi!\\n> BTL1-AB\\n> CD-END Bye, Kim. And BTL1-EF")
    ['BTL1-ABCD-END', 'BTL1-EF']
    """
    return [re.sub(DASH, "-", WRAPPED.sub("", code)) for code in FOUND.findall(text)]


def from_code(text: str) -> dict[str, Any]:
    """The hand-in that a code holds, in the form of a file that was handed in.

    An answer whose words are not in the code has ``"left_out": True``. Raises `KitError`, which names the code, for one
    that is damaged, and for one whose lesson or text is another than ours.
    """
    code = next(iter(find_codes(text)), "")
    shown = f"The code {code[:14]}…"
    if not code:
        raise KitError(f"There is no code here: one begins with {START} and ends with {END}. Copy all of it.")
    if not code.upper().endswith(END):
        raise KitError(f"{shown} is not whole: its end, {END}, is missing. Ask for it once more, copied to its end.")
    try:
        lesson, name, minutes, answers, marks = _unpack(code)
        at = datetime.fromtimestamp(minutes * 60, UTC).isoformat()
        stored = {str(exercise): _answer(packed) for exercise, packed in answers.items()}
        by_article = {str(article): (str(sha), dict(rounds)) for article, (sha, rounds) in marks.items()}
        if not isinstance(lesson, str) or not isinstance(name, str):
            raise TypeError
    except (ValueError, TypeError, AttributeError, LookupError, OverflowError, OSError, RecursionError, zlib.error):
        raise KitError(f"{shown} is damaged: its checksum does not fit. Ask for it once more, copied whole.") from None
    try:
        known = read_lesson(lesson)
    except KitError:
        raise KitError(
            f"{shown} is for a lesson {lesson[:60]!r}, which isn't here. Read it where that lesson is."
        ) from None
    readings = {}
    for article in _articles(known):
        sha, rounds = by_article.pop(article.id, ("", {}))
        is_main = article.sha256 == known.article.sha256
        if rounds and not article.sha256.startswith(sha):
            raise KitError(f"{shown} marks another version of the text {article.id!r}. Read it with the kit of then.")
        if rounds or is_main:
            key = lesson if is_main else f"{lesson}.{article.id}"
            readings[key] = _reading(article, rounds, stored if is_main else {}, shown).to_dict()
    if by_article:
        raise KitError(f"{shown} marks a text {next(iter(by_article))[:60]!r}, which the lesson doesn't have.")
    progress = [
        {"lesson": lesson, "exercise": exercise, "state": _how_far(exercise, readings.values())}
        for exercise in (*(question.name for question in known.questions), *known.marking)
    ]
    return {"schema": SCHEMA, "name": name, "lessons": [lesson], "at": at, "progress": progress, "readings": readings}


def _articles(lesson: Lesson) -> Iterator[Article]:
    """The texts of a lesson that everybody has, its main one first."""
    yield lesson.article
    yield from (article for article in lesson.examples if article.sha256 != lesson.article.sha256)


# Packing.


def _pack(data: Mapping[str, Any], article: Article | None, answers: dict[str, Any], marks: dict[str, Any]) -> None:
    """Add a reading to what a code holds. ``article``: what it reads, if others have that."""
    for exercise, answer in data.get("answers", {}).items():
        answers.setdefault(exercise, _packed_answer(answer))
    if article is None:
        answers |= {mark["details"][EXERCISE]: ["-0~"] for mark in data["annotations"]} | answers
    elif rounds := _packed_rounds(Reading.from_dict(data, article)):
        marks[article.id] = [article.sha256[:SHORT], rounds]


def _packed_answer(answer: Mapping[str, Any]) -> list[Any]:
    """An answer without its words, and the first that was committed, if that was another."""
    packed = _state(answer)
    for earlier in answer.get(HISTORY, ()):
        if earlier.get("committed") and (first := _state(earlier)):
            return [*packed, first] if first[1:] != packed[1:] else packed
    return packed


def _state(answer: Mapping[str, Any]) -> list[Any]:
    wrote = any(answer.get(key) for key in WRITTEN)
    committed, words = "." if answer.get("committed") else "", "~" if wrote else ""
    return [
        f"{SURE.get(answer.get('sure', ''), '-')}{answer.get('hints', 0)}{committed}{words}",
        *answer.get("picked", ()),
    ]


def _packed_rounds(reading: Reading) -> dict[str, Any]:
    """The marks of a reading by exercise: those of now, and of the first round."""
    exercises = dict.fromkeys(mark.details[EXERCISE] for mark in reading.annotations)
    exercises |= {name: None for name, answer in reading.answers.items() if FIRST in answer}
    rounds = {}
    for name in exercises:
        plain = reading.to_dict() | {"annotations": reading.answers.get(name, {}).get(FIRST, [])}
        first = _packed_marks(Reading.from_dict(plain, reading.article).annotations)
        now = _packed_marks(mark for mark in reading.annotations if mark.details[EXERCISE] == name)
        rounds[name] = [now, first or 0]
    return rounds


def _packed_marks(marks: Iterable[Annotation]) -> dict[str, list[int]]:
    packed: dict[str, list[int]] = {}
    ends: dict[str, int] = {}
    for mark in marks:
        key = f"{mark.layer}/{mark.label}{'' if mark.confidence > UNSURE else '?'}"
        packed.setdefault(key, []).extend((mark.span.start - ends.get(key, 0), mark.span.end - mark.span.start))
        ends[key] = mark.span.end
    return packed


# Unpacking. Codes come from anybody: whatever does not fit raises one of the exceptions that `from_code` knows.


def _unpack(code: str) -> Any:
    body = code[len(START) : -len(END)].upper().translate(MISREAD)
    if len(body) > LONGEST:
        raise ValueError
    checked = base64.b32decode(body + "=" * (-len(body) % 8))
    checksum, packed = checked[:CHECKSUM], checked[CHECKSUM:]
    if zlib.crc32(packed).to_bytes(CHECKSUM, "big") != checksum:
        raise ValueError
    squeezed = zlib.decompressobj(DEFLATE, zdict=WORDS)
    return json.loads(squeezed.decompress(packed, LARGEST))


def _answer(packed: list[Any]) -> dict[str, Any]:
    state, *picked = packed
    first = picked.pop() if picked and isinstance(picked[-1], list) else None
    match = STATE.fullmatch(state)
    if match is None or not all(isinstance(option, str) for option in picked):
        raise ValueError
    sure, hints, committed, words = match.groups()
    answer = {
        "picked": picked,
        "text": "",
        "sure": {sign: word for word, sign in SURE.items()}.get(sure, ""),
        "hints": int(hints),
        "committed": bool(committed),
    }
    if words:
        answer[LEFT_OUT] = True
    if first is not None:
        answer[HISTORY] = [_answer([part for part in first if isinstance(part, str)])]
    return answer


def _reading(article: Article, rounds: Mapping[str, Any], answers: dict[str, Any], shown: str) -> Reading:
    """The student's reading of an article."""
    marks: list[Annotation] = []
    answers = dict(answers)
    try:
        for exercise, (now, first) in rounds.items():
            marks += _marks(now, {EXERCISE: exercise})
            if first:
                plain = [mark.to_dict(article.text) for mark in _marks(first, {})]
                left_out = {LEFT_OUT: True} if answers.get(exercise, {}).get(LEFT_OUT) else {}
                answers[exercise] = {"committed": True, FIRST: plain, **left_out}
        plain_reading = Reading(article, "", tuple(marks), answers).to_dict()
        return Reading.from_dict(plain_reading, article)
    except (KitError, TypeError, ValueError, AttributeError):
        raise KitError(f"{shown} is damaged: it marks what isn't in the text. Ask for it once more.") from None


def _how_far(exercise: str, readings: Collection[Mapping[str, Any]]) -> str:
    """The state of an exercise, as in `kit.course.progress`; words that are left out count as they did there."""
    answers = [reading.get("answers", {}).get(exercise, {}) for reading in readings]
    if any(answer.get("committed") for answer in answers):
        return "done"
    marked = {mark["details"][EXERCISE] for reading in readings for mark in reading["annotations"]}
    return "begun" if any(answers) or exercise in marked else "untouched"


def _marks(packed: Mapping[str, list[int]], details: Mapping[str, str]) -> Iterator[Annotation]:
    for key, numbers in packed.items():
        match = MARK.fullmatch(key)
        if match is None or not all(type(number) is int for number in numbers):
            raise ValueError
        layer, label, unsure = match.groups()
        end = 0
        for gap, length in zip(numbers[::2], numbers[1::2], strict=True):
            span = Span(end + gap, end + gap + length)
            mark = students_mark(layer, label, span, sure=not unsure)
            yield Annotation(**(vars(mark) | {"details": {**mark.details, **details}}))
            end = span.end
