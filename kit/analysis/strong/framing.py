"""Loaded words by the network; passives and figures of speech are found as in the default reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from kit.analysis.framing.find import Judge, find_framing
from kit.analysis.strong.network import MARKS, network, read
from kit.lexicons.matcher import Match
from kit.models.linear import probability
from kit.readings.reading import Annotation
from kit.text.article import Article
from kit.text.tokens import Sentence, Token

LOADED = [MARKS.index("loaded"), MARKS.index("name")]


def framing(article: Article, sentences: Sequence[Sentence]) -> Iterable[Annotation]:
    """The framing marks of an article; the network says which of the lexicons' words readers would mark here."""
    answer, card = read(article, sentences), network().card["framing"]

    def scores(tokens: Sequence[Token], matches: Sequence[Match]) -> Mapping[int, float]:
        odds = card["scale"] * np.logaddexp.reduce(answer.of(tokens)[:, LOADED], axis=1) + card["shift"]
        return dict(enumerate(odds.tolist()))

    return find_framing(sentences, Judge(scores, card["limits"], probability))
