"""Incidents: a filtered list, newest known first; the same as they happened; one of them whole."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from menurut.contract import EventType
from menurut.desk.api.resource import After, Asked, IncidentId, Limit, Paged, Resource, Words
from menurut.ledger.paging import Page
from menurut.ledger.queries import (
    Facets,
    Filter,
    Incident,
    Shown,
    count_facets,
    page_incidents,
    page_shown,
)
from menurut.ledger.store import Snapshot

Standing = Literal["contested", "acknowledged", "corroborated", "single-source", "planned", "due"]


class Which(Asked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which incidents are wanted."""

    actor: Annotated[
        Words | None,
        Meta(description="With this party: a name in any language, or a code (`PRK`)."),
    ] = None
    type: Annotated[EventType | None, Meta(description="Of this PLOVER type.")] = None
    status: Annotated[Standing | None, Meta(description="Standing so.")] = None
    place: Annotated[Words | None, Meta(description="In this country or place.")] = None
    first: Annotated[date | None, Meta(description="Not over before this day.")] = msgspec.field(
        name="from", default=None
    )
    last: Annotated[date | None, Meta(description="Begun by this day.")] = msgspec.field(
        name="to", default=None
    )
    publisher: Annotated[Words | None, Meta(description="Told by this outlet.")] = None
    acts: Annotated[
        bool, Meta(description="Also accusations and denials about an incident in the ledger.")
    ] = False

    def filter(self) -> Filter:
        """The ledger's own words for it."""
        return Filter(
            actor=self.actor,
            type=self.type,
            status=self.status,
            place=self.place,
            first=self.first.toordinal() if self.first else None,
            last=self.last.toordinal() if self.last else None,
            publisher=self.publisher,
            acts=self.acts,
        )


class Listed(Which, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which incidents are wanted, and which page of them."""

    limit: Limit = 50
    after: After = None


class OneIncident(Paged, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which incident is wanted, and which page of its accounts."""

    id: Annotated[IncidentId, Meta(description="The incident's id: `i1`.")]


def _newest(snapshot: Snapshot, asked: Listed) -> Page[Incident]:
    return page_incidents(snapshot, asked.filter(), asked.limit, asked.after)


def _by_day(snapshot: Snapshot, asked: Listed) -> Page[Incident]:
    return page_incidents(snapshot, asked.filter(), asked.limit, asked.after, by_day=True)


def _facets(snapshot: Snapshot, asked: Which) -> Facets:
    return count_facets(snapshot, asked.filter())


def _whole(snapshot: Snapshot, asked: OneIncident) -> Shown:
    return page_shown(snapshot, asked.id, asked.limit, asked.after)


INCIDENTS = Resource(
    name="incidents",
    path="/incidents",
    summary="Incidents, the newest known first.",
    asked=Listed,
    answer=Page[Incident],
    ask=_newest,
    items=Incident,
)
TIMELINE = Resource(
    name="timeline",
    path="/timeline",
    summary="Incidents in the order in which they happened.",
    asked=Listed,
    answer=Page[Incident],
    ask=_by_day,
    items=Incident,
)
FACETS = Resource(
    name="facets",
    path="/facets",
    summary="How many incidents are of each type, status, actor, place and outlet.",
    asked=Which,
    answer=Facets,
    ask=_facets,
)
INCIDENT = Resource(
    name="incident",
    path="/incidents/{id}",
    summary="An incident with everyone's account of it, in exact words, a page at a time.",
    asked=OneIncident,
    answer=Shown,
    ask=_whole,
)
