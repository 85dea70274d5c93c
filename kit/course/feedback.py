"""What there is to say about an answer: for each option in words, the student's own choice first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from kit.course.answers import Answer
from kit.course.lessons import comes_last
from kit.course.questions import Option, Question, split_id

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
FOUND = {  # of the words of a right option: how it is marked, and said
    "all": ("good", "Found"),
    "some": ("missed", "Partly found"),
    "none": ("missed", "Not found"),
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


def read_answer(question: Question, stored: Mapping[str, Any]) -> Answer:
    """A stored answer to a question, whole: what an older or a changed file holds is left out where it does not fit.

    >>> question = Question("01_x/y", "choice", "", "", (Option("a", "The mayor"), Option("b", "Nobody")))
    >>> read_answer(question, {"picked": ["a", "z"], "sure": 3})
    {'picked': ['a'], 'text': '', 'sure': '', 'hints': 0, 'committed': False}
    """
    picked = [name for name in _list(stored.get("picked")) if name in pickable(question)]
    if question.kind == "order" and len(set(picked)) < len(question.options):
        picked = []
    text, sure, hints = stored.get("text"), stored.get("sure"), stored.get("hints")
    answer = {
        "picked": list(dict.fromkeys(picked[:1] if question.takes_one else picked)),
        "text": text if isinstance(text, str) else "",
        "sure": sure if sure in SURE else "",
        "hints": hints if isinstance(hints, int) and hints > 0 else 0,
        "committed": stored.get("committed") is True,
    }
    answer["committed"] = answer["committed"] and not what_is_missing(question, answer)
    return answer


def pickable(question: Question) -> set[str]:
    """What ``picked`` may hold: the ids of options, or the numbers of words.

    >>> sorted(pickable(Question("01_x/y", "span", "", "", passage="It may rain.")))
    ['0', '1', '2']
    """
    if question.kind == "span":
        return {str(number) for number in range(len(question.words))}
    if question.kind == "text":
        return set()
    return {option.id for option in question.options}


def what_is_missing(question: Question, answer: Mapping[str, Any]) -> str:
    """What is missing before an answer can be committed, as a sentence; empty if nothing is.

    >>> what_is_missing(Question("01_x/y", "text", "", ""), {"text": " "})
    'Write an answer first; a few words are enough.'
    """
    if question.kind == "text":
        return "" if answer["text"].strip() else "Write an answer first; a few words are enough."
    if not answer["picked"]:
        return MISSING.get(question.kind, "Choose an answer first.")
    if question.kind == "log":
        source = next(option for option in question.options if option.id in answer["picked"])
        return _lacks_evidence(source, answer["text"])
    return "Say first how sure you are." if question.asks_sure and not answer["sure"] else ""


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


def verdict(question: Question, answer: Mapping[str, Any]) -> str:
    """right, partly or wrong; open where neither can be said: free text, a guess, a question without its key.

    >>> options = Option("a", "The mayor", "Yes.", right=True), Option("b", "Nobody", "No.")
    >>> verdict(Question("01_x/y", "choice", "", "", options), {"picked": ["b"]})
    'wrong'
    """
    if not question.asks_sure or not any(option.feedback for option in question.options):
        return "open"
    picked = set(answer["picked"])
    if question.kind == "order":
        right_order = [option.id for option in question.options]
        in_place = [name for name, wanted in zip(answer["picked"], right_order, strict=False) if name == wanted]
        return _grade(len(in_place), len(right_order) - len(in_place))
    if question.kind == "span":
        return _span_verdict(question, picked)
    right = {option.id for option in question.options if option.right}
    if question.kind == "choice":
        return "right" if picked & right else "wrong"
    return _grade(len(picked & right), len(picked ^ right))


def _span_verdict(question: Question, picked: set[str]) -> str:
    """The verdict on picked words: all that are right, some, or none; and what was picked beside them."""
    wanted = [_found(question, option, picked) for option in question.options if option.right]
    wrong = [option for option in question.options if not option.right and _found(question, option, picked) != "none"]
    if all(found == "none" for found in wanted):
        return "wrong"
    if wrong or _others(question, picked) or any(found != "all" for found in wanted):
        return "partly"
    return "right"


def was_wrong_but_sure(question: Question, answer: Mapping[str, Any]) -> bool:
    """Whether this is a question to ask again: the best moment to learn it."""
    return answer["committed"] and answer["sure"] == "sure" and verdict(question, answer) in ("wrong", "partly")


def feedback(question: Question, answer: Mapping[str, Any]) -> dict[str, Any]:
    """What is shown after the commit, as plain data. ``rows``: see `Row`; ``after``: what to take along."""
    called = verdict(question, answer)
    if question.assess and called == "open":
        return {"verdict": called, "headline": SEALED, "rows": [], "model": "", "after": ""}
    return {
        "verdict": called,
        "headline": GUESSED if question.guess else _headline(question, called, answer["sure"]),
        "rows": [row._asdict() for row in _rows(question, answer)],
        "model": question.model,
        "after": question.after,
    }


def _headline(question: Question, called: str, sure: str) -> str:
    again = "" if comes_last(split_id(question.id)[0]) else AGAIN
    return HEADLINES[called, "" if called == "open" else sure].format(again=again)


def _rows(question: Question, answer: Mapping[str, Any]) -> list[Row]:
    picked: Sequence[str] = answer["picked"]
    if question.kind == "order":
        return [_ordered(option, picked, number) for number, option in enumerate(question.options)]
    if question.kind == "text":
        return [_point(option, answer["text"]) for option in question.options]
    if question.kind == "span":
        rows = [_spanned(question, option, set(picked)) for option in question.options]
        others = _others(question, set(picked))
        if others:
            words = " … ".join(question.words[number] for number in others)
            rows.append(Row(words, "bad", "You picked this too", question.otherwise))
        return sorted(rows, key=lambda row: row.mark in ("missed", "quiet"))
    chosen = [_chosen(option, question.guess) for option in question.options if option.id in picked]
    left = [_left(option, question.kind) for option in question.options if option.id not in picked]
    return chosen + left


def _chosen(option: Option, guess: bool) -> Row:
    if guess:
        return Row(option.text, "yours", "Your guess", option.feedback)
    if option.right:
        return Row(option.text, "good", "Your choice, and right", option.feedback)
    return Row(option.text, "bad", "Your choice", option.feedback)


def _left(option: Option, kind: str) -> Row:
    if option.right:
        state = {"choices": "This one, too", "log": "This one helps"}.get(kind, "The better answer")
        return Row(option.text, "missed", state, option.feedback)
    state = "Rightly left out" if kind == "choices" else "Not chosen"
    return Row(option.text, "quiet", state, option.feedback)


def _ordered(option: Option, picked: Sequence[str], number: int) -> Row:
    if picked.index(option.id) == number:
        return Row(option.text, "good", "In its place", option.feedback)
    return Row(option.text, "bad", f"You had it as number {picked.index(option.id) + 1}", option.feedback)


def _point(option: Option, text: str) -> Row:
    if any(re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE) for word in option.words):
        return Row(option.text, "good", "You mention it", option.feedback)
    return Row(option.text, "quiet", "Did you say this in other words?", option.feedback)


def _spanned(question: Question, option: Option, picked: set[str]) -> Row:
    found = _found(question, option, picked)
    if option.right:
        mark, state = FOUND[found]
    elif found == "none":
        mark, state = "quiet", "Rightly left out"
    else:
        mark, state = "bad", "You picked this"
    return Row(option.text, mark, state, option.feedback)


def _found(question: Question, option: Option, picked: set[str]) -> str:
    """How much of an option's words was picked: all (articles don't count), some or none."""
    wanted = {str(number) for number in question.place(option)}
    needed = {number for number in wanted if question.words[int(number)].lower() not in ARTICLES}
    if needed <= picked:
        return "all"
    return "some" if wanted & picked else "none"


def _others(question: Question, picked: set[str]) -> list[int]:
    """The numbers of the picked words that belong to no option."""
    known = {str(number) for option in question.options for number in question.place(option)}
    numbers = sorted(int(number) for number in picked - known)
    return [number for number in numbers if question.words[number].lower() not in ARTICLES]


def _grade(good: int, bad: int) -> str:
    if not good:
        return "wrong"
    return "partly" if bad else "right"


def _list(value: Any) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []
