"""The parameters of linking, from ``data/world/linking.toml``."""

from __future__ import annotations

import tomllib
from functools import cache

import msgspec

from menurut.tables import data_file, table


class Threshold(msgspec.Struct, frozen=True):
    event: float
    speech: float
    loose: float
    doubt: float


class Pace(msgspec.Struct, frozen=True):
    """How many days may lie between two tellings: together, soon, late."""

    types: tuple[str, ...]
    days: tuple[int, int, int]


class Words(msgspec.Struct, frozen=True):
    same: float
    other: float


class Either(msgspec.Struct, frozen=True):
    """Types as which one happening may be told, where it is of this matter."""

    types: frozenset[str]
    matter: str


class Kinship(msgspec.Struct, frozen=True):
    families: tuple[tuple[str, ...], ...]
    either: tuple[Either, ...]


class Sides(msgspec.Struct, frozen=True):
    symmetric: frozenset[str]
    speak_for_state: frozenset[str]
    people: frozenset[str]
    directed_modes: frozenset[str]


class Parameters(msgspec.Struct, frozen=True):
    """``trip``: days that may lie between tellings of one visit; ``recurring``: types that a long
    stretch of time holds many of; ``apart``: kilometres beyond which
    two places are two, by the kind of the larger."""

    threshold: Threshold
    points: dict[str, float]
    words: Words
    pace: dict[str, Pace]
    kinship: Kinship
    sides: Sides
    trip: int
    recurring: frozenset[str]
    apart: dict[str, float]

    def pace_of(self, type: str) -> str:
        """Whether an event type is of speech, single or standing."""
        return next((name for name, pace in self.pace.items() if type in pace.types), "single")

    def family(self, type: str) -> str:
        """The first type of a type's family; itself where it has none."""
        return next((f[0] for f in self.kinship.families if type in f), type)


@cache
def parameters() -> Parameters:
    """The shipped parameters."""
    text = data_file("world/linking.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Parameters)


@cache
def pace_of(type: str) -> str:
    return parameters().pace_of(type)


@cache
def family_of(type: str) -> str:
    return parameters().family(type)


@cache
def hostile() -> frozenset[str]:
    """The event types that PLOVER scores below zero: whoever does them stands accused."""
    rows = (row for row in table("world/plover.tsv") if row["kind"] == "type")
    return frozenset(row["name"] for row in rows if float(row["score"] or 0) < 0)
