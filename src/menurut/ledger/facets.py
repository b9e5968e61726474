"""The facets by which incidents are found: parties, publishers, type, status, place and time.

Each facet has its incidents in order of their numbers and in order of their days, so that a list
is read from its beginning, however long it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum

from menurut.ledger.intervals import iso, month
from menurut.ledger.profiles import Profile

_LONG = 1100
"""Days: what lasts longer stands under one key, not under each of its months."""
LONG = "long"
_KEYS = 60


class Facet(IntEnum):
    """What a key is of."""

    ACTOR = 0
    RECIPIENT = 1
    PUBLISHER = 2
    TYPE = 3
    STATUS = 4
    PLACE = 5
    TIME = 6
    SOURCE = 7


def facets_of(profile: Profile, status: str, sources: Iterable[str]) -> Iterator[tuple[Facet, str]]:
    """The facets of an incident, apart from its publishers; a facet may come twice.

    ``sources``: those that have a name.
    """
    yield from ((Facet.SOURCE, source) for source in sources)
    yield Facet.TYPE, profile.type
    yield Facet.STATUS, status
    yield from ((Facet.ACTOR, party) for party in profile.actors)
    yield from ((Facet.RECIPIENT, party) for party in profile.recipients)
    for spot in profile.places[:1]:
        yield Facet.PLACE, place_key(spot.name)
        if spot.country:
            yield Facet.PLACE, spot.country
    yield from ((Facet.TIME, key) for key in _times(profile))


def publisher_key(name: str) -> str:
    """The key of a publisher, however its name is capitalised."""
    return name.casefold()


def place_key(name: str) -> str:
    """The key of a place by its name, which no country's code is."""
    return f"~{name.casefold()}"


def day_of(profile: Profile) -> int | None:
    """The day by which an incident stands in a timeline: when it began, or was first told."""
    stretch = profile.when or profile.told
    return stretch.first if stretch else None


def last_day_of(profile: Profile) -> int | None:
    """The last day of an incident that is dated; else the day of ``day_of``."""
    return profile.when.last if profile.when else day_of(profile)


def _times(profile: Profile) -> list[str]:
    first, last = day_of(profile), last_day_of(profile)
    if first is None or last is None:
        return []
    if last - first > _LONG:
        return [LONG]
    years = range(_year(first), _year(last) + 1)
    return [_month(m) for m in range(month(first), month(last) + 1)] + [_year_key(y) for y in years]


def time_keys(first: int, last: int) -> list[str] | None:
    """The keys under which everything stands that lasts into a stretch of days; more stands there.

    None for a stretch that has too many.
    """
    keys, begins, ends = [LONG], month(first), month(last)
    while begins <= ends:
        whole = begins % 12 == 0 and begins + 11 <= ends
        keys.append(_year_key(begins // 12) if whole else _month(begins))
        begins += 12 if whole else 1
    return keys if len(keys) <= _KEYS else None


def _year(day: int) -> int:
    return int((iso(day) or "0")[:4])


def _month(number: int) -> str:
    return f"m{number}"


def _year_key(year: int) -> str:
    return f"y{year}"
