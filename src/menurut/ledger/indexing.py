"""Puts reports into the search index, by the stems of their words."""

from __future__ import annotations

from sqlalchemy import Connection

from menurut.ledger.dialects import index_stems
from menurut.ledger.stems import stems


def index(connection: Connection, report: int, title: str | None, text: str, language: str) -> None:
    """Put a report into the index, which has it not yet."""
    index_stems(connection, report, stems(title or "", language), stems(text, language))
