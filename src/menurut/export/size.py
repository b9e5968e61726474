"""How large an export may be that somebody asks for from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from menurut.ledger.errors import TooMuchError
from menurut.ledger.queries import number_of
from menurut.ledger.queries.closeups import counted_accounts
from menurut.ledger.store import Snapshot

MOST = 20_000
"""Accounts of one export, at most: some tens of megabytes."""


def check_size(snapshot: Snapshot, ids: Iterable[str]) -> None:
    """Raises ``TooMuchError`` where some incidents have too many accounts for one export."""
    counts = counted_accounts(snapshot, [number_of(id) for id in ids])
    count = sum(counts.values())
    if count > MOST:
        raise TooMuchError(
            "these incidents have {count} accounts, and an export holds {most}: ask for fewer",
            count=count,
            most=MOST,
        )
