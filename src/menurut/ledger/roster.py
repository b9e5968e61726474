"""Who is in the ledger: its parties, and in how many incidents each acts, is met with, speaks."""

from __future__ import annotations

import msgspec
from sqlalchemy import case, func, or_, select

from menurut.ledger.incidents import ACTOR, RECIPIENT, SOURCE
from menurut.ledger.names import code_of
from menurut.ledger.parties import folded
from menurut.ledger.schema import members
from menurut.ledger.standing import PRESS, UNNAMED
from menurut.ledger.store import Snapshot


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A party, and in how many incidents it acts, is met with and speaks."""

    party: str
    acts: int
    met_with: int
    speaks: int


def roster(snapshot: Snapshot, name: str = "", most: int = 200) -> list[Listed]:
    """The parties of today's ledger, those of most incidents first; ``name``: whose name or code
    holds these words."""
    party, role = members.c.party, members.c.role
    found = select(
        party,
        func.sum(case((role == ACTOR, 1), else_=0)).label("acts"),
        func.sum(case((role == RECIPIENT, 1), else_=0)).label("met_with"),
        func.sum(case((role == SOURCE, 1), else_=0)).label("speaks"),
    ).where(~party.like(f"{PRESS}%"), ~party.like(f"{UNNAMED}%"))
    if name.strip():
        words = folded(name)
        parts = [party.like(f"%{words}%")] if words else []
        found = found.where(or_(party == (code_of(name.strip()) or name.strip()), *parts))
    found = found.group_by(party).order_by(func.count().desc(), party).limit(most)
    return [
        Listed(party=row.party, acts=row.acts, met_with=row.met_with, speaks=row.speaks)
        for row in snapshot.connection.execute(found)
    ]
