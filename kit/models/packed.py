"""Weights of features by label, added up in pure Python.

All weights of one feature are packed into one whole number, 16 bits a label, so that adding up the features of a
token is a single `sum` for all labels at once. A token has so few features that their sum fits.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

BITS = 16
ZERO = 1 << (BITS - 1)  # what stands for a weight of 0, so that none is below


class PackedWeights:
    """``names`` of features, separated by tabs; ``rows``: for each as many weights as there are labels, as
    little-endian numbers of 16 bits with `ZERO` added."""

    def __init__(self, names: str, labels: int, rows: bytes) -> None:
        self._row = struct.Struct(f"<{labels}H")
        self._zeros = sum(ZERO << (BITS * label) for label in range(labels))
        read, zeros = int.from_bytes, self._zeros
        packed = [read(row, "little") - zeros for (row,) in struct.iter_unpack(f"{self._row.size}s", rows)]
        self.weights = dict(zip(names.split("\t"), packed, strict=True))

    def scores(self, tokens: Iterable[Iterable[str]]) -> list[tuple[int, ...]]:
        """For each token, given by its features, a score for each label, with `ZERO` added; those of unknown features
        are 0."""
        get, unpack, zeros, size = self.weights.get, self._row.unpack, self._zeros, self._row.size
        return [unpack((sum(filter(None, map(get, names))) + zeros).to_bytes(size, "little")) for names in tokens]
