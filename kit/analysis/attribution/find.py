"""Attributions: who says what. The learned models find them; this module says of each what it is, and why.

Terms are PolNeAR's (Newell et al. 2018): a *source*, a *cue* (the words that signal it), and the *content* that is
attributed. An attribution inside another's content is kept beside it, as an annotation of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from kit.analysis.attribution.corrections import (
    cut_at_reports,
    mended,
    sharing_speakers,
    without_gifts,
    without_hearsay,
    without_objects,
)
from kit.analysis.attribution.lines import by_lines
from kit.analysis.attribution.model import Found, find, models
from kit.analysis.attribution.no_speech import spoken, without_own_name
from kit.analysis.attribution.own_subjects import with_own_subjects
from kit.analysis.attribution.passives import spoken_of
from kit.analysis.attribution.pieces import in_one_piece
from kit.analysis.attribution.rules import VIEWS, by_rule
from kit.analysis.attribution.token_table import QUOTATION_MARKS, TokenRange, TokenTable, tokens_of
from kit.lexicons.matcher import Entry, Match, lexicon
from kit.readings.labels import ATTRIBUTION
from kit.readings.reading import Annotation
from kit.text.article import Article
from kit.text.spans import Span
from kit.text.tokens import Sentence

NOBODY = "It is not said whose words these are."
UNLISTED = "Here “{cue}” tells what somebody says, thinks or means to do."
ALONE = "A quotation without a signal of its own: it belongs to whoever spoke last."
ALONE_CONFIDENCE = 0.5
SHORTEST = 5  # tokens of a quotation that can stand alone


Find = Callable[[TokenTable, Collection[int]], list[Found]]


def find_attributions(
    article: Article, sentences: Sequence[Sentence], *, find: Find = find, unlisted: str = UNLISTED
) -> list[Annotation]:
    """The attributions of an article's sentences, as `retagged` gives them, in text order.

    ``find`` finds them in the article's tokens, given those that the lexicon vouches for as cues; rules put right and
    add to what it finds. ``unlisted`` says why a cue is one that no lexicon has.

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
    matches, refused = _listed_cues(table, sentences)
    entries = {i: match.entry for match in matches for i in range(match.start, match.end)}
    found = find(table, {i for i, entry in entries.items() if _vouched_for(entry)})
    found = without_gifts(table, found)
    found = without_objects(table, entries, found)
    found = without_hearsay(table, found)
    found = [without_own_name(table, attribution) for attribution in found]
    views = {i for match in matches if match.entry.id in VIEWS for i in range(match.start, match.end)}
    found = [each for each in found if each.source or views.isdisjoint(tokens_of(each.cue))]
    found = mended(table, entries, found)
    found = spoken(table, entries, refused, found)
    found = spoken_of(table, entries, found)
    found = by_lines(table, in_one_piece(table, entries, found))
    alone = _unclaimed(table, found)
    found += spoken(table, entries, refused, by_rule(table, matches, found, alone))
    found = cut_at_reports(table, found)
    found = with_own_subjects(table, entries, sharing_speakers(table, found))
    explain = _Explainer(article.text, table, entries, unlisted)
    marks = [explain(attribution) for attribution in found] + [_alone(table.span(*quotation)) for quotation in alone]
    return sorted(marks, key=lambda mark: mark.span)


def _listed_cues(table: TokenTable, sentences: Sequence[Sentence]) -> tuple[list[Match], set[int]]:
    """The cues that the lexicon finds, and the tokens at which it refuses one ("claimed the title"), in the article."""
    cues = lexicon("cues")
    matches: list[Match] = []
    refused: set[int] = set()
    for (first, _), sentence in zip(table.bounds, sentences, strict=True):
        listed, refusals = cues.find_both(sentence.tokens)
        matches += [Match(match.entry, first + match.start, first + match.end) for match in listed]
        refused.update(first + match.start for match in refusals)
    return matches, refused - {match.start for match in matches}


def _vouched_for(entry: Entry) -> bool:
    """Whether a cue counts though the models doubt it. Of listed phrases and verbs of thinking and planning that they
    give a confidence of .15 to .33, 36% are right; of other cues 23%."""
    return entry.more["kind"] == "phrase" or (
        entry.more["kind"] == "verb" and entry.more["content"] in ("thought", "planned")
    )


class _Explainer:
    """Makes annotations of what was found in one article; ``entries`` are the lexicon's, by token."""

    def __init__(self, text: str, table: TokenTable, entries: Mapping[int, Entry], unlisted: str) -> None:
        self.text, self.table, self.entries, self.unlisted = text, table, entries, unlisted

    def __call__(self, found: Found) -> Annotation:
        label = "direct" if found.verbatim else self._label(found.content)
        entry = self._entry(found.cue)
        parts = {
            name: tuple(span for first, end in ranges for span in self.table.spans(first, end))
            for name, ranges in (("source", found.source), ("cue", found.cue), ("content", found.content))
            if ranges
        }
        cue = " … ".join(span.of(self.text) for span in parts["cue"])
        reasons = {"cue": entry.gloss if entry else self.unlisted.format(cue=cue)}
        if found.content:
            reasons["content"] = ATTRIBUTION.label(label).because
        if not found.source:
            reasons["source"] = NOBODY
        return Annotation(
            layer=ATTRIBUTION.name,
            label=label,
            span=self.table.span(min(first for first, _ in found.ranges), max(end for _, end in found.ranges)),
            why=" ".join(reasons.values()),
            entry=f"cue/{entry.id if entry else 'other'}",
            parts=parts,
            details={"stance": entry.label} if entry else {},
            confidence=round(found.confidence, 3),
            reasons=reasons,
        )

    def _label(self, content: Sequence[TokenRange]) -> str:
        """By how many of the content's words stand in quotation marks: all, some or none."""
        table = self.table
        quoted = [table.region[i] >= 0 for i in tokens_of(content) if table.texts[i][0].isalnum()]
        if not any(quoted):
            return "indirect"
        return "direct" if all(quoted) else "mixed"

    def _entry(self, cue: Sequence[TokenRange]) -> Entry | None:
        """The lexicon's entry for a cue: the first that shares a word with it."""
        return next((self.entries[i] for i in tokens_of(cue) if i in self.entries), None)


def _unclaimed(table: TokenTable, found: Sequence[Found]) -> list[TokenRange]:
    """Quotations of whole sentences that aren't the content of any attribution, after somebody has spoken.

    One that never closes counts only if the next paragraph goes on with it.
    """
    claimed = {table.region[i] for attribution in found for i in tokens_of(attribution.ranges)}
    first_cue = min((attribution.cue[0][0] for attribution in found), default=table.size)
    of_whole_sentences = _with_whole_sentences(table)
    return [
        (first, end)
        for number, (first, end) in enumerate(table.quotations)
        if number in of_whole_sentences
        and number not in claimed
        and first_cue < first
        and end - first > SHORTEST
        and (table.texts[end - 1] in QUOTATION_MARKS or table.region[end] >= 0)
    ]


def _with_whole_sentences(table: TokenTable) -> set[int]:
    """The quotations, by number, that hold all words of a sentence."""
    numbers = set()
    for first, end in table.bounds:
        regions = {table.region[i] for i in range(first, end) if table.texts[i][0].isalnum()}
        if len(regions) == 1:
            numbers |= regions
    return numbers


def _alone(span: Span) -> Annotation:
    return Annotation(
        layer=ATTRIBUTION.name,
        label="direct",
        span=span,
        why=ALONE,
        entry="rule/quotation-alone",
        parts={"content": (span,)},
        confidence=ALONE_CONFIDENCE,
    )
