"""Speakers: who is behind each source? "Blinken", "he" and "the secretary" are one.

Readable rules, no learning. Names and descriptions are brought together by mentions.py; pronouns go to the last
mention that fits in gender and number, subjects first (Hobbs 1978 and Lappin and Leass 1994 showed how far that goes);
"I" and "we" in a quotation are whoever is quoted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kit.analysis.speakers.descriptions import described
from kit.analysis.speakers.entities import NAMELESS, Entity, surname
from kit.analysis.speakers.mentions import Mention, find_mentions
from kit.analysis.speakers.people import BODY, DOCUMENT, GROUP, PERSON, PLACE, people_lexicon
from kit.readings.reading import Annotation
from kit.text.article import Article
from kit.text.spans import Span
from kit.text.tokens import Sentence, Token

BACK = 12  # sentences in which a pronoun's owner is looked for
DEEPEST = 8  # contents around a place that are looked at
MOST_NESTED = 20  # attributions inside each other
MOST_HEADS = 6  # mentions of one source that are looked at
LONGEST_OPENING = 4  # words before a source's head
QUOTES = frozenset(('"', "“", "”", "„", "«", "»", "``", "''"))
ORDER = {"subject": 2, "owner": 1, "other": 0}
NEAR = 12  # attributions before one without a source, among which its speaker is looked for

Fits = Callable[[Entity], bool]
MAY_MEAN: dict[str, Fits] = {  # whom a pronoun may stand for
    "he": lambda entity: entity.person and not entity.plural and entity.sure and entity.gender != "she",
    "she": lambda entity: entity.person and not entity.plural and entity.sure and entity.gender != "he",
    "it": lambda entity: not entity.person and not entity.plural and entity.acts,
    "they": lambda entity: entity.kind in (GROUP, BODY) or (entity.plural and entity.kind != DOCUMENT),
}


def name_speakers(
    article: Article, sentences: Sequence[Sentence], attributions: Sequence[Annotation]
) -> list[Annotation]:
    """The attributions, in their order, with ``details["speaker"]`` (canonical name) and ``details["speaker_kind"]``.

    ``speaker`` is "" and the kind "unknown" where nobody is named. Kinds: named person, named body, unnamed official,
    group, document, place (for its government), unknown. Never raises, on any text and any spans within it.

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
        named.append(replace(attribution, details=details))
    return named


class _Speakers:
    """Looks up the speakers of one article's attributions."""

    def __init__(self, article: Article, sentences: Sequence[Sentence], attributions: Sequence[Annotation]) -> None:
        self.text, self.sentences, self.attributions = article.text, sentences, attributions
        spans = [span for attribution in attributions for span in attribution.parts.get("source", ())]
        self.mentions = find_mentions(article.text, sentences, {span.end for span in spans})
        people = (mention.entity for mention in self.mentions if mention.entity.kind == PERSON)
        self.people = {surname(entity.name.split()): entity for entity in people}
        self.starts = [mention.start for mention in self.mentions]
        self.sentence_starts = [sentence.start for sentence in sentences]
        self.by_sentence: dict[int, list[Mention]] = {}
        sources = {span.start for span in spans}
        for mention in self.mentions:
            spoken = mention.start in sources and mention.role == "other"
            known = mention._replace(role="subject") if spoken else mention
            self.by_sentence.setdefault(mention.sentence, []).append(known)
        self.quotation_marks = self._find_quotation_marks()
        self.outer = self._find_outer()
        self.known: dict[int, Entity] = {}
        self.in_order = sorted(range(len(attributions)), key=lambda number: _place(attributions[number]))
        self.rank = {number: rank for rank, number in enumerate(self.in_order)}
        for number in self.in_order:
            self._find(number)

    def of(self, number: int) -> Entity:
        return self.known[number]

    def _find_quotation_marks(self) -> list[int]:
        """Where quotation marks open and close, in turn; a paragraph's end closes too."""
        places: list[int] = []
        paragraph = -1
        for sentence in self.sentences:
            if sentence.paragraph != paragraph and len(places) % 2:
                places.append(sentence.start)
            paragraph = sentence.paragraph
            for token in sentence.tokens:
                if token.text in QUOTES:
                    places.append(token.start)
        return places

    def _find_outer(self) -> dict[int, int]:
        """For each attribution that stands inside another's content, the innermost such other."""
        contents = sorted(
            (span.start, -span.end, number)
            for number, attribution in enumerate(self.attributions)
            for span in attribution.parts.get("content", ())
        )
        places = sorted((_place(attribution), number) for number, attribution in enumerate(self.attributions))
        outer: dict[int, int] = {}
        around: list[tuple[int, int]] = []  # contents around the place: (end, number), the innermost last
        next_content = 0
        for place, number in places:
            while next_content < len(contents) and contents[next_content][0] <= place:
                start, negative_end, owner = contents[next_content]
                _drop_ended(around, start)
                around.append((-negative_end, owner))
                next_content += 1
            _drop_ended(around, place)
            for end, owner in reversed(around[-DEEPEST:]):
                if owner != number and end > place:
                    outer[number] = owner
                    break
        return outer

    def _find(self, number: int, depth: int = 0) -> Entity:
        """The speaker of one attribution; the one around it first, for "I" and "we"."""
        if number in self.known:
            return self.known[number]
        self.known[number] = NAMELESS  # should two attributions stand inside each other
        around = self.outer.get(number)
        if around is not None and around not in self.known and depth < MOST_NESTED:
            self._find(around, depth + 1)
        self.known[number] = self._speaker(self.attributions[number], number, around)
        return self.known[number]

    def _speaker(self, attribution: Annotation, number: int, around: int | None) -> Entity:
        sources = attribution.parts.get("source", ())
        if not sources:
            alone = not attribution.parts.get("cue") and around is None and attribution.parts.get("content")
            return self._last_speaker(number) if alone else NAMELESS
        tokens = [token for span in sources for token in self._tokens(span)]
        words = [token for token in tokens if token.text[0].isalnum()]
        if len(words) == 1 and words[0].lower in people_lexicon().pronouns:
            return self._behind_pronoun(words[0], number, around)
        return self._named(sources, tokens)

    def _tokens(self, span: Span) -> Iterator[Token]:
        first = max(bisect_right(self.sentence_starts, span.start) - 1, 0)
        for number in range(first, len(self.sentences)):
            sentence = self.sentences[number]
            if sentence.start >= span.end:
                return
            low = bisect_left(sentence.tokens, span.start, key=lambda token: token.end - 1)
            for token in sentence.tokens[low:]:
                if token.start >= span.end:
                    return
                yield token

    def _named(self, sources: Sequence[Span], tokens: Sequence[Token]) -> Entity:
        """The first mention in the source that is its head; several that are joined by "and" together."""
        heads = self._heads(sources)
        if not heads:
            return described(self.text, tokens, self.people)
        first = heads[0].entity
        opening = self.text[sources[0].start : heads[0].start]
        depends = any(token.tag == "IN" and token.end <= heads[0].start for token in tokens[1:])
        if len(opening.split()) > LONGEST_OPENING or depends:
            return described(self.text, tokens, self.people)
        if len(heads) == 1 or any(head.entity.kind != first.kind for head in heads):
            return first
        return Entity(" and ".join(head.entity.name for head in heads), first.kind, plural=True)

    def _heads(self, sources: Sequence[Span]) -> list[Mention]:
        """The first mention in the sources that owns nothing, and those that "and" joins to it."""
        heads: list[Mention] = []
        for span in sources:
            first = bisect_left(self.starts, span.start)
            if first and self.mentions[first - 1].end > span.start:
                first -= 1
            for mention in self.mentions[first : first + MOST_HEADS]:
                if mention.start >= span.end:
                    break
                between = self.text[heads[-1].end : mention.start].strip(" ,") if heads else "and"
                owns = mention.role == "owner" and mention.end < span.end
                if not owns and between in ("and", "&") and mention.entity not in [head.entity for head in heads]:
                    heads.append(mention)
        return heads

    def _behind_pronoun(self, token: Token, number: int, around: int | None) -> Entity:
        """Whom a pronoun stands for."""
        place, kind = token.start, people_lexicon().pronouns[token.lower]
        if kind == "speaker":
            if around is not None:
                return self.known.get(around, NAMELESS)
            return self._last_speaker(number) if self._in_quotation(place) else NAMELESS
        if kind == "relative":
            return self._before(place)
        if kind == "some":
            return Entity(token.lower, GROUP)
        meant = self._last(place, around, MAY_MEAN[kind]) if kind in MAY_MEAN else None
        if meant is None:
            return NAMELESS
        if kind in ("he", "she"):
            meant.gender = kind
        sentence = self._sentence(place)
        self.by_sentence.setdefault(sentence, []).append(Mention(place, token.end, meant, "subject", sentence))
        return meant

    def _last(self, place: int, around: int | None, fits: Fits) -> Entity | None:
        """The last mention before ``place`` that fits, subjects first. In reported speech the speaker comes before
        what stands around it; in a quotation "he" is never the speaker."""
        sentence, direct = self._sentence(place), self._in_quotation(place)
        outer = self.known.get(around, NAMELESS) if around is not None else None
        if around is not None and outer is not None and not direct:
            said = min((span.start for span in self.attributions[around].parts.get("content", ())), default=0)
            within = [mention for mention in self._mentions(sentence, place, fits) if said <= mention.start]
            if fits(outer) and outer.kind in (PERSON, PLACE, BODY):
                within = [mention for mention in within if mention.role == "subject"]
            if within:
                return _first_choice(within).entity
            if fits(outer):
                return outer
        for number in range(sentence, max(sentence - BACK, -1), -1):
            before = self._mentions(number, place, fits)
            if direct:
                before = [mention for mention in before if mention.entity is not outer]
            if before:
                return _first_choice(before).entity
        return None

    def _mentions(self, sentence: int, place: int, fits: Fits) -> list[Mention]:
        in_sentence = self.by_sentence.get(sentence, ())
        return [mention for mention in in_sentence if mention.end <= place and fits(mention.entity)]

    def _before(self, place: int) -> Entity:
        """What stands right before a relative pronoun."""
        at = bisect_left(self.starts, place) - 1
        for mention in reversed(self.mentions[max(at - 2, 0) : at + 1]):
            if mention.role != "owner" and mention.end <= place and self._sentence(place) == mention.sentence:
                return mention.entity
        return NAMELESS

    def _last_speaker(self, number: int) -> Entity:
        """Who spoke last, in the reporter's text, before this attribution."""
        rank = self.rank[number]
        for other in reversed(self.in_order[max(rank - NEAR, 0) : rank]):
            if other not in self.outer and self.known.get(other, NAMELESS).name:
                return self.known[other]
        return NAMELESS

    def _in_quotation(self, place: int) -> bool:
        return bisect_right(self.quotation_marks, place) % 2 == 1

    def _sentence(self, place: int) -> int:
        return max(bisect_right(self.sentence_starts, place) - 1, 0)


def _drop_ended(around: list[tuple[int, int]], place: int) -> None:
    """Take off the innermost contents that end before a place."""
    while around and around[-1][0] <= place:
        around.pop()


def _first_choice(mentions: Sequence[Mention]) -> Mention:
    return max(mentions, key=lambda mention: (ORDER[mention.role], mention.start))


def _place(attribution: Annotation) -> int:
    """Where an attribution stands for the order of the text: at its source, else its cue, else where it begins."""
    spans = attribution.parts.get("source") or attribution.parts.get("cue") or (attribution.span,)
    return spans[0].start
