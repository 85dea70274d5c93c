"""Words cut into the pieces that the encoder knows, as BERT cuts them (Devlin et al. 2019; WordPiece: Wu et al. 2016).

Small letters, no accents; punctuation marks and Chinese characters each for themselves; then from left to right always
the longest piece that the vocabulary has. It gives what the package tokenizers gives for the same vocabulary.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, normalize

UNKNOWN = "[UNK]"
GOES_ON = "##"  # before a piece that is not the first of its word
LONGEST = 100  # characters of a word; a longer one is unknown
NEVER_SHOWN = ("Cc", "Cf", "Co", "Cs")  # controls, format characters, private characters, halves of characters
CHINESE = (
    range(0x3400, 0x4DC0),
    range(0x4E00, 0xA000),
    range(0xF900, 0xFB00),
    range(0x20000, 0x2A6E0),
    range(0x2A700, 0x2B820),
    range(0x2B920, 0x2CEB0),
    range(0x2F800, 0x2FA20),
)
ASCII_MARKS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
REMEMBERED = 20_000  # words


class Subwords:
    """Cuts words by a vocabulary, which has one piece a line, in the order of their numbers.

    >>> subwords = Subwords("[UNK]\\ncap\\n##tain\\n-\\nle")
    >>> subwords("Captain-le"), subwords("captains")
    ((1, 2, 3, 4), (0,))
    """

    def __init__(self, vocabulary: str) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary.split("\n"))}
        self._remembered = lru_cache(REMEMBERED)(self._cut)

    def __call__(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces; none if nothing of it is shown."""
        return self._remembered(word)

    def _cut(self, word: str) -> tuple[int, ...]:
        return tuple(number for part in _parts(word) for number in self._pieces(part))

    def _pieces(self, part: str) -> list[int]:
        numbers: list[int] = []
        start = 0
        while start < len(part) <= LONGEST:
            before = GOES_ON if start else ""
            ends = range(len(part), start, -1)
            end = next((end for end in ends if before + part[start:end] in self._numbers), None)
            if end is None:
                return [self._numbers[UNKNOWN]]
            numbers.append(self._numbers[before + part[start:end]])
            start = end
        return numbers or [self._numbers[UNKNOWN]]


def _parts(word: str) -> list[str]:
    """A word in the encoder's spelling; each character that stands for itself is a part of its own."""
    shown = "".join(filter(_is_shown, word))
    spaced = "".join(f" {character} " if _is_chinese(character) else character for character in shown)
    plain = "".join(character.lower() for character in normalize("NFD", spaced) if category(character) != "Mn")
    return "".join(f" {character} " if _is_mark(character) else character for character in plain).split()


def _is_shown(character: str) -> bool:
    return character in "\t\n\r" or (
        character != "\N{REPLACEMENT CHARACTER}" and category(character) not in NEVER_SHOWN
    )


def _is_chinese(character: str) -> bool:
    return any(ord(character) in block for block in CHINESE)


def _is_mark(character: str) -> bool:
    return character in ASCII_MARKS or category(character).startswith("P")
