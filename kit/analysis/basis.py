"""Basis: how can they know? On what the source of an attribution stands, where the text shows it.

It is the question that news literacy teachers ask of every source. The words that tell stand near the source or its
signal ("in a statement", "who saw it", "told the Herald", "not authorised to speak"): lexicons/basis.toml finds them.
Where there are none, who the source is may tell: an office held, or somebody who isn't named.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kit.analysis.speakers.people import BODY, DOCUMENT, GROUP, OFFICIAL, PERSON, UNKNOWN, people_lexicon
from kit.lexicons.matcher import Match, lexicon
from kit.readings.labels import BASES
from kit.readings.reading import Annotation
from kit.resources import read_toml
from kit.text.article import Article
from kit.text.spans import Span
from kit.text.tokens import Sentence

EXPERIENCE, REASON, MEDIA, STATEMENT, UNNAMED, OFFICE, NOTHING = (basis.name for basis in BASES)
FURTHEST = 150  # characters between a source or its signal and the words that tell
ASKS = 10  # characters before the words that tell: "asked not to be named"
MOST_PLACES = 12  # of a name that are looked at for an office
WORD = re.compile(r"[^\W\d_][\w'’.-]*")
DEFINITE = frozenset(["the", "its", "his", "her", "their", "our", "my", "this"])
IN_TITLES = frozenset(["of", "for", "and", "the"])
BEFORE_NAME = re.compile(r"[^.,;:!?\"“”()\n]*\Z")
LONGER_NAME = re.compile(r"(?: [A-Z][a-z]+){1,5}")  # "Jackson State College"
AFTER_NAME = re.compile(r"\s*,\s*(?:\d{1,3},\s*)?(?P<words>[^,.;:!?\"“”()\n]{3,90})(?=[,.;:)\n])")
TELLS = re.compile(r"\b(?:said|says|told|tells|added|who)\b")
OWN = ("source", "cue")


def give_basis(article: Article, sentences: Sequence[Sentence], attributions: Sequence[Annotation]) -> list[Annotation]:
    """The attributions, in their order, with ``details["basis"]``, one of `BASES`, and its words as the part ``basis``.

    Speakers must be known (`name_speakers`). The words of an office may stand elsewhere in the article. Never raises.

    >>> from kit.analysis.annotate import attributions
    >>> text = "The pier is safe, the company said in a statement."
    >>> [(a.details["basis"], a.part("basis", text)) for a in attributions(text)]
    [('statement', 'in a statement')]
    """
    return list(_Bases(article, sentences, attributions))


class _Bases:
    """Looks up the bases of one article's attributions."""

    def __init__(self, article: Article, sentences: Sequence[Sentence], attributions: Sequence[Annotation]) -> None:
        self.text, self.sentences, self.attributions = article.text, sentences, attributions
        self.starts = [sentence.start for sentence in sentences]
        self.matches: dict[int, list[tuple[Match, Span]]] = {}
        self.in_sentence: dict[int, list[Annotation]] = defaultdict(list)
        for attribution in attributions:
            self.in_sentence[self._sentence(_place(attribution))].append(attribution)
        self.by_speaker: dict[str, tuple[str, tuple[Span, ...]]] = {}
        self.places: dict[str, list[int]] = defaultdict(list)  # of each capitalised word in the article
        for found in WORD.finditer(self.text):
            if found[0][0].isupper():
                self.places[found[0].removesuffix("’s").removesuffix("'s").rstrip(".")].append(found.start())

    def __iter__(self) -> Iterator[Annotation]:
        for attribution in self.attributions:
            basis, words = self._of(attribution)
            parts = {**attribution.parts, "basis": words} if words else attribution.parts
            yield replace(attribution, parts=parts, details={**attribution.details, "basis": basis})

    def _of(self, attribution: Annotation) -> tuple[str, tuple[Span, ...]]:
        told = {
            match.entry.label: span for match, span in reversed([*self._quoted(attribution), *self._near(attribution)])
        }
        kind, source = attribution.details.get("speaker_kind", UNKNOWN), attribution.parts.get("source", ())
        words = {word.lower() for span in source for word in WORD.findall(span.of(self.text))}
        if kind == DOCUMENT and source:
            told.setdefault(STATEMENT, source[0])
        elif kind != PERSON and words & _words("media") and source:
            told.setdefault(MEDIA, source[0])
        for basis in (EXPERIENCE, REASON, MEDIA, STATEMENT, UNNAMED):
            if basis in told:
                return basis, (told[basis],)
        return self._by_who(attribution, kind, source)

    # ------------------------------------------------------------------------------------- words that tell

    def _sentence(self, span: Span) -> int:
        return max(bisect_right(self.starts, span.start) - 1, 0)

    def _found(self, number: int) -> list[tuple[Match, Span]]:
        """The lexicon's matches in a sentence."""
        if number not in self.matches and number < len(self.sentences):
            tokens = self.sentences[number].tokens
            self.matches[number] = [
                (match, Span(tokens[match.start].start, tokens[match.end - 1].end))
                for match in lexicon("basis").find(tokens)
            ]
        return self.matches.get(number, [])

    def _near(self, attribution: Annotation) -> Iterator[tuple[Match, Span]]:
        """The matches around a source and its signal, outside of what it says, that no other one is nearer to."""
        number = self._sentence(_place(attribution))
        for match, span in self._found(number):
            inside = any(piece.covers(span) for piece in attribution.parts.get("content", ()))
            if match.entry.more.get("where") == "quoted" or (inside and not _only_tells(attribution, match, span)):
                continue
            others = (
                _distance(other, span)
                for other in self.in_sentence[number]
                if other is not attribution and not _only_tells(other, match, span)
            )
            distance = _distance(attribution, span)
            if distance <= min(others, default=distance) and distance <= FURTHEST:
                yield match, span

    def _quoted(self, attribution: Annotation) -> Iterator[tuple[Match, Span]]:
        """What the source tells of itself in its own quoted words: "I saw it"."""
        if attribution.label == "indirect":
            return
        for piece in attribution.parts.get("content", ()):
            for number in range(self._sentence(piece), self._sentence(Span(piece.end - 1, piece.end)) + 1):
                for match, span in self._found(number):
                    if match.entry.more.get("where") == "quoted" and piece.covers(span):
                        yield match, span

    # ------------------------------------------------------------------------------------------ who it is

    def _by_who(self, attribution: Annotation, kind: str, source: tuple[Span, ...]) -> tuple[str, tuple[Span, ...]]:
        """By who the source is. A pronoun, or a quotation alone, has what the same speaker had before."""
        speaker = attribution.details.get("speaker", "")
        if not speaker:
            return NOTHING, ()
        if kind == PERSON:
            if speaker not in self.by_speaker:
                office = self._office_of(speaker)
                self.by_speaker[speaker] = (OFFICE, (office,)) if office else (NOTHING, ())
            return self.by_speaker[speaker]
        if kind in (BODY, OFFICIAL, GROUP, UNKNOWN) and source and not self._is_pronoun(source[0]):
            self.by_speaker[speaker] = self._by_description(source[0], kind)
        return self.by_speaker.get(speaker, (NOTHING, ()))

    def _is_pronoun(self, source: Span) -> bool:
        return source.of(self.text).lower() in people_lexicon().pronouns

    def _by_description(self, source: Span, kind: str) -> tuple[str, tuple[Span, ...]]:
        """ "The mayor" and "the council" hold an office; "an official", "residents" aren't named."""
        words = [word.lower() for word in WORD.findall(source.of(self.text))]
        if not words:  # "60% said the pier is safe."
            return UNNAMED, (source,)
        head = words[
            : next((i for i, word in enumerate(words) if i and word in ("of", "in", "for", "at", "who", "from")), None)
        ]
        noun = people_lexicon().nouns.get(head[-1]) if head else None
        speaks_for = any(word.startswith("spokes") for word in head)
        if kind == BODY or (noun and not noun.person and not noun.plural) or (head and head[-1] in _words("bodies")):
            return (OFFICE, (source,)) if set(head) & _words("bodies") else (NOTHING, ())
        one_of_a_kind = words[0] in DEFINITE and noun is not None and noun.kind == OFFICIAL and not noun.plural
        if speaks_for or (one_of_a_kind and head[-1] not in ("official", "source", "insider", "aide")):
            return OFFICE, (source,)
        is_name = noun is None and all(word[0].isupper() for word in WORD.findall(source.of(self.text)))
        return (NOTHING, ()) if is_name else (UNNAMED, (source,))

    def _office_of(self, name: str) -> Span | None:
        """The words of an office beside a person's name, wherever in the article they stand."""
        for start in self.places.get(name.split()[-1], ())[:MOST_PLACES]:
            end = start + len(name.split()[-1])
            before = self.text[max(0, start - 120) : start]
            goes_on = LONGER_NAME.match(self.text, end)
            of_a_body = goes_on and not people_lexicon().body_words.isdisjoint(goes_on[0].lower().split())
            if of_a_body or self._names_another(start, name):
                continue
            if words := self._title(before, name):
                return Span(start - len(before) + words.start, start - len(before) + words.end)
            after = AFTER_NAME.match(self.text[end : end + 140])
            if after and not TELLS.search(after["words"]) and _names_office(after["words"]):
                return Span(end + after.start("words"), end + after.end("words"))
        return None

    def _names_another(self, start: int, name: str) -> bool:
        """Whether the surname at ``start`` has another's first name before it: "Tom" before Ada Brandt's."""
        tokens = self.sentences[self._sentence(Span(start, start))].tokens if self.sentences else ()
        first = next((token for token in reversed(tokens) if token.end <= start), None)
        if first is None or " " not in name or start - first.end != 1 or first.tag != "NNP":
            return False
        people = people_lexicon()
        titled = people.is_title(first.lower) or first.lower in people.offices or _names_office(first.text)
        return not titled and first.text not in people.calendar and first.text not in name.split()

    def _title(self, before: str, name: str) -> Span | None:
        """The title at the end of ``before``: "Foreign Minister", "baker"; first names between are skipped."""
        found = BEFORE_NAME.search(before)
        words = list(WORD.finditer(before, found.start() if found else 0))
        while words and words[-1][0] in name.split()[:-1]:
            words.pop()
        title: list[re.Match[str]] = []
        for word in reversed(words):
            if not (word[0][0].isupper() or word[0] in IN_TITLES or (not title and _names_office(word[0]))):
                break
            title.insert(0, word)
        while title and title[0][0].lower() in IN_TITLES:
            title.pop(0)
        if not title or not _names_office(before[title[0].start() : title[-1].end()]):
            return None
        return Span(title[0].start(), title[-1].end())


def _place(attribution: Annotation) -> Span:
    """Where an attribution is: its cue, else its source, else all of it."""
    return (attribution.parts.get("cue") or attribution.parts.get("source") or (attribution.span,))[0]


def _distance(attribution: Annotation, span: Span) -> int:
    """Characters between a span and the source or the cue; 0 where they meet."""
    own = [piece for name in OWN for piece in attribution.parts.get(name, ())] or [attribution.span]
    return min(max(piece.start - span.end, span.start - piece.end, 0) for piece in own)


def _only_tells(attribution: Annotation, match: Match, span: Span) -> bool:
    """Whether an attribution is nothing but the words that tell of another: "asking not to be named"."""
    of_who = match.entry.label in (EXPERIENCE, REASON, UNNAMED)
    return of_who and any(cue.overlaps(Span(span.start - ASKS, span.end)) for cue in attribution.parts.get("cue", ()))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_toml("basis")["words"][name].split())


def _names_office(words: str) -> bool:
    """Whether an official, or somebody who speaks from their work, is among these words."""
    for word in WORD.findall(words):
        noun = people_lexicon().nouns.get(word.lower())
        if word.lower() in _words("posts") or (noun is not None and noun.kind == OFFICIAL and noun.person):
            return True
    return False
