"""When incidents were told: by day and stance, and who told of them last."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import func, select

from menurut.ledger.history import holds
from menurut.ledger.queries.accounts import Account, read_accounts, told
from menurut.ledger.schema import accounts, reports
from menurut.ledger.store import Snapshot


class Beat(msgspec.Struct, frozen=True):
    """How many accounts of a stance were published on a day (an ordinal)."""

    day: int
    stance: str
    accounts: int


def pulses(snapshot: Snapshot, numbers: Sequence[int]) -> dict[str, tuple[Beat, ...]]:
    """The beats of incidents, by id, in the order of their days; undated reports have none."""
    found = (
        select(accounts.c.incident, reports.c.day, accounts.c.stance, func.count())
        .join(reports, reports.c.id == accounts.c.report)
        .where(accounts.c.incident.in_(numbers), holds(accounts, snapshot.revision))
        .where(reports.c.day.is_not(None))
        .group_by(accounts.c.incident, reports.c.day, accounts.c.stance)
        .order_by(accounts.c.incident, reports.c.day, accounts.c.stance)
    )
    held: dict[str, list[Beat]] = {}
    for incident, day, stance, count in snapshot.connection.execute(found):
        held.setdefault(f"i{incident}", []).append(Beat(day, stance, count))
    return {id: tuple(beats) for id, beats in held.items()}


def newest_accounts(snapshot: Snapshot, numbers: Sequence[int]) -> dict[str, Account]:
    """The account of each incident that came last, by the incident's id."""
    last = (
        select(func.max(accounts.c.id))
        .where(accounts.c.incident.in_(numbers), holds(accounts, snapshot.revision))
        .group_by(accounts.c.incident)
    )
    chosen = told(snapshot).where(accounts.c.id.in_(last))
    return {account.incident: account for account in read_accounts(snapshot, chosen)}
