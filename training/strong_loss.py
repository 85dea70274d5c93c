"""What the strong reader's network should answer for a batch of windows, and how far it is from it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from strong_data import NOTHING, Example, Parts, write_tags
from strong_network import Network
from torch import Tensor
from torch.nn import functional

from kit.analysis.attribution.first_look import CUE_LABELS, LABELS
from kit.analysis.strong.links import likely_cues
from kit.analysis.strong.windows import LINK_LEFT, LINK_WIDTH

TAG_WEIGHT, LINK_WEIGHT = 2.0, 0.1


def padded(rows: Sequence[np.ndarray], fill: int = 0) -> Tensor:
    """Rows of whole numbers as one tensor, the shorter ones filled up."""
    return torch.nn.utils.rnn.pad_sequence(
        [torch.from_numpy(row) for row in rows], batch_first=True, padding_value=fill
    )


def encode(network: Network, batch: Sequence[Example]) -> Tensor:
    windows = [example.window for example in batch]
    columns = (padded([getattr(one, name) for one in windows]) for name in ("ids", "case", "quote", "first"))
    with torch.autocast("cpu", dtype=torch.bfloat16):  # two thirds of the time where processors have it
        return network.encode(*columns).float()


def loss(network: Network, task: str, batch: Sequence[Example]) -> Tensor:
    """The loss of one batch, all of whose windows belong to one task."""
    tokens = encode(network, batch)
    if task == "attribution":
        return attribution_loss(network, tokens, batch)
    labels = padded([of_window(example) for example in batch], NOTHING)
    scores = network.marks[task](tokens)
    if task == "weasel":
        return weasel_loss(scores[..., 0], labels, batch)
    if task == "speculation":
        return binary(scores[..., 0], labels)
    return binary(scores[..., 0], labels[..., 0]) + binary(scores[..., 1], labels[..., 1])


def of_window(example: Example) -> np.ndarray:
    return example.text.labels[example.window.start : example.window.end]


def binary(scores: Tensor, labels: Tensor) -> Tensor:
    known = labels != NOTHING
    return functional.binary_cross_entropy_with_logits(scores[known], labels[known].float())


def weasel_loss(scores: Tensor, labels: Tensor, batch: Sequence[Example]) -> Tensor:
    """Of sentences it is known only whether one holds a weasel: its score is a smooth maximum over its tokens."""
    pooled, right = [], []
    for row, example in enumerate(batch):
        for sentence in labels[row][labels[row] != NOTHING].unique().tolist():
            if sentence >= 0:
                pooled.append(torch.logsumexp(scores[row][labels[row] == sentence], 0))
                right.append(float(example.text.uncertain[sentence]))
    return functional.binary_cross_entropy_with_logits(torch.stack(pooled), torch.tensor(right))


def attribution_loss(network: Network, tokens: Tensor, batch: Sequence[Example]) -> Tensor:
    labels = padded([of_window(example) for example in batch], NOTHING)
    scores = network.tag(tokens)
    tag_loss = functional.cross_entropy(scores.reshape(-1, len(LABELS)), labels.reshape(-1), ignore_index=NOTHING)
    anchors = [
        (row, at, wanted)
        for row, (example, likely) in enumerate(zip(batch, scores.detach().softmax(-1).numpy(), strict=True))
        for at, wanted in anchors_of(example, likely[: len(example.window.first)])
    ]
    if not anchors:
        return TAG_WEIGHT * tag_loss
    rows, places, wanted = (np.array(column) for column in zip(*anchors, strict=True))
    sizes = torch.tensor([len(example.window.first) for example in batch])
    where = tuple(padded([getattr(example.window, n) for example in batch]) for n in ("sentence", "paragraph", "kind"))
    link_scores = network.links(tokens, sizes, where, torch.from_numpy(rows), torch.from_numpy(places))
    return TAG_WEIGHT * tag_loss + LINK_WEIGHT * network.unlikelihood(link_scores, torch.from_numpy(wanted)).mean()


def anchors_of(example: Example, likely: np.ndarray) -> list[tuple[int, np.ndarray]]:
    """The anchors of a window to learn from, each with its right labels: the likeliest token of each gold cue, and
    some of the cues that the network wrongly finds by now, to which nothing belongs."""
    start, end = example.window.start, example.window.end
    cue = likely[:, list(CUE_LABELS)].sum(1)
    anchors, taken = [], set()
    for parts in example.text.attributions:
        first, last = parts["cue"][0] if parts["cue"] else (-1, -1)
        if start <= first and last <= end:
            at = first - start + int(cue[first - start : last - start].argmax())
            anchors.append((at, link_labels(parts, example, at)))
            taken.update(range(first - start, last - start))
    wrong = [run for run in likely_cues(likely) if taken.isdisjoint(range(run.first, run.end))]
    wrong.sort(key=lambda run: -cue[run.anchor])
    nothing = np.zeros(LINK_WIDTH, dtype=np.int64)
    return anchors + [(run.anchor, nothing) for run in wrong[: 2 + len(anchors) // 2]]


def link_labels(parts: Parts, example: Example, at: int) -> np.ndarray:
    """What the tokens around an anchor are to it; outside the window nothing."""
    labels = np.zeros(LINK_WIDTH, dtype=np.int64)
    write_tags(labels, parts, "CSQ", example.window.start + at - LINK_LEFT)
    before = max(0, LINK_LEFT - at)
    after = len(example.window.first) + LINK_LEFT - at
    labels[:before] = 0
    labels[max(0, after) :] = 0
    for place in np.flatnonzero((labels > 0) & (labels % 2 == 0)):  # an inside label whose beginning is cut off
        if place == 0 or labels[place - 1] not in (labels[place], labels[place] - 1):
            labels[place] -= 1
    return labels
