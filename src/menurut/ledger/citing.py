"""The words of a report as they stand, by their offsets; and how fresh the ledger is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import select

from menurut.contract import Span
from menurut.ledger.errors import LedgerError
from menurut.ledger.history import holds
from menurut.ledger.schema import reports, revisions
from menurut.ledger.store import Snapshot


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A report as the ledger holds it. ``origin``: the report that it copies, if any."""

    report: str
    title: str | None
    byline: str | None
    publisher: str | None
    agency: str | None
    url: str | None
    language: str
    published_at: str | None
    origin: str | None
    text: str


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a report, character for character. ``span``: their offsets in its text."""

    report: str
    title: str | None
    publisher: str | None
    agency: str | None
    language: str
    published_at: str | None
    url: str | None
    span: Span
    words: str


def held_report(snapshot: Snapshot, name: str) -> Held:
    """A report with its text. Raises ``LedgerError`` where the ledger has none of that name."""
    row = _row(snapshot, name)
    return Held(
        report=row.name,
        title=row.title,
        byline=row.byline,
        publisher=row.publisher,
        agency=row.agency,
        url=row.url,
        language=row.language,
        published_at=row.published_at,
        origin=row.origin_name if row.origin != row.id else None,
        text=row.text,
    )


def quote(snapshot: Snapshot, name: str, span: Span) -> Quotation:
    """The words of a report between two offsets.

    Raises ``LedgerError`` where there is no such report, or its text ends before them.
    """
    row = _row(snapshot, name)
    start, end = span
    if not 0 <= start < end <= len(row.text):
        raise LedgerError(
            f"the text of {name!r} has {len(row.text)} characters; {start} to {end} are not in it"
        )
    return _quotation(row, span)


def find_words(snapshot: Snapshot, name: str, words: str, most: int) -> list[Quotation]:
    """Where a report has words, in exactly this form; only blanks and line ends may differ.

    Raises ``LedgerError`` where there is no such report, or it does not have the words.
    """
    row = _row(snapshot, name)
    found = [_quotation(row, span) for span in islice(_places(row.text, words), most)]
    if not found:
        raise LedgerError(f"the report {name!r} does not have these words")
    return found


def _places(text: str, words: str) -> Iterator[Span]:
    wanted = r"\s+".join(map(re.escape, words.split()))
    return (found.span() for found in re.finditer(wanted, text) if found.group())


def _row(snapshot: Snapshot, name: str) -> Any:
    origin = reports.alias("origin")
    found = (
        select(reports, origin.c.name.label("origin_name"))
        .join(origin, origin.c.id == reports.c.origin)
        .where(reports.c.name == name, holds(reports, snapshot.revision))
    )
    row = snapshot.connection.execute(found).first()
    if row is None:
        raise LedgerError(f"there is no report {name!r} in the ledger")
    return row


def _quotation(row: Any, span: Span) -> Quotation:
    return Quotation(
        report=row.name,
        title=row.title,
        publisher=row.publisher,
        agency=row.agency,
        language=row.language,
        published_at=row.published_at,
        url=row.url,
        span=span,
        words=row.text[slice(*span)],
    )


def state(snapshot: Snapshot) -> str:
    """What stays the same for as long as nothing in the ledger changes: its newest revision."""
    newest = select(revisions.c.id, revisions.c.at).order_by(revisions.c.id.desc()).limit(1)
    row = snapshot.connection.execute(newest).first()
    seen = "" if snapshot.revision is None else f"@{snapshot.revision}"
    return f"{row.id}/{row.at}{seen}" if row else f"0{seen}"
