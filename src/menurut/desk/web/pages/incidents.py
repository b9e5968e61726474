"""The board of incidents: filtered, counted, the newest first."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from menurut.desk import ledger_words as words
from menurut.desk.phrases import label
from menurut.desk.web import spark
from menurut.desk.web.pages import Entry
from menurut.desk.web.views import asked, page, snapshot
from menurut.interface import gettext as _
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.ledger.intervals import day_of
from menurut.ledger.queries import Filter, number_of
from menurut.ledger.queries.facets import count_facets
from menurut.ledger.queries.incidents import page_incidents
from menurut.ledger.queries.pulses import newest_accounts, pulses

entry = Entry(20, "/incidents", N_("Incidents"))
FACETS = (
    ("status", N_("Status"), "statuses"),
    ("type", N_("Kind"), "types"),
    ("actor", N_("Party"), "actors"),
    ("place", N_("Country"), "places"),
    ("publisher", N_("Outlet"), "publishers"),
)
_SHOWN = 25
_VALUES = 8


def board(request: Request) -> Response:
    wanted = wanted_of(request)
    with snapshot(request) as held:
        found = page_incidents(
            held, wanted, _SHOWN, asked(request, "after"), asked(request, "order") == "day"
        )
        numbers = [number_of(incident.id) for incident in found.items]
        beats = pulses(held, numbers)
        newest = newest_accounts(held, numbers)
        facets = count_facets(held, wanted, _VALUES)
    return page(
        request,
        "incidents.html",
        found=found,
        wanted=wanted,
        sparks={id: spark.draw(told) for id, told in beats.items()},
        newest=newest,
        facets=facets,
        facet_names=FACETS,
        value_words=value_words,
        filtered=any(asked(request, name) for name in (*(f[0] for f in FACETS), "from", "to")),
    )


def wanted_of(request: Request) -> Filter:
    """The filter that the address asks for."""
    return Filter(
        actor=asked(request, "actor"),
        type=asked(request, "type"),
        status=asked(request, "status"),
        place=asked(request, "place"),
        publisher=asked(request, "publisher"),
        first=_day(request, "from"),
        last=_day(request, "to"),
        acts=asked(request, "acts") == "yes",
    )


def _day(request: Request, name: str) -> int | None:
    given = asked(request, name)
    day = day_of(given) if given else None
    if given and day is None:
        wanted = _("{value!r} is not an ISO 8601 date or time.")
        raise HTTPException(400, wanted.format(value=given))
    return day


def value_words(facet: str, value: str) -> str:
    """What a value of a facet is called."""
    if facet in ("actor", "place"):
        return words.party_words(value)
    if facet == "type":
        return label(words.TYPES, value.upper())
    if facet == "status":
        return words.standing_words(value, None)
    return value


routes = [Route("/incidents", board)]
