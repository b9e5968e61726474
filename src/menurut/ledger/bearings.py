"""Which incidents would bear on which measures, kept beside them so that nobody looks anew.

What is kept is right at the revisions that are marked. What changed since then is told by
``changed``, and must be looked at again by whoever knows the measures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from menurut.ledger.history import batched, holds
from menurut.ledger.schema import bearing_marks, bearings, incidents, revisions
from menurut.ledger.store import Snapshot

_AT_ONCE = 500


class Kept(NamedTuple):
    """That an incident would bear on a measure. ``match``: how, in JSON."""

    measure: str
    incident: int
    match: str


def last_revision(snapshot: Snapshot) -> int:
    """The last revision of what a snapshot shows."""
    if snapshot.revision is not None:
        return snapshot.revision
    return int(snapshot.connection.execute(select(func.max(revisions.c.id))).scalar() or 0)


def marked(connection: Connection, digest: str, last: int | None = None) -> int | None:
    """The last revision at which what is kept was right, for measures of this digest."""
    found = select(func.max(bearing_marks.c.revision)).where(bearing_marks.c.digest == digest)
    if last is not None:
        found = found.where(bearing_marks.c.revision <= last)
    return connection.execute(found).scalar()


def changed(snapshot: Snapshot, since: int) -> list[int]:
    """The incidents that were written anew, or ended, after a revision."""
    last = last_revision(snapshot)
    found = set[int]()
    for column in (incidents.c.since, incidents.c.until):
        wanted = select(incidents.c.incident).where(column > since, column <= last)
        found |= set(snapshot.connection.scalars(wanted))
    return sorted(found)


def keep(
    connection: Connection, since: int, gone: Iterable[int] | None, found: Iterable[Kept]
) -> None:
    """End what is kept of some incidents (None: forget all that is kept), and keep what was found,
    from a revision on."""
    if gone is None:
        connection.execute(delete(bearings))
        connection.execute(delete(bearing_marks))
    for some in batched(list(gone or ())):
        now = and_(bearings.c.incident.in_(some), bearings.c.until.is_(None))
        connection.execute(update(bearings).where(now).values(until=since))
    rows = ({**one._asdict(), "since": since} for one in found)
    while some_rows := list(islice(rows, _AT_ONCE)):
        connection.execute(insert(bearings), some_rows)


def mark(connection: Connection, revision: int, digest: str) -> None:
    """Note that what is kept is right at a revision."""
    connection.execute(insert(bearing_marks).values(revision=revision, digest=digest))


def counts(snapshot: Snapshot, at: int, without: Sequence[int]) -> dict[str, int]:
    """How many incidents are kept under each measure, but for some."""
    count = select(bearings.c.measure, func.count()).where(holds(bearings, at))
    count = count.group_by(bearings.c.measure)
    found = {measure: int(n) for measure, n in snapshot.connection.execute(count)}
    for some in batched(without):
        for measure, n in snapshot.connection.execute(count.where(bearings.c.incident.in_(some))):
            found[measure] -= int(n)
    return found


def newest(
    snapshot: Snapshot, at: int, measures: Sequence[str], most: int, before: int | None
) -> list[int]:
    """The newest incidents that are kept under any of some measures. ``before``: older ones."""
    found = select(bearings.c.incident).where(holds(bearings, at))
    found = found.where(bearings.c.measure.in_(measures)).distinct()
    if before is not None:
        found = found.where(bearings.c.incident < before)
    return list(snapshot.connection.scalars(found.order_by(bearings.c.incident.desc()).limit(most)))


def kept(
    snapshot: Snapshot, at: int, measures: Sequence[str], numbers: Sequence[int]
) -> list[Kept]:
    """What is kept of some incidents under some measures."""
    found = select(bearings.c.measure, bearings.c.incident, bearings.c.match)
    found = found.where(holds(bearings, at), bearings.c.measure.in_(measures))
    return [
        Kept(*row)
        for some in batched(numbers)
        for row in snapshot.connection.execute(found.where(bearings.c.incident.in_(some)))
    ]
