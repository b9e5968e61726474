"""Puts reports into the search index, by the stems of their words."""

from __future__ import annotations

from sqlalchemy import Connection, select

from menurut.ledger.dialects import index_stems
from menurut.ledger.schema import reports
from menurut.ledger.stems import stems

_BATCH = 500


def index(connection: Connection, report: int, title: str | None, text: str, language: str) -> None:
    """Put a report into the index, which has it not yet."""
    index_stems(connection, report, stems(title or "", language), stems(text, language))


def index_all(connection: Connection) -> None:
    """Put all reports of a ledger into an empty index."""
    found = select(reports.c.id, reports.c.title, reports.c.text, reports.c.language)
    last = 0
    while True:
        some = found.where(reports.c.id > last).order_by(reports.c.id).limit(_BATCH)
        rows = connection.execute(some).all()
        for row in rows:
            index(connection, row.id, row.title, row.text, row.language)
        if len(rows) < _BATCH:
            return
        last = rows[-1].id
