"""Under which keys an incident is kept, so that a telling meets few others.

A key is a family of event types, two parties (or one alone) and a stretch of time. A ledger
of a million reports holds no more under a key than one of a thousand reports of the same weeks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import combinations

from menurut.ledger.intervals import Interval, iso, month
from menurut.ledger.parameters import family_of, pace_of, parameters
from menurut.ledger.profiles import Profile

LOOSE = "statement"
"""The type of a telling that is a statement without an event of its own."""
SHORT = 62
"""Days: what is told more exactly than this is kept by its months, the rest by its years."""
_PARTIES = 5
_MONTHS = 4
_YEAR = 12


def number(key: str) -> int:
    """A key as a signed 64-bit number, the same everywhere and always."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def kept_under(profile: Profile) -> set[int]:
    """The keys under which an incident is found."""
    about = set() if pace_of(profile.type) == "speech" else _about(profile)
    return _keys(profile, _kept_times(profile), _kept_parties(profile)) | about


def looked_up(profile: Profile) -> set[int]:
    """The keys under which a telling looks for the incident that it tells of."""
    if profile.type == LOOSE:
        return _about(profile)
    return _keys(profile, _sought_times(profile), _sought_parties(profile))


def _about(profile: Profile) -> set[int]:
    """Keys of a matter between two parties, for statements that tell of no event."""
    pairs = combinations(sorted(profile.roots)[:_PARTIES], 2)
    return {number(f"{m}|{a}+{b}") for a, b in pairs for m in profile.matters}


def _keys(profile: Profile, times: set[str], parties: Iterable[str]) -> set[int]:
    family = family_of(profile.type)
    return {number(f"{family}|{who}|{when}") for who in parties for when in times}


def _kept_parties(profile: Profile) -> Iterator[str]:
    """By pairs of parties; by each party, for tellings that name one alone; and whose is alone."""
    parties = sorted(profile.roots)[:_PARTIES]
    yield from ("+".join(pair) for pair in combinations(parties, 2))
    yield from (f"any:{party}" for party in parties)
    if len(parties) == 1:
        yield f"alone:{parties[0]}"


def _sought_parties(profile: Profile) -> Iterator[str]:
    parties = sorted(profile.roots)[:_PARTIES]
    if len(parties) == 1:
        yield f"any:{parties[0]}"
        return
    yield from ("+".join(pair) for pair in combinations(parties, 2))
    yield from (f"alone:{party}" for party in parties)


def _kept_times(profile: Profile) -> set[str]:
    if profile.when is None:
        standing = {"*"} if pace_of(profile.type) == "standing" else set()
        return standing | _months(profile.told)
    if profile.when.days > SHORT:
        return _years(profile.when)
    return _months(profile.when)


def _sought_times(profile: Profile) -> set[str]:
    standing = {"*"} if pace_of(profile.type) == "standing" else set()
    stretch = profile.when or profile.told
    if stretch is None:
        return standing
    if stretch.days > SHORT:
        return standing | _years(stretch) | _months(stretch, _YEAR)
    soon = parameters().pace[pace_of(profile.type)].days[1]
    slack = min(soon, SHORT) if profile.when is None else 3
    around = Interval(stretch.first - slack, stretch.last + slack)
    return standing | _months(around) | (_years(stretch) if profile.when else set())


def _months(stretch: Interval | None, most: int = _MONTHS) -> set[str]:
    if stretch is None:
        return set()
    first, last = month(stretch.first), month(stretch.last)
    return {f"m{m}" for m in range(max(first, last - most), last + 1)}


def _years(stretch: Interval) -> set[str]:
    first, last = (int((iso(day) or "0")[:4]) for day in stretch)
    return {f"y{year}" for year in range(first, min(last, first + 12) + 1)}
