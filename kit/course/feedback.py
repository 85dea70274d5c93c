"""What there is to say about an answer: for each option in words, the student's own choice first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from kit.course.answers import Answer
from kit.course.lesson_files import comes_last
from kit.course.questions import Option, Question, split_id
from kit.course.written import lacks_answer, lacks_evidence, lacks_quote

SURE = ("", "sure", "unsure")
ARTICLES = {"a", "an", "the"}
AGAIN = ": it may come back in the next lesson"
HEADLINES = {
    ("right", "sure"): "Right, and you knew it.",
    ("right", "unsure"): "Right. You were not sure: the reason below is yours to keep.",
    ("defensible", "sure"): "You have a point. There are reasons for your answer and for ours: weigh them.",
    ("defensible", "unsure"): "You have a point, and your doubt was fair: there are reasons for more than one answer.",
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
GUESSED = "Your guess is noted."
SEALED = "Thank you. Your teacher has the key to this one."


class Row(NamedTuple):
    """An option in the feedback. ``mark``: good, fair, bad, missed, yours or quiet; ``state`` says it in words."""

    text: str
    mark: str
    state: str
    feedback: str


def read_answer(question: Question, stored: Mapping[str, Any]) -> Answer:
    """A stored answer to a question, whole: what an older or a changed file holds is left out where it does not fit.

    >>> question = Question("01_x/y", "choice", "", "", (Option("a", "The mayor"), Option("b", "Nobody")))
    >>> read_answer(question, {"picked": ["a", "z"], "sure": 3})
    {'picked': ['a'], 'text': '', 'sure': '', 'hints': 0, 'committed': False, 'points': {}}
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
        "points": _points(question, stored),
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
    'Write an answer first; a sentence is enough.'
    """
    if question.kind == "text":
        return lacks_answer(question, answer["text"])
    if not answer["picked"]:
        return MISSING.get(question.kind, "Choose an answer first.")
    if question.kind == "log":
        source = next(option for option in question.options if option.id in answer["picked"])
        return lacks_evidence(source, answer["text"])
    return "Say first how sure you are." if question.asks_sure and not answer["sure"] else ""


def verdict(question: Question, answer: Mapping[str, Any]) -> str:
    """right, defensible, partly or wrong; open where nothing of this can be said: free text, a guess, a question
    without its key. Defensible: it differs from the key only where the question says that good readers do.

    >>> options = Option("a", "The mayor", "Yes.", right=True), Option("b", "Nobody", "No.")
    >>> verdict(Question("01_x/y", "choice", "", "", options), {"picked": ["b"]})
    'wrong'
    """
    if not question.asks_sure or not question.has_key:
        return "open"
    picked = set(answer["picked"])
    if question.kind == "order":
        right_order = [option.id for option in question.options]
        in_place = [name for name, wanted in zip(answer["picked"], right_order, strict=False) if name == wanted]
        return _grade(len(in_place), len(right_order) - len(in_place))
    if question.kind == "span":
        return _span_verdict(question, picked)
    right = {option.id for option in question.options if option.right}
    defensible = {option.id for option in question.options if option.defensible}
    if question.kind == "choice":
        return "right" if picked & right else "defensible" if picked & defensible else "wrong"
    differ = picked ^ right
    return _grade(len(picked & (right | defensible)), len(differ - defensible), len(differ & defensible))


def _span_verdict(question: Question, picked: set[str]) -> str:
    """The verdict on picked words: all that are right, some, or none; and what was picked beside them."""
    found = {option: _found(question, option, picked) for option in question.options}
    differ = [option for option in found if found[option] != ("all" if option.right else "none")]
    good = [option for option in found if found[option] != "none" and (option.right or option.defensible)]
    fair = [option for option in differ if option.defensible and found[option] != "some"]
    return _grade(len(good), len(differ) - len(fair) + len(_others(question, picked)), len(fair))


def was_wrong_but_sure(question: Question, answer: Mapping[str, Any]) -> bool:
    """Whether this is a question to ask again: the best moment to learn it."""
    return answer["committed"] and answer["sure"] == "sure" and verdict(question, answer) in ("wrong", "partly")


def feedback(question: Question, answer: Mapping[str, Any]) -> dict[str, Any]:
    """What is shown after the commit, as plain data. ``rows``: see `Row`; ``after``: what to take along.

    ``points``: those of a written answer, each with its words in our answer, to be ticked by whoever made them.
    """
    called = verdict(question, answer)
    if question.assess and not question.has_key:
        return {"verdict": called, "headline": SEALED, "rows": [], "points": [], "model": "", "after": ""}
    return {
        "verdict": called,
        "headline": GUESSED if question.guess else _headline(question, called, answer["sure"]),
        "rows": [row._asdict() for row in _rows(question, answer)],
        "points": [
            {"id": option.id, "text": option.text, "ours": option.quote, "feedback": option.feedback}
            for option in (question.options if question.kind == "text" else ())
        ],
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
        return []
    if question.kind == "span":
        rows = [_spanned(question, option, set(picked)) for option in question.options]
        others = _others(question, set(picked))
        if others:
            words = " … ".join(question.words[number] for number in others)
            more = any(_found(question, option, set(picked)) != "none" for option in question.options)
            state = "You picked this too" if more else "You picked this"
            rows.append(Row(words, "bad", state, question.otherwise))
        return sorted(rows, key=lambda row: row.mark in ("missed", "quiet"))
    chosen = [_chosen(option, question.guess) for option in question.options if option.id in picked]
    called = verdict(question, answer)
    left = [_left(option, question.kind, called) for option in question.options if option.id not in picked]
    return chosen + left


def _chosen(option: Option, guess: bool) -> Row:
    if guess:
        return Row(option.text, "yours", "Your guess", option.feedback)
    if option.right:
        return Row(option.text, "good", "Your choice, and right", option.feedback)
    if option.defensible:
        return Row(option.text, "fair", "Your choice, and you have a point", option.feedback)
    return Row(option.text, "bad", "Your choice", option.feedback)


def _left(option: Option, kind: str, called: str) -> Row:
    if option.right and option.defensible:
        return Row(option.text, "fair", "Left out, and you have a point", option.feedback)
    if option.right:
        ours = "Our answer" if called == "defensible" else "The better answer"
        state = {"choices": "This one, too", "log": "This one helps"}.get(kind, ours)
        return Row(option.text, "missed", state, option.feedback)
    if option.defensible:
        return Row(option.text, "quiet", "Not chosen; there are reasons for it, too", option.feedback)
    state = "Rightly left out" if kind == "choices" else "Not chosen"
    return Row(option.text, "quiet", state, option.feedback)


def _ordered(option: Option, picked: Sequence[str], number: int) -> Row:
    if picked.index(option.id) == number:
        return Row(option.text, "good", "In its place", option.feedback)
    return Row(option.text, "bad", f"You had it as number {picked.index(option.id) + 1}", option.feedback)


def _spanned(question: Question, option: Option, picked: set[str]) -> Row:
    found = _found(question, option, picked)
    if option.defensible and found == ("none" if option.right else "all"):
        mark, state = "fair", f"{'Left out' if option.right else 'You picked this'}, and you have a point"
    elif option.right:
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


def _grade(good: int, bad: int, fair: int = 0) -> str:
    """The verdict on parts of an answer: as they should be, not as they should be, and where one may differ."""
    if bad or not good:
        return "partly" if good else "wrong"
    return "defensible" if fair else "right"


def _points(question: Question, stored: Mapping[str, Any]) -> dict[str, str]:
    """The points that were ticked, each with its quotation, as far as these stand in the answer."""
    text, points = stored.get("text"), stored.get("points")
    if question.kind != "text" or not isinstance(text, str) or not isinstance(points, dict):
        return {}
    told = {option.id: points.get(option.id) for option in question.options}
    return {name: quote for name, quote in told.items() if isinstance(quote, str) and not lacks_quote(text, quote)}


def _list(value: Any) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []
