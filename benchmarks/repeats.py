"""How long does a text take that repeats one thing? `python -m benchmarks.repeats` needs no corpus.

Each unit below is repeated up to 16 and up to 64 thousand characters, and read. A reader whose work grows with the text
takes four times as long for the longer one; more than six times, or more than 15 seconds of processor time, is a fault.
Texts of this kind are pasted by accident, and whatever is slow about them is slow about some ordinary text, too.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time

import kit

UNITS = (
    *("a", "A", "a ", "A ", "ab", "1", "1 ", "1,", "1. ", "$1 ", "é", "🕊️ ", "\u0301", "\u200b", "\ud800", "\0"),
    *(" ", "\t", "\n", "\r\n", "\u2028", "\n \n", "a\n", "a\n\n", "A\n\n", "a\tb\tc\n", "a | b | c\n", "- a\n"),
    *(".", ". ", "a. ", "A. ", "e.g. ", "...", "!", "? ", ",", ", ", ": ", "; ", "-", "- ", "— ", "/", "@a ", "#a "),
    *('"', '" ', "'", "' ", "“", "”", "“ ", '"x', '"x ', '"x" ', "“x” ", "'x' ", '"x. ', '"x." ', "“x\n\n", '"x"\n'),
    *("(", ")", "(a) ", "[a] ", "<a>", "http://a.b ", "a@b.c ", "a's ", "a-b-", "so-called ", "\x1b["),
    *("the ", "of ", "and ", "who ", "that ", "to ", "not ", "may ", "said ", "says ", "is ", "was ", "he ", "they "),
    *('"x" said. ', '"x," she said. ', "“x,” said Ada. ", "'x' said. ", 'said "x" ', '"x" said "x" ', "“x” says\n"),
    *("Ada said. ", "She said so. ", "He said that ", "Ada said Ben said ", "He says: ", "according to ", "Q: a\n"),
    *("it is believed ", "Ada, who said, ", "said Ada. ", "said, adding ", "told Ada that ", "Says a. ", "Ada: So\n"),
    *("Ada ", "Ada Brandt ", "Ada Brandt. ", "Ada Brandt said. ", "Mr. ", "Mr. Kell ", "Ada, ", "Ada and ", "A (A) "),
    *("the mayor ", "the mayor said. ", "the mayor of Port Vorn ", "Ms. Brandt, 26, ", "“Ada” ", "Vorn, ", "US "),
    *("He said he may. ", "It may rain. ", "might possibly ", "about 5 ", "some say ", "could be ", "very ", "brutal "),
    *("was killed ", "was killed by ", "It was closed. ", "terrorists ", "the so-called “x” ", '"terror" ', "Storm\n"),
    *("By Ada Brandt\n", "Photo: Ada\n", "Ada/AFP/dpa\n", "3 May 2022\n", "Share\n", "— Ada (@ada)\n", "x - Ada\n"),
    *("reportedly ", "Ada said; ", "said on condition of anonymity ", "puts the cost at 5 "),
)  # fmt: skip
SHORT, LONG = 16_000, 64_000  # characters
MOST_TIMES = 6.0
MOST_SECONDS = 15.0
SHOWN = 5


def repeated(unit: str, size: int) -> str:
    """A unit, again and again, up to so many characters.

    >>> repeated("a, ", 8)
    'a, a, a,'
    """
    return (unit * (size // len(unit) + 1))[:size]


def seconds(unit: str, size: int) -> float:
    """Processor time that the kit takes to read it."""
    text = repeated(unit, size)
    gc.collect()
    before = time.process_time()
    kit.annotate(text)
    return time.process_time() - before


def main() -> int:
    """1 if a unit is a fault, else 0."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("units", nargs="*", help="only these, with \\n for a new line")
    units = [unit.encode().decode("unicode_escape") for unit in arguments.parse_args().units] or UNITS
    kit.annotate("It may rain, she said.")
    measured = []
    for unit in units:
        short, long = seconds(unit, SHORT), seconds(unit, LONG)
        measured.append((long, long / short, unit))
        print(f"{long:6.1f} s  {long / short:4.1f} times  {unit!a}", flush=True)
    faults = [one for one in measured if one[0] > MOST_SECONDS or (one[1] > MOST_TIMES and one[0] > 1)]
    print(f"{len(measured)} units. Slowest, and those that grow most of all that take a second:")
    growing = sorted((one for one in measured if one[0] > 1), key=lambda one: -one[1])
    for long, times, unit in (*sorted(measured, reverse=True)[:SHOWN], *growing[:SHOWN]):
        print(f"{long:6.1f} s  {times:4.1f} times  {unit!a}")
    print(f"Faults: {len(faults)}.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
