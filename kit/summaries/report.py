"""A reading in numbers and lists: who speaks, how sure they are, in whose words. Counts, never a score."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from kit.readings.labels import ATTRIBUTION, BASES, FIRMNESS, FRAMING, HEDGE, Layer, layers, meaning
from kit.readings.reading import REPORTER, Annotation, Reading, need_reading
from kit.readings.voices import (
    NOT_NAMED,
    PERHAPS,
    WHAT_PERHAPS_MEANS,
    Voice,
    Voices,
    explained,
    shown,
    voice_of,
    word_spans,
    words_by_voice,
)
from kit.render.sections import Report, Section
from kit.summaries.figures import Figure, figures
from kit.summaries.people import silent
from kit.wording import one_line

SPEAKER_KINDS = {"place": "place, for a government", "unknown": "", "": ""}


def report(reading: Reading) -> Report:
    """What a reading adds up to, in tables: who speaks, how they can know it, who never does, hedges, figures, words.

    Figures and counts describe; none of them says that an article is good or bad.

    >>> from kit.analysis.annotate import annotate
    >>> made = report(annotate("Some 40 boats may sail, the harbour office said."))
    >>> made["voices"].records()[0]["who"]
    'harbour office'
    """
    need_reading(reading, "report")
    own = tuple(make(reading) for make in SECTIONS.values())
    added = tuple(_added(reading, layer) for layer in layers() if layer not in (ATTRIBUTION, HEDGE, FRAMING))
    return Report(reading.article.title, own + added, reading.notes)


def make_section(reading: Reading, name: str) -> Section:
    """One section of `report(reading)`, without the work for the others."""
    return SECTIONS[name](reading)


def _by(marks: Iterable[Annotation]) -> list[tuple[str, list[Annotation]]]:
    """Marks by voice as it is shown, the voice with most of them first."""
    groups: dict[str, list[Annotation]] = defaultdict(list)
    for mark in marks:
        groups[voice_of(mark)].append(mark)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _listed(words: Iterable[str]) -> str:
    """Words, each once, with how often if more than once."""
    counted = Counter(map(one_line, words))
    return ", ".join(word if count == 1 else f"{word} ({count})" for word, count in counted.items())


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
    guessed = Counter(word.voice for word in all_words if word.doubt)
    total = sum(words.values()) or 1
    order = sorted({*words, *times}, key=lambda voice: (-words[voice], voice))
    rows = tuple(
        (
            shown(voice),
            _kind(kinds.get(voice, "")),
            times[voice] or "",
            words[voice],
            f"{100 * words[voice] / total:.0f}%",
            quoted[voice],
            guessed[voice],
        )
        for voice in order
    )
    note = (
        "How often each speaks, how many words are theirs, how many of these are quoted, and how many perhaps theirs."
    )
    if guessed:
        note = f"{note} {WHAT_PERHAPS_MEANS}"
    return Section("voices", "Who speaks?", note, ("who", "kind", "times", "words", "share", "quoted", PERHAPS), rows)


def _section(
    name: str, title: str, note: str, header: tuple[str, ...], rows: Sequence[tuple[str | int, ...]]
) -> Section:
    return Section(name, title, explained(note, rows), header, tuple(rows))


def _kind(name: str) -> str:
    return SPEAKER_KINDS.get(name, name.replace("_", " "))


def _basis(reading: Reading) -> Section:
    """Only for a reading that tells it: a person's has no such marks."""
    said = reading.layer("attribution")
    rows = tuple(
        (
            basis.called,
            basis.means,
            len(marks),
            _listed(shown(mark.details.get("speaker") or NOT_NAMED) for mark in marks),
        )
        for basis in BASES
        if (marks := [mark for mark in said if mark.details.get("basis") == basis.name])
    )
    note = "On what each source stands, where the text shows it. “Nothing said” need not be a fault: ask or look it up."
    return Section("basis", "How can they know?", note, ("basis", "what it is", "times", "who"), rows)


def _silent(reading: Reading) -> Section:
    note = "Named at least twice, and never heard. That need not be a fault: ask what they might have said."
    found = silent(reading)
    return Section("silent", "Who is never heard?", note, ("who", "named"), tuple(found))


def _hedges(reading: Reading) -> Section:
    text = reading.article.text
    rows: list[tuple[str | int, ...]] = []
    for voice, marks in _by(reading.layer("hedge")):
        less, more = ([m.span.of(text) for m in marks if (m.label == "booster") is up] for up in (False, True))
        rows.append((voice, len(less), _listed(less), _listed(more)))
    rows.sort(key=lambda row: -int(row[1]))
    note = "Whose doubt is it? A hedge can be care, and it can be evasion: only the sentence tells."
    header = ("whose", "hedges", "words that hedge", "words that make it surer")
    return _section("hedges", "How sure are they?", note, header, rows)


def _figures(reading: Reading) -> Section:
    rows = [(figure.text, figure.counts, _exactness(figure), _source(figure)) for figure in figures(reading)]
    note = "In whose words does each number stand? Ask how they know it, and of what day it is."
    return _section("figures", "Whose figures?", note, ("figure", "of what", "how exact", "source"), rows)


def _exactness(figure: Figure) -> str:
    """The words that leave a figure inexact; some of these are the figure itself ("billions of", "dozens")."""
    return "only a size" if figure.text.lower() in figure.approximation else figure.approximation or "as it stands"


def _source(figure: Figure) -> str:
    return "the reporter, no source given" if figure.voice == REPORTER else shown(figure.voice, figure.doubt)


def _claims(reading: Reading) -> Section:
    """Each sentence once, as firm as its least firm word."""
    voices = Voices(reading.layer("attribution"))
    rank = {label.name: FIRMNESS.index(label.firmness) for label in HEDGE.labels}
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    hedges = [mark for mark in reading.layer("hedge") if mark.label in rank]
    starts = [mark.span.start for mark in hedges]
    for sentence in reading.sentences:
        inside = hedges[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        words = Counter(voices.of(span) for span in word_spans(sentence))
        owner = max(words, key=lambda voice: (words[voice], voice.name != REPORTER), default=Voice(REPORTER))
        groups[shown(*owner)][FIRMNESS[max((rank[mark.label] for mark in inside), default=0)]] += 1
    order = sorted(groups.items(), key=lambda group: (-group[1].total(), group[0]))
    rows: list[tuple[str | int, ...]] = [(voice, *(counts[name] for name in FIRMNESS)) for voice, counts in order]
    note = (
        "Each sentence counts once: as flat out if no word in it hedges, else by the word that leaves most open. "
        "It counts for whoever has most of its words."
    )
    return _section("claims", "How firm are the claims?", note, ("whose", *FIRMNESS), rows)


def _words(reading: Reading) -> Section:
    note = "The same word is one thing in a quotation and another in the reporter's own sentence."
    return _marked(reading, FRAMING, "words", note)


def _added(reading: Reading, layer: Layer) -> Section:
    """A layer that was added to the kit's own."""
    return _marked(reading, layer, layer.name, "What is marked, and in whose words it stands.")


def _marked(reading: Reading, layer: Layer, name: str, note: str) -> Section:
    """The words of a layer, by whose they are and by label."""
    text = reading.article.text
    rows = [
        (voice, meaning(label), _listed(mark.span.of(text) for mark in marks if mark.label == label))
        for voice, marks in _by(reading.layer(layer.name))
        for label in dict.fromkeys(mark.label for mark in marks)
    ]
    return _section(name, layer.question, note, ("whose", "what it is", "words"), rows)


SECTIONS: dict[str, Callable[[Reading], Section]] = {
    "voices": _voices,
    "basis": _basis,
    "silent": _silent,
    "hedges": _hedges,
    "figures": _figures,
    "claims": _claims,
    "words": _words,
}
