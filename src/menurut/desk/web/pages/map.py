"""Where incidents are told to have happened, on an outline of the world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from markupsafe import Markup
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from menurut import __version__
from menurut.desk.charts import world_map as chart
from menurut.desk.ledger_words import STANDINGS, TYPES, counted_incidents, party_words, place_words
from menurut.desk.phrases import label, number_words
from menurut.desk.web import charting
from menurut.desk.web.pages import Entry
from menurut.desk.web.pages.incidents import wanted_of
from menurut.desk.web.views import asked, page, snapshot
from menurut.interface import gettext as _
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.interface import ngettext
from menurut.ledger.places_told import Places, Spot, places_told
from menurut.ledger.queries import find_incidents

entry = Entry(60, "/map", N_("Map"))
_LISTED = 100
_OUTLINE = f"/map/outline.svg?{__version__}"
_STEP = 1.6


def show(request: Request) -> Response:
    wanted = replace(wanted_of(request), place=None)
    place = asked(request, "place")
    with snapshot(request) as held:
        found = places_told(held, wanted)
        there = find_incidents(held, replace(wanted, place=place), _LISTED) if place else None
    view = _view(request, found)
    return page(
        request,
        "map.html",
        found=found,
        place=place,
        there=there,
        drawn=_drawn(request, found, view),
        moves=_moves(request, view),
        narrow=charting.width(request) < charting.NARROW,
        types=TYPES,
        standings=STANDINGS,
        label=label,
        name_of=_name,
        site_address=lambda spot: _site_address(request, spot),
    )


def _view(request: Request, found: Places) -> chart.View:
    """The view that is asked for; else about the middle of what there is."""
    x, y = _middle(found.spots)
    return chart.View(
        charting.number(request, "x", x, 0, chart.BREADTH),
        charting.number(request, "y", y, 0, chart.HEIGHT),
        charting.number(request, "zoom", 1, 1, chart.CLOSEST),
    )


def _middle(spots: Sequence[Spot]) -> tuple[float, float]:
    """The middle of the map, or the place that has half of the incidents on each side of it."""
    points = [chart.point(spot.longitude, spot.latitude) for spot in spots for _n in spot.incidents]
    if not points:
        return chart.BREADTH / 2, chart.HEIGHT / 2
    return median(x for x, _y in points), median(y for _x, y in points)


def _drawn(request: Request, found: Places, view: chart.View) -> Markup:
    sites = [_site(request, spot) for spot in found.spots]
    return Markup(
        chart.world_map(
            sites,
            [spot.country for spot in found.spots if spot.country],
            view,
            _OUTLINE,
            lambda nearer: _to(request, nearer),
            _("Where it is told to have happened"),
            _several(found.placed, len(sites)),
            _several,
            charting.width(request),
        )
    )


def _several(incidents: int, places: int) -> str:
    """How many incidents at how many places."""
    there = ngettext("{n} place", "{n} places", places).format(n=number_words(places))
    return f"{counted_incidents(incidents)}, {there}"


def _site(request: Request, spot: Spot) -> chart.Site:
    country = party_words(spot.country) if spot.country and not spot.whole else ""
    told = counted_incidents(spot.number)
    name = _name(spot)
    return chart.Site(
        name=name,
        longitude=spot.longitude,
        latitude=spot.latitude,
        told=spot.number,
        contested=spot.statuses.get("contested", 0),
        whole=spot.whole,
        href=_site_address(request, spot),
        lines=(
            ", ".join(filter(None, (name, country))),
            _("the country as a whole") if spot.whole else "",
            f"{told}: {_standings(spot.statuses)}",
        ),
    )


def _name(spot: Spot) -> str:
    """The name of a place, as the reader calls it."""
    return party_words(spot.country) if spot.whole and spot.country else place_words(spot.name)


def _standings(statuses: Mapping[str, int]) -> str:
    ranked = sorted(statuses.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{number_words(n)} {label(STANDINGS, status)}" for status, n in ranked)


def _site_address(request: Request, spot: Spot) -> str:
    return charting.here(request, place=spot.name) + "#there"


def _to(request: Request, view: chart.View) -> str:
    if view.zoom <= 1:
        return charting.here(request, x=None, y=None, zoom=None)
    at = {"x": round(view.x, 1), "y": round(view.y, 1), "zoom": round(view.zoom, 2)}
    return charting.here(request, **at)


def _moves(request: Request, view: chart.View) -> dict[str, str]:
    """The addresses of the views around this one, by name."""
    left, top, broad, tall = chart.seen(view, charting.width(request))
    x, y = left + broad / 2, top + tall / 2
    nearer, farther = min(view.zoom * _STEP, chart.CLOSEST), max(view.zoom / _STEP, 1.0)
    return {
        "in": _to(request, chart.View(x, y, nearer)),
        "out": _to(request, chart.View(x, y, farther)),
        "all": _to(request, chart.View()),
        "west": _to(request, chart.View(max(x - broad / 3, 0), y, view.zoom)),
        "east": _to(request, chart.View(min(x + broad / 3, chart.BREADTH), y, view.zoom)),
        "north": _to(request, chart.View(x, max(y - tall / 3, 0), view.zoom)),
        "south": _to(request, chart.View(x, min(y + tall / 3, chart.HEIGHT), view.zoom)),
    }


def outline(_request: Request) -> Response:
    kept = {"cache-control": "private, max-age=31536000, immutable"}
    return Response(chart.outline_drawing(), media_type="image/svg+xml", headers=kept)


routes = [Route("/map", show), Route("/map/outline.svg", outline)]
