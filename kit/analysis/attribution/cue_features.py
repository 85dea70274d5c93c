"""Features of the first model: which tokens belong to a cue, a source or a content, sentence by sentence.

A feature is a string: a short prefix names the template, the rest is what it saw. The same code makes the features in
training and in use.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kit.analysis.attribution.token_table import LIKELY, VERB_TAGS, TokenRange, TokenTable

LONGEST = 400  # tokens that are decoded together
STEPS = "0123445666777777788888888888888"


def distance(tokens: int) -> str:
    """A distance in tokens as one of ten classes.

    >>> [distance(d) for d in (0, 3, 8, 100)]
    ['0', '3', '6', '9']
    """
    return STEPS[tokens] if tokens < len(STEPS) else "9"


def stretches(table: TokenTable) -> list[TokenRange]:
    """What is decoded together, as token ranges: paragraphs, long ones cut at the ends of sentences."""
    ranges: list[TokenRange] = []
    before = None
    for (first, end), paragraph in zip(table.bounds, table.paragraphs, strict=True):
        if ranges and paragraph == before and end - ranges[-1][0] <= LONGEST:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges += [(cut, min(cut + LONGEST, end)) for cut in range(first, end, LONGEST)]
        before = paragraph
    return ranges


Nearest = tuple[str, str]  # the stem of a likely cue, and how far away, behind what, it is


class _Sentence(NamedTuple):
    """A sentence's tokens, how it is quoted, and how its neighbours are."""

    first: int
    end: int
    shape: str
    before: str
    after: str


def _nearest(table: TokenTable, order: range) -> list[Nearest]:
    """For each token in ``order``: the stem of the likely cue before it, and how far, behind what, it is."""
    nearest = []
    cue, away = "-", 0  # away is 0 as long as there is none
    commas, quotes, verbs = "", "", 0
    for i in order:
        way = f"{distance(away)}{commas}{quotes}{min(verbs, 2)}" if away else "-"
        nearest.append((cue, way))
        tag = table.tags[i]
        if table.cue[i] in LIKELY:
            cue, away = table.stems[i], 1
            commas, quotes, verbs = "", "", 0
            continue
        if away:
            away += 1
        if tag in VERB_TAGS:
            verbs += 1
        elif tag == ",":
            commas = ","
        if table.role[i][0] in "be":
            quotes = "q"
    return nearest


def cue_features(table: TokenTable) -> Iterator[list[str]]:
    """One list of features for each token of the article, in order."""
    for number, (first, end) in enumerate(table.bounds):
        left = _nearest(table, range(first, end))
        right = _nearest(table, range(end - 1, first - 1, -1))
        right.reverse()
        before, after = _neighbour(table, number, number - 1), _neighbour(table, number, number + 1)
        sentence = _Sentence(first, end, table.shape[number], before, after)
        for i, nearest_left, nearest_right in zip(range(first, end), left, right, strict=True):
            yield _of_token(table, i, sentence, nearest_left, nearest_right)


def _of_token(table: TokenTable, i: int, sentence: _Sentence, left: Nearest, right: Nearest) -> list[str]:
    """The features of token ``i``. Names such as ``tag_1`` and ``tag1`` are of the tokens before and after it."""
    first, end, shape, before, after = sentence
    words, tags, stems, cues = table.words, table.tags, table.stems, table.cue
    roles, sources = table.role, table.source
    word, tag, stem, cue, role = words[i], tags[i], stems[i], cues[i], roles[i]
    word_1, tag_1, stem_1, cue_1 = words[i - 1], tags[i - 1], stems[i - 1], cues[i - 1]
    word1, tag1, stem1, cue1 = words[i + 1], tags[i + 1], stems[i + 1], cues[i + 1]
    tag_2, tag2 = tags[i - 2], tags[i + 2]
    (left_stem, left_way), (right_stem, right_way) = left, right
    features = [
        "bias",
        # the token itself
        f"w{word}",
        f"s{stem}",
        f"t{tag}",
        f"r{cue}{tag}",
        f"z{word[-3:]}{tag}",
        f"S{sources[i]}{cue1}",
        # its neighbours
        f"p{word_1}",
        f"n{word1}",
        f"P{words[i - 2]}",
        f"N{words[i + 2]}",
        f"u{stem_1}",
        f"v{stem1}",
        f"T{tag_1}",
        f"U{tag1}",
        f"V{tag_2}",
        f"X{tag2}",
        f"A{cue_1}",
        f"B{cue1}",
        # several together
        f"1{tag_1} {tag}",
        f"2{tag} {tag1}",
        f"3{tag_1} {tag} {tag1}",
        f"4{tag_2} {tag_1} {tag}",
        f"5{tag} {tag1} {tag2}",
        f"6{stem} {tag1}",
        f"7{tag_1} {stem}",
        f"8{stem} {word1}",
        f"9{word_1} {stem}",
        f"C{cue_1}{cue}{cue1}",
        f"D{cues[i - 2]}{cue_1}{tag}",
        f"E{tag}{cue1}{cues[i + 2]}",
        # quotations and the sentence
        f"q{role}",
        f"Q{roles[i - 1]}{role}{roles[i + 1]}",
        f"qt{role}{tag}",
        f"qw{role}{word_1}",
        f"qx{role}{shape}",
        f"qr{role[0]}{cue}{shape}",
        f"x{before}{shape}",
        f"y{shape}{after}",
        # the nearest likely cues
        f"ls{left_stem}",
        f"ld{left_way}",
        f"lt{left_way}{tag}",
        f"lw{left_stem} {word_1}",
        f"lx{left_stem} {left_way}",
        f"l2{left_stem} {word}",
        f"rs{right_stem}",
        f"rd{right_way}",
        f"rt{right_way}{tag}",
        f"rx{right_stem} {right_way}",
        f"lr{left_way}{right_way}",
        f"lq{left_way}{right_way}{role[0]}{word_1 if tag_1 in ',.:' else ''}",
    ]
    features += _in_chunk(table, i)
    if i - first < 3:
        features += (f"o{i - first}{tag}", f"oc{i - first}{cue}{shape}", f"op{i - first}{before}{role}")
    if end - i < 4:
        features.append(f"e{end - i}{tag}{shape}")
    if tag in ("CC", ",") or word == "that":
        features.append(f"cc{word}{tag1}{left_way}{right_way}")
    return features


def _in_chunk(table: TokenTable, i: int) -> list[str]:
    """Features of a token by its noun chunk."""
    words, tags, cues = table.words, table.tags, table.cue
    chunk = table.chunk[i]
    if chunk is None:
        return ["c0"]
    first, end = chunk
    place, head = table.place[i], end - 1
    return [
        f"c{place}{tags[head]}",
        f"ch{place}{words[head]}",
        f"ca{place}{tags[end]}{cues[end]}",
        f"cb{place}{tags[first - 1]}{tags[end]}",
        f"cw{place}{words[end]}",
        f"cs{place}{table.source[head]}{cues[end]}",
    ]


def _neighbour(table: TokenTable, number: int, other: int) -> str:
    """How the sentence before or after one is quoted, and whether it is of another paragraph."""
    if not 0 <= other < len(table.shape):
        return "-"
    shape = table.shape[other]
    return shape if table.paragraphs[other] == table.paragraphs[number] else f"P{shape}"
