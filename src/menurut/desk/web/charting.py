"""What the address of a page with a drawing asks for: its breadth, a number, its neighbours."""

from __future__ import annotations

import math

from starlette.requests import Request

from menurut.desk.ledger_words import TYPES
from menurut.desk.web.views import changed
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)

TOLD = {**TYPES, "statement": N_("Statement")}
"""What an account tells of: an event, or a statement without one."""
USUAL = 960.0
"""How broad a drawing is when nobody says: it is shown as broad as there is room."""
NARROW = 640.0
"""What is not so broad is drawn for a telephone."""
_NARROWEST, _BROADEST = 320.0, 1200.0


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


def here(request: Request, **changes: str | float | None) -> str:
    """The address of this page with some parameters changed, whatever its breadth on a screen."""
    return changed(request, {"w": None, **changes})
