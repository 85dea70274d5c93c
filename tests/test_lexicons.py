"""Every entry's examples are tests: brackets mark the words that it must find, and in `avoid` it must find nothing.
And no form, nor any word of one, may be dead: written out as a text, it must be found.

One test takes a whole file of a lexicon and lists all that is wrong in it, each with its entry and its sentence."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import pytest

from kit.errors import KitError
from kit.lexicons.matcher import Entry, Lexicon, validate_entries
from kit.lexicons.patterns import _rows, compile_form, first_words
from kit.resources import PACKAGE, read_toml
from kit.text.article import read_text
from kit.text.inflection import inflections
from kit.text.tokens import Token, _tagger, plain, sentence_spans, sentences, token_spans

NAMES = sorted(
    path.stem for path in (PACKAGE / "lexicons").glob("*.toml") if "\n[[entry]]\n" in path.read_text("utf-8")
)
each_file = pytest.mark.parametrize("name", NAMES)


@cache
def entries_of(name):
    return validate_entries(name, read_toml(name))


def found(lexicon, text):
    """The spans that a lexicon finds in a text."""
    spans = []
    for sentence in sentences(read_text(text)):
        for match in lexicon.find(sentence.tokens):
            spans.append((sentence.tokens[match.start].start, sentence.tokens[match.end - 1].end))
    return spans


def marked(example):
    """The example without its brackets, and the spans that they mark."""
    text, spans, open_at = "", [], 0
    for piece in re.split(r"([\[\]])", example):
        if piece == "[":
            open_at = len(text)
        elif piece == "]":
            spans.append((open_at, len(text)))
        else:
            text += piece
    return text, spans


@each_file
def test_each_example_is_marked_and_what_does_not_count_is_not(name):
    wrong = []
    for entry in entries_of(name):
        lexicon = Lexicon([entry])
        for example in entry.match:
            text, spans = marked(example)
            if not spans or found(lexicon, text) != spans:
                wrong.append((entry.id, example, [text[start:end] for start, end in found(lexicon, text)]))
        wrong += [(entry.id, example, "marked") for example in entry.avoid if found(lexicon, example)]
    assert wrong == []


def untagged(form):
    """The form without its conditions on tags."""
    return re.sub(r"(?<=[^\s[])/[^\s\]]+", "", re.sub(r"(?<![^\s[])/[^\s\]]+", "*", form))


def written_out(form):
    """Texts that hold the form: together they have each of its words once, in its plain form."""
    fill = {"*": "old", "**": "", "#": "20"}
    pieces = [piece.strip("[]").split("|") for piece in untagged(form).removeprefix("^ ").split()]
    for number in range(max(map(len, pieces))):
        words = [fill.get(word, word.removesuffix("~")) for word in (p[number % len(p)] for p in pieces)]
        yield re.sub(r" (?=n't\b|'s\b|[,.])", "", " ".join(filter(None, words)))


def matched(lexicon, text):
    """What the lexicon finds in the sentences of a text, whose words have no tags."""
    for start, end in sentence_spans(text):
        words = [(text[start + s : start + e], s, e) for s, e in token_spans(text[start:end])]
        yield from lexicon.find([Token(word, s, e, "", plain(word).lower()) for word, s, e in words])


@each_file
def test_no_form_is_dead(name):
    dead = []
    for entry in entries_of(name):
        for form in (*entry.forms, *entry.unless):
            alone = Lexicon([replace(entry, forms=(untagged(form),), unless=())])
            dead += [(entry.id, form, text) for text in written_out(form) if not any(matched(alone, text))]
        whole = Lexicon([replace(entry, forms=tuple(map(untagged, entry.forms)))])
        for form in entry.forms:
            if not any(any(matched(whole, text)) for text in written_out(form)):
                dead.append((entry.id, form, "is always refused by", entry.unless))
    assert dead == []


@each_file
def test_no_tag_is_one_that_a_word_never_gets(name):
    """The tagger gives some words the same tag wherever they stand."""
    always = _tagger().always
    dead = []
    for entry in entries_of(name):
        for piece in (piece.strip("[]") for form in (*entry.forms, *entry.unless) for piece in form.split()):
            if "/" in piece[1:]:
                (item,) = _rows(piece)[0]
                words = [word for word in piece.partition("/")[0].split("|") if word in always]
                dead += [(entry.id, piece) for w in words if not item.fits(Token(w, 0, 0, always[w], w.lower()))]
    assert dead == []


TOGETHER = [
    [name for name in NAMES if name.startswith("framing_")],
    ["hedges_modal", "hedges_epistemic", "hedges_belief", "hedges_hearsay"],
    ["approximators", "weasels", "boosters"],
    ["cues"],
]


@pytest.mark.parametrize("names", TOGETHER, ids="+".join)
def test_no_form_is_always_taken_by_another_entry(names):
    """Of two entries with the same words a reader only meets one. (Where tags decide, both may have their turn.)"""
    entries = [
        replace(entry, forms=tuple(form for form in entry.forms if "/" not in form))
        for name in names
        for entry in entries_of(name)
    ]
    together = Lexicon(entries)
    taken = []
    for entry in entries:
        for form in entry.forms:
            winners = {match.entry.id for text in written_out(form) for match in matched(together, text)}
            if entry.id not in winners:
                taken.append((entry.id, form, winners))
    assert taken == []


STOP = {"a", "an", "the", "it", "is", "are", "was", "be", "that", "this", "of", "to", "in", "on", "at", "not", "n't"}


def marked_words(form):
    """The words that a form marks, with all their endings, in small letters; function words only if it has no other."""
    piece = re.search(r"\[(.*)\]", form)
    parts = {part for item in (piece[1] if piece else form).split() for part in item.partition("/")[0].split("|")}
    words = {word for part in parts for word in (inflections(part[:-1]) if part.endswith("~") else [part])}
    words = {word[start:end].lower() for word in words for start, end in token_spans(word)}
    return (words - STOP or words) - {"*", "#", "^"}


@each_file
def test_what_does_not_count_has_the_entrys_words(name):
    """A sentence or a form in which an entry's word means something else must have the word, or it says nothing."""
    idle = []
    for entry in entries_of(name):
        words = set().union(*map(marked_words, entry.forms))
        for text in entry.avoid:
            if words.isdisjoint(plain(text[s:e]).lower() for s, e in token_spans(text)):
                idle.append((entry.id, text))
        idle += [(entry.id, form) for form in entry.unless if words.isdisjoint(marked_words(form))]
    assert idle == []


BROKEN = {
    "used twice": [{"id": "a", "forms": ["x"]}, {"id": "a", "forms": ["y"]}],
    "gloss": [{"id": "a", "forms": ["x"], "gloss": ""}],
    "no [sources.nowhere]": [{"id": "a", "forms": ["x"], "source": "nowhere"}],
    "also stands in": [{"id": "a", "forms": ["x"]}, {"id": "b", "forms": ["x"]}],
    "match": [{"id": "a", "forms": ["x"], "match": []}],
    "lexicons/test.toml, entry 'a', form '-stakes': '-stakes' is never a word": [
        {"id": "a", "forms": ["x", "-stakes"]}
    ],
    "form 'anti- war'": [{"id": "a", "forms": ["x"], "unless": ["anti- war"]}],
    "the word '' is empty": [{"id": "a", "forms": [",| not"]}],
    "has one of the marks": [{"id": "a", "forms": ["x ^ y"]}],
    "one pair of brackets": [{"id": "a", "forms": ["[make~] it [clear]"]}],
    "no Penn tag starts with 'V2'": [{"id": "a", "forms": ["x/VBD|V2"]}],
    "give each its own tag": [{"id": "a", "forms": ["won't/MD"]}],
    "needs a word": [{"id": "a", "forms": ["# *"]}],
}


@each_file
def test_what_is_compiled_only_when_a_text_needs_it_is_one_pattern_that_begins_as_was_said(name):
    forms = [form for entry in entries_of(name) for form in (*entry.forms, *entry.unless)]
    waiting = {form: first_words(form) for form in forms if first_words(form)}
    assert all(len(compile_form(form)) == 1 for form in waiting)
    assert waiting == {form: compile_form(form)[0].anchor_words for form in waiting}


@pytest.mark.parametrize(
    "form", ["cannot", "cannot do", "~", "a~b", "~ a", "a  b", "", "a [b]", "#", "a/NN", "^ a", "don't"]
)
def test_a_form_that_is_no_row_of_plain_words_is_compiled_at_once(form):
    assert first_words(form) is None


def test_eight_threads_that_read_at_once_find_what_one_finds():
    words = [f"w{'xyz'[n % 3] * (n % 40 + 1)}" for n in range(120)]
    entries = [Entry(str(n), "l", "g", (word, f"{word} here"), ()) for n, word in enumerate(dict.fromkeys(words))]
    tokens = sentences(read_text(" here ".join(words)))[0].tokens
    expected = Lexicon(entries).find(tokens)
    for _ in range(20):
        lexicon = Lexicon(entries)
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(lexicon.find, [tokens] * 8)) == [expected] * 8


@pytest.mark.parametrize("message", BROKEN)
def test_refuses(message):
    usual = {"label": "modal", "gloss": "A word.", "match": ["[x]"], "source": "ours"}
    entries = [usual | entry for entry in BROKEN[message]]
    with pytest.raises(KitError, match=re.escape(message)):
        Lexicon(validate_entries("test", {"sources": {"ours": {"citation": "Ours"}}, "entry": entries}))


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("hunt~ down", "They hunted down the men.", ["hunted down"]),
        ("[some] #", "Some of the 20 saw some 240 birds.", ["some"]),
        ("may/MD", "It may rain in May.", ["may"]),
        ("question/-VB", "They question the plan; a question remains.", ["question"]),
        ("make~ it ** clear", "She made it very clear.", ["made it very clear"]),
        ("^ critics", "Critics spoke. The critics left.", ["Critics"]),
        ("US", "It helps us and the US.", ["US"]),
        ("on|off the table", "It is off the table.", ["off the table"]),
        ("don't know", "I don’t know.", ["don’t know"]),
        ("do n't know", "I don’t know.", ["don’t know"]),
        ("won't|can't budge", "He won’t budge, I can't budge.", ["won’t budge", "can't budge"]),
        ("[cannot|may] be", "It cannot be, but may be.", ["cannot", "may"]),
        ("U.S.-backed", "A U.S.-backed plan.", ["U.S.-backed"]),
        ("[hardly any|#]", "Hardly 20 came, hardly any left.", ["Hardly 20", "hardly any"]),
        ("toll /VBZ|VBD", "The toll rose, a toll road closed.", ["toll rose"]),
    ],
)
def test_forms(form, text, expected):
    assert [text[s:e] for s, e in found(Lexicon([Entry("e", "l", "g", (form,), ())]), text)] == expected


def test_unless_and_longest():
    short = Entry("some", "weasel", "g", ("some",), (), unless=("some of the cake",))
    long = Entry("some-say", "weasel", "g", ("some say",), ())
    tokens = sentences(read_text("Some say some of the cake is for some."))[0].tokens
    assert [(m.entry.id, m.start) for m in Lexicon([short, long]).find(tokens)] == [("some-say", 0), ("some", 8)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("plan", "plan plans planned planning"),
        ("quip", "quip quips quipped quipping"),
        ("conquer", "conquer conquers conquered conquering conquerred conquerring"),
        ("scar", "scar scars scarred scarring"),
        ("cancel", "cancel cancels canceled cancelled canceling cancelling"),
        ("reign", "reign reigns reigned reigning"),
        ("agree", "agree agrees agreed agreeing"),
        ("vie", "vie vies vied vying"),
        ("traffic", "traffic traffics trafficked trafficking"),
        ("crash", "crash crashes crashed crashing"),
        ("echo", "echo echos echoes echoed echoing"),
        ("forsake", "forsake forsakes forsook forsaken forsaking"),
        ("undertake", "undertake undertakes undertook undertaken undertaking"),
    ],
)
def test_inflections(word, expected):
    assert inflections(word) == set(expected.split())
