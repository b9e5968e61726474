"""Who is in the ledger: its parties, and in how many incidents each acts, is met with, speaks."""

from __future__ import annotations

from collections import Counter

import msgspec
from sqlalchemy import case, func, or_, select

from menurut.ledger.dialects import ranked_by_stems
from menurut.ledger.facets import Facet
from menurut.ledger.history import holds
from menurut.ledger.names import code_of
from menurut.ledger.parties import Party, folded
from menurut.ledger.schema import facets, reports, tellings
from menurut.ledger.stems import query_stems
from menurut.ledger.store import Snapshot

_LOOKED_AT = 100
"""Reports in which a name is looked for, the newest."""
_decode = msgspec.json.Decoder(tuple[Party, ...]).decode


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A party, and in how many incidents it acts, is met with and speaks."""

    party: str
    acts: int
    met_with: int
    speaks: int


def roster(snapshot: Snapshot, name: str = "", most: int = 200) -> list[Listed]:
    """The parties of today's ledger, those of most incidents first; ``name``: whose name or code
    holds these words."""
    party, role = facets.c.key, facets.c.facet
    found = select(
        party,
        func.sum(case((role == Facet.ACTOR, 1), else_=0)).label("acts"),
        func.sum(case((role == Facet.RECIPIENT, 1), else_=0)).label("met_with"),
        func.sum(case((role == Facet.SOURCE, 1), else_=0)).label("speaks"),
    ).where(role.in_((Facet.ACTOR, Facet.RECIPIENT, Facet.SOURCE)))
    if name.strip():
        words = folded(name)
        parts = [party.like(f"%{words}%")] if words else []
        found = found.where(or_(party == (code_of(name.strip()) or name.strip()), *parts))
    found = found.group_by(party).order_by(func.count().desc(), party).limit(most)
    return [
        Listed(
            party=row.key,
            acts=int(row.acts),
            met_with=int(row.met_with),
            speaks=int(row.speaks),
        )
        for row in snapshot.connection.execute(found)
    ]


class Bearer(msgspec.Struct, frozen=True, kw_only=True):
    """A person as a report names them, and the party that they stand for."""

    person: str
    party: str


def bearers(snapshot: Snapshot, name: str, most: int = 20) -> list[Bearer]:
    """The persons who bear a name, those of most tellings first: in the newest reports with it."""
    wanted = frozenset(folded(name).split())
    groups = query_stems(name)
    if not wanted or not groups:
        return []
    newest = int(snapshot.connection.execute(select(func.max(reports.c.id))).scalar() or 0)
    met = ranked_by_stems(snapshot.connection, groups, newest, _LOOKED_AT)
    found = select(tellings.c.actors, tellings.c.recipients).where(
        tellings.c.report.in_([report for report, _rank in met]),
        holds(tellings, snapshot.revision),
    )
    named: Counter[Bearer] = Counter()
    for row in snapshot.connection.execute(found):
        for party in (*_decode(row.actors), *_decode(row.recipients)):
            if wanted <= set(party.person.split()):
                named[Bearer(person=party.name, party=party.key)] += 1
    return [bearer for bearer, _count in named.most_common(most)]
