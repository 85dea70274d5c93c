"""The word lists of lexicons/speech.toml, made ready for look-up."""

from __future__ import annotations

from functools import cache

from kit.resources import read_toml


@cache
def listed(name: str) -> frozenset[str]:
    """One list of single words.

    >>> "yesterday" in listed("times")
    True
    """
    return frozenset(read_toml("speech")[name].split())


@cache
def phrases(name: str) -> tuple[tuple[str, ...], ...]:
    """One list of phrases, each as its words."""
    return tuple(tuple(phrase.split()) for phrase in read_toml("speech")[name])
