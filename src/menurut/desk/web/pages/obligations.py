"""The board of measures, what would bear on them, and what the evidence lacks; the report on it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from menurut.desk import evidence_words, obligations_words
from menurut.desk.web.pages import Entry
from menurut.desk.web.views import asked, page, snapshot
from menurut.export.findings import FILES, renderer
from menurut.export.findings.reporting import report as made_report
from menurut.interface import gettext as _
from menurut.interface import language
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.obligations import Board, Listed, board, bring_up_to_date, regimes
from menurut.obligations import page as turned
from menurut.obligations.evidence import cases
from menurut.obligations.gaps import weighed
from menurut.obligations.index import LOOKED_AT

entry = Entry(65, "/obligations", N_("Obligations"))
NAMES = {"markdown": "Markdown", "html": "HTML", "docx": "Word"}


_EACH = 5
"""Incidents of a measure on the board, and of those a page of one measure, at most."""
_CASES = 12
_ACCOUNTS = 40
_REPORTED = 300


def obligations(request: Request) -> Response:
    """The board: measures with the newest of their incidents; or a page of one measure's."""
    regime, whole = asked(request, "regime"), asked(request, "all") == "yes"
    measure, after = asked(request, "measure"), asked(request, "after")
    bring_up_to_date(request.app.state.ledger)
    with snapshot(request) as held:
        if measure is None:
            made = board(held, regime, each=_EACH, looking=LOOKED_AT)
        else:
            made = turned(held, regime, measure, _CASES, after, LOOKED_AT)
        newest = cases(held, made.newest(_CASES), _ACCOUNTS)
    shown = [one for one in made.listed if one.count or whole or measure]
    return page(
        request,
        "obligations.html",
        regimes=regimes(),
        regime=regime,
        measure=measure,
        whole=whole,
        made=made,
        shown=_by_regime(made, shown),
        silent=len(made.listed) - len(shown),
        cases={case.incident.id: weighed(case) for case in reversed(newest)},
        formats=NAMES,
        duty=obligations_words,
        evidence=evidence_words,
        spoken=language(),
    )


def _by_regime(made: Board, shown: list[Listed]) -> list[tuple[str, list[Listed]]]:
    """Measures under the titles of their regimes; regimes without any left out."""
    held = [(r, [one for one in shown if one.regime == r.id]) for r in made.regimes]
    return [(r.title.in_language(language()), listed) for r, listed in held if listed]


def report(request: Request) -> Response:
    """The report as a file, of all measures, of a regime's, or of one."""
    format = request.path_params["format"]
    if format not in FILES:
        raise HTTPException(404, _("There is no such page."))
    bring_up_to_date(request.app.state.ledger)
    with snapshot(request) as held:
        chosen = asked(request, "regime"), asked(request, "measure")
        found = made_report(held, *chosen, most=_REPORTED, looking=LOOKED_AT)
    written = renderer(format)(found)
    ending, kind = FILES[format]
    name = f'attachment; filename="menurut-obligations.{ending}"'
    return Response(written, media_type=kind, headers={"content-disposition": name})


routes = [
    Route("/obligations", obligations),
    Route("/obligations/report/{format}", report),
]
