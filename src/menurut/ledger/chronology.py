"""Incidents over time: how many on which day, and a bounded choice of them within a window."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import func, select

from menurut.ledger.queries import Filter, Incident
from menurut.ledger.queries.filters import passing
from menurut.ledger.queries.incidents import read_incidents
from menurut.ledger.schema import incidents
from menurut.ledger.store import Snapshot

_STRETCHES = 48
"""So many stretches of a full window each give incidents."""
_LOOKED_AT = 40
"""Incidents of each stretch that are looked at for the most reported ones."""
_COUNTED = 5_000
"""Incidents of a window that are counted."""
_NEWEST = 10_000
"""Incidents of a filter that are looked at, the newest: what keeps the cost flat."""


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

    ``days``: how many begin on each day, whatever the window; ``total``: how many begin within the
    window, where ``more``: at least; ``moments``: those of them that were chosen, by day;
    ``horizon``: the day of the newest report, after which all is announced.
    """

    days: tuple[tuple[int, int], ...]
    window: tuple[int, int] | None
    total: int
    more: bool
    moments: tuple[Moment, ...]
    horizon: int | None


class _Row(NamedTuple):
    id: int
    day: int
    reports: int


def chronology(snapshot: Snapshot, wanted: Filter | None = None, most: int = 400) -> Chronology:
    """The incidents of a filter, at most so many of them drawn evenly from its days.

    Where a window holds more, each stretch of it gives those that most reports tell of.
    """
    wanted = wanted or Filter()
    always = replace(wanted, first=None, last=None)
    find = _among_all if always in (Filter(), Filter(acts=False)) else _among_newest
    days, window, total, rows = find(snapshot, always, (wanted.first, wanted.last), most)
    chosen = _spread(rows, window, most) if window else []
    return Chronology(
        days=days,
        window=window,
        total=min(total, _COUNTED),
        more=total > _COUNTED,
        moments=tuple(_moments(snapshot, chosen)),
        horizon=snapshot.horizon,
    )


_Days = tuple[tuple[int, int], ...]
_Window = tuple[int, int] | None
_Found = tuple[_Days, _Window, int, list[_Row]]


def _among_newest(
    snapshot: Snapshot, wanted: Filter, asked: tuple[int | None, int | None], _most: int
) -> _Found:
    """What passes a filter, read once: the newest of it."""
    found = passing(snapshot, wanted).where(incidents.c.day.is_not(None))
    newest = found.with_only_columns(incidents.c.id, incidents.c.day, incidents.c.reports)
    newest = newest.order_by(incidents.c.incident.desc()).limit(_NEWEST)
    rows = [_Row(*row) for row in snapshot.connection.execute(newest)]
    days = tuple(sorted(Counter(row.day for row in rows).items()))
    window = _window(asked, days)
    within = [row for row in rows if window and window[0] <= row.day <= window[1]]
    return days, window, len(within), within


def _among_all(
    snapshot: Snapshot, wanted: Filter, asked: tuple[int | None, int | None], most: int
) -> _Found:
    """The whole ledger, by the index of its days: acts of speech are counted among them there."""
    counted = passing(snapshot, Filter()).where(incidents.c.day.is_not(None))
    by_day = counted.with_only_columns(incidents.c.day, func.count())
    by_day = by_day.group_by(incidents.c.day).order_by(incidents.c.day)
    days = tuple((day, number) for day, number in snapshot.connection.execute(by_day))
    window = _window(asked, days)
    if window is None:
        return days, None, 0, []
    known = passing(snapshot, wanted).with_only_columns(
        incidents.c.id, incidents.c.day, incidents.c.reports
    )
    some = known.where(incidents.c.day.between(*window)).limit(_COUNTED + 1)
    count = select(func.count()).select_from(some.subquery())
    total = int(snapshot.connection.execute(count).scalar_one())
    stretches = [window] if total <= most else _stretches(window, most)
    rows = []
    for stretch in stretches:
        found = known.where(incidents.c.day.between(*stretch))
        found = found.order_by(incidents.c.day.desc(), incidents.c.incident.desc())
        looked_at = found.limit(max(_LOOKED_AT, most // len(stretches)))
        rows += [_Row(*row) for row in snapshot.connection.execute(looked_at)]
    return days, window, total, rows


def _window(asked: tuple[int | None, int | None], days: _Days) -> _Window:
    first, last = asked
    if not days and (first is None or last is None):
        return None
    first = days[0][0] if first is None else first
    last = days[-1][0] if last is None else last
    return (first, last) if first <= last else (last, first)


def _stretches(window: tuple[int, int], most: int) -> list[tuple[int, int]]:
    """A window in stretches of about one length."""
    first, last = window
    length = last - first + 1
    count = min(_STRETCHES, length, most)
    ends = [first + length * n // count for n in range(count + 1)]
    return [(begin, end - 1) for begin, end in pairwise(ends)]


def _spread(rows: list[_Row], window: tuple[int, int], most: int) -> list[int]:
    """From each stretch of the window those that most reports tell of; all, where they are few."""
    if len(rows) <= most:
        return [row.id for row in rows]
    stretches = _stretches(window, most)
    begins = [begin for begin, _end in stretches]
    held: list[list[_Row]] = [[] for _ in stretches]
    for row in rows:
        held[bisect_right(begins, row.day) - 1].append(row)
    best = (sorted(some, key=lambda row: (-row.reports, -row.id)) for some in held)
    return [row.id for some in best for row in some[: most // len(stretches)]]


def _moments(snapshot: Snapshot, ids: list[int]) -> Iterator[Moment]:
    found = select(incidents).where(incidents.c.id.in_(ids))
    found = found.order_by(incidents.c.day, incidents.c.incident)
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
