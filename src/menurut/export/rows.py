"""Rows of text, parted by tabs or commas."""

from __future__ import annotations

import csv as reader
from collections.abc import Iterable
from io import StringIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(columns: Iterable[str], rows: Iterable[Iterable[object]], tabs: bool = False) -> bytes:
    """A table with a head. A cell that a spreadsheet would take for a formula is quoted."""
    out = StringIO()
    writer = reader.writer(out, dialect="excel-tab" if tabs else "excel", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode()


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return f"'{text}" if text.startswith(_FORMULA) and not _number(text) else text


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
