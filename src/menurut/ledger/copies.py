"""Which reports are one source: copies of an agency's story, in the same words or translated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from sqlalchemy import Connection, delete, insert, select

from menurut.ledger import fingerprints
from menurut.ledger.dialects import newest_under
from menurut.ledger.schema import prints, reports
from menurut.ledger.tellings import Telling
from menurut.reports.prints import shared_text, signature

if TYPE_CHECKING:
    from menurut.ledger.store import Draft

_BATCH = 500


class Origin(NamedTuple):
    """The report that a report goes back to; itself where it is nobody's copy. ``reason``: why."""

    report: int
    reason: str | None


class Prints(NamedTuple):
    """What a report is known by: bands of its words and of its record, and its traits."""

    text: list[int]
    record: list[int]
    traits: frozenset[str]


def prints_of(text: str, agency: str | None, stamp: str | None, told: Iterable[Telling]) -> Prints:
    """The prints of a report."""
    traits = fingerprints.traits(told)
    return Prints(signature(text), fingerprints.record_bands(agency, stamp, traits), traits)


def keep_prints(connection: Connection, report: int, known: Prints) -> None:
    """Put a report under its bands, so that its copies find it."""
    bands = dict.fromkeys(known.text + known.record)
    if bands:
        connection.execute(insert(prints), [{"band": band, "report": report} for band in bands])


def print_all(connection: Connection) -> None:
    """Make the prints of all reports anew."""
    connection.execute(delete(prints))
    columns = (reports.c.id, reports.c.text, reports.c.agency, reports.c.published_at)
    found = select(*columns, reports.c.traits).where(reports.c.until.is_(None))
    last = 0
    while rows := connection.execute(
        found.where(reports.c.id > last).order_by(reports.c.id).limit(_BATCH)
    ).all():
        for row in rows:
            traits = msgspec.json.decode(row.traits, type=frozenset[str])
            record = fingerprints.record_bands(row.agency, row.published_at, traits)
            keep_prints(connection, row.id, Prints(signature(row.text), record, traits))
        last = rows[-1].id


def find_origin(draft: Draft, report: int, text: str, language: str, prints: Prints) -> Origin:
    """The origin of the report that this one shares most with; itself where it shares little.

    A text too short for bands of its own is compared with those of its agency and day; and what an
    agency tells that day in other words, or in another language, is still that agency's.
    """
    met = newest_under(draft.connection, "prints", "band", "report", prints.text + prints.record)
    bands = set(prints.text)
    in_words = {held for band, held in met if band in bands}
    rows = _rows(draft, {held for _, held in met})
    alike = (row for row in rows if row.id in in_words or row.language == language)
    found = _closest((shared_text(text, row.text), row.origin) for row in alike)
    if found and found[0] >= fingerprints.SAME_TEXT:
        return Origin(found[1], "same-text")
    of_agency = _rows(draft, {held for band, held in met if band not in bands})
    found = _closest((_shared(prints.traits, row.traits), row.origin) for row in of_agency)
    if found and found[0] >= fingerprints.SAME_RECORD:
        return Origin(found[1], "same-record")
    return Origin(report, None)


def _closest(shares: Iterable[tuple[float, int]]) -> tuple[float, int] | None:
    """The greatest share, the oldest origin among equals."""
    return max(shares, key=lambda found: (found[0], -found[1]), default=None)


def _shared(traits: frozenset[str], held: str) -> float:
    return fingerprints.shared_record(traits, msgspec.json.decode(held, type=frozenset[str]))


def _rows(draft: Draft, ids: set[int]) -> Sequence[Any]:
    """The reports of these numbers, of each story and language the newest alone."""
    if not ids:
        return ()
    columns = (reports.c.id, reports.c.text, reports.c.language, reports.c.origin, reports.c.traits)
    found = select(*columns).where(reports.c.id.in_(sorted(ids)), reports.c.until.is_(None))
    rows = draft.connection.execute(found.order_by(reports.c.id))
    return list({(row.origin, row.language): row for row in rows}.values())
