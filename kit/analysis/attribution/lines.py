"""What the lines of a page say about who speaks: turns of an interview, signed posts, and headlines that end or begin
with their source.

A turn is a paragraph with a label ("Q:", "Torvald:"); paragraphs without one go on with it. A post is signed in the
line below it: "— Ada Brandt (@adabrandt)". British headlines put the source last: "Pier unsafe - charity".
"""

from __future__ import annotations

from collections.abc import Sequence

from kit.analysis.attribution.clauses import NAMES, STOPS
from kit.analysis.attribution.model import Found
from kit.analysis.attribution.token_table import TokenRange, TokenTable, tokens_of
from kit.analysis.attribution.words import listed
from kit.analysis.speakers.people import GROUP, people_lexicon

SURE = 0.9  # confidence in a turn or a signed post
LIKELY = 0.7  # in a headline
LONGEST_LABEL = 5  # tokens
LONGEST_TURN = 4  # paragraphs
LONGEST_HEADLINE = 25  # tokens
LONGEST_TAIL = 5  # tokens of the source at a headline's end
SHORTEST_CLAIM = 2  # tokens
DASHES = frozenset(["-", "–", "—", "--"])
ASKERS = frozenset(["q", "question", "interviewer"])
ANSWERERS = frozenset(["a", "answer"])
FIRST_PERSON = frozenset(["i", "we", "my", "our", "me", "us"])


class _Turn:
    """A labelled paragraph: tokens of its label, its colon, and the paragraphs that are its content."""

    def __init__(self, label: TokenRange, pieces: list[TokenRange]) -> None:
        self.label, self.pieces = label, pieces


def by_lines(table: TokenTable, found: Sequence[Found]) -> list[Found]:
    """The attributions, with those that the page's lines tell, instead of what the models made of the same words."""
    lines = _lines(table)
    turns, colons = _turns(table, lines)
    posts = [post for number in range(len(lines)) for post in _post(table, lines, number)]
    headlines = [headline for line in lines for headline in _headline(table, line)]
    cues = {i for told in posts + headlines for i in tokens_of((*told.source, *told.cue))} | colons
    kept = [attribution for attribution in found if cues.isdisjoint(tokens_of(attribution.cue))]
    taken = {i for attribution in kept for i in tokens_of(attribution.source)}
    headlines = [headline for headline in headlines if taken.isdisjoint(tokens_of(headline.source))]
    return kept + turns + posts + headlines


def _lines(table: TokenTable) -> list[TokenRange]:
    """The paragraphs, as tokens."""
    lines: list[TokenRange] = []
    paragraph = -1
    for number, (first, end) in enumerate(table.bounds):
        if table.paragraphs[number] == paragraph:
            lines[-1] = (lines[-1][0], end)
        else:
            lines.append((first, end))
        paragraph = table.paragraphs[number]
    return lines


def _turns(table: TokenTable, lines: Sequence[TokenRange]) -> tuple[list[Found], set[int]]:
    """The turns of an interview, without those of whoever asks; and the colons of all."""
    turns: list[_Turn] = []
    for first, end in lines:
        colon = _label_end(table, first, end)
        if colon is not None:
            turns.append(_Turn((first, colon), [(colon + 1, end)]))
        elif turns and len(turns[-1].pieces) < LONGEST_TURN:
            turns[-1].pieces.append((first, end))
    if turns:
        own = [_in_first_person(table, piece) for piece in turns[-1].pieces[1:]]
        ends = own.index(False) if False in own else len(own)
        del turns[-1].pieces[1 + ends :]  # nobody says where the last one ends, but "I" and "we" are still its own
    names = [" ".join(table.words[slice(*turn.label)]) for turn in turns]
    in_full = {name.split()[-1]: name for name in names if " " in name}
    names = [in_full.get(name, name) for name in names]  # first "Ana Lima:", then "Lima:"
    asking = {
        name for name in names if _only_asks(table, name, [t for t, n in zip(turns, names, strict=True) if n == name])
    }
    is_interview = len(turns) > 1 and (bool(asking) or (len(set(names)) > 1 and len(set(names)) < len(names)))
    if not is_interview:
        return [], set()
    told = [
        Found((turn.label,), ((turn.label[1], turn.label[1] + 1),), tuple(turn.pieces), SURE, verbatim=True)
        for turn, name in zip(turns, names, strict=True)
        if name not in asking
    ]
    return told, {turn.label[1] for turn in turns}


def _in_first_person(table: TokenTable, line: TokenRange) -> bool:
    return any(table.words[i] in FIRST_PERSON and table.region[i] < 0 for i in range(*line))


def _label_end(table: TokenTable, first: int, end: int) -> int | None:
    """The colon behind a paragraph's label, if it has one."""
    colon = next((i for i in range(first + 1, min(first + LONGEST_LABEL + 1, end - 1)) if table.words[i] == ":"), None)
    if colon is None or table.words[first] in listed("labels"):
        return None
    capital = all(table.texts[i][0].isupper() or table.texts[i] in ".-()" for i in range(first, colon))
    return colon if capital else None


def _only_asks(table: TokenTable, name: str, turns: Sequence[_Turn]) -> bool:
    """Whether whoever bears this label only asks: the interviewer."""
    ends = [table.texts[turn.pieces[-1][1] - 1] for turn in turns]
    return name in ASKERS or (name not in ANSWERERS and all(end == "?" for end in ends))


def _post(table: TokenTable, lines: Sequence[TokenRange], number: int) -> list[Found]:
    """A post with its signature: "— Name (@handle) date" below it or at its end."""
    first, end = lines[number]
    handle = next((i for i in range(first + 2, end) if table.texts[i][0] == "@" and table.texts[i - 1] == "("), None)
    dash = next((i for i in range(first, handle) if table.texts[i] in DASHES), None) if handle else None
    if handle is None or dash is None or handle - dash > LONGEST_LABEL + 2 or handle - dash < 3:
        return []
    content = [(first, dash)] if dash > first else _lines_above(table, lines, number)
    if not content:
        return []
    return [Found(((dash + 1, handle - 1),), ((dash, dash + 1),), tuple(content), SURE, verbatim=True)]


def _lines_above(table: TokenTable, lines: Sequence[TokenRange], number: int) -> list[TokenRange]:
    """The line above a signature, and those above it that no blank line parts from it."""
    above: list[TokenRange] = []
    while number > 0 and len(above) < LONGEST_TURN:
        line, below = lines[number - 1], lines[number]
        blank = table.starts[below[0]] - table.ends[line[1] - 1] > 1
        if table.words[line[1] - 1] == ":" or (above and blank):
            break
        above.insert(0, line)
        number -= 1
    return above


def _headline(table: TokenTable, line: TokenRange) -> list[Found]:
    """A line without a full stop that names its source behind its last dash or colon, or before its first colon."""
    first, end = line
    if end - first > LONGEST_HEADLINE or table.texts[end - 1] in STOPS or end - first < SHORTEST_CLAIM + 2:
        return []
    marks = [i for i in range(first + 1, end - 1) if table.words[i] == ":" or _is_dash(table, i)]
    if not marks:
        return []
    last = marks[-1]
    tail = end - last - 1
    whole = table.words[last] != ":" or tail <= SHORTEST_CLAIM or table.texts[last + 1].islower()
    named = table.words[last] == ":" and tail == 1 and _is_body(table.texts[last + 1])
    if (
        last - first >= SHORTEST_CLAIM
        and tail <= LONGEST_TAIL
        and (named or (whole and _is_source(table, last + 1, end)))
    ):
        return [Found(((last + 1, end),), ((last, last + 1),), ((first, last),), LIKELY)]
    colon = marks[0]
    lead = table.words[colon] == ":" and colon - first <= LONGEST_TAIL and end - colon > SHORTEST_CLAIM + 1
    speaks = _is_source(table, first, colon) or _in_own_words(table, first, colon, end)
    if lead and table.words[colon + 1] not in listed("asking") and speaks:
        return [Found(((first, colon),), ((colon, colon + 1),), ((colon + 1, end),), LIKELY)]
    return []


def _is_body(name: str) -> bool:
    return name in people_lexicon().bodies or people_lexicon().looks_like_body(name)


def _in_own_words(table: TokenTable, first: int, colon: int, end: int) -> bool:
    """Whether a name stands before "I", "we" or a quotation: "Brandt: We will fight on"."""
    name = all(table.tags[i] in NAMES for i in range(first, colon)) and table.words[first] not in listed("labels")
    return name and any(table.words[i] in FIRST_PERSON or table.region[i] >= 0 for i in range(colon + 1, end))


def _is_dash(table: TokenTable, i: int) -> bool:
    apart = table.ends[i - 1] < table.starts[i] and table.ends[i] < table.starts[i + 1]
    return table.texts[i] in DASHES and apart and table.region[i] < 0


def _is_source(table: TokenTable, first: int, end: int) -> bool:
    """Whether these words are somebody who can speak: a noun of people.toml, not a paper's name in capitals."""
    people = people_lexicon()
    head = next((i for i in range(first, end) if table.tags[i] == "IN"), end) - 1
    if head < first or table.words[head] in listed("labels") - {"source"}:
        return False
    noun = people.nouns.get(table.words[head])
    if any(table.tags[i][:2] in ("VB", "MD") and table.tags[i] != "VBN" for i in range(first, head)) or noun is None:
        return False
    plain = all(table.texts[i].islower() or table.texts[i].isupper() for i in range(first + 1, head + 1))
    lower = table.texts[first].islower() or head == first or noun.kind != GROUP
    return plain and lower
