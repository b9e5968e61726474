"""Series: incidents that go on (a transfer over months, a war) hold the single ones in them."""

from __future__ import annotations

from collections.abc import Iterable

from menurut.ledger.incidents import Incident
from menurut.ledger.parameters import family_of, pace_of
from menurut.ledger.profiles import Profile

_LONG = 31


def find_series(single: Incident, others: Iterable[Incident]) -> int | None:
    """The series that a dated incident is part of: the longest first, the oldest among equals."""
    holding = [
        other for other in others if other is not single and holds(other.profile, single.profile)
    ]
    best = min(holding, key=lambda i: (-_length(i.profile), i.id), default=None)
    return best.id if best else None


def holds(series: Profile, single: Profile) -> bool:
    """Whether a single incident is part of what goes on: of its kind, between its parties, within
    its days. What goes on is told of with a long stretch, or stands undated over time."""
    if single.when is None or single.when.days > _LONG:
        return False
    if family_of(series.type) != family_of(single.type) or not _same_sides(series, single):
        return False
    if series.matters and single.matters and not series.matters & single.matters:
        return False
    if series.when is not None:
        first, last = series.when
        return series.when.days > _LONG and first <= single.when.first and single.when.last <= last
    standing = pace_of(series.type) == "standing"
    return standing and series.told is not None and single.when.first <= series.told.last


def find_parts(series: Incident, others: Iterable[Incident]) -> list[Incident]:
    """The single incidents, in no series yet, that are part of one which is told of later."""
    return [
        other
        for other in others
        if other is not series and other.series is None and holds(series.profile, other.profile)
    ]


def _same_sides(series: Profile, single: Profile) -> bool:
    """The same parties on both sides; or on one, with nobody on the other, in the same matter."""
    if not set(series.actors) & set(single.actors):
        return False
    if series.recipients or single.recipients:
        return bool(set(series.recipients) & set(single.recipients))
    return bool(series.matters & single.matters)


def _length(profile: Profile) -> int:
    return profile.when.days if profile.when else 0
