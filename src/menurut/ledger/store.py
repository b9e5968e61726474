"""The ledger as a store: opened, written in whole transactions, read as of a date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from types import TracebackType
from typing import NamedTuple, Self

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DatabaseError, DataError, DBAPIError, IntegrityError, ProgrammingError

from menurut.ledger import history
from menurut.ledger.dialects import lock, open_engine, reading, writing
from menurut.ledger.errors import LedgerError, StoreError
from menurut.ledger.migrations import STEPS, upgrade, version
from menurut.ledger.schema import reports

_FAULTS = (DataError, IntegrityError, ProgrammingError)
"""What the database complains of that is a fault of ours and no failure of its own."""


class Draft:
    """A transaction that writes: everything in it is one revision by one author."""

    def __init__(self, connection: Connection, kind: str, author: str, reason: str | None) -> None:
        self.connection = connection
        self.kind = kind
        self.author = author
        self.reason = reason

    @cached_property
    def revision(self) -> int:
        """The revision, made when it is asked for: what changes nothing leaves none."""
        return history.revise(self.connection, self.kind, self.author, self.reason)


class Snapshot(NamedTuple):
    """A transaction that reads. ``revision``: the ledger as it was then; None: as it is.

    ``horizon``: the day of the newest report, which says what has come due.
    """

    connection: Connection
    revision: int | None
    horizon: int | None


class Ledger:
    """A ledger in an SQLite file or a PostgreSQL database.

    Raises ``LedgerError`` where it cannot be opened, or was made by a newer release.
    """

    def __init__(self, where: str, *, create: bool = True) -> None:
        self.where = where
        self._engine: Engine = open_engine(where, create)
        try:
            self._prepare(create)
        except DBAPIError as error:
            self.close()
            raise LedgerError(f"{_public(where)}: cannot be opened: {_first_line(error)}") from None
        except LedgerError:
            self.close()
            raise

    def _prepare(self, create: bool) -> None:
        with self._engine.connect() as connection:
            done = version(connection)
        if done == len(STEPS):
            return
        if not done and not create:
            raise LedgerError(f"{_public(self.where)}: there is no ledger yet; add reports first")
        with writing(self._engine).begin() as connection:
            lock(connection)
            upgrade(connection)

    @contextmanager
    def write(
        self, kind: str, author: str = history.PROGRAM, reason: str | None = None
    ) -> Iterator[Draft]:
        """One revision: kept whole when the block ends, and not at all where it raises.

        Raises ``StoreError`` where the database fails.
        """
        with self._plainly(), writing(self._engine).begin() as connection:
            lock(connection)
            yield Draft(connection, kind, author, reason)

    @contextmanager
    def read(self, as_of: str | None = None) -> Iterator[Snapshot]:
        """The ledger as it is, or as it was known at a date; it stands still while it is read.

        Raises ``StoreError`` where the database fails.
        """
        with self._plainly(), reading(self._engine).connect() as connection, connection.begin():
            revision = history.revision_at(connection, as_of) if as_of else None
            yield Snapshot(connection, revision, _horizon(connection, revision))

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except _FAULTS:
            raise
        except DatabaseError as error:
            raise StoreError(f"{_public(self.where)}: {_first_line(error)}") from None

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()


def _horizon(connection: Connection, revision: int | None) -> int | None:
    found = select(func.max(reports.c.day))
    if revision is not None:
        found = found.where(history.holds(reports, revision))
    day = connection.execute(found).scalar()
    return None if day is None else int(day)


def _public(where: str) -> str:
    """Where a ledger is, without a password."""
    scheme, mark, rest = where.partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}" if mark else where


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).splitlines()[0] if str(error.orig) else type(error.orig).__name__
