"""The kit's own reading of an article: what its analysers find, joined by voices."""

from __future__ import annotations

from collections.abc import Iterable

from kit.analysis.registry import DEFAULT, analysers, best_reader, signature
from kit.readings.labels import ATTRIBUTION, FRAMING, HEDGE, find_layer, layer_names
from kit.readings.reading import Annotation, Reading
from kit.readings.voices import give_voices
from kit.resources import uncollected
from kit.text.article import Article, as_article
from kit.text.tokens import sentences


@uncollected()
def annotate(x: Article | str, *, layers: Iterable[str] | None = None, reader: str | None = None) -> Reading:
    """Read an article: who says what, how sure they are, in whose words; each mark with its voice.

    Takes an `Article` or a string. Pure and deterministic; never raises on any text. Offsets are half-open code points
    into the article's text. Headline and body are read; captions, credits and boilerplate are not. ``layers``: only
    these are looked for; None: all. ``reader``: who reads, see kit/analysis/registry.py; "strong" is a small neural
    network, slower. None is the kit; articles that were given to `kit.Paste` are read by the strong reader where it is
    installed. Raises `KitError` for a layer or a reader that does not exist or is not installed.

    >>> reading = annotate("Rain may come, the mayor said.")
    >>> [(a.layer, a.span.of(reading.article.text), a.voice) for a in reading.layer("hedge")]
    [('hedge', 'may', 'mayor')]
    """
    article = as_article(x)
    chosen = reader or (best_reader() if article.own else DEFAULT)
    readers = analysers(chosen)
    wanted = set(layer_names() if layers is None else [find_layer(name).name for name in layers])
    tagged = tuple(sentences(article))
    said = list(readers[ATTRIBUTION.name](article, tagged))  # always: the voices of all other marks come from these
    marks = [
        mark
        for name, analyser in readers.items()
        if name in wanted and name != ATTRIBUTION.name
        for mark in analyser(article, tagged)
    ]
    voiced = (mark for mark in give_voices(said, marks) if mark.layer in wanted)
    return Reading(article, signature(chosen), tuple(voiced), tagged=tagged)


def attributions(x: Article | str) -> tuple[Annotation, ...]:
    """Who says what: `annotate(x)`'s attributions, in text order.

    ``parts`` hold ``source``, ``cue`` and ``content``, each a tuple of spans (a cue may stand without a source);
    ``details`` hold ``speaker``, ``speaker_kind``, the cue's ``stance`` and the ``basis`` (how can they know?). Labels:
    direct, mixed, indirect. Terms: PARC3 (Pareti 2016) and PolNeAR (Newell et al. 2018).

    >>> text = "Rain may come, the mayor said."
    >>> [(a.label, a.part("source", text), a.part("cue", text)) for a in attributions(text)]
    [('indirect', 'the mayor', 'said')]
    """
    return annotate(x, layers=[ATTRIBUTION.name]).layer(ATTRIBUTION.name)


def hedges(x: Article | str) -> tuple[Annotation, ...]:
    """How sure they are: `annotate(x)`'s hedges, in text order, each with its owner as ``voice``.

    Labels: modal, epistemic, belief, inquiry, conditional and hearsay (the Szeged corpus' speculation, Vincze 2014),
    weasel (CoNLL-2010, Farkas et al. 2010), approximator, and booster for the opposite.

    >>> [(a.label, a.voice) for a in hedges("It may rain.")]
    [('modal', 'reporter')]
    """
    return annotate(x, layers=[HEDGE.name]).layer(HEDGE.name)


def framing(x: Article | str) -> tuple[Annotation, ...]:
    """In whose words: `annotate(x)`'s framing marks, in text order, each with its owner as ``voice``.

    Labels: loaded, label, metaphor, intensifier, euphemism, metonymy, scare_quotes, agentless, passive, nominalisation.

    >>> [(a.label, a.voice) for a in framing("The bridge was blown up.")]
    [('agentless', 'reporter')]
    """
    return annotate(x, layers=[FRAMING.name]).layer(FRAMING.name)
