"""Places in an article at which something can surely be asked, for `kit lesson`.

A place that is nearly sure is left out: one signal in a sentence, not two; a word that stands in it once; options that
no word of the sentence speaks for. What is asked there stands in lesson_questions.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kit.analysis.speakers.people import DOCUMENT, GROUP, PERSON
from kit.classroom.lesson_sentences import MOST_OTHERS, QUOTES, SURE, Sentences
from kit.lexicons.matcher import lexicon
from kit.readings.labels import find_label
from kit.readings.reading import PARTS, REPORTER, Annotation
from kit.readings.voices import PERHAPS
from kit.summaries.people import silent
from kit.wording import capital, one_line

SURE_HEDGE, SURE_VIEW = 0.85, 0.6  # confidence from which on a mark is asked about
LONGEST_CUE = 30  # characters
MOST_SILENT = 2
WHOLE = -1  # instead of a sentence's number: the question is about the article
ANYBODY = ("people", "others", "everybody", "team", "group")  # whom nobody could ask, or who has spoken by another name
NOT_TOLD = re.compile(
    r"(?:is|are|was|were|has been|have been)\s+\w+\Z|(?:reportedly|allegedly|supposedly)\Z", re.IGNORECASE
)
ENDS_IN_SIGNAL = re.compile(r",[^,]*\b(?:show|say|suggest|indicate|reveal|report)s?\W*$")  # however it is tagged
DIED = re.compile(r"\b(?:die[sd]?|dead|death|killed|murdered|buried|funeral)\b")  # whom nobody can ask
ASKED = ("neutral", "agreeing", "doubting")  # stances of signals that pass on what somebody told
DONE = re.compile(r"(?:was|were|has been|have been|had been)\s", re.IGNORECASE)  # what happened, not what may
OPEN = ("modal", "epistemic", "belief", "approximator")  # hedges of which one can say: this word
MOST_OF_IT = 0.75  # of a sentence that somebody tells
DOCUMENTED = ("experience", "media", "statement", "reason")  # bases that words in the sentence show

Choice = tuple[str, bool, Mapping[str, str]]  # an option of the template, whether it is right, what fills it


class Place(NamedTuple):
    """A question that can be asked: its template, the sentence's number, how sure, what fills it, its options."""

    template: str
    sentence: int
    sure: float
    values: Mapping[str, str]
    options: tuple[Choice, ...]


class Places(Sentences):
    """All places of one reading."""

    def __iter__(self) -> Iterator[Place]:
        for number in self.usable:
            told = self.told.get(number, [])
            if not told:
                yield from self._without_source(number)
            elif len(told) == 1:
                yield from self._with_source(number, told[0])
            yield from self._words(number, told)
        yield from self._silent()

    # ------------------------------------------------------------------------------- with a source

    def _with_source(self, number: int, mark: Annotation) -> Iterator[Place]:
        cue, details = one_line(mark.part("cue", self.text)), mark.details
        if mark.confidence >= SURE and not mark.parts.get("source") and NOT_TOLD.search(cue):
            yield self._untold(number, mark, cue)
        called = self.called(mark)
        whole = mark.voice == REPORTER and self.stands_in(mark, number)
        if not self.is_sure(mark) or not (called and whole and cue) or len(cue) > LONGEST_CUE or "…" in cue:
            return
        others = self.others(number, called)
        values = {
            "cue": cue,
            "Cue": capital(cue),
            "source": called if self.once(number, called) else one_line(mark.part("source", self.text)).strip(" ,"),
            "speaker": called,
            "Speaker": capital(called),
            "why": mark.reasons.get("cue", ""),
            "basis": one_line(mark.part("basis", self.text)),
        }

        def place(template: str, options: list[Choice], more: float = 0, **filled: str) -> Place:
            return Place(template, number, mark.confidence + more, {**values, **filled}, tuple(options))

        said = details.get("stance") in ASKED
        sentence = self.sentences[number]
        own = [
            span for name in PARTS for span in mark.parts.get(name, ()) if sentence.start <= span.start < sentence.end
        ]
        told = sum(min(span.end, sentence.end) - span.start for span in own)
        if said and told > MOST_OF_IT * (sentence.end - sentence.start):
            topic = self._topic(number, mark)
            some = ([("topic", False, {"Topic": topic})] if topic else []) + _elsewhere(others[:1])
            some = some or [("untold", False, {})]
            yield place("who-says", [("speaker", True, {}), *some, ("reporter", False, {})], 0.1 * bool(topic))
        if self.once(number, cue):
            source: list[Choice] = [("source", False, {})] if self.once(number, values["source"]) else []
            yield place("signal", [("cue", True, {}), *source])
        if kind := self._kind(mark):
            yield place("what-kind", [(one, one == kind, {}) for one in ("person", "unnamed", "document", "nothing")])
        if (quoted := self._quoted(number, mark)) and said:
            yield place("quoted", [(one, one == quoted, {}) for one in ("direct", "mixed", "indirect")])
        basis = details.get("basis", "")
        if basis in DOCUMENTED and values["basis"] and self.once(number, values["basis"]):
            yield place(
                "basis", [(one, one == basis, {}) for one in DOCUMENTED if one in (basis, *self._unlike(basis))]
            )
        for figure in self.figures:
            inside = any(piece.covers(figure.span) for piece in mark.parts["content"])
            if inside and said and not figure.doubt and others and self.once(number, one_line(figure.text)):
                shown = f"{one_line(figure.text)} {figure.counts}".strip()
                figure_words = shown if self.once(number, shown) else one_line(figure.text)
                options: list[Choice] = [("speaker", True, {}), ("reporter", False, {}), *_elsewhere(others)]
                yield place("whose-figure", options, figure=figure_words)
                break

    def _topic(self, number: int, mark: Annotation) -> str:
        """Somebody who is spoken of in what is said, and isn't the one who says it."""
        speaker = set(re.findall(r"\w+", f"{mark.details.get('speaker', '')} {self.called(mark)}".lower()))
        for mention in self.mentions:
            words = one_line(self.text[mention.start : mention.end])
            inside = any(piece.start <= mention.start and mention.end <= piece.end for piece in mark.parts["content"])
            named = mention.entity.kind != DOCUMENT and mention.entity.name and words[:1].isupper()
            alike = speaker & set(re.findall(r"\w+", f"{mention.entity.name} {words}".lower()))
            if mention.sentence == number and inside and named and not alike and len(words) > 3:
                return words
        return ""

    def _kind(self, mark: Annotation) -> str:
        """What kind of source this surely is; "" where one can differ."""
        kind, basis = mark.details.get("speaker_kind"), mark.details.get("basis")
        if kind == PERSON and " " in mark.details.get("speaker", "") and mark.details["speaker"] in self.called(mark):
            return "person"
        if kind == DOCUMENT:
            return "document" if " " in self.called(mark) else ""  # "studies" alone can't be looked up
        return "unnamed" if basis in ("unnamed", "reason") and kind == "group" else ""

    def _quoted(self, number: int, mark: Annotation) -> str:
        quotes = len(QUOTES.findall(self.passage(number)))
        return mark.label if quotes == {"direct": 2, "mixed": 2, "indirect": 0}.get(mark.label, -1) else ""

    def _unlike(self, basis: str) -> tuple[str, ...]:
        """Bases that are surely others: what is said in public and what is said to other media can be one."""
        return {"media": ("experience", "reason"), "statement": ("experience", "reason")}.get(basis, DOCUMENTED)

    def _untold(self, number: int, mark: Annotation, cue: str) -> Place:
        options: list[Choice] = [("untold", True, {}), ("everybody", False, {}), *_elsewhere(self.others(number))]
        values = {"cue": cue, "why": mark.reasons.get("cue", mark.why)}
        return Place("not-told", number, mark.confidence, values, tuple(options))

    # ------------------------------------------------------------------------------- without a source

    def _without_source(self, number: int) -> Iterator[Place]:
        if ENDS_IN_SIGNAL.search(self.passage(number)):
            return
        passed_on = any(mark.label in ("hearsay", "weasel") for mark in self.marked.get((number, "hedge"), ()))
        if passed_on or not self.is_reporters(number) or any(lexicon("cues").find(self.sentences[number].tokens)):
            return
        others = _elsewhere(self.others(number)) or [("expert", False, {})]
        options: list[Choice] = [("reporter", True, {}), *others, ("unnamed", False, {})]
        yield Place("no-source", number, SURE, {}, tuple(options))

    # ------------------------------------------------------------------------------- words

    def _words(self, number: int, told: list[Annotation]) -> Iterator[Place]:
        hedges, framed = (self.marked.get((number, layer), []) for layer in ("hedge", "framing"))
        open_words = [mark for mark in hedges if mark.label in OPEN and self._is_open(number, mark)]
        for mark in open_words:
            if mark.confidence >= SURE_HEDGE and self.once(number, self._said(mark)):
                if len(hedges) == 1:
                    yield self._word("how-sure", number, mark, [("hedge", True, {})])
                yield from self._owner("whose-doubt", number, mark, told)
        views = [mark for mark in framed if (label := find_label(mark.label)) and label.view]
        for mark in views:
            if mark.confidence >= SURE_VIEW and mark.label != "metonymy" and self.once(number, self._said(mark)):
                if len(views) == 1:
                    yield self._word("view-word", number, mark, [("word", True, {})])
                yield from self._owner("whose-word", number, mark, told)
        left_out = [mark for mark in framed if mark.label == "agentless"]
        for mark in left_out:
            cues = [cue for one in told for cue in one.parts.get("cue", ())]
            if self.once(number, self._said(mark)) and not any(cue.overlaps(mark.span) for cue in cues):
                yield from self._doer(number, mark, told)

    def _is_open(self, number: int, mark: Annotation) -> bool:
        """Whether a hedge surely leaves something open: of "about" and the like, those before a number."""
        after = next((token for token in self.sentences[number].tokens if token.start >= mark.span.end), None)
        return mark.label != "approximator" or bool(after and (after.tag == "CD" or after.text[:1].isdigit()))

    def _said(self, mark: Annotation) -> str:
        return one_line(mark.span.of(self.text))

    def _word(self, template: str, number: int, mark: Annotation, options: list[Choice]) -> Place:
        values = {"word": self._said(mark), "why": mark.why}
        return Place(template, number, mark.confidence, values, tuple(options))

    def _owner(self, template: str, number: int, mark: Annotation, told: list[Annotation]) -> Iterator[Place]:
        """Whose word it is: the one speaker's of the sentence, or the reporter's where nobody speaks in it."""
        some = _elsewhere(self.others(number, mark.voice))
        if not told and mark.voice == REPORTER and self.is_reporters(number):
            yield self._word(template, number, mark, [("reporter", True, {}), *some, ("unnamed", False, {})])
        elif len(told) == 1 and self.is_sure(told[0]) and mark.voice == told[0].details.get("speaker"):
            called, cue = self.called(told[0]), one_line(told[0].part("cue", self.text))
            if called and self.once(number, cue) and not mark.details.get(PERHAPS):
                filled = {"speaker": called, "Speaker": capital(called), "cue": cue}
                certain: list[Choice] = [("certain", False, {})] if template == "whose-doubt" else []
                options: list[Choice] = [
                    ("speaker", True, filled),
                    ("reporter-wrong", False, filled),
                    *(some or certain),
                ]
                yield self._word(template, number, mark, options)

    def _doer(self, number: int, mark: Annotation, told: list[Annotation]) -> Iterator[Place]:
        some: list[Choice] = []
        if len(told) == 1 and self.is_sure(told[0]) and (called := self.called(told[0])):
            some.append(("source", False, {"Speaker": capital(called)}))
        elif told:
            return
        some += _elsewhere(self.others(number)[:1])
        if DONE.match(mark.span.of(self.text)):
            yield self._word("who-did-it", number, mark, [("untold", True, {}), *some, ("reporter", False, {})])

    # ------------------------------------------------------------------------------- the whole article

    def _silent(self) -> Iterator[Place]:
        sources = [mark.part("source", self.text) for mark in self.reading.layer("attribution")]
        speaking = set(re.findall(r"\w+", " ".join([*self.speakers, *sources]).lower())) - {"the", "a", "an", "of"}
        acting = {one.entity.name for one in self.mentions if one.entity.kind in (PERSON, GROUP) or one.role != "other"}
        heard = {one.details.get("speaker", "").lower() for one in self.reading.layer("attribution")}
        of_death = {number for number in range(len(self.sentences)) if DIED.search(self.passage(number))}
        dead = {one.entity.name for one in self.mentions if one.sentence in of_death}
        never = [
            (name, times)
            for name, times in silent(self.reading)
            if name not in ANYBODY
            and name in acting
            and not speaking & set(name.lower().split())
            and name.lower() not in heard
            and name not in dead
        ][:MOST_SILENT]
        if never and len(self.speakers) > 1:
            options: list[Choice] = [
                (
                    "silent",
                    True,
                    {"Other": capital(self.with_the(name)), "times": "twice" if times == 2 else f"{times} times"},
                )
                for name, times in never
            ]
            heard_of = list(self.speakers.values())[: 2 + MOST_OTHERS - len(never)]
            options += [("speaker", False, {"Other": capital(called), "cue": cue}) for called, cue in heard_of]
            yield Place("silent", WHOLE, SURE, {}, tuple(options))


def _elsewhere(others: list[str]) -> list[Choice]:
    return [("other", False, {"Other": capital(other)}) for other in others]
