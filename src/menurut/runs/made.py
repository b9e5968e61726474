"""Analyses that were made before, taken from their files as they are asked for, and checked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from menurut.contract import Analysis, Failure
from menurut.reports.errors import ReportError
from menurut.runs.checking import decoded_fault, faults
from menurut.runs.rows import Row, files_of, is_parquet, read_rows

_TOLD = 3
"""Faults of one analysis that are told, at most."""


class _Line(msgspec.Struct):
    id: str | None = None
    error: str | None = None


class Held(NamedTuple):
    """An analysis, or the line that holds it. ``where``: its file and its line or row."""

    where: str
    found: Analysis | bytes


class Analyses:
    """The analyses of a file of JSON Lines or Parquet, or of a folder of such.

    Those that are asked for in the order of the file are not held; what is passed over is, until
    it is asked for. ``broken``: lines met so far that name no report. Raises ``ReportError`` where
    there is no such file.
    """

    def __init__(self, name: str) -> None:
        self._files = files_of(Path(name))
        for path in self._files:
            if not path.exists():
                raise ReportError(f"{name}: there is no such file")
        if not self._files:
            raise ReportError(f"{name}: there are no analyses in this directory")
        self.broken: list[Failure] = []
        self._rest = self._all()
        self._passed: dict[str, Held] = {}

    def take(self, id: str, text: str) -> Analysis | Failure | None:
        """The analysis of a report with this text, once; None where there is none, or it failed.

        A ``Failure`` says where it stands and which of its fields are wrong. Raises ``ReportError``
        where a file cannot be read.
        """
        held = self._passed.pop(id, None) or self._next(id)
        return None if held is None else checked(id, held, text)

    def _next(self, id: str) -> Held | None:
        for name, held in self._rest:
            if name == id:
                return held
            self._passed[name] = held
        return None

    def rest(self) -> None:
        """Read on to the end, so that no broken line is passed over."""
        self._next("")

    def rows(self) -> Iterator[Row] | None:
        """The reports with their analyses, where the files hold both; None where they do not.

        An analysis that is wrong stands there as a failure, with ``fault`` set.
        """
        if not all(is_parquet(path) for path in self._files):
            return None
        return (_checked_row(path, row) for path in self._files for row in read_rows(path))

    def _all(self) -> Iterator[tuple[str, Held]]:
        for path in self._files:
            yield from self._of_rows(path) if is_parquet(path) else self._of_lines(path)

    def _of_rows(self, path: Path) -> Iterator[tuple[str, Held]]:
        for number, row in enumerate(read_rows(path), 1):
            if isinstance(row.result, Analysis):
                yield row.result.id, Held(f"{path}: row {number}", row.result)
            elif row.fault:
                self.broken.append(row.result)

    def _of_lines(self, path: Path) -> Iterator[tuple[str, Held]]:
        decoder = msgspec.json.Decoder(_Line)
        try:
            with path.open("rb") as stream:
                for number, line in enumerate(stream, 1):
                    where = f"{path}: line {number}"
                    if not line.strip():
                        continue
                    try:
                        told = decoder.decode(line)
                    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                        self.broken.append(Failure(None, complaint(where, str(error))))
                        continue
                    if told.error is not None:
                        continue
                    if told.id is None:
                        self.broken.append(Failure(None, f"{where}: id: it names no report"))
                    else:
                        yield told.id, Held(where, line)
        except OSError as error:
            raise ReportError(f"{path}: cannot be read: {error.strerror}") from None


def checked(id: str, held: Held, text: str) -> Analysis | Failure:
    """An analysis that is sound for a text, or what is wrong with it."""
    found = held.found
    if isinstance(found, bytes):
        try:
            found = msgspec.json.decode(found, type=Analysis)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            return Failure(id, complaint(held.where, str(error)))
    wrong = list(islice(faults(found, text), _TOLD + 1))
    if not wrong:
        return found
    told = [f"{field}: {what}" for field, what in wrong[:_TOLD]]
    return Failure(id, f"{held.where}: {'; '.join(told)}{'; …' if len(wrong) > _TOLD else ''}")


def complaint(where: str, message: str) -> str:
    """What msgspec complains of, with the file, the line and the field."""
    field, what = decoded_fault(message)
    return f"{where}: {field}: {what}" if field else f"{where}: no analysis: {what}"


def _checked_row(path: Path, row: Row) -> Row:
    if row.report is None or not isinstance(row.result, Analysis):
        return row
    held = Held(f"{path}: {row.part or row.source} {row.number}", row.result)
    found = checked(row.result.id, held, row.report.text)
    if found is row.result:
        return row
    return msgspec.structs.replace(row, result=found, fault=True)
