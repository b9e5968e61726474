"""The board of incidents."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from menurut.desk.web.pages import Entry
from menurut.desk.web.views import page, snapshot
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.ledger.queries import find_incidents

entry = Entry(20, "/incidents", N_("Incidents"))


def board(request: Request) -> Response:
    with snapshot(request) as held:
        found = find_incidents(held)
    return page(request, "incidents.html", incidents=found)


routes = [Route("/incidents", board)]
