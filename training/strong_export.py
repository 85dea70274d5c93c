"""The trained network as files that onnxruntime reads: two graphs, their weights in 8 bits, and the vocabulary."""

from __future__ import annotations

import hashlib
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from strong_network import WIDTH, Network
from torch import Tensor, nn

FILES = ("encoder.onnx", "links.onnx", "vocabulary.txt")
OPERATORS = 17  # the version of ONNX


class Encoder(nn.Module):
    """One window's subwords to its tokens, the probabilities of their tags, and the log-odds of their marks."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        tokens = self.network.encode(ids[None], case[None], quote[None], first[None])[0]
        marks = torch.cat([head(tokens) for head in self.network.marks.values()], -1)  # in the order of MARKS
        return tokens, self.network.tag(tokens).softmax(-1), marks


class Links(nn.Module):
    """One window's tokens, and some anchors among them, to the scores of what stands around each anchor."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, tokens: Tensor, sentence: Tensor, paragraph: Tensor, kind: Tensor, anchors: Tensor) -> Tensor:
        sizes = torch.ones_like(anchors[:1]) * tokens.shape[0]
        places = (sentence[None], paragraph[None], kind[None])
        return self.network.links(tokens[None], sizes, places, torch.zeros_like(anchors), anchors)


def export(network: Network, vocabulary: str, folder: Path) -> dict[str, str]:
    """Write the files into ``folder``; their SHA-256, by name."""
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    subwords, tokens, anchors = torch.randint(1000, 2000, (60,)), torch.arange(1, 51), torch.tensor([3, 9])
    none = torch.zeros(60, dtype=torch.long)
    nowhere = torch.zeros(50, dtype=torch.long)
    _write(
        Encoder(network),
        folder / "encoder.onnx",
        {"ids": subwords, "case": none, "quote": none, "first": tokens},
        {"ids": "subwords", "case": "subwords", "quote": "subwords", "first": "tokens"},
        ["tokens", "likely", "marks"],
    )
    _write(
        Links(network),
        folder / "links.onnx",
        {
            "tokens": torch.randn(50, WIDTH),
            "sentence": nowhere,
            "paragraph": nowhere,
            "kind": nowhere,
            "anchors": anchors,
        },
        {
            "tokens": "tokens",
            "sentence": "tokens",
            "paragraph": "tokens",
            "kind": "tokens",
            "anchors": "anchors",
        },
        ["scores"],
    )
    (folder / "vocabulary.txt").write_bytes(vocabulary.encode())
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}


def _write(graph: nn.Module, path: Path, inputs: dict[str, Tensor], sizes: dict[str, str], outputs: list[str]) -> None:
    """Write a graph whose inputs' first dimension, named in ``sizes``, may be any number."""
    whole = path.with_suffix(".float")
    first = next(iter(sizes.values())) if outputs == ["scores"] else "tokens"
    axes = {name: {0: size} for name, size in sizes.items()}
    axes |= {name: {0: "anchors" if name == "scores" else first} for name in outputs}
    with torch.no_grad():
        torch.onnx.export(
            graph.eval(),
            tuple(inputs.values()),
            str(whole),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPERATORS,
            dynamo=False,
        )
    # Reduced range: without it processors that add 8-bit numbers in different ways come to different sums.
    quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    whole.unlink()
    onnx.checker.check_model(onnx.load(path))
