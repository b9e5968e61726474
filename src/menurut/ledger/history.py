"""Revisions: who changed the ledger, when and why; and the ledger as it was known at a date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    func,
    insert,
    or_,
    select,
    update,
)

from menurut.ledger.errors import LedgerError
from menurut.ledger.schema import revisions

T = TypeVar("T")
PROGRAM = "menurut"


def now() -> str:
    """This moment in UTC, to the microsecond; sorts as text."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def next_id(connection: Connection, table: Table) -> int:
    """The first free id of a table; safe under the writer's lock."""
    return int(connection.execute(_last(table)).scalar() or 0) + 1


@cache
def _last(table: Table) -> Select[Any]:
    return select(func.max(table.c.id))


def revise(connection: Connection, kind: str, author: str, reason: str | None) -> int:
    """A new revision. Its time is never before that of the one before it."""
    last = connection.execute(
        select(revisions.c.id, revisions.c.at).order_by(revisions.c.id.desc()).limit(1)
    ).first()
    number, at = (last.id + 1, max(last.at, now())) if last else (1, now())
    connection.execute(
        insert(revisions).values(id=number, at=at, kind=kind, author=author, reason=reason)
    )
    return int(number)


def moment(date: str) -> str:
    """A date or time in UTC, as revisions are stamped; a bare date stands for its end.

    Raises ``LedgerError`` where it is not ISO 8601.
    """
    try:
        found = datetime.fromisoformat(date)
        if len(date) <= len("2024-06-19"):
            found = datetime.combine(found, time.max)
    except ValueError:
        raise LedgerError("{date!r} is not an ISO 8601 date or time.", date=date) from None
    try:
        found = found.astimezone(UTC)
    except (ValueError, OverflowError):
        found = found.replace(tzinfo=UTC)  # a day at the end of the calendar, whatever the zone
    return found.isoformat(timespec="microseconds")


def revision_at(connection: Connection, date: str) -> int:
    """The last revision at a date or moment; a bare date counts to its end. 0: none was yet.

    Raises ``LedgerError`` where the date is not ISO 8601.
    """
    found = select(func.max(revisions.c.id)).where(revisions.c.at <= moment(date))
    return int(connection.execute(found).scalar() or 0)


def holds(table: Any, revision: int | None) -> ColumnElement[bool]:
    """Whether a row holds: at a revision, or (None) today."""
    if revision is None:
        return table.c.until.is_(None)  # type: ignore[no-any-return]
    return and_(table.c.since <= revision, or_(table.c.until.is_(None), table.c.until > revision))


def batched(items: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """Some items at a time: databases bound how many a statement may name."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def close(connection: Connection, table: Table, ids: list[int], revision: int) -> None:
    """End rows at a revision."""
    for some in batched(ids):
        chosen = table.c.id.in_(some)
        connection.execute(
            update(table).where(chosen, table.c.until.is_(None)).values(until=revision)
        )
