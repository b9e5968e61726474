"""Actors: what one party did and met with, said, is accused of and denied."""

from __future__ import annotations

import msgspec
from sqlalchemy import select

from menurut.ledger.errors import LedgerError
from menurut.ledger.facets import Facet
from menurut.ledger.history import holds
from menurut.ledger.names import party_key
from menurut.ledger.parameters import hostile
from menurut.ledger.queries.accounts import Account, read_accounts, told
from menurut.ledger.queries.incidents import Incident, read_incidents
from menurut.ledger.schema import accounts, facets, incidents, names
from menurut.ledger.store import Snapshot

_WORDS = frozenset({"ACCUSE", "REJECT"})
"""Hostile in word alone: who accuses or denies does not stand accused by it."""


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of one party: what it did and met with, what it said, is accused of, denied."""

    party: str
    did: tuple[Incident, ...]
    met_with: tuple[Incident, ...]
    accused_of: tuple[Incident, ...]
    said: tuple[Account, ...]
    denied: tuple[Account, ...]


def who(snapshot: Snapshot, name: str, most: int = 50) -> Dossier:
    """What an actor did, said, was accused of and denied. Raises ``LedgerError`` for a stranger."""
    key = known_party(snapshot, name)
    did = _of_role(snapshot, key, Facet.ACTOR, most)
    met = _of_role(snapshot, key, Facet.RECIPIENT, most)
    voiced = told(snapshot).where(accounts.c.source == key).order_by(accounts.c.id.desc())
    said = voiced.where(accounts.c.stance != "denies").limit(most)
    denied = voiced.where(accounts.c.stance == "denies").limit(most)
    accused = [i for i in did if i.type in hostile() and i.type not in _WORDS and i.sources]
    accused += [i for i in did if i.status == "contested" and i not in accused]
    accused += [i for i in met if i.type == "ACCUSE"]
    return Dossier(
        party=key,
        did=tuple(did),
        met_with=tuple(met),
        accused_of=tuple(accused),
        said=tuple(read_accounts(snapshot, said)),
        denied=tuple(read_accounts(snapshot, denied)),
    )


def known_party(snapshot: Snapshot, name: str) -> str:
    """The key of a party that the ledger knows, by code, by name, or by a part of a person's name.

    Raises ``LedgerError`` where it knows nobody of that name.
    """
    key = party_key(name)
    folded = key.removeprefix("~").strip()
    if not folded:
        raise LedgerError("the ledger knows nobody called {name!r}", name=name)
    for known in (
        names.c.party == key,
        names.c.party.contains(f"/{folded}", autoescape=True),
        names.c.name.startswith(folded, autoescape=True),
        names.c.name.contains(f" {folded}", autoescape=True),
    ):
        found = select(names.c.party).where(known).order_by(names.c.party).limit(1)
        party = snapshot.connection.execute(found).scalar()
        if party is not None:
            return str(party)
    raise LedgerError("the ledger knows nobody called {name!r}", name=name)


def _of_role(snapshot: Snapshot, key: str, role: Facet, most: int) -> list[Incident]:
    found = (
        select(incidents)
        .select_from(facets)
        .join(incidents, incidents.c.incident == facets.c.incident)
        .where(facets.c.facet == role, facets.c.key == key, incidents.c.until.is_(None))
        .order_by(facets.c.incident.desc())
    )
    if snapshot.revision is not None:
        column = incidents.c.actors if role is Facet.ACTOR else incidents.c.recipients
        named = column.contains(msgspec.json.encode(key).decode(), autoescape=True)
        found = select(incidents).where(holds(incidents, snapshot.revision), named)
        found = found.order_by(incidents.c.incident.desc())
    return read_incidents(snapshot, found.limit(most))
