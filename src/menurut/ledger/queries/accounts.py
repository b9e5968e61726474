"""Accounts: each source's version of an incident, at its words in a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, case, func, select

from menurut.ledger.grades import Grade, grades_of
from menurut.ledger.history import holds
from menurut.ledger.queries.columns import strings
from menurut.ledger.schema import accounts, reports, tellings
from menurut.ledger.store import Snapshot
from menurut.ledger.tellings import Said

_AROUND = 32
"""Characters of the report that a quotation shows before and after its words."""


class Quotation(msgspec.Struct, frozen=True):
    """The words of an account as the report has them, blanks and breaks too, and what is around
    them: enough to find them again where offsets have moved."""

    exact: str
    prefix: str
    suffix: str


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One source's version. ``source``: the key of the party, or ``press:`` and the number of the
    report whose own voice it is; ``origin``: the report that the carrying report copies; ``words``:
    its words in one line, ``quotation``: to the letter."""

    id: int
    incident: str
    source: str
    name: str | None
    code: str | None
    stance: str
    type: str
    status: str
    figures: tuple[Said, ...]
    said_on: str | None
    report: str
    title: str | None
    publisher: str | None
    agency: str | None
    language: str
    published_at: str | None
    origin: str | None
    statement: str | None
    kind: str | None
    span: tuple[int, int]
    trigger: tuple[int, int]
    words: str
    quotation: Quotation
    reasons: tuple[str, ...]
    margin: float
    linked_by: str
    grades: tuple[Grade, ...] = ()


def accounts_of(snapshot: Snapshot, numbers: Sequence[int]) -> list[Account]:
    """The accounts of some incidents, by incident, then as they came."""
    chosen = accounts.c.incident.in_(numbers)
    return read_accounts(
        snapshot, told(snapshot).where(chosen).order_by(accounts.c.incident, accounts.c.id)
    )


def told_by(snapshot: Snapshot, ids: Sequence[int]) -> dict[int, list[str]]:
    """The incidents of which reports tell, by the report's number."""
    found = (
        select(accounts.c.report, accounts.c.incident)
        .where(accounts.c.report.in_(ids), holds(accounts, snapshot.revision))
        .distinct()
        .order_by(accounts.c.incident)
    )
    held: dict[int, list[str]] = {}
    for report, incident in snapshot.connection.execute(found):
        held.setdefault(report, []).append(f"i{incident}")
    return held


def told(snapshot: Snapshot) -> Select[Any]:
    """All accounts, with what they tell and the report that carries them."""
    origin = reports.alias("origin")
    return (
        select(accounts, tellings.c.type, tellings.c.status, tellings.c.figures)
        .add_columns(tellings.c.start.label("trigger_start"), tellings.c.end.label("trigger_end"))
        .add_columns(reports.c.name.label("report_name"), reports.c.title, reports.c.publisher)
        .add_columns(reports.c.agency, reports.c.language, reports.c.published_at, reports.c.origin)
        .add_columns(_window().label("window"), origin.c.name.label("origin_name"))
        .join(tellings, tellings.c.id == accounts.c.telling)
        .join(reports, reports.c.id == accounts.c.report)
        .join(origin, origin.c.id == reports.c.origin)
        .where(holds(accounts, snapshot.revision))
    )


def _window() -> ColumnElement[str]:
    """The words of an account with what is around them; ``_quotation`` takes them apart."""
    first = case((accounts.c.start > _AROUND, accounts.c.start - _AROUND), else_=0)
    length = accounts.c.end + _AROUND - first
    return func.substr(reports.c.text, first + 1, length)


def _quotation(window: str, start: int, end: int) -> Quotation:
    before = min(start, _AROUND)
    after = before + end - start
    return Quotation(window[before:after], window[:before], window[after:])


def read_accounts(snapshot: Snapshot, found: Select[Any]) -> list[Account]:
    """The accounts that a statement made of ``told`` finds."""
    return [account_of(row) for row in snapshot.connection.execute(found)]


def account_of(row: Any) -> Account:
    """The account of a row of ``told``."""
    quotation = _quotation(row.window, row.start, row.end)
    return Account(
        id=row.id,
        incident=f"i{row.incident}",
        source=row.source,
        name=row.name,
        code=row.code,
        stance=row.stance,
        type=row.type,
        status=row.status,
        figures=msgspec.json.decode(row.figures, type=tuple[Said, ...]),
        said_on=row.said_on,
        report=row.report_name,
        title=row.title,
        publisher=row.publisher,
        agency=row.agency,
        language=row.language,
        published_at=row.published_at,
        origin=row.origin_name if row.origin != row.report else None,
        statement=row.statement,
        kind=row.kind,
        span=(row.start, row.end),
        trigger=(row.trigger_start, row.trigger_end),
        words=" ".join(quotation.exact.split()),
        quotation=quotation,
        reasons=strings(row.reasons),
        margin=row.margin,
        linked_by=row.linked_by,
    )


def graded(snapshot: Snapshot, found: Iterable[Account]) -> list[Account]:
    """The accounts with the grades that people gave to their sources, publishers and themselves."""
    given = grades_of(snapshot)
    if not given:
        return list(found)
    graded = []
    for account in found:
        subjects = (account.source, account.publisher, account.agency, f"account:{account.id}")
        grades = tuple(given[s] for s in subjects if s is not None and s in given)
        graded.append(msgspec.structs.replace(account, grades=grades))
    return graded
