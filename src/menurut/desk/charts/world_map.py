"""Places of incidents on an outline of the world."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from menurut.desk.charts.projection import equal_earth
from menurut.desk.charts.svg import (
    breadth,
    drawing,
    link,
    number,
    shortened,
    tag,
    text,
)
from menurut.tables import table

BREADTH = 960.0
_UNIT = BREADTH / (2 * equal_earth(180, 0)[0])
_NORTH, _SOUTH = 84.0, -57.0
_TOP = equal_earth(0, _NORTH)[1] * _UNIT
HEIGHT = equal_earth(0, _SOUTH)[1] * _UNIT - _TOP
"""The whole map is ``BREADTH`` by ``HEIGHT`` units: the poles, where nobody lives, are cut off."""
CLOSEST = 64.0
_LEAST, _STEP, _BROADEST = 4.0, 2.4, 16.0
"""A mark's radius in pixels: the least, and what the root of its number adds, up to the last."""
_LABEL = 12.0
_LONGEST = 24
_LABELS = 14


class View(NamedTuple):
    """The part of the map that is seen: its middle, in units of the whole map, and how many times
    it is enlarged."""

    x: float = BREADTH / 2
    y: float = HEIGHT / 2
    zoom: float = 1.0


class Site(NamedTuple):
    """A place. ``told``: how many incidents; ``contested``: how many of them are; ``whole``: it is
    a country as such, which stands at its middle."""

    name: str
    longitude: float
    latitude: float
    told: int
    contested: int
    whole: bool
    href: str
    lines: tuple[str, ...]


class Group(NamedTuple):
    """Sites that stand too near to be told apart, at the place of the fullest."""

    x: float
    y: float
    r: float
    sites: tuple[Site, ...]

    @property
    def told(self) -> int:
        return sum(site.told for site in self.sites)

    @property
    def contested(self) -> int:
        return sum(site.contested for site in self.sites)


def point(longitude: float, latitude: float) -> tuple[float, float]:
    """Where a place stands on the whole map."""
    x, y = equal_earth(longitude, latitude)
    return BREADTH / 2 + x * _UNIT, y * _UNIT - _TOP


def seen(view: View, width: float = BREADTH) -> tuple[float, float, float, float]:
    """The view box of a view: it never leaves the map. ``width``: of the drawing on the screen.

    A narrow drawing is taller, so that it shows less of the world and not a smaller one.
    """
    zoom = min(max(view.zoom, 1.0), CLOSEST)
    shape = HEIGHT / BREADTH if width >= BREADTH * 0.7 else 0.8
    tall = min(HEIGHT, BREADTH * shape) / zoom
    broad = min(tall / shape, BREADTH)
    left = min(max(view.x - broad / 2, 0.0), BREADTH - broad)
    top = min(max(view.y - tall / 2, 0.0), HEIGHT - tall)
    return left, top, broad, tall


def world_map(
    sites: Sequence[Site],
    told: Iterable[str],
    view: View,
    outline: str,
    zoomed: Callable[[View], str],
    title: str,
    description: str,
    more: Callable[[int, int], str],
    width: float = BREADTH,
) -> str:
    """The drawing. ``told``: the countries that have incidents; ``outline``: the address of the
    drawing of the land (``outline_drawing``); ``more``: how many incidents and places a mark stands
    for, in words; ``width``: how broad the drawing is on the screen, in pixels."""
    box = seen(view, width)
    unit = box[2] / width
    groups = gathered(sites, unit, box)
    land = [tag("use", href=f"{outline}#land", class_="land")]
    land += [
        tag("use", href=f"{outline}#{code}", class_="land named")
        for code in sorted(set(told))
        if code in outlines()
    ]
    marks = [_mark(group, unit, zoomed, view, more) for group in groups]
    inner = [tag("g", *land, class_="lands"), tag("g", *marks, class_="sites")]
    inner.append(tag("g", *_labels(groups, unit, box), class_="names", aria_hidden="true"))
    return drawing(
        "map",
        box,
        title,
        description,
        inner,
        class_="chart map",
        data_zoom=view.zoom,
        data_breadth=BREADTH,
        data_height=HEIGHT,
    )


def gathered(
    sites: Sequence[Site], unit: float, box: tuple[float, float, float, float]
) -> list[Group]:
    """The sites within a view box, those that would cover each other as one; the fullest first.

    ``unit``: how much of the map one pixel is.
    """
    most = max((site.told for site in sites), default=1)
    step = min(_STEP, _BROADEST / most**0.5)
    groups: list[Group] = []
    for site in sorted(sites, key=lambda s: (-s.told, s.name)):
        x, y = point(site.longitude, site.latitude)
        if not (box[0] <= x <= box[0] + box[2] and box[1] <= y <= box[1] + box[3]):
            continue
        r = (_LEAST + step * site.told**0.5) * unit
        for n, held in enumerate(groups):
            if (held.x - x) ** 2 + (held.y - y) ** 2 < (held.r + r) ** 2:
                groups[n] = held._replace(sites=(*held.sites, site))
                break
        else:
            groups.append(Group(x, y, r, (site,)))
    return groups


def _mark(
    group: Group,
    unit: float,
    zoomed: Callable[[View], str],
    view: View,
    more: Callable[[int, int], str],
) -> str:
    first = group.sites[0]
    disc = tag("circle", cx=group.x, cy=group.y, r=group.r, class_="disc")
    ring = _share(group) if group.contested else ""
    said = ""
    if group.told > 1 and group.r > 8 * unit:
        said = text(
            str(group.told),
            group.x,
            group.y + 4 * unit,
            text_anchor="middle",
            font_size=11 * unit,
            class_="tally",
        )
    kind = "site whole" if all(site.whole for site in group.sites) else "site"
    if len(group.sites) == 1:
        return link(first.href, first.lines, disc, ring, said, class_=kind)
    nearer = View(group.x, group.y, min(view.zoom * 3, CLOSEST))
    names = ", ".join(site.name for site in group.sites[:6])
    lines = (more(group.told, len(group.sites)), shortened(names, 160))
    href = zoomed(nearer) if view.zoom < CLOSEST else first.href
    return link(href, lines, disc, ring, said, class_=f"{kind} several")


def _share(group: Group) -> str:
    """A ring around a mark: as much of it as is contested."""
    around = 2 * 3.141593 * group.r
    share = around * group.contested / group.told
    return tag(
        "circle",
        cx=group.x,
        cy=group.y,
        r=group.r,
        class_="contested-share",
        stroke_dasharray=f"{number(share)} {number(around)}",
    )


def _labels(
    groups: Sequence[Group], unit: float, box: tuple[float, float, float, float]
) -> Iterator[str]:
    """The names of the fullest places, where they cover neither a mark nor each other."""
    size = _LABEL * unit
    taken = [(g.x - g.r, g.y - g.r, g.x + g.r, g.y + g.r) for g in groups]
    left = _LABELS
    for group in groups:
        name = shortened(group.sites[0].name, _LONGEST)
        if len(group.sites) > 1:
            name += f" +{len(group.sites) - 1}"
        broad, gap = breadth(name, size), group.r + 3 * unit
        for anchor, x in (("start", group.x + gap), ("end", group.x - gap)):
            begin = x if anchor == "start" else x - broad
            area = (begin, group.y - 0.6 * size, begin + broad, group.y + 0.6 * size)
            inside = box[0] <= area[0] and area[2] <= box[0] + box[2]
            inside = inside and box[1] <= area[1] and area[3] <= box[1] + box[3]
            if left and inside and not any(_cover(area, other) for other in taken):
                taken.append(area)
                left -= 1
                y = group.y + size * 0.35
                yield text(name, x, y, font_size=size, text_anchor=anchor)
                break


def _cover(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@cache
def outlines() -> Mapping[str, str]:
    """The land of each country as a path on the whole map, by code; ``""`` has what has none."""
    found: dict[str, str] = {}
    for row in table("world/outline.tsv"):
        paths = "".join(map(_path, row["rings"].split("|")))
        found[row["country"]] = found.get(row["country"], "") + paths
    return found


def _path(ring: str) -> str:
    steps = list(map(int, ring.split()))
    longitude = latitude = 0
    x, y = 0.0, 0.0
    cells: list[str] = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        longitude, latitude = longitude + dx, latitude + dy
        px, py = (round(n, 1) for n in point(longitude / 100, latitude / 100))
        if not cells:
            cells.append(f"M{number(px)} {number(py)}l")
        elif (px, py) != (x, y):
            cells.append(f"{number(px - x)} {number(py - y)}")
        x, y = px, py
    return f"{cells[0]}{' '.join(cells[1:])}z" if len(cells) > 2 else ""


@cache
def outline_drawing() -> str:
    """The land of the world as a drawing of its own, to refer to: ``#land``, and each country."""
    lands = [
        tag("path", id=code or None, d=path, vector_effect="non-scaling-stroke")
        for code, path in sorted(outlines().items())
    ]
    box = " ".join(map(number, (0, 0, BREADTH, HEIGHT)))
    return tag("svg", tag("g", *lands, id="land"), xmlns="http://www.w3.org/2000/svg", viewBox=box)
