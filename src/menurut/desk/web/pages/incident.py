"""An incident: everyone's account of it, their figures, what became of it, and its dossier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from menurut.desk.web import scale, spark
from menurut.desk.web.judging import author_of, done
from menurut.desk.web.views import page, snapshot
from menurut.export import FORMATS, exporter
from menurut.interface import gettext as _
from menurut.ledger.parameters import parameters
from menurut.ledger.queries import Account, Incident, number_of, show
from menurut.ledger.queries.decisions import decisions
from menurut.ledger.queries.lookups import incidents_numbered
from menurut.ledger.queries.pulses import pulses

STANCES = ("affirms", "denies", "doubts")
FILES = {
    "html": ("html", "text/html"),
    "markdown": ("md", "text/markdown"),
    "csv": ("csv", "text/csv"),
    "plover": ("tsv", "text/tab-separated-values"),
    "cameo": ("tsv", "text/tab-separated-values"),
    "annotations": ("jsonld", "application/ld+json"),
    "claimreview": ("jsonld", "application/ld+json"),
    "graphml": ("graphml", "application/graphml+xml"),
}


class Voice(NamedTuple):
    """A source and its accounts, the first that came before those that repeat it."""

    source: str
    accounts: tuple[Account, ...]


def incident(request: Request) -> Response:
    id = request.path_params["id"]
    with snapshot(request) as held:
        shown = show(held, id)
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
        columns=[(stance, voices(shown.accounts, stance)) for stance in STANCES],
        scale=scale.compare(shown.accounts),
        doubt=parameters().threshold.doubt,
        formats=FORMATS,
        done=done(request),
        author=author_of(request),
        **context,
    )


def _related(incident: Incident) -> list[int]:
    return [number_of(id) for id in (incident.series, incident.about) if id]


def voices(accounts: Iterable[Account], stance: str) -> list[Voice]:
    """The sources of a stance with their accounts; those that most reports carry first."""
    held: dict[str, list[Account]] = {}
    for account in accounts:
        if account.stance == stance:
            held.setdefault(account.source, []).append(account)
    found = [Voice(source, tuple(told)) for source, told in held.items()]
    return sorted(found, key=lambda voice: -len(voice.accounts))


def export(request: Request) -> Response:
    """The dossier of an incident as a file."""
    id, format = request.path_params["id"], request.path_params["format"]
    if format not in FILES:
        raise HTTPException(404, _("There is no such page."))
    with snapshot(request) as held:
        written = exporter(format)([show(held, id)])
    ending, kind = FILES[format]
    name = f'attachment; filename="menurut-{id}.{ending}"'
    return Response(written, media_type=kind, headers={"content-disposition": name})


routes = [
    Route("/incidents/{id}", incident),
    Route("/incidents/{id}/export/{format}", export),
]
