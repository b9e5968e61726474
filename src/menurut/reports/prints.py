"""Fingerprints of texts, by which copies in the same words are known.

Min-wise hashes of runs of five words (Broder 1997), kept in bands, so that two reports that share
most of their text share a band.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

BANDS = 16
ROWS = 4
"""Hashes in a band."""
LEAST = 40
"""Runs that a text must have: shorter ones are alike by chance."""
_RUN = 5
_HALF = np.uint64(32)
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text, lower-cased, without accents."""
    plain = text.casefold()
    if not plain.isascii():
        marked = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in marked if not unicodedata.combining(c))
    return _WORD.findall(plain)


@cache
def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Factors and shifts of 64 bits: of 32-bit keys, the upper half of the sum is independent in
    pairs (Dietzfelbinger 1996). Smaller ones would keep the order of the keys, and all least hashes
    would be of the same few runs."""
    draw = np.random.default_rng(20240619)
    size = BANDS * ROWS
    return (
        draw.integers(0, 1 << 64, size=size, dtype=np.uint64),
        draw.integers(0, 1 << 64, size=size, dtype=np.uint64),
    )


def runs(text: str) -> frozenset[int]:
    """The hashes, of 32 bits, of each run of five words."""
    return runs_of(words(text))


def runs_of(found: list[str]) -> frozenset[int]:
    """``runs`` of words."""
    joined = (" ".join(found[i : i + _RUN]) for i in range(len(found) - _RUN + 1))
    return frozenset(
        int.from_bytes(blake2b(run.encode(), digest_size=4).digest(), "big") for run in joined
    )


def least_hashes(held: frozenset[int]) -> NDArray[np.uint64] | None:
    """The least hash of runs under each permutation [64]; None for under forty runs."""
    if len(held) < LEAST:
        return None
    factor, shift = _permutations()
    hashes = np.fromiter(held, dtype=np.uint64, count=len(held))
    found: NDArray[np.uint64] = (hashes[None, :] * factor[:, None] + shift[:, None]) >> _HALF
    least: NDArray[np.uint64] = found.min(axis=1)
    return least


def bands(least: NDArray[np.uint64]) -> list[int]:
    """The bands of least hashes as signed 64-bit numbers."""
    rows = least.reshape(BANDS, ROWS)
    return [number(f"{band}", row.tobytes()) for band, row in enumerate(rows)]


def signature(text: str) -> list[int]:
    """The bands of a text as signed 64-bit numbers; none for a text of under forty runs."""
    least = least_hashes(runs(text))
    return [] if least is None else bands(least)


def number(name: str, held: bytes) -> int:
    """A signed 64-bit number for a name and what it holds."""
    digest = blake2b(name.encode() + held, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def shared_text(one: str, other: str) -> float:
    """How much of the shorter text stands in the other: shared runs among its runs, 0 to 1."""
    ours, theirs = runs(one), runs(other)
    least = min(len(ours), len(theirs))
    return len(ours & theirs) / least if least else 0.0
