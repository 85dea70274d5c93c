"""What the attribution model looks at: an article's tokens with stems, word classes, quotations and noun chunks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from kit.text.inflection import stem, without_digits
from kit.text.spans import Span
from kit.text.tokens import Sentence

TokenRange = tuple[int, int]  # tokens [first, end)

VERB_TAGS = frozenset(["VB", "VBD", "VBP", "VBZ", "MD"])
NOUN_TAGS = frozenset(["NN", "NNS", "NNP", "NNPS"])
CHUNK_TAGS = NOUN_TAGS | {"DT", "PRP$", "JJ", "JJR", "JJS", "CD", "PDT", "POS", "$", "#", "VBG", "VBN"}
HEAD_TAGS = NOUN_TAGS | {"PRP", "CD", "DT", "WP", "WDT", "EX"}
LONE_TAGS = frozenset(["PRP", "WP", "WDT", "EX"])
NEVER_FIRST = frozenset(["VBN", "VBG", "POS"])
OPENING, CLOSING, SINGLE = {"“", "„", "«", "``", '"', "''"}, {"”", "»", '"', "''"}, {"‘", "’", "'"}
QUOTATION_MARKS = OPENING | CLOSING | SINGLE
LONGEST_SINGLE = 60  # tokens of a quotation in single marks
SHORT_QUOTATION, MIDDLING_QUOTATION = 7, 15  # tokens that a quotation of that length doesn't reach
EDGE = "<>"
LIKELY = frozenset("6789")  # classes of stems that are a cue more than a third of the time


def tokens_of(ranges: Iterable[TokenRange]) -> Iterator[int]:
    """The tokens in all of these ranges.

    >>> list(tokens_of([(2, 4), (7, 8)]))
    [2, 3, 7]
    """
    return (i for first, end in ranges for i in range(first, end))


class TokenTable:
    """Parallel lists over all tokens of an article. Those that the models look into have two tokens more at their end,
    for what lies beyond the article's edges: index -1 finds them as well as index ``size``.

    ``classes`` are the model's word classes: how often a stem is a cue ("cue"), how often a word stands in a source
    ("source").
    ``region[i]`` numbers the quotation that token i is in, -1 outside. ``role[i]`` is its place there: b, i or e for
    first, inside and last, with the quotation's length s, m or l; "O" outside. ``chunk[i]`` is the noun chunk
    around token i as (first, end), or None; ``place[i]`` is its place there: S alone, B first, E last, I inside;
    ``subject[i]``: whether a verb follows the chunk.
    """

    def __init__(self, sentences: Sequence[Sentence], classes: Mapping[str, Mapping[str, str]]) -> None:
        tokens = [token for sentence in sentences for token in sentence.tokens]
        self.size = len(tokens)
        self.texts = [token.text for token in tokens]
        self.words = [without_digits(token.lower) for token in tokens]
        self.tags = [token.tag for token in tokens]
        self.starts = [token.start for token in tokens]
        self.ends = [token.end for token in tokens]
        self.stems = [stem(word) for word in self.words]
        self.sentence: list[int] = []
        self.bounds: list[TokenRange] = []
        self.paragraphs = [sentence.paragraph for sentence in sentences]
        for number, sentence in enumerate(sentences):
            first = len(self.sentence)
            self.bounds.append((first, first + len(sentence.tokens)))
            self.sentence += [number] * len(sentence.tokens)
        cue_class, source_class = classes["cue"].get, classes["source"].get
        self.cue = [cue_class(word, "u") for word in self.stems]
        self.source = [source_class(word, "u") for word in self.words]
        self.quotations = self._find_quotations()
        self.region, self.role = self._places_in_quotations()
        self.chunk = self._find_chunks()
        self.place = [_place(i, chunk) for i, chunk in enumerate(self.chunk)]
        self.subject = [self._is_subject(chunk) for chunk in self.chunk]
        self.shape = [self._shape(first, end) for first, end in self.bounds]
        for column in (self.words, self.tags, self.stems, self.cue, self.source):
            column += [EDGE, EDGE]
        self.role += ["O", "O"]
        self.region += [-1, -1]

    def span(self, first: int, end: int) -> Span:
        """The span of the text from token ``first`` up to token ``end``."""
        return Span(self.starts[first], self.ends[end - 1])

    def spans(self, first: int, end: int) -> list[Span]:
        """The same as one span in each paragraph: what lies between two may be a caption, or a menu."""
        cuts = [self.bounds[number][0] for number in range(self.sentence[first] + 1, self.sentence[end - 1] + 1)]
        cuts = [i for i in cuts if self._begins_paragraph(i)]
        return [self.span(*pair) for pair in pairwise([first, *cuts, end])]

    def _begins_paragraph(self, i: int) -> bool:
        return self.paragraphs[self.sentence[i]] != self.paragraphs[self.sentence[i - 1]]

    def _find_quotations(self) -> list[TokenRange]:
        """Quotations as token ranges; one in double quotation marks that never closes ends with its paragraph."""
        quotations: list[TokenRange] = []
        opened = -1  # where the one that is open begins
        for number, (first, end) in enumerate(self.bounds):
            if opened >= 0 and self.paragraphs[number] != self.paragraphs[number - 1]:
                quotations.append((opened, first))
                opened = -1
            for i in range(first, end):
                text = self.texts[i]
                if opened < 0 and text in OPENING:
                    opened = i
                elif opened >= 0 and (text in CLOSING or (text == "“" and self.texts[opened] == "„")):
                    quotations.append((opened, i + 1))
                    opened = -1
                elif opened >= 0 and self._is_double_apostrophe(i):  # news agencies close “ with ’’
                    quotations.append((opened, i + 2))
                    opened = -1
                elif opened < 0 and text in SINGLE and not (quotations and i < quotations[-1][1]):
                    quotations += self._single_quotation(i, min(end, i + LONGEST_SINGLE))
        if opened >= 0:
            quotations.append((opened, self.size))
        return quotations

    def _is_double_apostrophe(self, i: int) -> bool:
        two = self.texts[i : i + 2]
        return two in (["’", "’"], ["'", "'"]) and self.starts[i + 1] == self.ends[i]

    def _single_quotation(self, first: int, end: int) -> list[TokenRange]:
        """The quotation in single marks that opens at token ``first``, if it does and closes before ``end``."""
        starts, ends = self.starts, self.ends
        if first + 2 >= end or starts[first + 1] > ends[first] or (first and ends[first - 1] == starts[first]):
            return []
        for i in range(first + 2, end):
            word_follows = i + 1 < end and starts[i + 1] == ends[i] and self.texts[i + 1][0].isalnum()
            if self.texts[i] in SINGLE and ends[i - 1] == starts[i] and not word_follows:
                return [(first, i + 1)]
        return []

    def _places_in_quotations(self) -> tuple[list[int], list[str]]:
        """For each token the number of its quotation and its place there."""
        region, role = [-1] * self.size, ["O"] * self.size
        for number, (first, end) in enumerate(self.quotations):
            if end - first < SHORT_QUOTATION:
                length = "s"
            elif end - first < MIDDLING_QUOTATION:
                length = "m"
            else:
                length = "l"
            region[first:end] = [number] * (end - first)
            role[first:end] = ["i" + length] * (end - first)
            role[end - 1] = "e" + length
            role[first] = "b" + length
        return region, role

    def _find_chunks(self) -> list[TokenRange | None]:
        """For each token the noun chunk that it is in."""
        chunks: list[TokenRange | None] = [None] * self.size
        for first, end in self.bounds:
            i = first
            while i < end:
                chunk_end = self._chunk_end(i, end)
                chunks[i:chunk_end] = [(i, chunk_end)] * (chunk_end - i)
                i = max(chunk_end, i + 1)
        return chunks

    def _chunk_end(self, start: int, end: int) -> int:
        """Where the noun chunk that starts here ends: determiners, adjectives and nouns up to the last noun, or a
        pronoun alone. ``start`` if there is none."""
        tags = self.tags
        if tags[start] in LONE_TAGS:
            return start + 1
        if tags[start] in NEVER_FIRST:
            return start
        chunk_end = start
        for i in range(start, end):
            tag = tags[i]
            begins_another = i > start and tag in ("DT", "PRP$") and tags[i - 1] != "PDT"
            if tag not in CHUNK_TAGS or begins_another:
                break
            if tag in HEAD_TAGS:
                chunk_end = i + 1
        return chunk_end

    def _is_subject(self, chunk: TokenRange | None) -> bool:
        """Whether a verb follows the chunk, an adverb in between or not."""
        if chunk is None:
            return False
        verb = chunk[1]
        if verb < self.size and self.tags[verb] == "RB":
            verb += 1
        return verb < self.size and self.tags[verb] in VERB_TAGS

    def _shape(self, first: int, end: int) -> str:
        """How a sentence is quoted: All in one quotation, Both ends, Start, End, Middle, None."""
        region = self.region
        start_quoted = region[first] >= 0
        end_quoted = region[end - 1] >= 0 or (end - first > 1 and region[end - 2] >= 0)
        if start_quoted and region[first] == region[end - 1]:
            return "A"
        if start_quoted:
            return "B" if end_quoted else "S"
        if end_quoted:
            return "E"
        return "M" if max(region[first:end]) >= 0 else "N"


def _place(i: int, chunk: TokenRange | None) -> str:
    """Where token ``i`` stands in its noun chunk; "" outside one."""
    if chunk is None:
        return ""
    first, end = chunk
    if end - first == 1:
        return "S"
    if i == first:
        return "B"
    return "E" if i == end - 1 else "I"
