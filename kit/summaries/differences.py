"""Two texts beside each other: two reports of one event, or two versions of one report.

Each difference is counted in a table and said in a sentence. It describes; neither text is called the better one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from kit.analysis.annotate import annotate
from kit.analysis.speakers.mentions import find_mentions
from kit.analysis.speakers.people import BODY, GROUP, PERSON, PLACE
from kit.comparing.comparison import Comparison
from kit.comparing.comparison import compare as compare_readings
from kit.errors import KitError
from kit.readings.labels import FRAMING, meaning
from kit.readings.reading import Reading
from kit.readings.voices import NOT_NAMED, shown, voice_of, words_by_voice
from kit.render.sections import Report, Section
from kit.summaries.figures import Figure, figures
from kit.summaries.log_odds import log_odds
from kit.text.article import Article
from kit.text.inflection import inflections
from kit.wording import capital, one_line, series, with_article

NAMES = ("the first", "the second")
CONTENT = ("NN", "JJ", "RB", "VB")  # the tags of words that a list of words is about, by their start
EMPTY = inflections("be") | inflections("have") | inflections("do") | {"'s", "'re", "'m", "not", "n't", "also"}
MOST_WORDS = 8  # for each text
EVEN = 0.3  # words that lean less than this (z) are in neither list
FAR = 10  # percentage points: shares of the words closer than this are called alike


def compare(a: Reading | Article | str, b: Reading | Article | str, **options: Any) -> Comparison | Report:
    """Compare two readings of one text, or two texts.

    Two readings of the same text give a `kit.comparing.comparison.Comparison`: which marks both made; ``labels=[...]``
    compares only these. Anything else (articles, strings, readings of different texts) gives a
    `kit.render.sections.Report` of what differs: see `differences`. Raises `KitError` for anything else.

    >>> print(compare("Soldiers shelled the town.", "The town was shelled.")["said"].records()[0]["difference"])
    Only the second leaves out who did it: “was shelled”.
    """
    if isinstance(a, Reading) and isinstance(b, Reading) and a.article.sha256 == b.article.sha256:
        return compare_readings(a, b, **options)
    if options:
        raise KitError("labels= is for two readings of the same text; these are two texts.")
    return differences(_reading(a), _reading(b))


def _reading(x: object) -> Reading:
    if isinstance(x, Reading):
        return x
    if isinstance(x, Article | str):
        return annotate(x)
    raise KitError(f"compare() takes two readings, articles or strings, not {with_article(type(x).__name__)}.")


def differences(a: Reading, b: Reading) -> Report:
    """What differs between two texts, in seven tables: said, voices, hedges, choices, words, figures, left out.

    Counts and shares only; no score.
    """
    tables = (
        _voices(a, b),
        _hedges(a, b),
        _choices(a, b),
        _words(a, b),
        _figures(a, b),
        _left_out(a, b),
    )
    said = (
        *speakers_said(a, b, NAMES),
        *shares_said(a, b, NAMES),
        *hedges_said(a, b, NAMES),
        *choices_said(a, b, NAMES),
        *figures_said(a, b, NAMES),
    )
    rows = tuple(said) or (("all", "The kit finds no difference."),)
    note = "Each is a choice that somebody made. Ask of each: what would change if it were the other way round?"
    first = Section("said", "What differs?", note, ("about", "difference"), rows)
    return Report(f"{capital(NAMES[0])} beside {NAMES[1]}", (first, *tables))


# What differs, in sentences: pairs of (about what, sentence).


def speakers_said(a: Reading, b: Reading, names: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Who speaks in one only."""
    one, two = _speakers(a), _speakers(b)
    for name, speakers, others in ((names[0], one, two), (names[1], two, one)):
        if only := [who for key, who in speakers.items() if key not in others]:
            yield "who speaks", f"Heard only in {name}: {series(map(shown, only))}."


def shares_said(a: Reading, b: Reading, names: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Whose share of the words differs by ten points or more."""
    one, two = _shares(a), _shares(b)
    for who in one:
        here, there = one[who], two.get(who)
        if there is not None and abs(here - there) >= FAR:
            yield "share of voice", f"{capital(who)} has {here}% of the words in {names[0]}, {there}% in {names[1]}."


def hedges_said(a: Reading, b: Reading, names: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Words that leave open, and words that make surer, in one text only."""
    for booster, what in ((False, "leaves it more open"), (True, "makes it surer")):
        counts = [_hedge_words(reading, booster) for reading in (a, b)]
        for name, only in _only(names, *counts):
            yield "how sure", f"Only {name} {what} with {_quoted(only)}."


def choices_said(a: Reading, b: Reading, names: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Framing words in one text only; the same word in another voice; who did it, left out in one only."""
    for label in [label.name for label in FRAMING.labels if label.view]:
        for name, only in _only(names, _marked(a, label), _marked(b, label)):
            yield "in whose words", f"Only {name} has {_quoted(only)} ({meaning(label)})."
    one, two = _owners(a), _owners(b)
    for word in one:
        if word in two and one[word] != two[word]:
            here, there = (series(sorted(owners[word])) for owners in (one, two))
            yield "whose words", f"“{word}” is a word of {here} in {names[0]}, of {there} in {names[1]}."
    for name, only in _only(names, _marked(a, "agentless"), _marked(b, "agentless")):
        yield "who did it", f"Only {name} leaves out who did it: {_quoted(only)}."


def figures_said(a: Reading, b: Reading, names: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Figures of the same thing that differ, and figures that only one text has."""
    one, two = _by_count(a), _by_count(b)
    for counted in one:
        if counted in two and _amounts(one[counted]) != _amounts(two[counted]):
            yield "figures", f"Of {counted}, {names[0]} has {_row(one[counted])}; {names[1]} has {_row(two[counted])}."
    for name, only in _only(names, one, two):
        yield "figures", f"Only {name} gives {series(f'{_row((one | two)[counted])} ({counted})' for counted in only)}."


# The tables.


def _voices(a: Reading, b: Reading) -> Section:
    one, two = _shares(a), _shares(b)
    rows = tuple((who, _share(one.get(who)), _share(two.get(who))) for who in one | two)
    note = "The share of each text's words that are each voice's own, quoted or retold."
    return Section("voices", "Who speaks?", note, ("who", *NAMES), rows)


def _hedges(a: Reading, b: Reading) -> Section:
    rows = []
    for what, booster in (("words that hedge", False), ("words that make it surer", True)):
        some = [list(_hedge_words(reading, booster).elements()) for reading in (a, b)]
        rows.append((what, *(f"{len(words)}: {', '.join(words)}" if words else "none" for words in some)))
    note = "Fewer hedges is not better: ask whether the one that is gone was justified."
    return Section("hedges", "How sure are they?", note, ("what", *NAMES), tuple(rows))


def _choices(a: Reading, b: Reading) -> Section:
    rows = []
    for label in FRAMING.labels:
        one, two = (", ".join(_marked(reading, label.name).elements()) for reading in (a, b))
        if one or two:
            rows.append((label.means, one or "none", two or "none"))
    note = "The kit's word lists find only part of what careful readers mark: look for what is missing."
    return Section("choices", "In whose words?", note, ("what it is", *NAMES), tuple(rows))


def _words(a: Reading, b: Reading) -> Section:
    leaning = log_odds(_counts(a), _counts(b))
    first = [row for row in leaning if row[3] > EVEN][:MOST_WORDS]
    second = [row for row in reversed(leaning) if row[3] < -EVEN][:MOST_WORDS]
    rows = tuple((word, m, n, NAMES[z < 0], f"{abs(z):.1f}") for word, m, n, z in (*first, *second))
    note = (
        "Words that one text has more often than the other, for its length. From about 2 on, chance explains the "
        "difference badly; in two short texts few words come so far."
    )
    return Section("words", "Which words?", note, ("word", *NAMES, "leans to", "how far (z)"), rows)


def _figures(a: Reading, b: Reading) -> Section:
    one, two = _by_count(a), _by_count(b)
    rows = tuple((counted, _row(one.get(counted, [])), _row(two.get(counted, []))) for counted in one | two)
    note = "Two figures for one thing need not be a mistake: they may be of two days, or from two sources."
    return Section("figures", "Which figures?", note, ("of what", *NAMES), rows)


def _left_out(a: Reading, b: Reading) -> Section:
    rows = [(who, NAMES[0], NAMES[1]) for who, person in _named(a).items() if not _has(b, who, person)]
    rows += [(who, NAMES[1], NAMES[0]) for who, person in _named(b).items() if not _has(a, who, person)]
    note = "People, bodies and places that only one of the two names. The other may have had no room, or no interest."
    return Section(
        "left out", "What does the other leave out?", note, ("who or where", "named in", "not in"), tuple(rows)
    )


# What is counted.


def _counts(reading: Reading) -> Counter[str]:
    tokens = (token for sentence in reading.sentences for token in sentence.tokens)
    return Counter(token.lower for token in tokens if token.tag.startswith(CONTENT) and token.lower not in EMPTY)


def _speakers(reading: Reading) -> dict[str, str]:
    """Who speaks, by what makes a name the same: of "PM Ana Lima" and "Prime Minister Ana Lima" the last two words."""
    found = (mark.details.get("speaker", "") for mark in reading.layer("attribution"))
    names = [who for who in dict.fromkeys(found) if who and who != NOT_NAMED]
    return {" ".join(who.split()[-2:]) if who[:1].isupper() else who: who for who in reversed(names)}


def _shares(reading: Reading) -> dict[str, int]:
    """The share of the words in percent, by voice as it is shown, the largest first."""
    words = Counter(shown(word.voice) for word in words_by_voice(reading))
    return {who: round(100 * count / words.total()) for who, count in words.most_common()}


def _share(share: int | None) -> str:
    return "not there" if share is None else f"{share}%"


def _hedge_words(reading: Reading, booster: bool) -> Counter[str]:
    marks = (mark for mark in reading.layer("hedge") if (mark.label == "booster") is booster)
    return Counter(_lower(mark.span.of(reading.article.text)) for mark in marks)


def _marked(reading: Reading, label: str) -> Counter[str]:
    marks = (mark for mark in reading.layer("framing") if mark.label == label)
    return Counter(_lower(mark.span.of(reading.article.text)) for mark in marks)


def _owners(reading: Reading) -> dict[str, set[str]]:
    """Whose words the words of judgement are, by word."""
    found: dict[str, set[str]] = {}
    for mark in reading.layer("framing"):
        if mark.label in ("loaded", "label", "euphemism"):
            found.setdefault(_lower(mark.span.of(reading.article.text)), set()).add(voice_of(mark))
    return found


def _by_count(reading: Reading) -> dict[str, list[Figure]]:
    """The figures, by what they count."""
    found: dict[str, list[Figure]] = {}
    for figure in figures(reading):
        if figure.counts:
            found.setdefault(figure.counts.lower(), []).append(figure)
    return found


def _amounts(some: Iterable[Figure]) -> set[tuple[float | str, str]]:
    """What figures amount to, and how exactly: "£3bn" is "£3 billion"."""
    return {(one.text.lower() if one.value is None else one.value, one.approximation) for one in some}


def _row(some: Iterable[Figure]) -> str:
    """Figures as they are written, each once and in a row."""
    return ", ".join(dict.fromkeys(map(_exactly, some))) or "none"


def _named(reading: Reading) -> dict[str, bool]:
    """Who and what has a name, and whether it is a person. What only ever begins a sentence may not be a name."""
    starts = {sentence.start for sentence in reading.sentences}
    mentions = find_mentions(reading.article.text, reading.sentences)
    found = (m for m in mentions if m.entity.kind in (PERSON, BODY, PLACE, GROUP))
    named = (m.entity for m in found if m.start not in starts or " " in m.entity.name)
    return {entity.name: entity.kind == PERSON for entity in named if entity.name[:1].isupper()}


def _has(reading: Reading, name: str, person: bool) -> bool:
    """Whether a text has a name: of a person, the last name is enough ("Ms Lima")."""
    text = one_line(reading.article.text)
    return name in text or (person and re.search(rf"\b{re.escape(name.split()[-1])}\b", text) is not None)


# Words.


def _only(names: Sequence[str], one: Collection[str], two: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """The words that only one text has, if there are any, with its name."""
    for name, these, others in ((names[0], one, two), (names[1], two, one)):
        if only := [word for word in these if word not in others]:
            yield name, only


def _exactly(figure: Figure) -> str:
    vague, number = figure.approximation, figure.text.lower()
    return f"{vague} {number}" if vague and number not in vague else number


def _lower(words: str) -> str:
    """Words on one line; a capital at the beginning of a sentence is none of theirs, one of a name is."""
    line = one_line(words)
    return line.lower() if line[:1].isupper() and line[1:].islower() and " " not in line else line


def _quoted(words: Iterable[str]) -> str:
    return series(f"“{word}”" for word in words)
