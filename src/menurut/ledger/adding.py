"""Adds a report to the ledger: one transaction, whole or not at all; twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, Literal

import msgspec
from sqlalchemy import insert, select, update

from menurut.contract import Analysis, Report
from menurut.ledger import editions, judgements
from menurut.ledger.copies import Prints, find_origin, keep_prints, prints_of
from menurut.ledger.errors import LedgerError
from menurut.ledger.fingerprints import agency_of
from menurut.ledger.history import close, next_id
from menurut.ledger.incidents import Bench
from menurut.ledger.indexing import index
from menurut.ledger.intervals import day_of
from menurut.ledger.joining import Joiner
from menurut.ledger.schema import accounts, readings, reports, tellings
from menurut.ledger.store import Draft, Ledger
from menurut.ledger.tellings import tellings as told_in

Change = Literal["added", "unchanged", "reread", "corrected", "withdrawn", "superseded"]


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What adding a report did. ``copy_of``: the report that it copies; ``joined`` and ``opened``:
    incidents that were there and that are new."""

    report: str
    change: Change
    copy_of: str | None = None
    joined: tuple[int, ...] = ()
    opened: tuple[int, ...] = ()


def add(ledger: Ledger, report: Report, analysis: Analysis, author: str = "menurut") -> Added:
    """Add a report with its analysis, in a revision of its own.

    The same report again changes nothing; with another analysis it is read anew, with another text
    it is corrected, under a new id too where its sender names the old one. What its sender
    withdraws keeps its history but tells of nothing any more, and an earlier edition than the one
    that is held is passed over (``superseded``). Raises ``LedgerError`` where another publisher's
    report has its id or is to give way to it, or the analysis is not the report's.
    """
    if report.id != analysis.id:
        raise LedgerError(f"the analysis is of {analysis.id!r}, not of {report.id!r}")
    with ledger.write("add", author) as draft:
        return add_to(draft, report, analysis)


def add_to(draft: Draft, report: Report, analysis: Analysis) -> Added:
    """``add`` within a revision under way."""
    publisher = report.publisher or analysis.publisher
    held = current(draft, report.id)
    before = editions.standing(draft, report, publisher)
    for row in before:
        _check_publisher(row, report, publisher)
    if any(editions.outdated(draft, report, row.name) for row in before):
        return _supersede(draft, report, publisher, before)
    if held is None or held.digest != digest(report):
        return _replace(draft, report, analysis, before)
    editions.note(draft, report, publisher)
    if _reading_digest(draft, held.id) == _analysis_digest(analysis):
        return Added(report=report.id, change="unchanged")
    draft.kind = "reread"
    return _take(draft, report, analysis, "reread", held, _withdraw(draft, held.id))


def _supersede(
    draft: Draft, report: Report, publisher: str | None, standing: Sequence[Any]
) -> Added:
    """Pass an earlier edition over; what it takes the place of gives way all the same."""
    older = [row for row in standing if not editions.outdated(draft, report, row.name)]
    editions.note(draft, report, publisher, older, late=True)
    if older:
        draft.kind = "correct"
        bench = Bench(draft)
        bench.rebuild(sorted({row.incident for row in _end(draft, older)}))
        bench.write()
    return Added(report=report.id, change="superseded")


def _replace(draft: Draft, report: Report, analysis: Analysis, before: Sequence[Any]) -> Added:
    """Take a report that is new in these words, in the place of what stood for its story."""
    gone = editions.withdrawn(report)
    change: Change = "withdrawn" if gone else "corrected" if before else "added"
    if before:
        draft.kind = "withdraw" if gone else "correct"
    old = _end(draft, before)
    editions.note(draft, report, report.publisher or analysis.publisher, before)
    return _take(draft, report, analysis, change, None, old)


def _end(draft: Draft, rows: Sequence[Any]) -> list[Any]:
    """End reports with all that they tell; their tellings, with incidents."""
    told = [telling for row in rows for telling in _withdraw(draft, row.id)]
    close(draft.connection, reports, [row.id for row in rows], draft.revision)
    return told


def relink(draft: Draft, name: str) -> Added | None:
    """Link a report anew, after a judgement; None where the ledger has no such report."""
    held = current(draft, name)
    if held is None:
        return None
    analysis = reading_of(draft, held.id)
    return _take(
        draft, _report(held, analysis), analysis, "reread", held, _withdraw(draft, held.id)
    )


def current(draft: Draft, name: str) -> Any:
    """The row of the report of a name, or None."""
    found = select(reports).where(reports.c.name == name, reports.c.until.is_(None))
    return draft.connection.execute(found).first()


def reading_of(draft: Draft, report: int) -> Analysis:
    """The analysis of a report that holds today."""
    found = select(readings.c.analysis).where(
        readings.c.report == report, readings.c.until.is_(None)
    )
    text = draft.connection.execute(found).scalar_one()
    return msgspec.json.decode(text, type=Analysis)


def digest(report: Report) -> str:
    """What a report says, as a number: a report that says the same has the same."""
    said = [report.text, report.title, report.published_at, report.publisher]
    return _digest([*said, "withdrawn"] if editions.withdrawn(report) else said)


def _digest(what: Any) -> str:
    return blake2b(msgspec.json.encode(what), digest_size=16).hexdigest()


def _analysis_digest(analysis: Analysis) -> str:
    return _digest(analysis)


def _reading_digest(draft: Draft, report: int) -> str | None:
    found = select(readings.c.digest).where(readings.c.report == report, readings.c.until.is_(None))
    return draft.connection.execute(found).scalar()


def _report(row: Any, analysis: Analysis) -> Report:
    return Report(
        id=row.name,
        text=row.text,
        title=row.title,
        language=row.language,
        published_at=row.published_at,
        publisher=row.publisher,
        url=row.url,
        byline=row.byline,
        edition=analysis.edition,
    )


def _check_publisher(held: Any, report: Report, publisher: str | None) -> None:
    if held.publisher and publisher and held.publisher != publisher:
        raise LedgerError(f"another report of {held.publisher} has the id {report.id!r}")


def _withdraw(draft: Draft, report: int) -> Sequence[Any]:
    """Close what the ledger keeps of a report, but not the report; its tellings, with incidents."""
    connection, revision = draft.connection, draft.revision
    told = connection.execute(
        select(tellings.c.id, tellings.c.type, tellings.c.start, tellings.c.end)
        .add_columns(accounts.c.incident)
        .join(accounts, accounts.c.telling == tellings.c.id)
        .where(tellings.c.report == report, tellings.c.until.is_(None), accounts.c.until.is_(None))
        .distinct()
        .order_by(tellings.c.id)
    ).all()
    for table in (accounts, tellings, readings):
        connection.execute(
            update(table)
            .where(table.c.report == report, table.c.until.is_(None))
            .values(until=revision)
        )
    return told


def _take(
    draft: Draft,
    report: Report,
    analysis: Analysis,
    change: Change,
    held: Any,
    before: Sequence[Any],
) -> Added:
    judged = editions.judged(draft, report)
    read = () if editions.withdrawn(report) else told_in(report, analysis)
    told = judgements.corrected(read, report.id, judged)
    agency = agency_of(report, analysis)
    known = prints_of(report.text, agency, analysis.published_at, told)
    if held is None:
        number, origin = _insert_report(draft, report, analysis, agency, known)
    else:
        number, origin = held.id, held.origin
    _insert_reading(draft, number, analysis)
    publisher = report.publisher or analysis.publisher
    bench = Bench(draft)
    bench.rebuild(sorted({row.incident for row in before}))
    joiner = Joiner(draft, bench, report.id, number, origin, publisher, judged, before)
    joiner.join(told)
    bench.write()
    joiner.write()
    return Added(
        report=report.id,
        change=change,
        copy_of=_name(draft, origin) if origin != number else None,
        joined=tuple(sorted(joiner.joined)),
        opened=tuple(sorted(joiner.opened)),
    )


def _name(draft: Draft, report: int) -> str | None:
    return draft.connection.execute(select(reports.c.name).where(reports.c.id == report)).scalar()


def _insert_report(
    draft: Draft, report: Report, analysis: Analysis, agency: str | None, known: Prints
) -> tuple[int, int]:
    """Write the report down; its number and its origin's."""
    connection = draft.connection
    number = next_id(connection, reports)
    origin = find_origin(draft, number, report.text, analysis.language, known)
    title = report.title or analysis.title
    connection.execute(
        insert(reports).values(
            id=number,
            name=report.id,
            digest=digest(report),
            language=analysis.language,
            published_at=analysis.published_at,
            day=day_of(analysis.published_at),
            publisher=report.publisher or analysis.publisher,
            agency=agency,
            title=title,
            byline=report.byline or analysis.byline,
            url=report.url,
            text=report.text,
            origin=origin.report,
            origin_reason=origin.reason,
            traits=msgspec.json.encode(sorted(known.traits)).decode(),
            since=draft.revision,
        )
    )
    keep_prints(connection, number, known)
    index(connection, number, title, report.text, analysis.language)
    return number, origin.report


def _insert_reading(draft: Draft, report: int, analysis: Analysis) -> None:
    draft.connection.execute(
        insert(readings).values(
            id=next_id(draft.connection, readings),
            report=report,
            digest=_analysis_digest(analysis),
            analysis=msgspec.json.encode(analysis).decode(),
            since=draft.revision,
        )
    )


def known_reports(ledger: Ledger, named: Iterable[Report]) -> set[str]:
    """Which reports the ledger has in these very words: they need not be read again."""
    found: set[str] = set()
    with ledger.read() as snapshot:
        for report in named:
            row = snapshot.connection.execute(
                select(reports.c.digest).where(
                    reports.c.name == report.id, reports.c.until.is_(None)
                )
            ).first()
            same = row is not None and row.digest == digest(report)
            if same and editions.noted(snapshot.connection, report):
                found.add(report.id)
    return found
