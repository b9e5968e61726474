"""Links of the program that a person should look at."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, select

from menurut.ledger.history import PROGRAM, holds
from menurut.ledger.parameters import parameters
from menurut.ledger.queries.accounts import Account, read_accounts, told
from menurut.ledger.schema import accounts
from menurut.ledger.store import Snapshot


def doubtful(snapshot: Snapshot, most: int = 50) -> list[Account]:
    """The links of the program that a person should look at, the most doubtful first."""
    found = told(snapshot).where(_doubted()).order_by(accounts.c.margin, accounts.c.id)
    return read_accounts(snapshot, found.limit(most))


def count_doubtful(snapshot: Snapshot, most: int = 1000) -> int:
    """How many links a person should look at, counted up to a bound."""
    held = select(accounts.c.id).where(_doubted(), holds(accounts, snapshot.revision)).limit(most)
    found = select(func.count()).select_from(held.subquery())
    return int(snapshot.connection.execute(found).scalar_one())


def _doubted() -> ColumnElement[bool]:
    return and_(accounts.c.margin < parameters().threshold.doubt, accounts.c.linked_by == PROGRAM)
