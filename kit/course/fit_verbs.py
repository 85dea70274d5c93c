"""A verb in the place of a verb: with the ending of the one that it replaces, and with the object that it needs."""

from __future__ import annotations

import re
from functools import cache

from kit.course.places import BE, GROUP, HAVE, HELPERS, Place, kinds, tags_in
from kit.text.inflection import base_form, inflections, verb_form

BEFORE_NOUN = ("DT", "PRP$", "POS", "CD", "JJ", "VBN", "VBG")  # tags of what stands before a noun in its group
PARTICLES = frozenset(["away", "back", "down", "off", "out", "up"])
NOT_A_VERB = re.compile(r"(?:ant|ous|ful|ive|less|[ai]ble|ish|ic)$")  # what the tagger may take for one
SEEMING = ("be", "become", "feel", "look", "remain", "seem", "sound", "stay", "get", "have")


def verb_tag(place: Place) -> str:
    """The tag of the verb that the words of a place are about; empty if they are about none.

    The tagger is corrected where the words around show the form, or the word itself does.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> (sentence,) = sentences(read_text("They want to assault the city."))
    >>> verb_tag(Place(sentence.tokens, 3, 4)), verb_tag(Place(sentence.tokens, 5, 6))
    ('VB', '')
    """
    if found := _taken_for_noun(place):
        return found
    at = _last_helper(place)
    tag, word, helper = place.tag(at), place.word(at), _helper(place)
    if not tag.startswith("VB") or _describes_noun(place, at) or (at == place.end - 1 and NOT_A_VERB.search(word)):
        return ""
    if tag == "VBG" and base_form(word) == word:  # "sling"
        return "VBP"
    past = base_form(word) not in (None, word) and not word.endswith(("s", "ing"))
    if helper in HAVE | BE and (past or word.endswith("ed")):
        return "VBN"
    alone = helper not in HELPERS
    if alone and ((past and tag in ("VBP", "VB")) or (tag == "VBN" and place.tag(place.end).startswith(GROUP))):
        return "VBD"
    return tag


def _taken_for_noun(place: Place) -> str:
    """The tag of a verb that the tagger takes for a noun: after "to", and after a noun or pronoun for many."""
    before, short = place.tag(place.start - 1), place.end - place.start
    if place.tag(_last_helper(place)) != "NN":
        return ""
    if before in ("NNS", "NNPS") or (before == "PRP" and place.word(place.start - 1) != "it"):
        return "VBP" if short <= 3 else ""
    return "VB" if before == "TO" and short == 1 and place.tag(place.end).startswith(GROUP) else ""


def _describes_noun(place: Place, at: int) -> bool:
    """Whether a participle is none of a verb's here, but describes a noun: "the planned raid", "feared bloodshed"."""
    tag, before, last, following = (place.tag(n) for n in (at, place.start - 1, place.end - 1, place.end))
    if place.word(place.start - 1) == "'s" and last.startswith("NN"):
        return True  # "Israel's protecting power"
    if at > place.start or tag not in ("VBN", "VBD", "VBG") or _helper(place) in HELPERS:
        return False
    if tag != "VBG" and before.startswith("VB") and not _seems(place.word(at - 1)):
        return True
    with_noun = last.startswith("NN") or following.startswith(("NN", "JJ", "IN"))
    return tag != "VBD" and (before == "DT" or (with_noun and (before in BEFORE_NOUN or before in ("IN", ""))))


def _helper(place: Place) -> str:
    """The word that a verb of a place leans on, such as "has", within the place or before it."""
    at = _last_helper(place)
    return place.word(at - 1) if at > place.start else place.verb_before()


def _seems(word: str) -> bool:
    """Whether a verb is one after which a participle may stand."""
    return word in HELPERS or any(word in inflections(verb) for verb in SEEMING)


def _last_helper(place: Place) -> int:
    """The first token of a place that is no helper ("has been slammed"), or its first."""
    at = place.start
    while (
        at + 1 < place.end
        and place.tag(at + 1).startswith(("VB", "RB"))
        and (place.word(at) in HELPERS or place.tag(at) in ("MD", "RB"))
    ):
        at += 1
    return at


def as_verb(words: str, tag: str, place: Place) -> str | None:
    """Words in the place of a verb with this tag; None if they don't fit."""
    at, helper = _last_helper(place), _helper(place)
    kept = "".join(token.text + " " for token in place.tokens[place.start : at])
    passive = tag == "VBN" and helper not in HAVE
    first, *rest = words.split()
    verb = None if first.endswith("ing") and tag != "VBG" else _verb(first)
    if not {"who", "which"}.isdisjoint(rest):
        return None  # a noun and what is said of it
    if verb is None:
        describes = tags_in(words, place)[-1] == "JJ" and place.word(place.end) not in ("by", "with", "in")
        return words if helper in BE and describes and tag in ("VBN", "VBG") else None
    if not _object_fits(verb, rest, passive, place):
        return None
    form = verb_form(verb, tag)
    if verb == "be" and tag == "VBD" and place.tag(place.start - 1) in ("NNS", "NNPS"):
        form = "were"
    more = [
        verb_form(word, tag) if rest[number - 1] in ("and", "or") and _verb(word) == word else word
        for number, word in enumerate(rest)
    ]
    return kept + " ".join((form, *more))


def _object_fits(verb: str, rest: list[str], passive: bool, place: Place) -> bool:
    """Whether a verb gets the object that it needs, and none that it can't have."""
    last, can_be_alone = (rest or [verb])[-1], verb in kinds("intransitive") or verb in kinds("either")
    follows = place.tag(place.end).startswith(GROUP) and place.word(place.end) != "that"
    particle = len(rest) == 1 and last in PARTICLES
    two_verbs = len(rest) > 1 and rest[-2] in ("and", "or")
    if verb in kinds("saying") and not rest:
        return place.word(place.end) in ("that", "whether", ",", ".", '"') and not passive
    if passive:
        return verb not in kinds("intransitive") and (not rest or particle) and not follows
    needs_object = rest and last in kinds("verbs") and last not in kinds("intransitive") | kinds("either")
    if last in kinds("open") or needs_object:
        return follows
    if follows:
        return verb not in kinds("intransitive") and (not rest or particle or two_verbs)
    if place.word(place.end) == "that" or (place.word(place.end) == "to" and place.tag(place.end + 1) == "VB"):
        return not rest
    return can_be_alone if not rest or particle else True


def _verb(word: str) -> str | None:
    """The verb that a word is a form of, if it is one that lexicons offer."""
    return word if word in kinds("verbs") | kinds("verbs_and_nouns") else _forms().get(word)


@cache
def _forms() -> dict[str, str]:
    verbs = sorted(kinds("verbs") | kinds("verbs_and_nouns"))
    return {form: verb for verb in verbs for form in inflections(verb)}
