"""Moves accounts from one incident to another: merging, and finding where a telling stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, insert, or_, select

from menurut.contract import Span
from menurut.ledger import profiles, standing
from menurut.ledger.editions import heir
from menurut.ledger.history import close, next_id
from menurut.ledger.incidents import Bench, Incident, carriers
from menurut.ledger.references import Reference, meant
from menurut.ledger.schema import accounts, incidents, reports, tellings
from menurut.ledger.standing import PRESS, UNNAMED
from menurut.ledger.store import Draft


class Placed(NamedTuple):
    """A telling that the ledger holds, and the incident in which it stands."""

    id: int
    type: str
    trigger: Span
    incident: int


def placed(row: Any) -> Placed:
    return Placed(row.id, row.type, (row.start, row.end), row.incident)


def current_tellings(draft: Draft, report: str) -> list[Placed]:
    """The tellings of a report that hold today, with their incidents."""
    found = (
        select(tellings.c.id, tellings.c.type, tellings.c.start, tellings.c.end)
        .add_columns(accounts.c.incident)
        .join(reports, reports.c.id == tellings.c.report)
        .join(accounts, accounts.c.telling == tellings.c.id)
        .where(reports.c.name == report, reports.c.until.is_(None))
        .where(tellings.c.until.is_(None), accounts.c.until.is_(None))
        .distinct()
        .order_by(tellings.c.id)
    )
    return [placed(row) for row in draft.connection.execute(found)]


def told_by_origin(draft: Draft, origin: int) -> set[int]:
    """The incidents of which a story's reports tell."""
    copies = select(reports.c.id).where(reports.c.origin == origin)
    numbers = list(draft.connection.execute(copies).scalars())
    found = select(accounts.c.incident).where(
        accounts.c.report.in_(numbers), accounts.c.until.is_(None)
    )
    return set(draft.connection.execute(found.distinct()).scalars())


class Anonymous(NamedTuple):
    """A voice without a name, in an incident: it is counted once, however often it speaks."""

    incident: int
    source: str
    stance: str


def voices_of(draft: Draft, sources: Sequence[str]) -> set[Anonymous]:
    """Where the ledger has voices already."""
    found = select(accounts.c.incident, accounts.c.source, accounts.c.stance).where(
        accounts.c.source.in_(sources), accounts.c.until.is_(None)
    )
    return {Anonymous(*row) for row in draft.connection.execute(found.distinct())}


def _in_both(
    draft: Draft, into: int, gone: int, unwritten: Collection[Anonymous]
) -> Mapping[str, int]:
    """By stance, how many voices without a name speak in two incidents."""
    named = or_(accounts.c.source.startswith(PRESS), accounts.c.source.startswith(UNNAMED))
    found = select(accounts.c.source, accounts.c.stance).where(
        accounts.c.incident == gone, accounts.c.until.is_(None), named
    )
    theirs = {tuple(row) for row in draft.connection.execute(found.distinct())}
    theirs |= {v[1:] for v in unwritten if v.incident == gone}
    ours = {v[1:] for v in unwritten if v.incident == into}
    held = select(accounts.c.source, accounts.c.stance).where(
        accounts.c.incident == into,
        accounts.c.source.in_({source for source, _ in theirs}),
        accounts.c.until.is_(None),
    )
    ours |= {tuple(row) for row in draft.connection.execute(held.distinct())}
    return Counter(stance for _, stance in theirs & ours)


def incident_of(draft: Draft, reference: Reference) -> int | None:
    """The incident of the telling that a person meant; None where it stands in none."""
    found = meant(reference, current_tellings(draft, heir(draft, reference.report)))
    return found.incident if found else None


def _telling_both(draft: Draft, into: int, gone: int) -> int:
    """How many reports tell of two incidents."""
    also = accounts.alias("also")
    here = select(also.c.id).where(
        also.c.report == accounts.c.report, also.c.incident == into, also.c.until.is_(None)
    )
    found = select(func.count(accounts.c.report.distinct())).where(
        accounts.c.incident == gone,
        accounts.c.until.is_(None),
        here.correlate(accounts).exists(),
    )
    return int(draft.connection.execute(found).scalar_one())


def merge(
    draft: Draft,
    bench: Bench,
    into: Incident,
    gone: Incident,
    unwritten: Collection[Anonymous] = (),
    twice: bool = False,
) -> None:
    """Make two incidents one: the accounts of the second pass to the first.

    ``unwritten``: voices that are counted in them and not written yet; ``twice``: a report that is
    not written yet tells of both.
    """
    if into is gone:
        return
    both = _in_both(draft, into.id, gone.id, unwritten)
    told_twice = _telling_both(draft, into.id, gone.id) + twice
    into.publishers |= gone.publishers | carriers(draft, gone.id, gone=False)
    move_accounts(draft, gone.id, into.id)
    into.profile = profiles.joined(into.profile, gone.profile)
    into.tally = standing.added(into.tally, gone.tally, both, told_twice)
    into.touched = gone.touched = gone.gone = True
    parts = select(incidents.c.incident).where(
        incidents.c.series == gone.id, incidents.c.until.is_(None)
    )
    ids = list(draft.connection.execute(parts).scalars())
    bench.load(ids)
    for part in (bench.held[id] for id in ids if id in bench.held):
        part.series = into.id if part is not into else None
        part.touched = True


def move_accounts(
    draft: Draft, old: int, new: int, only: set[int] | None = None, by: str | None = None
) -> None:
    """Close accounts of one incident, write them anew under another. ``only``: these tellings."""
    found = select(accounts).where(accounts.c.incident == old, accounts.c.until.is_(None))
    rows = draft.connection.execute(found.order_by(accounts.c.id)).mappings().all()
    rows = [row for row in rows if only is None or row["telling"] in only]
    if not rows:
        return
    close(draft.connection, accounts, [row["id"] for row in rows], draft.revision)
    first = next_id(draft.connection, accounts)
    changed: dict[str, Any] = {"incident": new, "since": draft.revision}
    if by is not None:
        changed |= {"linked_by": by, "margin": 100.0, "reasons": '["judged_same"]'}
    draft.connection.execute(
        insert(accounts), [dict(row) | changed | {"id": id} for id, row in enumerate(rows, first)]
    )
