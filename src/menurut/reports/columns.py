"""Maps the columns of a table to the fields of a report.

Which column names mean which field is told by the languages' ``columns.tsv``; ``--columns`` goes
before it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from menurut.contract import Edition, Failure, Report
from menurut.reports.decode import LARGEST
from menurut.reports.errors import ReportError
from menurut.reports.paragraphs import BLANKS
from menurut.reports.source import Given, Source
from menurut.reports.story import edition, one_line, stamp_or_none, subjects
from menurut.tables import language_table, languages

EDITION = tuple(name for name in Edition.__struct_fields__)
FIELDS = (*(name for name in Report.__struct_fields__ if name != "edition"), *EDITION)
"""The fields of a report that a column can fill."""
_STAMPS = ("published_at", "modified_at", "embargoed_until")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Columns:
    """The column of each field that has one, by its name."""

    of_field: Mapping[str, str]

    def report(self, row: Mapping[str, object], source: Source, number: int) -> Report | Failure:
        """The report that a row tells; ``number``: its place in the table, from 1."""
        id = source.numbered(number)
        try:
            values = {field: _value(row.get(name)) for field, name in self.of_field.items()}
            id = one_line(values.get("id")) or id
            return _report(values, id)
        except ReportError as error:
            return Failure(id, f"row {number}: {error}")


def map_columns(names: Sequence[str], given: Given) -> Columns:
    """Which field each column of a table fills.

    Raises ``ReportError`` where a column that is named is not there, and where none has the text.
    """
    found: dict[str, str] = {}
    by_form = {name.strip().lower().replace(" ", "_"): name for name in reversed(names)}
    for form, field in _forms().items():
        if form in by_form:
            found.setdefault(field, by_form[form])
    for field, name in given.columns.items():
        if name not in names:
            raise ReportError(f"there is no column {name!r}; {_told(names)}")
        found[field] = name
    if "text" not in found:
        raise ReportError(f"no column is known to hold the text; {_told(names)}")
    return Columns(found)


def _told(names: Sequence[str]) -> str:
    more = ", …" if len(names) > _SHOWN else ""
    return f"the columns are: {', '.join(name[:40] for name in names[:_SHOWN])}{more}"


@cache
def _forms() -> dict[str, str]:
    """The field of each column name; a field's own name first."""
    found = {field: field for field in FIELDS}
    for language in sorted(languages()):
        for row in language_table(language, "columns"):
            found.setdefault(row["form"], row["field"])
    return found


def _value(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    if len(text) > LARGEST:
        raise ReportError(f"a value is too large: the most is {LARGEST / 1e6:.0f} MB")
    return text


def _report(values: Mapping[str, str | None], id: str) -> Report:
    """The report of a row. Raises ``ReportError`` where it has no text or a stamp is none."""
    text = (values.get("text") or "").replace("\0", "\ufffd")  # as it stands: offsets count in it
    if not text.strip(BLANKS):
        raise ReportError("the text is empty")
    known: dict[str, Any] = {f: one_line(value) for f, value in values.items() if f != "text"}
    for field in _STAMPS:
        if known.get(field) is not None:
            known[field] = _stamp(known[field], field)
    if known.get("subjects"):
        known["subjects"] = subjects(known["subjects"].split(";"))
    for field, allowed in (
        ("status", ("usable", "withheld", "canceled")),
        ("notice", ("update", "correction")),
    ):
        if known.get(field) not in (None, *allowed):
            raise ReportError(f"{field} is none of {', '.join(allowed)}: {known[field][:40]!r}")
    said = edition(**{field: known.pop(field) for field in EDITION if field in known})
    return Report(**{**known, "id": id, "text": text, "edition": said})


def _stamp(value: str, field: str) -> str:
    stamp = stamp_or_none(value)
    if stamp is None:
        raise ReportError(f"{field} is no date: {value[:40]!r}")
    return stamp
