"""The offices that people hold, as reports tell them, and who says so."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import select

from menurut.contract import Analysis, Fact
from menurut.ledger.facets import Facet
from menurut.ledger.history import holds
from menurut.ledger.parties import folded, key_of
from menurut.ledger.schema import accounts, facets, readings
from menurut.ledger.store import Snapshot
from menurut.record.actors.knowledge import moment, taught

_ROLES = (Facet.ACTOR, Facet.RECIPIENT, Facet.SOURCE)
_LOOKED_AT = 100
"""Incidents, accounts and reports that are looked at, the newest of each."""


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """An office of a person, with all reports that tell of it.

    ``told_by``: the sources that say so; ``by_press``: whether a report says so in its own voice.
    ``first``, ``last``: when the first and the last of these reports were published.
    """

    person: str
    role: str
    code: str
    first: str | None
    last: str | None
    told_by: tuple[str, ...]
    by_press: bool
    reports: tuple[str, ...]


def offices(snapshot: Snapshot, key: str) -> list[Office]:
    """The offices of a party, or of those who speak for it: by the newest reports that name it.

    They are what these reports themselves state, the office told last first.
    """
    held: dict[tuple[str, str, str], list[Fact]] = {}
    for analysis in _analyses(snapshot, key):
        for fact in taught(analysis):
            if key in (key_of(fact.code, fact.person), f"~{folded(fact.person)}"):
                office = (folded(fact.person), fact.role.casefold(), fact.code)
                held.setdefault(office, []).append(fact)
    found = [_office(facts) for facts in held.values()]
    return sorted(found, key=lambda o: (moment(o.last), o.person, o.role), reverse=True)


def _office(facts: list[Fact]) -> Office:
    facts = sorted(facts, key=lambda fact: moment(fact.at))
    newest = facts[-1]
    return Office(
        person=newest.person,
        role=newest.role,
        code=newest.code,
        first=facts[0].at,
        last=newest.at,
        told_by=tuple(dict.fromkeys(name for fact in facts for name in fact.told_by)),
        by_press=any(not fact.told_by for fact in facts),
        reports=tuple(dict.fromkeys(fact.report for fact in facts)),
    )


def _analyses(snapshot: Snapshot, key: str) -> Iterator[Analysis]:
    """The readings of the newest reports that tell of a party or carry its word."""
    connection, current = snapshot.connection, holds(accounts, snapshot.revision)
    newest = (
        select(facets.c.incident)
        .where(facets.c.facet.in_(_ROLES), facets.c.key == key)
        .order_by(facets.c.incident.desc())
        .limit(_LOOKED_AT)
    )
    tell = select(accounts.c.report).where(accounts.c.incident.in_(newest), current)
    say = select(accounts.c.report).where(accounts.c.source == key, current)
    say = say.order_by(accounts.c.id.desc()).limit(_LOOKED_AT)
    numbers = {number for found in (tell, say) for number in connection.execute(found).scalars()}
    found = (
        select(readings.c.analysis)
        .where(readings.c.report.in_(sorted(numbers)[-_LOOKED_AT:]))
        .where(holds(readings, snapshot.revision))
        .order_by(readings.c.report)
    )
    decoder = msgspec.json.Decoder(Analysis)
    return (decoder.decode(text) for text in connection.execute(found).scalars())
