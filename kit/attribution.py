"""Attributions: who says what. The learned models find them; this module says of each what it is, and why.

Terms are PolNeAR's (Newell et al. 2018): a *source*, a *cue* (the words that signal it), and the *content* that is
attributed. An attribution inside another's content is kept beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from kit.article import Article
from kit.attribution_model import Found, find, models
from kit.language import Sentence
from kit.lexicon import Entry, lexicon
from kit.page import Span
from kit.passage import Passage
from kit.reading import Annotation

QUOTED = {
    "direct": "The words stand in quotation marks: they are given as the source's own.",
    "mixed": "Only some of the words stand in quotation marks; the rest is the reporter's wording.",
    "indirect": "No quotation marks: this is how the reporter puts it.",
}
NOBODY = "It is not said whose words these are."
UNLISTED = "Here “{cue}” tells what somebody says, thinks or means to do."
ALONE = "A quotation without a cue of its own: it belongs to whoever spoke last."
ALONE_CONFIDENCE = 0.5


def find_attributions(article: Article, sentences: Sequence[Sentence]) -> list[Annotation]:
    """The attributions of an article's sentences, in text order.

    Labels: direct (the whole content is quoted), mixed, indirect. ``parts``: ``source`` (may be missing), ``cue``,
    ``content``, each a tuple of spans. ``details["stance"]`` is the cue's, where the lexicon knows it.
    ``confidence`` is how likely a trained annotator would mark exactly this cue. Never raises.

    >>> from kit.article import read_text
    >>> from kit.language import sentences
    >>> article = read_text("The bridge is safe, according to the mayor.")
    >>> [mark.label for mark in find_attributions(article, sentences(article))]
    ['indirect']
    """
    passage = Passage(sentences, models().classes)
    found = find(passage)
    explain = _Explainer(article.text, sentences, passage)
    marks = [explain(one) for one in found] + [_alone(span) for span in _unclaimed(passage, found)]
    return sorted(marks, key=lambda mark: mark.span)


class _Explainer:
    """Makes annotations of what the models found in one article."""

    def __init__(self, text: str, sentences: Sequence[Sentence], passage: Passage) -> None:
        self.text, self.sentences, self.passage = text, sentences, passage
        self.matches: dict[int, list[tuple[Span, Entry]]] = {}

    def __call__(self, found: Found) -> Annotation:
        label, entry = self._label(found.content), self._entry(found.cue)
        cue = " … ".join(span.of(self.text) for span in found.cue)
        reasons = (
            entry.gloss if entry else UNLISTED.format(cue=cue),
            QUOTED[label] if found.content else "",
            "" if found.source else NOBODY,
        )
        parts = {"source": found.source, "cue": found.cue, "content": found.content}
        return Annotation(
            layer="attribution",
            label=label,
            span=Span(min(found.spans()).start, max(span.end for span in found.spans())),
            why=" ".join(filter(None, reasons)),
            entry=f"cue/{entry.id if entry else 'other'}",
            parts={name: spans for name, spans in parts.items() if spans},
            details={"stance": entry.label} if entry else {},
            confidence=round(found.confidence, 3),
        )

    def _label(self, content: Sequence[Span]) -> str:
        """By how many of the content's words stand in quotation marks: all, some or none."""
        quoted = {
            self.passage.region[i] >= 0
            for span in content
            for i in range(*self.passage.tokens(span))
            if self.passage.marks[i][0].isalnum()
        }
        return "mixed" if len(quoted) > 1 else "direct" if True in quoted else "indirect"

    def _entry(self, cue: Sequence[Span]) -> Entry | None:
        """The lexicon's entry for a cue: of those in its sentence the first that overlaps it."""
        number = self.passage.sentence[self.passage.tokens(cue[0])[0]]
        if number not in self.matches:
            tokens = self.sentences[number].tokens
            self.matches[number] = [
                (Span(tokens[match.start].start, tokens[match.end - 1].end), match.entry)
                for match in lexicon("cues").find(tokens)
            ]
        return next((entry for span, entry in self.matches[number] if any(span.overlaps(part) for part in cue)), None)


def _unclaimed(passage: Passage, found: Sequence[Found]) -> list[Span]:
    """Quotations of whole sentences that are no attribution's content and hold none of its other parts."""
    taken = set[int]()
    for one in found:
        for span in one.spans():
            taken |= {passage.region[i] for i in range(*passage.tokens(span))}
    whole = {
        passage.region[first] for (first, _), shape in zip(passage.bounds, passage.shape, strict=True) if shape == "A"
    }
    return [
        Span(passage.starts[first], passage.ends[end - 1])
        for number, (first, end) in enumerate(passage.quotations)
        if number in whole - taken
    ]


def _alone(span: Span) -> Annotation:
    return Annotation(
        layer="attribution",
        label="direct",
        span=span,
        why=ALONE,
        entry="rule/quotation-alone",
        parts={"content": (span,)},
        confidence=ALONE_CONFIDENCE,
    )
