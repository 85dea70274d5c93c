"""Speakers: who is behind each source? "Blinken", "he" and "the secretary" are one.

Readable rules, no learning. Names and descriptions are brought together by mentions.py; pronouns go to the last
mention that fits in gender and number, subjects first (Hobbs 1978 and Lappin and Leass 1994 showed how far that goes);
"I" and "we" in a quotation are whoever is quoted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kit.analysis.speakers.entities import Entity, surname
from kit.analysis.speakers.mentions import Mention, find_mentions
from kit.analysis.speakers.people import BODY, DOCUMENT, GROUP, PERSON, PLACE, UNKNOWN, people_lexicon
from kit.readings.reading import Annotation
from kit.text.article import Article
from kit.text.spans import Span
from kit.text.tokens import Sentence, Token
from kit.wording import one_line

BACK = 12  # sentences in which a pronoun's owner is looked for
QUOTES = frozenset(('"', "“", "”", "„", "«", "»", "``", "''"))
ORDER = {"subject": 2, "owner": 1, "other": 0}
NAMELESS = Entity("", UNKNOWN)


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
        self.quoted = self._quoted()
        self.outer = self._outer()
        self.known: dict[int, Entity] = {}
        self.in_order = sorted(range(len(attributions)), key=lambda i: _place(attributions[i]))
        self.rank = {number: rank for rank, number in enumerate(self.in_order)}
        for number in self.in_order:
            self._find(number)

    def of(self, number: int) -> Entity:
        return self.known[number]

    def _quoted(self) -> list[int]:
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

    def _outer(self) -> dict[int, int]:
        """For each attribution that stands inside another's content, the innermost such other."""
        contents = sorted(
            (span.start, -span.end, number)
            for number, attribution in enumerate(self.attributions)
            for span in attribution.parts.get("content", ())
        )
        outer: dict[int, int] = {}
        open_: list[tuple[int, int]] = []
        at = 0
        for place, number in sorted((_place(attribution), n) for n, attribution in enumerate(self.attributions)):
            while at < len(contents) and contents[at][0] <= place:
                start, end, owner = contents[at]
                while open_ and open_[-1][0] <= start:
                    open_.pop()
                open_.append((-end, owner))
                at += 1
            while open_ and open_[-1][0] <= place:
                open_.pop()
            inner = next((owner for end, owner in reversed(open_[-8:]) if owner != number and end > place), None)
            if inner is not None:
                outer[number] = inner
        return outer

    def _find(self, number: int, depth: int = 0) -> Entity:
        """The speaker of one attribution; the one around it first, for "I" and "we"."""
        if number in self.known:
            return self.known[number]
        self.known[number] = NAMELESS  # should two attributions stand inside each other
        around = self.outer.get(number)
        if around is not None and around not in self.known and depth < 20:
            self._find(around, depth + 1)
        found = self._speaker(self.attributions[number], number, around)
        self.known[number] = found
        return found

    def _speaker(self, attribution: Annotation, number: int, around: int | None) -> Entity:
        sources = attribution.parts.get("source", ())
        if not sources:
            alone = not attribution.parts.get("cue") and around is None and attribution.parts.get("content")
            return self._last_speaker(number) if alone else NAMELESS
        tokens = [token for span in sources for token in self._tokens(span)]
        lowers = [token.lower for token in tokens if token.text[0].isalnum()]
        if len(lowers) == 1:
            found = self._pronoun(lowers[0], next(t for t in tokens if t.text[0].isalnum()), number, around)
            if found is not None:
                return found
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
        heads: list[Mention] = []
        for span in sources:
            at = bisect_left(self.starts, span.start)
            if at and self.mentions[at - 1].end > span.start:
                at -= 1
            for mention in self.mentions[at : at + 6]:
                if mention.start >= span.end:
                    break
                before = self.text[heads[-1].end : mention.start].strip(" ,") if heads else ""
                if (mention.role == "owner" and mention.end < span.end) or (heads and before not in ("and", "&")):
                    continue
                if mention.entity not in [head.entity for head in heads]:
                    heads.append(mention)
        if heads:
            first = heads[0].entity
            opening = self.text[sources[0].start : heads[0].start]
            if len(opening.split()) <= 4 and not any(t.tag == "IN" and t.end <= heads[0].start for t in tokens[1:]):
                if len(heads) == 1 or any(head.entity.kind != first.kind for head in heads):
                    return first
                return Entity(" and ".join(head.entity.name for head in heads), first.kind, plural=True)
        return self._described(tokens)

    def _described(self, tokens: Sequence[Token]) -> Entity:
        """A source that is no known mention: its words up to the first comma, without its article."""
        kept = list(tokens)
        ends = (i for i, t in enumerate(kept) if t.text in (",", "(", "–", "—", "--", ":") or t.tag[:2] in ("WP", "VB"))
        kept = kept[: next(ends, len(kept))]
        while len(kept) > 1 and (kept[0].tag in ("DT", "PRP$", "IN") or not kept[0].text[0].isalnum()):
            kept.pop(0)
        while len(kept) > 1 and not kept[-1].text[-1].isalnum() and kept[-1].text != "%":
            kept.pop()
        if not kept or kept[0].tag in ("DT", "PRP$", "IN"):
            return NAMELESS
        name = one_line(self.text[kept[0].start : kept[-1].end])
        head = next((i for i, t in enumerate(kept) if t.tag in ("IN", "TO") or t.tag[:2] == "VB"), len(kept))
        last = kept[0] if kept[0].tag == "CD" else kept[max(head - 1, 0)]  # "38% of voters"
        if last.text in self.people:  # in a headline
            return self.people[last.text]
        if noun := people_lexicon().nouns.get(last.lower):
            return Entity(name, noun.kind)
        kinds = {"NNS": GROUP, "NNPS": GROUP, "NNP": BODY, "CD": GROUP}
        return Entity(
            name, kinds.get(last.tag, GROUP if people_lexicon().pronouns.get(kept[0].lower) == "some" else UNKNOWN)
        )

    def _pronoun(self, word: str, token: Token, number: int, around: int | None) -> Entity | None:
        """Whom a pronoun stands for; None if the word is none."""
        place, kind = token.start, people_lexicon().pronouns.get(word)
        if kind is None:
            return None
        if kind == "speaker":
            if around is not None:
                return self.known.get(around, NAMELESS)
            return self._last_speaker(number) if self._in_quotation(place) else NAMELESS
        if kind == "relative":
            return self._before(place)
        if kind == "some":
            return Entity(word, GROUP)
        fits: dict[str, Callable[[Entity], bool]] = {
            "he": lambda e: e.person and not e.plural and e.sure and e.gender != "she",
            "she": lambda e: e.person and not e.plural and e.sure and e.gender != "he",
            "it": lambda e: not e.person and not e.plural and e.acts,
            "they": lambda e: e.kind in (GROUP, BODY) or (e.plural and e.kind != DOCUMENT),
        }
        found = self._last(place, around, fits[kind]) if kind in fits else None
        if found is None:
            return NAMELESS
        if kind in ("he", "she"):
            found.gender = kind
        sentence = self._sentence(place)
        mention = Mention(place, token.end, found, "subject", sentence)
        self.by_sentence.setdefault(sentence, []).append(mention)
        return found

    def _last(self, place: int, around: int | None, fits: Callable[[Entity], bool]) -> Entity | None:
        """The last mention before ``place`` that fits, subjects first. In reported speech the speaker comes before
        what stands around it; in a quotation "he" is never the speaker."""
        sentence, direct = self._sentence(place), self._in_quotation(place)
        outer = self.known.get(around, NAMELESS) if around is not None else None
        if around is not None and outer is not None and not direct:
            said = min((span.start for span in self.attributions[around].parts.get("content", ())), default=0)
            within = [m for m in self._mentions(sentence, place, fits) if said <= m.start]
            if fits(outer) and outer.kind in (PERSON, PLACE, BODY):
                within = [m for m in within if m.role == "subject"]
            if within or fits(outer):
                return _first_choice(within).entity if within else outer
        for number in range(sentence, max(sentence - BACK, -1), -1):
            some = [m for m in self._mentions(number, place, fits) if not (direct and m.entity is outer)]
            if some:
                return _first_choice(some).entity
        return None

    def _mentions(self, sentence: int, place: int, fits: Callable[[Entity], bool]) -> list[Mention]:
        return [m for m in self.by_sentence.get(sentence, ()) if m.end <= place and fits(m.entity)]

    def _before(self, place: int) -> Entity | None:
        """What stands right before a relative pronoun."""
        at = bisect_left(self.starts, place) - 1
        for mention in reversed(self.mentions[max(at - 2, 0) : at + 1]):
            if mention.role != "owner" and mention.end <= place and self._sentence(place) == mention.sentence:
                return mention.entity
        return NAMELESS

    def _last_speaker(self, number: int) -> Entity:
        """Who spoke last, in the reporter's text, before this attribution."""
        for other in reversed(self.in_order[max(self.rank[number] - 12, 0) : self.rank[number]]):
            if other not in self.outer and self.known.get(other, NAMELESS).name:
                return self.known[other]
        return NAMELESS

    def _in_quotation(self, place: int) -> bool:
        return bisect_right(self.quoted, place) % 2 == 1

    def _sentence(self, place: int) -> int:
        return max(bisect_right(self.sentence_starts, place) - 1, 0)


def _first_choice(mentions: Sequence[Mention]) -> Mention:
    return max(mentions, key=lambda mention: (ORDER[mention.role], mention.start))


def _place(attribution: Annotation) -> int:
    """Where an attribution stands for the order of the text: at its source, else its cue, else where it begins."""
    spans = attribution.parts.get("source") or attribution.parts.get("cue") or (attribution.span,)
    return spans[0].start
