"""What there is to say about an answer: for each option in words, the student's own choice first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from kit.course.answers import Answer
from kit.course.questions import Item, Option, lessons

SURE = ("", "sure", "unsure")
ARTICLES = {"a", "an", "the"}
AGAIN = ": it may come back in the next lesson"
HEADLINES = {
    ("right", "sure"): "Right, and you knew it.",
    ("right", "unsure"): "Right. You were not sure: the reason below is yours to keep.",
    ("partly", "sure"): "Partly. You were sure, so look closely{again}.",
    ("partly", "unsure"): "Partly. You had a feeling that something was missing; here is what.",
    ("wrong", "sure"): "Not this time. A sure mistake is one that teaches{again}.",
    ("wrong", "unsure"): "Not this time, and you had your doubts. Here is why.",
    ("open", ""): "Compare your answer with ours: the points count, not the words.",
}
MISSING = {
    "span": "Pick a word first.",
    "order": "Put the lines in order first: move at least one.",
    "log": "Choose first where you looked.",
}
LEAST_WORDS = 4  # of a log: quoted in a row, and of one's own
QUOTED = re.compile(r"[\"“„«](.+?)[\"”“»]", re.DOTALL)
ADDRESS = re.compile(r"\w\.\w\w")
GUESSED = "Your guess is noted. Now go and see."
SEALED = "Thank you. Your teacher has the key to this one."


class Row(NamedTuple):
    """An option in the feedback. ``mark``: good, bad, missed, yours or quiet; ``state`` says the same in words."""

    text: str
    mark: str
    state: str
    feedback: str


def read_answer(item: Item, stored: Mapping[str, Any]) -> Answer:
    """A stored answer to an item, whole: what an older or a changed file holds is left out where it does not fit."""
    picked = [name for name in _list(stored.get("picked")) if name in pickable(item)]
    if item.kind == "order" and len(set(picked)) < len(item.options):
        picked = []
    text, sure, hints = stored.get("text"), stored.get("sure"), stored.get("hints")
    answer = {
        "picked": list(dict.fromkeys(picked[:1] if item.takes_one else picked)),
        "text": text if isinstance(text, str) else "",
        "sure": sure if sure in SURE else "",
        "hints": hints if isinstance(hints, int) and hints > 0 else 0,
        "committed": stored.get("committed") is True,
    }
    answer["committed"] = answer["committed"] and not is_complete(item, answer)
    return answer


def pickable(item: Item) -> set[str]:
    """What ``picked`` may hold."""
    if item.kind == "span":
        return {str(number) for number in range(len(item.words))}
    return set() if item.kind == "text" else {option.id for option in item.options}


def is_complete(item: Item, answer: Mapping[str, Any]) -> str:
    """What is missing before an answer can be committed, as a sentence; empty if nothing is."""
    if item.kind == "text":
        return "" if answer["text"].strip() else "Write an answer first; a few words are enough."
    if not answer["picked"]:
        return MISSING.get(item.kind, "Choose an answer first.")
    if item.kind == "log":
        return _lacks_evidence(next(option for option in item.options if option.id in answer["picked"]), answer["text"])
    return "Say first how sure you are." if item.asks_sure and not answer["sure"] else ""


def _lacks_evidence(source: Option, text: str) -> str:
    """What a log lacks for others to check it: a quotation of the source, and what one makes of it."""
    words = _words(text)
    if source.card:
        quoted = _longest_run(words, _words(source.card))
        if quoted < LEAST_WORDS:
            return "Quote at least four words in a row from that card, so that others can check you."
    else:
        quoted = max((len(_words(found)) for found in QUOTED.findall(text)), default=0)
        if quoted < LEAST_WORDS or not ADDRESS.search(text):
            return "Write down the address, and quote at least four words from there in quotation marks."
    return "" if len(words) - quoted >= LEAST_WORDS else "Now add in your own words what this tells you."


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _longest_run(words: list[str], others: list[str]) -> int:
    """How many words in a row two texts share at most."""
    return SequenceMatcher(None, words, others, autojunk=False).find_longest_match().size


def verdict(item: Item, answer: Mapping[str, Any]) -> str:
    """right, partly or wrong; open where neither can be said: free text, a guess, an item without its key."""
    if not item.asks_sure or not any(option.feedback for option in item.options):
        return "open"
    picked = set(answer["picked"])
    if item.kind == "order":
        places = sum(a == b.id for a, b in zip(answer["picked"], item.options, strict=False))
        return _grade(places, len(item.options) - places)
    if item.kind == "span":
        states = [_found(item, option, picked) for option in item.options if option.right]
        extra = len(_others(item, picked)) + sum(_touched(item, o, picked) for o in item.options if not o.right)
        good = sum(state == "all" for state in states)
        return _grade(good or "some" in states, len(states) - good + extra)
    right = {option.id for option in item.options if option.right}
    if item.kind == "choice":
        return "right" if picked & right else "wrong"
    return _grade(len(picked & right), len(picked ^ right))


def was_wrong_but_sure(item: Item, answer: Mapping[str, Any]) -> bool:
    """Whether this is a question to ask again: the best moment to learn it."""
    return answer["committed"] and answer["sure"] == "sure" and verdict(item, answer) in ("wrong", "partly")


def feedback(item: Item, answer: Mapping[str, Any]) -> dict[str, Any]:
    """What is shown after the commit, as plain data. ``rows``: see `Row`; ``after``: what to take along."""
    found = verdict(item, answer)
    if item.assess and found == "open":
        return {"verdict": found, "headline": SEALED, "rows": [], "model": "", "after": ""}
    return {
        "verdict": found,
        "headline": GUESSED if item.guess else _headline(item, found, answer["sure"]),
        "rows": [row._asdict() for row in _rows(item, answer)],
        "model": item.model,
        "after": item.after,
    }


def _headline(item: Item, found: str, sure: str) -> str:
    last = item.id.startswith(f"{lessons()[-1]}/")
    return HEADLINES[found, "" if found == "open" else sure].format(again="" if last else AGAIN)


def _rows(item: Item, answer: Mapping[str, Any]) -> list[Row]:
    picked: Sequence[str] = answer["picked"]
    if item.kind == "order":
        return [_ordered(option, picked, number) for number, option in enumerate(item.options)]
    if item.kind == "text":
        return [_point(option, answer["text"]) for option in item.options]
    if item.kind == "span":
        rows = [_spanned(item, option, set(picked)) for option in item.options]
        others = _others(item, set(picked))
        if others:
            words = " … ".join(item.words[number] for number in others)
            rows.append(Row(words, "bad", "You picked this too", item.otherwise))
        return sorted(rows, key=lambda row: row.mark in ("missed", "quiet"))
    chosen = [_chosen(option, item.guess) for option in item.options if option.id in picked]
    return chosen + [_left(option, item.kind) for option in item.options if option.id not in picked]


def _chosen(option: Option, guess: bool) -> Row:
    if guess:
        return Row(option.text, "yours", "Your guess", option.feedback)
    mark, state = ("good", "Your choice, and right") if option.right else ("bad", "Your choice")
    return Row(option.text, mark, state, option.feedback)


def _left(option: Option, kind: str) -> Row:
    several = kind == "choices"
    if option.right:
        state = {"choices": "This one, too", "log": "This one helps"}.get(kind, "The better answer")
        return Row(option.text, "missed", state, option.feedback)
    return Row(option.text, "quiet", "Rightly left out" if several else "Not chosen", option.feedback)


def _ordered(option: Option, picked: Sequence[str], number: int) -> Row:
    if picked.index(option.id) == number:
        return Row(option.text, "good", "In its place", option.feedback)
    return Row(option.text, "bad", f"You had it as number {picked.index(option.id) + 1}", option.feedback)


def _point(option: Option, text: str) -> Row:
    if any(re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE) for word in option.words):
        return Row(option.text, "good", "You mention it", option.feedback)
    return Row(option.text, "quiet", "Did you say this in other words?", option.feedback)


def _spanned(item: Item, option: Option, picked: set[str]) -> Row:
    found = _found(item, option, picked)
    if option.right:
        mark, state = {
            "all": ("good", "Found"),
            "some": ("missed", "Partly found"),
            "none": ("missed", "Not found"),
        }[found]
    else:
        mark, state = ("quiet", "Rightly left out") if found == "none" else ("bad", "You picked this")
    return Row(option.text, mark, state, option.feedback)


def _found(item: Item, option: Option, picked: set[str]) -> str:
    """How much of an option's words was picked: all (articles don't count), some or none."""
    wanted = {str(number) for number in item.place(option)}
    needed = {number for number in wanted if item.words[int(number)].lower() not in ARTICLES}
    return "all" if needed <= picked else "some" if wanted & picked else "none"


def _touched(item: Item, option: Option, picked: set[str]) -> bool:
    return _found(item, option, picked) != "none"


def _others(item: Item, picked: set[str]) -> list[int]:
    """The numbers of the picked words that belong to no option."""
    known = {str(number) for option in item.options for number in item.place(option)}
    numbers = sorted(int(number) for number in picked - known)
    return [number for number in numbers if item.words[number].lower() not in ARTICLES]


def _grade(good: int, bad: int) -> str:
    return "wrong" if not good else "partly" if bad else "right"


def _list(value: Any) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []
