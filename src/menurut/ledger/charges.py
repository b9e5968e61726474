"""Acts of speech with their neighbours: what else the reports say that tell of them.

What an act of speech means may hang on the one in front of it in a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, or_, select

from menurut.ledger.history import batched, holds
from menurut.ledger.passing import Whole, heads_of
from menurut.ledger.queries import Account, number_of
from menurut.ledger.queries.accounts import read_accounts, told
from menurut.ledger.schema import accounts, incidents, reports
from menurut.ledger.store import Snapshot


def with_neighbours(snapshot: Snapshot, numbers: Sequence[int], type: str) -> list[Whole]:
    """All acts of a type that stand in the reports which tell of some of them, each with its
    accounts in these reports."""
    carrying = sorted(_reports(snapshot, numbers))
    beside = sorted(_told_in(snapshot, carrying, type))
    wanted = set(beside)
    held: dict[str, list[Account]] = {}
    for some in batched(carrying):
        found = told(snapshot).where(accounts.c.report.in_(some))
        for account in read_accounts(snapshot, found.order_by(accounts.c.incident, accounts.c.id)):
            if number_of(account.incident) in wanted:
                held.setdefault(account.incident, []).append(account)
    return [(head, held.get(head.id, [])) for head in heads_of(snapshot, beside)]


def words_told_in(snapshot: Snapshot, names: Iterable[str]) -> dict[str, set[tuple[str, str]]]:
    """All words that accounts of some reports rest on, each with its language, by report."""
    length = accounts.c.end - accounts.c.start
    words = func.substr(reports.c.text, accounts.c.start + 1, length).label("words")
    found = (
        select(reports.c.name, reports.c.language, words)
        .join(accounts, accounts.c.report == reports.c.id)
        .where(holds(accounts, snapshot.revision), holds(reports, snapshot.revision))
        .distinct()
    )
    told: dict[str, set[tuple[str, str]]] = {}
    for some in batched(sorted(set(names))):
        for row in snapshot.connection.execute(found.where(reports.c.name.in_(some))):
            told.setdefault(row.name, set()).add((" ".join(row.words.split()), row.language))
    return told


def types_of(snapshot: Snapshot, ids: Iterable[str]) -> dict[str, str]:
    """The types of some incidents, by their ids; those that are there."""
    found = select(incidents.c.incident, incidents.c.type).where(
        holds(incidents, snapshot.revision)
    )
    return {
        f"i{row.incident}": row.type
        for some in batched(sorted(map(number_of, set(ids))))
        for row in snapshot.connection.execute(found.where(incidents.c.incident.in_(some)))
    }


def affected(snapshot: Snapshot, changed: Sequence[int], since: int, type: str) -> set[int]:
    """The incidents that a change of others after a revision may mean something for: acts of a type
    that are about one of them, those in reports in which one of them is, or was told of, and all in
    reports that tell more or less than they did."""
    about = select(incidents.c.incident).where(
        incidents.c.type == type, holds(incidents, snapshot.revision)
    )
    acts = select(incidents.c.incident).where(incidents.c.type == type).distinct()
    found, spoken = set[int](), set[int]()
    for some in batched(changed):
        found |= set(snapshot.connection.scalars(about.where(incidents.c.about.in_(some))))
        spoken |= set(snapshot.connection.scalars(acts.where(incidents.c.incident.in_(some))))
    beside = _reports(snapshot, sorted(spoken), since)
    found |= _told_in(snapshot, sorted(beside), type)
    return found | _told_in(snapshot, sorted(_rewritten(snapshot, changed, since)))


def _rewritten(snapshot: Snapshot, changed: Sequence[int], since: int) -> set[int]:
    """The reports of which some incidents took up, or lost, an account after a revision."""
    found = select(accounts.c.report).distinct()
    found = found.where(or_(accounts.c.since > since, accounts.c.until > since))
    return {
        report
        for some in batched(changed)
        for report in snapshot.connection.scalars(found.where(accounts.c.incident.in_(some)))
    }


def _reports(snapshot: Snapshot, numbers: Sequence[int], since: int | None = None) -> set[int]:
    """The reports that tell of incidents. ``since``: also those that did up to that revision."""
    now = holds(accounts, snapshot.revision)
    held = now if since is None else or_(now, accounts.c.until > since)
    found = select(accounts.c.report).where(held).distinct()
    return {
        report
        for some in batched(numbers)
        for report in snapshot.connection.scalars(found.where(accounts.c.incident.in_(some)))
    }


def _told_in(snapshot: Snapshot, numbers: Sequence[int], type: str | None = None) -> set[int]:
    """The incidents, or those of a type, of which some reports tell."""
    found = (
        select(incidents.c.incident)
        .join(accounts, accounts.c.incident == incidents.c.incident)
        .where(holds(incidents, snapshot.revision), holds(accounts, snapshot.revision))
        .distinct()
    )
    if type is not None:
        found = found.where(incidents.c.type == type)
    return {
        number
        for some in batched(numbers)
        for number in snapshot.connection.scalars(found.where(accounts.c.report.in_(some)))
    }
