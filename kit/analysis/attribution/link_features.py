"""Features of the second model: for one candidate cue, which tokens around it are its source and its content.

Everything is seen from the candidate: which side of it a token is on, and what lies between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kit.analysis.attribution.cue_features import distance
from kit.analysis.attribution.token_table import EDGE, VERB_TAGS, TokenTable

LABELS = ("O", "BC", "IC", "BS", "IS", "BQ", "IQ")  # begin and inside of Content, Source, Quoting words (the cue)
CONTENT_LABELS, CUE_LABELS = (1, 2), (5, 6)
CANDIDATE = 0.1  # probability from which on a token may be part of a cue
WIDEST = 260  # tokens of one window
SHORT_SENTENCE = 14
LONGEST_CUE = 12
TELLING_WORDS = "that to whether if how what why about for of by in on as it with against"
TELLING = {*TELLING_WORDS.split(), ",", ":", ".", "-", "--", '"'}
ENDINGS = frozenset(".!?,;:")
CLAUSE_TAGS = frozenset(["CC", "IN", "WRB", "RB", "VBG", "WDT", ","])


def sureness(probability: float) -> str:
    """A probability as one of seven classes.

    >>> sureness(0.01), sureness(0.6), sureness(0.99)
    ('0', '4', '6')
    """
    for number, limit in enumerate((0.02, 0.1, 0.25, 0.5, 0.75, 0.92)):
        if probability < limit:
            return str(number)
    return "6"


@dataclass(frozen=True)
class Candidate:
    """Tokens first to end (half-open) that may be a cue; ``anchor`` is the likeliest of them."""

    first: int
    end: int
    anchor: int


class FirstLook:
    """The first model's answer for an article, as the second model's features use it."""

    def __init__(self, table: TokenTable, probabilities: Sequence[Sequence[float]]) -> None:
        self.labels = [LABELS[row.index(max(row))] for row in probabilities]
        self.content, self.source, self.cue = ([row[i] + row[i + 1] for row in probabilities] for i in (1, 3, 5))
        self.candidates = self._find_candidates(table, [row[5] for row in probabilities])
        self.of_token = {i: c for c in self.candidates for i in range(c.first, c.end)}
        self.cue_class = [sureness(p) for p in self.cue]
        self.source_class = [sureness(p) for p in self.source]
        self.content_class = [sureness(p) for p in self.content]
        self.source_start = [sureness(row[3]) for row in probabilities]
        self.content_start = [sureness(row[1]) for row in probabilities]
        self.cue += [0.0, 0.0]
        for some in (self.labels, self.cue_class, self.source_class, self.content_class):
            some += [EDGE, EDGE]

    def _find_candidates(self, table: TokenTable, starting: Sequence[float]) -> list[Candidate]:
        cue, found, i = self.cue, [], 0
        while i < table.size:
            first = i
            i += 1
            if cue[first] <= CANDIDATE:
                continue
            while i < min(table.size, first + LONGEST_CUE) and cue[i] > CANDIDATE:
                if table.sentence[i] != table.sentence[first]:
                    break
                if starting[i] > CANDIDATE and starting[i] > cue[i] / 2:
                    break
                i += 1
            found.append(Candidate(first, i, max(range(first, i), key=cue.__getitem__)))
        return found


def window(table: TokenTable, anchor: int) -> tuple[int, int]:
    """The tokens that an attribution may reach: the cue's sentence and the quotations that touch it."""
    region, bounds = table.region, table.bounds
    number = table.sentence[anchor]
    first, end = bounds[number]
    if end - first > WIDEST:
        return max(first, anchor - WIDEST // 2), min(end, anchor + WIDEST // 2)
    short = end - first < SHORT_SENTENCE
    after = number + 1
    while after < len(bounds) and region[bounds[after][0]] >= 0 and bounds[after][1] - first <= WIDEST:
        end = bounds[after][1]
        after += 1
    before = number - 1
    while before >= 0 and end - bounds[before][0] <= WIDEST:
        if region[bounds[before][1] - 1] < 0 or not (short or region[first] >= 0):
            break
        first = bounds[before][0]
        before -= 1
    return first, end


def _between(table: TokenTable, look: FirstLook, order: range) -> list[tuple[int, ...]]:
    """For each token, going outwards from a candidate: how many of which things lie between the two."""
    commas = verbs = quotes = cues = that = chunks = sources = subjects = 0
    chunk, candidate, labels, forwards = None, None, look.labels, order.step > 0
    found: list[tuple[int, ...]] = []
    for i in order:
        label = labels[i]
        if table.chunk[i] is not None and table.chunk[i] != chunk:
            chunk, chunks = table.chunk[i], min(chunks + 1, 4)
            subjects = min(subjects + table.subject[i], 3)
        outer = label == "BS" if forwards else label[1:] == "S" and labels[i + 1] != "IS"
        if outer:
            sources = min(sources + 1, 3)
        found.append((commas, verbs, quotes, cues, that, chunks, sources, subjects))
        tag = table.tags[i]
        if tag == ",":
            commas = min(commas + 1, 3)
        elif tag in VERB_TAGS:
            verbs = min(verbs + 1, 3)
        if table.role[i][0] in "be":
            quotes = min(quotes + 1, 3)
        other = look.of_token.get(i)
        if other is not None and other is not candidate and label[1:] == "Q":
            cues = min(cues + 1, 2)
        candidate = other
        if table.words[i] == "that":
            that = 1
    return found


def link_features(table: TokenTable, look: FirstLook, candidate: Candidate) -> tuple[int, list[list[str]]]:
    """The window's first token, and one list of features for each token of the window."""
    a, b, anchor = candidate.first, candidate.end, candidate.anchor
    first, end = window(table, anchor)
    words, tags, stems, roles = table.words, table.tags, table.stems, table.role
    labels, region, chunks = look.labels, table.region, table.chunk
    p_cue, p_source, p_content = look.cue_class, look.source_class, look.content_class
    home = table.sentence[anchor]
    home_first, home_end = table.bounds[home]
    shape, home_region = table.shape[home], region[anchor]
    # the candidate itself
    stem, tag = stems[anchor], tags[anchor]
    word_b = words[b]
    follows = word_b if word_b in TELLING else tags[b]
    passive = tag == "VBN" and "be" in stems[max(first, anchor - 3) : anchor]
    frame = f"{tag}{'v' if passive else ''}{follows}"
    quoted = "Q" if home_region >= 0 else "N"
    near = [labels[max(first, a - 12) : a], labels[b : min(end, b + 8)], labels[max(first, a - 8) : a]]
    sides = "".join(
        side
        for side, some, kind in (("l", near[0], "S"), ("r", near[1], "S"), ("L", near[2], "C"), ("R", near[1], "C"))
        if any(label[1:] == kind for label in some)
    )
    between = _between(table, look, range(a - 1, first - 1, -1))[::-1]
    between += [(0,) * 8] * (b - a) + _between(table, look, range(b, end))
    found = []
    for i, (commas, verbs, quotes, cues, that, chunk_count, sources, subjects) in enumerate(between, first):
        away = a - i if i < a else i - b + 1 if i >= b else 0
        side = "b" if i < a else "a" if i >= b else "c"
        far = side + distance(away)
        sentences = table.sentence[i] - home
        place = side if sentences == 0 else f"{side}1" if sentences in (1, -1) else f"{side}2"
        word, t, label, role = words[i], tags[i], labels[i], roles[i]
        label_1, t_1, word_1, label1, t1, word1 = (
            labels[i - 1],
            tags[i - 1],
            words[i - 1],
            labels[i + 1],
            tags[i + 1],
            words[i + 1],
        )
        run = look.of_token.get(i)
        run_kind = "" if run is None else "m" if run is candidate else "o"
        way = f"{commas}{verbs}{cues}"
        same = "-" if region[i] < 0 else "=" if region[i] == home_region else "q"
        mine = label + run_kind
        features = [
            "bias",
            f"o{place}",
            f"d{far}",
            # the first model's labels
            f"l{place}{mine}",
            f"L{place}{label_1}{mine}{label1}",
            f"lk{place}{mine}{cues}",
            f"lb{side}{mine}{way}",
            f"lc{side}{mine}{stem}",
            f"lf{side}{mine}{frame}",
            f"ln{side}{mine}{sources}{chunk_count}",
            f"la{side}{mine}{tag}{cues}{sources}",
            f"lj{side}{mine}{tag}{cues}{table.subject[i]}{subjects}",
            # words and tags on this side of the cue
            f"w{side}{word}",
            f"t{place}{t}",
            f"s{side}{stems[i]}",
            f"wp{side}{word_1}",
            f"wn{side}{word1}",
            f"tp{side}{t_1}{t}",
            f"tn{side}{t}{t1}",
            f"t3{side}{t_1}{t}{t1}",
            f"wt{side}{word_1} {t}",
            f"tw{side}{t} {word1}",
            f"wl{side}{word_1} {label}",
            f"wm{side}{label} {word1}",
            # how far from the cue, behind what
            f"dt{far}{t}",
            f"dc{far}{stem}",
            f"df{far}{frame}",
            f"dl{far}{label}{tag}",
            f"bt{side}{way}{t}",
            f"bq{place}{quotes}{same}{role[0]}",
            f"bk{side}{cues}{same}",
            f"bf{side}{way}{frame}",
            f"th{side}{that}{follows}{label}",
            # the cue and its sentence
            f"sc{side}{sides}{label}",
            f"sh{place}{shape}{label}",
            f"sf{side}{shape}{frame}",
            f"cs{side}{stem}",
            f"cf{side}{stem} {follows}",
            f"cc{side}{stem}{same}{mine}{sides}",
            # quotations
            f"q{place}{role}{cues}",
            f"Q{side}{roles[i - 1]}{role}{roles[i + 1]}{same}",
            f"qx{side}{role}{shape}{quoted}",
            f"ql{place}{label}{role[0]}{same}{cues}",
            # how sure the first model was
            f"mq{side}{run_kind}{p_cue[i]}",
            f"ms{side}{p_source[i]}{sources}",
            f"mc{side}{p_content[i]}{cues}",
            f"mS{side}{look.source_start[i]}{p_source[i]}",
            f"mC{side}{look.content_start[i]}{p_content[i]}{same}",
            f"mn{side}{p_content[i - 1]}{p_content[i]}{p_content[i + 1]}",
            f"mm{side}{p_source[i - 1]}{p_source[i]}{p_source[i + 1]}",
            f"mk{side}{p_cue[i - 1]}{p_cue[i]}{p_cue[i + 1]}{run_kind}",
        ]
        if side == "c":
            features += (
                f"x{word}",
                f"xs{stems[i]} {follows}",
                f"xt{t}{tags[a - 1]}{follows}",
                f"xr{table.cue[i]}{p_cue[anchor]}",
                f"xw{word_1} {word}",
                f"xn{word} {word1}",
                f"xh{i == anchor}{t}{tag}",
                f"xb{i == a}{i == b - 1}{t_1}{t}{t1}",
                f"xm{p_cue[anchor]}{sides}",
                f"xq{stem}{shape}{quoted}{sides}",
                f"xp{b - a}{i == anchor}{p_cue[anchor]}",
            )
        elif away < 4:
            features += (
                f"y{side}{away}{word}",
                f"yt{side}{away}{t}{tag}",
                f"ys{side}{away}{t}{stem}",
                f"yw{side}{away}{word}{stem}",
            )
        chunk = chunks[i]
        if chunk is None:
            features.append(f"h0{side}")
        else:
            x, y = chunk
            at = "S" if y - x == 1 else "B" if i == x else "E" if i == y - 1 else "I"
            nth = f"{side}{at}{chunk_count}"
            features += (
                f"h{place}{nth}{tags[y - 1]}",
                f"hn{nth}{cues}{label}",
                f"hw{side}{at}{words[y - 1]}",
                f"hf{nth}{frame}",
                f"hc{nth}{stem}",
                f"hs{nth}{table.source[y - 1]}{p_source[y - 1]}",
                f"hb{side}{at}{words[x - 1]}{tags[y]}",
                f"hj{side}{at}{table.subject[i]}{subjects}{tag}{follows}",
                f"hJ{side}{at}{table.subject[i]}{subjects}{cues}{x == home_first}",
                f"hv{nth}{verbs}{commas}{tags[y - 1]}",
            )
        if word in ENDINGS or role[0] in "be" or word1 in ENDINGS:
            features += (
                f"p{side}{word}{word1}{t_1}{way}",
                f"pl{side}{word}{label_1}{label1}{cues}",
                f"pe{side}{word}{i == end - 1}{i == home_end - 1}{role[0]}",
                f"pw{side}{word} {word1} {label}",
            )
        if side == "a" and t1 in CLAUSE_TAGS:
            features += (f"z{word1}{tags[i + 2]}{label}{verbs}", f"zq{word1}{same}{cues}{commas}")
        if i in (home_first, first):
            features += (f"O{side}{t}{i == first}{role[0]}", f"ow{side}{word}", f"ol{side}{label}{shape}")
        elif i == home_first + 1:
            features.append(f"o1{side}{t}{label}")
        found.append(features)
    return first, found
