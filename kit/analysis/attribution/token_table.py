"""What the attribution model looks at: an article's tokens with stems, word classes, quotations and noun chunks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from kit.text.inflection import stem, without_digits
from kit.text.spans import Span
from kit.text.tokens import Sentence

VERB_TAGS = frozenset(["VB", "VBD", "VBP", "VBZ", "MD"])
NOUN_TAGS = frozenset(["NN", "NNS", "NNP", "NNPS"])
CHUNK_TAGS = NOUN_TAGS | {"DT", "PRP$", "JJ", "JJR", "JJS", "CD", "PDT", "POS", "$", "#", "VBG", "VBN"}
HEAD_TAGS = NOUN_TAGS | {"PRP", "CD", "DT", "WP", "WDT", "EX"}
LONE_TAGS = frozenset(["PRP", "WP", "WDT", "EX"])
NEVER_FIRST = frozenset(["VBN", "VBG", "POS"])
OPENING, CLOSING, SINGLE = {"“", "„", "«", "``", '"', "''"}, {"”", "»", '"', "''"}, {"‘", "’", "'"}
QUOTATION_MARKS = OPENING | CLOSING | SINGLE
LONGEST_SINGLE = 60  # tokens of a quotation in single marks
EDGE = "<>"
LIKELY = frozenset("6789")  # classes of stems that are a cue more than a third of the time


class TokenTable:
    """Parallel lists over all tokens of an article, each with two marks more at its end: the tokens beyond either edge,
    since index -1 finds them as well as index ``size``.

    ``classes`` are the model's word classes: how often a stem is a cue ("cue"), how often a word stands in a source
    ("source").
    ``region[i]`` numbers the quotation that token i is in, -1 outside. ``role[i]`` is its place there: b, i or e for
    first, inside and last, with the quotation's length s, m or l; "O" outside. ``chunk[i]`` is the noun chunk
    around token i as (first, end), or None; ``subject[i]``: whether a verb follows it.
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
        self.bounds: list[tuple[int, int]] = []
        self.paragraphs = [sentence.paragraph for sentence in sentences]
        for number, sentence in enumerate(sentences):
            self.bounds.append((len(self.sentence), len(self.sentence) + len(sentence.tokens)))
            self.sentence += [number] * len(sentence.tokens)
        cue, source = classes["cue"].get, classes["source"].get
        self.cue = [cue(word, "u") for word in self.stems]
        self.source = [source(word, "u") for word in self.words]
        self.quotations = self._find_quotations()
        self.region, self.role = [-1] * self.size, ["O"] * self.size
        for number, (first, end) in enumerate(self.quotations):
            length = "s" if end - first < 7 else "m" if end - first < 15 else "l"
            self.region[first:end] = [number] * (end - first)
            self.role[first:end] = ["i" + length] * (end - first)
            self.role[end - 1], self.role[first] = "e" + length, "b" + length
        self.chunk = self._find_chunks()
        self.subject = [self._is_subject(chunk) for chunk in self.chunk]
        self.shape = [self._shape(first, end) for first, end in self.bounds]
        for some in (self.words, self.tags, self.stems, self.cue, self.source):
            some += [EDGE, EDGE]
        self.role += ["O", "O"]
        self.region += [-1, -1]

    def tokens(self, span: Span) -> tuple[int, int]:
        """The tokens that start within a span of the text, as (first, end)."""
        return bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)

    def span(self, first: int, end: int) -> Span:
        """The span of the text from token ``first`` up to token ``end``."""
        return Span(self.starts[first], self.ends[end - 1])

    def _find_quotations(self) -> list[tuple[int, int]]:
        """Quotations as token ranges; one in double quotation marks that never closes ends with its paragraph."""
        found: list[tuple[int, int]] = []
        opened = -1
        for number, (first, end) in enumerate(self.bounds):
            if opened >= 0 and self.paragraphs[number] != self.paragraphs[number - 1]:
                found.append((opened, first))
                opened = -1
            for i in range(first, end):
                mark = self.texts[i]
                if opened < 0 and mark in OPENING:
                    opened = i
                elif opened >= 0 and (mark in CLOSING or (mark == "“" and self.texts[opened] == "„")):
                    found.append((opened, i + 1))
                    opened = -1
                elif opened < 0 and mark in SINGLE and not (found and i < found[-1][1]):
                    found += self._single_quotation(i, min(end, i + LONGEST_SINGLE))
        return found + [(opened, self.size)] * (opened >= 0)

    def _single_quotation(self, first: int, end: int) -> list[tuple[int, int]]:
        """The quotation in single marks that opens at token ``first``, if it does and closes before ``end``."""
        starts, ends = self.starts, self.ends
        if first + 2 >= end or starts[first + 1] > ends[first] or (first and ends[first - 1] == starts[first]):
            return []
        for i in range(first + 2, end):
            word_follows = i + 1 < end and starts[i + 1] == ends[i] and self.texts[i + 1][0].isalnum()
            if self.texts[i] in SINGLE and ends[i - 1] == starts[i] and not word_follows:
                return [(first, i + 1)]
        return []

    def _find_chunks(self) -> list[tuple[int, int] | None]:
        """Noun chunks from tags: determiners, adjectives and nouns up to the last noun; pronouns alone."""
        tags, found = self.tags, list[tuple[int, int] | None]([None]) * self.size
        for first, end in self.bounds:
            i = first
            while i < end:
                start, tag, last = i, tags[i], -1
                i += 1
                if tag in LONE_TAGS:
                    last = start
                elif tag in CHUNK_TAGS and tag not in NEVER_FIRST:
                    i = start
                    while i < end and tags[i] in CHUNK_TAGS:
                        if i > start and tags[i] in ("DT", "PRP$") and tags[i - 1] != "PDT":
                            break
                        if tags[i] in HEAD_TAGS:
                            last = i
                        i += 1
                if last >= start:
                    found[start : last + 1] = [(start, last + 1)] * (last + 1 - start)
                    i = last + 1
        return found

    def _is_subject(self, chunk: tuple[int, int] | None) -> bool:
        """Whether a verb follows the chunk, an adverb in between or not."""
        if chunk is None:
            return False
        verb = chunk[1] + (chunk[1] < self.size and self.tags[chunk[1]] == "RB")
        return verb < self.size and self.tags[verb] in VERB_TAGS

    def _shape(self, first: int, end: int) -> str:
        """How a sentence is quoted: All in one quotation, Both ends, Start, End, Middle, None."""
        region = self.region
        start = region[first] >= 0
        close = region[end - 1] >= 0 or (end - first > 1 and region[end - 2] >= 0)
        if start and region[first] == region[end - 1]:
            return "A"
        if start:
            return "B" if close else "S"
        return "E" if close else "M" if max(region[first:end]) >= 0 else "N"
