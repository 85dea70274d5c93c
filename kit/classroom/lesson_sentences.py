"""The sentences of a reading, for `kit lesson`: which can stand alone, who speaks in each, and how one names them."""

from __future__ import annotations

import re

from kit.analysis.speakers.mentions import find_mentions
from kit.analysis.speakers.people import PERSON, UNKNOWN, people_lexicon
from kit.classroom.lesson_article import is_anybodys, is_interview
from kit.course.questions import Option, Question
from kit.readings.reading import Annotation, Reading
from kit.summaries.figures import figures
from kit.wording import one_line

SURE = 0.8  # confidence from which on an attribution is asked about
SURE_UNKNOWN = 0.85  # of a source that the kit can't place
FEWEST_WORDS, MOST_WORDS = 6, 45  # of a sentence
LONGEST_NAME = 60  # characters
MOST_OTHERS = 2
QUOTES = re.compile('["“”«»]')
BULLET = re.compile(r"^(?:[-–•*▪·]|\d{1,2}[.)])\s+(?=\S)")
ITSELF = re.compile(r"\s(?:it|him|her|them)sel(?:f|ves)$")
RELATIVE = re.compile(r",?\s+(?:who|which|that)\s.*|,\s+\w+(?:ed|ing)\s.*", re.DOTALL)  # "the study, published in ..."
POSSESSIVES = ("his", "her", "their", "its", "my", "our")
POINTING = ("it", "this", "that", "these", "those")
NOBODY = ("who", "i", "we", "you", "it", "they")


class Sentences:
    """A reading, sentence by sentence. ``told``: the attributions in each; ``marked``: its marks, by layer.

    ``usable``: the numbers of those that can stand alone. ``speakers``: who surely speaks, by name: how a sentence
    names them, and a signal of theirs.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading, self.text, self.sentences = reading, reading.article.text, reading.sentences
        self.told: dict[int, list[Annotation]] = {}  # attributions by sentence
        self.marked: dict[tuple[int, str], list[Annotation]] = {}  # other marks by sentence and layer
        for mark in reading.annotations:
            for number in self.touched(mark):
                if mark.layer == "attribution":
                    self.told.setdefault(number, []).append(mark)
                self.marked.setdefault((number, mark.layer), []).append(mark)
        self.figures = figures(reading)
        self.mentions = find_mentions(self.text, self.sentences)
        self.is_interview = is_interview(reading.article)
        first = {self.passage(number): number for number in reversed(range(len(self.sentences)))}  # said twice: once
        self.usable = [number for number in sorted(first.values()) if self._usable(number)]
        self.speakers: dict[str, tuple[str, str]] = {}  # by name: how they are called, and a signal of theirs
        for mark in reading.layer("attribution"):
            speaker = mark.details.get("speaker", "")
            if self.is_sure(mark) and speaker and (called := self.called(mark)):
                self.speakers.setdefault(speaker, (called, one_line(mark.part("cue", self.text))))

    def passage(self, number: int) -> str:
        """A sentence on one line, without the dot or the number that a list puts before it."""
        sentence = self.sentences[number]
        return BULLET.sub("", one_line(self.text[sentence.start : sentence.end]))

    def touched(self, mark: Annotation) -> set[int]:
        """The numbers of the sentences in which something of a mark stands."""
        spans = [mark.span, *(span for spans in mark.parts.values() for span in spans)]
        return {
            number
            for number, sentence in enumerate(self.sentences)
            if any(span.start < sentence.end and sentence.start < span.end for span in spans)
        }

    def _usable(self, number: int) -> bool:
        """Whether a sentence of the body can stand alone: whole, neither short nor long, each quotation closed."""
        passage = self.passage(number)
        return (
            self.reading.article.parts[self.sentences[number].paragraph].kind == "body"
            and FEWEST_WORDS <= len(passage.split()) <= MOST_WORDS
            and passage.rstrip('"”’)')[-1:] in (".", "!", "?", ",")
            and not passage[:1].islower()
            and len(QUOTES.findall(passage)) % 2 == 0
        )

    def is_reporters(self, number: int) -> bool:
        """Whether a sentence in which nobody speaks is surely the reporter's own."""
        points_back = self.passage(number).split()[0].lower() in POINTING  # "It is that the bus does not come."
        return self.is_claim(number) and not self.is_interview and not points_back

    def is_claim(self, number: int) -> bool:
        """Whether a sentence states something, in no quotation marks and nobody's “I” or “you”."""
        passage, part = self.passage(number), self.reading.article.parts[self.sentences[number].paragraph]
        return not (QUOTES.search(passage) or is_anybodys(passage, self.text[part.start : part.end]))

    def called(self, mark: Annotation) -> str:
        """The source as a sentence names it; "" for a pronoun, or one that is too long to name."""
        called = ITSELF.sub("", RELATIVE.sub("", one_line(mark.part("source", self.text))).strip(" ,;:"))
        name, first = mark.details.get("speaker", ""), called.split(" ")[0].lower()
        if called.lower() in people_lexicon().pronouns or first in NOBODY:
            return ""
        if mark.details.get("speaker_kind") == PERSON and " " in name:
            whole = called not in name.split() and "," not in called and first not in POSSESSIVES
            called = called if whole and len(called) <= LONGEST_NAME else name
        elif first in POSSESSIVES:
            return ""
        elif name[:1].islower():  # the word of a group or a paper, at the beginning of a sentence
            called = called[:1].lower() + called[1:]
        return called if len(called) <= LONGEST_NAME and len(called) > 1 else ""

    def with_the(self, name: str) -> str:
        """A name as sentences have it: "the island council", "the University of Orlen", "Ada Brandt"."""
        the = len(re.findall(rf"\b[Tt]he {re.escape(name)}\b", self.text))
        return f"the {name}" if name[:1].islower() or 2 * the > self.text.count(name) else name

    def others(self, number: int, but: str = "") -> list[str]:
        """Who speaks elsewhere, and of whom no word stands in this sentence."""
        here = set(re.findall(r"\w+", f"{self.passage(number)} {but}".lower())) - {"the", "a", "an", "of", "for", "to"}
        found = [
            called
            for name, (called, _) in self.speakers.items()
            if not here & set(re.findall(r"\w+", f"{name} {called}".lower()))
        ]
        first = number % len(found) if found else 0  # not the same two all through the lesson
        return (found[first:] + found[:first])[:MOST_OTHERS]

    def is_sure(self, mark: Annotation) -> bool:
        """Whether an attribution is sure enough to ask about."""
        unknown = mark.details.get("speaker_kind") == UNKNOWN
        return mark.confidence >= (SURE_UNKNOWN if unknown else SURE)

    def once(self, number: int, words: str) -> bool:
        """Whether words stand in a sentence once, and can be picked there: "said" can't in "rain–said the mayor"."""
        passage = self.passage(number)
        found = re.findall(rf"(?<!\w){re.escape(words)}(?!\w)", passage, re.IGNORECASE)
        asked = Question("a/lesson", "span", "", "", passage=passage)
        return len(found) == 1 and bool(asked.place(Option("a", words)))

    def stands_in(self, mark: Annotation, number: int) -> bool:
        """Whether all of an attribution stands in a sentence; a quotation may go on after it."""
        sentence = self.sentences[number]
        own = [span for name in ("source", "cue") for span in mark.parts.get(name, ())]
        here = bool(own) and all(sentence.start <= span.start < sentence.end for span in own)
        content = mark.parts.get("content", ())
        goes_on = mark.label == "direct" and any(sentence.start <= span.start < sentence.end for span in content)
        return here and bool(content) and (goes_on or self.touched(mark) == {number})
