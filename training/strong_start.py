"""Take up a network again from the files that onnxruntime reads: 8-bit weights as a start for more training."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from strong_network import Network


def start_from_files(network: Network, folder: Path) -> Network:
    """Give ``network`` the weights in ``folder``, rounded as they are; its embeddings of words and places stay."""
    weights: dict[str, np.ndarray] = {}
    for name in ("encoder.onnx", "links.onnx"):
        graph = onnx.load(folder / name).graph
        stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
        weights |= {key.removeprefix("network."): value for key, value in stored.items() if value.dtype == np.float32}
        for node in graph.node:
            found = next((key for key in node.input if key.endswith("_quantized") and key in stored), None)
            if found is None:
                continue
            kept = found.removesuffix("_quantized")
            exact = (stored[found].astype(np.float32) - stored[f"{kept}_zero_point"]) * stored[f"{kept}_scale"]
            module = node.name.strip("/").rpartition("/")[0].replace("/", ".") + ".weight"
            own = kept.removeprefix("network.").removesuffix("_Transposed") if kept.startswith("network.") else module
            weights[own] = exact.T if node.op_type == "MatMulInteger" else exact
    moves = torch.tensor(json.loads((folder / "reader.json").read_text("utf-8"))["moves"])
    with torch.no_grad():
        for key, parameter in network.named_parameters():
            if key == "moves":
                parameter.copy_((moves - network.forbidden).clamp(min=-50))
            elif not key.startswith(("word.", "place.")):
                parameter.copy_(torch.tensor(weights[key]).view_as(parameter))
    return network
