"""PLOVER events, one an incident, in the columns of POLECAT's files (tabs between them).

What is still to come is folded into AGREE or THREATEN, as PLOVER codes announcements.
"""

from __future__ import annotations

from collections.abc import Iterable

from menurut.export.rows import table
from menurut.ledger.queries import Incident, Shown
from menurut.tables import table as data

COLUMNS = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Actor COUNTRY",
    "Recipient COUNTRY",
    "Placename",
    "Country",
    "Status",
    "Sources",
    "Reports",
    "Event Text",
)


def export(found: Iterable[Shown]) -> bytes:
    return table(COLUMNS, (_row(shown.incident) for shown in found), tabs=True)


def _row(incident: Incident) -> tuple[object, ...]:
    type, mode = coded(incident)
    return (
        incident.id,
        incident.begins or incident.last_told,
        type,
        mode,
        "; ".join(incident.actors),
        "; ".join(incident.recipients),
        incident.place,
        incident.country,
        incident.status,
        incident.sources,
        incident.reports,
        incident.words,
    )


def coded(incident: Incident) -> tuple[str, str | None]:
    """The type and mode as PLOVER codes them: what is announced is an agreement, or a threat."""
    if incident.outcome not in ("pending", "due"):
        return incident.type, incident.mode
    rows = (r for r in data("world/plover.tsv") if r["kind"] == "type")
    announced = next((r["announced"] for r in rows if r["name"] == incident.type), "") or "AGREE"
    type, _, mode = announced.partition(":")
    return type, mode or None
