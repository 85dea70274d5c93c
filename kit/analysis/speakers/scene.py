"""The scene: where in an article people are mentioned, quotations open and close, and attributions stand inside each
other. What speakers are looked for in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from kit.analysis.speakers.entities import NAMELESS, Entity
from kit.analysis.speakers.mentions import Mention, find_mentions
from kit.readings.reading import Annotation
from kit.text.spans import Span
from kit.text.tokens import Sentence, Token

DEEPEST = 8  # contents around a place that are looked at
QUOTES = frozenset(('"', "“", "”", "„", "«", "»", "``", "''"))


class Scene:
    """One article's mentions and quotations. ``by_sentence`` grows as pronouns and descriptions are understood."""

    def __init__(self, text: str, sentences: Sequence[Sentence], sources: Sequence[Span]) -> None:
        self.text, self.sentences = text, sentences
        self.mentions = find_mentions(text, sentences, {span.end for span in sources})
        self.starts = [mention.start for mention in self.mentions]
        self.sentence_starts = [sentence.start for sentence in sentences]
        self.first_named: dict[int, int] = {}  # by entity (its id)
        self.by_sentence: dict[int, list[Mention]] = {}
        source_starts = {span.start for span in sources}
        for mention in self.mentions:
            self.first_named.setdefault(id(mention.entity), mention.start)
            speaks = mention.start in source_starts and mention.role == "other"
            known = mention._replace(role="subject") if speaks else mention
            self.by_sentence.setdefault(mention.sentence, []).append(known)
        self.quotation_marks = self._find_quotation_marks()

    def add(self, span: Span, entity: Entity) -> None:
        """A source that is nobody's name: a pronoun or a description that has been understood."""
        sentence = self.sentence(span.start)
        same = [at for at, known in enumerate(self.by_sentence.get(sentence, ())) if known.start == span.start]
        for at in same:  # "the striker", now that it is known who that is
            self.by_sentence[sentence][at] = self.by_sentence[sentence][at]._replace(entity=entity, role="subject")
        if same:
            return
        self.by_sentence.setdefault(sentence, []).append(Mention(span.start, span.end, entity, "subject", sentence))

    def _find_quotation_marks(self) -> list[int]:
        """Where quotation marks open and close, in turn; a paragraph's end closes too."""
        places: list[int] = []
        paragraph = -1
        for sentence in self.sentences:
            if sentence.paragraph != paragraph and len(places) % 2:
                places.append(sentence.start)
            paragraph = sentence.paragraph
            for token, following in zip(sentence.tokens, (*sentence.tokens[1:], None), strict=True):
                twice = following is not None and token.text == "’" == following.text and token.end == following.start
                if token.text in QUOTES or (twice and len(places) % 2):  # news agencies close “ with ’’
                    places.append(token.start)
        return places

    def tokens(self, span: Span) -> Iterator[Token]:
        """The tokens in a span."""
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

    def before(self, place: int) -> Entity:
        """What stands right before a relative pronoun."""
        at = bisect_left(self.starts, place) - 1
        for mention in reversed(self.mentions[max(at - 2, 0) : at + 1]):
            if mention.role != "owner" and mention.end <= place and self.sentence(place) == mention.sentence:
                return mention.entity
        return NAMELESS

    def in_quotation(self, place: int) -> bool:
        """Whether a place is inside a quotation."""
        return bisect_right(self.quotation_marks, place) % 2 == 1

    def sentence(self, place: int) -> int:
        """The number of the sentence at a place."""
        return max(bisect_right(self.sentence_starts, place) - 1, 0)


def find_outer(attributions: Sequence[Annotation]) -> dict[int, int]:
    """For each attribution that stands inside another's content, the innermost such other."""
    contents = sorted(
        (span.start, -span.end, number)
        for number, attribution in enumerate(attributions)
        for span in attribution.parts.get("content", ())
    )
    places = sorted((place_of(attribution), number) for number, attribution in enumerate(attributions))
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


def place_of(attribution: Annotation) -> int:
    """Where an attribution stands for the order of the text: at its source, else its cue, else where it begins."""
    spans = attribution.parts.get("source") or attribution.parts.get("cue") or (attribution.span,)
    return spans[0].start


def _drop_ended(around: list[tuple[int, int]], place: int) -> None:
    """Take off the innermost contents that end before a place."""
    while around and around[-1][0] <= place:
        around.pop()
