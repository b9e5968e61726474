"""The review queue: links that the program doubts, a person's answers, and undoing them."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from menurut.desk.web.judging import author_of, back, done
from menurut.desk.web.pages import Entry
from menurut.desk.web.views import changing, page, snapshot
from menurut.interface import gettext as _
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.ledger.queries import doubtful, number_of
from menurut.ledger.queries.decisions import decisions
from menurut.ledger.queries.doubts import count_doubtful
from menurut.ledger.queries.lookups import account_numbered, incidents_numbered
from menurut.ledger.retracting import retract
from menurut.ledger.reviewing import decide

entry = Entry(70, "/review", N_("Review"))
_SHOWN = 20
_COUNTED = 1000
_LONGEST = 500


def queue(request: Request) -> Response:
    with snapshot(request) as held:
        found = doubtful(held, _SHOWN)
        incidents = incidents_numbered(held, sorted({number_of(a.incident) for a in found}))
        context: dict[str, Any] = {
            "accounts": found,
            "incidents": {i.id: i for i in incidents},
            "decisions": decisions(held, most=8),
            "doubtful": count_doubtful(held, _COUNTED),
        }
    return page(request, "review.html", done=done(request), author=author_of(request), **context)


def answer(request: Request, form: FormData) -> Response:
    """A person's answer to a link: right or wrong."""
    ledger = request.app.state.ledger
    given, number = form.get("answer"), str(form.get("account", ""))
    if given not in ("right", "wrong") or not number.isdecimal() or len(number) > 18:
        raise HTTPException(400, _("This form is not filled in."))
    with ledger.read() as held:
        judged = account_numbered(held, int(number))
    made = decide(ledger, judged, given == "right", author_of(request), _reason(form))
    return back(str(form.get("back", "")), "/review", done=made.uid, what=str(given))


def undo(request: Request, form: FormData) -> Response:
    """A decision taken back."""
    uid = str(form.get("judgement", ""))
    retract(request.app.state.ledger, uid, author_of(request), _reason(form))
    return back(str(form.get("back", "")), "/review", done=uid, what="undone")


def _reason(form: FormData) -> str | None:
    return str(form.get("reason", "")).strip()[:_LONGEST] or None


routes = [
    Route("/review", queue),
    Route("/review/answer", changing(answer), methods=["POST"]),
    Route("/review/undo", changing(undo), methods=["POST"]),
]
