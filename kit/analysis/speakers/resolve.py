"""Speakers: who is behind each source? "Blinken", "he" and "the secretary" are one.

Readable rules, no learning. Names and descriptions are brought together by mentions.py; pronouns go to the last
mention that fits in gender and number, subjects first (Hobbs 1978 and Lappin and Leass 1994 showed how far that goes);
"I" and "we" in a quotation are whoever is quoted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kit.analysis.speakers.again import called_anew
from kit.analysis.speakers.candidates import HARDLY, MAY_MEAN, Fits
from kit.analysis.speakers.entities import NAMELESS, Entity
from kit.analysis.speakers.mentions import Mention
from kit.analysis.speakers.people import BODY, GROUP, OFFICIAL, PERSON, PLACE, UNKNOWN, people_lexicon
from kit.analysis.speakers.scene import Scene, find_outer, place_of
from kit.analysis.speakers.sources import Sources
from kit.readings.reading import Annotation
from kit.text.article import Article
from kit.text.spans import Span
from kit.text.tokens import Sentence, Token

BACK = 12  # sentences in which a pronoun's owner is looked for
MOST_NESTED = 20  # attributions inside each other
ORDER = {"subject": 2, "owner": 1, "other": 0}
NEAR = 12  # attributions before one without a source, among which its speaker is looked for
ASKING = frozenset(["ask", "asked", "asks", "asking", "pressed", "questioned", "quizzed"])
REPLYING = frozenset(
    ["reply", "replies", "replied", "answer", "answers", "answered", "responds", "responded", "said", "says"]
)
ACCUSING = frozenset(["accuse", "accused", "accuses", "accusing", "alleged", "claimed", "blamed", "charged"])
DENYING = frozenset(["deny", "denies", "denied", "denying", "rejected", "rejects", "dismissed", "dismisses"])
UNSURE = 0.3  # the highest confidence in an attribution whose speaker is a guess
ANSWERER = frozenset(["a", "answer"])
ONLY_PERHAPS = "The text does not make it sure whose words these are: perhaps those of {name}."


def name_speakers(
    article: Article, sentences: Sequence[Sentence], attributions: Sequence[Annotation]
) -> list[Annotation]:
    """The attributions, in their order, with ``details["speaker"]`` (canonical name) and ``details["speaker_kind"]``.

    ``speaker`` is "" and the kind "unknown" where nobody is named; ``details["maybe"]`` is a guess, if
    there is one. Kinds: named person, named body, unnamed official, group, document, place (for its government),
    unknown. Never raises, on any text and any spans within it.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> article = read_text("Mayor Ana Lima was calm. She said it was safe.")
    >>> said = Annotation("attribution", "indirect", Span(25, 45),
    ...     parts={"source": (Span(25, 28),), "cue": (Span(29, 33),), "content": (Span(34, 45),)})
    >>> name_speakers(article, sentences(article), [said])[0].details
    {'speaker': 'Ana Lima', 'speaker_kind': 'named person'}
    """
    named = []
    speakers = _Speakers(article, sentences, attributions)
    for number, attribution in enumerate(attributions):
        speaker = speakers.of(number)
        details = {**attribution.details, "speaker": speaker.name, "speaker_kind": speaker.kind}
        attribution = replace(attribution, details=details)
        unsure = speakers.unsure.get(number) if not speaker.name else None
        named.append(_unsure(attribution, unsure.name) if unsure else attribution)
    return named


def _unsure(attribution: Annotation, name: str) -> Annotation:
    """An attribution of which it is only a guess who speaks."""
    reasons = {**attribution.reasons, "source": ONLY_PERHAPS.format(name=name)}
    return replace(
        attribution,
        why=" ".join(reasons.values()),
        reasons=reasons,
        details={**attribution.details, "maybe": name},
        confidence=min(attribution.confidence, UNSURE),
    )


class _Speakers:
    """Looks up the speakers of one article's attributions."""

    def __init__(self, article: Article, sentences: Sequence[Sentence], attributions: Sequence[Annotation]) -> None:
        self.attributions = attributions
        spans = [span for attribution in attributions for span in attribution.parts.get("source", ())]
        self.scene = Scene(article.text, sentences, spans)
        self.sources = Sources(self.scene)
        self.outer = find_outer(attributions)
        self.known: dict[int, Entity] = {}
        self.spoken: set[int] = set()  # entities (their ids) that have spoken so far
        self.unsure: dict[int, Entity] = {}  # by attribution, who it may be where nothing says so
        self.interviewed: Entity | None = None
        self.at: dict[int, Entity] = {}  # whom pronouns stand for, by their place
        self.in_order = sorted(range(len(attributions)), key=lambda number: place_of(attributions[number]))
        self.rank = {number: rank for rank, number in enumerate(self.in_order)}
        for number in self.in_order:
            self._find(number)

    def of(self, number: int) -> Entity:
        return self.known[number]

    def _find(self, number: int, depth: int = 0) -> Entity:
        """The speaker of one attribution; the one around it first, for "I" and "we"."""
        if number in self.known:
            return self.known[number]
        self.known[number] = NAMELESS  # should two attributions stand inside each other
        around = self.outer.get(number)
        if around is not None and around not in self.known and depth < MOST_NESTED:
            self._find(around, depth + 1)
        self.known[number] = self._speaker(self.attributions[number], number, around)
        self.spoken.add(id(self.known[number]))
        return self.known[number]

    def _speaker(self, attribution: Annotation, number: int, around: int | None) -> Entity:
        sources = attribution.parts.get("source", ())
        if not sources:
            alone = not attribution.parts.get("cue") and around is None and attribution.parts.get("content")
            return self._last_speaker(number) if alone else NAMELESS
        tokens = [token for span in sources for token in self.scene.tokens(span)]
        words = [token for token in tokens if token.text[0].isalnum()]
        if len(words) == 1 and words[0].lower in ANSWERER:
            return self._answers(words[0].start)
        if len(words) == 1 and words[0].lower in people_lexicon().pronouns:
            return self._behind_pronoun(words[0], number, around)
        named = self.sources.named(sources, tokens)
        again = self._again(named, sources[0], tokens, number)
        if again is None:
            return named
        self.scene.add(sources[0], again)
        return again

    def _answers(self, place: int) -> Entity:
        """Who answers in an interview with "Q:" and "A:": the person named most before the first answer."""
        if self.interviewed is None:
            before = self.scene.mentions[: bisect_left(self.scene.starts, place)]
            people = [mention.entity for mention in before if mention.entity.kind == PERSON and mention.entity.person]
            named = Counter(map(id, people))
            self.interviewed = max(people, key=lambda entity: named[id(entity)], default=NAMELESS)
        return self.interviewed

    def _again(self, named: Entity, source: Span, tokens: Sequence[Token], number: int) -> Entity | None:
        """Whom "the 56-year-old" or "the midfielder" was called before: the last person named, if nobody else is."""
        anew = called_anew(tokens, self.spoken, self._last_speaker(number))
        if anew is None or named.kind == PERSON:
            return None
        if named.new and self.scene.first_named.get(id(named), source.start) < source.start:
            return None
        again = self._last(source.start, self.outer.get(number), number, anew.fits, anew.back)
        if again is not None and again.kind == PERSON and named.kind == GROUP:  # "the firm": the one word was its name
            again.kind, again.person = BODY, False
        return again

    def _behind_pronoun(self, token: Token, number: int, around: int | None) -> Entity:
        """Whom a pronoun stands for."""
        place, kind = token.start, people_lexicon().pronouns[token.lower]
        if place in self.at:
            return self.at[place]  # "he denied it and said": one "he" for two verbs
        if kind == "speaker":
            if around is not None:
                return self.known.get(around, NAMELESS)
            return self._last_speaker(number) if self.scene.in_quotation(place) else NAMELESS
        if kind == "relative":
            return self.scene.before(place)
        if kind == "some":
            return Entity(token.lower, GROUP)
        if kind not in MAY_MEAN:
            return NAMELESS
        other = self._other_party(number)
        meant = self._last(place, around, number, lambda entity: 0 if entity is other else self._fits(kind, entity))
        if meant is None and other is not None and number in self.unsure:
            meant = self.unsure[number]  # of two, the one who isn't the other
        if meant is None:
            return NAMELESS
        self.unsure.pop(number, None)
        self.at[place] = meant
        if kind in ("he", "she") and not meant.gender:
            meant.guess = kind
        self.scene.add(Span(place, token.end), meant)
        return meant

    def _fits(self, kind: str, entity: Entity) -> int:
        """How well a pronoun fits somebody; 0: not at all."""
        return MAY_MEAN[kind](entity, id(entity) in self.spoken)

    def _other_party(self, number: int) -> Entity | None:
        """Who has just asked a question or accused somebody: not who replies ("she replied") or denies it."""
        rank, cue = self.rank[number], _cue(self.scene.text, self.attributions[number])
        if not rank or cue not in REPLYING | DENYING:
            return None
        before = self.in_order[rank - 1]
        words, entity = _words(self.scene.text, self.attributions[before]), self.known.get(before, NAMELESS)
        if cue in DENYING:
            return entity if words & ACCUSING else None
        asks = bool(words & ASKING) and "for" not in words
        named = entity.kind in (PERSON, BODY)
        return entity if asks and not (named and cue in ("said", "says")) else None

    def _last(self, place: int, around: int | None, number: int, fits: Fits, back: int = BACK) -> Entity | None:
        """The last mention before ``place`` that fits, subjects first. In reported speech the speaker comes before
        what stands around it; in a quotation "he" is never the speaker. Nobody in what is said here says it, and
        somebody in another's quotation only perhaps."""
        sentence, direct = self.scene.sentence(place), self.scene.in_quotation(place)
        outer = self.known.get(around, NAMELESS) if around is not None else None
        own = self.attributions[number].parts.get("content", ())
        if around is not None and outer is not None and not direct:
            said = min((span.start for span in self.attributions[around].parts.get("content", ())), default=0)
            within = [mention for mention in self._mentions(sentence, place, fits, own) if said <= mention.start]
            if fits(outer) and outer.kind in (PERSON, PLACE, BODY):
                within = [mention for mention in within if mention.role == "subject"]
            if within:
                return _first_choice(within, fits).entity
            if fits(outer):
                return outer
        doubtful: Mention | None = None
        for at in range(sentence, max(sentence - back, -1), -1):
            before = self._mentions(at, place, fits, own)
            if direct:
                before = [mention for mention in before if mention.entity is not outer]
            else:
                inside = [mention for mention in before if self.scene.in_quotation(mention.start)]
                before = [mention for mention in before if mention not in inside]
                doubtful = doubtful or (_first_choice(inside, fits) if inside else None)
            likely = [mention for mention in before if not self._in_passing(mention)] or before
            best = _first_choice(self._tellers(likely), fits) if likely else None
            if best and fits(best.entity) > HARDLY and not self._in_passing(best):
                return best.entity
            doubtful = doubtful or (best if before else None)
        if doubtful is not None:
            self.unsure[number] = doubtful.entity
        return None

    def _tellers(self, mentions: list[Mention]) -> list[Mention]:
        """Without somebody described who is only told of, where a named person tells: "Kell said the accused lied." """
        tells = any(mention.entity.kind == PERSON and id(mention.entity) in self.spoken for mention in mentions)
        told = [mention for mention in mentions if mention.entity.kind == PERSON or id(mention.entity) in self.spoken]
        return told if tells else mentions

    def _in_passing(self, mention: Mention) -> bool:
        """Whether somebody is described and no more: "as a refugee", "the daughter of a keeper", "his brother"."""
        described = mention.entity.kind in (UNKNOWN, OFFICIAL) and id(mention.entity) not in self.spoken
        if not described or mention.entity.plural:
            return False
        owned = people_lexicon().pronouns.get(self.scene.text[mention.start : mention.end].split()[0].lower())
        return mention.role == "other" or owned in ("he", "she")

    def _mentions(self, number: int, place: int, fits: Fits, own: Sequence[Span]) -> list[Mention]:
        return [
            mention
            for mention in self.scene.by_sentence.get(number, ())
            if mention.end <= place
            and fits(mention.entity)
            and not any(span.start <= mention.start < span.end for span in own)
        ]

    def _last_speaker(self, number: int) -> Entity:
        """Who spoke last, in the reporter's text, before this; or whom the sentence before it introduces."""
        introduced = self._introduced(self.attributions[number].span.start)
        if introduced is not None:
            return introduced
        rank = self.rank[number]
        for other in reversed(self.in_order[max(rank - NEAR, 0) : rank]):
            if other not in self.outer and self.known.get(other, NAMELESS).name:
                return self.known[other]
        return NAMELESS

    def _introduced(self, place: int) -> Entity | None:
        """The one person whom the sentence before a quotation names for the first time, if nobody speaks there."""
        sentence = self.scene.sentence(place) - 1
        there = [
            mention
            for mention in self.scene.by_sentence.get(sentence, ())
            if mention.entity.kind == PERSON and mention.role != "owner" and not self.scene.in_quotation(mention.start)
        ]
        if any(id(mention.entity) in self.spoken and mention.role == "subject" for mention in there):
            return None
        new = {id(mention.entity): mention.entity for mention in there if self._is_new(mention)}
        return next(iter(new.values())) if len(new) == 1 else None

    def _is_new(self, mention: Mention) -> bool:
        """Whether somebody is named here for the first time, in full."""
        in_full = " " in mention.entity.name and mention.end - mention.start >= len(mention.entity.name)
        first = self.scene.first_named.get(id(mention.entity), mention.start) >= mention.start
        return in_full and first and id(mention.entity) not in self.spoken


def _first_choice(mentions: Sequence[Mention], fits: Fits) -> Mention:
    """Who fits best, subjects first, then the last."""
    return max(mentions, key=lambda mention: (fits(mention.entity), ORDER[mention.role], mention.start))


def _words(text: str, attribution: Annotation) -> set[str]:
    """The words of an attribution's cue."""
    return {word.strip(":,") for span in attribution.parts.get("cue", ()) for word in span.of(text).lower().split()}


def _cue(text: str, attribution: Annotation) -> str:
    """The first word of an attribution's cue."""
    spans = attribution.parts.get("cue", ())
    words = spans[0].of(text).lower().split() if spans else []
    return words[0].strip(":,") if words else ""
