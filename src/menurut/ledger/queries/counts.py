"""How much a ledger holds."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, func, select

from menurut.ledger.history import holds
from menurut.ledger.parameters import parameters
from menurut.ledger.schema import accounts, incidents, reports, revisions
from menurut.ledger.store import Snapshot


class Stats(msgspec.Struct, frozen=True, kw_only=True):
    """How much a ledger holds."""

    reports: int
    origins: int
    languages: dict[str, int]
    incidents: int
    accounts: int
    statuses: dict[str, int]
    revisions: int
    doubtful: int


def stats(snapshot: Snapshot) -> Stats:
    """What a ledger holds, counted."""

    def count(table: Any, *where: ColumnElement[bool]) -> int:
        found = select(func.count()).select_from(table)
        return int(snapshot.connection.execute(found.where(*where)).scalar_one())

    def by(column: Any, table: Any) -> dict[str, int]:
        found = select(column, func.count()).where(holds(table, snapshot.revision)).group_by(column)
        return dict(snapshot.connection.execute(found.order_by(column)).tuples().all())

    held = holds(reports, snapshot.revision)
    origins = select(func.count(func.distinct(reports.c.origin))).where(held)
    known = accounts.c.margin < parameters().threshold.doubt
    done = revisions.c.id <= snapshot.revision if snapshot.revision is not None else None
    return Stats(
        reports=count(reports, held),
        origins=int(snapshot.connection.execute(origins).scalar_one()),
        languages=by(reports.c.language, reports),
        incidents=count(incidents, holds(incidents, snapshot.revision)),
        accounts=count(accounts, holds(accounts, snapshot.revision)),
        statuses=by(incidents.c.status, incidents),
        revisions=count(revisions, *([] if done is None else [done])),
        doubtful=count(accounts, holds(accounts, snapshot.revision), known),
    )
