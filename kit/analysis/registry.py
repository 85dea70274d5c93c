"""Who reads which layer: the one list of analysers that `kit.annotate` walks over.

An analyser takes an article and its tagged sentences, and gives the annotations of its layer. A reader is a set of
analysers, one a layer; where it has none of its own, the kit's are used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kit.errors import KitError
from kit.extras import need
from kit.readings.labels import Layer, add_layer, find_layer, remove_layer
from kit.readings.reading import Annotation
from kit.text.article import Article
from kit.text.tokens import Sentence
from kit.version import READER

Analyser = Callable[[Article, Sequence[Sentence]], Iterable[Annotation]]

DEFAULT, STRONG = "kit", "strong"


# The kit's own. Each is imported when it is first asked: one layer needs nothing of another.


def _attributions(article: Article, sentences: Sequence[Sentence]) -> Iterable[Annotation]:
    from kit.analysis.attributing import attributing

    return attributing(article, sentences)


def _hedges(article: Article, sentences: Sequence[Sentence]) -> Iterable[Annotation]:
    from kit.analysis.hedging.find import find_hedges

    return find_hedges(sentences)


def _framing(article: Article, sentences: Sequence[Sentence]) -> Iterable[Annotation]:
    from kit.analysis.framing.find import find_framing

    return find_framing(sentences)


def _strong(layer: str, otherwise: Analyser) -> Analyser:
    """One layer of the strong reader; where the kit's own analyser is better, that one."""

    def analyse(article: Article, sentences: Sequence[Sentence]) -> Iterable[Annotation]:
        need("strong")
        from kit.analysis.strong.reader import strong_analyser

        return (strong_analyser(layer) or otherwise)(article, sentences)

    return analyse


_OWN: dict[str, Analyser] = {"attribution": _attributions, "hedge": _hedges, "framing": _framing}
_readers: dict[str, dict[str, Analyser]] = {
    DEFAULT: _OWN,
    STRONG: {layer: _strong(layer, analyser) for layer, analyser in _OWN.items()},
}


def register(layer: Layer | str, analyser: Analyser, *, reader: str = DEFAULT) -> None:
    """Let a reader find a layer by this analyser. A `Layer` is added to the table of layers, or replaced there.

    Raises `KitError` for the name of a layer that does not exist.
    """
    if isinstance(layer, Layer):
        add_layer(layer)
    name = layer.name if isinstance(layer, Layer) else find_layer(layer).name
    _readers.setdefault(reader, {})[name] = analyser


def unregister(layer: str) -> None:
    """Take a layer that was registered away again, from the table and from all readers."""
    remove_layer(layer)
    for analysers in _readers.values():
        analysers.pop(layer, None)


def best_reader() -> str:
    """Who reads an article of somebody's own: the strong reader where it is installed, whole, and better in any layer.

    >>> best_reader() in readers()
    True
    """
    try:
        need("strong")
        from kit.analysis.strong.network import network

        better = any(network().card["better"].values())
    except KitError:
        better = False
    return STRONG if better else DEFAULT


def readers() -> tuple[str, ...]:
    """The names of all readers, the kit's own first.

    >>> readers()
    ('kit', 'strong')
    """
    return tuple(_readers)


def signature(reader: str) -> str:
    """How a reader signs what it has read.

    >>> signature("kit"), signature("strong")
    ('kit 1.0', 'the strong reader')
    """
    return READER if reader == DEFAULT else f"the {reader} reader"


def analysers(reader: str = DEFAULT) -> dict[str, Analyser]:
    """What a reader reads, by layer. Raises `KitError`, with those that there are, for a reader that does not exist.

    >>> sorted(analysers())
    ['attribution', 'framing', 'hedge']
    """
    if reader not in _readers:
        raise KitError(f"There is no reader {reader!r}. The readers are {', '.join(_readers)}.")
    return _readers[DEFAULT] | _readers[reader]
