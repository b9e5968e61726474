"""The word table: one vector for each piece of the vocabulary, in 4-bit blocks on disk.

A block of 32 weights is a float16 scale and 16 bytes: low nibbles are weights 0 to 15, high
nibbles 16 to 31, each minus 8, times the scale. The file stays mapped; only rows that are looked
up are read.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_BLOCK = 32
_BLOCK_BYTES = 18


class WordTable:
    """``path``: raw blocks, row by row, ``width`` weights a row."""

    def __init__(self, path: Path, width: int) -> None:
        row_bytes = width // _BLOCK * _BLOCK_BYTES
        self._rows = np.memmap(path, dtype=np.uint8, mode="r").reshape(-1, row_bytes)
        self.width = width

    def vectors(self, pieces: NDArray[np.int32]) -> NDArray[np.float32]:
        """Float32 ``[..., width]`` for piece ids of any shape."""
        unique, where = np.unique(pieces, return_inverse=True)
        blocks = self._rows[unique].reshape(-1, _BLOCK_BYTES)
        scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        nibbles = blocks[:, 2:]
        codes = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
        table: NDArray[np.float32] = (codes * scale).reshape(len(unique), self.width)
        return table[where.reshape(pieces.shape)]
