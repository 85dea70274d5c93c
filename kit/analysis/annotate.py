"""The kit's own reading of an article: the three analysers, joined by voices."""

from __future__ import annotations

from kit.analysis.attribution.find import find_attributions
from kit.analysis.framing.find import find_framing
from kit.analysis.hedging.find import find_hedges
from kit.analysis.speakers.resolve import name_speakers
from kit.readings.reading import Annotation, Reading
from kit.readings.voices import give_voices
from kit.text.article import Article, as_article
from kit.text.tokens import sentences
from kit.version import READER


def annotate(x: Article | str) -> Reading:
    """Read an article: who says what, how sure they are, in whose words; each mark with its voice.

    Takes an `Article` or a string. Pure and deterministic; never raises on any text. Offsets are half-open code points
    into the article's text. Headline and body are read; captions, credits and boilerplate are not.

    >>> reading = annotate("Rain may come, the mayor said.")
    >>> [(a.layer, a.span.of(reading.article.text), a.voice) for a in reading.layer("hedge")]
    [('hedge', 'may', 'mayor')]
    """
    article = as_article(x)
    read = sentences(article)
    said = name_speakers(article, read, find_attributions(article, read))
    marks = find_hedges(read) + find_framing(read)
    return Reading(article, READER, tuple(give_voices(said, marks)))


def attributions(x: Article | str) -> tuple[Annotation, ...]:
    """Who says what: `annotate(x)`'s attributions, in text order.

    ``parts`` hold ``source``, ``cue`` and ``content``, each a tuple of spans (a cue may stand without a source);
    ``details`` hold ``speaker``, ``speaker_kind`` and the cue's ``stance``. Labels: direct, mixed, indirect. Terms:
    PARC3 (Pareti 2016) and PolNeAR (Newell et al. 2018).

    >>> text = "Rain may come, the mayor said."
    >>> [(a.label, a.part("source", text), a.part("cue", text)) for a in attributions(text)]
    [('indirect', 'the mayor', 'said')]
    """
    return annotate(x).layer("attribution")


def hedges(x: Article | str) -> tuple[Annotation, ...]:
    """How sure they are: `annotate(x)`'s hedges, in text order, each with its owner as ``voice``.

    Labels: modal, epistemic, belief, inquiry, conditional and hearsay (the Szeged corpus' speculation, Vincze 2014),
    weasel (CoNLL-2010, Farkas et al. 2010), approximator, and booster for the opposite.

    >>> [(a.label, a.voice) for a in hedges("It may rain.")]
    [('modal', 'reporter')]
    """
    return annotate(x).layer("hedge")


def framing(x: Article | str) -> tuple[Annotation, ...]:
    """In whose words: `annotate(x)`'s framing marks, in text order, each with its owner as ``voice``.

    Labels: loaded, label, metaphor, intensifier, euphemism, metonymy, scare_quotes, agentless, passive, nominalisation.

    >>> [(a.label, a.voice) for a in framing("The bridge was blown up.")]
    [('agentless', 'reporter')]
    """
    return annotate(x).layer("framing")
