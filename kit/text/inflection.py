"""Forms of English words: their endings, regular and irregular, and the stem that they share."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kit.resources import read_grammar, read_toml

ENDING = re.compile(r"(?<=..\w)(?:ations?|ingly|edly|ings?|ies|ied|e[drs]?|s|ly|y)$")
MORE_THAN_ONE_SYLLABLE = re.compile(r"[aeiouy][^aeiouy]+[aeiou].$")
DOUBLED = re.compile(r"(?:(?<!li)mit|(?<!f)fer|cur|pel|gret|[aeiou]l)$")  # of longer verbs, as British spelling has it
IRREGULAR_DEGREES = {
    "good": ("better", "best"),
    "well": ("better", "best"),
    "bad": ("worse", "worst"),
    "far": ("further", "furthest"),
}
PARTICIPLES = {"become": "become", "come": "come", "get": "got", "lie": "lied", "run": "run", "overrun": "overrun"}


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
        return {word, word + "s", word + "d", _stem_of_e(word) + "ing"}
    stems = _stems_before_vowel(word)
    return {word, *_plurals(word), *(stem + ending for stem in stems for ending in ("ed", "ing"))}


def _stem_of_e(word: str) -> str:
    """What "ing" is added to: "see", "ly" of "lie", "mak" of "make"."""
    if re.search(r"[eoy]e$", word):
        return word
    return word[:-2] + "y" if word.endswith("ie") else word[:-1]


def _plurals(word: str) -> set[str]:
    """The forms in "s" of a word without "e" or "y" at its end; two where spelling varies ("photos")."""
    if word.endswith("o"):
        return {word + "es", word + "s"}
    return {word + "es"} if word.endswith(("s", "x", "z", "ch", "sh")) else {word + "s"}


def _stems_before_vowel(word: str) -> set[str]:
    """What "ed" and "ing" are added to: "stripp", "panick"; two where the stress decides ("travel", "travell")."""
    sounds = word.replace("qu", "q")
    if re.search(r"(?:^|[^aeiou])[aeiou][bdgklmnprt]$", sounds):
        doubled = word + word[-1]
        return {doubled, word} if MORE_THAN_ONE_SYLLABLE.search(sounds) else {doubled}
    return {word + "k"} if re.search(r"[ai]c$", word) else {word}


@cache
def _irregular() -> dict[str, list[str]]:
    """The irregular forms of each word of lexicons/irregular.toml."""
    return {word: forms.split() for word, forms in read_toml("irregular").items()}


@cache
def _base_forms() -> dict[str, str]:
    """The word that an irregular form belongs to."""
    return {form: word for word, forms in _irregular().items() for form in forms}


@cache
def grammar_words(name: str) -> frozenset[str]:
    """A word list of lexicons/grammar.toml; "~" behind a word stands for all its inflections.

    >>> {"say", "said", "according"} <= grammar_words("saying")
    True
    """
    forms: set[str] = set()
    for word in read_grammar()[name].split():
        forms |= inflections(word[:-1]) if word.endswith("~") else {word}
    return frozenset(forms)


def verb_form(verb: str, tag: str) -> str:
    """The form of a verb that a Penn tag names; its base for VB and VBP.

    >>> [verb_form("advance", tag) for tag in ("VBZ", "VBD", "VBN", "VBG", "VBP")]
    ['advances', 'advanced', 'advanced', 'advancing', 'advance']
    >>> [verb_form(verb, "VBN") for verb in ("become", "take", "hit", "say", "travel", "admit", "enter", "stop", "try")]
    ['become', 'taken', 'hit', 'said', 'travelled', 'admitted', 'entered', 'stopped', 'tried']
    >>> [verb_form("be", tag) for tag in ("VBZ", "VBD", "VBG")]
    ['is', 'was', 'being']
    """
    if verb == "be":
        return {"VBZ": "is", "VBP": "are", "VBD": "was", "VBN": "been", "VBG": "being"}.get(tag, "be")
    forms = _irregular().get(verb) or _spelled(verb)
    ending_in = {tag: [form for form in forms if form.endswith(end)] for tag, end in (("VBZ", "s"), ("VBG", "ing"))}
    if tag in ending_in:
        return ending_in[tag][0] if ending_in[tag] else verb
    past = [form for form in forms if form not in (*ending_in["VBZ"], *ending_in["VBG"]) and form[0] != "'"] or [verb]
    if tag == "VBN":
        return PARTICIPLES.get(verb) or past[-1]
    return past[0] if tag == "VBD" else verb


def _spelled(verb: str) -> list[str]:
    """The regular forms of a verb, in one spelling: "travelled", and "entered"."""
    forms = sorted(inflections(verb) - {verb})
    twice = [form for form in forms if form.startswith(verb + verb[-1])]
    once = [form for form in forms if form not in twice]
    if not twice or len(once) == 1:
        return forms
    return [*twice, *(form for form in once if form.endswith("s"))] if DOUBLED.search(verb) else once


def degree(adjective: str, tag: str) -> str:
    """The comparative (JJR, RBR) or the superlative (JJS, RBS) of an adjective or adverb; itself for any other tag.

    >>> degree("large", "JJR"), degree("difficult", "JJS"), degree("big", "JJS"), degree("loyal", "JJR")
    ('larger', 'most difficult', 'biggest', 'more loyal')
    """
    number = {"R": 0, "S": 1}.get(tag[-1:] if len(tag) == 3 else "")
    if number is None:
        return adjective
    if adjective in IRREGULAR_DEGREES:
        return IRREGULAR_DEGREES[adjective][number]
    if len(re.findall(r"[aeiou]+|(?<!^)y", adjective.removesuffix("e"))) > 1 and not re.search(
        r"[^aeiou]y$", adjective
    ):
        return f"{('more', 'most')[number]} {adjective}"
    if re.search(r"[^aeiou]y$", adjective):
        adjective = adjective[:-1] + "i"
    elif re.search(r"(?:^|[^aeiou])[aeiou][bdgmnpt]$", adjective):
        adjective += adjective[-1]
    return adjective.removesuffix("e") + ("er", "est")[number]


def singular_of(word: str) -> str:
    """The singular of a plural noun.

    >>> [singular_of(word) for word in ("parties", "gunmen", "witnesses", "people", "deaths", "causes")]
    ['party', 'gunman', 'witness', 'person', 'death', 'cause']
    """
    if word in ("means", "series", "species"):
        return word
    if word in ("people", "children", "crises"):
        return _base_forms()[word]
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def base_form(word: str) -> str | None:
    """The verb or noun that an irregular form belongs to, or the word itself if it has such forms; None for all others.

    >>> base_form("overran"), base_form("sling"), base_form("walked")
    ('overrun', 'sling', None)
    """
    return word if word in _irregular() else _base_forms().get(word)


def plural_of(word: str) -> str:
    """An English plural: regular, or as "man", "person" and the like have it.

    >>> [plural_of(word) for word in ("party", "spokesman", "witness", "voter", "person")]
    ['parties', 'spokesmen', 'witnesses', 'voters', 'people']
    """
    if word in ("person", "child", "crisis"):
        return _irregular()[word][0]
    if word.endswith("man"):
        return word[:-2] + "en"
    if word.endswith("sis"):
        return word[:-2] + "es"
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    return word[:-1] + "ies" if word[-1] == "y" and word[-2] not in "aeiou" else word + "s"


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A rough stem of a lower-case word: enough to bring the forms of a verb together. The attribution models know
    words by it.

    >>> [stem(word) for word in ("said", "denies", "arguing", "claims")]
    ['say', 'deny', 'argu', 'claim']
    """
    word = _base_forms().get(word, word)
    if len(word) <= 3:
        return word
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    word = _without_suffix(word)
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word.removesuffix("e")


def _without_suffix(word: str) -> str:
    if word.endswith("ing") and len(word) > 5:
        return word[:-3]
    if len(word) > 4 and (word.endswith("ed") or (word.endswith("es") and not word.endswith("ses"))):
        return word[:-2]
    plain_s = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plain_s or word.endswith("e") else word


def without_ending(word: str) -> str:
    """A lower-case word without its ending, rougher than `stem`. The hedging models know words by it.

    >>> [without_ending(word) for word in ("said", "denies", "arguing", "claims")]
    ['said', 'den', 'argu', 'claim']
    """
    return ENDING.sub("", word)


@lru_cache(maxsize=50_000)
def without_digits(word: str) -> str:
    """A word as a feature: numbers look alike, and a tab would break the model's file."""
    if any(letter.isdigit() for letter in word):
        return "0" if word[0].isdigit() else "a0"
    return word
