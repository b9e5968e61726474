"""Two reports side by side."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from menurut.ledger.queries.accounts import Account, read_accounts, told
from menurut.ledger.queries.lookups import report_named
from menurut.ledger.schema import accounts
from menurut.ledger.store import Snapshot


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two reports side by side: incidents that both tell of, and each one's own accounts."""

    first: str
    second: str
    shared: tuple[Pair, ...]
    only_first: tuple[Account, ...]
    only_second: tuple[Account, ...]
    same_origin: bool


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """What two reports tell of one incident. ``differs``: in figures, or in what is vouched for."""

    incident: str
    first: tuple[Account, ...]
    second: tuple[Account, ...]
    differs: tuple[str, ...]


def compare_reports(snapshot: Snapshot, first: str, second: str) -> Comparison:
    """What two reports have in common, what each has alone, and where they differ.

    Raises ``LedgerError`` for a report that is not in the ledger.
    """
    one, two = (_by_incident(snapshot, name) for name in (first, second))
    shared = [_pair(id, one[id], two[id]) for id in one if id in two]
    origins = {report_named(snapshot, name).origin for name in (first, second)}
    return Comparison(
        first=first,
        second=second,
        shared=tuple(shared),
        only_first=tuple(a for id, held in one.items() if id not in two for a in held),
        only_second=tuple(a for id, held in two.items() if id not in one for a in held),
        same_origin=len(origins) == 1,
    )


def _pair(id: str, first: list[Account], second: list[Account]) -> Pair:
    differs = []
    if _figures(first) != _figures(second):
        differs.append("figures")
    if {a.stance for a in first} != {a.stance for a in second}:
        differs.append("stances")
    if {a.status for a in first} != {a.status for a in second}:
        differs.append("status")
    return Pair(incident=id, first=tuple(first), second=tuple(second), differs=tuple(differs))


def _figures(told: Iterable[Account]) -> set[tuple[float | None, float | None]]:
    return {(f.low, f.high) for account in told for f in account.figures}


def _by_incident(snapshot: Snapshot, name: str) -> dict[str, list[Account]]:
    report = report_named(snapshot, name)
    carried = told(snapshot).where(accounts.c.report == report.id).order_by(accounts.c.id)
    found: dict[str, list[Account]] = {}
    for account in read_accounts(snapshot, carried):
        found.setdefault(account.incident, []).append(account)
    return found
