"""A reading in numbers and lists: who speaks, how sure they are, in whose words. Counts, never a score."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from kit.errors import KitError
from kit.readings.reading import REPORTER, Annotation, Reading, need_reading
from kit.readings.voices import NOT_NAMED, Voices
from kit.render.cards import LABELS
from kit.render.html import scrolling, static, whole_page
from kit.render.text_tables import table_text
from kit.summaries.figures import Figure, figures
from kit.summaries.silent import silent
from kit.text.spans import Span
from kit.text.tokens import Sentence
from kit.wording import one_line

NOTHING = "Nothing found."
FIRMNESS = {
    "said flat out": ("booster",),
    "not exact": ("approximator", "weasel"),
    "hedged": ("modal", "epistemic", "belief"),
    "passed on": ("hearsay",),
    "open": ("inquiry", "conditional"),
}
SPEAKER_KINDS = {"place": "place, for a government", "unknown": "", "": ""}
STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #888; padding: 0.3rem 0.6rem 0.3rem 0; text-align: start; vertical-align: top; }
h1 { overflow-wrap: anywhere; } .title { margin: 2rem 0 0.2rem; font-size: 1.3rem; font-weight: bold; }
p { margin: 0 0 0.6rem; break-after: avoid; } tr { break-inside: avoid; }
"""
IN_NOTEBOOK = ".btl .title { font-weight: bold; } .btl .title ~ .title { margin-top: 1.5em; }"


@dataclass(frozen=True)
class Section:
    """One part of a report: a title, a sentence that says how to read it, and a table."""

    name: str
    title: str
    note: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]

    def records(self) -> list[dict[str, str | int]]:
        """The rows as dictionaries, which ``pandas.DataFrame(...)`` takes."""
        return [dict(zip(self.header, row, strict=True)) for row in self.rows]

    def __str__(self) -> str:
        body = table_text(self.header, self.rows) if self.rows else NOTHING
        return f"{self.title}\n{self.note}\n\n{body}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return _in_notebook([self])


@dataclass(frozen=True)
class Report:
    """The sections of a report. ``print`` it for text; a notebook shows it as a page; `to_html` is for printing."""

    title: str
    sections: tuple[Section, ...]

    def __getitem__(self, name: str) -> Section:
        """A section by its name: voices, silent, hedges, figures, claims, words. Raises `KitError` for any other."""
        sections = {section.name: section for section in self.sections}
        if name not in sections:
            raise KitError(f"A report has no section {name!r}. It has: {', '.join(sections)}.")
        return sections[name]

    def __str__(self) -> str:
        return "\n\n\n".join([self.title, *map(str, self.sections)])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return _in_notebook(self.sections)

    def to_html(self) -> str:
        """A whole page that needs no other file and prints well."""
        body = f"<h1>{escape(self.title)}</h1>\n{''.join(map(_section_html, self.sections))}"
        return whole_page(self.title, body, style=STYLE)


def report(reading: Reading) -> Report:
    """What a reading adds up to, in six tables: who speaks, who never does, hedges by owner, figures, claims, words.

    Figures and counts describe; none of them says that an article is good or bad.

    >>> from kit.analysis.annotate import annotate
    >>> made = report(annotate("Some 40 boats may sail, the harbour office said."))
    >>> made["voices"].records()[0]["who"]
    'harbour office'
    """
    need_reading(reading, "report")
    return Report(reading.article.title, tuple(made(reading) for made in SECTIONS.values()))


def make_section(reading: Reading, name: str) -> Section:
    """One section of `report(reading)`, without the work for the others."""
    return SECTIONS[name](reading)


def shown(voice: str) -> str:
    """A voice as tables and sentences name it."""
    return "the reporter" if voice == REPORTER else "somebody unnamed" if voice == NOT_NAMED else voice


def _by(marks: Iterable[Annotation]) -> list[tuple[str, list[Annotation]]]:
    """Marks by voice, the voice with most of them first."""
    groups: dict[str, list[Annotation]] = defaultdict(list)
    for mark in marks:
        groups[mark.voice].append(mark)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _listed(words: Iterable[str]) -> str:
    """Words, each once, with how often if more than once."""
    counted = Counter(map(one_line, words))
    return ", ".join(word if count == 1 else f"{word} ({count})" for word, count in counted.items())


class WordOf(NamedTuple):
    """A word, the number of its paragraph, whose it is, and whether it is quoted."""

    span: Span
    paragraph: int
    voice: str
    quoted: bool


def words_by_voice(reading: Reading) -> list[WordOf]:
    """All words of the headline and the body; each belongs to the innermost speaker around it.

    >>> from kit.analysis.annotate import annotate
    >>> words_by_voice(annotate("Rain is near, Ada Brandt said."))[0]
    WordOf(span=Span(start=0, end=4), paragraph=0, voice='Ada Brandt', quoted=False)
    """
    said = reading.layer("attribution")
    voices = Voices(said)
    quoted = Voices([mark for mark in said if mark.label == "direct"])
    return [
        WordOf(span, one.paragraph, voices.at(span), bool(quoted.around(span)))
        for one in reading.sentences
        for span in _words_of(one)
    ]


def _voices(reading: Reading) -> Section:
    kinds = {REPORTER: "", NOT_NAMED: "unknown"}
    times: Counter[str] = Counter()
    for mark in reading.layer("attribution"):
        speaker = mark.details.get("speaker") or NOT_NAMED
        kinds.setdefault(speaker, mark.details.get("speaker_kind", ""))
        times[speaker] += 1
    all_words = words_by_voice(reading)
    words = Counter(word.voice for word in all_words)
    quoted = Counter(word.voice for word in all_words if word.quoted)
    total = sum(words.values()) or 1
    order = sorted({*words, *times}, key=lambda voice: (-words[voice], voice))
    rows = tuple(
        (shown(v), _kind(kinds.get(v, "")), times[v] or "", words[v], f"{100 * words[v] / total:.0f}%", quoted[v])
        for v in order
    )
    note = "How often each speaks, how many of the article's words are theirs, and how many of those are quoted."
    return Section("voices", "Who speaks?", note, ("who", "kind", "times", "words", "share", "quoted"), rows)


def _words_of(sentence: Sentence) -> list[Span]:
    return [Span(token.start, token.end) for token in sentence.tokens if token.text[0].isalnum()]


def _kind(name: str) -> str:
    return SPEAKER_KINDS.get(name, name.replace("_", " "))


def _silent(reading: Reading) -> Section:
    note = "Named at least twice, and never heard. That need not be a fault: ask what they might have said."
    found = silent(reading)
    return Section("silent", "Who is never heard?", note, ("who", "named"), tuple(found))


def _hedges(reading: Reading) -> Section:
    text = reading.article.text
    rows: list[tuple[str | int, ...]] = []
    for voice, marks in _by(reading.layer("hedge")):
        less, more = ([m.span.of(text) for m in marks if (m.label == "booster") is up] for up in (False, True))
        rows.append((shown(voice), len(less), _listed(less), _listed(more)))
    rows.sort(key=lambda row: -int(row[1]))
    note = "Whose doubt is it? A hedge can be care, and it can be evasion: only the sentence tells."
    header = ("whose", "hedges", "words that hedge", "words that make it surer")
    return Section("hedges", "How sure are they?", note, header, tuple(rows))


def _figures(reading: Reading) -> Section:
    rows = tuple((figure.text, figure.counts, _exactness(figure), _source(figure.voice)) for figure in figures(reading))
    note = "In whose words does each number stand? Ask how they know it, and of what day it is."
    return Section("figures", "Whose figures?", note, ("figure", "of what", "how exact", "source"), rows)


def _exactness(figure: Figure) -> str:
    """The words that leave a figure inexact; some of these are the figure itself ("billions of", "dozens")."""
    return "only a size" if figure.text.lower() in figure.approximation else figure.approximation or "as it stands"


def _source(voice: str) -> str:
    return "the reporter, no source given" if voice == REPORTER else shown(voice)


def _claims(reading: Reading) -> Section:
    """Each sentence once, as firm as its least firm word."""
    voices = Voices(reading.layer("attribution"))
    rank = {label: place for place, labels in enumerate(FIRMNESS.values()) for label in labels}
    names = tuple(FIRMNESS)
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    hedges = [mark for mark in reading.layer("hedge") if mark.label in rank]
    starts = [mark.span.start for mark in hedges]
    for sentence in reading.sentences:
        inside = hedges[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        words = Counter(voices.at(span) for span in _words_of(sentence))
        owner = max(words, key=lambda voice: (words[voice], voice != REPORTER), default=REPORTER)
        groups[owner][names[max((rank[mark.label] for mark in inside), default=0)]] += 1
    order = sorted(groups.items(), key=lambda group: (-group[1].total(), group[0]))
    rows: list[tuple[str | int, ...]] = [(shown(voice), *(counts[name] for name in names)) for voice, counts in order]
    note = (
        "Each sentence counts once: as flat out if no word in it hedges, else by the word that leaves most open. "
        "It counts for whoever has most of its words."
    )
    return Section("claims", "How firm are the claims?", note, ("whose", *names), tuple(rows))


def _words(reading: Reading) -> Section:
    text = reading.article.text
    rows = tuple(
        (shown(voice), LABELS.get(label, label), _listed(mark.span.of(text) for mark in marks if mark.label == label))
        for voice, marks in _by(reading.layer("framing"))
        for label in dict.fromkeys(mark.label for mark in marks)
    )
    note = "The same word is one thing in a quotation and another in the reporter's own sentence."
    return Section("words", "In whose words?", note, ("whose", "what it is", "words"), rows)


SECTIONS: dict[str, Callable[[Reading], Section]] = {
    "voices": _voices,
    "silent": _silent,
    "hedges": _hedges,
    "figures": _figures,
    "claims": _claims,
    "words": _words,
}


def _in_notebook(sections: Iterable[Section]) -> str:
    return static("".join(map(_section_html, sections)), more=IN_NOTEBOOK)


def _section_html(section: Section) -> str:
    """The title is no <h2>: the outline of a notebook lists those."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in section.header)
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in section.rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if body else f"<p>{NOTHING}</p>"
    return (
        f'<div class="title" role="heading" aria-level="2">{escape(section.title)}</div>\n'
        f"<p>{escape(section.note)}</p>\n"
        f"{scrolling(table, section.title)}\n"
    )
