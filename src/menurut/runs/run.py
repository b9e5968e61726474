"""A run that is kept: it can be cut off at any moment, and goes on where it stopped.

Beside the output lies a small file that says how far the sources have been read, and how much of
the output and of the list of failures belongs to that. It is replaced whole, after what it speaks
of is on disk; what was written later is taken back when the run goes on.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import msgspec

from menurut.reports.errors import ReportError
from menurut.reports.sources import Cursor
from menurut.runs.failures import Failed, failed
from menurut.runs.outputs import Lines, open_output
from menurut.runs.rows import Row

SUFFIX = ".resume"


class Stopped(msgspec.Struct, frozen=True, kw_only=True):
    """Where a run stopped. ``asked``: what it was asked, which must be the same when it goes on.

    ``output`` and ``failures`` are positions.
    """

    asked: tuple[str, ...]
    cursor: Cursor = Cursor()
    output: int = 0
    failures: int = 0
    read: int = 0
    failed: dict[str, int] = {}
    done: bool = False


class _Mark(NamedTuple):
    cursor: Cursor
    output: int
    failures: int
    read: int
    failed: dict[str, int]


class Run:
    """Keeps the rows of a run in an output, those that failed in a list too.

    Raises ``ReportError`` where the output is there and ``resume`` is not asked, where the run to
    go on with was asked something else, or a file cannot be opened.
    """

    def __init__(
        self, out: Path, failures: Path | None, asked: Sequence[str], *, resume: bool
    ) -> None:
        self._out = out
        self._stops = out.with_name(out.name + SUFFIX)
        self._asked = tuple(asked)
        self.stopped = stopped_at(out, self._stops, self._asked, resume)
        self.failed = Counter(self.stopped.failed)
        self.read = self.stopped.read
        try:
            self._output = open_output(out, self.stopped.output)
            self._list = FailureList(failures, self.stopped.failures)
        except OSError as error:
            raise ReportError(f"{error.filename} cannot be opened: {error.strerror}") from None
        self._mark = self._marked(self.stopped.cursor)

    @property
    def cursor(self) -> Cursor:
        """How far the sources have been read."""
        return self._mark.cursor

    def beside(self, suffix: str) -> Path:
        """A file of the run's own beside its output."""
        return self._out.with_name(self._out.name + suffix)

    def keep(self, row: Row, cursor: Cursor) -> None:
        """Keep the next row; ``cursor``: how far the sources have been read with it."""
        self._output.write(row)
        self.read += 1
        if line := failed(row):
            self._list.note(line)
            self.failed[line.kind] += 1
        self._mark = self._marked(cursor)
        if self._output.is_ripe:
            self._settle(done=False)

    def _marked(self, cursor: Cursor) -> _Mark:
        return _Mark(cursor, self._output.mark(), self._list.mark(), self.read, dict(self.failed))

    def _settle(self, *, done: bool) -> None:
        mark = self._mark
        stopped = Stopped(
            asked=self._asked,
            cursor=mark.cursor,
            output=self._output.settle(mark.output),
            failures=self._list.settle(mark.failures),
            read=mark.read,
            failed=mark.failed,
            done=done,
        )
        replace_file(self._stops, stopped)
        self._mark = mark._replace(output=self._output.mark())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        raised: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._settle(done=raised is None)
        self._output.close()
        self._list.close()


def stopped_at(out: Path, stops: Path, asked: tuple[str, ...], resume: bool) -> Stopped:
    """Where the run of an output stopped; at the beginning where there is none.

    Raises ``ReportError`` where there is one and ``resume`` is not asked, and where it was asked
    something else.
    """
    if not resume:
        if out.exists() or stops.exists():
            raise ReportError(f"{out} is there already; --resume goes on with it")
        return Stopped(asked=asked)
    if not stops.exists():
        if out.exists():
            raise ReportError(f"{out} cannot be gone on with: there is no {stops.name} beside it")
        return Stopped(asked=asked)
    try:
        found = msgspec.json.decode(stops.read_bytes(), type=Stopped)
    except (OSError, msgspec.MsgspecError) as error:
        raise ReportError(f"{stops} cannot be read: {error}") from None
    if found.asked != asked:
        raise ReportError(f"{out} was begun with other sources or options: {' '.join(found.asked)}")
    return found


def replace_file(path: Path, stopped: Stopped) -> None:
    """Write down where a run stopped, whole or not at all."""
    meanwhile = path.with_name(path.name + ".new")
    with meanwhile.open("wb") as stream:
        stream.write(msgspec.json.encode(stopped))
        stream.flush()
        os.fsync(stream.fileno())
    meanwhile.replace(path)


class FailureList:
    """The list of failures as it is written; without a path nothing is."""

    def __init__(self, path: Path | None, position: int = 0) -> None:
        self._lines = None if path is None else Lines(path, position)

    def note(self, line: Failed) -> None:
        """Add a line."""
        if self._lines is not None:
            self._lines.put(msgspec.json.encode(line) + b"\n")

    def mark(self) -> int:
        """How much has been written whole."""
        return self._lines.mark() if self._lines else 0

    def settle(self, mark: int) -> int:
        """Put what was written by ``mark`` on disk for good."""
        return self._lines.settle(mark) if self._lines else 0

    def close(self) -> None:
        """End the list."""
        if self._lines is not None:
            self._lines.close()
