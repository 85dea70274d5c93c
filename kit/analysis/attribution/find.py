"""Attributions: who says what. The learned models find them; this module says of each what it is, and why.

Terms are PolNeAR's (Newell et al. 2018): a *source*, a *cue* (the words that signal it), and the *content* that is
attributed. An attribution inside another's content is kept beside it, as an annotation of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kit.analysis.attribution.model import Found, find, models
from kit.analysis.attribution.rules import (
    by_rule,
    cut_at_reports,
    mended,
    sharing_speakers,
    without_gifts,
    without_hearsay,
    without_objects,
)
from kit.analysis.attribution.token_table import QUOTATION_MARKS, TokenTable
from kit.lexicons.matcher import Entry, lexicon
from kit.readings.reading import Annotation
from kit.text.article import Article
from kit.text.spans import Span
from kit.text.tokens import Sentence

QUOTED = {
    "direct": "The words stand in quotation marks: they are given as the source's own.",
    "mixed": "Only some of the words stand in quotation marks; the rest is the reporter's wording.",
    "indirect": "No quotation marks: this is how the reporter puts it.",
}
NOBODY = "It is not said whose words these are."
UNLISTED = "Here “{cue}” tells what somebody says, thinks or means to do."
ALONE = "A quotation without a signal of its own: it belongs to whoever spoke last."
ALONE_CONFIDENCE = 0.5
SHORTEST = 5  # tokens of a quotation that can stand alone


def find_attributions(article: Article, sentences: Sequence[Sentence]) -> list[Annotation]:
    """The attributions of an article's sentences, in text order.

    Labels: direct (the whole content is quoted), mixed, indirect. ``parts``: ``source`` (may be missing), ``cue``,
    ``content``, each a tuple of spans. ``details["stance"]`` is the cue's, where the lexicon knows it.
    ``confidence`` is how likely a trained annotator would mark exactly this cue. Never raises.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> article = read_text("The bridge is safe, according to the mayor.")
    >>> [mark.label for mark in find_attributions(article, sentences(article))]
    ['indirect']
    """
    table = TokenTable(sentences, models().classes)
    matches = [lexicon("cues").find(sentence.tokens) for sentence in sentences]
    entries = {
        first + i: match.entry
        for (first, _), in_sentence in zip(table.bounds, matches, strict=True)
        for match in in_sentence
        for i in range(match.start, match.end)
    }
    listed = {i for i, entry in entries.items() if _vouched_for(entry)}
    found = without_objects(table, entries, without_gifts(table, find(table, listed)))
    found = mended(table, entries, without_hearsay(table, found))
    alone = _unclaimed(table, found)
    found = cut_at_reports(table, [*found, *by_rule(table, matches, found, alone)])
    found = sharing_speakers(table, found)
    explain = _Explainer(article.text, table, entries)
    marks = [explain(one) for one in found] + [_alone(span) for span in alone]
    return sorted(marks, key=lambda mark: mark.span)


def _vouched_for(entry: Entry) -> bool:
    """Whether a cue counts though the models doubt it. Of listed phrases and verbs of thinking and planning that they
    give a confidence of .15 to .33, 36% are right; of other cues 23%."""
    return entry.more["kind"] == "phrase" or (
        entry.more["kind"] == "verb" and entry.more["content"] in ("thought", "planned")
    )


class _Explainer:
    """Makes annotations of what was found in one article; ``entries`` are the lexicon's, by token."""

    def __init__(self, text: str, table: TokenTable, entries: Mapping[int, Entry]) -> None:
        self.text, self.table, self.entries = text, table, entries

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
            self.table.region[i] >= 0
            for span in content
            for i in range(*self.table.tokens(span))
            if self.table.texts[i][0].isalnum()
        }
        return "mixed" if len(quoted) > 1 else "direct" if True in quoted else "indirect"

    def _entry(self, cue: Sequence[Span]) -> Entry | None:
        """The lexicon's entry for a cue: the first that shares a word with it."""
        tokens = (i for span in cue for i in range(*self.table.tokens(span)))
        return next((self.entries[i] for i in tokens if i in self.entries), None)


def _unclaimed(table: TokenTable, found: Sequence[Found]) -> list[Span]:
    """Quotations of whole sentences that are no attribution's content, after somebody has spoken.

    One that never closes counts only if the next paragraph goes on with it.
    """
    taken = set[int]()
    for one in found:
        for span in one.spans():
            taken |= {table.region[i] for i in range(*table.tokens(span))}
    spoken = min((table.tokens(one.cue[0])[0] for one in found), default=table.size)
    whole = set[int]()
    for first, end in table.bounds:
        regions = {table.region[i] for i in range(first, end) if table.texts[i][0].isalnum()}
        whole |= regions if len(regions) == 1 else set()
    return [
        Span(table.starts[first], table.ends[end - 1])
        for number, (first, end) in enumerate(table.quotations)
        if number in whole - taken
        and spoken < first
        and end - first > SHORTEST
        and (table.texts[end - 1] in QUOTATION_MARKS or table.region[end] >= 0)
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
