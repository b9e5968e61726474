"""Links of the program that a person should look at."""

from __future__ import annotations

from menurut.ledger.parameters import parameters
from menurut.ledger.queries.accounts import Account, read_accounts, told
from menurut.ledger.schema import accounts
from menurut.ledger.store import Snapshot


def doubtful(snapshot: Snapshot, most: int = 50) -> list[Account]:
    """The links of the program that a person should look at, the most doubtful first."""
    found = (
        told(snapshot)
        .where(accounts.c.margin < parameters().threshold.doubt)
        .where(accounts.c.linked_by == "menurut")
        .order_by(accounts.c.margin, accounts.c.id)
    )
    return read_accounts(snapshot, found.limit(most))
