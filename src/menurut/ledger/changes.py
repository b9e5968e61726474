"""What is new in a ledger since a revision: incidents, accounts, figures, standing, what came due.

Told from the present: what was added and taken back in between is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec
from sqlalchemy import func, or_, select

from menurut.ledger.history import holds
from menurut.ledger.queries.accounts import Account, read_accounts, told
from menurut.ledger.queries.incidents import Incident, read_incidents
from menurut.ledger.schema import accounts, incidents, revisions
from menurut.ledger.store import Snapshot

Kind = Literal["incident", "account", "denial", "figure", "status", "due"]
_MOST = 500


class Mark(msgspec.Struct, frozen=True):
    """How far a ledger has been looked through: its last revision, and its newest report's day."""

    revision: int = 0
    horizon: int | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Something new. ``account``: the one that brought it; ``before``: the status or the figures
    that stood before it; ``since``: the revision up to which the ledger had been looked through."""

    kind: Kind
    incident: Incident
    account: Account | None = None
    before: str | None = None
    since: int = 0

    @property
    def key(self) -> str:
        """The same for the same change, however often it is looked for."""
        by = f":{self.account.id}" if self.account else f":{self.incident.status}:{self.since}"
        return f"{self.kind}:{self.incident.id}{by}"


def mark(snapshot: Snapshot) -> Mark:
    """The ledger's present mark."""
    last = snapshot.connection.execute(select(func.max(revisions.c.id))).scalar()
    return Mark(int(last or 0), snapshot.horizon)


def changes(snapshot: Snapshot, since: Mark) -> Iterator[Change]:
    """What is new since a mark, a revision at a time; what came due last."""
    new = _new_accounts(snapshot, since.revision)
    touched = {account.incident for account in new} | _rewritten(snapshot, since.revision)
    standing = {i.id: i for i in _incidents(snapshot, touched)}
    before = _statuses_at(snapshot, touched, since.revision)
    for id in sorted(standing, key=lambda each: int(each[1:])):
        incident = standing[id]
        own = [account for account in new if account.incident == id]
        if id not in before:
            first = own[0] if own else None
            yield Change(kind="incident", incident=incident, account=first)
        elif before[id] != incident.status:
            yield Change(kind="status", incident=incident, before=before[id], since=since.revision)
        yield from _of_accounts(snapshot, incident, own)
    yield from _came_due(snapshot, since)


def _of_accounts(snapshot: Snapshot, incident: Incident, own: list[Account]) -> Iterator[Change]:
    fresh = {account.id for account in own}
    told_before = _figures(a for a in _accounts(snapshot, incident.id) if a.id not in fresh)
    for account in own:
        yield Change(kind="account", incident=incident, account=account)
        if account.stance == "denies":
            yield Change(kind="denial", incident=incident, account=account)
        given = _figures([account])
        if told_before and given - told_before.keys():
            earlier = ", ".join(dict.fromkeys(told_before.values()))
            yield Change(kind="figure", incident=incident, account=account, before=earlier)


def _figures(given: Iterable[Account]) -> Any:
    """The bounds of all figures, with their words."""
    return {(f.low, f.high): f.words for account in given for f in account.figures}


def _new_accounts(snapshot: Snapshot, since: int) -> list[Account]:
    """Accounts that hold today and did not before, moved ones left out."""
    earlier = accounts.alias("earlier")
    moved = (
        select(earlier.c.id)
        .where(earlier.c.telling == accounts.c.telling, earlier.c.source == accounts.c.source)
        .where(earlier.c.since <= since)
    )
    found = told(snapshot).where(accounts.c.since > since, ~moved.exists())
    return read_accounts(snapshot, found.order_by(accounts.c.id))


def _accounts(snapshot: Snapshot, id: str) -> list[Account]:
    found = told(snapshot).where(accounts.c.incident == int(id[1:]))
    return read_accounts(snapshot, found.order_by(accounts.c.id).limit(_MOST))


def _rewritten(snapshot: Snapshot, since: int) -> set[str]:
    found = select(incidents.c.incident).where(
        incidents.c.since > since, holds(incidents, snapshot.revision)
    )
    return {f"i{number}" for number in snapshot.connection.execute(found).scalars()}


def _incidents(snapshot: Snapshot, ids: Iterable[str]) -> Iterator[Incident]:
    numbers = sorted(int(id[1:]) for id in ids)
    for start in range(0, len(numbers), _MOST):
        chosen = incidents.c.incident.in_(numbers[start : start + _MOST])
        found = select(incidents).where(chosen, holds(incidents, snapshot.revision))
        yield from read_incidents(snapshot, found)


def _statuses_at(snapshot: Snapshot, ids: Iterable[str], revision: int) -> dict[str, str]:
    """How incidents stood at a revision; those that were there then."""
    numbers = sorted(int(id[1:]) for id in ids)
    known: dict[str, str] = {}
    for start in range(0, len(numbers), _MOST):
        chosen = incidents.c.incident.in_(numbers[start : start + _MOST])
        found = select(incidents.c.incident, incidents.c.status).where(
            chosen, holds(incidents, revision)
        )
        known |= {f"i{row.incident}": row.status for row in snapshot.connection.execute(found)}
    return known


def _came_due(snapshot: Snapshot, since: Mark) -> Iterator[Change]:
    """Announcements whose day has passed since the last look, and of which nothing was told."""
    if snapshot.horizon is None:
        return
    due = select(incidents).where(
        holds(incidents, snapshot.revision),
        incidents.c.status == "planned",
        incidents.c.ends < snapshot.horizon,
    )
    if since.horizon is not None:
        passed = incidents.c.ends >= since.horizon
        due = due.where(or_(passed, incidents.c.since > since.revision))
    for incident in read_incidents(snapshot, due.order_by(incidents.c.incident).limit(_MOST)):
        yield Change(kind="due", incident=incident, before="planned", since=since.revision)
