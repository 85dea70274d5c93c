"""The strong reader's analysers, by layer."""

from __future__ import annotations

from kit.analysis.registry import Analyser
from kit.analysis.strong.attribution import attributions
from kit.analysis.strong.framing import framing
from kit.analysis.strong.hedging import hedges
from kit.analysis.strong.network import network

ANALYSERS: dict[str, Analyser] = {"attribution": attributions, "hedge": hedges, "framing": framing}
HEADS = {"attribution": ("attribution",), "hedge": ("speculation", "weasel"), "framing": ("framing",)}


def strong_analyser(layer: str) -> Analyser | None:
    """How the network finds a layer; None where the kit's own analyser is better (``better`` in reader.json).

    Raises `KitError`, with the command that brings it, where the network is not installed or damaged.
    """
    better = network().card["better"]
    return ANALYSERS[layer] if any(better[head] for head in HEADS[layer]) else None
