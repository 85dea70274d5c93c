"""What --more ends with: half-way back to the weights that it began from, and heads that fit the encoder there.

The mean of the weights before and after more training reads unseen texts better than either (Wortsman et al. 2022,
"Robust fine-tuning of zero-shot models"). The heads for single marks are linear: they learn anew, the rest stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import torch
from strong_data import Example
from strong_loss import loss
from strong_network import Network
from torch import Tensor

ORDER = ("weasel", "speculation", "weasel", "loaded")
BATCH = 8  # windows
STEPS, RATE, WARM = 800, 2e-3, 30


def meet_half_way(network: Network, before: dict[str, Tensor]) -> None:
    """Give ``network`` the mean of its weights and of those before; the heads for marks stay as they are."""
    after = network.state_dict()
    mean = {name: (weight + before[name]) / 2 for name, weight in after.items() if not name.startswith("marks.")}
    network.load_state_dict(after | mean)


def fit_marks(network: Network, streams: dict[str, Iterator[list[Example]]]) -> None:
    """Train the heads for marks, and nothing else; ``streams``: batches, by task."""
    for name, weight in network.named_parameters():
        weight.requires_grad = name.startswith("marks.")
    network.eval()
    optimizer = torch.optim.AdamW([weight for weight in network.parameters() if weight.requires_grad])
    for step, task in zip(range(STEPS), cycle(ORDER), strict=False):
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARM) * (1 - step / STEPS)
        value = loss(network, task, next(streams[task]))
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
