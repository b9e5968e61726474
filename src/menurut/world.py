"""What the world is like: who acts in it and under what code (tables under ``data/world``)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from menurut.tables import table

_BREAKS = re.compile(r"[\s\-’']+")


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 alpha-3 and alpha-2 code, short English name, capital."""

    code: str
    alpha2: str
    name: str
    capital: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body with a name of its own. ``family``: the short form that may stand for it later."""

    key: str
    code: str
    kind: str
    family: str
    name: str


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody whose post is general knowledge. ``since``: the year they came to it."""

    name: str
    code: str
    role: str
    since: str
    alone: str


@cache
def countries() -> dict[str, Country]:
    """The countries by alpha-3 code."""
    rows = table("world/countries.tsv")
    return {r["code"]: Country(r["code"], r["alpha2"], r["name"], r["capital"]) for r in rows}


@cache
def bodies() -> dict[str, Body]:
    """Bodies with a name and a code of their own, by key."""
    rows = table("world/bodies.tsv")
    return {r["body"]: Body(r["body"], r["code"], r["kind"], r["family"], r["name"]) for r in rows}


@cache
def seats() -> dict[str, str]:
    """The code of those who sit in a house of power, by its key."""
    return {r["seat"]: r["code"] for r in table("world/seats.tsv")}


@cache
def groups() -> dict[str, str]:
    """The codes of loose groups of states, by key; ``{}`` stands for an alpha-2 code."""
    return {r["group"]: r["code"] for r in table("world/groups.tsv")}


@cache
def sectors() -> dict[str, str]:
    """PLOVER's sectors and what they mean."""
    return {r["sector"]: r["meaning"] for r in table("world/sectors.tsv")}


@cache
def settings() -> dict[str, str]:
    """Where people of a sector come from when no word says so: ``place`` or ``report``."""
    return {r["sector"]: r["setting"] for r in table("world/sectors.tsv")}


@cache
def leaders() -> dict[tuple[str, ...], Leader]:
    """Well-known office holders by the words of their name (see ``name_words``), alone or full."""
    found: dict[tuple[str, ...], Leader] = {}
    for row in table("world/leaders.tsv"):
        code = " ".join(part for part in (row["country"], row["sector"]) if part)
        leader = Leader(row["name"], code, row["role"], row["since"], row["alone"])
        for form in (row["name"], row["alone"]):
            if form:
                found.setdefault(name_words(form), leader)
    return found


def name_words(name: str) -> tuple[str, ...]:
    """The words of a person's name for comparing: no case, no accents, hyphens taken as blanks."""
    plain = unicodedata.normalize("NFKD", name)
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(word for word in _BREAKS.split(bare.casefold().replace(".", " ")) if word)
