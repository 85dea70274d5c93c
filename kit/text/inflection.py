"""Forms of English words: their endings, regular and irregular, and the stem that they share."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kit.resources import read_toml


def inflections(word: str) -> set[str]:
    """A word with its regular endings, as a verb and as a noun, or the irregular ones of lexicons/irregular.toml.

    >>> sorted(inflections("carry")), sorted(inflections("say"))
    (['carried', 'carries', 'carry', 'carrying'], ['said', 'say', 'saying', 'says'])
    >>> sorted(inflections("strip"))
    ['strip', 'stripped', 'stripping', 'strips']
    """
    irregular = _irregular().get(word)
    if irregular is not None:
        return {word, *irregular}
    if re.search(r"[^aeiou]y$", word):
        return {word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    if word.endswith("e"):
        stem = word if re.search(r"[eoy]e$", word) else word[:-2] + "y" if word.endswith("ie") else word[:-1]
        return {word, word + "s", word + "d", stem + "ing"}
    plurals = {word + "es"} if re.search(r"(?:s|x|z|ch|sh|o)$", word) else set()
    if not plurals or word.endswith("o"):
        plurals.add(word + "s")
    sounds = word.replace("qu", "q")
    doubled = re.search(r"(?:^|[^aeiou])[aeiou][bdgklmnprt]$", sounds)
    stems = {word + word[-1]} if doubled else {word + "k"} if re.search(r"[ai]c$", word) else {word}
    if doubled and re.search(r"[aeiouy][^aeiouy]+[aeiou].$", sounds):  # more than one syllable: the stress decides
        stems.add(word)
    return {word, *plurals, *(stem + ending for stem in stems for ending in ("ed", "ing"))}


@cache
def _irregular() -> dict[str, list[str]]:
    """The irregular forms of each word of lexicons/irregular.toml."""
    return {word: forms.split() for word, forms in read_toml("irregular").items()}


@cache
def _base_forms() -> dict[str, str]:
    """The word that an irregular form belongs to."""
    return {form: word for word, forms in _irregular().items() for form in forms}


def plural_of(word: str) -> str:
    """A regular English plural, or that of "man".

    >>> [plural_of(word) for word in ("party", "spokesman", "witness", "voter")]
    ['parties', 'spokesmen', 'witnesses', 'voters']
    """
    if word.endswith("man"):
        return word[:-2] + "en"
    if word.endswith("sis"):
        return word[:-2] + "es"
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    return word[:-1] + "ies" if word[-1] == "y" and word[-2] not in "aeiou" else word + "s"


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A rough stem of a lower-case word: enough to bring the forms of a verb together.

    >>> [stem(word) for word in ("said", "denies", "arguing", "claims")]
    ['say', 'deny', 'argu', 'claim']
    """
    word = _base_forms().get(word, word)
    if len(word) <= 3:
        return word
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ing") and len(word) > 5:
        word = word[:-3]
    elif (word.endswith("ed") and len(word) > 4) or (
        word.endswith("es") and not word.endswith("ses") and len(word) > 4
    ):
        word = word[:-2]
    elif (word.endswith("s") and not word.endswith(("ss", "us", "is"))) or word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word.removesuffix("e")


@lru_cache(maxsize=50_000)
def without_digits(word: str) -> str:
    """A word as a feature: numbers look alike, and a tab would break the model's file."""
    if any(letter.isdigit() for letter in word):
        return "0" if word[0].isdigit() else "a0"
    return word
