"""An incident for a page: its chief sources and some of their accounts, however many there are."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import case, func, or_, select

from menurut.ledger.history import holds
from menurut.ledger.queries.accounts import Account, graded, read_accounts, told
from menurut.ledger.queries.incidents import (
    Incident,
    Version,
    number_of,
    parts_of,
    read_incidents,
    standing,
    versions_of,
)
from menurut.ledger.schema import accounts, tellings
from menurut.ledger.standing import PRESS, UNNAMED
from menurut.ledger.store import Snapshot

_SOURCES = 40
_EACH = 4
_FIGURES = 80
_PARTS = 60
_VERSIONS = 40


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """A source and where it stands. ``told``: how many accounts it gives; ``accounts``: the first
    of them, and the last."""

    source: str
    stance: str
    told: int
    accounts: tuple[Account, ...]


class CloseUp(msgspec.Struct, frozen=True, kw_only=True):
    """An incident with its sources, those that most accounts come from first.

    ``voices``: the first of each stance; ``sources``: how many there are, by stance; ``figured``:
    for each source and each way in which it counts, the first account that does so.
    """

    incident: Incident
    voices: tuple[Voice, ...]
    sources: dict[str, int]
    figured: tuple[Account, ...]
    parts: tuple[Incident, ...]
    versions: tuple[Version, ...]


def close_up(snapshot: Snapshot, id: str) -> CloseUp:
    """An incident as a page shows it. Raises ``LedgerError`` where there is none."""
    number = number_of(id)
    return CloseUp(
        incident=standing(snapshot, number),
        voices=_voices(snapshot, number),
        sources=_counted_sources(snapshot, number),
        figured=_figured(snapshot, number),
        parts=tuple(read_incidents(snapshot, parts_of(snapshot, number).limit(_PARTS))),
        versions=tuple(versions_of(snapshot, number, _VERSIONS)),
    )


def _voices(snapshot: Snapshot, number: int) -> tuple[Voice, ...]:
    one = (accounts.c.source, accounts.c.stance)
    place = func.row_number().over(partition_by=one, order_by=accounts.c.id)
    from_last = func.row_number().over(partition_by=one, order_by=accounts.c.id.desc())
    count = func.count().over(partition_by=one)
    ranked = (
        select(accounts.c.id, accounts.c.stance, count.label("told"))
        .add_columns(place.label("place"), from_last.label("from_last"))
        .where(accounts.c.incident == number, holds(accounts, snapshot.revision))
        .subquery()
    )
    spot = func.row_number().over(
        partition_by=ranked.c.stance, order_by=(ranked.c.told.desc(), ranked.c.id)
    )
    chosen = (
        select(ranked.c.id, ranked.c.told, spot.label("spot"))
        .where(or_(ranked.c.place < _EACH, ranked.c.from_last == 1))
        .subquery()
    )
    first = select(chosen.c.id, chosen.c.told).where(chosen.c.spot <= _SOURCES * _EACH)
    counts = {row.id: row.told for row in snapshot.connection.execute(first)}
    held: dict[tuple[str, str], list[Account]] = {}
    for account in _read(snapshot, list(counts)):
        held.setdefault((account.source, account.stance), []).append(account)
    voices = [
        Voice(source=source, stance=stance, told=counts[told_by[0].id], accounts=tuple(told_by))
        for (source, stance), told_by in held.items()
    ]
    voices.sort(key=lambda voice: (-voice.told, voice.accounts[0].id))
    stances = {voice.stance: [v for v in voices if v.stance == voice.stance] for voice in voices}
    return tuple(voice for held_by in stances.values() for voice in held_by[:_SOURCES])


def _counted_sources(snapshot: Snapshot, number: int) -> dict[str, int]:
    count = select(accounts.c.stance, func.count(accounts.c.source.distinct()))
    count = count.where(accounts.c.incident == number, holds(accounts, snapshot.revision))
    found = snapshot.connection.execute(count.group_by(accounts.c.stance))
    return {stance: int(n) for stance, n in found}


def _figured(snapshot: Snapshot, number: int) -> tuple[Account, ...]:
    first = (
        select(func.min(accounts.c.id))
        .join(tellings, tellings.c.id == accounts.c.telling)
        .where(accounts.c.incident == number, holds(accounts, snapshot.revision))
        .where(tellings.c.figures != "[]", accounts.c.stance != "denies")
        .group_by(accounts.c.source, tellings.c.figures)
        .order_by(func.min(accounts.c.id))
        .limit(_FIGURES)
    )
    return tuple(_read(snapshot, list(snapshot.connection.scalars(first))))


def some_accounts(snapshot: Snapshot, numbers: Sequence[int], most: int) -> list[Account]:
    """Accounts of some incidents, at most so many of each: of every source that has a name the
    first in each stance, then the first of the others, then what they tell again."""
    one = (accounts.c.incident, accounts.c.source, accounts.c.stance)
    place = func.row_number().over(partition_by=one, order_by=accounts.c.id)
    ranked = (
        select(accounts.c.id, accounts.c.incident, accounts.c.source, place.label("place"))
        .where(accounts.c.incident.in_(numbers), holds(accounts, snapshot.revision))
        .subquery()
    )
    nameless = or_(*(ranked.c.source.startswith(mark) for mark in (PRESS, UNNAMED)))
    order = (case((ranked.c.place > 1, 2), (nameless, 1), else_=0), ranked.c.place, ranked.c.id)
    spot = func.row_number().over(partition_by=ranked.c.incident, order_by=order)
    chosen = select(ranked.c.id, spot.label("spot")).subquery()
    ids = select(chosen.c.id).where(chosen.c.spot <= most)
    found = told(snapshot).where(accounts.c.id.in_(list(snapshot.connection.scalars(ids))))
    return read_accounts(snapshot, found.order_by(accounts.c.incident, accounts.c.id))


def counted_accounts(snapshot: Snapshot, numbers: Sequence[int]) -> dict[str, int]:
    """How many accounts there are of some incidents, by incident."""
    count = select(accounts.c.incident, func.count()).group_by(accounts.c.incident)
    count = count.where(accounts.c.incident.in_(numbers), holds(accounts, snapshot.revision))
    return {f"i{number}": int(n) for number, n in snapshot.connection.execute(count)}


def _read(snapshot: Snapshot, ids: Sequence[int]) -> list[Account]:
    found = told(snapshot).where(accounts.c.id.in_(ids)).order_by(accounts.c.id)
    return graded(snapshot, read_accounts(snapshot, found))
