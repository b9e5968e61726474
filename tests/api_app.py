"""The API without the desk around it."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount

from menurut.desk.api.problems import Refused
from menurut.desk.api.routes import routes
from menurut.ledger.store import Ledger


def api(ledger: Ledger, token: str | None = None) -> Starlette:
    """The API under ``/api``."""
    mounted = Mount("/api", routes=routes(ledger, token))
    return Starlette(routes=[mounted], exception_handlers={HTTPException: _told})


async def _told(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return Refused(error.status_code, error.detail, headers=error.headers).response()
