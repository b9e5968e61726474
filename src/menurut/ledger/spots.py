"""Places of tellings, and whether two of them can be one."""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt

import msgspec

from menurut.ledger.parameters import parameters

_EARTH = 6371.0
_TOWNS = frozenset({"town", "capital", "city"})
_AREAS = frozenset({"province", "state", "region", "territory", "regency"})
SMALL = _TOWNS | _AREAS
"""Kinds of places that are part of a country."""


class Spot(msgspec.Struct, frozen=True, array_like=True):
    """A place: GeoNames id, country, name, degrees north and east, kind; each where known."""

    geonames: int | None
    country: str | None
    name: str
    latitude: float | None = None
    longitude: float | None = None
    kind: str | None = None


def between(ones: Iterable[Spot], others: Iterable[Spot]) -> str | None:
    """How the places of two profiles lie to one another, as a reason; None where nothing is known.

    One place in common is enough to be the same; to be others all must be apart.
    """
    ours, theirs = tuple(ones), tuple(others)
    if {s.geonames for s in ours if s.geonames} & {s.geonames for s in theirs if s.geonames}:
        return "same_place"
    lands = {s.country for s in ours if s.country}
    foreign = {s.country for s in theirs if s.country}
    if not lands or not foreign:
        return None
    if not lands & foreign:
        return "other_country"
    return "other_place" if all(apart(a, b) for a in ours for b in theirs) else "same_country"


def apart(one: Spot, other: Spot) -> bool:
    """Whether neither place can be the other or lie in it."""
    if one.kind not in SMALL or other.kind not in SMALL:
        return False
    if one.kind in _AREAS and one.kind == other.kind:
        return one.geonames != other.geonames
    reach = parameters().apart
    far = max(reach.get(kind, reach["area"]) for kind in map(_size, (one.kind, other.kind)))
    distance = kilometres(one, other)
    return distance is not None and distance > far


def _size(kind: str | None) -> str:
    return "town" if kind in _TOWNS else kind or ""


def kilometres(one: Spot, other: Spot) -> float | None:
    """How far two places are apart over the ground; None where one is not located."""
    degrees = (one.latitude, one.longitude, other.latitude, other.longitude)
    if any(degree is None for degree in degrees):
        return None
    north, east, to_north, to_east = (radians(degree) for degree in degrees if degree is not None)
    half = sin((to_north - north) / 2) ** 2
    half += cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(half))
