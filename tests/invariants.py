"""What must be true of a ledger whatever was done to it: that its tables say the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from menurut.ledger import blocking, profiles, standing
from menurut.ledger.facets import Facet, day_of, facets_of, publisher_key
from menurut.ledger.incidents import Bench, carriers
from menurut.ledger.schema import accounts, blocks, facets, incidents, reports, tellings
from menurut.ledger.schema import profiles as profile_table
from menurut.ledger.store import Draft, Ledger


def faults(ledger: Ledger) -> list[str]:
    """Where the tables of a ledger contradict each other, in words; changes nothing."""
    with ledger.write("check") as draft:
        rows = draft.connection.execute(select(incidents).where(incidents.c.until.is_(None))).all()
        return [
            *_strays(draft),
            *(fault for row in rows for fault in _faults_of(draft, row)),
        ]


def _strays(draft: Draft) -> Iterator[str]:
    """Rows that hold and belong to nothing that holds."""
    now = select(incidents.c.incident).where(incidents.c.until.is_(None))
    for table in (accounts, blocks, facets, profile_table):
        found = select(func.count()).select_from(table).where(table.c.incident.not_in(now))
        if table is accounts:
            found = found.where(accounts.c.until.is_(None))
        if count := draft.connection.execute(found).scalar():
            yield f"{count} rows of {table.name} are of no incident"
    for table in (accounts, tellings):
        held = select(reports.c.id)
        found = select(func.count()).select_from(table).where(table.c.report.not_in(held))
        if count := draft.connection.execute(found).scalar():
            yield f"{count} rows of {table.name} are of no report"


def _faults_of(draft: Draft, row: Any) -> Iterator[str]:
    id = row.incident
    stored = draft.connection.execute(
        select(profile_table).where(profile_table.c.incident == id)
    ).one()
    profile, tally = profiles.decode(stored.profile), standing.decode(stored.tally)
    bench = Bench(draft)
    bench.rebuild([id])
    if (made := bench.held[id].tally) != tally:
        yield f"i{id}: the tally is {tally}, and {made} by its accounts"
    now = standing.standing(profile, tally)
    kept = (row.status, row.voiced, row.outcome, row.sources, row.reports, row.day)
    if kept != (now.status, now.voiced, now.outcome, now.sources, tally.reports, day_of(profile)):
        yield f"i{id}: the row says {kept}"
    keys = set(draft.connection.scalars(select(blocks.c.key).where(blocks.c.incident == id)).all())
    if keys != blocking.kept_under(profile):
        yield f"i{id}: kept under other keys than its profile has"
    found = select(facets.c.facet, facets.c.key, facets.c.day).where(facets.c.incident == id)
    published = {(Facet.PUBLISHER, publisher_key(name)) for name in carriers(draft, id, gone=False)}
    wanted = {
        (f, k, row.day) for f, k in {*facets_of(profile, row.status, tally.voices), *published}
    }
    if (held := {tuple(r) for r in draft.connection.execute(found)}) != wanted:
        yield f"i{id}: facets {sorted(held ^ wanted, key=str)} are wrong or missing"
