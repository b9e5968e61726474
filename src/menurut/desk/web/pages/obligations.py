"""The board of measures, what would bear on them, and what the evidence lacks; the report on it."""

from __future__ import annotations

from typing import NamedTuple

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
from menurut.ledger.changes import mark
from menurut.ledger.store import Snapshot
from menurut.obligations import Board, Listed, board
from menurut.obligations.evidence import cases
from menurut.obligations.gaps import Weighed, weighed

entry = Entry(65, "/obligations", N_("Obligations"))
NAMES = {"markdown": "Markdown", "html": "HTML", "docx": "Word"}


class Kept(NamedTuple):
    """The board of a ledger at a revision: to make it, all incidents are passed over."""

    revision: tuple[int, int | None]
    board: Board
    cases: tuple[Weighed, ...]


def obligations(request: Request) -> Response:
    regime, whole = asked(request, "regime"), asked(request, "all") == "yes"
    with snapshot(request) as held:
        kept = _kept(request, held)
    if regime is not None and regime not in {one.id for one in kept.board.regimes}:
        raise HTTPException(404, _("There is no such page."))
    chosen = [one for one in kept.board.listed if regime in (None, one.regime)]
    shown = [one for one in chosen if one.matches or whole]
    named = {match.incident for one in shown for match in one.matches}
    return page(
        request,
        "obligations.html",
        regimes=kept.board.regimes,
        regime=regime,
        whole=whole,
        shown=_by_regime(kept.board, shown),
        silent=len(chosen) - len(shown),
        cases={one.case.incident.id: one for one in kept.cases if one.case.incident.id in named},
        formats=NAMES,
        duty=obligations_words,
        evidence=evidence_words,
        spoken=language(),
    )


def _by_regime(made: Board, shown: list[Listed]) -> list[tuple[str, list[Listed]]]:
    """Measures under the titles of their regimes; regimes without any left out."""
    held = [(r, [one for one in shown if one.regime == r.id]) for r in made.regimes]
    return [(r.title.in_language(language()), listed) for r, listed in held if listed]


def _kept(request: Request, held: Snapshot) -> Kept:
    state, revision = request.app.state, (mark(held).revision, held.revision)
    kept: Kept | None = getattr(state, "obligations", None)
    if kept is None or kept.revision != revision:
        made = board(held)
        kept = Kept(revision, made, tuple(map(weighed, cases(held, made))))
        state.obligations = kept
    return kept


def report(request: Request) -> Response:
    """The report as a file, of all measures, of a regime's, or of one."""
    format = request.path_params["format"]
    if format not in FILES:
        raise HTTPException(404, _("There is no such page."))
    with snapshot(request) as held:
        found = made_report(held, asked(request, "regime"), asked(request, "measure"))
    written = renderer(format)(found)
    ending, kind = FILES[format]
    name = f'attachment; filename="menurut-obligations.{ending}"'
    return Response(written, media_type=kind, headers={"content-disposition": name})


routes = [
    Route("/obligations", obligations),
    Route("/obligations/report/{format}", report),
]
