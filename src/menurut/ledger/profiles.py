"""What is compared when tellings are linked: the profile of a telling, or of an incident."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

import msgspec

from menurut.ledger.intervals import Interval
from menurut.ledger.parameters import pace_of, parameters
from menurut.ledger.parties import root
from menurut.ledger.spots import Spot

_T = TypeVar("_T")
_PARTIES = 8
_PLACES = 6
_FIGURES = 24
_WORDS = 60
_PERSONS = 8
_REMEMBERED = 2048
AHEAD = frozenset(["planned", "possible"])
"""Statuses of what is still to come."""


class Figure(msgspec.Struct, frozen=True, array_like=True):
    """Bounds and the stem of what is counted."""

    low: float | None
    high: float | None
    of: str


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What one telling says, or what all tellings of an incident say together.

    ``when``: the days that are told, narrowest; None where none is. ``told``: first and last day
    of the reports. ``words``: stems by language.
    """

    type: str
    modes: frozenset[str] = frozenset()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    persons: dict[str, tuple[str, ...]] = {}
    when: Interval | None = None
    told: Interval | None = None
    places: tuple[Spot, ...] = ()
    figures: tuple[Figure, ...] = ()
    matters: frozenset[str] = frozenset()
    words: dict[str, frozenset[str]] = {}
    statuses: frozenset[str] = frozenset()

    @property
    def parties(self) -> frozenset[str]:
        return frozenset(self.actors) | frozenset(self.recipients)

    @property
    def roots(self) -> frozenset[str]:
        """The parties, the people of a country as that country."""
        return frozenset(map(root, self.parties))


def joined(one: Profile, other: Profile) -> Profile:
    """The profile of both together; the type is that of the first.

    What is told as another type (``denied an arms deal``) adds when it was told, not who and what.
    """
    if one.type != other.type:
        most = parameters().pace[pace_of(one.type)].days[2]
        return msgspec.structs.replace(one, told=_span(one.told, other.told, most))
    return Profile(
        type=one.type,
        modes=one.modes | other.modes,
        actors=_side(one.actors, other.actors),
        recipients=_side(one.recipients, other.recipients),
        persons=_persons(one.persons, other.persons),
        when=_days(one, other),
        told=_span(one.told, other.told, parameters().pace[pace_of(one.type)].days[2]),
        places=_both(one.places, other.places, _PLACES),
        figures=_both(one.figures, other.figures, _FIGURES),
        matters=one.matters | other.matters,
        words=_words(one.words, other.words),
        statuses=one.statuses | other.statuses,
    )


def _side(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Both together; the first where they have nobody in common, for the other was linked on
    other grounds."""
    if one and other and not set(one) & set(other):
        return one
    return _both(one, other, _PARTIES)


def _both(one: tuple[_T, ...], other: tuple[_T, ...], most: int) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(one + other))[:most]


def _persons(
    one: dict[str, tuple[str, ...]], other: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    sides = dict.fromkeys([*one, *other])
    return {side: _both(one.get(side, ()), other.get(side, ()), _PERSONS) for side in sides}


def _words(
    one: dict[str, frozenset[str]], other: dict[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    found = dict(one)
    for language, words in other.items():
        held = found.get(language, frozenset())
        found[language] = held if len(held) >= _WORDS else held | words
    return found


def _days(one: Profile, other: Profile) -> Interval | None:
    """The narrowest that is told; once a thing is done, not the days for which it was planned."""
    for done, ahead in ((one, other), (other, one)):
        if done.when and "actual" in done.statuses and ahead.statuses <= AHEAD:
            return done.when
    return _narrowest(one.when, other.when)


def _narrowest(one: Interval | None, other: Interval | None) -> Interval | None:
    known = [stretch for stretch in (one, other) if stretch is not None]
    return min(known, key=lambda stretch: (stretch.days, stretch.first), default=None)


def _span(one: Interval | None, other: Interval | None, most: int) -> Interval | None:
    """From the first to the last day, cut to ``most``: else what is told anew each month would
    draw in whatever is told in the whole year."""
    known = [stretch for stretch in (one, other) if stretch is not None]
    if not known:
        return None
    first = min(s.first for s in known)
    return Interval(first, min(max(s.last for s in known), first + most))


def all_joined(profiles: Iterable[Profile]) -> Profile | None:
    """The profile of all together, or None where there is none."""
    found: Profile | None = None
    for profile in profiles:
        found = profile if found is None else joined(found, profile)
    return found


encoder = msgspec.json.Encoder(order="sorted")
decode = lru_cache(_REMEMBERED)(msgspec.json.Decoder(Profile).decode)
"""A profile that was encoded; those of the incidents that are told of now come again and again."""
