"""Reports that hold the words of a query."""

from __future__ import annotations

import msgspec
from sqlalchemy import select

from menurut.ledger.dialects import found_by_stems
from menurut.ledger.history import holds
from menurut.ledger.schema import accounts, reports
from menurut.ledger.stems import query_stems, stems
from menurut.ledger.store import Snapshot

_FOUND = 500


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A report that holds the words of a query, and the incidents that it tells of."""

    report: str
    title: str | None
    publisher: str | None
    published_at: str | None
    language: str
    words: str
    incidents: tuple[str, ...]


def search(snapshot: Snapshot, query: str, most: int = 20) -> list[Hit]:
    """The newest reports that hold every word of a query, in any of its forms and languages."""
    groups = query_stems(query)
    if not groups:
        return []
    numbers = found_by_stems(
        snapshot.connection, groups, most if snapshot.revision is None else _FOUND
    )
    found = select(reports).where(reports.c.id.in_(numbers), holds(reports, snapshot.revision))
    rows = snapshot.connection.execute(found.order_by(reports.c.id.desc()).limit(most)).all()
    told = (
        select(accounts.c.report, accounts.c.incident)
        .where(accounts.c.report.in_([row.id for row in rows]), holds(accounts, snapshot.revision))
        .distinct()
        .order_by(accounts.c.incident)
    )
    by_report: dict[int, list[str]] = {}
    for report, incident in snapshot.connection.execute(told):
        by_report.setdefault(report, []).append(f"i{incident}")
    return [
        Hit(
            report=row.name,
            title=row.title,
            publisher=row.publisher,
            published_at=row.published_at,
            language=row.language,
            words=_around(row.text, row.language, groups),
            incidents=tuple(by_report.get(row.id, ())),
        )
        for row in rows
    ]


def _around(text: str, language: str, groups: list[tuple[str, ...]]) -> str:
    """The paragraph that holds most words of a query."""

    def held(line: str) -> int:
        found = set(stems(line, language))
        return sum(any(stem in found for stem in group) for group in groups)

    lines = [line for line in text.splitlines() if line.strip()]
    return " ".join(max(lines, key=held, default="").split())
