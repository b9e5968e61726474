"""What SQLite and PostgreSQL say differently: opening, locking, sets of numbers, search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from menurut.ledger.errors import LedgerError

_WAIT = 60
"""Seconds that a writer waits for another."""
_LOCK = 0x6D656E75
_NEWEST = 24
"""Incidents that are looked at under one key, newest first: what keeps the cost flat."""
_WRITES = "menurut_writes"
SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg://")


def open_engine(where: str, create: bool) -> Engine:
    """An engine for a file's path or a PostgreSQL URL. ``create``: the file may be a new one.

    Raises ``LedgerError`` where the URL is malformed or its driver is not installed.
    """
    if "://" in where:
        return _postgres(where)
    path = Path(where)
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise LedgerError("{where}: cannot be opened", where=where)
    if not create and not path.exists():
        raise LedgerError("{where}: there is no ledger yet; add reports first", where=where)
    return _sqlite(path)


def _postgres(url: str) -> Engine:
    if not url.startswith(SCHEMES):
        raise LedgerError(f"{url.split('://')[0]}: menurut keeps ledgers in SQLite or PostgreSQL")
    try:
        made = make_url(url).set(drivername="postgresql+psycopg")
        return create_engine(made, isolation_level="READ COMMITTED")
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise LedgerError("the ledger's URL cannot be read: {error}", error=error) from None
    except ModuleNotFoundError:
        raise LedgerError("for PostgreSQL install menurut[postgresql]") from None


def _sqlite(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)), connect_args={"timeout": _WAIT}
    )

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "cache_size=-65536",
            "mmap_size=1073741824",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def writing(engine: Engine) -> Engine:
    """The engine, its transactions taking the one place of a writer from their beginning."""
    return engine.execution_options(**{_WRITES: True})


def reading(engine: Engine) -> Engine:
    """The engine, its transactions seeing one state of the ledger from beginning to end."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ")
    return engine


def lock(connection: Connection) -> None:
    """Wait until no other process writes; SQLite's transaction has begun so already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _array(connection: Connection, numbers: Iterable[int]) -> Any:
    held = list(numbers)
    return held if connection.dialect.name == "postgresql" else msgspec.json.encode(held).decode()


def rows_of(connection: Connection, sql: str, numbers: Iterable[int]) -> Sequence[Any]:
    """The rows of a statement in which ``{numbers}`` stands for a table of numbers, ``n.value``."""
    postgres = connection.dialect.name == "postgresql"
    source = (
        "unnest(cast(:numbers AS bigint[])) AS n(value)" if postgres else "json_each(:numbers) AS n"
    )
    statement = text(sql.replace("{numbers}", source))
    return connection.execute(statement, {"numbers": _array(connection, numbers)}).all()


def newest_under(
    connection: Connection, table: str, key: str, held: str, numbers: Iterable[int]
) -> Sequence[Any]:
    """Pairs of key and what is held under it, the newest of each key only."""
    sql = (
        f"SELECT b.{key}, b.{held} FROM {{numbers}} JOIN {table} b ON b.{key} = n.value "
        f"AND b.{held} >= coalesce((SELECT c.{held} FROM {table} c WHERE c.{key} = n.value "
        f"ORDER BY c.{held} DESC LIMIT 1 OFFSET {_NEWEST - 1}), 0)"
    )
    return rows_of(connection, sql, numbers)


def insert_new(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    renew: str | None = None,
) -> None:
    """Insert the rows that are not there yet. ``renew``: a column that is set where they are."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as upsert
    else:
        from sqlalchemy.dialects.sqlite import insert as upsert  # type: ignore[assignment]
    statement = upsert(table)
    if renew is None:
        statement = statement.on_conflict_do_nothing()
    else:
        statement = statement.on_conflict_do_update(
            index_elements=list(table.primary_key), set_={renew: statement.excluded[renew]}
        )
    connection.execute(statement, list(rows))


def create_search(connection: Connection) -> None:
    """The index of stems: those of the title and those of the text."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("CREATE TABLE search (report BIGINT PRIMARY KEY, stems TSVECTOR)"))
        connection.execute(text("CREATE INDEX search_stems ON search USING gin (stems)"))
        return
    connection.execute(text("CREATE VIRTUAL TABLE search USING fts5(title, stems, content='')"))


def index_stems(
    connection: Connection, report: int, title: Iterable[str], stems: Iterable[str]
) -> None:
    """Put a report into the index."""
    if connection.dialect.name == "postgresql":
        sql = (
            "INSERT INTO search (report, stems) VALUES (:report, setweight(to_tsvector('simple', "
            ":title), 'A') || to_tsvector('simple', :stems))"
        )
    else:
        sql = "INSERT INTO search (rowid, title, stems) VALUES (:report, :title, :stems)"
    held = {"report": report, "title": " ".join(title), "stems": " ".join(stems)}
    connection.execute(text(sql), held)


def ranked_by_stems(
    connection: Connection, query: Iterable[tuple[str, ...]], newest: int, most: int
) -> list[tuple[int, float]]:
    """The newest reports, up to ``newest``, that hold one stem of each group, with their relevance.

    Stems are letters and digits only. Relevance is BM25 in SQLite, ``ts_rank`` in PostgreSQL: of
    one query's reports the greater is the more relevant.
    """
    postgres = connection.dialect.name == "postgresql"
    either, both = (" | ", " & ") if postgres else (" OR ", " AND ")
    quoted = [either.join(f"'{s}'" if postgres else f'"{s}"' for s in group) for group in query]
    words = both.join(f"({group})" for group in quoted)
    if postgres:
        sql = (
            "SELECT report, ts_rank(stems, query, 1) FROM search, "
            "to_tsquery('simple', :words) AS query WHERE stems @@ query AND report <= :newest "
            "ORDER BY report DESC LIMIT :most"
        )
    else:
        sql = (
            "SELECT rowid, -bm25(search, 4.0, 1.0) FROM search WHERE search MATCH :words "
            "AND rowid <= :newest ORDER BY rowid DESC LIMIT :most"
        )
    given = {"words": words, "newest": newest, "most": most}
    return [(row[0], row[1]) for row in connection.execute(text(sql), given)]
