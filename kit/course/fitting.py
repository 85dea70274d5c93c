"""Words fitted to a place in a sentence: with the ending, the number and the article that the place asks for.

A rule of thumb, not a grammar: what may come out wrong is refused, and offered as advice instead. The tagger says what
the words of the sentence are; lexicons/word_kinds.toml says what those are that are to be put in.
"""

from __future__ import annotations

from kit.course.fit_nouns import as_noun, noun_of
from kit.course.fit_verbs import as_verb, verb_tag
from kit.course.places import BE, DESCRIBES, GROUP, A, Place, describes, kinds, tags_in
from kit.text.inflection import degree


def fitted(words: str, place: Place) -> str | None:
    """Words as they fit into a place; None if they would make no English sentence there.

    >>> from kit.text.article import read_text
    >>> from kit.text.tokens import sentences
    >>> (sentence,) = sentences(read_text("The army has pushed deeper into the brutal valley."))
    >>> deeper, brutal = Place(sentence.tokens, 3, 6), Place(sentence.tokens, 7, 8)
    >>> fitted("advance into", deeper), fitted("pursue", deeper), fitted("the end of", deeper)
    ('advanced into', 'pursued', None)
    >>> fitted("violent", brutal), fitted("how many died", brutal)
    ('violent', None)
    """
    if words == "only" and place.word(place.start - 1) in A:
        return None  # "a mere nine hours"
    asked = _not_twice(words, place)
    if asked is None:
        return None
    tag = verb_tag(place)
    if tag:
        return as_verb(asked, tag, place)
    head = noun_of(place)
    found = as_noun(asked, place, head) if head is not None else None
    if found or (head is not None and not _may_describe(place)):
        return found
    if describes(place) or _may_describe(place) or place.tag(place.end - 1).startswith(DESCRIBES):
        return _as_description(asked, place) or _as_phrase(asked, place)
    return _as_phrase(asked, place)


def can_be_left_out(place: Place) -> bool:
    """Whether a sentence stays one without the words of a place: an adverb, what describes a noun, an aside."""
    first, before, after = place.tag(place.start), place.word(place.start - 1), place.word(place.end)
    if after == "," and (place.start == 0 or before == ","):
        return True
    if before == "," and place.end >= len(place.tokens) - 1:
        return True
    if all(place.tag(at) == "RB" for at in range(place.start, place.end)):
        return before not in BE or place.tag(place.end).startswith(("JJ", "VBN", "RB", "IN", "DT", "VBG"))
    if before in A and place.tag(place.end) == "CD":
        return False
    return not first.startswith("CD") and place.tag(place.end).startswith(("NN", "JJ", "VBG")) and describes(place)


def _not_twice(words: str, place: Place) -> str | None:
    """Without a last word that stands after the place anyway; None where two such words would meet, or none is left."""
    row = words.split()
    ends = place.word(place.end - 1) in kinds("open")
    if row[-1] not in kinds("open"):
        return None if ends and not verb_tag(place) else words
    following = place.tag(place.end)
    if not ends and place.word(place.end) == row[-1] and len(row) > 1:
        return " ".join(row[:-1])
    return words if following.startswith(GROUP) and (ends or verb_tag(place)) else None


def _may_describe(place: Place) -> bool:
    """Whether what the tagger takes for a noun may be an adjective: "is dire", "calls it unfair"."""
    one = place.end - place.start == 1
    return (
        one and place.tag(place.start) in ("NN", "RB") and place.tag(place.start - 1) not in ("DT", "JJ", "PRP$", "IN")
    )


def _as_description(words: str, place: Place) -> str | None:
    tags, tag, following = tags_in(words, place), place.tag(place.end - 1), place.tag(place.end)
    adverb = tag.startswith("RB") and not following.startswith("NN")
    if adverb and place.verb_before() not in BE and not tags[-1].startswith("RB"):
        return None
    if adverb and following.startswith(("JJ", "RB", "VB")) and not tags[-1].startswith("RB"):
        return None
    if not tags[-1].startswith((*DESCRIBES, "RB") if adverb else DESCRIBES):
        return None
    if tags[0].startswith(("VBP", "VBZ", "IN", "TO", "WP", "DT")) or words.split()[0] in kinds("verbs"):
        return None
    if tag in ("JJR", "JJS") and tags[-1] != tag:
        return degree(words, tag) if len(tags) == 1 else None
    return words


def _as_phrase(words: str, place: Place) -> str | None:
    """Words that begin and end like those that they replace; a phrase for an adverb, but not before a verb."""
    tags = tags_in(words, place)
    first, last, following = place.tag(place.start), place.tag(place.end - 1), place.tag(place.end)
    if first.startswith(("NN", "JJ", "VB")):
        return None
    if first == last == "RB" and tags[0] == "IN" and tags[-1].startswith("NN"):
        return None if following.startswith(("VB", "JJ", "RB")) else words
    inner = [place.tag(at) for at in range(place.start + 1, place.end - 1)]
    both = ("IN" in inner) == ("IN" in tags[1:-1])
    return words if both and tags[0][:2] == first[:2] and tags[-1][:2] == last[:2] else None
