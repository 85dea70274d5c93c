"""From places in an article to a lesson's questions: which are asked, which are sealed, and how each is worded."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import tomli

from kit.classroom.lesson_places import WHOLE, Place, Places
from kit.files import replace_surrogates
from kit.resources import PACKAGE
from kit.wording import short

PARTS = {  # of a lesson, and what is asked in each
    "who": ("who-says", "signal", "what-kind", "quoted", "basis", "not-told", "no-source", "whose-figure"),
    "sure": ("how-sure", "whose-doubt"),
    "words": ("view-word", "whose-word", "who-did-it"),
    "missing": ("silent",),
}
SEALED = (  # what is asked to hand in, in this order of choice
    "who-says",
    "whose-doubt",
    "signal",
    "whose-word",
    "what-kind",
    "quoted",
    "no-source",
    "not-told",
    "basis",
    "who-did-it",
    "whose-figure",
)
MOST_SEALED, FEWEST_FOR_SEALED = 5, 4  # questions to hand in, on half of the sentences; of how many, at least
ROUNDS_SEALED = ((1, 1), (2, 1), (1, 0), (2, 0))  # how many from one template; 1: the surest is asked with feedback
ENOUGH, FEW, FEWEST_KEPT = 12, 6, 4  # questions with feedback
ROUNDS = (  # how many questions from one template, on one sentence, and in all, at most
    (1, 1, ENOUGH),
    (2, 1, ENOUGH),
    (1, 2, ENOUGH),
    (2, 2, ENOUGH),
    (2, 3, FEW),
)
LETTERS = "abcdefgh"
TO_HAND_IN = "sealed"  # the part of the lesson
TELLING = ("hints", "after", "model", "otherwise")  # what a question that is handed in has in its key
CHECK = {  # what to look at first where nothing comes from the kit's marks
    "how-much": "Nothing is right or wrong here.",
    "look-back": "Is the model answer one of yours?",
    "next-call": "Is the model answer one of yours?",
}
AFTER_NAMED = "the article speaks of them and never lets them speak"
AFTER_UNNAMED = "they have to live with it and the article doesn’t let them speak"
ONE_SOURCE, NO_SOURCE = "only one source says so", "the article doesn’t say where the reporter has it from"
GOES_ON = frozenset(["but", "and", "he", "she", "it", "they", "his", "her", "their"])  # with the sentence before
NO_CLAIM = re.compile(r"\bcomment(?:ed|ing)?\b")  # "would not comment": nothing to check
LONGEST_QUOTED = 90  # characters of a sentence in a model answer
Table = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A question as a lesson's file has it. ``part`` of the lesson it belongs to; ``check``: what to look at first.

    ``key``: what its table must not hold, if it is to be handed in.
    """

    part: str
    table: Table
    check: str
    key: Table = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.table["id"])


@cache
def templates() -> Mapping[str, Any]:
    """The questions of lesson_questions.toml, by name."""
    return tomli.loads((PACKAGE / "classroom" / "lesson_questions.toml").read_text("utf-8"))


def ask(places: Places) -> list[Asked]:
    """The questions on an article: those with feedback in the lesson's order, then those to be handed in.

    >>> from kit.analysis.annotate import annotate
    >>> made = ask(Places(annotate("The old bridge in Port Vorn is safe, said Ada Brandt. She built it in 1990.")))
    >>> [(one.part, one.name) for one in made][:3]
    [('before', 'how-much'), ('who', 'who-says'), ('who', 'signal')]
    """
    kept, sealed = choose(list(places))
    numbers: Counter[str] = Counter()
    asked = [_worded(Place("how-much", WHOLE, 1, {}, _roles("how-much")), "before", places, numbers)]
    for part, names in PARTS.items():
        own = [place for name in names for place in kept if place.template == name]
        asked += [_worded(place, part, places, numbers) for place in own]
    asked.append(_worded(_look_back(places), "look-back", places, numbers))
    asked += [_worded(place, TO_HAND_IN, places, numbers) for place in (*sealed, _next_call(places))]
    return asked


def choose(found: Sequence[Place]) -> tuple[list[Place], list[Place]]:
    """Which places are asked about, and which of them to hand in: many kinds, of each the surest first.

    A sentence with a question to hand in has no other one, whose feedback would tell. So where hardly any would be left
    to learn with, fewer are handed in.
    """
    surest = sorted(found, key=lambda place: -place.sure)
    kept: list[Place] = []
    sealed: list[Place] = []
    for rounds in range(len(ROUNDS_SEALED), 0, -1):
        sealed = _to_hand_in(surest, ROUNDS_SEALED[:rounds])
        kept = _to_learn_with(surest, {one.sentence for one in sealed})
        if len(kept) >= FEWEST_KEPT:
            break
    return kept, sealed


def _to_hand_in(surest: Sequence[Place], rounds: Sequence[tuple[int, int]]) -> list[Place]:
    asked_of = len({place.sentence for place in surest})
    quota = min(MOST_SEALED, (asked_of + 1) // 2) if asked_of >= FEWEST_FOR_SEALED else 0
    sealed: list[Place] = []
    for alike, first in rounds:
        for name in SEALED:
            of_name = [one for one in sealed if one.template == name]
            taken = {one.sentence for one in sealed}
            others = [place for place in surest if place.template == name and len(place.options) > 1][first:]
            fresh = [place for place in others if place.sentence not in taken]
            if fresh and len(of_name) < alike and len(sealed) < quota:
                sealed.append(fresh[0])
    return sealed


def _to_learn_with(surest: Sequence[Place], taken: Collection[int]) -> list[Place]:
    """``taken``: sentences that are not to be asked about."""
    names = [name for part in PARTS.values() for name in part]
    kept: list[Place] = []
    for alike, on_one, enough in ROUNDS:
        for name in names:
            of_name = [place for place in kept if place.template == name]
            for place in surest:
                here = [one for one in kept if one.sentence == place.sentence]
                fits = place.template == name and len(of_name) < alike and len(here) < on_one
                free = place.sentence not in taken and place not in kept and name not in {one.template for one in here}
                if fits and free and len(kept) < enough:
                    kept.append(place)
                    break
    return kept


def _roles(template: str) -> tuple[tuple[str, bool, Mapping[str, str]], ...]:
    return tuple((role, True, {}) for role in templates()[template]["option"])


def _look_back(places: Places) -> Place:
    """The question that closes the lesson; its model answer takes a sentence with one source, or without any."""
    short_ones = [number for number in places.usable if len(places.passage(number)) <= LONGEST_QUOTED]
    plain = [number for number in short_ones if places.is_claim(number)]
    told = [n for n in plain if len(places.told.get(n, ())) == 1 and places.is_sure(places.told[n][0])]
    untold = [n for n in plain or places.usable if not places.told.get(n)]
    alone = [
        n
        for n in told
        if places.passage(n).split()[0].lower() not in GOES_ON and not NO_CLAIM.search(places.passage(n))
    ]
    number = next(iter(alone or told or untold or places.usable), 0)
    because = ONE_SOURCE if places.told.get(number) else NO_SOURCE
    passage = short(places.passage(number), LONGEST_QUOTED).strip('"“”.,')
    return Place("look-back", WHOLE, 1, {"passage": passage, "because": because}, _roles("look-back"))


def _next_call(places: Places) -> Place:
    silent = next((place for place in places if place.template == "silent"), None)
    who = silent.options[0][2]["Other"] if silent else ""
    values = {"who": who[:1].lower() + who[1:] if who.startswith("The ") else who, "because": AFTER_NAMED}
    if not who:
        values = {"who": "somebody who lives or works there", "because": AFTER_UNNAMED}
    return Place("next-call", WHOLE, 1, values, _roles("next-call"))


def _worded(place: Place, part: str, places: Places, numbers: Counter[str]) -> Asked:
    """A question in words. One to hand in gets its key apart."""
    template, sealed = templates()[place.template], part == TO_HAND_IN
    name = "check" if sealed else place.template
    numbers[name] += 1
    number = numbers[name]
    table: Table = {"id": f"{name}-{number}" if sealed or number > 1 else name, "kind": template["kind"]}
    table["title"] = template["title"] if sealed or number == 1 else f"{template['title']} ({number})"
    table |= {"assess": True} if sealed else {"guess": True} if template.get("guess") else {}
    if place.sentence != WHOLE:
        table |= {"where": "the story", "passage": places.passage(place.sentence)}
    table["question"] = _fill(template["question"], place.values)
    told = {field: _fill(template[field], place.values) for field in TELLING if field in template}
    options = _options(place, f"{places.reading.article.sha256} {table['id']}")
    check = CHECK.get(place.template, f"The kit is {place.sure:.0%} sure.")
    if not sealed:
        table |= told
        table["option"] = [_only(option, ("id", "text", "right", "quote", "feedback")) for option in options]
        return Asked(part, table, check)
    table["option"] = [_only(option, ("id", "text")) for option in options]
    right = [option["id"] for option in options if option["right"]]
    feedback = {option["id"]: option["feedback"] for option in options}
    return Asked(part, table, check, {**({"right": right} if right else {}), **told, "feedback": feedback})


def _options(place: Place, seed: str) -> list[Table]:
    """The options in words: mixed, unless they have an order of their own, and named by letters, which tell nothing."""
    template = templates()[place.template]
    can_be_right = template["kind"] != "text" and not template.get("guess")
    options: list[Table] = []
    for role, right, values in place.options:
        written, filled = template["option"][role], {**place.values, **values}
        feedback = written["right"] if right and "right" in written else written["wrong"]
        option: Table = {"text": written["text"], "quote": written.get("quote", ""), "feedback": feedback}
        options.append({name: _fill(text, filled) for name, text in option.items()} | {"right": right and can_be_right})
    if can_be_right:
        random.Random(seed).shuffle(options)
    return [option | {"id": letter} for letter, option in zip(LETTERS, options, strict=False)]


def _only(option: Table, names: Sequence[str]) -> Table:
    return {name: option[name] for name in names if option.get(name)}


def _fill(words: Any, values: Mapping[str, str]) -> Any:
    """A sentence of a template, or several, with the article's words in it."""
    if isinstance(words, list):
        return [_fill(one, values) for one in words]
    return replace_surrogates(words.format_map(values)).strip()
