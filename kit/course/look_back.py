"""A look back on one page: what a student sees now, the notes they wrote, what they were sure of and wrong about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from kit.course.answers import Answers
from kit.course.feedback import read_answer, was_wrong_but_sure
from kit.course.on_paper import in_words
from kit.course.progress import Work
from kit.course.questions import Question
from kit.render.html import static, theme, whole_page
from kit.wording import one_line, short

MOST_MISTAKES = 6
LONGEST = 700  # characters of an answer on this page; the long one has all of it
LONGEST_QUESTION = 160
NOTHING = "Nothing to keep yet: the last questions of the course fill this page."
NO_MISTAKE = "Nothing so far."
STYLE = """
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
.btl h1 { margin: 0 0 0.5rem; font: 700 1.8em / 1.3 var(--serif); }
@media print { @page { margin: 1.5cm; } body { margin: 0; font-size: 10.5pt; } }
"""
IN_CARD = """
.btl .btl-look-back { display: grid; gap: 1rem; max-width: 48em; }
.btl .btl-look-back :is(h2, h3, p, ul) { margin: 0; }
.btl .btl-look-back :is(h2, h3, .title) { font: 700 1.2em / 1.35 var(--serif); }
.btl .btl-look-back blockquote { margin: 0.2rem 0 0; padding-inline-start: 0.8rem; white-space: pre-wrap; }
.btl .btl-look-back blockquote { border-inline-start: 3px solid var(--line); }
.btl .btl-look-back small { color: var(--quiet); }
"""


@dataclass(frozen=True)
class Kept:
    """An answer worth keeping, under what it answers."""

    title: str
    lesson: str
    written: str


@dataclass(frozen=True)
class Mistake:
    """What a student was sure of, and was wrong: the answer ``then``, and the one ``now`` if that is another."""

    question: str
    then: str
    now: str


@dataclass(frozen=True)
class LookBack:
    """The page. ``print`` it for text; a notebook shows a card; `to_html` is for printing."""

    kept: tuple[Kept, ...]
    mistakes: tuple[Mistake, ...]

    def __repr__(self) -> str:
        lines = [f"{one.title}: {one_line(one.written)}" for one in self.kept] or [NOTHING]
        lines += [f"I was sure of “{mistake.then}”, and it was not so." for mistake in self._shown()]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return str(static(self.card(), more=IN_CARD))

    def to_html(self, name: str = "") -> Markup:
        """One page that needs no other file and prints well, with a name if there is one."""
        title = f"Between the Lines: {name} looks back" if name else "Between the Lines: I look back"
        body = Markup("<h1>{}</h1>{}").format(title, self.card())
        return whole_page(title, body, style=theme() + IN_CARD + STYLE, classes="btl")

    def _shown(self) -> tuple[Mistake, ...]:
        return self.mistakes[:MOST_MISTAKES]

    def card(self) -> Markup:
        """What the page says, as HTML that wants the style `IN_CARD`."""
        kept = Markup('<div><div class="title" role="heading" aria-level="2">{}</div><small>{}</small>'
                      "<blockquote>{}</blockquote></div>")  # fmt: skip
        parts = [kept.format(one.title, one.lesson, short_lines(one.written)) for one in self.kept]
        parts = parts or [Markup("<p>{}</p>").format(NOTHING)]
        rows = Markup("").join(map(_mistake_html, self._shown())) or Markup("<li>{}</li>").format(NO_MISTAKE)
        if len(self.mistakes) > MOST_MISTAKES:
            rows += Markup("<li>and {} more, on the long page</li>").format(len(self.mistakes) - MOST_MISTAKES)
        sure = Markup('<div><div class="title" role="heading" aria-level="2">I was sure, and it was not so</div>'
                      "<ul>{}</ul></div>").format(rows)  # fmt: skip
        return Markup('<div class="btl-look-back">{}</div>').format(Markup("").join([*parts, sure]))


def short_lines(written: str) -> str:
    """An answer with its lines, cut if it would fill the page."""
    return written if len(written) <= LONGEST else short(written, LONGEST)


def look_back(works: Iterable[Work]) -> LookBack:
    """What the work in some lessons leaves to keep: the answers that the lessons name, and the sure mistakes."""
    kept: list[Kept] = []
    mistakes: list[Mistake] = []
    for work in works:
        questions = {question.name: question for question in work.lesson.questions}
        for name, title in work.lesson.to_keep.items():
            answer = read_answer(questions[name], work.answers.get(name))
            if written := in_words(questions[name], answer).strip():
                kept.append(Kept(title, work.lesson.title, written))
        for question in questions.values():
            mistakes += _mistake(question, work.answers)
    return LookBack(tuple(kept), tuple(mistakes))


def _mistake(question: Question, answers: Answers) -> Iterator[Mistake]:
    """The first answer to a question that was sure and wrong, if there was one."""
    current = answers.get(question.name)
    given = [read_answer(question, stored) for stored in (*answers.history(question.name), current)]
    for answer in given:
        if was_wrong_but_sure(question, answer):
            then, now = in_words(question, answer), in_words(question, given[-1])
            yield Mistake(
                short(question.question, LONGEST_QUESTION), _in_a_line(then), _in_a_line(now) if now != then else ""
            )
            return


def _in_a_line(answer: str) -> str:
    """What was chosen, which stands in lines of its own.

    >>> _in_a_line("the town\\nthe mayor")
    'the town; the mayor'
    """
    return "; ".join(one_line(line) for line in answer.splitlines())


def _mistake_html(mistake: Mistake) -> Markup:
    now = Markup(" Now I say: <strong>{}</strong>").format(mistake.now) if mistake.now else ""
    then = mistake.then.rstrip(".")
    stop = "" if then.endswith((".”", "?”", "!”")) else "."
    return Markup("<li>{}<br>I said: <em>{}</em>{}{}</li>").format(mistake.question, then, stop, now)
