"""Through whose mouths accounts came, what answers an incident, and what became of reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Select, and_, func, select

from menurut.contract import Analysis, Span, Statement
from menurut.ledger.history import batched, holds
from menurut.ledger.queries.accounts import Account, accounts_of, graded, read_accounts, told
from menurut.ledger.queries.closeups import some_accounts
from menurut.ledger.queries.incidents import Incident, number_of, read_incidents
from menurut.ledger.schema import accounts, incidents, readings, reports, revisions
from menurut.ledger.store import Snapshot

_CHANGED = ("correct", "withdraw")
_ABOUT = ("title", "publisher", "language", "published_at", "url", "byline")
_KEPT = [reports.c[name] for name in ("name", "text", *_ABOUT)]


class Carrier(msgspec.Struct, frozen=True, kw_only=True):
    """A report as the carrier of accounts. ``added_at``: when the ledger took it; ``outer``: by a
    statement's id, the names of those who pass it on, the nearest first."""

    report: str
    title: str | None
    publisher: str | None
    language: str
    published_at: str | None
    url: str | None
    byline: str | None
    added_at: str
    outer: dict[str, tuple[str, ...]]


class Lost(msgspec.Struct, frozen=True, kw_only=True):
    """An account that no longer holds: its report was corrected or withdrawn by its sender.

    ``change``: ``correct`` or ``withdraw``; ``at``: when the ledger took that up.
    """

    incident: str
    report: str
    publisher: str | None
    published_at: str | None
    name: str | None
    stance: str
    change: str
    at: str


def carriers(snapshot: Snapshot, names: Iterable[str]) -> dict[str, Carrier]:
    """The reports of some names as carriers, by name."""
    found = (
        select(*_KEPT, revisions.c.at, readings.c.analysis)
        .join(readings, readings.c.report == reports.c.id)
        .join(revisions, revisions.c.id == reports.c.since)
        .where(holds(reports, snapshot.revision), holds(readings, snapshot.revision))
    )
    return {
        row.name: _carrier(row)
        for some in batched(sorted(set(names)))
        for row in snapshot.connection.execute(found.where(reports.c.name.in_(some)))
    }


def _carrier(row: Any) -> Carrier:
    analysis = msgspec.json.decode(row.analysis, type=Analysis)
    by_id = {statement.id: statement for statement in analysis.statements}
    names = {actor.id: actor.name for actor in analysis.actors}

    def speaker(statement: Statement) -> str:
        named = [names[a] for a in statement.source.actors if a in names]
        words = (" ".join(row.text[s:e].split()) for s, e in statement.source.spans)
        return ", ".join(named) or " ".join(words)

    return Carrier(
        report=row.name,
        **{name: row._mapping[name] for name in _ABOUT},
        added_at=row.at,
        outer={
            s.id: chain
            for s in analysis.statements
            if (chain := tuple(filter(None, map(speaker, _around(s, by_id)))))
        },
    )


def _around(statement: Statement, by_id: dict[str, Statement]) -> Iterator[Statement]:
    """The statements in which one lies, the innermost first."""
    seen = {statement.id}
    while statement.within in by_id and statement.within not in seen:
        statement = by_id[statement.within or ""]
        seen.add(statement.id)
        yield statement


def words_at(snapshot: Snapshot, spots: Iterable[tuple[str, Span]]) -> dict[tuple[str, Span], str]:
    """What reports say at some spans, to the letter."""
    wanted = sorted(set(spots))
    found = select(reports.c.name, reports.c.text).where(holds(reports, snapshot.revision))
    texts = {
        row.name: row.text
        for some in batched(sorted({name for name, _span in wanted}))
        for row in snapshot.connection.execute(found.where(reports.c.name.in_(some)))
    }
    return {(name, span): texts[name][slice(*span)] for name, span in wanted if name in texts}


def answers(
    snapshot: Snapshot, numbers: Sequence[int], most: int | None = None
) -> list[tuple[Incident, list[Account]]]:
    """The acts of speech that are about some incidents, each with its accounts.

    ``most``: of each incident the first acts, and of each act some accounts, at most so many.
    """
    heads = read_incidents(snapshot, _acts(snapshot, numbers, most))
    own = [number_of(i.id) for i in heads]
    told_so = accounts_of(snapshot, own) if most is None else some_accounts(snapshot, own, most)
    given: dict[str, list[Account]] = {}
    for account in graded(snapshot, told_so):
        given.setdefault(account.incident, []).append(account)
    return [(incident, given.get(incident.id, [])) for incident in heads]


def _acts(snapshot: Snapshot, numbers: Sequence[int], most: int | None) -> Select[Any]:
    now = holds(incidents, snapshot.revision)
    found = select(incidents).where(incidents.c.about.in_(numbers), now)
    if most is not None:
        place = func.row_number().over(
            partition_by=incidents.c.about, order_by=incidents.c.incident
        )
        ranked = select(incidents.c.id, place.label("place"))
        first = ranked.where(incidents.c.about.in_(numbers), now).subquery()
        found = found.where(incidents.c.id.in_(select(first.c.id).where(first.c.place <= most)))
    return found.order_by(incidents.c.incident)


def accounts_numbered(snapshot: Snapshot, ids: Iterable[int]) -> list[Account]:
    """Accounts by their own numbers, with the grades that people gave."""
    found = told(snapshot).order_by(accounts.c.id)
    return graded(
        snapshot,
        (
            account
            for some in batched(sorted(set(ids)))
            for account in read_accounts(snapshot, found.where(accounts.c.id.in_(some)))
        ),
    )


def lost_accounts(snapshot: Snapshot, numbers: Sequence[int]) -> list[Lost]:
    """The accounts of some incidents that went with a correction or a withdrawal, as they went."""
    ended = revisions.alias("ended")
    found = (
        select(accounts.c.incident, accounts.c.name, accounts.c.stance, ended.c.kind, ended.c.at)
        .add_columns(reports.c.name.label("report"), reports.c.publisher, reports.c.published_at)
        .join(ended, ended.c.id == accounts.c.until)
        .join(reports, and_(reports.c.id == accounts.c.report, reports.c.until == ended.c.id))
        .where(accounts.c.incident.in_(numbers), ended.c.kind.in_(_CHANGED))
        .order_by(ended.c.id, accounts.c.id)
    )
    if snapshot.revision is not None:
        found = found.where(ended.c.id <= snapshot.revision)
    lost = (
        Lost(
            incident=f"i{row.incident}",
            report=row.report,
            publisher=row.publisher,
            published_at=row.published_at,
            name=row.name,
            stance=row.stance,
            change=row.kind,
            at=row.at,
        )
        for row in snapshot.connection.execute(found)
    )
    return list(dict.fromkeys(lost))
