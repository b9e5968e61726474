"""Incidents over time: how many on which day, and a bounded choice of them within a window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Select, func, select

from menurut.ledger.queries import Filter, Incident
from menurut.ledger.queries.filters import passing
from menurut.ledger.queries.incidents import read_incidents
from menurut.ledger.schema import incidents
from menurut.ledger.store import Snapshot

_STRETCHES = 48
_LOOKED_AT = 40
"""In each stretch of a full window, so many incidents are looked at for the most reported ones."""
_COUNTED = 5_000
"""Incidents of a window that are counted."""
_NEWEST = 20_000
"""Incidents of a filter whose days are counted, the newest: what keeps the cost flat."""


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

    ``days``: how many begin on each day, whatever the window, acts of speech among them; ``total``:
    how many begin within the window, counted up to five thousand (``more``: there are more);
    ``moments``: those of them that were chosen, by day; ``horizon``: the day of the newest
    report, after which all is announced.
    """

    days: tuple[tuple[int, int], ...]
    window: tuple[int, int] | None
    total: int
    more: bool
    moments: tuple[Moment, ...]
    horizon: int | None


def chronology(snapshot: Snapshot, wanted: Filter | None = None, most: int = 400) -> Chronology:
    """The incidents of a filter, at most so many of them drawn evenly from its days.

    Where a window holds more, each stretch of it gives those that most reports tell of.
    """
    wanted = wanted or Filter()
    always = replace(wanted, first=None, last=None)
    days = _days(snapshot, replace(always, acts=True))
    window = _window(wanted, days)
    total, chosen = 0, list[Moment]()
    if window is not None:
        within = passing(snapshot, always).where(incidents.c.day.between(*window))
        total = _counted(snapshot, within)
        chosen = (
            _all(snapshot, within) if total <= most else _spread(snapshot, within, window, most)
        )
    return Chronology(
        days=days,
        window=window,
        total=min(total, _COUNTED),
        more=total > _COUNTED,
        moments=tuple(chosen),
        horizon=snapshot.horizon,
    )


def _days(snapshot: Snapshot, wanted: Filter) -> tuple[tuple[int, int], ...]:
    """How many incidents begin on each day: of the newest, or of all where nothing is asked for,
    which an index answers."""
    found = passing(snapshot, wanted).where(incidents.c.day.is_not(None))
    found = found.with_only_columns(incidents.c.day)
    if wanted != Filter():
        found = found.order_by(incidents.c.incident.desc()).limit(_NEWEST)
    day = found.subquery().c.day
    by_day = select(day, func.count()).group_by(day).order_by(day)
    return tuple((day, number) for day, number in snapshot.connection.execute(by_day))


def _counted(snapshot: Snapshot, within: Select[Any]) -> int:
    some = within.with_only_columns(incidents.c.id).limit(_COUNTED + 1).subquery()
    count = select(func.count()).select_from(some)
    return int(snapshot.connection.execute(count).scalar_one())


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
