"""Small things that sentences and pages need: numbers with nouns, rows of words, passages that are too long."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 240  # characters of a passage that is repeated
# Control characters as the signs that stand for them, but for the new line and the tab.
CONTROLS = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}
CONTROLS |= {127: 0x2421} | dict.fromkeys(range(128, 160), 0xFFFD)


def plural(count: int, noun: str) -> str:
    """How many of something.

    >>> plural(1, "hedge"), plural(12, "framing word")
    ('1 hedge', '12 framing words')
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"


def with_article(noun: str) -> str:
    """A noun with "a" or "an".

    >>> with_article("attribution"), with_article("hedge")
    ('an attribution', 'a hedge')
    """
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def with_n(article: str, word: str) -> str:
    """ "a" or "an", as the next word asks; any other article as it is.

    >>> with_n("A", "attack"), with_n("an", "raid"), with_n("an", "hour"), with_n("a", "united"), with_n("the", "end")
    ('An', 'a', 'an', 'a', 'the')
    """
    if article.lower() not in ("a", "an"):
        return article
    lower = word.lower()
    silent, said_you = lower.startswith(("hour", "honest", "heir")), lower.startswith(("uni", "use", "eu", "one"))
    spoken = silent or (lower[:1] in "aeiou" and not (said_you and not lower.startswith(("unin", "unim"))))
    return article[0] + ("n" if spoken else "")


def capital(words: str) -> str:
    """Words as a sentence begins with them.

    >>> capital("the US said")
    'The US said'
    """
    return words[:1].upper() + words[1:]


def series(words: Iterable[str]) -> str:
    """Words, at least one, in a row.

    >>> series(["a", "b", "c"])
    'a, b and c'
    """
    *some, last = words
    return f"{', '.join(some)} and {last}" if some else last


def one_line(passage: str) -> str:
    """A passage on one line."""
    return " ".join(passage.split())


def decimal(value: float, places: int, *, signed: bool = False) -> str:
    """A number as people read it: with a real minus, and none before a zero. ``signed``: a plus as well.

    >>> decimal(-0.125, 1), decimal(-0.001, 2), decimal(0.5, 1, signed=True)
    ('−0.1', '0.00', '+0.5')
    """
    return f"{round(value, places) + 0.0:{'+' if signed else ''}.{places}f}".replace("-", "−")


def visible(text: str) -> str:
    """A text for a terminal, which an article must not be able to steer.

    >>> visible("Rain\x1b[31m may come.")
    'Rain␛[31m may come.'
    """
    return text.translate(CONTROLS)


def short(passage: str, longest: int = LONGEST) -> str:
    """A passage on one line; without its middle if it has more than ``longest`` characters.

    >>> short("The mayor of Port Vorn said that the ferry may be late.", 30)
    'The mayor of Port … be late.'
    """
    line = one_line(passage)
    if len(line) <= longest:
        return line
    return f"{line[: longest * 2 // 3].rsplit(' ', 1)[0]} … {line[-longest // 3 :].split(' ', 1)[-1]}"
