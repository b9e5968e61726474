"""Makes anew whatever can be made from the rest: search index, facets, names, blocks, tallies.

For ledgers of an older release. Reports and incidents are gone through in batches, so that a large
ledger needs no more memory than a small one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete, select, update

from menurut.ledger import blocking, standing
from menurut.ledger import profiles as profiling
from menurut.ledger.dialects import insert_new
from menurut.ledger.facets import Facet, day_of, facets_of, publisher_key
from menurut.ledger.indexing import index
from menurut.ledger.parties import Party
from menurut.ledger.schema import (
    accounts,
    blocks,
    facets,
    incidents,
    names,
    profiles,
    reports,
    tellings,
)

_BATCH = 500


def index_all(connection: Connection) -> None:
    """Put all reports into the search index, which is empty."""
    for rows in _batches(connection, reports, reports.c.id):
        for row in rows:
            index(connection, row.id, row.title, row.text, row.language)


def derive_all(connection: Connection) -> None:
    """Fill the tables that are derived from incidents and accounts; facets and names are empty."""
    block_all(connection)
    for rows in _batches(connection, profiles, profiles.c.incident):
        for row in rows:
            _derive_incident(connection, row)
    for rows in _batches(connection, tellings, tellings.c.id):
        told = [p for row in rows for column in (row.actors, row.recipients) for p in _read(column)]
        _insert_names(connection, {(party.key, party.person) for party in told})
    for rows in _batches(connection, accounts, accounts.c.id):
        _insert_names(connection, {(row.source, "") for row in rows if standing.named(row.source)})
        _insert_publishers(connection, [row.id for row in rows])


def block_all(connection: Connection) -> None:
    """Put all incidents under their keys anew."""
    connection.execute(delete(blocks))
    for rows in _batches(connection, profiles, profiles.c.incident):
        for row in rows:
            keys = sorted(blocking.kept_under(profiling.decode(row.profile)))
            insert_new(connection, blocks, [{"key": k, "incident": row.incident} for k in keys])


def _batches(connection: Connection, table: Table, key: Any) -> Iterator[list[Any]]:
    last = 0
    while True:
        found = select(table).where(key > last).order_by(key).limit(_BATCH)
        rows = list(connection.execute(found).all())
        if not rows:
            return
        yield rows
        last = getattr(rows[-1], key.key)


def _derive_incident(connection: Connection, row: Any) -> None:
    profile, tally = profiling.decode(row.profile), standing.counted_apart(row.tally)
    encoded = standing.encode(tally).decode()
    held = profiles.c.incident == row.incident
    connection.execute(update(profiles).where(held).values(tally=encoded))
    found = select(incidents.c.status).where(
        incidents.c.incident == row.incident, incidents.c.until.is_(None)
    )
    status = connection.execute(found).scalar()
    if status is not None:
        day = day_of(profile)
        held_in = {"incident": row.incident, "day": day}
        under = sorted(set(facets_of(profile, status, tally.voices)))
        insert_new(connection, facets, [held_in | {"facet": f, "key": k} for f, k in under])


def _read(column: str) -> tuple[Party, ...]:
    return msgspec.json.decode(column, type=tuple[Party, ...])


def _insert_names(connection: Connection, found: set[tuple[str, str]]) -> None:
    rows = [{"party": key, "name": name} for key, name in sorted(found) if key]
    insert_new(connection, names, rows)


def _insert_publishers(connection: Connection, ids: list[int]) -> None:
    now = incidents.c.until.is_(None)
    found = (
        select(accounts.c.incident, reports.c.publisher, incidents.c.day)
        .join(reports, reports.c.id == accounts.c.report)
        .join(incidents, incidents.c.incident == accounts.c.incident)
        .where(accounts.c.id.in_(ids), accounts.c.until.is_(None), now)
        .where(reports.c.publisher.is_not(None))
        .distinct()
    )
    rows = [
        {
            "facet": Facet.PUBLISHER,
            "key": publisher_key(row.publisher),
            "incident": row.incident,
            "day": row.day,
        }
        for row in connection.execute(found)
    ]
    insert_new(connection, facets, rows)
