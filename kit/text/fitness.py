"""Fitness: is this a text that the kit can read? What it was not made for, it says in a plain sentence.

The kit's word lists and models know English news. On German, a menu or a poem it marks something too, and nothing
in the marks would tell. Whether a text is fit is told from its outside alone: small words and letters for the language
(the share of a language's commonest words is a good sign of it, Grefenstette 1995), ends of sentences, lengths of
lines, labels of speakers and times of day for the rest. The tables are in lexicons/fitness.toml. One pass, linear.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from kit.resources import read_toml
from kit.text.article import ADDRESS, Article, as_article

WORD = re.compile(r"[^\W\d_]+")
LETTERS = re.compile(r"[^\W\d_]")
LETTERS_OR_STAMP = re.compile(r"[^\W\d_]|\d[:.]\d\d")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\n+")
ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’)\]]*\Z|[。।؟۔]")
BULLET = re.compile(r"(?:[-–—*•·▪>]|\(?\d{1,3}[.)]?)\s+")
CLOCK = r"(?:\d{1,2}/\d{1,2}/\d{2,4},? |\d{4}-\d\d-\d\d )?\d{1,2}[:.]\d\d(?:[:.,]\d+)*(?: ?[ap]\.?m\.?)?"
STAMP = re.compile(
    rf"\[?{CLOCK}\]?(?:\s*-->.*|\s*[-–:,]?\s)|.{{1,30}}\s[\[(]?{CLOCK}[\])]?\Z|\[?{CLOCK}\]?\Z", re.IGNORECASE
)
LABEL = re.compile(
    r"(?:\[?" + CLOCK + r"\]?\s*[-–]?\s*)?(?P<who>[A-Z@<][\w.'’@> -]{0,30}?(?:\s\([^)]{1,40}\))?):(?=\s|\Z)",
    re.IGNORECASE,
)
TURNS_ON = re.compile(r"[,;:–—-]\Z")  # a line of verse that goes on in the next
FEWEST_LINES = 5
LONG_LINE = 60  # characters; a longer one that no sentence ends is a wrapped line of a paragraph
PARAGRAPH = 20  # words
FEWEST_IN_PIECE = 5  # words by which a piece's language can be told
LONGEST_VERSE = 10  # words
LONGEST_MESSAGE = 16  # words, of a usual line of a chat


class Note(NamedTuple):
    """What a text is that the kit reads badly (``kind``), and a ``sentence`` or two that say what follows from it."""

    kind: str
    sentence: str


def fitness(x: Article | str) -> tuple[Note, ...]:
    """What a reader should know of a text before trusting marks in it; nothing for an English article.

    Kinds: ``language`` (none of it, or only a part, is English), ``link``, ``no article`` (a list, an overview page),
    ``poem``, ``transcript``, ``chat``, ``short`` (fewer than 40 words). At most two notes, the gravest first.
    Takes an `Article` or a string; pure, and never raises on any text.

    >>> [note.kind for note in fitness("Der Bürgermeister sagte am Montag, dass die alte Brücke nicht sicher ist.")]
    ['language']
    >>> fitness("Rain is likely, officials say.")[0].sentence.partition(".")[0]
    'This text has fewer than 40 words'
    """
    article = as_article(x)
    text, limits = _article_text(article), _table()["limits"]
    words = len(WORD.findall(text))
    if ADDRESS.match(text.strip()) and len(text.split()) <= 2:
        return (_note("link", "link"),)
    language = _language_note(text)
    if language and language[1]:
        return (language[0],)
    found = [language[0]] if language else []
    page = [line.strip() for line in article.text.splitlines() if LETTERS_OR_STAMP.search(line)]
    if shape := _shape(page, _lines(text)):
        found.append(_note(shape, shape.replace(" ", "_")))
    elif words < limits["fewest_words"]:
        found.append(_note("short", "short", str(limits["fewest_words"])))
    return tuple(found)


def _article_text(article: Article) -> str:
    """What the kit reads of it; all of it, where that is nothing."""
    read = [article.text[part.start : part.end] for part in article.parts if part.kind in ("headline", "body")]
    return "\n".join(read) or article.text


@cache
def _table() -> dict[str, Any]:
    return read_toml("fitness")


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """For each small word the languages that it is one of."""
    found: dict[str, list[str]] = {}
    for language, words in _table()["languages"].items():
        for word in set(words.split()):
            found.setdefault(word, []).append(language.replace("-", " "))
    return {word: tuple(languages) for word, languages in found.items()}


def _note(kind: str, sentence: str, what: str = "") -> Note:
    return Note(kind, _table()["notes"][sentence].format(what=what))


# ------------------------------------------------------------------------------------------------ language


def _language_note(text: str) -> tuple[Note, bool] | None:
    """A note if a text isn't all in English, and whether (nearly) none of it is."""
    limits = _table()["limits"]
    letters: Counter[str] = Counter()  # by language; "" where it can't be told
    for piece in SENTENCE_END.split(text):
        letters[_language(piece)] += len(LETTERS.findall(piece))
    total = letters.total()
    if not total:
        return None
    told = [language for language, _ in letters.most_common() if language not in ("", "English")]
    foreign = sum(letters[language] for language in told)
    if foreign and foreign >= limits["other_language"] * (total - letters[""]) and foreign >= 0.3 * total:
        return _note("language", "language", told[0]), True
    if foreign >= limits["part_language"] * total:
        return _note("language", "part_language", told[0]), False
    words = [word.lower() for word in WORD.findall(text)]
    english = sum("English" in _languages_of().get(word, ()) for word in words)
    small = sum(word.islower() for word in WORD.findall(text))  # names and titles are of no language
    whole = _ending(_lines(text)) >= limits["whole_sentences"]
    if len(words) >= limits["fewest_words"] and whole and english < limits["few_english"] * small:
        return _note("language", "unknown_language"), True
    return None


def _language(piece: str) -> str:
    """The language of a sentence; "" where too few of its words tell."""
    words = WORD.findall(piece)
    script = _script(words)
    if script:
        return script
    if len(words) < FEWEST_IN_PIECE:
        return ""
    counts: Counter[str] = Counter()
    for word in words:
        counts.update(_languages_of().get(word.lower(), ()))
    english = counts.pop("English", 0)
    best, count = max(counts.items(), key=lambda item: item[1], default=("", 0))
    if count >= max(2, _table()["limits"]["own_words"] * len(words)) and count >= english + 2:
        return best
    return "English" if english else ""


def _script(words: Sequence[str]) -> str:
    """The languages in whose letters most of the words are, if those are not Latin."""
    first = [word[0] for word in words]
    if not first or sum(letter < "\u0370" for letter in first) * 2 >= len(first):
        return ""
    names = Counter(unicodedata.name(letter, "").split(" ")[0] for letter in "".join(words)[:200])
    scripts: dict[str, str] = _table()["scripts"]
    known = [scripts[name] for name, _ in names.most_common() if name in scripts]
    if "Japanese" in known:  # which has Chinese characters, too
        return "Japanese"
    return known[0] if known else "another language"


# --------------------------------------------------------------------------------------------------- shape


def _shape(page: Sequence[str], lines: Sequence[str]) -> str:
    """What the lines of a page look like, if not like an article. ``lines``: those that are read, and joined."""
    if _is_spoken(page):
        stamped = sum(STAMP.match(line) is not None for line in page) >= _table()["limits"]["stamped"] * len(page)
        subtitles = any("-->" in line for line in page)
        return "chat" if stamped and not subtitles and _usual_length(page) <= LONGEST_MESSAGE else "transcript"
    if len(page) < FEWEST_LINES:
        return ""
    if _is_verse(page):
        return "poem"
    return "no article" if _is_list(lines) else ""


def _is_spoken(page: Sequence[str]) -> bool:
    """Most lines begin with who speaks or when, and what stands around them is no article with an interview in it."""
    limits = _table()["limits"]
    labels = [found["who"] for line in page if (found := LABEL.match(line))]
    plain = [line for line in page if not LABEL.match(line) and not STAMP.match(line)]
    prose = sum(len(line.split()) >= PARAGRAPH for line in plain)
    again = any(count > 1 for count in Counter(labels).values())
    labelled = len(labels) >= 4 and again and len(labels) >= limits["labelled"] * len(page)
    stamps = sum(STAMP.match(line) is not None for line in page)
    stamped = stamps >= 4 and stamps >= limits["stamped"] * len(page) and _usual_length(page) <= LONGEST_MESSAGE
    return (labelled or stamped) and prose < 2


def _is_verse(page: Sequence[str]) -> bool:
    """Short lines, one below the other, that go on in the next: they end in a comma or the next begins small."""
    if not 2 < _usual_length(page) <= LONGEST_VERSE or _mean_length(page) > LONGEST_VERSE:
        return False
    if sum(BULLET.match(line) is not None for line in page) * 3 > len(page):
        return False
    goes_on = sum(
        TURNS_ON.search(line) is not None or (below[0].islower() and not ENDS_SENTENCE.search(line))
        for line, below in pairwise(page)
    )
    return goes_on >= 0.25 * len(page)


def _is_list(lines: Sequence[str]) -> bool:
    """Most words stand in lines that no sentence ends, or headlines and single sentences take turns."""
    if len(lines) < FEWEST_LINES:
        return False
    heads = [line for line in lines if not ENDS_SENTENCE.search(line)]
    teasers = len(heads) >= FEWEST_LINES and len(heads) >= 0.4 * len(lines) and _mean_length(lines) < PARAGRAPH
    bullets = sum(BULLET.match(line) is not None for line in lines) >= 0.6 * len(lines)
    short = bullets and _mean_length(lines) < LONGEST_MESSAGE
    return _ending(lines) < _table()["limits"]["whole_sentences"] or teasers or short


def _lines(text: str) -> list[str]:
    """The lines of a text; a long one that no sentence ends goes on in the next, as mails are wrapped."""
    joined: list[str] = []
    open_line = False
    for line in text.splitlines():
        bare = line.strip()
        if open_line and bare:
            joined[-1] += f" {bare}"
        elif bare:
            joined.append(bare)
        open_line = len(bare) > LONG_LINE and not ENDS_SENTENCE.search(bare)
    return joined


def _ending(lines: Sequence[str]) -> float:
    """The share of the words that stand in lines which a sentence ends."""
    whole = _words(line for line in lines if ENDS_SENTENCE.search(line))
    return whole / (_words(lines) or 1)


def _words(lines: Iterable[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _mean_length(lines: Sequence[str]) -> float:
    return _words(lines) / (len(lines) or 1)


def _usual_length(lines: Sequence[str]) -> int:
    """The median number of words in a line."""
    return sorted(len(line.split()) for line in lines)[len(lines) // 2] if lines else 0
