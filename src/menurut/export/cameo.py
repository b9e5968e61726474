"""Incidents under CAMEO's root codes, in columns named as in GDELT's event table (tabs)."""

from __future__ import annotations

from collections.abc import Iterable

from menurut.export.plover import coded
from menurut.export.rows import table
from menurut.ledger.queries import Incident, Shown
from menurut.tables import table as data

COLUMNS = (
    "GLOBALEVENTID",
    "SQLDATE",
    "Actor1CountryCode",
    "Actor2CountryCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "ActionGeo_FullName",
)


def export(found: Iterable[Shown]) -> bytes:
    codes = {row["type"]: row for row in data("world/cameo.tsv")}
    rows = (
        _row(shown.incident, len(shown.accounts), codes[coded(shown.incident)[0]])
        for shown in found
    )
    return table(COLUMNS, rows, tabs=True)


def _row(incident: Incident, mentions: int, code: dict[str, str]) -> tuple[object, ...]:
    day = incident.begins or incident.last_told or ""
    return (
        incident.id.removeprefix("i"),
        day.replace("-", ""),
        next(iter(incident.actors), ""),
        next(iter(incident.recipients), ""),
        code["root"],
        code["quad"],
        code["scale"],
        mentions,
        incident.sources,
        incident.reports,
        incident.place,
    )
