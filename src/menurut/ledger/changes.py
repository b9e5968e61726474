"""What is new in a ledger since a revision: incidents, accounts, figures, standing, what came due.

Told from the present: what was added and taken back in between is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, and_, func, or_, select

from menurut.ledger.editions import stories_of
from menurut.ledger.history import batched, holds
from menurut.ledger.queries.accounts import Account, read_accounts, told
from menurut.ledger.queries.incidents import Incident, read_incidents
from menurut.ledger.schema import accounts, incidents, reports, revisions, tellings
from menurut.ledger.standing import PRESS, UNNAMED
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
    by_incident: dict[str, list[Account]] = {}
    for account in new:
        by_incident.setdefault(account.incident, []).append(account)
    before = _statuses_at(snapshot, touched, since.revision)
    for incident in _incidents(snapshot, touched):
        id, own = incident.id, by_incident.get(incident.id, [])
        if id not in before:
            first = own[0] if own else None
            yield Change(kind="incident", incident=incident, account=first)
        elif before[id] != incident.status:
            yield Change(kind="status", incident=incident, before=before[id], since=since.revision)
        yield from _of_accounts(snapshot, incident, own)
    yield from _came_due(snapshot, since)


def _of_accounts(snapshot: Snapshot, incident: Incident, own: list[Account]) -> Iterator[Change]:
    if not own:
        return
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


def _figures(given: Iterable[Account]) -> dict[tuple[float | None, float | None], str]:
    """The bounds of all figures, with their words."""
    return {(f.low, f.high): f.words for account in given for f in account.figures}


def _new_accounts(snapshot: Snapshot, since: int) -> list[Account]:
    """Accounts that hold today, in words that their report's story did not have before: those that
    were moved or read anew are no news."""
    found = told(snapshot).where(accounts.c.since > since).order_by(accounts.c.id)
    new = read_accounts(snapshot, found)
    stories = stories_of(snapshot.connection, {account.report for account in new})
    known = _known(snapshot, stories, since)
    return [
        a for a in new if _key(stories[a.report], a.source, a.stance, a.type, a.words) not in known
    ]


def _key(story: str, source: str, stance: str, type: str, words: str) -> tuple[str, ...]:
    """The same for the same account in all editions and readings of a story."""
    voice = next((v for v in (PRESS, UNNAMED) if source.startswith(v)), source)
    return story, voice, stance, type, " ".join(words.split())


def _known(snapshot: Snapshot, stories: dict[str, str], since: int) -> set[tuple[str, ...]]:
    """The keys of all accounts that stories ever had up to a revision."""
    words = func.substr(reports.c.text, accounts.c.start + 1, accounts.c.end - accounts.c.start)
    columns = (reports.c.name, accounts.c.source, accounts.c.stance, tellings.c.type, words)
    found = (
        select(*columns)
        .join(accounts, accounts.c.report == reports.c.id)
        .join(tellings, tellings.c.id == accounts.c.telling)
        .where(accounts.c.since <= since)
    )
    known: set[tuple[str, ...]] = set()
    for names in batched(sorted(stories)):
        rows = snapshot.connection.execute(found.where(reports.c.name.in_(names)))
        known |= {_key(stories[name], *told) for name, *told in rows}
    return known


def _accounts(snapshot: Snapshot, id: str) -> list[Account]:
    found = told(snapshot).where(accounts.c.incident == int(id[1:]))
    return read_accounts(snapshot, found.order_by(accounts.c.id).limit(_MOST))


def _rewritten(snapshot: Snapshot, since: int) -> set[str]:
    found = select(incidents.c.incident).where(
        incidents.c.since > since, holds(incidents, snapshot.revision)
    )
    return {f"i{number}" for number in snapshot.connection.execute(found).scalars()}


def _incidents(snapshot: Snapshot, ids: Iterable[str]) -> Iterator[Incident]:
    """Incidents in the order of their numbers."""
    for numbers in batched(sorted(int(id[1:]) for id in ids)):
        chosen = incidents.c.incident.in_(numbers)
        found = select(incidents).where(chosen, holds(incidents, snapshot.revision))
        yield from read_incidents(snapshot, found.order_by(incidents.c.incident))


def _statuses_at(snapshot: Snapshot, ids: Iterable[str], revision: int) -> dict[str, str]:
    """How incidents stood at a revision; those that were there then."""
    known: dict[str, str] = {}
    for numbers in batched(sorted(int(id[1:]) for id in ids)):
        chosen = incidents.c.incident.in_(numbers)
        found = select(incidents.c.incident, incidents.c.status).where(
            chosen, holds(incidents, revision)
        )
        known |= {f"i{row.incident}": row.status for row in snapshot.connection.execute(found)}
    return known


def _came_due(snapshot: Snapshot, since: Mark) -> Iterator[Change]:
    """Announcements whose day has passed since the last look, and of which nothing was told."""
    if snapshot.horizon is None:
        return
    due = select(incidents.c.incident).where(
        holds(incidents, snapshot.revision), _overdue(incidents, snapshot.horizon)
    )
    if since.horizon is not None:
        passed = incidents.c.ends >= since.horizon
        was = incidents.alias("was")
        known = (
            select(was.c.id)
            .where(was.c.incident == incidents.c.incident, holds(was, since.revision))
            .where(_overdue(was, since.horizon))
        )
        due = due.where(or_(passed, incidents.c.since > since.revision), ~known.exists())
    ids = [f"i{number}" for number in snapshot.connection.execute(due).scalars()]
    for incident in _incidents(snapshot, ids):
        yield Change(kind="due", incident=incident, before="planned", since=since.revision)


def _overdue(table: Any, horizon: int) -> ColumnElement[bool]:
    return and_(table.c.status == "planned", table.c.ends < horizon)
