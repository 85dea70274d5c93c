"""A verb in the place of a verb: with the ending of the one that it replaces, and with the object that it needs."""

from __future__ import annotations

import re
from functools import cache

from kit.course.places import BE, GROUP, HAVE, HELPERS, OPEN, Place, kinds, tags_in
from kit.text.inflection import base_form, inflections, verb_form

BEFORE_NOUN = ("DT", "PRP$", "POS", "CD", "JJ", "VBN", "VBG")  # tags of what stands before a noun in its group
PARTICLES = frozenset(["away", "back", "down", "off", "out", "up"])
NOT_A_VERB = re.compile(r"(?:ant|ous|ful|ive|less|[ai]ble|ish|ic)$")  # what the tagger may take for one
SEEMING = ("be", "become", "feel", "look", "remain", "seem", "sound", "stay", "get", "have")


def verb_tag(place: Place) -> str:
    """The tag of the verb that the words of a place are about; empty if that is none.

    The tagger is corrected where the word itself, or the one before it, shows the form.
    """
    at = _last_helper(place)
    tag, word, before = place.tag(at), place.word(at), place.tag(place.start - 1)
    helper = place.word(at - 1) if at > place.start else place.verb_before()
    subject = before in ("NNS", "NNPS") or (before == "PRP" and place.word(place.start - 1) != "it")
    if tag == "NN" and subject and place.end - place.start <= 3:
        return "VBP"
    if tag == "NN" and before == "TO" and place.end - place.start == 1 and place.tag(place.end).startswith(GROUP):
        return "VB"  # "to assault the city"
    if place.word(place.start - 1) == "'s" and place.tag(place.end - 1).startswith("NN"):
        return ""  # "Israel's protecting power"
    if not tag.startswith("VB") or (at == place.end - 1 and NOT_A_VERB.search(word)):
        return ""
    if tag in ("VBN", "VBD") and at == place.start and before.startswith("VB") and not _seems(place.word(at - 1)):
        return ""  # "feared bloodshed"
    if tag in ("VBN", "VBG") and at == place.start and helper not in HELPERS:
        group = before in BEFORE_NOUN or before in ("IN", "")
        if group and (place.tag(place.end - 1).startswith("NN") or place.tag(place.end).startswith(("NN", "JJ", "IN"))):
            return ""
        if before.startswith("DT"):
            return ""
    if tag == "VBG" and base_form(word) is None and not word.endswith("ing"):
        return ""
    if tag == "VBG" and base_form(word) == word:  # "sling"
        return "VBP"
    past = base_form(word) not in (None, word) and not word.endswith(("s", "ing"))
    if helper in HAVE | BE and (past or word.endswith("ed")):
        return "VBN"
    if past and tag in ("VBP", "VB") and helper not in HELPERS:
        return "VBD"
    if tag == "VBN" and helper not in HELPERS and place.tag(place.end).startswith(GROUP):
        return "VBD"
    return tag


def _seems(word: str) -> bool:
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
    at = _last_helper(place)
    helper = place.word(at - 1) if at > place.start else place.verb_before()
    kept = "".join(token.text + " " for token in place.tokens[place.start : at])
    passive = tag == "VBN" and helper not in HAVE
    first, *rest = words.split()
    verb = None if first.endswith("ing") and tag != "VBG" else _verb(first)
    if not {"who", "which"}.isdisjoint(rest):
        return None
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
    if last in OPEN or needs_object:
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
