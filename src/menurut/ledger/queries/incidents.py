"""Incidents as they stand: found by a filter, or shown whole with everyone's account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Select, and_, func, select

from menurut.ledger.errors import LedgerError
from menurut.ledger.history import holds
from menurut.ledger.intervals import iso
from menurut.ledger.paging import Order, Page
from menurut.ledger.queries.accounts import (
    Account,
    account_of,
    accounts_of,
    graded,
    told,
)
from menurut.ledger.queries.columns import strings
from menurut.ledger.queries.filters import Filter, listing
from menurut.ledger.schema import accounts, incidents, revisions, tellings
from menurut.ledger.store import Snapshot

ACCOUNTS = Order("accounts")
NEWEST = Order("incidents", newest=True)
BY_DAY = Order("timeline", dated=True)
_LONGEST = 18
"""Digits of a number that a database can hold."""


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as it stands. ``words``: the sentence that first told of it."""

    id: str
    type: str
    mode: str | None
    status: str
    outcome: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    begins: str | None
    ends: str | None
    last_told: str | None
    place: str | None
    country: str | None
    sources: int
    reports: int
    unheard: tuple[str, ...]
    series: str | None
    about: str | None
    words: str


class Counts(msgspec.Struct, frozen=True):
    """How much there is of an incident."""

    accounts: int
    parts: int
    versions: int


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An incident: its accounts, the single incidents of a series, and what it was before.

    ``counts``: how many of each there are, of which this may have some; ``after``: where the next
    page of accounts begins; None on the last one.
    """

    incident: Incident
    accounts: tuple[Account, ...]
    parts: tuple[Incident, ...]
    versions: tuple[Version, ...]
    counts: Counts
    after: str | None = None


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """How an incident stood from a moment on, by whose change and why."""

    at: str
    kind: str
    author: str
    reason: str | None
    status: str
    sources: int
    reports: int


def number_of(id: str) -> int:
    """The number of an incident's id (``i12``). Raises ``LedgerError`` where it is none."""
    digits = id.removeprefix("i")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > _LONGEST:
        raise LedgerError("{id!r} is no incident's id; they look like i12", id=id)
    return int(digits)


def find_incidents(
    snapshot: Snapshot, wanted: Filter | None = None, most: int = 50, by_day: bool = False
) -> list[Incident]:
    """The first page of ``page_incidents``."""
    return list(page_incidents(snapshot, wanted, most, None, by_day).items)


def page_incidents(
    snapshot: Snapshot,
    wanted: Filter | None = None,
    most: int = 50,
    after: str | None = None,
    by_day: bool = False,
) -> Page[Incident]:
    """The incidents that pass a filter, the newest known first; ``by_day``: as they happened,
    those that nobody dates at the end. Raises ``LedgerError`` for a bad cursor."""
    rows, next_page = _rows(snapshot, wanted or Filter(), most, after, by_day)
    return Page(items=tuple(_incidents(snapshot, rows)), after=next_page)


def every_incident(snapshot: Snapshot, wanted: Filter | None = None) -> Iterator[Incident]:
    """All incidents that pass a filter, the newest known first, a page at a time."""
    page = page_incidents(snapshot, wanted)
    yield from page.items
    while page.after is not None:
        page = page_incidents(snapshot, wanted, after=page.after)
        yield from page.items


def newest_rows(snapshot: Snapshot, wanted: Filter, most: int) -> list[Any]:
    """The rows of the newest incidents that pass a filter."""
    return _rows(snapshot, wanted, most, None, False)[0]


def _rows(
    snapshot: Snapshot, wanted: Filter, most: int, after: str | None, by_day: bool
) -> tuple[list[Any], str | None]:
    order = BY_DAY if by_day else NEWEST
    return order.read(snapshot.connection, listing(snapshot, wanted, order), most, after)


def read_incidents(snapshot: Snapshot, found: Select[Any]) -> list[Incident]:
    """The incidents that a statement finds, with the words that first told of them."""
    return _incidents(snapshot, snapshot.connection.execute(found).all())


def _incidents(snapshot: Snapshot, rows: Sequence[Any]) -> list[Incident]:
    leads = {row.lead for row in rows}
    lines = select(tellings.c.id, tellings.c.sentence).where(tellings.c.id.in_(sorted(leads)))
    words = {row.id: row.sentence for row in snapshot.connection.execute(lines)} if rows else {}
    return [_incident(snapshot, row, words.get(row.lead, "")) for row in rows]


def _incident(snapshot: Snapshot, row: Any, words: str) -> Incident:
    due = row.status == "planned" and row.ends is not None and row.ends < (snapshot.horizon or 0)
    return Incident(
        id=f"i{row.incident}",
        type=row.type,
        mode=row.mode,
        status=row.voiced if due else row.status,
        outcome="due" if due else row.outcome,
        actors=strings(row.actors),
        recipients=strings(row.recipients),
        begins=iso(row.begins),
        ends=iso(row.ends),
        last_told=iso(row.last_told),
        place=row.place,
        country=row.country,
        sources=row.sources,
        reports=row.reports,
        unheard=strings(row.unheard),
        series=f"i{row.series}" if row.series else None,
        about=f"i{row.about}" if row.about else None,
        words=words,
    )


def show(snapshot: Snapshot, id: str) -> Shown:
    """An incident with everyone's account of it. Raises ``LedgerError`` where there is none."""
    number = number_of(id)
    incident = standing(snapshot, number)
    given = tuple(graded(snapshot, accounts_of(snapshot, [number])))
    parts = tuple(read_incidents(snapshot, parts_of(snapshot, number)))
    versions = tuple(versions_of(snapshot, number))
    return Shown(
        incident=incident,
        accounts=given,
        parts=parts,
        versions=versions,
        counts=Counts(len(given), len(parts), len(versions)),
    )


def page_shown(snapshot: Snapshot, id: str, most: int = 50, after: str | None = None) -> Shown:
    """An incident with a page of its accounts, as they came.

    Of its parts and its versions there are as many, the newest versions; none behind the first
    page. Raises ``LedgerError`` where there is no such incident, and for a bad cursor.
    """
    number = number_of(id)
    incident = standing(snapshot, number)
    own = told(snapshot).where(accounts.c.incident == number)
    rows, behind = ACCOUNTS.read(
        snapshot.connection, [ACCOUNTS.by(own, accounts.c.id)], most, after
    )
    first = after is None
    parts = read_incidents(snapshot, parts_of(snapshot, number).limit(most)) if first else ()
    return Shown(
        incident=incident,
        accounts=tuple(graded(snapshot, map(account_of, rows))),
        parts=tuple(parts),
        versions=tuple(versions_of(snapshot, number, most)) if first else (),
        counts=_counts(snapshot, number),
        after=behind,
    )


def _counts(snapshot: Snapshot, number: int) -> Counts:
    now = snapshot.revision
    given = select(func.count()).where(accounts.c.incident == number, holds(accounts, now))
    parts = select(func.count()).where(incidents.c.series == number, holds(incidents, now))
    versions = select(func.count()).where(incidents.c.incident == number)
    if now is not None:
        versions = versions.where(incidents.c.since <= now)
    read = snapshot.connection.execute
    return Counts(*(int(read(found).scalar_one()) for found in (given, parts, versions)))


def standing(snapshot: Snapshot, number: int) -> Incident:
    """An incident as it stands. Raises ``LedgerError`` where there is none."""
    chosen = select(incidents).where(incidents.c.incident == number)
    found = read_incidents(snapshot, chosen.where(holds(incidents, snapshot.revision)))
    if not found:
        raise LedgerError(missing(snapshot, number))
    return found[0]


def parts_of(snapshot: Snapshot, number: int) -> Select[Any]:
    """The single incidents of a series, by day."""
    found = select(incidents).where(incidents.c.series == number)
    return found.where(holds(incidents, snapshot.revision)).order_by(incidents.c.day)


def missing(snapshot: Snapshot, number: int) -> str:
    """Why there is no such incident: never was, or went up into another."""
    was, told, again = accounts.alias("was"), tellings.alias("told"), tellings.alias("again")
    now = (
        select(accounts.c.incident)
        .join(again, again.c.id == accounts.c.telling)
        .join(told, and_(told.c.report == again.c.report, told.c.start == again.c.start))
        .join(was, was.c.telling == told.c.id)
        .where(was.c.incident == number, holds(accounts, snapshot.revision))
    )
    into = snapshot.connection.execute(now.limit(1)).scalar()
    where = f"; what it held is in i{into}" if into else ""
    return f"there is no incident i{number}{where}"


def versions_of(snapshot: Snapshot, number: int, most: int | None = None) -> list[Version]:
    """How an incident stood from its beginning on; ``most``: the newest of its versions only."""
    found = (
        select(incidents, revisions.c.at, revisions.c.kind, revisions.c.author, revisions.c.reason)
        .join(revisions, revisions.c.id == incidents.c.since)
        .where(incidents.c.incident == number)
        .order_by(incidents.c.since.desc())
        .limit(most)
    )
    if snapshot.revision is not None:
        found = found.where(incidents.c.since <= snapshot.revision)
    newest_first = snapshot.connection.execute(found).all()
    return [
        Version(
            at=row.at,
            kind=row.kind,
            author=row.author,
            reason=row.reason,
            status=row.status,
            sources=row.sources,
            reports=row.reports,
        )
        for row in reversed(newest_first)
    ]
