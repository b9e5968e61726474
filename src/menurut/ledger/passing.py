"""A pass over a whole ledger: every incident with its accounts, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from menurut.ledger.history import holds
from menurut.ledger.queries import Account, Incident, accounts_of, number_of
from menurut.ledger.queries.incidents import read_incidents
from menurut.ledger.schema import incidents
from menurut.ledger.store import Snapshot

Whole = tuple[Incident, list[Account]]
_BATCH = 500


def whole_incidents(snapshot: Snapshot, batch: int = _BATCH) -> Iterator[list[Whole]]:
    """The incidents in the order in which they became known, each with its accounts."""
    found = select(incidents.c.incident).where(holds(incidents, snapshot.revision))
    numbers = list(snapshot.connection.execute(found.order_by(incidents.c.incident)).scalars())
    for start in range(0, len(numbers), batch):
        chosen = numbers[start : start + batch]
        told: dict[str, list[Account]] = {}
        for account in accounts_of(snapshot, chosen):
            told.setdefault(account.incident, []).append(account)
        wanted = select(incidents).where(incidents.c.incident.in_(chosen))
        held = read_incidents(snapshot, wanted.where(holds(incidents, snapshot.revision)))
        heads = sorted(held, key=lambda i: number_of(i.id))
        yield [(incident, told.get(incident.id, [])) for incident in heads]
