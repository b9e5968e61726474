"""The web application: pages, the API and what stands before them."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from menurut.desk.api.problems import Refused
from menurut.desk.api.routes import routes as api_routes
from menurut.desk.ledger_words import error_words
from menurut.desk.web import pages
from menurut.desk.web.guard import HEADERS, Guard
from menurut.desk.web.jobs import Jobs
from menurut.desk.web.preferences import Preferences
from menurut.desk.web.settings import Settings
from menurut.desk.web.views import page
from menurut.interface import gettext as _
from menurut.ledger.errors import CursorError, LedgerError, TooMuchError
from menurut.ledger.store import Ledger

_STATIC = Path(__file__).parent / "static"


def make_app(ledger: str, settings: Settings | None = None) -> Starlette:
    """The desk over a ledger that is there. Raises ``LedgerError`` where it cannot be opened."""
    settings = settings or Settings()
    routes, entries = pages.found()
    opened = Ledger(ledger, create=False)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            app.state.jobs.close()
            opened.close()

    app = Starlette(
        routes=[
            Route("/", lambda _request: RedirectResponse("/incidents", 307)),
            *routes,
            Mount("/api", routes=api_routes(opened, settings.token)),
            Mount("/static", StaticFiles(directory=_STATIC), name="static"),
        ],
        middleware=[Middleware(Preferences), Middleware(Guard, settings=settings)],
        exception_handlers={
            HTTPException: _refused,
            CursorError: _misplaced,
            TooMuchError: _misplaced,
            LedgerError: _missing,
            Exception: _broken,
        },
        lifespan=life,
    )
    app.state.ledger = opened
    app.state.jobs = Jobs()
    app.state.settings = settings
    app.state.entries = entries
    app.state.secret = secrets.token_bytes(32)
    return app


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    known = {404: _("There is no such page."), 405: _("That cannot be done here.")}
    message = known.get(error.status_code, error.detail)
    answer = _told(request, error.status_code, message)
    answer.headers.update(error.headers or {})
    return answer


def _misplaced(request: Request, error: Exception) -> Response:
    assert isinstance(error, (CursorError, TooMuchError))
    return _told(request, 400, error_words(error))


def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, LedgerError)
    return _told(request, 404, error_words(error))


def _broken(_request: Request, _error: Exception) -> Response:
    """The answer to a fault of the desk itself, which is raised once it is given."""
    return PlainTextResponse(
        _("Something went wrong in the desk."), 500, {**HEADERS, "cache-control": "no-store"}
    )


def _told(request: Request, status: int, message: str) -> Response:
    if request.url.path.startswith("/api/"):
        return Refused(status, message).response()
    return page(request, "error.html", status, message=message)
