"""Makes the committed outline of the world from Natural Earth's data as an npm package carries it.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    pip install pycountry
    python tools/make_outline.py package/countries-50m.json [--check]

Writes ``src/menurut/data/world/outline.tsv``: the land of each country as rings of points. Borders
are simplified once for both neighbours (Visvalingam and Whyatt 1993), so that they stay shut;
islets are left out unless a country is nothing else, and so is Antarctica. ``--check`` writes
nothing and fails where the committed file differs. Natural Earth's data is in the public domain.
"""

from __future__ import annotations

import argparse
import heapq
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "src/menurut/data/world/outline.tsv"
LEAST_TRIANGLE = 0.03
"""Square degrees: a bend that takes in less is straightened."""
LEAST_ISLAND = 0.06
"""Square degrees: smaller land is left out, unless it is all that a country has."""
UNNUMBERED = {"Kosovo": "XKX"}
LEFT_OUT = frozenset({"Antarctica"})
HEADER = """\
# The land of each country: rings of points, parted by |. A ring is its first longitude and
# latitude in hundredths of a degree, then how far each next point lies from the one before.
# From Natural Earth (https://www.naturalearthdata.com/), public domain, by way of the npm package
# world-atlas. Borders are drawn as they stand in fact, which is no word on whose they are.
# Made by tools/make_outline.py.
country\trings
"""

Point = tuple[float, float]
Ring = list[Point]


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    """The arcs of a TopoJSON topology in degrees, undone from its delta code."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        found.append(points)
    return found


def simplified(arc: Ring) -> Ring:
    """The arc without its smallest bends; its ends stay, and a closed one stays a ring."""
    least = 4 if arc[0] == arc[-1] else 2
    before, after = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))
    size = {n: triangle(arc[n - 1], arc[n], arc[n + 1]) for n in range(1, len(arc) - 1)}
    heap = [(area, n) for n, area in size.items()]
    heapq.heapify(heap)
    while heap and len(size) + 2 > least:
        area, n = heapq.heappop(heap)
        if size.get(n) != area:
            continue
        if area > LEAST_TRIANGLE:
            break
        del size[n]
        left, right = before[n], after[n]
        after[left], before[right] = right, left
        for m in (left, right):
            if m in size:
                size[m] = max(area, triangle(arc[before[m]], arc[m], arc[after[m]]))
                heapq.heappush(heap, (size[m], m))
    return [p for n, p in enumerate(arc) if n in (0, len(arc) - 1) or n in size]


def triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def area(ring: Ring) -> float:
    """Square degrees that a ring takes in."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def rings_of(geometry: dict[str, Any], arcs: list[Ring], whole: list[Ring]) -> list[Ring]:
    """The rings of a country, largest first, without islets. Where nothing is left of it with
    simplified ``arcs``, it has the ``whole`` ones."""
    rings = _rings(geometry, arcs) or _rings(geometry, whole)
    rings.sort(key=area, reverse=True)
    return rings[:1] + [ring for ring in rings[1:] if area(ring) >= LEAST_ISLAND]


def _rings(geometry: dict[str, Any], arcs: list[Ring]) -> list[Ring]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    rings = []
    for numbers in (ring for polygon in polygons for ring in polygon):
        points: Ring = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        rings += cut(points)
    return rings


def cut(ring: Ring) -> list[Ring]:
    """A ring that goes across the 180th meridian as a ring on each side of it."""
    unwound = ring[:1]
    for x, y in ring[1:]:
        before = unwound[-1][0]
        unwound.append((x + 360 * round((before - x) / 360), y))
    found = []
    for turn in (-360, 0, 360):
        part = [(x + turn, y) for x, y in unwound]
        for side in (-1, 1):
            part = below(part, side)
        if len(part) > 2 and area(part) > 0:
            found.append(part)
    return found


def below(ring: Ring, side: int) -> Ring:
    """The part of a ring with ``side`` times its longitude at most 180 (Sutherland and Hodgman)."""
    found: Ring = []
    for (x1, y1), (x2, y2) in zip(ring[-1:] + ring, ring, strict=False):
        inside, was_inside = side * x2 <= 180, side * x1 <= 180
        if inside != was_inside:
            found.append((180.0 * side, y1 + (y2 - y1) * (180 * side - x1) / (x2 - x1)))
        if inside:
            found.append((x2, y2))
    return found


def written(ring: Ring) -> str:
    """A ring as the file has it."""
    points = [(round(100 * x), round(100 * y)) for x, y in ring]
    points = points[:1] + [p for q, p in pairwise(points) if p != q]
    if points[0] == points[-1]:
        points.pop()
    x = y = 0
    cells = []
    for px, py in points:
        cells += [str(px - x), str(py - y)]
        x, y = px, py
    return " ".join(cells)


def lines(topology: dict[str, Any]) -> Iterator[str]:
    """A line for each country; land without a code of its own has an empty one."""
    import pycountry  # type: ignore[import-untyped]

    codes = {country.numeric: country.alpha_3 for country in pycountry.countries}
    whole = arcs_of(topology)
    arcs = [simplified(arc) for arc in whole]
    rows = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = codes.get(geometry.get("id")) or UNNUMBERED.get(name, "")
        if name not in LEFT_OUT:
            rows.append((code, "|".join(map(written, rings_of(geometry, arcs, whole)))))
    return (f"{code}\t{rings}\n" for code, rings in sorted(rows))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topology", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    made = HEADER + "".join(lines(json.loads(options.topology.read_text("utf-8"))))
    if not options.check:
        TARGET.write_text(made, "utf-8")
        return 0
    same = TARGET.is_file() and TARGET.read_text("utf-8") == made
    if not same:
        print(f"{TARGET.name} differs: run tools/make_outline.py", file=sys.stderr)
    return not same


if __name__ == "__main__":
    sys.exit(main())
