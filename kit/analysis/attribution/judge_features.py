"""What speaks for and against an attribution that the models propose: features for its confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kit.analysis.attribution.first_look import Candidate, FirstLook, sureness
from kit.analysis.attribution.link_features import TELLING
from kit.analysis.attribution.token_table import TokenRange, TokenTable, tokens_of


@dataclass(frozen=True)
class Proposal:
    """A labelling of a window around a candidate cue: token ranges of each part, and its lead over no cue at all."""

    candidate: Candidate
    lead: float
    source: tuple[TokenRange, ...]
    cue: tuple[TokenRange, ...]
    content: tuple[TokenRange, ...]


def _sure(probabilities: Sequence[float]) -> str:
    return sureness(sum(probabilities) / len(probabilities)) if probabilities else "-"


def _how_many(answers: Sequence[bool]) -> str:
    """How many of the answers are yes: none, some (less than half), most or all."""
    yes = answers.count(True)
    if not yes:
        return "none"
    if yes == len(answers):
        return "all"
    return "some" if yes < len(answers) / 2 else "most"


def evidence(table: TokenTable, look: FirstLook, proposals: Sequence[Proposal]) -> list[list[str]]:
    """One list of features for each proposal of an article."""
    claimed: dict[int, float] = {}  # the largest lead of a content that covers a token
    per_sentence: Counter[int] = Counter()
    for proposal in proposals:
        per_sentence[table.sentence[proposal.candidate.anchor]] += 1
        for i in tokens_of(proposal.content):
            claimed[i] = max(claimed.get(i, proposal.lead), proposal.lead)
    return [_of(table, look, proposal, claimed, per_sentence) for proposal in proposals]


def _of(
    table: TokenTable, look: FirstLook, proposal: Proposal, claimed: Mapping[int, float], per_sentence: Counter[int]
) -> list[str]:
    anchor, lead = proposal.candidate.anchor, proposal.lead
    tags, words, stem, tag = table.tags, table.words, table.stems[anchor], table.tags[anchor]
    first, end = proposal.cue[0][0], proposal.cue[-1][1]
    step = f"{max(-8, min(12, round(lead * 2)))}"
    content, source = list(tokens_of(proposal.content)), list(tokens_of(proposal.source))
    follows = words[end] if words[end] in TELLING else tags[end]
    content_sides = {"l" if start < first else "r" for start, _ in proposal.content}
    content_side = "".join(sorted(content_sides)) or "none"
    source_side = "none"
    if source:
        source_side = "l" if source[0] < first else "r"
    quoted = _how_many([table.region[i] >= 0 for i in content])
    held = _how_many([claimed[i] > lead for i in content])
    inside = "yes" if anchor in claimed else "no"
    number = table.sentence[anchor]
    labels = look.labels[first : end + 1]
    agreed = labels[0] == "BQ" and set(labels[1:-1]) <= {"IQ"} and labels[-1] != "IQ"
    length = min(end - first, 5)
    return [
        "bias",
        f"lead {step}",
        f"sure {sureness(look.cue[anchor])}",
        f"class {table.cue[anchor]}",
        f"class {table.cue[anchor]} {tag}",
        f"tag {tag}",
        f"stem {stem}",
        f"stem {stem} {follows}",
        f"follows {follows}",
        f"tag {tag} follows {follows}",
        f"source {source_side}",
        f"content {content_side}",
        f"sides {source_side} {content_side}",
        f"sides {source_side} {content_side} {tag}",
        f"pieces {len(proposal.content)} {quoted}",
        f"quoted {quoted}",
        f"source sure {_sure([look.source[i] for i in source])}",
        f"content sure {_sure([look.content[i] for i in content])}",
        f"held {held}",
        f"inside {inside}",
        f"inside {inside} {tag} {follows}",
        f"cue {length} {len(proposal.cue)}",
        f"cue words {' '.join(words[first:end])}" if length < 4 else "long",
        f"cue tags {' '.join(tags[first:end])}" if length < 5 else "long tags",
        f"cue edge {tags[first - 1]} {tags[first]}",
        f"cue end {tags[end - 1]} {tags[end]}",
        f"cue end {words[end - 1]} {tags[end]}",
        f"cue end {words[end - 1]} {words[end]}",
        f"first {sureness(look.cue[first - 1])} {sureness(look.cue[first])} {look.labels[first]}",
        f"last {sureness(look.cue[end - 1])} {sureness(look.cue[end])} {look.labels[end - 1]}",
        f"first {words[first]} {sureness(look.cue[first])}",
        f"last {words[end - 1]} {sureness(look.cue[end - 1])}",
        f"next {words[end]} {sureness(look.cue[end])}",
        f"weakest {sureness(min(look.cue[first:end]))} {length}",
        f"agreed {agreed}",
        f"agreed {agreed} {length}",
        f"shape {table.shape[number]} {'q' if table.region[anchor] >= 0 else 'n'}",
        f"others {min(per_sentence[number], 4)}",
        f"place {min(number, 2)}",
        f"source tag {tags[source[-1]] if source else '-'}",
        f"source class {table.source[source[-1]] if source else '-'} {tag}",
    ]
