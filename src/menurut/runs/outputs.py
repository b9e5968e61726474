"""Where the results of a run go: a file of JSON Lines, or a folder of Parquet files.

What is on disk for good is told by a position, a number; a run that goes on takes back all that
came after it.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Protocol

from menurut.runs.rows import Row, is_parquet, line, table_of, write_table

SETTLED = 1.0
"""Seconds after which lines are put on disk for good."""
PART_ROWS = 1_000
PART_BYTES = 64_000_000
"""Rows, or bytes of them, that make a Parquet file."""


class Output(Protocol):
    """Takes rows one by one."""

    def write(self, row: Row) -> None: ...

    def mark(self) -> int:
        """How much has been written whole."""

    @property
    def is_ripe(self) -> bool:
        """Whether it is time to settle."""

    def settle(self, mark: int) -> int:
        """Put what was written by ``mark`` on disk for good; the position after it."""

    def close(self) -> None: ...


def open_output(path: Path, position: int) -> Output:
    """An output as it was at a position, 0 for a new one. Raises ``OSError``."""
    return Parquet(path, position) if is_parquet(path) else Lines(path, position)


class Lines:
    """A file of JSON Lines. Its position is in bytes."""

    def __init__(self, path: Path, position: int) -> None:
        self._stream = path.open("r+b" if path.exists() else "w+b")
        self._stream.truncate(position)
        self._stream.seek(position)
        self._position = position
        self._settled = time.monotonic()

    def write(self, row: Row) -> None:
        self.put(line(row))

    def put(self, data: bytes) -> None:
        """Write one whole line."""
        self._stream.write(data)
        self._position += len(data)

    def mark(self) -> int:
        return self._position

    @property
    def is_ripe(self) -> bool:
        return time.monotonic() - self._settled >= SETTLED

    def settle(self, mark: int) -> int:
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._settled = time.monotonic()
        return mark

    def close(self) -> None:
        self._stream.close()


class Parquet:
    """A folder of Parquet files. Its position is the number of files."""

    def __init__(self, folder: Path, position: int) -> None:
        folder.mkdir(exist_ok=True)
        for path in sorted(folder.glob("part-*"))[position:]:
            path.unlink()
        self._folder = folder
        self._files = position
        self._rows: list[Row] = []
        self._bytes = 0

    def write(self, row: Row) -> None:
        self._rows.append(row)
        self._bytes += len(line(row)) + (len(row.report.text) if row.report else 0)

    def mark(self) -> int:
        return len(self._rows)

    @property
    def is_ripe(self) -> bool:
        return len(self._rows) >= PART_ROWS or self._bytes >= PART_BYTES

    def settle(self, mark: int) -> int:
        if mark:
            path = self._folder / f"part-{self._files:06d}.parquet"
            write_table(path, table_of(self._rows[:mark]))
            self._files += 1
        self._rows, self._bytes = self._rows[mark:], 0
        return self._files

    def close(self) -> None:
        pass
