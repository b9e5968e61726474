"""Incidents in the formats of other programs."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from menurut.desk.api.incidents import Which
from menurut.desk.api.resource import MOST, IncidentId, Limit, Resource
from menurut.export import Format, exporter
from menurut.export.size import check_size
from menurut.ledger.queries import find_incidents, show
from menurut.ledger.store import Snapshot


class Exported(Which, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is wanted, and in which format."""

    format: Annotated[Format, Meta(description="The format.")]
    limit: Limit = 50
    id: Annotated[
        tuple[IncidentId, ...],
        Meta(max_length=MOST, description="These incidents alone; may be given again."),
    ] = ()


def _export(snapshot: Snapshot, asked: Exported) -> bytes:
    chosen = asked.id or [i.id for i in find_incidents(snapshot, asked.filter(), asked.limit)]
    check_size(snapshot, chosen)
    return exporter(asked.format)([show(snapshot, id) for id in chosen])


EXPORT = Resource(
    name="export",
    path="/exports/{format}",
    summary="Incidents in the format of another program, with at most 20,000 accounts.",
    asked=Exported,
    answer=bytes,
    ask=_export,
)
