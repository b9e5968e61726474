"""Who is in the ledger, and all that it holds of one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from menurut.desk.ledger_words import STANCES, TYPES
from menurut.desk.phrases import label
from menurut.desk.web import charting
from menurut.desk.web.pages import Entry
from menurut.desk.web.pages.timeline import overview
from menurut.desk.web.views import address, asked, page, snapshot
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.ledger.chronology import chronology
from menurut.ledger.offices import Office, offices
from menurut.ledger.queries import Account, Dossier, Filter, Incident, accounts_of, number_of, who
from menurut.ledger.roster import bearers, roster

entry = Entry(30, "/actors", N_("Actors"))
_LISTED = 200
_MOST = 50


class Charge(NamedTuple):
    """What somebody is accused of: by whom, and what it answers."""

    incident: Incident
    accusers: tuple[Account, ...]
    answers: tuple[Account, ...]


class Holder(NamedTuple):
    """A person with the offices that reports give them."""

    person: str
    offices: tuple[Office, ...]


def index(request: Request) -> Response:
    query = asked(request, "q") or ""
    with snapshot(request) as held:
        found = roster(held, query, _LISTED)
        people = bearers(held, query) if query else []
    return page(request, "actors.html", found=found, people=people, sought=query, most=_LISTED)


def show(request: Request) -> Response:
    name = request.path_params["name"]
    with snapshot(request) as held:
        dossier = who(held, name, _MOST)
        if dossier.party != name:
            return RedirectResponse(address("actors", dossier.party, **request.query_params), 307)
        charges = _charges(dossier, accounts_of(held, _concerned(dossier.accused_of)))
        people = _holders(offices(held, dossier.party))
        time = chronology(held, Filter(actor=dossier.party), 1)
    return page(
        request,
        "actor.html",
        dossier=dossier,
        said=[account for account in dossier.said if account.origin is None],
        denied=[account for account in dossier.denied if account.origin is None],
        charges=charges,
        people=people,
        overview=overview(time, None, charting.width(request)) if time.days else None,
        types=TYPES,
        told=charting.TOLD,
        stances=STANCES,
        label=label,
        most=_MOST,
    )


def _concerned(charged: Iterable[Incident]) -> list[int]:
    """The incidents that somebody is accused of, and those that the accusations are about."""
    ids = [id for incident in charged for id in (incident.id, incident.about) if id]
    return [number_of(id) for id in dict.fromkeys(ids)]


def _charges(dossier: Dossier, accounts: Sequence[Account]) -> list[Charge]:
    """Each accusation with who makes it and what the accused says; copies are left out."""
    own = [account for account in accounts if account.origin is None]
    return [
        Charge(
            incident,
            tuple(a for a in own if a.incident == incident.id and _accuses(a, dossier.party)),
            tuple(
                a
                for a in own
                if a.incident in (incident.id, incident.about) and a.source == dossier.party
            ),
        )
        for incident in dossier.accused_of
    ]


def _accuses(account: Account, party: str) -> bool:
    return account.source != party and account.stance == "affirms"


def _holders(found: Iterable[Office]) -> list[Holder]:
    people: dict[str, list[Office]] = {}
    for office in found:
        people.setdefault(office.person, []).append(office)
    return [Holder(person, tuple(held)) for person, held in people.items()]


routes = [Route("/actors", index), Route("/actors/{name:path}", show)]
