"""Brings a ledger of any release to the newest layout.

Steps run in order, each once, in one transaction with the note that it ran. A step is never edited
after a release that has it: what comes later is a new step. A ledger from a newer menurut is
refused.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, inspect, text
from sqlalchemy.schema import CreateIndex

from menurut.ledger.copies import print_all
from menurut.ledger.deriving import block_all, derive_all, index_all
from menurut.ledger.dialects import create_search
from menurut.ledger.errors import LedgerError
from menurut.ledger.schema import bearing_marks, bearings, editions, incidents, metadata


def _first(connection: Connection) -> None:
    metadata.create_all(connection)
    create_search(connection)


def _ranked_search(connection: Connection) -> None:
    """The search index with titles apart and with frequencies, by which reports are ranked."""
    connection.execute(text("DROP TABLE search"))
    create_search(connection)
    index_all(connection)


def _editions(connection: Connection) -> None:
    metadata.create_all(connection, tables=[editions])


_OLD_INDEXES = {
    "reports": ("day", "publisher"),
    "accounts": ("incident", "report", "margin"),
    "incidents": ("incident", "newest", "status", "type", "country", "day", "series"),
}


def _facets(connection: Connection) -> None:
    """Facets and names in place of members, and indexes of what holds today."""
    for table, columns in _OLD_INDEXES.items():
        for column in columns:
            connection.execute(text(f"DROP INDEX IF EXISTS {table}_{column}"))
    connection.execute(text("DROP TABLE IF EXISTS members"))
    metadata.create_all(connection)
    for index in (index for table in metadata.sorted_tables for index in table.indexes):
        connection.execute(CreateIndex(index, if_not_exists=True))
    derive_all(connection)


def _independent_prints(connection: Connection) -> None:
    """Min-wise hashes of permutations that do not depend on one another."""
    print_all(connection)


def _kin_blocks(connection: Connection) -> None:
    """The people of a country under the keys of the country."""
    block_all(connection)


def _bearings(connection: Connection) -> None:
    """Which incidents bear on which measures, and what changed since a revision."""
    metadata.create_all(connection, tables=[bearings, bearing_marks])
    for index in incidents.indexes:
        connection.execute(CreateIndex(index, if_not_exists=True))


STEPS: tuple[Callable[[Connection], None], ...] = (
    _first,
    _ranked_search,
    _editions,
    _facets,
    _independent_prints,
    _kin_blocks,
    _bearings,
)


def version(connection: Connection) -> int:
    """How many steps a ledger has behind it; 0 for an empty database."""
    if not inspect(connection).has_table("migrations"):
        return 0
    return int(
        connection.execute(text("SELECT coalesce(max(step), 0) FROM migrations")).scalar() or 0
    )


def upgrade(connection: Connection) -> None:
    """Run the steps that are missing. Raises ``LedgerError`` for a ledger of a newer release."""
    done = version(connection)
    if done > len(STEPS):
        raise LedgerError("this ledger was made by a newer menurut")
    if not done:
        connection.execute(text("CREATE TABLE migrations (step INTEGER PRIMARY KEY)"))
    for number, step in enumerate(STEPS[done:], done + 1):
        step(connection)
        connection.execute(text("INSERT INTO migrations (step) VALUES (:step)"), {"step": number})
