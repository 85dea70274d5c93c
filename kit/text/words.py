"""Words as people count them: "don't" and "Israel's" are one each, marks of punctuation are none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from kit.text.article import Article
from kit.text.spans import Span
from kit.text.tokens import HAS_WORD, READ, sentence_spans, token_spans


class Word(NamedTuple):
    """``text[start:end]``, the number of its sentence, and the number of the article's part it stands in."""

    start: int
    end: int
    sentence: int
    part: int


def words_of(article: Article) -> list[Word]:
    """The words of an article's headline and body, in text order.

    >>> from kit.text.article import read_text
    >>> text = "“It can't last,” Ada's friend said. 😀 Rain came."
    >>> [text[word.start : word.end] for word in words_of(read_text(text))]
    ['It', "can't", 'last', "Ada's", 'friend', 'said', 'Rain', 'came']
    """
    words: list[Word] = []
    sentence = -1
    for number, part in enumerate(article.parts):
        if part.kind not in READ:
            continue
        block = article.text[part.start : part.end]
        for sentence_start, sentence_end in sentence_spans(block):
            sentence += 1
            offset = part.start + sentence_start
            for start, end in token_spans(block[sentence_start:sentence_end]):
                token = Word(offset + start, offset + end, sentence, number)
                if not HAS_WORD.search(article.text, token.start, token.end):
                    continue
                if words and words[-1].end == token.start:  # "do" + "n't": one word for a reader
                    words[-1] = words[-1]._replace(end=token.end)
                else:
                    words.append(token)
    return words


def covered(all_words: list[Word], span: Span) -> range:
    """The indices of the words that a span touches.

    >>> covered([Word(0, 3, 0, 0), Word(4, 9, 0, 0), Word(10, 14, 0, 0)], Span(5, 12))
    range(1, 3)
    """
    first = bisect_right(all_words, span.start, key=lambda word: word.end)
    return range(first, max(first, bisect_left(all_words, span.end, key=lambda word: word.start)))
