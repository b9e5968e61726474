"""An incident: everyone's account of it, their figures, what became of it, and its dossier."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from menurut.desk.web import scale, spark
from menurut.desk.web.judging import author_of, done
from menurut.desk.web.views import page, snapshot
from menurut.export import FILES, exporter
from menurut.export.size import check_size
from menurut.interface import gettext as _
from menurut.ledger.parameters import parameters
from menurut.ledger.queries import Incident, number_of, show
from menurut.ledger.queries.closeups import close_up
from menurut.ledger.queries.decisions import decisions
from menurut.ledger.queries.lookups import incidents_numbered
from menurut.ledger.queries.pulses import pulses

STANCES = ("affirms", "denies", "doubts")


def incident(request: Request) -> Response:
    id = request.path_params["id"]
    with snapshot(request) as held:
        shown = close_up(held, id)
        number = number_of(id)
        about = incidents_numbered(held, _related(shown.incident))
        context: dict[str, Any] = {
            "shown": shown,
            "incident": shown.incident,
            "spark": spark.draw(pulses(held, [number]).get(shown.incident.id, ())),
            "decisions": decisions(held, number),
            "related": {i.id: i for i in about},
        }
    return page(
        request,
        "incident.html",
        columns=[(s, [v for v in shown.voices if v.stance == s]) for s in STANCES],
        scale=scale.compare(shown.figured),
        doubt=parameters().threshold.doubt,
        formats=FILES,
        done=done(request),
        author=author_of(request),
        **context,
    )


def _related(incident: Incident) -> list[int]:
    return [number_of(id) for id in (incident.series, incident.about) if id]


def export(request: Request) -> Response:
    """The dossier of an incident as a file."""
    id, format = request.path_params["id"], request.path_params["format"]
    if format not in FILES:
        raise HTTPException(404, _("There is no such page."))
    with snapshot(request) as held:
        check_size(held, [id])
        written = exporter(format)([show(held, id)])
    _name, ending, kind = FILES[format]
    name = f'attachment; filename="menurut-{id}.{ending}"'
    return Response(written, media_type=kind, headers={"content-disposition": name})


routes = [
    Route("/incidents/{id}", incident),
    Route("/incidents/{id}/export/{format}", export),
]
