"""Which incidents are wanted: by party, type, status, place, days and publisher."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from menurut.ledger.history import holds
from menurut.ledger.incidents import ACTOR, RECIPIENT
from menurut.ledger.names import party_key
from menurut.ledger.schema import accounts, incidents, members, reports
from menurut.ledger.store import Snapshot


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
    found = select(incidents).where(holds(incidents, snapshot.revision))
    if wanted.actor is not None:
        found = found.where(has_party(snapshot, party_key(wanted.actor)))
    if wanted.type is not None:
        found = found.where(incidents.c.type == wanted.type.upper())
    if wanted.status is not None:
        found = found.where(_has_status(snapshot, wanted.status))
    if wanted.place is not None:
        land = party_key(wanted.place)
        found = found.where(
            or_(incidents.c.country == land, func.lower(incidents.c.place) == wanted.place.lower())
        )
    if wanted.first is not None:
        found = found.where(func.coalesce(incidents.c.ends, incidents.c.day) >= wanted.first)
    if wanted.last is not None:
        found = found.where(incidents.c.day <= wanted.last)
    if not wanted.acts:
        found = found.where(incidents.c.about.is_(None))
    if wanted.publisher is not None:
        carried = (
            select(accounts.c.incident)
            .join(reports, reports.c.id == accounts.c.report)
            .where(func.lower(reports.c.publisher) == wanted.publisher.lower())
            .where(holds(accounts, snapshot.revision))
        )
        found = found.where(incidents.c.incident.in_(carried))
    return found


def has_party(snapshot: Snapshot, key: str) -> ColumnElement[bool]:
    """Whether a party acts in an incident or is met with."""
    if snapshot.revision is None:
        held = select(members.c.incident).where(
            members.c.party == key, members.c.role.in_((ACTOR, RECIPIENT))
        )
        return incidents.c.incident.in_(held)
    named = f"%{msgspec.json.encode(key).decode()}%"
    return or_(incidents.c.actors.like(named), incidents.c.recipients.like(named))


def _has_status(snapshot: Snapshot, status: str) -> ColumnElement[bool]:
    """The status today: what was planned and is due stands as its voices have it."""
    due = and_(incidents.c.status == "planned", incidents.c.ends < (snapshot.horizon or 0))
    if status == "planned":
        return and_(incidents.c.status == "planned", ~func.coalesce(due, False))
    if status == "due":
        return due
    return or_(incidents.c.status == status, and_(due, incidents.c.voiced == status))
