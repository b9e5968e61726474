"""Actors: what one party did and met with, said, is accused of and denied."""

from __future__ import annotations

import msgspec
from sqlalchemy import func, select

from menurut.ledger.errors import LedgerError
from menurut.ledger.history import holds
from menurut.ledger.incidents import ACTOR, RECIPIENT
from menurut.ledger.names import party_key
from menurut.ledger.parameters import hostile
from menurut.ledger.parties import Party
from menurut.ledger.queries.accounts import Account, read_accounts, told
from menurut.ledger.queries.incidents import Incident, read_incidents
from menurut.ledger.schema import accounts, incidents, members, tellings
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
    did = _of_role(snapshot, key, ACTOR, most)
    met = _of_role(snapshot, key, RECIPIENT, most)
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
    """The key of a party that the ledger knows, by code, name, or the end of a longer key."""
    key = party_key(name)
    folded = key.removeprefix("~")
    known = select(members.c.party).where(members.c.party == key).limit(1)
    if snapshot.connection.execute(known).scalar():
        return key
    longer = select(members.c.party).where(members.c.party.like(f"%/%{folded}%")).limit(1)
    found = snapshot.connection.execute(longer).scalar()
    if found is None:
        person = f'%"{folded}%'
        telling = (
            select(tellings.c.actors).where(func.lower(tellings.c.actors).like(person)).limit(1)
        )
        row = snapshot.connection.execute(telling).scalar()
        found = next((p.key for p in _parties(row) if folded in p.person), None) if row else None
    if found is None:
        raise LedgerError(f"the ledger knows nobody called {name!r}")
    return str(found)


def _parties(text: str) -> tuple[Party, ...]:
    return msgspec.json.decode(text, type=tuple[Party, ...])


def _of_role(snapshot: Snapshot, key: str, role: int, most: int) -> list[Incident]:
    held = select(members.c.incident).where(members.c.party == key, members.c.role == role)
    found = select(incidents).where(
        holds(incidents, snapshot.revision), incidents.c.incident.in_(held)
    )
    return read_incidents(snapshot, found.order_by(incidents.c.incident.desc()).limit(most))
