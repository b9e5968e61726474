"""Single rows by their numbers and names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from menurut.ledger.errors import LedgerError
from menurut.ledger.history import holds
from menurut.ledger.queries.accounts import Account, read_accounts, told
from menurut.ledger.queries.incidents import Incident, read_incidents
from menurut.ledger.schema import accounts, incidents, reports
from menurut.ledger.store import Snapshot


def incidents_numbered(snapshot: Snapshot, numbers: Sequence[int]) -> list[Incident]:
    """The incidents of some numbers, in their order; those that are gone are left out."""
    chosen = select(incidents).where(incidents.c.incident.in_(numbers))
    chosen = chosen.where(holds(incidents, snapshot.revision)).order_by(incidents.c.incident)
    return read_incidents(snapshot, chosen) if numbers else []


def account_numbered(snapshot: Snapshot, number: int) -> Account:
    """An account. Raises ``LedgerError`` where none of that number holds."""
    found = read_accounts(snapshot, told(snapshot).where(accounts.c.id == number))
    if not found:
        raise LedgerError("there is no account {number} today", number=number)
    return found[0]


def report_named(snapshot: Snapshot, name: str) -> Any:
    """The row of a report. Raises ``LedgerError`` where there is none of that name."""
    found = select(reports).where(reports.c.name == name, holds(reports, snapshot.revision))
    row = snapshot.connection.execute(found).first()
    if row is None:
        raise LedgerError("there is no report {name!r} in the ledger", name=name)
    return row


def has_report(snapshot: Snapshot, name: str) -> bool:
    """Whether there is a report of a name."""
    found = select(reports.c.id).where(reports.c.name == name, holds(reports, snapshot.revision))
    return snapshot.connection.execute(found.limit(1)).first() is not None
