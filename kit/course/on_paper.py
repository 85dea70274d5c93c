"""Answers as they stand on paper and on pages without scripts."""

from __future__ import annotations

from markupsafe import Markup

from kit.course.answers import Answer
from kit.course.questions import Question

SURE = {"sure": "I was sure.", "unsure": "I was not sure."}


def in_words(question: Question, answer: Answer) -> str:
    """An answer as a person would write it down.

    >>> from kit.course.questions import Option
    >>> question = Question("01_x/y", "choice", "", "", (Option("a", "The mayor"), Option("b", "Nobody")))
    >>> in_words(question, {"picked": ["a"], "text": ""})
    'The mayor'
    """
    if question.kind == "text":
        return str(answer["text"])
    if question.kind == "log":
        sources = [option.text for option in question.options if option.id in answer["picked"]]
        return "\n".join((*sources, str(answer["text"])))
    if question.kind == "span":
        return " ".join(question.words[int(number)] for number in answer["picked"])
    texts = {option.id: option.text for option in question.options}
    lines = [texts[picked] for picked in answer["picked"]]
    if question.kind == "order":
        lines = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    return "\n".join(lines)


def answer_html(question: Question, answer: Answer) -> Markup:
    """An answer below its question, as static HTML; a sentence where there is none.

    >>> print(answer_html(Question("01_x/y", "text", "", ""), {"picked": [], "text": "Rain.", "committed": False}))
    <p><strong>The answer</strong> (not committed yet):</p><blockquote>Rain.</blockquote>
    """
    written = in_words(question, answer).strip()
    if not written:
        return Markup("<p>Not answered yet.</p>")
    state = " (not committed yet)" if not answer["committed"] else ""
    sure = Markup("<p>{}</p>").format(SURE[answer["sure"]]) if answer.get("sure") in SURE else Markup("")
    shown = Markup("<p><strong>The answer</strong>{}:</p><blockquote>{}</blockquote>{}")
    return shown.format(state, Markup("<br>").join(written.splitlines()), sure)
