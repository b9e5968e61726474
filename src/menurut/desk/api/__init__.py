"""The queries of the ledger as JSON, mounted under ``/api``."""

from __future__ import annotations

from starlette.routing import BaseRoute

routes: list[BaseRoute] = []
