"""Copies of earlier reports in a stream, in the same words or nearly so, in memory that is bounded.

A window of the newest reports: for each a few bits of its least hashes (b-bit min-wise hashing, Li
and König 2010), and a table from bands to reports in which the newest entry takes the place of an
older one. It is of one size from the first report to the last, and so is the work for a report.
With a file it is mapped from there, and a run that goes on finds it again.

The ledger finds copies, and translations, for good (``menurut.ledger.copies``); this is for streams
that are read without one, and to leave the reading of copies out.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from menurut.contract import Report
from menurut.reports.prints import BANDS, ROWS, bands, least_hashes, number, runs_of, words

REPORTS = 1 << 19
"""Reports that a window holds."""
NEAR = 0.6
"""The least share of common runs among all runs of two texts that makes one a copy."""
SAME = 0.9
"""The share from which next to nothing in it is new."""
_ID_BYTES = 80
_BITS = 256
_HELD = np.dtype(
    [
        ("number", "<i8"),
        ("words", "<i8"),
        ("least", "u1", (BANDS * ROWS,)),
        ("id", f"S{_ID_BYTES}"),
    ]
)
Keys = NDArray[np.int64]
_ENTRY = np.dtype([("band", "<i8"), ("number", "<i8")])


class Copy(NamedTuple):
    """What a report is a copy of. ``of``: its id, cut to 80 bytes; ``share``: of all runs, 0 to 1;
    1 only where the words are the same."""

    of: str
    share: float


class Window:
    """The newest reports of a stream. ``file``: where it lies; in memory alone when left out.

    Raises ``OSError`` where the file cannot be had.
    """

    def __init__(self, file: Path | None = None, reports: int = REPORTS) -> None:
        entries = 1 << (reports * BANDS - 1).bit_length()
        self._held = _table(file, reports, _HELD, 0)
        self._bands = _table(file, entries, _ENTRY, reports * _HELD.itemsize)

    def see(self, report: Report, at: int) -> Copy | None:
        """What a report copies, if anything in the window; then it is in it.

        ``at``: its place in the stream, from 1. What stood there or later, from a run that went
        further than was kept, is forgotten.
        """
        found = words(report.text)
        exact = number("w", " ".join(found).encode())
        least = least_hashes(runs_of(found))
        keys = np.array([exact, *([] if least is None else bands(least))], np.int64)
        bits = np.zeros(BANDS * ROWS, np.uint8) if least is None else (least % _BITS).astype("u1")
        copy = self._closest(keys, bits, at)
        self._held[at % len(self._held)] = (at, exact, bits, report.id.encode()[:_ID_BYTES])
        slots = keys & (len(self._bands) - 1)
        self._bands["band"][slots] = keys
        self._bands["number"][slots] = at
        return copy

    def _closest(self, keys: Keys, bits: NDArray[np.uint8], at: int) -> Copy | None:
        """A report with the very words, else the closest that shares a band, if close enough."""
        held = self._met(keys, at)
        same = held[held["words"] == keys[0]]
        if len(same):
            return Copy(_id(same[0]), 1.0)
        if not len(held) or len(keys) == 1:
            return None
        agreeing = (held["least"] == bits).mean(axis=1)
        best = int(agreeing.argmax())
        share = min(float((agreeing[best] - 1 / _BITS) / (1 - 1 / _BITS)), 0.99)
        return Copy(_id(held[best]), share) if share >= NEAR else None

    def _met(self, keys: Keys, at: int) -> NDArray[np.void]:
        """The earlier reports that stand under some keys, if the window still has them."""
        entries = self._bands[keys & (len(self._bands) - 1)]
        met = (entries["band"] == keys) & (entries["number"] > 0) & (entries["number"] < at)
        numbers = np.unique(entries["number"][met])
        held = self._held[numbers % len(self._held)]
        there: NDArray[np.void] = held[held["number"] == numbers]
        return there


def _id(held: np.void) -> str:
    return bytes(held["id"]).decode("utf-8", "ignore")


def _table(file: Path | None, size: int, dtype: np.dtype[np.void], offset: int) -> NDArray[np.void]:
    if file is None:
        return np.zeros(size, dtype)
    if not file.exists() or file.stat().st_size < offset + size * dtype.itemsize:
        with file.open("ab") as stream:
            stream.truncate(offset + size * dtype.itemsize)  # a hole, which takes no room yet
    return np.memmap(file, dtype=dtype, mode="r+", offset=offset, shape=(size,))
