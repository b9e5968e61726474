"""The names in a ledger's reports: of actors, and of what no actor is but has a name."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import select

from menurut.contract import Span
from menurut.ledger.history import holds
from menurut.ledger.schema import readings, reports
from menurut.ledger.store import Snapshot

_AROUND = 80
_AT_ONCE = 200


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A name where a report tells it. ``kind``: of the actor; ``ORG`` or ``MISC`` without one.
    ``words``: the name with what stands around it."""

    name: str
    kind: str
    report: str
    publisher: str | None
    published_at: str | None
    span: Span
    words: str


def names_told(snapshot: Snapshot) -> Iterator[Told]:
    """Every name of every report that holds, each once a report, in the order of the reports."""
    found = (
        select(reports.c.name, reports.c.publisher, reports.c.published_at, reports.c.text)
        .add_columns(readings.c.analysis)
        .join(readings, readings.c.report == reports.c.id)
        .where(holds(reports, snapshot.revision), holds(readings, snapshot.revision))
        .order_by(reports.c.id)
    )
    decoder = msgspec.json.Decoder(_Named)
    for row in snapshot.connection.execution_options(yield_per=_AT_ONCE).execute(found):
        for name, kind, span in _names(decoder.decode(row.analysis), row.text):
            yield Told(
                name=name,
                kind=kind,
                report=row.name,
                publisher=row.publisher,
                published_at=row.published_at,
                span=span,
                words=_around(row.text, span),
            )


class _Actor(msgspec.Struct):
    name: str
    kind: str
    mentions: tuple[Span, ...]


class _Name(msgspec.Struct):
    span: Span
    label: str


class _Named(msgspec.Struct):
    """What is needed of an analysis; the rest of it is not decoded."""

    actors: tuple[_Actor, ...] = ()
    names: tuple[_Name, ...] = ()


def _names(named: _Named, text: str) -> Iterator[tuple[str, str, Span]]:
    seen: set[str] = set()
    spans = {mention for actor in named.actors for mention in actor.mentions}
    for actor in named.actors:
        if actor.mentions and actor.name not in seen:
            seen.add(actor.name)
            yield actor.name, actor.kind, actor.mentions[0]
    for name in named.names:
        words = " ".join(text[slice(*name.span)].split())
        inside = any(s <= name.span[0] and name.span[1] <= e for s, e in spans)
        if name.label in ("ORG", "MISC", "PER") and not inside and words not in seen:
            seen.add(words)
            yield words, name.label, name.span


def _around(text: str, span: Span) -> str:
    start, end = span
    return " ".join(text[max(start - _AROUND, 0) : end + _AROUND].split())
