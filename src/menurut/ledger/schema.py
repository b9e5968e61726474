"""The tables of the ledger.

Rows are never changed: a row holds from revision ``since`` until revision ``until`` (NULL: to this
day), and what replaces it is a new row. Closing a row is the only update. ``profiles``, ``blocks``,
``prints``, ``facets``, ``names``, ``editions`` and the search index are derived: they serve the
present, without history. ``bearings`` is derived as well, from the measures beside the ledger.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

metadata = MetaData()
_Id = BigInteger().with_variant(Integer, "sqlite")


def _id(name: str = "id") -> Column[Any]:
    return Column(name, _Id, primary_key=True, autoincrement=False)


def _number(name: str, **more: Any) -> Column[Any]:
    return Column(name, _Id, **more)


def _held() -> tuple[Column[Any], Column[Any]]:
    """From which revision a row holds, and until which."""
    return Column("since", _Id, nullable=False), Column("until", _Id)


def _today(name: str, *columns: str) -> Index:
    """An index of the rows that hold today."""
    return _where("until IS NULL", name, *columns)


def _where(condition: str, name: str, *columns: str) -> Index:
    """An index of the rows of which a condition is true: no other statement is to go along it."""
    chosen = text(condition)
    return Index(name, *columns, sqlite_where=chosen, postgresql_where=chosen)


revisions = Table(
    "revisions",
    metadata,
    _id(),
    Column("at", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text),
    Index("revisions_at", "at"),
)

reports = Table(
    "reports",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("digest", String(32), nullable=False),
    Column("language", String(16), nullable=False),
    Column("published_at", String(40)),
    _number("day"),
    Column("publisher", Text),
    Column("agency", Text),
    Column("title", Text),
    Column("byline", Text),
    Column("url", Text),
    Column("text", Text, nullable=False),
    _number("origin", nullable=False),
    Column("origin_reason", Text),
    Column("traits", Text, nullable=False),
    *_held(),
    Index("reports_name", "name"),
    Index("reports_day", "day", "id"),
    Index("reports_origin", "origin"),
    Index("reports_published", text("lower(publisher)"), "day", "id"),
)

readings = Table(
    "readings",
    metadata,
    _id(),
    _number("report", nullable=False),
    Column("digest", String(32), nullable=False),
    Column("analysis", Text, nullable=False),
    *_held(),
    Index("readings_report", "report"),
)

tellings = Table(
    "tellings",
    metadata,
    _id(),
    _number("report", nullable=False),
    Column("event", Text, nullable=False),
    Column("type", String(16), nullable=False),
    Column("mode", String(24)),
    Column("status", String(12), nullable=False),
    Column("actors", Text, nullable=False),
    Column("recipients", Text, nullable=False),
    Column("place", Text),
    Column("figures", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("profile", Text, nullable=False),
    *_held(),
    Index("tellings_report", "report"),
)

accounts = Table(
    "accounts",
    metadata,
    _id(),
    _number("incident", nullable=False),
    _number("telling", nullable=False),
    _number("report", nullable=False),
    Column("source", Text, nullable=False),
    Column("name", Text),
    Column("code", Text),
    Column("stance", String(8), nullable=False),
    Column("statement", Text),
    Column("kind", String(12)),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("said_on", Text),
    Column("reasons", Text, nullable=False),
    Column("margin", Float, nullable=False),
    Column("linked_by", Text, nullable=False),
    *_held(),
    Index("accounts_voice", "incident", "source"),
    Index("accounts_carried", "report"),
    Index("accounts_source", "source", "id"),
    Index("accounts_telling", "telling"),
    _today("accounts_doubt", "margin", "id"),
)

incidents = Table(
    "incidents",
    metadata,
    _id(),
    _number("incident", nullable=False),
    Column("type", String(16), nullable=False),
    Column("mode", String(24)),
    Column("status", String(16), nullable=False),
    Column("voiced", String(16), nullable=False),
    Column("outcome", String(16)),
    Column("actors", Text, nullable=False),
    Column("recipients", Text, nullable=False),
    _number("begins"),
    _number("ends"),
    Column("place", Text),
    Column("country", String(3)),
    _number("lead", nullable=False),
    Column("sources", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("unheard", Text, nullable=False),
    _number("series"),
    _number("about"),
    _number("day"),
    _number("last_told"),
    *_held(),
    Index("incidents_versions", "incident", "since"),
    _today("incidents_today", "incident"),
    _today("incidents_by_day", "day", "incident"),
    _today("incidents_parts", "series"),
    _where("about IS NOT NULL", "incidents_about", "about"),
    Index("incidents_since", "since"),
    _where("until IS NOT NULL", "incidents_until", "until"),
)

facets = Table(
    "facets",
    metadata,
    Column("facet", SmallInteger, primary_key=True),
    Column("key", Text, primary_key=True),
    _id("incident"),
    _number("day"),
    Index("facets_by_day", "facet", "key", "day", "incident"),
    sqlite_with_rowid=False,
)
"""Under which keys an incident is found, by ``ledger.facets``; ``day`` as the incident has it."""

names = Table(
    "names",
    metadata,
    Column("party", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""Every party that is told of or speaks, with the folded names of its persons; empty for none."""

profiles = Table(
    "profiles",
    metadata,
    _id("incident"),
    Column("profile", Text, nullable=False),
    Column("tally", Text, nullable=False),
)

blocks = Table("blocks", metadata, _id("key"), _id("incident"), sqlite_with_rowid=False)
prints = Table("prints", metadata, _id("band"), _id("report"), sqlite_with_rowid=False)

bearings = Table(
    "bearings",
    metadata,
    Column("measure", Text, primary_key=True),
    _id("incident"),
    _id("since"),
    _number("until"),
    Column("match", Text, nullable=False),
    Index("bearings_measure", "measure", "incident", "since", "until"),
    Index("bearings_incident", "incident", "measure", "since", "until"),
)
"""Which incidents would bear on which measures, as ``obligations`` found it; ``match``: JSON."""

bearing_marks = Table(
    "bearing_marks",
    metadata,
    _id("revision"),
    Column("digest", String(32), nullable=False),
)
"""The revisions at which ``bearings`` was right; ``digest``: of the measures that it holds."""

judgements = Table(
    "judgements",
    metadata,
    _id(),
    Column("uid", String(32), nullable=False, unique=True),
    Column("verdict", String(16), nullable=False),
    Column("report", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("type", String(16), nullable=False),
    Column("other_report", Text),
    Column("other_start", Integer),
    Column("other_end", Integer),
    Column("other_type", String(16)),
    Column("value", Text),
    Column("author", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("reason", Text),
    *_held(),
    Index("judgements_report", "report"),
    Index("judgements_other", "other_report"),
)

grades = Table(
    "grades",
    metadata,
    _id(),
    Column("subject", Text, nullable=False),
    Column("reliability", String(1)),
    Column("credibility", String(1)),
    Column("author", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("reason", Text),
    *_held(),
    Index("grades_subject", "subject"),
)

editions = Table(
    "editions",
    metadata,
    Column("name", Text, primary_key=True),
    Column("story", Text, nullable=False),
    Column("version", Text),
    Column("moment", Text),
    Column("withdrawn", SmallInteger, nullable=False),
    Index("editions_story", "story"),
)
"""Which story a report is an edition of, where its sender says so."""
