"""The layers of a reading and their labels: the one table that everything else asks.

A layer is a question that a reader asks of a text. What it is called, how its marks look and what each of its labels
means stands here and nowhere else. A new layer is added with `add_layer`; kit/analysis/registry.py adds what finds it.
"""

from __future__ import annotations

from dataclasses import dataclass

from kit.errors import KitError


@dataclass(frozen=True, kw_only=True)
class Label:
    """One answer to a layer's question.

    ``name`` is what files hold; ``called``, if given, what people read instead; ``everyday``, if given, a name for it
    that needs no explaining, where students choose. ``means`` explains it in plain words.
    ``briefly``: for a table; ``because``: a sentence for the reason of a mark. ``firmness``: how firm a claim with such
    a mark is (see `FIRMNESS`). ``gone`` and ``new`` say what it does to a text to lose such a mark or to get one.
    ``view``: such a word carries a view of what it stands for; ``describes``: and that is the party it belongs to.
    """

    name: str
    means: str
    called: str = ""
    everyday: str = ""
    briefly: str = ""
    because: str = ""
    firmness: str = ""
    gone: str = ""
    new: str = ""
    view: bool = False
    describes: bool = False


@dataclass(frozen=True, kw_only=True)
class Layer:
    """A question, and all that depends on it.

    ``kind``: what one mark is called. ``task``: what a student is asked to mark; ``absent``: what it means that a
    reader has marked nothing at a place. ``labels``: the kinds of mark. ``choices``: what a student chooses from, where
    that is something else. ``parts``: what a mark is made of, where it has parts; then these are drawn, not the whole;
    ``whole``: the one of them whose look a mark has that was made without parts.
    ``colours``: on a light page and on a dark one (contrast of at least 4.5:1); ``chart``: a tone for both. ``style``:
    how a mark is drawn, in CSS, beside the colour ``var(--NAME)``.
    """

    name: str
    kind: str
    question: str
    task: str
    absent: str
    labels: tuple[Label, ...]
    colours: tuple[str, str]
    chart: str
    style: str = ""
    choices: tuple[Label, ...] = ()
    parts: tuple[Label, ...] = ()
    whole: str = ""

    def to_choose(self) -> tuple[str, ...]:
        """The names of the labels that a student chooses from."""
        return tuple(label.name for label in self.choices or self.labels)

    def label(self, name: str) -> Label:
        """A label of this layer; one that means no more than its name where the table has none."""
        return next((label for label in self.labels if label.name == name), Label(name=name, means=name))

    def drawn(self) -> tuple[str, ...]:
        """What is drawn of a mark, by name: its parts, or the layer's own name for the whole."""
        return tuple(part.name for part in self.parts) or (self.name,)

    def look(self, label: str) -> str:
        """Which of `drawn` a student's mark with this label looks like.

        >>> ATTRIBUTION.look("source"), ATTRIBUTION.look("document"), HEDGE.look("modal")
        ('source', 'cue', 'hedge')
        """
        return label if label in self.drawn() else self.whole or self.name


# From the firmest claim to the one that leaves most open.
FIRMNESS = ("said flat out", "not exact", "hedged", "passed on", "open")

ATTRIBUTION = Layer(
    name="attribution",
    kind="attribution",
    question="Who says so?",
    task="Mark each place where somebody other than the reporter speaks, thinks or plans: who it is, and the "
    "word that tells you (“the mayor said”). Then choose who that is.",
    absent="By this reading nobody but the reporter speaks here.",
    colours=("#1b4f8f", "#93c4f7"),
    chart="#4a86d0",
    parts=(
        Label(name="source", means="who says, writes or thinks it"),
        Label(name="cue", called="signal", means="the words that show it: said, believes, according to"),
        Label(name="content", means="what is said or thought"),
    ),
    whole="cue",
    labels=(
        Label(
            name="direct",
            means="quoted word for word",
            briefly="quoted",
            because="The words stand in quotation marks: they are given as the source's own.",
        ),
        Label(
            name="mixed",
            means="partly quoted, partly retold",
            briefly="partly quoted",
            because="Only some of the words stand in quotation marks; the rest is the reporter's wording.",
        ),
        Label(
            name="indirect",
            means="retold, not quoted",
            briefly="retold",
            because="No quotation marks: this is how the reporter puts it.",
        ),
    ),
    choices=(
        Label(name="named person", means="somebody with a name"),
        Label(name="named body", means="an office, a company, a group with a name"),
        Label(name="unnamed official", means="an official whose name we don’t learn"),
        Label(name="group", means="experts, critics, residents"),
        Label(name="document", means="a report, a poll, a statement"),
        Label(name="place", means="a country or a city that stands for its government"),
        Label(name="unknown", called="nobody named", means="“reportedly”, “is expected”: we don’t learn who"),
    ),
)
HEDGE = Layer(
    name="hedge",
    kind="hedge",
    question="How sure?",
    task="Mark each word that makes a statement less sure, or surer. Then choose what it does.",
    absent="By this reading nothing here makes the statement less sure, or surer.",
    colours=("#8a5200", "#f2bb55"),
    chart="#c27a12",
    # The properties one by one: Safari takes no more than the line from the shorthand.
    style="""
  text-decoration-line: underline;
  text-decoration-style: wavy;
  text-decoration-color: var(--hedge);
  text-decoration-thickness: 1.5px;
  text-underline-offset: 0.22em;
  text-decoration-skip-ink: none;
""",
    labels=(
        Label(name="modal", everyday="could be", means="can be, or not", firmness="hedged"),
        Label(name="epistemic", everyday="how likely", means="how likely it seems", firmness="hedged"),
        Label(name="belief", everyday="thinks or hopes", means="someone's belief or hope", firmness="hedged"),
        Label(name="inquiry", means="an open question", firmness="open"),
        Label(name="conditional", means="true only if something else is", firmness="open"),
        Label(name="hearsay", everyday="passed on", means="passed on, not vouched for", firmness="passed on"),
        Label(name="approximator", everyday="not exact", means="not an exact figure", firmness="not exact"),
        Label(name="weasel", means="someone, but who?", firmness="not exact"),
        Label(name="booster", means="said with extra certainty", firmness="said flat out"),
    ),
)
FRAMING = Layer(
    name="framing",
    kind="framing word",
    question="In whose words?",
    task="Mark each word that carries a judgement, a picture or a point of view. Then choose what it does.",
    absent="By this reading the word only names what there is.",
    colours=("#8d2468", "#f3a0d0"),
    chart="#c4559b",
    style=" border-radius: 3px; outline: 1.5px solid var(--framing); outline-offset: 1px; ",
    labels=(
        Label(
            name="loaded",
            means="a word that carries a judgement",
            gone="a word that carries a judgement is gone",
            new="a new word carries a judgement",
            view=True,
            describes=True,
        ),
        Label(
            name="label",
            means="a name for people or a place",
            gone="a name that carries a view is gone",
            new="a new name carries a view",
            view=True,
            describes=True,
        ),
        Label(
            name="metaphor",
            means="a picture in words",
            gone="a picture is gone",
            new="a new picture",
            view=True,
            describes=True,
        ),
        Label(
            name="intensifier",
            means="makes it stronger",
            gone="what made it stronger is gone",
            new="it is stronger now",
            view=True,
            describes=True,
        ),
        Label(
            name="euphemism",
            means="makes it milder",
            gone="what made it milder is gone",
            new="it is milder now",
            view=True,
            describes=True,
        ),
        Label(
            name="metonymy",
            means="a place or a thing stands for people",
            gone="a place no longer stands for people",
            new="a place stands for people now",
            view=True,
        ),
        Label(
            name="scare_quotes",
            means="a word kept at a distance",
            gone="the marks of distance are gone",
            new="a word is kept at a distance now",
            view=True,
            describes=True,
        ),
        Label(
            name="agentless",
            means="nobody does it",
            gone="the sentence no longer leaves out who did it in this way: check that it says who did",
            new="it is left out now who did it",
        ),
        Label(
            name="passive",
            means="the doer comes second",
            gone="who did it no longer comes last",
            new="who did it comes last now",
        ),
        Label(
            name="nominalisation",
            means="what somebody does, told as if it were a thing",
            gone="a noun (“the destruction”) became a verb, and a verb asks who did it",
            new="a verb became a noun (“the destruction”), and a noun need not say who did it",
        ),
    ),
)

# How can they know? On what the source of an attribution stands: ``details["basis"]``, the first that holds.
BASES = (
    Label(name="experience", called="own experience", means="they saw it, heard it or lived through it"),
    Label(name="reason", called="unnamed, with a reason", means="not named, and the text says why"),
    Label(name="media", called="other media", means="said to other media, or reported by them"),
    Label(name="statement", called="document or statement", means="written or said in public, to be looked up"),
    Label(name="unnamed", called="unnamed, no reason", means="not named, and the text doesn’t say why"),
    Label(name="office", called="office held", means="it is their office or their work"),
    Label(name="nothing", called="nothing said", means="the text doesn’t say how they know"),
)

_layers: dict[str, Layer] = {layer.name: layer for layer in (ATTRIBUTION, HEDGE, FRAMING)}


def layers() -> tuple[Layer, ...]:
    """All layers, the kit's own first."""
    return tuple(_layers.values())


def layer_names() -> tuple[str, ...]:
    """The names of all layers.

    >>> layer_names()
    ('attribution', 'hedge', 'framing')
    """
    return tuple(_layers)


def find_layer(name: str) -> Layer:
    """A layer by name. Raises `KitError`, with those that there are, for any other name.

    >>> find_layer("hedge").question
    'How sure?'
    """
    if name not in _layers:
        raise KitError(f"There is no layer {name!r}. The layers are {', '.join(_layers)}.")
    return _layers[name]


def add_layer(layer: Layer) -> None:
    """Add a layer, or put another in the place of one of this name."""
    _layers[layer.name] = layer


def remove_layer(name: str) -> None:
    """Take a layer that was added away again. Raises `KitError` if there is none of this name."""
    del _layers[find_layer(name).name]


def find_label(name: str) -> Label | None:
    """A label, a choice, a part or a basis by its name, whichever layer it is of; None if there is none.

    >>> find_label("cue").called, find_label("whisper")
    ('signal', None)
    """
    of_layers = (label for layer in layers() for label in (*layer.labels, *layer.choices, *layer.parts))
    return next((label for label in (*of_layers, *BASES) if label.name == name), None)


def meaning(name: str) -> str:
    """What a label means, in plain words; the name itself where the table has none.

    >>> meaning("modal"), meaning("whisper")
    ('can be, or not', 'whisper')
    """
    label = find_label(name)
    return label.means if label else name


def called_label(name: str) -> str:
    """A label, or a part of an attribution, as people see it.

    >>> called_label("scare_quotes"), called_label("cue")
    ('scare quotes', 'signal')
    """
    label = find_label(name)
    return label.called if label and label.called else name.replace("_", " ")


def everyday_label(name: str) -> str:
    """A label as students choose it: by its everyday name where it has one.

    >>> everyday_label("approximator"), everyday_label("cue")
    ('not exact', 'signal')
    """
    label = find_label(name)
    return label.everyday if label and label.everyday else called_label(name)
