"""What a report has to do with others: the incidents that it tells of, and others' accounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import select

from menurut.ledger.history import holds
from menurut.ledger.queries.accounts import Account, read_accounts, told
from menurut.ledger.queries.incidents import Incident
from menurut.ledger.queries.lookups import incidents_numbered, report_named
from menurut.ledger.schema import accounts, tellings
from menurut.ledger.store import Snapshot

_LOOKED_AT = 24
_INCIDENTS = 60


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """An incident that a report tells of, by the ids of its analysis; others' accounts of it.

    ``events``: those that tell of it (or loose statements); ``statements``: those that vouch.
    """

    incident: Incident
    events: tuple[str, ...]
    statements: tuple[str, ...]
    others: tuple[Account, ...]


def ties(snapshot: Snapshot, name: str, most: int = 4) -> list[Tie]:
    """What a report has to do with others: its incidents, and the newest accounts of others.

    Of each incident at most so many, from sources that the report has not, those of other stances
    first.
    """
    row = report_named(snapshot, name)
    found = (
        select(accounts.c.incident, accounts.c.source, accounts.c.statement, accounts.c.stance)
        .add_columns(tellings.c.event)
        .join(tellings, tellings.c.id == accounts.c.telling)
        .where(accounts.c.report == row.id, holds(accounts, snapshot.revision))
        .order_by(accounts.c.id)
    )
    held: dict[int, list[Any]] = {}
    for told_here in snapshot.connection.execute(found):
        held.setdefault(told_here.incident, []).append(told_here)
    numbers = list(held)[:_INCIDENTS]
    known = {i.id: i for i in incidents_numbered(snapshot, numbers)}
    return [
        Tie(
            incident=known[f"i{number}"],
            events=_once(t.event for t in held[number]),
            statements=_once(t.statement for t in held[number] if t.statement),
            others=_others(snapshot, number, held[number], most),
        )
        for number in numbers
        if f"i{number}" in known
    ]


def _others(snapshot: Snapshot, number: int, here: Sequence[Any], most: int) -> tuple[Account, ...]:
    heard = {account.source for account in here}
    stances = {account.stance for account in here}
    newest = (
        select(accounts.c.id)
        .where(accounts.c.incident == number, accounts.c.source.not_in(heard))
        .where(holds(accounts, snapshot.revision))
        .order_by(accounts.c.id.desc())
        .limit(_LOOKED_AT)
    )
    ids = list(snapshot.connection.scalars(newest))
    found = told(snapshot).where(accounts.c.id.in_(ids)).order_by(accounts.c.id.desc())
    by_source: dict[tuple[str, str], Account] = {}
    for account in read_accounts(snapshot, found):
        by_source.setdefault((account.source, account.stance), account)
    return tuple(sorted(by_source.values(), key=lambda a: a.stance in stances)[:most])


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
