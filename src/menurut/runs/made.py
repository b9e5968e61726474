"""Analyses that were made before, taken from their files as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from menurut.contract import Analysis, Failure
from menurut.reports.errors import ReportError
from menurut.runs.rows import Row, files_of, is_parquet, read_rows


class _Line(msgspec.Struct):
    id: str | None = None
    error: str | None = None


Held = Analysis | bytes
"""An analysis, or the line that holds it."""


class Analyses:
    """The analyses of a file of JSON Lines or Parquet, or of a folder of such.

    Those that are asked for in the order of the file are not held; what is passed over is, until
    it is asked for. Raises ``ReportError`` where there is no such file.
    """

    def __init__(self, name: str) -> None:
        self._files = files_of(Path(name))
        for path in self._files:
            if not path.exists():
                raise ReportError(f"{name}: there is no such file")
        if not self._files:
            raise ReportError(f"{name}: there are no analyses in this directory")
        self._rest = self._all()
        self._passed: dict[str, Held] = {}

    def take(self, id: str) -> Analysis | None:
        """The analysis of a report, once; None where there is none, or it failed.

        Raises ``ReportError`` where a file cannot be read or a line is no analysis.
        """
        held = self._passed.pop(id, None) or self._next(id)
        if not isinstance(held, bytes):
            return held
        try:
            return msgspec.json.decode(held, type=Analysis)
        except msgspec.MsgspecError as error:
            raise ReportError(f"the analysis of {id}: no analysis: {error}") from None

    def _next(self, id: str) -> Held | None:
        for name, held in self._rest:
            if name == id:
                return held
            self._passed[name] = held
        return None

    def rows(self) -> Iterator[Row] | None:
        """The reports with their analyses, where the files hold both; None where they do not."""
        if not all(is_parquet(path) for path in self._files):
            return None
        return (row for path in self._files for row in read_rows(path))

    def _all(self) -> Iterator[tuple[str, Held]]:
        for path in self._files:
            yield from _of_rows(path) if is_parquet(path) else _of_lines(path)


def _of_rows(path: Path) -> Iterator[tuple[str, Held]]:
    for row in read_rows(path):
        if not isinstance(row.result, Failure):
            yield row.result.id, row.result


def _of_lines(path: Path) -> Iterator[tuple[str, Held]]:
    decoder = msgspec.json.Decoder(_Line)
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if not line.strip():
                    continue
                try:
                    told = decoder.decode(line)
                except msgspec.MsgspecError as error:
                    raise ReportError(f"{path}: line {number}: no analysis: {error}") from None
                if told.id is not None and told.error is None:
                    yield told.id, line
    except OSError as error:
        raise ReportError(f"{path}: cannot be read: {error.strerror}") from None
