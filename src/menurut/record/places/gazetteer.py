"""Where a name lies: a gazetteer of the world, and each language's own names for it.

Three tables: ``world/gazetteer.tsv.gz`` (GeoNames; countries, provinces, regencies, towns),
``world/regions.tsv`` (continents, seas, regions, under their English names) and each language's
``exonyms.tsv`` (its names for rows of the other two).
"""

from __future__ import annotations

import gzip
import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from menurut.tables import Row, data_file, language_table, table

COLUMNS = (
    "name",
    "kind",
    "country",
    "state",
    "latitude",
    "longitude",
    "population",
    "geonames",
)
# What stands for the population of a region when namesakes are weighed.
_REGION_SIZE = {"continent": 10**9, "ocean": 10**8, "country": 10**7}
_REGION_DEFAULT = 10**6
# GeoNames' provinces count the people of their towns, which may be few or not told.
_LEAST_SIZE = {"province": 10**5, "regency": 10**5}

# How many powers of ten of population each ground is worth when namesakes are weighed.
_KIND_WEIGHT = {"country": 1.0, "capital": 0.5, "province": -0.5, "regency": -0.5}
_PREFERRED_WEIGHT = 1.0
_CONTEXT_WEIGHT = 1.5
_LONGEST_COUNTRY = 3
_MUCH_SMALLER = 10
_TOWNS = ("town", "capital")

_DROPPED = re.compile(r"[.'’‘`´ʿʻ]")
_BLANK = re.compile(r"[\s-]+")
_LETTERS = str.maketrans({"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Location:
    """A place of the world. ``name``: as the language calls it, where a table says so.

    ``preferred``: the language's table names it among its namesakes.
    """

    kind: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None
    name: str | None = None
    basis: str = ""
    population: int = 0
    state: str = ""
    preferred: bool = False


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name as the index holds it: lower case, no accents, no points or apostrophes."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name.translate(_LETTERS))
        name = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _BLANK.sub(" ", _DROPPED.sub("", name)).strip().casefold()


def code_name(code: str) -> str:
    """What a country stands under beside its name: no folded name looks so."""
    return f"={code}"


def candidates(name: str, language: str) -> tuple[Location, ...]:
    """All places that bear the name, in the language or in GeoNames' own spelling."""
    return _candidates(fold(name), language)


def likeliest(places: Iterable[Location], context: Collection[str] = ()) -> Location | None:
    """The place most likely meant among namesakes.

    One in a country of the context wins over one elsewhere unless that one is some thirty times
    as large; a country wins over its namesakes.
    """
    return max(places, key=lambda place: _weight(place, context), default=None)


def countries_named(forms: Sequence[str], language: str) -> dict[str, set[str]]:
    """The countries that a text's words name, each with the names, adjectives and so on used."""
    naming = _naming(language)
    found: dict[str, set[str]] = {}
    for word, form in enumerate(forms):
        if form[:1].isupper():
            for end in range(word + 1, min(word + _LONGEST_COUNTRY, len(forms)) + 1):
                name = " ".join(forms[word:end])
                if code := naming.get(name):
                    found.setdefault(code, set()).add(name)
    return found


def _weight(place: Location, context: Collection[str]) -> float:
    size = math.log10(place.population + 1)
    here = _CONTEXT_WEIGHT if place.country in context else 0.0
    named = _PREFERRED_WEIGHT if place.preferred else 0.0
    return size + here + named + _KIND_WEIGHT.get(place.kind, 0.0)


@lru_cache(maxsize=8192)
def _candidates(folded: str, language: str) -> tuple[Location, ...]:
    if row := _exonyms(language).get(folded):
        basis = f"exonyms:{row['name']}"
        meant = replace(_meant(row), name=row["name"], basis=basis, preferred=True)
        alike = _named(folded) if fold(row["of"]) == folded else ()
        return (meant, *(p for p in alike if p.geonames != meant.geonames and _apart(p, meant)))
    towns = _named(folded)
    counted = {town.geonames: town.population for town in towns}
    regions = tuple(
        replace(r, population=counted.get(r.geonames, r.population))
        for r in _regions().get(folded, ())
    )
    ids = {region.geonames for region in regions}
    towns = tuple(town for town in towns if town.geonames not in ids)
    code = _countries(language).get(folded)
    if not code:
        return (*regions, *towns)
    return (_country(code[0], code[1]), *regions, *(t for t in towns if t.kind != "country"))


def _apart(a: Location, b: Location) -> bool:
    """Whether two places of a name lie in different countries, or one in a state of the USA."""
    return a.kind != "country" and (a.country != b.country or a.state != b.state)


@cache
def _geonames() -> list[str]:
    """The lines of GeoNames' table in the order of their names; read when asked for."""
    text = gzip.decompress(data_file("world/gazetteer.tsv.gz").read_bytes()).decode()
    lines = text.splitlines()
    head = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    return lines[head + 1 :]


def _named(folded: str) -> tuple[Location, ...]:
    """GeoNames' places that bear a folded name."""
    lines, name = _geonames(), folded + "\t"
    at = bisect_left(lines, name)
    found = []
    while at < len(lines) and lines[at].startswith(name):
        found.append(_read(lines[at][len(name) :]))
        at += 1
    return tuple(found)


def _read(row: str) -> Location:
    kind, country, state, latitude, longitude, population, geonames = row.split("\t")
    return Location(
        kind,
        country,
        float(latitude),
        float(longitude),
        int(geonames),
        basis=f"geonames:{geonames}",
        population=max(int(population), _LEAST_SIZE.get(kind, 0)),
        state=state,
    )


@cache
def _regions() -> dict[str, tuple[Location, ...]]:
    """What no list of towns holds: continents, seas, rivers, provinces; by English name."""
    index: dict[str, tuple[Location, ...]] = {}
    for row in table("world/regions.tsv"):
        place = Location(
            row["kind"],
            row["country"] or None,
            float(row["latitude"]),
            float(row["longitude"]),
            int(row["geonames"]) if row["geonames"] else None,
            name=row["region"],
            basis=f"regions:{row['region']}",
            population=_REGION_SIZE.get(row["kind"], _REGION_DEFAULT),
        )
        key = fold(row["region"])
        index[key] = (*index.get(key, ()), place)
    return index


@cache
def _naming(language: str) -> dict[str, str]:
    """What names a country, as written, to its code."""
    found: dict[str, str] = {}
    for row in language_table(language, "countries"):
        for column in ("names", "adjectives", "people"):
            found |= dict.fromkeys(filter(None, row[column].split("|")), row["code"])
        capitals = (name for name in row["capitals"].split("|") if name)
        found |= {name: row["code"] for name in capitals if not _shared(name, row["code"])}
    return found


def _shared(capital: str, country: str) -> bool:
    """Whether a town elsewhere that is not much smaller bears a capital's name (Tripoli)."""
    bearers = _named(fold(capital))
    size = max((p.population for p in bearers if p.country == country), default=0)
    return any(_MUCH_SMALLER * p.population > size for p in bearers if p.country != country)


@cache
def _countries(language: str) -> dict[str, tuple[str, str]]:
    """Folded name to code and preferred name, by the language's own table of countries."""
    found: dict[str, tuple[str, str]] = {}
    for row in language_table(language, "countries"):
        names = row["names"].split("|")
        for name in names:
            found.setdefault(fold(name), (row["code"], names[0]))
    return found


def _country(code: str, name: str) -> Location:
    rows = _named(code_name(code))
    place = rows[0] if rows else Location("country", code)
    return replace(place, name=name, basis=f"countries:{code}")


@cache
def _exonyms(language: str) -> dict[str, Row]:
    return {fold(row["name"]): row for row in language_table(language, "exonyms")}


def _meant(row: Row) -> Location:
    """The place that an exonym's row speaks of: a region, or a town or province of the country.

    Raises ``ValueError`` where neither table holds it.
    """
    folded = fold(row["of"])
    if not row["country"] and (regions := _regions().get(folded)):
        return regions[0]
    in_country = [p for p in _named(folded) if p.country == row["country"]]
    if not in_country:
        raise ValueError(f"exonyms: {row['name']}: no place {row['of']} {row['country']}")
    return max(in_country, key=lambda place: (place.kind in _TOWNS, place.population))
