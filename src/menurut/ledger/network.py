"""Who says what about whom: the sources of accounts, and the parties that these speak of."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, or_, select

from menurut.ledger.history import holds
from menurut.ledger.names import party_key
from menurut.ledger.queries import Account, Filter
from menurut.ledger.queries.accounts import read_accounts, told
from menurut.ledger.queries.columns import strings
from menurut.ledger.queries.filters import has_party, passing
from menurut.ledger.schema import accounts, incidents
from menurut.ledger.standing import PRESS, UNNAMED
from menurut.ledger.store import Snapshot

_LOOKED_AT = 1_000
"""Incidents that are looked at, the newest: what keeps the cost flat."""


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """What one party says about another, counted by stance and by the type of the incident."""

    source: str
    about: str
    affirms: int
    denies: int
    doubts: int
    types: dict[str, int]

    @property
    def weight(self) -> int:
        """How many accounts there are in all."""
        return self.affirms + self.denies + self.doubts


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """The strongest ties. ``held``: how many there are; ``whole``: whether all incidents of the
    filter were looked at, and not the newest only."""

    ties: tuple[Tie, ...]
    held: int
    whole: bool


def network(snapshot: Snapshot, wanted: Filter | None = None, most: int = 60) -> Network:
    """Who says what about whom, the strongest ties first.

    An account speaks of all parties of its incident but its own source. What a report says in its
    own voice, and what nobody named says, is left out. With an actor, it is what that one says and
    what is said about it.
    """
    wanted = wanted or Filter()
    key = party_key(wanted.actor) if wanted.actor is not None else None
    rows = snapshot.connection.execute(_voices(snapshot, wanted, key)).all()
    stances: dict[tuple[str, str], Counter[str]] = {}
    types: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        for about in dict.fromkeys(strings(row.actors) + strings(row.recipients)):
            pair = (row.source, about)
            if about == row.source or (key is not None and key not in pair):
                continue
            stances.setdefault(pair, Counter())[row.stance] += 1
            types.setdefault(pair, Counter())[row.type] += 1
    ties = [_tie(pair, stances[pair], types[pair]) for pair in stances]
    ties.sort(key=lambda tie: (-tie.weight, tie.source, tie.about))
    looked_at = len({row.incident for row in rows})
    return Network(ties=tuple(ties[:most]), held=len(ties), whole=looked_at < _LOOKED_AT)


def _tie(pair: tuple[str, str], stances: Counter[str], types: Counter[str]) -> Tie:
    return Tie(
        source=pair[0],
        about=pair[1],
        affirms=stances["affirms"],
        denies=stances["denies"],
        doubts=stances["doubts"],
        types=dict(sorted(types.items(), key=lambda item: (-item[1], item[0]))),
    )


def _voices(snapshot: Snapshot, wanted: Filter, key: str | None) -> Select[Any]:
    """The accounts by named sources of the newest incidents."""
    known = passing(snapshot, msgspec.structs.replace(wanted, actor=None))
    if key is not None:
        speaks = select(accounts.c.incident).where(accounts.c.source == key)
        speaks = speaks.where(holds(accounts, snapshot.revision))
        known = known.where(or_(has_party(snapshot, key), incidents.c.incident.in_(speaks)))
    newest = known.where(_has_named_voice(snapshot)).with_only_columns(
        incidents.c.incident, incidents.c.type, incidents.c.actors, incidents.c.recipients
    )
    newest_first = newest.order_by(incidents.c.incident.desc()).limit(_LOOKED_AT).subquery()
    return (
        select(accounts.c.source, accounts.c.stance, newest_first)
        .join(newest_first, newest_first.c.incident == accounts.c.incident)
        .where(holds(accounts, snapshot.revision), _named())
    )


def _has_named_voice(snapshot: Snapshot) -> ColumnElement[bool]:
    voiced = select(accounts.c.id).where(accounts.c.incident == incidents.c.incident)
    return voiced.where(holds(accounts, snapshot.revision), _named()).exists()


def _named() -> ColumnElement[bool]:
    source = accounts.c.source
    return ~source.like(f"{PRESS}%") & ~source.like(f"{UNNAMED}%")


def accounts_between(
    snapshot: Snapshot, source: str, about: str, wanted: Filter | None = None, most: int = 100
) -> list[Account]:
    """What one party says about another, in its words, the newest first."""
    one, other = party_key(source), party_key(about)
    known = passing(snapshot, msgspec.structs.replace(wanted or Filter(), actor=other))
    chosen = accounts.c.incident.in_(known.with_only_columns(incidents.c.incident))
    found = told(snapshot).where(accounts.c.source == one, chosen)
    return read_accounts(snapshot, found.order_by(accounts.c.id.desc()).limit(most))
