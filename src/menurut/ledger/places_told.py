"""Where incidents are told to have happened, with the coordinates that reading gave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import and_, func, select

from menurut.ledger.history import holds
from menurut.ledger.queries import Filter
from menurut.ledger.queries.filters import passing
from menurut.ledger.schema import accounts, incidents, readings, tellings
from menurut.ledger.store import Snapshot

_LOOKED_AT = 4_000
"""Incidents that are looked at, the newest: what keeps the cost flat."""
_COUNTRY = "countries:"
"""What the basis of a place that is a whole country begins with."""


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A place with what is told to have happened there, the newest first.

    ``whole``: a country as such, which stands at its middle. ``statuses``: incidents by status.
    """

    name: str
    country: str | None
    latitude: float
    longitude: float
    whole: bool
    statuses: dict[str, int]
    incidents: tuple[str, ...]

    @property
    def number(self) -> int:
        return sum(self.statuses.values())


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """The places of incidents, the fullest first.

    ``placed``, ``unplaced``: incidents with coordinates and without; ``whole``: whether all of the
    filter were looked at, and not the newest only.
    """

    spots: tuple[Spot, ...]
    placed: int
    unplaced: int
    whole: bool


class _Located(msgspec.Struct, frozen=True):
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    basis: str | None = None


class _Reading(msgspec.Struct, frozen=True):
    places: tuple[_Located, ...] = ()


_decode = msgspec.json.Decoder(_Reading).decode
_Name = tuple[str, str | None]


def places_told(snapshot: Snapshot, wanted: Filter | None = None, most: int = 300) -> Places:
    """Where the incidents of a filter happened, by place, at most so many places."""
    known = (
        passing(snapshot, wanted or Filter())
        .with_only_columns(
            incidents.c.incident, incidents.c.place, incidents.c.country, incidents.c.ends
        )
        .add_columns(incidents.c.status, incidents.c.voiced)
    )
    newest = known.order_by(incidents.c.incident.desc()).limit(_LOOKED_AT)
    rows = snapshot.connection.execute(newest).all()
    by_place: dict[_Name, list[Any]] = {}
    for row in rows:
        if row.place is not None:
            by_place.setdefault((row.place, row.country), []).append(row)
    fullest = sorted(by_place.items(), key=lambda item: (-len(item[1]), item[0][0]))[:most]
    located = _located(snapshot, {name: held[0].incident for name, held in fullest})
    horizon = snapshot.horizon or 0
    spots = [_spot(located[name], held, horizon) for name, held in fullest if name in located]
    placed = sum(spot.number for spot in spots)
    return Places(
        spots=tuple(spots),
        placed=placed,
        unplaced=len(rows) - placed,
        whole=len(rows) < _LOOKED_AT,
    )


def _spot(place: _Located, held: Sequence[Any], horizon: int) -> Spot:
    statuses: dict[str, int] = {}
    for row in held:
        due = row.status == "planned" and row.ends is not None and row.ends < horizon
        status = row.voiced if due else row.status
        statuses[status] = statuses.get(status, 0) + 1
    return Spot(
        name=place.name,
        country=place.country,
        latitude=place.latitude or 0.0,
        longitude=place.longitude or 0.0,
        whole=(place.basis or "").startswith(_COUNTRY),
        statuses=statuses,
        incidents=tuple(f"i{row.incident}" for row in held),
    )


def _located(snapshot: Snapshot, named: dict[_Name, int]) -> dict[_Name, _Located]:
    """The coordinates of places: those that the report of one incident at each was read to have."""
    first = (
        select(accounts.c.incident, tellings.c.place, func.min(tellings.c.report).label("report"))
        .join(tellings, tellings.c.id == accounts.c.telling)
        .where(accounts.c.incident.in_(named.values()), holds(accounts, snapshot.revision))
        .where(tellings.c.place.is_not(None))
        .group_by(accounts.c.incident, tellings.c.place)
        .subquery()
    )
    held = and_(readings.c.report == first.c.report, holds(readings, snapshot.revision))
    rows = snapshot.connection.execute(
        select(first.c.incident, readings.c.analysis).join(readings, held)
    )
    read: dict[int, list[_Located]] = {}
    for incident, analysis in rows:
        read.setdefault(incident, []).extend(_decode(analysis).places)
    found: dict[_Name, _Located] = {}
    for (name, country), incident in named.items():
        for place in read.get(incident, ()):
            if (place.name, place.country) == (name, country) and place.latitude is not None:
                found.setdefault((name, country), place)
    return found
