"""The reading room: the reports of the ledger, and each with what was read in it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from menurut.contract import Report
from menurut.desk.web.pages import Entry
from menurut.desk.web.room import room
from menurut.desk.web.views import address, asked, page, snapshot
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.ledger.queries.ties import ties
from menurut.ledger.reports_kept import ReportFilter, Whole, page_reports, read_report
from menurut.tables import languages

entry = Entry(10, "/reports", N_("Reading room"))
_SHOWN = 30


def listed(request: Request) -> Response:
    wanted = ReportFilter(
        publisher=asked(request, "publisher"), language=asked(request, "language")
    )
    with snapshot(request) as held:
        found = page_reports(held, wanted, _SHOWN, asked(request, "after"))
    spoken = sorted(languages())
    return page(request, "reports.html", found=found, wanted=wanted, spoken=spoken)


def report(request: Request) -> Response:
    name = request.path_params["name"]
    with snapshot(request) as held:
        whole = read_report(held, name)
        tied = ties(held, name)
    sides = (i.actors + i.recipients for i in (tie.incident for tie in tied))
    known = frozenset(key for side in sides for key in side)
    return room(
        request,
        as_report(whole),
        whole.analysis,
        tied,
        known | {account.source for account in whole.accounts},
        template="report.html",
        kept=whole.kept,
        why=address("explain", name, as_of=request.query_params.get("as_of")),
    )


def as_report(whole: Whole) -> Report:
    """A report of the ledger as it was taken in."""
    kept = whole.kept
    return Report(
        id=kept.report,
        text=whole.text,
        title=kept.title,
        language=kept.language,
        published_at=kept.published_at,
        publisher=kept.publisher,
        url=kept.url,
        byline=kept.byline,
    )


routes = [Route("/reports", listed), Route("/reports/{name:path}", report)]
