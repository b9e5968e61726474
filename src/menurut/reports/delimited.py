"""Reads tables of text: CSV, with commas, semicolons, tabs or bars between the columns."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO

from menurut.contract import Failure
from menurut.reports.columns import map_columns
from menurut.reports.decode import LARGEST, decode
from menurut.reports.errors import ReportError
from menurut.reports.source import Items, Source, read_head, rewound

_DELIMITERS = ",;\t|"
_HEAD = 1 << 16


def read_delimited(stream: IO[bytes], source: Source) -> Items:
    """A report for each row under a line of column names.

    A row that is not UTF-8 is read as ``decode`` reads a text. Raises ``ReportError`` where there
    are no names, none is known, or a cell never ends.
    """
    head = read_head(stream, _HEAD)
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = io.TextIOWrapper(
        io.BufferedReader(_Readable(rewound(head, stream))),
        encoding="utf-16" if wide else "utf-8-sig",
        errors="replace" if wide else "surrogateescape",
        newline="",
    )
    csv.field_size_limit(LARGEST)
    first = text.readline(_HEAD)
    rows = csv.reader(_lines(first, text), delimiter=_delimiter(first))
    names = next(rows, [])
    if not any(name.strip() for name in names):
        raise ReportError("the table has no line of column names")
    columns = map_columns(names, source.given)
    number = 0
    try:
        for row in rows:
            if not any(row):
                continue
            number += 1
            if len(row) > len(names):
                what = f"row {number}: {len(row)} cells for {len(names)} columns"
                yield Failure(source.numbered(number), what)
                continue
            try:
                cells = dict(zip(names, map(_mended, row), strict=False))
            except ReportError as error:
                yield Failure(source.numbered(number), f"row {number}: {error}")
            else:
                yield columns.report(cells, source, number)
    except csv.Error as error:
        raise ReportError(f"the table cannot be read after row {number}: {error}") from None


class _Readable(io.RawIOBase):
    """A stream that stays open when what wraps it is closed."""

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner = inner

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._inner.read(len(view))
        view[: len(data)] = data
        return len(data)


def _lines(first: str, text: io.TextIOWrapper) -> Iterator[str]:
    """The lines, a longer one than any cell may be in pieces."""
    yield first
    while line := text.readline(LARGEST + 1):
        yield line


def _delimiter(names: str) -> str:
    """What stands most often between the column names."""
    return max(_DELIMITERS, key=names.count)


def _mended(cell: str) -> str:
    """The cell in characters, where its bytes were not UTF-8."""
    if cell.isascii() or not any("\udc80" <= c <= "\udcff" for c in cell):
        return cell
    return decode(cell.encode("utf-8", "surrogateescape"))
