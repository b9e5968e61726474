"""Taking a decision back: its judgements are closed, and what they moved goes where it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, insert, select

from menurut.ledger import judgements, profiles
from menurut.ledger.adding import relink
from menurut.ledger.errors import LedgerError
from menurut.ledger.history import close, next_id
from menurut.ledger.incidents import Bench, Incident
from menurut.ledger.judgements import Judgement
from menurut.ledger.schema import accounts, incidents, tellings
from menurut.ledger.schema import judgements as table
from menurut.ledger.standing import Tally
from menurut.ledger.store import Draft, Ledger


def retract(ledger: Ledger, uid: str, author: str, reason: str | None = None) -> list[Judgement]:
    """Take back a judgement, with those of the same decision; what was taken back.

    The links are again as they were before it. Where a report was read anew since, it is linked
    anew instead. Raises ``LedgerError`` where no such judgement holds.
    """
    with ledger.write("retract", author, reason) as draft:
        made_in = select(table.c.since).where(table.c.uid == uid, table.c.until.is_(None))
        revision = draft.connection.execute(made_in).scalar()
        if revision is None:
            raise LedgerError("there is no such judgement, or it was taken back already")
        taken = judgements.made_at(draft, revision)
        judgements.take_back(draft, revision)
        moved = _moved(draft, revision)
        if moved and all(now["until"] is None for _old, now in moved):
            _move_back(draft, moved, revision)
        else:
            for report in sorted({judgement.of.report for judgement in taken}):
                relink(draft, report)
        return taken


def _moved(draft: Draft, revision: int) -> list[tuple[RowMapping, RowMapping]]:
    """The accounts that a revision wrote anew: as they were, and as they became."""
    closed = select(accounts).where(accounts.c.until == revision).order_by(accounts.c.id)
    opened = select(accounts).where(accounts.c.since == revision).order_by(accounts.c.id)
    became = {_same(row): row for row in draft.connection.execute(opened).mappings()}
    before = draft.connection.execute(closed).mappings()
    return [(row, became[_same(row)]) for row in before if _same(row) in became]


def _same(row: RowMapping) -> tuple[Any, ...]:
    return row["telling"], row["source"], row["stance"], row["start"], row["end"]


def _move_back(draft: Draft, moved: Sequence[tuple[RowMapping, RowMapping]], revision: int) -> None:
    close(draft.connection, accounts, [now["id"] for _old, now in moved], draft.revision)
    first = next_id(draft.connection, accounts)
    fresh = {"since": draft.revision, "until": None}
    draft.connection.execute(
        insert(accounts),
        [dict(old) | fresh | {"id": id} for id, (old, _) in enumerate(moved, first)],
    )
    bench = Bench(draft)
    ids = sorted({row["incident"] for pair in moved for row in pair})
    bench.load(ids)
    for id in ids:
        if id not in bench.held:
            bench.held[id] = _reopened(draft, id, revision)
    bench.rebuild(ids)
    bench.write()


def _reopened(draft: Draft, id: int, revision: int) -> Incident:
    """An incident that went up into another at a revision, to be filled again."""
    was = select(incidents).where(incidents.c.incident == id, incidents.c.until == revision)
    row = draft.connection.execute(was).one()
    profile = select(tellings.c.profile).where(tellings.c.id == row.lead)
    known = profiles.decode(draft.connection.execute(profile).scalar_one())
    return Incident(
        id, known, Tally(), row.lead, series=row.series, about=row.about, touched=True, new=True
    )
