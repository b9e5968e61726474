"""Every account as a row of commas, with its incident beside it."""

from __future__ import annotations

from collections.abc import Iterable

from menurut.export.rows import table
from menurut.ledger.queries import Account, Incident, Shown

COLUMNS = (
    "incident",
    "type",
    "mode",
    "status",
    "outcome",
    "actors",
    "recipients",
    "begins",
    "ends",
    "place",
    "account",
    "source",
    "name",
    "stance",
    "figures",
    "said_on",
    "report",
    "publisher",
    "published_at",
    "copy_of",
    "start",
    "end",
    "words",
    "reasons",
    "linked_by",
)


def export(found: Iterable[Shown]) -> bytes:
    return table(COLUMNS, (_row(shown.incident, a) for shown in found for a in shown.accounts))


def _row(incident: Incident, account: Account) -> tuple[object, ...]:
    return (
        incident.id,
        incident.type,
        incident.mode,
        incident.status,
        incident.outcome,
        "; ".join(incident.actors),
        "; ".join(incident.recipients),
        incident.begins,
        incident.ends,
        incident.place,
        account.id,
        account.source,
        account.name,
        account.stance,
        "; ".join(figure.words for figure in account.figures),
        account.said_on,
        account.report,
        account.publisher,
        account.published_at,
        account.origin,
        *account.span,
        account.words,
        "; ".join(account.reasons),
        account.linked_by,
    )
