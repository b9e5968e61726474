"""What people decided: the judgements that hold, with what they speak of."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import and_, select

from menurut.ledger.history import holds
from menurut.ledger.schema import accounts, judgements, reports, tellings
from menurut.ledger.store import Snapshot


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement of a telling. ``words``: its sentence; ``incident``: where it stands now."""

    uid: str
    verdict: str
    report: str
    words: str
    incident: str | None
    author: str
    at: str
    reason: str | None


def decisions(snapshot: Snapshot, incident: int | None = None, most: int = 20) -> list[Decision]:
    """The newest judgements, of one incident or of all. None for a telling that is gone."""
    held = and_(reports.c.name == judgements.c.report, holds(reports, snapshot.revision))
    told = and_(
        tellings.c.report == reports.c.id,
        tellings.c.start < judgements.c.end,
        tellings.c.end > judgements.c.start,
        holds(tellings, snapshot.revision),
    )
    linked = and_(accounts.c.telling == tellings.c.id, holds(accounts, snapshot.revision))
    found = (
        select(judgements, tellings.c.sentence, accounts.c.incident)
        .outerjoin(reports, held)
        .outerjoin(tellings, told)
        .outerjoin(accounts, linked)
        .where(holds(judgements, snapshot.revision))
        .order_by(judgements.c.id.desc())
    )
    if incident is not None:
        found = found.where(accounts.c.incident == incident)
    rows: dict[int, Any] = {}
    for row in snapshot.connection.execute(found.limit(most * 8)):
        rows.setdefault(row.id, row)
    return [_decision(row) for row in list(rows.values())[:most]]


def _decision(row: Any) -> Decision:
    return Decision(
        uid=row.uid,
        verdict=row.verdict,
        report=row.report,
        words=row.sentence or "",
        incident=f"i{row.incident}" if row.incident else None,
        author=row.author,
        at=row.at,
        reason=row.reason,
    )
