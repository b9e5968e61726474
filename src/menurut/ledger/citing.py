"""The words of a report as they stand, by their offsets; and how fresh the ledger is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import select

from menurut.contract import Span
from menurut.ledger.errors import LedgerError
from menurut.ledger.queries.lookups import report_named
from menurut.ledger.schema import revisions
from menurut.ledger.store import Snapshot


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a report, character for character. ``span``: their offsets in its text."""

    report: str
    title: str | None
    publisher: str | None
    agency: str | None
    language: str
    published_at: str | None
    url: str | None
    span: Span
    words: str


def quote(snapshot: Snapshot, name: str, start: int, end: int | None = None) -> Citation:
    """The words of a report between two offsets; ``end`` None: to its end.

    Raises ``LedgerError`` where there is no such report, or no such stretch of its text.
    """
    row = report_named(snapshot, name)
    return _citation(row, _stretch(row, start, end))


def find_words(
    snapshot: Snapshot,
    name: str,
    words: str,
    start: int = 0,
    end: int | None = None,
    most: int = 50,
) -> list[Citation]:
    """Where a report has words, in exactly this form; only blanks and line ends may differ.

    Raises ``LedgerError`` where there is no such report or stretch, or the words are not in it.
    """
    row = report_named(snapshot, name)
    places = _places(row.text, words, *_stretch(row, start, end))
    found = [_citation(row, span) for span in islice(places, most)]
    if not found:
        raise LedgerError("the report {name!r} does not have these words there", name=name)
    return found


def _stretch(row: Any, start: int, end: int | None) -> Span:
    long = len(row.text)
    end = long if end is None else end
    if not 0 <= start < end <= long:
        raise LedgerError(
            f"the text of {row.name!r} has {long} characters; {start} to {end} is no stretch of it"
        )
    return start, end


def _places(text: str, words: str, start: int, end: int) -> Iterator[Span]:
    wanted = re.compile(r"\s+".join(map(re.escape, words.split())))
    return (found.span() for found in wanted.finditer(text, start, end) if found.group())


def _citation(row: Any, span: Span) -> Citation:
    return Citation(
        report=row.name,
        title=row.title,
        publisher=row.publisher,
        agency=row.agency,
        language=row.language,
        published_at=row.published_at,
        url=row.url,
        span=span,
        words=row.text[slice(*span)],
    )


def state(snapshot: Snapshot) -> str:
    """What stays the same for as long as nothing in the ledger changes: its newest revision."""
    newest = select(revisions.c.id, revisions.c.at).order_by(revisions.c.id.desc()).limit(1)
    row = snapshot.connection.execute(newest).first()
    seen = "" if snapshot.revision is None else f"@{snapshot.revision}"
    return f"{row.id}/{row.at}{seen}" if row else f"0{seen}"
