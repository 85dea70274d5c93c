"""Sentences, tokens and tags: mostly NLTK, with the kit's own small models, nothing downloaded.

Tokens follow the Penn Treebank ("don't" is two tokens, "Israel's" is two), but each keeps its place and
its spelling in the text. Punkt (Kiss and Strunk 2006) finds sentence ends; an averaged perceptron tags (tagger.py).
Both were trained by training/language.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from nltk.tokenize import RegexpTokenizer
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from kit.resources import read_model
from kit.text.article import Article
from kit.text.tagger import Tagger


class Token(NamedTuple):
    """A word or a mark: ``text[start:end]``, its Penn tag, and its lower-case form with plain quotes."""

    text: str
    start: int
    end: int
    tag: str
    lower: str


class Sentence(NamedTuple):
    """A sentence: its offsets, its tokens, and the number of the article's part it stands in."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    paragraph: int


ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|Prof|Barr|Engr|Smt|Alh|Cllr|Supt|Insp|Sens?|Reps?|Gov|Gen|Lt|Col|Maj|Sgt|Capt|Cmdr|Adm|St|Rev|Hon|Jr|Sr|Inc|Corp|Co|Ltd|Bros|No|vs|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ave|Blvd|Mt|est|approx|etc|Calif|Fla|Ill|Pa|Conn|Mass|Mich|Wis|"
    "Ariz|Ark|Colo|Ind|Ky|La|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Tenn|Tex|Va|Vt|Wash"
)
UNSEEN = "\u00ad\u200b\u200e\u200f\u2060\ufeff"  # soft hyphens, spaces of no width: pages have them inside words
TOKEN = "|".join(
    (
        r"https?://[^\s<>\"”]*[\w/]|www\.[^\s<>\"”]*[\w/]|[\w.+-]+@[\w-]+\.[\w.-]*\w|[@#]\w+",
        r"[Cc]an(?=not\b)|(?<=[Cc]an)not\b",
        r"[^\W\d_]+(?=n['’][tT]\b)|[nN]['’][tT]\b",
        r"['’](?:[sS]|[mM]|[dD]|re|RE|ve|VE|ll|LL)\b",
        r"(?:[^\W\d_]\.){2,}",
        rf"(?:{ABBREVIATIONS})\.|[A-Z]\.(?=\s[A-Z])|\b[ap]\.m\b\.?",
        r"\d+(?:[.,:]\d+)*(?:[^\W\d_]+\b|(?:-\w+)+)?",
        # words, with hyphens and apostrophes inside; a contraction at the end is left to the rules above
        rf"\w+(?:(?:['’](?!(?:[sSmMdD]|re|RE|ve|VE|ll|LL)\b)|[-‐‑&/·{UNSEEN}]|\.(?=\w*[^\W\d]))(?:(?!\w+['’][tT]\b)\w)+)*",
        r"\.{2,}|--+|``|''|[^\w\s]",
    )
)
HAS_WORD = re.compile(r"\w")
CLOSING = "\"'”’»"
# Where Punkt, which learned from American news, ends a sentence that goes on: "No. 5", "Rt. Hon. Ada Brandt",
# "Kell et al. found", "Novaquell B.V. was", and after the number of a list ("1. Close the pier.").
GOES_ON = re.compile(
    r"\b(?:Nos?|Fig|Figs|Vol|pp|Art|Sec|Para|Cl|Reg)\.\s+(?=\d)"
    r"|\b(?:Rt|Hon|Cllr|Cllrs|Supt|Insp|Det|Const|Sgt|Cpl|Pte|Brig|Cdr|Fr|Sr|Bp|Ald|Atty|Asst|Dep|Messrs|Mx|Pvt|Mgr|Ven|Barr|Engr|Arc|Pst|Alh|Smt|Shri|Sri|Adv|Msgr)\.\s+(?=\(?[A-Z])"
    r"|\bet al\.\s+(?=[a-z(\[])"
    r"|\b(?:[A-Z]\.){2,3}\s+(?=[a-z])"
    r"|^\s*\(?\d{1,3}[.)]\s+"
)
# What it doesn't: "on Wednesday.The stabbing", with no space, and "It was late … He left".
RUNS_ON = re.compile(
    r"(?<=[a-z]{2}[.!?])(?=[A-Z][a-z]*[\s,])"
    r"|(?<=\s…)\s+(?=(?:He|She|They|It|We|I|You|The|A|An|This|That|These|Those|There|But|And|Then|Now|His|Her|Their|My|Our)\b)"
)
LONGEST_PIECE = 5000  # characters
LONGEST_SENTENCE = 400  # tokens; what is longer is a table or noise, and is read in pieces
READ = ("headline", "body")
PLAIN = str.maketrans("‘’‛“”„«»–—", '\'\'\'"""""--', UNSEEN)


def plain(word: str) -> str:
    """A word with typographic quotes and dashes as plain ones: what models and lexicons see.

    >>> plain("“Israel’s”")
    '"Israel\\'s"'
    """
    return word if word.isascii() else word.translate(PLAIN).replace("…", "...")


@cache
def _punkt() -> PunktSentenceTokenizer:
    model = read_model("punkt")
    parameters = PunktParameters()
    parameters.abbrev_types = set(model["abbrev_types"])
    parameters.collocations = {tuple(pair) for pair in model["collocations"]}
    parameters.sent_starters = set(model["sent_starters"])
    for word, flags in model["ortho_context"].items():
        parameters.add_ortho_context(word, flags)
    return PunktSentenceTokenizer(parameters)


@cache
def _tagger() -> Tagger:
    return Tagger(read_model("tagger"))


@cache
def _tokenizer() -> RegexpTokenizer:
    return RegexpTokenizer(TOKEN, flags=re.UNICODE)


def token_spans(text: str) -> list[tuple[int, int]]:
    """The tokens of a text as (start, end), half-open code points.

    >>> [ "Israel's plan, he said."[s:e] for s, e in token_spans("Israel's plan, he said.")]
    ['Israel', "'s", 'plan', ',', 'he', 'said', '.']
    """
    return list(_tokenizer().span_tokenize(text))


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences of one paragraph as (start, end), half-open code points.

    Marks left over after a sentence's end (``security.".``) stay with it, and so does ``she said`` after ``"Go!"``.

    >>> text = 'He asked the U.S. to help.". It did.'
    >>> [text[s:e] for s, e in sentence_spans(text)]
    ['He asked the U.S. to help.".', 'It did.']
    """
    spans: list[tuple[int, int]] = []
    for offset, piece in _pieces(text):
        for start, end in _mended(piece):
            left_over = not HAS_WORD.search(piece, start, end)
            if spans and (left_over or (piece[start].islower() and text[spans[-1][1] - 1] in CLOSING)):
                spans[-1] = (spans[-1][0], offset + end)
            else:
                spans.append((offset + start, offset + end))
    return spans


def _mended(piece: str) -> Iterator[tuple[int, int]]:
    """Punkt's sentences, joined where they go on and cut where they run on."""
    goes_on = {match.end() for match in GOES_ON.finditer(piece)}
    runs_on = [match.span() for match in RUNS_ON.finditer(piece)]
    found = _opened(piece, list(_punkt().span_tokenize(piece)))
    next_starts = [start for start, _ in found[1:]] + [len(piece)]
    begins = None
    for (start, end), next_start in zip(found, next_starts, strict=True):
        begins = start if begins is None else begins
        if next_start in goes_on and next_start < len(piece):
            continue
        for cut, after in runs_on:
            if begins < cut < end:
                yield begins, cut
                begins = after
        yield begins, end
        begins = None


def _opened(piece: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences with « at the head of the one that it opens: French has a space behind it, and Punkt is misled."""
    for number, (start, end) in enumerate(found[:-1]):
        if piece[end - 1] == "«" and piece[end - 2].isspace() and end - 2 > start:
            found[number] = (start, start + len(piece[start : end - 1].rstrip()))
            found[number + 1] = (end - 1, found[number + 1][1])
    return found


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A paragraph in pieces short enough for Punkt, whose time grows faster than the text, cut at white space."""
    start = 0
    while start < len(text):
        end = start + LONGEST_PIECE
        if end < len(text):
            cuts = (text.rfind(stop, start + 1, end) for stop in (". ", " "))
            end = next((cut + 1 for cut in cuts if cut > 0), end)
        yield start, text[start:end]
        start = end


def tag_words(words: list[str]) -> list[str]:
    """Penn Treebank tags for the words of one sentence.

    >>> tag_words(["Officials", "said", "it", "may", "rain", "."])
    ['NNS', 'VBD', 'PRP', 'MD', 'VB', '.']
    """
    return _tagger().tag([plain(word) for word in words])


def sentences(article: Article) -> list[Sentence]:
    """The sentences of an article's headline and body, tagged, in text order.

    A paragraph's end always ends a sentence. Offsets point into ``article.text``.

    >>> from kit.text.article import read_text
    >>> [len(sentence.tokens) for sentence in sentences(read_text("It rained. The U.S. team stayed in."))]
    [3, 6]
    """
    tagged: list[Sentence] = []
    for number, part in enumerate(article.parts):
        if part.kind in READ:
            for start, end in sentence_spans(article.text[part.start : part.end]):
                tagged += _tagged(article.text, part.start + start, part.start + end, number)
    return tagged


def _tagged(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    """The sentence ``text[start:end]``, in pieces if it is too long."""
    spans = [(start + first, start + last) for first, last in token_spans(text[start:end])]
    for i in range(0, len(spans), LONGEST_SENTENCE):
        piece = spans[i : i + LONGEST_SENTENCE]
        words = [text[first:last] for first, last in piece]
        tokens = tuple(
            Token(word, first, last, tag, plain(word).lower())
            for word, (first, last), tag in zip(words, piece, tag_words(words), strict=True)
        )
        yield Sentence(piece[0][0], piece[-1][1], tokens, paragraph)
