"""In whose words: the choice of words and of grammar in an article.

Words come from the lexicons framing_*.toml, grammar from kit/grammar.py, and words that no lexicon knows from a small
learned model (kit/framing_model.py). Every mark says in a sentence what the choice adds or hides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from kit import grammar
from kit.article import Article
from kit.language import Sentence, Token
from kit.lexicon import Entry, Lexicon, check
from kit.page import Span
from kit.reading import Annotation
from kit.resources import PACKAGE, read_toml

WHY_AGENTLESS = "The passive leaves out who did it. Ask: by whom?"
WHY_PASSIVE = "The passive puts what was done first, and who did it last."
WHY_CUT_SHORT = "A shortened passive, packed in behind the noun; it leaves out who did it."
WHY_STAND_IN = "A place speaks and acts here, but people do: this means {}. The name hides who decided."
WHY_SCARE = "Quotation marks around a word that nobody is quoted with keep a distance: as if to say that others call it that."
DETAILS = ("alternatives", "side", "pair")


def find_framing(article: Article, sentences: Sequence[Sentence]) -> list[Annotation]:
    """The framing marks of an article, in text order; ``voice`` is filled in later, by kit/voices.py.

    Total: any text gives a list. ``entry`` is "<lexicon file>/<id>" or the rule; passives carry the part ``verb`` (the
    participle) and, if it is named, ``agent``.

    >>> from kit.article import read_text
    >>> from kit.language import sentences
    >>> article = read_text("The village was destroyed in the massacre.")
    >>> [(mark.label, mark.span.of(article.text)) for mark in find_framing(article, sentences(article))]
    [('agentless', 'was destroyed'), ('loaded', 'massacre')]
    """
    marks: list[Annotation] = []
    for sentence in sentences:
        marks += _words(sentence.tokens)
        marks += _passives(sentence.tokens)
        marks += _others(sentence.tokens)
    return sorted(marks, key=lambda mark: (mark.span, mark.label))


@cache
def _lexicon() -> tuple[Lexicon, dict[str, str], dict[str, str]]:
    """All framing lexicons as one; which file each entry is from, by id; the sources' citations, by entry."""
    entries: list[Entry] = []
    files: dict[str, str] = {}
    citations: dict[str, str] = {}
    for path in sorted((PACKAGE / "lexicons").glob("framing_*.toml")):
        data = read_toml(path.stem)
        for entry in check(path.stem, data):
            entries.append(entry)
            files[entry.id] = path.stem
            citations[entry.id] = data["sources"][entry.source]["citation"]
    return Lexicon(entries), files, citations


def _span(tokens: Sequence[Token], start: int, end: int) -> Span:
    return Span(tokens[start].start, tokens[end - 1].end)


def _words(tokens: Sequence[Token]) -> Iterator[Annotation]:
    lexicon, files, citations = _lexicon()
    for entry, start, end in lexicon.find(tokens):
        if entry.label == "nominalisation" and grammar.doer_named(tokens, start, end):
            continue
        details = {name: _listed(entry.more[name]) for name in DETAILS if name in entry.more}
        yield Annotation(
            "framing",
            entry.label,
            _span(tokens, start, end),
            entry.gloss,
            f"{files[entry.id]}/{entry.id}",
            details=details | {"source": citations[entry.id]},
        )


def _listed(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _passives(tokens: Sequence[Token]) -> Iterator[Annotation]:
    for start, end, agent, kind in grammar.passives(tokens):
        parts = {"verb": (_span(tokens, end - 1, end),)}
        if agent:
            parts["agent"] = (_span(tokens, *agent),)
        why = WHY_PASSIVE if agent else WHY_CUT_SHORT if kind == "reduced" else WHY_AGENTLESS
        label = "passive" if agent else "agentless"
        yield Annotation("framing", label, _span(tokens, start, end), why, f"passive/{kind}", parts=parts)


def _others(tokens: Sequence[Token]) -> Iterator[Annotation]:
    for start, end, meant in grammar.stand_ins(tokens):
        why = WHY_STAND_IN.format(meant)
        details = {"alternatives": meant}
        yield Annotation("framing", "metonymy", _span(tokens, start, end), why, "metonymy/capital", details=details)
    for start, end in grammar.scare_quotes(tokens):
        yield Annotation("framing", "scare_quotes", _span(tokens, start, end), WHY_SCARE, "quotes/scare")
