"""Who says what, whole: attributions are found, their speakers named, and how these can know is added."""

from __future__ import annotations

from collections.abc import Sequence

from kit.analysis.attribution.find import UNLISTED, Find, find_attributions
from kit.analysis.attribution.model import find as by_models
from kit.analysis.attribution.tags import retagged
from kit.analysis.basis import give_basis
from kit.analysis.speakers.resolve import name_speakers
from kit.readings.reading import Annotation
from kit.text.article import Article
from kit.text.tokens import Sentence


def attributing(
    article: Article, sentences: Sequence[Sentence], *, find: Find = by_models, unlisted: str = UNLISTED
) -> list[Annotation]:
    """The attributions of an article with ``speaker``, ``speaker_kind`` and ``basis`` among their details.

    ``find`` and ``unlisted`` as in `find_attributions`: only they differ between readers.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> article = read_text("The bridge is safe, according to the mayor.")
    >>> [mark.details["speaker"] for mark in attributing(article, sentences(article))]
    ['mayor']
    """
    sentences = retagged(sentences)
    found = find_attributions(article, sentences, find=find, unlisted=unlisted)
    return give_basis(article, sentences, name_speakers(article, sentences, found))
