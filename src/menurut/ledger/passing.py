"""A pass over incidents of a ledger with their accounts, a batch at a time."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from sqlalchemy import select

from menurut.ledger.history import batched, holds
from menurut.ledger.queries import Account, Incident, accounts_of, number_of
from menurut.ledger.queries.incidents import read_incidents
from menurut.ledger.schema import incidents
from menurut.ledger.store import Snapshot

Whole = tuple[Incident, list[Account]]
_BATCH = 500


def all_incidents(snapshot: Snapshot) -> list[int]:
    """The numbers of all incidents, in the order in which they became known."""
    found = select(incidents.c.incident).where(holds(incidents, snapshot.revision))
    return list(snapshot.connection.scalars(found.order_by(incidents.c.incident)))


def whole_incidents(
    snapshot: Snapshot,
    numbers: Sequence[int] | None = None,
    types: Container[str] | None = None,
    batch: int = _BATCH,
) -> Iterator[list[Whole]]:
    """Incidents in the order in which they became known, each with its accounts.

    ``numbers``: these alone, in their order; ``types``: those of these types alone.
    """
    chosen = all_incidents(snapshot) if numbers is None else numbers
    for some in batched(chosen, batch):
        heads = heads_of(snapshot, some)
        wanted = [i for i in heads if types is None or i.type in types]
        told: dict[str, list[Account]] = {}
        for account in accounts_of(snapshot, [number_of(i.id) for i in wanted]):
            told.setdefault(account.incident, []).append(account)
        yield [(incident, told.get(incident.id, [])) for incident in wanted]


def heads_of(snapshot: Snapshot, numbers: Sequence[int]) -> list[Incident]:
    """Some incidents as they stand, in the order of their numbers; none that is not there."""
    found = [
        incident
        for some in batched(numbers)
        for incident in read_incidents(
            snapshot,
            select(incidents).where(
                incidents.c.incident.in_(some), holds(incidents, snapshot.revision)
            ),
        )
    ]
    return sorted(found, key=lambda i: number_of(i.id))
