"""Reports that hold the words of a query, ranked by relevance and newness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import func, select

from menurut.contract import Span
from menurut.ledger.dialects import ranked_by_stems
from menurut.ledger.history import holds
from menurut.ledger.paging import Page, cursor, keys_of
from menurut.ledger.queries.accounts import told_by
from menurut.ledger.schema import reports
from menurut.ledger.snippets import marks, snippet
from menurut.ledger.stems import query_stems
from menurut.ledger.store import Snapshot

_RANKED = 500
"""Reports that are ranked against each other: the newest that fit, so that the cost has a bound."""
_NEWNESS = 0.5
"""What being new weighs, where being the most relevant weighs one."""
_HALVED = 120
"""Days after which newness counts for half."""
_ORDER = "search"


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A report that holds the words of a query, and the incidents that it tells of.

    ``words``: the paragraph that holds most of them, cut short where it is long. ``marks`` and
    ``title_marks``: where they stand in ``words`` and in ``title``.
    """

    report: str
    title: str | None
    publisher: str | None
    published_at: str | None
    language: str
    words: str
    incidents: tuple[str, ...]
    marks: tuple[Span, ...] = ()
    title_marks: tuple[Span, ...] = ()


def search(snapshot: Snapshot, query: str, most: int = 20) -> list[Hit]:
    """The first page of ``page_hits``."""
    return list(page_hits(snapshot, query, most).items)


def page_hits(
    snapshot: Snapshot, query: str, most: int = 20, after: str | None = None
) -> Page[Hit]:
    """Reports that hold every word of a query, in any of its forms and languages.

    The newest five hundred are ranked by relevance (words of the title count for more) and
    newness, then the next five hundred. Raises ``LedgerError`` for a bad cursor.
    """
    groups = query_stems(query)
    newest, begin = _place(snapshot, after)
    if not groups or newest is None:
        return Page(items=())
    found: list[int] = []
    while True:
        met = ranked_by_stems(snapshot.connection, groups, newest, _RANKED)
        ranked = _ranked(snapshot, met)
        taken = ranked[begin : begin + most - len(found)]
        found += taken
        begin += len(taken)
        if begin == len(ranked):
            if len(met) < _RANKED:
                return Page(items=_hits(snapshot, found, groups))
            newest, begin = met[-1][0] - 1, 0
        if len(found) == most:
            return Page(items=_hits(snapshot, found, groups), after=cursor(_ORDER, (newest, begin)))


def _place(snapshot: Snapshot, after: str | None) -> tuple[int | None, int]:
    """The newest report to look at, and how many of those ranked with it are passed over."""
    if after is not None:
        newest, begin = keys_of(after, _ORDER, 2)
        return newest, max(begin or 0, 0)
    last = select(func.max(reports.c.id))
    if snapshot.revision is not None:
        last = last.where(reports.c.since <= snapshot.revision)
    return snapshot.connection.execute(last).scalar(), 0


def _ranked(snapshot: Snapshot, met: Sequence[tuple[int, float]]) -> list[int]:
    """Those of the reports that hold, the best first."""
    relevance = dict(met)
    found = select(reports.c.id, reports.c.day).where(reports.c.id.in_(relevance))
    days = {
        row.id: row.day
        for row in snapshot.connection.execute(found.where(holds(reports, snapshot.revision)))
    }
    most = max((relevance[id] for id in days), default=0) or 1.0
    newest = max((day for day in days.values() if day is not None), default=0)

    def score(id: int) -> float:
        day = days[id]
        age = 0.0 if day is None else 0.5 ** ((newest - day) / _HALVED)
        return relevance[id] / most + _NEWNESS * age

    return sorted(days, key=lambda id: (-score(id), -id))


def _hits(
    snapshot: Snapshot, ids: Sequence[int], groups: Sequence[tuple[str, ...]]
) -> tuple[Hit, ...]:
    found = select(reports).where(reports.c.id.in_(ids))
    rows = {row.id: row for row in snapshot.connection.execute(found)}
    told = told_by(snapshot, ids)
    return tuple(_hit(rows[id], tuple(told.get(id, ())), groups) for id in ids)


def _hit(row: Any, told: tuple[str, ...], groups: Sequence[tuple[str, ...]]) -> Hit:
    lines = snippet(row.text, row.language, groups)
    return Hit(
        report=row.name,
        title=row.title,
        publisher=row.publisher,
        published_at=row.published_at,
        language=row.language,
        words=lines.words,
        incidents=told,
        marks=lines.marks,
        title_marks=marks(row.title or "", row.language, groups),
    )
