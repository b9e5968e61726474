"""Facets: how many of the incidents that pass a filter are of each type, status, actor …"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import func, select

from menurut.ledger.history import holds
from menurut.ledger.queries.columns import strings
from menurut.ledger.queries.filters import Filter
from menurut.ledger.queries.incidents import newest_rows
from menurut.ledger.schema import accounts, reports
from menurut.ledger.store import Snapshot

_COUNTED = 2_000
"""Incidents that are counted: the newest that pass, so that the cost has a bound."""


class Value(msgspec.Struct, frozen=True):
    """A value that a filter may ask for, and how many incidents have it."""

    value: str
    incidents: int


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """The commonest values first. ``counted``: incidents looked at; ``whole``: that they are all
    that pass, not the newest of them only. Actors are parties on either side; places countries."""

    types: tuple[Value, ...]
    statuses: tuple[Value, ...]
    actors: tuple[Value, ...]
    places: tuple[Value, ...]
    publishers: tuple[Value, ...]
    counted: int
    whole: bool


def count_facets(snapshot: Snapshot, wanted: Filter | None = None, most: int = 12) -> Facets:
    """The facets of the newest two thousand incidents that pass a filter."""
    rows = newest_rows(snapshot, wanted or Filter(), _COUNTED + 1)
    whole = len(rows) <= _COUNTED
    rows = rows[:_COUNTED]
    horizon = snapshot.horizon or 0
    return Facets(
        types=_counted((row.type for row in rows), most),
        statuses=_counted((_status(row, horizon) for row in rows), most),
        actors=_counted((key for row in rows for key in _parties(row)), most),
        places=_counted((row.country for row in rows if row.country), most),
        publishers=_publishers(snapshot, [row.incident for row in rows], most),
        counted=len(rows),
        whole=whole,
    )


def _counted(values: Iterable[str], most: int) -> tuple[Value, ...]:
    held = Counter(values)
    ranked = sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Value(*pair) for pair in ranked[:most])


def _status(row: Any, horizon: int) -> str:
    due = row.status == "planned" and row.ends is not None and row.ends < horizon
    return str(row.voiced if due else row.status)


def _parties(row: Any) -> set[str]:
    return {*strings(row.actors), *strings(row.recipients)}


def _publishers(snapshot: Snapshot, numbers: list[int], most: int) -> tuple[Value, ...]:
    carried = (
        select(reports.c.publisher, func.count(accounts.c.incident.distinct()).label("held"))
        .join(accounts, accounts.c.report == reports.c.id)
        .where(accounts.c.incident.in_(numbers), holds(accounts, snapshot.revision))
        .where(reports.c.publisher.is_not(None))
        .group_by(reports.c.publisher)
    )
    found = snapshot.connection.execute(carried).all()
    ranked = sorted(found, key=lambda row: (-row.held, row.publisher))
    return tuple(Value(row.publisher, row.held) for row in ranked[:most])
