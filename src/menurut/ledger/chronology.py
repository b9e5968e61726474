"""Incidents over time: how many on which day, and a bounded choice of them within a window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Select, func, select

from menurut.ledger.queries import Filter, Incident
from menurut.ledger.queries.filters import passing
from menurut.ledger.queries.incidents import read_incidents
from menurut.ledger.schema import incidents
from menurut.ledger.store import Snapshot

_STRETCHES = 48
_LOOKED_AT = 40
"""In each stretch of a full window, so many incidents are looked at for the most reported ones."""


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """An incident in time: from day ``first`` to ``last``, as ordinals.

    ``dated``: whether a report says when; else it stands at the day on which it was first told.
    """

    incident: Incident
    first: int
    last: int
    dated: bool


class Chronology(msgspec.Struct, frozen=True, kw_only=True):
    """The incidents of a filter in time.

    ``days``: how many begin on each day, whatever the window; ``total``: how many stand within the
    window; ``moments``: those of them that were chosen, by day; ``horizon``: the day of the newest
    report, after which all is announced.
    """

    days: tuple[tuple[int, int], ...]
    window: tuple[int, int] | None
    total: int
    moments: tuple[Moment, ...]
    horizon: int | None


def chronology(snapshot: Snapshot, wanted: Filter | None = None, most: int = 400) -> Chronology:
    """The incidents of a filter, at most so many of them drawn evenly from its days.

    Where a window holds more, each stretch of it gives those that most reports tell of.
    """
    wanted = wanted or Filter()
    whole = msgspec.structs.replace(wanted, first=None, last=None)
    days = _days(snapshot, whole)
    window = _window(wanted, days)
    if window is None:
        return Chronology(days=days, window=None, total=0, moments=(), horizon=snapshot.horizon)
    within = passing(snapshot, whole).where(incidents.c.day.between(*window))
    count = select(func.count()).select_from(within.with_only_columns(incidents.c.id).subquery())
    total = int(snapshot.connection.execute(count).scalar_one())
    chosen = _all(snapshot, within) if total <= most else _spread(snapshot, within, window, most)
    return Chronology(
        days=days,
        window=window,
        total=total,
        moments=tuple(chosen),
        horizon=snapshot.horizon,
    )


def _days(snapshot: Snapshot, wanted: Filter) -> tuple[tuple[int, int], ...]:
    found = passing(snapshot, wanted).where(incidents.c.day.is_not(None))
    by_day = found.with_only_columns(incidents.c.day, func.count())
    by_day = by_day.group_by(incidents.c.day).order_by(incidents.c.day)
    return tuple((day, number) for day, number in snapshot.connection.execute(by_day))


def _window(wanted: Filter, days: tuple[tuple[int, int], ...]) -> tuple[int, int] | None:
    if not days and (wanted.first is None or wanted.last is None):
        return None
    first = days[0][0] if wanted.first is None else wanted.first
    last = days[-1][0] if wanted.last is None else wanted.last
    return (first, last) if first <= last else (last, first)


def _all(snapshot: Snapshot, within: Select[Any]) -> list[Moment]:
    return list(_moments(snapshot, within.order_by(incidents.c.day, incidents.c.incident)))


def _spread(
    snapshot: Snapshot, within: Select[Any], window: tuple[int, int], most: int
) -> list[Moment]:
    """From each stretch of the window those that most reports tell of."""
    first, last = window
    stretches = min(_STRETCHES, last - first + 1, most)
    each = max(1, most // stretches)
    chosen: list[int] = []
    for n in range(stretches):
        begin = first + (last - first + 1) * n // stretches
        end = first + (last - first + 1) * (n + 1) // stretches - 1
        found = (
            within.with_only_columns(incidents.c.id, incidents.c.reports)
            .where(incidents.c.day.between(begin, end))
            .order_by(incidents.c.day.desc(), incidents.c.incident.desc())
            .limit(max(_LOOKED_AT, each))
        )
        rows = snapshot.connection.execute(found).all()
        best = sorted(rows, key=lambda row: (-row.reports, -row.id))
        chosen += [row.id for row in best[:each]]
    return _all(snapshot, select(incidents).where(incidents.c.id.in_(chosen)))


def _moments(snapshot: Snapshot, found: Select[Any]) -> Iterator[Moment]:
    rows = snapshot.connection.execute(
        found.with_only_columns(
            incidents.c.incident, incidents.c.day, incidents.c.begins, incidents.c.ends
        )
    ).all()
    stretches = {f"i{row.incident}": row for row in rows}
    for incident in read_incidents(snapshot, found):
        row = stretches[incident.id]
        last = row.day if row.begins is None or row.ends is None else max(row.ends, row.day)
        yield Moment(incident=incident, first=row.day, last=last, dated=row.begins is not None)
