"""The addresses of the API."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from menurut import __version__, contract
from menurut.desk.api.actors import WHO
from menurut.desk.api.comparison import COMPARE
from menurut.desk.api.counts import STATS
from menurut.desk.api.decoding import JSON
from menurut.desk.api.description import description
from menurut.desk.api.endpoints import Endpoint, Judging, Reading
from menurut.desk.api.exports import EXPORT
from menurut.desk.api.incidents import FACETS, INCIDENT, INCIDENTS, TIMELINE
from menurut.desk.api.judgements import DOUBTS, JUDGEMENTS
from menurut.desk.api.obligations import OBLIGATIONS
from menurut.desk.api.reports import CITE, REPORT, REPORTS
from menurut.desk.api.resource import Resource
from menurut.desk.api.searching import SEARCH
from menurut.ledger.store import Ledger

RESOURCES: tuple[Resource[Any], ...] = (
    INCIDENTS,
    INCIDENT,
    TIMELINE,
    FACETS,
    WHO,
    SEARCH,
    REPORTS,
    REPORT,
    CITE,
    COMPARE,
    OBLIGATIONS,
    STATS,
    JUDGEMENTS,
    DOUBTS,
    EXPORT,
)

_PARAMETER = re.compile(r"\{(\w+)\}")


def routes(ledger: Ledger, token: str | None = None) -> list[Route]:
    """The routes of the API, to be mounted where the API shall be. Each answers all methods.

    ``token``: what a client must know to send a judgement in; None: nobody may.
    """
    made = [Route("/", Endpoint({"GET": _index}))]
    made.append(Route("/openapi.json", Endpoint({"GET": _description})))
    made.append(Route("/schema", Endpoint({"GET": _fixed(contract.schema)})))
    for resource in RESOURCES:
        answers: dict[str, Callable[[Request], Awaitable[Response]]]
        answers = {"GET": Reading(ledger, resource)}
        if resource is JUDGEMENTS:
            answers["POST"] = Judging(ledger, token)
        # An id may hold a slash, written as %2F: a parameter takes the rest of the address.
        made.append(Route(_PARAMETER.sub(r"{\1:path}", resource.path), Endpoint(answers)))
    return made


def _fixed(make: Callable[[], Any]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_request: Request) -> Response:
        return _json(make())

    return answer


async def _index(request: Request) -> Response:
    """What is where."""
    root = request.scope.get("root_path", "")
    return _json(
        {
            "name": "menurut",
            "version": __version__,
            "description": f"{root}/openapi.json",
            "schema": f"{root}/schema",
            "resources": {resource.name: f"{root}{resource.path}" for resource in RESOURCES},
        }
    )


async def _description(request: Request) -> Response:
    return _json(description(RESOURCES, request.scope.get("root_path", "") or "/"))


def _json(value: Any) -> Response:
    return Response(msgspec.json.encode(value), media_type=JSON)
