"""Incidents over time, in a lane for each of the chief actors; every window has its address."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from menurut.desk.charts import scale, svg
from menurut.desk.charts import timeline as chart
from menurut.desk.ledger_words import (
    STANDINGS,
    TYPES,
    counted_incidents,
    party_words,
    standing_words,
    when_words,
)
from menurut.desk.phrases import label, time_words
from menurut.desk.web import charting
from menurut.desk.web.pages import Entry
from menurut.desk.web.pages.incidents import wanted_of
from menurut.desk.web.views import address, asked, page, snapshot
from menurut.interface import gettext as _
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.interface import ngettext
from menurut.ledger.chronology import Chronology, Moment, chronology
from menurut.ledger.intervals import iso
from menurut.ledger.names import party_key

entry = Entry(40, "/timeline", N_("Timeline"))
_LANES = 8
_LANES_NARROW = 5
_MARKS = 300
_KEPT = ("actor", "type", "status", "as_of")
"""What a list of incidents is asked for as the timeline was."""


def show(request: Request) -> Response:
    wanted = wanted_of(request)
    with snapshot(request) as held:
        found = chronology(held, wanted, _MARKS)
    window = _window(found, request)
    return page(
        request,
        "timeline.html",
        found=found,
        window=window,
        drawn=drawn(request, found, window) if window else None,
        overview=overview(found, window, charting.width(request)) if window else None,
        moves=_moves(request, found, window) if window else {},
        narrow=charting.width(request) < charting.NARROW,
        types=TYPES,
        standings=STANDINGS,
        label=label,
        iso=iso,
        glyph=lambda status: Markup(svg.glyph(status, 8, 8, 6)),
    )


def _window(found: Chronology, request: Request) -> tuple[int, int] | None:
    """The window that is drawn: with some room around, where the address does not say it whole."""
    if found.window is None:
        return None
    given = request.query_params
    return found.window if given.get("from") and given.get("to") else scale.widened(*found.window)


def drawn(request: Request, found: Chronology, window: tuple[int, int]) -> Markup:
    """The timeline of what was found, for a request's width and actor."""
    wanted = asked(request, "actor")
    first = party_key(wanted) if wanted else None
    width = charting.width(request)
    as_of = asked(request, "as_of")
    marks = [mark(moment, as_of) for moment in found.moments]
    most = _LANES if width >= charting.NARROW else _LANES_NARROW
    return Markup(
        chart.timeline(
            marks,
            lanes(marks, most, first, as_of),
            window,
            found.horizon,
            lambda begin, end: _nearer(request, window, begin, end),
            _words(found, window),
            width,
        )
    )


def mark(moment: Moment, as_of: str | None = None) -> chart.Mark:
    """An incident as the timeline draws it."""
    incident = moment.incident
    doers = ", ".join(map(party_words, incident.actors)) or _("nobody named")
    met = ", ".join(map(party_words, incident.recipients))
    kind = label(TYPES, incident.type)
    when = when_words(incident.begins, incident.ends) or _("first told {day}").format(
        day=time_words(scale.day_words(moment.first))
    )
    told = (kind, standing_words(incident.status, incident.outcome, incident.sources), when)
    return chart.Mark(
        href=address("incidents", incident.id, as_of=as_of),
        lines=(f"{doers} → {met}" if met else doers, " · ".join(told), incident.words),
        label=kind,
        status=incident.status,
        first=moment.first,
        last=moment.last,
        doers=incident.actors,
        met=incident.recipients,
    )


def lanes(
    marks: Sequence[chart.Mark], most: int, first: str | None, as_of: str | None = None
) -> list[chart.Lane]:
    """A lane for each chief actor, and one for all else where there is more."""
    chief = chart.chief_actors(marks, most, first)
    found = [
        chart.Lane(key, party_words(key), address("actors", key, as_of=as_of)) for key in chief
    ]
    held = set(chief)
    if any(not held & {*mark.doers, *mark.met} for mark in marks):
        found.append(chart.Lane(None, _("Others"), None))
    return found


def _words(found: Chronology, window: tuple[int, int]) -> chart.Words:
    told = counted_incidents(len(found.moments))
    stretch = time_words("/".join(map(scale.day_words, window)))
    return chart.Words(
        title=_("Incidents over time"),
        description=f"{told}, {stretch}",
        announced=_("announced"),
        more=lambda n: ngettext("{n} incident: closer", "{n} incidents: closer", n).format(n=n),
        date=time_words,
    )


def overview(found: Chronology, window: tuple[int, int] | None, width: float) -> Markup:
    """How many incidents there are at all times, with the window marked."""
    total = sum(count for _day, count in found.days)
    title, told = _("All times"), counted_incidents(total)
    return Markup(chart.overview(found.days, window, title, told, time_words, width))


def _nearer(request: Request, window: tuple[int, int], begin: int, end: int) -> str:
    """The address of a narrower window around some days; of a list, where they are one day."""
    if end - begin >= (window[1] - window[0]) * 0.9 or begin == end:
        kept = {n: v for n, v in request.query_params.items() if n in _KEPT}
        days = {"from": iso(begin), "to": iso(end)}
        return address("incidents", **kept, **days)
    return _to(request, scale.widened(begin, end, 3))


def _to(request: Request, window: tuple[int, int]) -> str:
    first, last = map(iso, window)
    return charting.here(request, **{"from": first, "to": last})


def _moves(request: Request, found: Chronology, window: tuple[int, int]) -> dict[str, str]:
    """The addresses of the windows around this one, by name."""
    moves = {
        "in": _to(request, scale.moved(window, 0, 0.5)),
        "out": _to(request, scale.moved(window, 0, 2)),
        "earlier": _to(request, scale.moved(window, -0.5, 1)),
        "later": _to(request, scale.moved(window, 0.5, 1)),
        "all": charting.here(request, **{"from": None, "to": None}),
    }
    if found.horizon is not None:
        for months in (1, 12):
            begin = scale.months_before(found.horizon, months)
            ahead = (found.horizon - begin) // 8 + 3
            moves[f"last{months}"] = _to(request, (begin, found.horizon + ahead))
    return moves


routes = [Route("/timeline", show)]
