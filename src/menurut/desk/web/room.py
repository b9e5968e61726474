"""The reading room's page of one report, whether the ledger has it or it was only just read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from menurut.contract import Analysis, Report, Span
from menurut.desk.view import View
from menurut.desk.web.cards import Card, Deck
from menurut.desk.web.marks import paragraphs
from menurut.desk.web.views import address, page
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.ledger.queries.ties import Tie

LAYERS = (
    ("statement", N_("Statements")),
    ("event", N_("Events")),
    ("quantity", N_("Figures")),
    ("actor", N_("Actors")),
    ("time", N_("Times")),
    ("place", N_("Places")),
)
_SOUGHT = re.compile(r"(\d{1,9})-(\d{1,9})")


def room(
    request: Request,
    report: Report,
    analysis: Analysis,
    ties: Sequence[Tie] = (),
    known: frozenset[str] = frozenset(),
    template: str = "reading.html",
    **context: Any,
) -> Response:
    """The report with all that was read marked in its text."""
    sought = _sought(request)
    deck = Deck(View(report, analysis), ties, known).all()
    as_of = request.query_params.get("as_of")
    links = {card.id: _goes_to(card, as_of) for cards in deck.values() for card in cards}
    return page(
        request,
        template,
        report=report,
        analysis=analysis,
        title=report.title or analysis.title or _headline(report, analysis),
        paragraphs=paragraphs(report.text, analysis, [sought[0]] if sought else []),
        deck=deck,
        layers=LAYERS,
        links=links,
        sought=sought,
        **context,
    )


def _goes_to(card: Card, as_of: str | None) -> str:
    """Where a click on the words of a value goes: to others' accounts, or to its own card."""
    if card.tie is not None:
        return f"{address('incidents', card.tie.incident.id, as_of=as_of)}#accounts"
    if card.party is not None:
        return address("actors", card.party, as_of=as_of)
    return f"#{card.id}"


def _headline(report: Report, analysis: Analysis) -> str:
    found = next((b for b in analysis.blocks if b.kind == "headline"), None)
    return report.text[slice(*found.span)] if found else report.id


def _sought(request: Request) -> Span | None:
    """The words that the address points at (``?at=120-160``)."""
    found = _SOUGHT.fullmatch(request.query_params.get("at", ""))
    return (int(found[1]), int(found[2])) if found else None
