"""Every ground of every value of a report, with its rows, words and paths: read anew when asked."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from menurut.contract import Analysis, Explanation, Report, Spans
from menurut.desk.ground_words import FIELDS, SORTS, Wording, rule_words
from menurut.desk.view import View
from menurut.desk.web.pages.read import draft_of
from menurut.desk.web.pages.reports import as_report
from menurut.desk.web.views import address, page, snapshot
from menurut.interface import gettext as _
from menurut.ledger.reports_kept import read_report
from menurut.pipeline import explain
from menurut.reports import ReportError

_KEPT = 8
_PLACES = 4
_QUOTED = 160


class Explainer:
    """Reads reports anew and keeps the newest explanations; one at a time, since it is work."""

    def __init__(self) -> None:
        self._made: OrderedDict[Report, tuple[Analysis, Explanation]] = OrderedDict()
        self._lock = Lock()

    def explain(self, report: Report) -> tuple[Analysis, Explanation]:
        """The analysis and its grounds. Raises ``ReportError`` where it cannot be read."""
        with self._lock:
            if report not in self._made:
                self._made[report] = explain(report)
            self._made.move_to_end(report)
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
            return self._made[report]


_explainer = Explainer()


def of_ledger(request: Request) -> Response:
    name = request.path_params["name"]
    with snapshot(request) as held:
        whole = read_report(held, name)
    back = address("reports", name, as_of=request.query_params.get("as_of"))
    return _page(request, as_report(whole), whole.analysis, back)


def of_draft(request: Request) -> Response:
    job, number, report, analysis = draft_of(request)
    return _page(request, report, analysis, address("read", job.key, str(number)))


def _page(request: Request, report: Report, held: Analysis, back: str) -> Response:
    try:
        analysis, explanation = _explainer.explain(report)
    except ReportError as error:
        raise HTTPException(422, _(str(error))) from None
    view = View(report, analysis)
    same = (analysis.events, analysis.statements) == (held.events, held.statements)
    return page(
        request,
        "explain.html",
        report=report,
        analysis=analysis,
        explanation=explanation,
        wording=Wording(view),
        quoted=lambda spans: _quoted(view, spans),
        rule_words=rule_words,
        fields=FIELDS,
        sorts=SORTS,
        same_reading=same,
        back=back,
    )


def _quoted(view: View, spans: Spans) -> list[str]:
    """The words of a ground, each stretch cut short, the first few."""
    found = (" ".join(view.text[start:end].split()) for start, end in spans[:_PLACES])
    return [words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…" for words in found]


routes = [
    Route("/read/{key}/{number:int}/explain", of_draft),
    Route("/explain/{name:path}", of_ledger),
]
