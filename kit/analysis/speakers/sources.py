"""Sources that say who they are: by a name, by a title with a name, or by words of their own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kit.analysis.speakers.descriptions import described
from kit.analysis.speakers.entities import Entity, surname
from kit.analysis.speakers.mentions import Mention
from kit.analysis.speakers.people import BODY, GROUP, PERSON, people_lexicon
from kit.analysis.speakers.scene import Scene
from kit.text.spans import Span
from kit.text.tokens import Token
from kit.wording import one_line

MOST_HEADS = 6  # mentions of one source that are looked at
LONGEST_OPENING = 4  # words before a source's head
MOST_BETWEEN = 3  # words of a title in front of a name: "the Rt Rev"
NOT_APPOSED = frozenset(["of", "who", "whose", "which"])  # "the mayor, who met Ana Lima,"
LONGEST_TITLE = 9  # words before a name
NAMED_BY_THEMSELVES = re.compile(r"\b(?:(?:him|her)self|(?:his|her) name)(?: only| simply)? as (?=[A-Z])")
LINKS = frozenset(["of", "for", "to", "with", "from", "by", "at", "in", "on", "and", "&", "or", "against"])


class Sources:
    """Reads the sources of one article."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        people = (mention.entity for mention in scene.mentions if mention.entity.kind == PERSON)
        self.people = {surname(entity.name.split()): entity for entity in people}
        self.initials = {_initials(entity.name): entity for entity in self.people.values() if " " in entity.name}
        self.known: dict[str, Entity] = {}  # those who are only described, by their words

    def named(self, sources: Sequence[Span], tokens: Sequence[Token]) -> Entity:
        """The first mention in the source that is its head; several that are joined by "and" together."""
        if whole := self._person_at_the_end(sources[0]) or self.initials.get(sources[0].of(self.scene.text)):
            return whole
        if person := self._named_by_themselves(sources[0]):
            return person
        if body := self._body_behind(tokens):
            return body
        heads = self._heads(sources)
        if heads and (person := self._person_behind_comma(sources[0], heads[0])):
            return person
        if not heads:
            return self._described(sources[0], tokens)
        first = heads[0].entity
        opening = self.scene.text[sources[0].start : heads[0].start]
        depends = any(token.tag == "IN" and token.end <= heads[0].start for token in tokens[1:])
        if len(opening.split()) > LONGEST_OPENING or depends:
            return self._described(sources[0], tokens)
        if len(heads) == 1 or any(head.entity.kind != first.kind for head in heads):
            return first
        return Entity(" and ".join(head.entity.name for head in heads), first.kind, plural=True)

    def _described(self, source: Span, tokens: Sequence[Token]) -> Entity:
        """Somebody whom no mention names; from here on "they" may find them."""
        entity = described(self.scene.text, tokens, self.people)
        if not entity.name or entity.kind == PERSON:
            return entity
        entity.plural = entity.kind == GROUP and not entity.name.lower().startswith("one ")
        entity = self.known.setdefault(entity.name.lower(), entity)
        self.scene.add(source, entity)
        return entity

    def _person_behind_comma(self, source: Span, head: Mention) -> Entity | None:
        """ "The Iyaloja, Alhaja Bisi Adeyemi,": an office that no list knows, then its holder's full name."""
        comma = self.scene.text.find(",", source.start, source.end)
        if comma < 0 or (head.entity.kind == PERSON and head.end <= comma):
            return None
        at = bisect_left(self.scene.starts, comma)
        if at == len(self.scene.mentions):
            return None
        mention = self.scene.mentions[at]
        between = self.scene.text[comma + 1 : mention.start].split()
        in_full = " " in self.scene.text[mention.start : mention.end] and mention.end <= source.end
        person = mention.entity.kind == PERSON and mention.role != "owner" and in_full
        apposed = len(between) <= MOST_BETWEEN and NOT_APPOSED.isdisjoint(between)
        return mention.entity if person and apposed else None

    def _named_by_themselves(self, source: Span) -> Entity | None:
        """ "A trader, who identified himself simply as Sani": the name behind "as"."""
        named = NAMED_BY_THEMSELVES.search(self.scene.text, source.start, source.end)
        if named is None:
            return None
        at = bisect_left(self.scene.starts, named.end())
        mentions = self.scene.mentions[at : at + 1]
        person = [mention.entity for mention in mentions if mention.start == named.end() and mention.end <= source.end]
        return person[0] if person and person[0].kind == PERSON else None

    def _body_behind(self, tokens: Sequence[Token]) -> Entity | None:
        """ "The charity Home First": a body's name behind what it is."""
        words = tokens[1:] if tokens and tokens[0].lower in ("the", "a") else tokens
        noun = people_lexicon().nouns.get(words[0].lower) if len(words) > 1 and words[0].text.islower() else None
        if noun is None or noun.kind != GROUP or noun.plural or not all(word.text[0].isupper() for word in words[1:]):
            return None
        name = one_line(self.scene.text[words[1].start : words[-1].end])
        return self.known.setdefault(name.lower(), Entity(name, BODY))

    def _person_at_the_end(self, source: Span) -> Entity | None:
        """The person whose title or firm stands before the name: "Leakbox editor-in-chief Runa Olm"."""
        comma = self.scene.text.find(",", source.start, source.end)
        end = comma if comma > 0 else source.end
        mentions = self.scene.mentions
        at = bisect_left(self.scene.starts, end) - 1
        if at < 0 or mentions[at].start <= source.start or mentions[at].end != end:
            return None
        mention = mentions[at]
        before = self.scene.text[source.start : mention.start].split()
        name_is_full = " " in self.scene.text[mention.start : mention.end]
        if mention.entity.kind != PERSON or not name_is_full or not before or len(before) > LONGEST_TITLE:
            return None
        linked = before[-1].lower() in LINKS or before[-1].endswith(("'s", "’s"))
        depends = any(word.lower() in LINKS - {"and", "&"} for word in before) and not before[0][0].isupper()
        others = [other for other in mentions[max(at - MOST_HEADS, 0) : at] if other.start >= source.start]
        several = "and" in before and any(other.entity.kind == PERSON for other in others)
        return None if linked or depends or several else mention.entity

    def _heads(self, sources: Sequence[Span]) -> list[Mention]:
        """The first mention in the sources that owns nothing, and those that "and" joins to it."""
        heads: list[Mention] = []
        for span in sources:
            first = bisect_left(self.scene.starts, span.start)
            if first and self.scene.mentions[first - 1].end > span.start:
                first -= 1
            for mention in self.scene.mentions[first : first + MOST_HEADS]:
                if mention.start >= span.end:
                    break
                between = self.scene.text[heads[-1].end : mention.start].strip(" ,") if heads else "and"
                owns = mention.role == "owner" and mention.end < span.end
                if not owns and between in ("and", "&") and mention.entity not in [head.entity for head in heads]:
                    heads.append(mention)
        return heads


def _initials(name: str) -> str:
    """The label of a person in an interview: "IV" for Ines Varga."""
    return "".join(word[0] for word in name.split())
