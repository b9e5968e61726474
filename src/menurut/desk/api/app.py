"""The API alone, as an application."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Mount

from menurut.desk.api.problems import told
from menurut.desk.api.routes import routes
from menurut.ledger.store import Ledger


def api(ledger: Ledger, token: str | None = None) -> Starlette:
    """The API under ``/api``."""
    mounted = Mount("/api", routes=routes(ledger, token))
    return Starlette(routes=[mounted], exception_handlers={HTTPException: told})
