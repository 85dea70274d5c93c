"""In whose words: the choice of words and of grammar in an article.

Words come from the lexicons framing_*.toml, grammar from passives.py and grammar.py; a small learned model (model.py)
tells where readers would not mark them. Every mark says in a sentence what the choice adds or hides.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kit.analysis.framing import grammar, model
from kit.analysis.framing.passives import passives
from kit.lexicons.matcher import Entry, Lexicon, Match, lexicon
from kit.models.linear import probability
from kit.readings.reading import Annotation
from kit.resources import PACKAGE
from kit.text.names import in_a_name
from kit.text.spans import Span
from kit.text.tokens import Sentence, Token

WHY_AGENTLESS = "The passive leaves out who did it. Ask: by whom?"
WHY_PASSIVE = "The passive puts what was done first, and who did it last."
WHY_CUT_SHORT = "A shortened passive, packed in behind the noun; it leaves out who did it."
WHY_STAND_IN = "A place speaks and acts here, but people do: this means {}. The name hides who decided."
WHY_SCARE = (
    "Quotation marks around a word that nobody is quoted with keep a distance, as if to say: others call it that."
)
ABOUT_WAR = frozenset(f"framing_{topic}" for topic in ("people_under_arms", "the_dead", "attacks_and_wars"))
DETAILS = ("alternatives", "side", "pair")


class Judge(NamedTuple):
    """Scores the words of a sentence (log-odds that readers would mark them, by token), given the lexicons' matches.

    ``limits``: from which scores on words are marked, as in `model.limits`; ``sure``: from a score to a confidence.
    """

    scores: Callable[[Sequence[Token], Sequence[Match]], Mapping[int, float]]
    limits: Mapping[str, float]
    sure: Callable[[float], float]


def find_framing(sentences: Sequence[Sentence], judge: Judge | None = None) -> list[Annotation]:
    """The framing marks of an article's sentences, in text order; voices are given later: kit/readings/voices.py.

    ``judge``: who scores words; None is the kit's own (model.py).

    Total: any text gives a list. ``entry`` is "<lexicon file>/<id>" or the rule; passives carry the part ``verb`` (the
    participle) and, if it is named, ``agent``.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> article = read_text("The village was destroyed in the massacre.")
    >>> [(mark.label, mark.span.of(article.text)) for mark in find_framing(sentences(article))]
    [('agentless', 'was destroyed'), ('loaded', 'massacre')]
    """
    judge = judge or Judge(model.scores, model.limits(), _with_the_lexicon)
    marks: list[Annotation] = []
    for sentence in sentences:
        marks += _words(sentence.tokens, judge)
        marks += _passives(sentence.tokens)
        marks += _others(sentence.tokens)
    return sorted(marks, key=lambda mark: (mark.span, mark.label))


@cache
def _lexicon() -> Lexicon:
    """All framing lexicons as one."""
    return lexicon(*sorted(path.stem for path in (PACKAGE / "lexicons").glob("framing_*.toml")))


def lexicon_matches(tokens: Sequence[Token]) -> list[Match]:
    """The lexicons' matches in one sentence that hide or add something here."""
    return [match for match in _lexicon().find(tokens) if _says_more(tokens, match)]


def _says_more(tokens: Sequence[Token], match: Match) -> bool:
    """Whether a match adds a view or hides somebody: as part of a name, or as the law's own word, it doesn't."""
    start, end = match.start, match.end
    if match.entry.label == "nominalisation" and grammar.doer_named(tokens, start, end):
        return False
    if in_a_name(tokens, start, end):
        return False
    return "pair" in match.entry.more or not grammar.is_the_laws(tokens, start, end)


def choose(
    tokens: Sequence[Token], matches: Sequence[Match], scores: Mapping[int, float], limits: Mapping[str, float]
) -> Iterator[tuple[Match, float]]:
    """Which of the lexicons' matches in one sentence to mark, with their log-odds.

    Contested names, for which another side has another name, are always marked, so that both sides are treated alike;
    other words unless readers would hardly mark them here, with more patience for words about war, the kit's subject.
    """
    for match in matches:
        best = max((scores[at] for at in range(match.start, match.end) if at in scores), default=0.0)
        limit = limit_of(match.entry, limits)
        if limit is None or best >= limits[limit]:
            yield match, best


def limit_of(entry: Entry, limits: Container[str]) -> str | None:
    """Which of the limits holds for an entry; None: it is always marked."""
    if "pair" in entry.more or entry.label not in limits:
        return None
    return "war" if entry.file in ABOUT_WAR else entry.label


def _span(tokens: Sequence[Token], start: int, end: int) -> Span:
    return Span(tokens[start].start, tokens[end - 1].end)


def _words(tokens: Sequence[Token], judge: Judge) -> Iterator[Annotation]:
    matches = lexicon_matches(tokens)
    for match, score in choose(tokens, matches, judge.scores(tokens, matches), judge.limits):
        entry = match.entry
        details = {name: _listed(entry.more[name]) for name in DETAILS if name in entry.more}
        yield Annotation(
            "framing",
            entry.label,
            _span(tokens, match.start, match.end),
            entry.gloss,
            f"{entry.file}/{entry.id}",
            details=details | {"source": entry.source},
            confidence=judge.sure(score),
        )


def _with_the_lexicon(score: float) -> float:
    """The kit's confidence in a word that one of its lexicons has, too."""
    return (1 + probability(score)) / 2


def _listed(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _passives(tokens: Sequence[Token]) -> Iterator[Annotation]:
    for start, end, agent, kind in passives(tokens):
        parts = {"verb": (_span(tokens, end - 1, end),)}
        if agent:
            parts["agent"] = (_span(tokens, *agent),)
            label, why = "passive", WHY_PASSIVE
        else:
            label, why = "agentless", WHY_CUT_SHORT if kind == "reduced" else WHY_AGENTLESS
        yield Annotation("framing", label, _span(tokens, start, end), why, f"passive/{kind}", parts=parts)


def _others(tokens: Sequence[Token]) -> Iterator[Annotation]:
    for start, end, meant in grammar.stand_ins(tokens):
        why = WHY_STAND_IN.format(meant)
        details = {"alternatives": meant}
        yield Annotation("framing", "metonymy", _span(tokens, start, end), why, "metonymy/capital", details=details)
    for start, end in grammar.scare_quotes(tokens):
        yield Annotation("framing", "scare_quotes", _span(tokens, start, end), WHY_SCARE, "quotes/scare")
