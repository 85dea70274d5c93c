"""Features of the second model: for one candidate cue, which tokens around it are its source and its content.

Everything is seen from the candidate: which side of it a token is on, and what lies between.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kit.analysis.attribution.cue_features import distance
from kit.analysis.attribution.first_look import Candidate, FirstLook
from kit.analysis.attribution.token_table import VERB_TAGS, TokenRange, TokenTable

WIDEST = 260  # tokens of one window
CROWD = 12  # candidates in one window; in news there are at most ten
NEAR = 3  # candidates that a window reaches over, on either side, where there is a crowd
SHORT_SENTENCE = 14
TELLING_WORDS = "that to whether if how what why about for of by in on as it with against"
TELLING = {*TELLING_WORDS.split(), ",", ":", ".", "-", "--", '"'}
ENDINGS = frozenset(".!?,;:")
CLAUSE_TAGS = frozenset(["CC", "IN", "WRB", "RB", "VBG", "WDT", ","])


def window(table: TokenTable, look: FirstLook, anchor: int) -> TokenRange:
    """The tokens that an attribution may reach: the cue's sentence and the quotations that touch it. Less in a crowd of
    cues: else a text of ‘"x" said. "x" said.’ would be looked at fifty times over.
    """
    first, end = _reach(table, anchor)
    at, anchors = bisect_left(look.anchors, anchor), look.anchors
    if bisect_left(anchors, end) - bisect_left(anchors, first) > CROWD:
        if at >= NEAR:
            first = max(first, anchors[at - NEAR])
        if at + NEAR < len(anchors):
            end = min(end, anchors[at + NEAR] + 1)
    return first, end


def _reach(table: TokenTable, anchor: int) -> TokenRange:
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


Counts = tuple[int, int, int, int, int, int, int, int]  # see _between
AT_CUE: Counts = (0, 0, 0, 0, 0, 0, 0, 0)


def _between(table: TokenTable, look: FirstLook, order: range) -> list[Counts]:
    """For each token, going outwards from a candidate, how much lies between the two, up to three or four each: commas,
    verbs, quotation marks, other cues, "that"; noun chunks, sources and subjects, with the token's own."""
    commas = verbs = quotes = cues = that = chunks = sources = subjects = 0
    last_chunk, last_candidate = None, None
    labels, forwards = look.labels, order.step > 0
    counts: list[Counts] = []
    for i in order:
        label, tag = labels[i], table.tags[i]
        chunk = table.chunk[i]
        if chunk is not None and chunk != last_chunk:
            last_chunk, chunks = chunk, min(chunks + 1, 4)
            if table.subject[i]:
                subjects = min(subjects + 1, 3)
        near_end_of_source = label == "BS" if forwards else label[1:] == "S" and labels[i + 1] != "IS"
        if near_end_of_source:
            sources = min(sources + 1, 3)
        counts.append((commas, verbs, quotes, cues, that, chunks, sources, subjects))
        if tag == ",":
            commas = min(commas + 1, 3)
        elif tag in VERB_TAGS:
            verbs = min(verbs + 1, 3)
        if table.role[i][0] in "be":
            quotes = min(quotes + 1, 3)
        candidate = look.of_token.get(i)
        if candidate is not None and candidate is not last_candidate and label[1:] == "Q":
            cues = min(cues + 1, 2)
        last_candidate = candidate
        if table.words[i] == "that":
            that = 1
    return counts


def _has(labels: Sequence[str], kind: str) -> bool:
    return any(label[1:] == kind for label in labels)


class _View:
    """A candidate cue, and what is seen from it whatever token is looked at."""

    def __init__(self, table: TokenTable, look: FirstLook, candidate: Candidate) -> None:
        anchor = candidate.anchor
        self.candidate, self.anchor = candidate, anchor
        self.a, self.b = candidate.first, candidate.end
        self.first, self.end = window(table, look, anchor)
        self.home = table.sentence[anchor]
        self.home_first, self.home_end = table.bounds[self.home]
        self.shape, self.region = table.shape[self.home], table.region[anchor]
        self.quoted = "Q" if self.region >= 0 else "N"
        self.stem, self.tag = table.stems[anchor], table.tags[anchor]
        word_after = table.words[self.b]
        self.follows = word_after if word_after in TELLING else table.tags[self.b]
        passive = self.tag == "VBN" and "be" in table.stems[max(self.first, anchor - 3) : anchor]
        self.frame = f"{self.tag}{'v' if passive else ''}{self.follows}"
        self.sure = look.cue_class[anchor]
        self.sides = self._find_sides(look.labels)

    def _find_sides(self, labels: Sequence[str]) -> str:
        """Where the first model sees a source (l, r) or content (L, R) nearby: left, right."""
        left = labels[max(self.first, self.a - 12) : self.a]
        right = labels[self.b : min(self.end, self.b + 8)]
        sides = "l" if _has(left, "S") else ""
        if _has(right, "S"):
            sides += "r"
        if _has(left[-8:], "C"):
            sides += "L"
        if _has(right, "C"):
            sides += "R"
        return sides

    def between(self, table: TokenTable, look: FirstLook) -> list[Counts]:
        """What lies between the candidate and each token of the window."""
        before = _between(table, look, range(self.a - 1, self.first - 1, -1))
        before.reverse()
        return before + [AT_CUE] * (self.b - self.a) + _between(table, look, range(self.b, self.end))


def link_features(table: TokenTable, look: FirstLook, candidate: Candidate) -> tuple[int, list[list[str]]]:
    """The window's first token, and one list of features for each token of the window."""
    view = _View(table, look, candidate)
    between = view.between(table, look)
    return view.first, [_of_token(table, look, view, i, counts) for i, counts in enumerate(between, view.first)]


def _of_token(table: TokenTable, look: FirstLook, view: _View, i: int, counts: Counts) -> list[str]:
    """The features of token ``i``, seen from a candidate. Names such as ``tag_1`` and ``tag1`` are of the tokens before
    and after it."""
    commas, verbs, quotes, cues, that, chunks, sources, subjects = counts
    words, tags, roles, labels, region = table.words, table.tags, table.role, look.labels, table.region
    p_cue, p_source, p_content = look.cue_class, look.source_class, look.content_class
    cue_stem, cue_tag, follows, frame = view.stem, view.tag, view.follows, view.frame
    shape, quoted, sides = view.shape, view.quoted, view.sides
    if i < view.a:
        side, away = "b", view.a - i
    elif i >= view.b:
        side, away = "a", i - view.b + 1
    else:
        side, away = "c", 0
    far = side + distance(away)
    sentences = abs(table.sentence[i] - view.home)
    place = f"{side}{min(sentences, 2)}" if sentences else side
    word, tag, stem, label, role = words[i], tags[i], table.stems[i], labels[i], roles[i]
    word_1, tag_1, label_1 = words[i - 1], tags[i - 1], labels[i - 1]
    word1, tag1, label1 = words[i + 1], tags[i + 1], labels[i + 1]
    candidate = look.of_token.get(i)
    of_candidate = ""
    if candidate is not None:
        of_candidate = "m" if candidate is view.candidate else "o"  # mine, or another one's
    mine = label + of_candidate
    way = f"{commas}{verbs}{cues}"
    same = "-"
    if region[i] >= 0:
        same = "=" if region[i] == view.region else "q"
    features = [
        "bias",
        f"o{place}",
        f"d{far}",
        # the first model's labels
        f"l{place}{mine}",
        f"L{place}{label_1}{mine}{label1}",
        f"lk{place}{mine}{cues}",
        f"lb{side}{mine}{way}",
        f"lc{side}{mine}{cue_stem}",
        f"lf{side}{mine}{frame}",
        f"ln{side}{mine}{sources}{chunks}",
        f"la{side}{mine}{cue_tag}{cues}{sources}",
        f"lj{side}{mine}{cue_tag}{cues}{table.subject[i]}{subjects}",
        # words and tags on this side of the cue
        f"w{side}{word}",
        f"t{place}{tag}",
        f"s{side}{stem}",
        f"wp{side}{word_1}",
        f"wn{side}{word1}",
        f"tp{side}{tag_1}{tag}",
        f"tn{side}{tag}{tag1}",
        f"t3{side}{tag_1}{tag}{tag1}",
        f"wt{side}{word_1} {tag}",
        f"tw{side}{tag} {word1}",
        f"wl{side}{word_1} {label}",
        f"wm{side}{label} {word1}",
        # how far from the cue, behind what
        f"dt{far}{tag}",
        f"dc{far}{cue_stem}",
        f"df{far}{frame}",
        f"dl{far}{label}{cue_tag}",
        f"bt{side}{way}{tag}",
        f"bq{place}{quotes}{same}{role[0]}",
        f"bk{side}{cues}{same}",
        f"bf{side}{way}{frame}",
        f"th{side}{that}{follows}{label}",
        # the cue and its sentence
        f"sc{side}{sides}{label}",
        f"sh{place}{shape}{label}",
        f"sf{side}{shape}{frame}",
        f"cs{side}{cue_stem}",
        f"cf{side}{cue_stem} {follows}",
        f"cc{side}{cue_stem}{same}{mine}{sides}",
        # quotations
        f"q{place}{role}{cues}",
        f"Q{side}{roles[i - 1]}{role}{roles[i + 1]}{same}",
        f"qx{side}{role}{shape}{quoted}",
        f"ql{place}{label}{role[0]}{same}{cues}",
        # how sure the first model was
        f"mq{side}{of_candidate}{p_cue[i]}",
        f"ms{side}{p_source[i]}{sources}",
        f"mc{side}{p_content[i]}{cues}",
        f"mS{side}{look.source_start[i]}{p_source[i]}",
        f"mC{side}{look.content_start[i]}{p_content[i]}{same}",
        f"mn{side}{p_content[i - 1]}{p_content[i]}{p_content[i + 1]}",
        f"mm{side}{p_source[i - 1]}{p_source[i]}{p_source[i + 1]}",
        f"mk{side}{p_cue[i - 1]}{p_cue[i]}{p_cue[i + 1]}{of_candidate}",
    ]
    if side == "c":
        features += _in_cue(table, view, i)
    elif away < 4:
        features += (
            f"y{side}{away}{word}",
            f"yt{side}{away}{tag}{cue_tag}",
            f"ys{side}{away}{tag}{cue_stem}",
            f"yw{side}{away}{word}{cue_stem}",
        )
    chunk = table.chunk[i]
    if chunk is None:
        features.append(f"h0{side}")
    else:
        features += _in_chunk(table, look, view, i, chunk, side, place, counts)
    if word in ENDINGS or role[0] in "be" or word1 in ENDINGS:
        features += (
            f"p{side}{word}{word1}{tag_1}{way}",
            f"pl{side}{word}{label_1}{label1}{cues}",
            f"pe{side}{word}{i == view.end - 1}{i == view.home_end - 1}{role[0]}",
            f"pw{side}{word} {word1} {label}",
        )
    if side == "a" and tag1 in CLAUSE_TAGS:
        features += (f"z{word1}{tags[i + 2]}{label}{verbs}", f"zq{word1}{same}{cues}{commas}")
    if i in (view.home_first, view.first):
        features += (f"O{side}{tag}{i == view.first}{role[0]}", f"ow{side}{word}", f"ol{side}{label}{shape}")
    elif i == view.home_first + 1:
        features.append(f"o1{side}{tag}{label}")
    return features


def _in_cue(table: TokenTable, view: _View, i: int) -> tuple[str, ...]:
    """Features of a token of the candidate itself."""
    words, tags = table.words, table.tags
    word, tag, at_anchor = words[i], tags[i], i == view.anchor
    return (
        f"x{word}",
        f"xs{table.stems[i]} {view.follows}",
        f"xt{tag}{tags[view.a - 1]}{view.follows}",
        f"xr{table.cue[i]}{view.sure}",
        f"xw{words[i - 1]} {word}",
        f"xn{word} {words[i + 1]}",
        f"xh{at_anchor}{tag}{view.tag}",
        f"xb{i == view.a}{i == view.b - 1}{tags[i - 1]}{tag}{tags[i + 1]}",
        f"xm{view.sure}{view.sides}",
        f"xq{view.stem}{view.shape}{view.quoted}{view.sides}",
        f"xp{view.b - view.a}{at_anchor}{view.sure}",
    )


def _in_chunk(
    table: TokenTable, look: FirstLook, view: _View, i: int, chunk: TokenRange, side: str, place: str, counts: Counts
) -> tuple[str, ...]:
    """Features of a token in a noun chunk."""
    commas, verbs, _, cues, _, chunks, _, subjects = counts
    words, tags = table.words, table.tags
    first, end = chunk
    head = end - 1
    at, subject = table.place[i], table.subject[i]
    nth = f"{side}{at}{chunks}"
    return (
        f"h{place}{nth}{tags[head]}",
        f"hn{nth}{cues}{look.labels[i]}",
        f"hw{side}{at}{words[head]}",
        f"hf{nth}{view.frame}",
        f"hc{nth}{view.stem}",
        f"hs{nth}{table.source[head]}{look.source_class[head]}",
        f"hb{side}{at}{words[first - 1]}{tags[end]}",
        f"hj{side}{at}{subject}{subjects}{view.tag}{view.follows}",
        f"hJ{side}{at}{subject}{subjects}{cues}{first == view.home_first}",
        f"hv{nth}{verbs}{commas}{tags[head]}",
    )
