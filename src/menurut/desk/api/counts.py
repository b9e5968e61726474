"""How much the ledger holds."""

from __future__ import annotations

from menurut.desk.api.resource import Asked, Resource
from menurut.ledger.queries import Stats, stats
from menurut.ledger.store import Snapshot


def _stats(snapshot: Snapshot, _asked: Asked) -> Stats:
    return stats(snapshot)


STATS = Resource(
    name="stats",
    path="/stats",
    summary="How much the ledger holds.",
    asked=Asked,
    answer=Stats,
    ask=_stats,
)
