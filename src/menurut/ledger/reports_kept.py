"""The reports that a ledger keeps: listed, the newest first, and each whole with its record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Select, func, select

from menurut.contract import Analysis
from menurut.ledger.errors import LedgerError
from menurut.ledger.history import holds
from menurut.ledger.paging import Order, Page
from menurut.ledger.queries.accounts import Account, graded, read_accounts, told, told_by
from menurut.ledger.schema import accounts, readings, reports, revisions
from menurut.ledger.store import Snapshot

NEWEST = Order("reports", newest=True, dated=True)


class ReportFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which reports are wanted. ``first`` and ``last``: days of publication, as ordinals.

    ``origin``: copies of this report, and itself. ``copies``: also those that copy another.
    """

    publisher: str | None = None
    agency: str | None = None
    language: str | None = None
    first: int | None = None
    last: int | None = None
    origin: str | None = None
    copies: bool = True


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A report in the ledger. ``origin``: the report that it copies; ``added_at``: when the ledger
    took it; ``incidents``: those it tells of."""

    report: str
    title: str | None
    publisher: str | None
    agency: str | None
    byline: str | None
    url: str | None
    language: str
    published_at: str | None
    origin: str | None
    origin_reason: str | None
    added_at: str
    incidents: tuple[str, ...]


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """A report with its text, the analysis of it that holds, and the accounts that it carries."""

    kept: Kept
    text: str
    analysis: Analysis
    accounts: tuple[Account, ...]


def page_reports(
    snapshot: Snapshot,
    wanted: ReportFilter | None = None,
    most: int = 50,
    after: str | None = None,
) -> Page[Kept]:
    """The reports that pass a filter, the newest first by day; undated ones at the end.

    Raises ``LedgerError`` for a bad cursor, or where ``origin`` names no report.
    """
    found = _passing(snapshot, wanted or ReportFilter())
    stream = NEWEST.by(found, reports.c.id, reports.c.day)
    rows, next_page = NEWEST.read(snapshot.connection, [stream], most, after)
    return Page(items=tuple(_kept(snapshot, rows)), after=next_page)


def read_report(snapshot: Snapshot, name: str) -> Whole:
    """A report whole. Raises ``LedgerError`` where the ledger has none of this name."""
    found = _columns(snapshot).add_columns(reports.c.text).where(reports.c.name == name)
    row = snapshot.connection.execute(found).first()
    if row is None:
        raise LedgerError("there is no report {name!r} in the ledger", name=name)
    read = select(readings.c.analysis).where(
        readings.c.report == row.id, holds(readings, snapshot.revision)
    )
    carried = told(snapshot).where(accounts.c.report == row.id).order_by(accounts.c.id)
    return Whole(
        kept=_kept(snapshot, [row])[0],
        text=row.text,
        analysis=msgspec.json.decode(snapshot.connection.execute(read).scalar_one(), type=Analysis),
        accounts=tuple(graded(snapshot, read_accounts(snapshot, carried))),
    )


def _columns(snapshot: Snapshot) -> Select[Any]:
    origin = reports.alias("goes_back_to")
    columns = [c for c in reports.c if c.key not in ("text", "traits", "digest")]
    return (
        select(*columns, origin.c.name.label("origin_name"), revisions.c.at)
        .join(origin, origin.c.id == reports.c.origin)
        .join(revisions, revisions.c.id == reports.c.since)
        .where(holds(reports, snapshot.revision))
    )


def _passing(snapshot: Snapshot, wanted: ReportFilter) -> Select[Any]:
    found = _columns(snapshot)
    if wanted.publisher is not None:
        found = found.where(func.lower(reports.c.publisher) == wanted.publisher.lower())
    if wanted.agency is not None:
        found = found.where(func.lower(reports.c.agency) == wanted.agency.lower())
    if wanted.language is not None:
        found = found.where(reports.c.language == wanted.language)
    if wanted.first is not None:
        found = found.where(reports.c.day >= wanted.first)
    if wanted.last is not None:
        found = found.where(reports.c.day <= wanted.last)
    if wanted.origin is not None:
        found = found.where(reports.c.origin == _origin(snapshot, wanted.origin))
    if not wanted.copies:
        found = found.where(reports.c.origin == reports.c.id)
    return found


def _origin(snapshot: Snapshot, name: str) -> int:
    found = select(reports.c.origin).where(
        reports.c.name == name, holds(reports, snapshot.revision)
    )
    origin = snapshot.connection.execute(found).scalar()
    if origin is None:
        raise LedgerError("there is no report {name!r} in the ledger", name=name)
    return int(origin)


def _kept(snapshot: Snapshot, rows: Sequence[Any]) -> list[Kept]:
    told_in = told_by(snapshot, [row.id for row in rows])
    return [
        Kept(
            report=row.name,
            title=row.title,
            publisher=row.publisher,
            agency=row.agency,
            byline=row.byline,
            url=row.url,
            language=row.language,
            published_at=row.published_at,
            origin=row.origin_name if row.origin != row.id else None,
            origin_reason=row.origin_reason,
            added_at=row.at,
            incidents=tuple(told_in.get(row.id, ())),
        )
        for row in rows
    ]
