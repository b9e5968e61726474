"""What the address of a page asks for: a filter of incidents, a window of days, a size."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request

from menurut.desk.web.views import changed
from menurut.interface import gettext as _
from menurut.ledger.intervals import day_of
from menurut.ledger.queries import Filter

_NARROWEST, _BROADEST = 320.0, 1200.0
USUAL = 960.0
"""How broad a drawing is when nobody says: it is shown as broad as there is room."""
NARROW = 640.0
"""What is not so broad is drawn for a telephone."""
_FILTERS = ("actor", "type", "status", "place", "publisher")
_LONGEST = 200


def filter_of(request: Request, *without: str) -> Filter:
    """The filter of ``?actor=&type=&status=&place=&publisher=&from=&to=``, but for those named.

    Raises ``HTTPException`` (400) where a date is none.
    """
    asked = request.query_params
    chosen = {name: words(request, name) for name in _FILTERS if name not in without}
    return Filter(
        first=_day(asked, "from"), last=_day(asked, "to"), acts=asked.get("acts") != "0", **chosen
    )


def words(request: Request, name: str) -> str | None:
    """A parameter, bounded; None where it is empty."""
    return request.query_params.get(name, "").strip()[:_LONGEST] or None


def _day(asked: Mapping[str, str], name: str) -> int | None:
    given = asked.get(name, "").strip()
    if not given:
        return None
    day = day_of(given[:_LONGEST])
    if day is None:
        wanted = _("{value!r} is not an ISO 8601 date or time.")
        raise HTTPException(400, wanted.format(value=given[:40]))
    return day


def number(request: Request, name: str, usual: float, least: float, most: float) -> float:
    """A number of the address within its bounds; the usual one where it is none."""
    try:
        given = float(request.query_params.get(name, usual))
    except ValueError:
        return usual
    return min(max(given, least), most) if math.isfinite(given) else usual


def width(request: Request) -> float:
    """How broad a drawing is wanted, in pixels (``?w=``)."""
    return number(request, "w", USUAL, _NARROWEST, _BROADEST)


def iso(day: int | None) -> str | None:
    """A day as an address has it."""
    return None if day is None else date.fromordinal(day).isoformat()


def here(request: Request, **changes: str | float | None) -> str:
    """The address of this page with some parameters changed, whatever its breadth on a screen."""
    return changed(request, {"w": None, **changes})
