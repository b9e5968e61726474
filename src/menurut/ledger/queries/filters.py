"""Which incidents are wanted: by party, type, status, place, publisher and days."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from menurut.ledger.facets import Facet, place_key, publisher_key, time_keys
from menurut.ledger.history import holds
from menurut.ledger.names import party_key
from menurut.ledger.paging import Order, Stream
from menurut.ledger.schema import accounts, facets, incidents, reports
from menurut.ledger.store import Snapshot

_FEW = 4_000
"""Rows under a key that are counted to tell which facet has the fewest."""
Keys = list[tuple[Facet, str]]


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Which incidents are wanted. ``first`` and ``last``: days, as ordinals.

    ``acts``: also the acts of speech (accusing, denying) about an incident that is there itself.
    """

    actor: str | None = None
    type: str | None = None
    status: str | None = None
    place: str | None = None
    first: int | None = None
    last: int | None = None
    publisher: str | None = None
    acts: bool = True


def passing(snapshot: Snapshot, wanted: Filter) -> Select[Any]:
    """The incidents that pass a filter."""
    return select(incidents).where(*_conditions(snapshot, wanted))


def listing(snapshot: Snapshot, wanted: Filter, order: Order) -> list[Stream]:
    """Statements that find together what passes a filter, each along an index that is in order.

    They go along the facet under which the fewest incidents stand.
    """
    keys = _driving(snapshot, wanted) if snapshot.revision is None else []
    if not keys:
        found = passing(snapshot, wanted)
        return [order.by(found, incidents.c.incident, incidents.c.day)]
    found = (
        select(incidents)
        .select_from(facets)
        .join(incidents, incidents.c.incident == facets.c.incident)
        .where(*_conditions(snapshot, wanted, {facet for facet, _ in keys}))
    )
    return [
        order.by(
            found.where(facets.c.facet == facet, facets.c.key == key),
            facets.c.incident,
            facets.c.day,
        )
        for facet, key in keys
    ]


def _driving(snapshot: Snapshot, wanted: Filter) -> Keys:
    """The keys of the filter's facet under which the fewest incidents stand."""
    choices = [keys for keys in _facets(snapshot, wanted) if keys]
    if len(choices) < 2:
        return choices[0] if choices else []
    return min(choices, key=lambda keys: sum(_held(snapshot, *key) for key in keys))


def _held(snapshot: Snapshot, facet: Facet, key: str) -> int:
    some = select(facets.c.incident).where(facets.c.facet == facet, facets.c.key == key)
    counted = select(func.count()).select_from(some.limit(_FEW).subquery())
    return int(snapshot.connection.execute(counted).scalar_one())


def _facets(snapshot: Snapshot, wanted: Filter) -> list[Keys]:
    """For each part of a filter the keys under which all that pass it stand."""
    found: list[Keys] = []
    if wanted.actor is not None:
        found.append(_party(party_key(wanted.actor)))
    if wanted.publisher is not None:
        found.append([(Facet.PUBLISHER, publisher_key(wanted.publisher))])
    if wanted.place is not None:
        found.append(_place(wanted.place))
    if wanted.status is not None:
        stored = {"planned", wanted.status} - {"due"}
        found.append([(Facet.STATUS, status) for status in sorted(stored)])
    if wanted.first is not None or wanted.last is not None:
        found.append(_time(snapshot, wanted))
    if wanted.type is not None:
        found.append([(Facet.TYPE, wanted.type.upper())])
    return found


def _party(key: str) -> Keys:
    return [(Facet.ACTOR, key), (Facet.RECIPIENT, key)]


def _place(name: str) -> Keys:
    return [(Facet.PLACE, key) for key in dict.fromkeys((party_key(name), place_key(name)))]


def _time(snapshot: Snapshot, wanted: Filter) -> Keys:
    now = incidents.c.until.is_(None)
    ends = (func.min(incidents.c.day), func.max(incidents.c.day))
    each = [select(end).where(now).scalar_subquery() for end in ends]  # by itself along an index
    earliest, latest = snapshot.connection.execute(select(*each)).one()
    if earliest is None:
        return []
    first = earliest if wanted.first is None else max(wanted.first, earliest)
    last = latest if wanted.last is None else min(wanted.last, latest)
    return [(Facet.TIME, key) for key in time_keys(first, last) or ()]


def _conditions(
    snapshot: Snapshot, wanted: Filter, met: set[Facet] | None = None
) -> list[ColumnElement[bool]]:
    """What a row must be. ``met``: facets that the statement goes along."""
    met = met or set()
    found = [holds(incidents, snapshot.revision)]
    if wanted.actor is not None and Facet.ACTOR not in met:
        found.append(has_party(snapshot, party_key(wanted.actor)))
    if wanted.type is not None:
        found.append(incidents.c.type == wanted.type.upper())
    if wanted.status is not None:
        found.append(_has_status(snapshot, wanted.status))
    if wanted.place is not None and Facet.PLACE not in met:
        found.append(_is_at(snapshot, wanted.place))
    if wanted.first is not None:
        found.append(func.coalesce(incidents.c.ends, incidents.c.day) >= wanted.first)
    if wanted.last is not None:
        found.append(incidents.c.day <= wanted.last)
    if not wanted.acts:
        found.append(incidents.c.about.is_(None))
    if wanted.publisher is not None and Facet.PUBLISHER not in met:
        found.append(_told_by(snapshot, wanted.publisher))
    return found


def _under(keys: Keys) -> ColumnElement[bool]:
    """Whether an incident stands under one of some keys."""
    held = facets.alias("held")
    same = held.c.incident == incidents.c.incident
    places = [and_(held.c.facet == facet, held.c.key == key, same) for facet, key in keys]
    return or_(*(select(held.c.incident).where(p).correlate(incidents).exists() for p in places))


def has_party(snapshot: Snapshot, key: str) -> ColumnElement[bool]:
    """Whether a party acts in an incident or is met with."""
    if snapshot.revision is None:
        return _under(_party(key))
    named = msgspec.json.encode(key).decode()
    sides = (incidents.c.actors, incidents.c.recipients)
    return or_(*(side.contains(named, autoescape=True) for side in sides))


def _is_at(snapshot: Snapshot, name: str) -> ColumnElement[bool]:
    if snapshot.revision is None:
        return _under(_place(name))
    return or_(
        incidents.c.country == party_key(name), func.lower(incidents.c.place) == name.lower()
    )


def _told_by(snapshot: Snapshot, publisher: str) -> ColumnElement[bool]:
    if snapshot.revision is None:
        return _under([(Facet.PUBLISHER, publisher_key(publisher))])
    carried = (
        select(accounts.c.incident)
        .join(reports, reports.c.id == accounts.c.report)
        .where(func.lower(reports.c.publisher) == publisher.lower())
        .where(holds(accounts, snapshot.revision))
    )
    return incidents.c.incident.in_(carried)


def _has_status(snapshot: Snapshot, status: str) -> ColumnElement[bool]:
    """The status today: what was planned and is due stands as its voices have it."""
    due = and_(incidents.c.status == "planned", incidents.c.ends < (snapshot.horizon or 0))
    if status == "planned":
        return and_(incidents.c.status == "planned", ~func.coalesce(due, False))
    if status == "due":
        return due
    return or_(incidents.c.status == status, and_(due, incidents.c.voiced == status))
