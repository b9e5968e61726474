"""Grows a ledger in bulk: what was added once is repeated with ids, days and names of its own.

Adding a million reports one by one takes hours. Here a stretch of days that was added as reports
are added (the base) is repeated for later days: rows of every table with ids that follow on, days
moved by the length of the base, reports under new names, prints of their own; profiles, blocks,
facets and search rows are made by the ledger's own functions. Parties stay who they are: the great
powers' incidents crowd under their keys as they do in a real ledger. What goes on for months is
a new incident in each stretch, which leaves more incidents under a key than adding would have.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, Table, func, insert, select

from menurut.ledger import blocking, profiles, standing
from menurut.ledger.dialects import index_stems
from menurut.ledger.facets import Facet, day_of, facets_of, publisher_key
from menurut.ledger.intervals import Interval
from menurut.ledger.profiles import Profile
from menurut.ledger.schema import (
    accounts,
    blocks,
    facets,
    incidents,
    readings,
    reports,
    revisions,
    tellings,
)
from menurut.ledger.schema import profiles as profile_table
from menurut.ledger.stems import stems
from menurut.ledger.store import Ledger

_NUMBERED = (revisions, reports, readings, tellings, accounts, incidents)
_SCATTER = 0x9E3779B97F4A7C1
_REFERS = {
    "since": revisions,
    "until": revisions,
    "report": reports,
    "origin": reports,
    "telling": tellings,
    "lead": tellings,
}
"""Columns that hold the ids of another table."""
_INCIDENTS = ("incident", "series", "about")
_DAYS = ("day", "begins", "ends", "last_told")


class _Held(NamedTuple):
    """An incident of the base, decoded once."""

    incident: int
    profile: Profile
    tally: str
    status: str
    publishers: tuple[str, ...]
    sources: tuple[str, ...]


class Base:
    """The stretch of days that is repeated: all that an SQLite ledger holds now.

    ``days``: how many days it takes up; what follows is moved by so many.
    """

    def __init__(self, ledger: Ledger, days: int) -> None:
        self.ledger, self.days, self.copies = ledger, days, 0
        with ledger.read() as snapshot:
            connection = snapshot.connection
            self.ends = {t.name: _last(connection, t.c.id) for t in _NUMBERED}
            self.incident = _last(connection, incidents.c.incident)
            self.reports = self.ends["reports"]
            self.words = [_stems(row) for row in connection.execute(select(reports))]
            self.held = list(_incidents(connection))
            first, last = connection.execute(
                select(func.min(reports.c.day), func.max(reports.c.day))
            ).one()
        self.dates = [date.fromordinal(day) for day in range(last + 1, first - 2, -1)]

    def repeat(self) -> int:
        """Add the base once more, for the days behind those that the ledger has; the reports."""
        self.copies += 1
        with self.ledger.write("grow") as draft:
            _Copy(self, draft.connection).write()
        return self.reports


def _last(connection: Connection, column: Any) -> int:
    return int(connection.execute(select(func.max(column))).scalar() or 0)


def _stems(row: Any) -> tuple[int, list[str], list[str]]:
    return row.id, stems(row.title or "", row.language), stems(row.text, row.language)


def _incidents(connection: Connection) -> Iterator[_Held]:
    found = (
        select(profile_table, incidents.c.status)
        .join(incidents, incidents.c.incident == profile_table.c.incident)
        .where(incidents.c.until.is_(None))
        .order_by(profile_table.c.incident)
    )
    carried: dict[int, list[str]] = {}
    published = select(facets.c.incident, facets.c.key).where(facets.c.facet == Facet.PUBLISHER)
    for incident, key in connection.execute(published):
        carried.setdefault(incident, []).append(key)
    for row in connection.execute(found):
        publishers = tuple(carried.get(row.incident, ()))
        sources = tuple(standing.decode(row.tally).voices)
        yield _Held(
            row.incident, profiles.decode(row.profile), row.tally, row.status, publishers, sources
        )


class _Copy:
    """One repetition of the base."""

    def __init__(self, base: Base, connection: Connection) -> None:
        self.base, self.connection = base, connection
        self.by = {t.name: _last(connection, t.c.id) for t in _NUMBERED}
        self.incident = _last(connection, incidents.c.incident)
        self.shift = base.days * base.copies

    def write(self) -> None:
        for table in _NUMBERED:
            self._rows(table)
        self._prints()
        self._search()
        self._derived()

    def _rows(self, table: Table) -> None:
        """The rows of a table of the base, moved."""
        columns = ", ".join(f'"{c.name}"' for c in table.c)
        moved = ", ".join(self._moved(table, c.name) for c in table.c)
        end = self.base.ends[table.name]
        self.connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({columns}) SELECT {moved} FROM {table.name} "
            f"WHERE id <= {end} ORDER BY id"
        )

    def _moved(self, table: Table, column: str) -> str:
        if column == "id":
            return f"id + {self.by[table.name]}"
        if column in _REFERS:
            return f'"{column}" + {self.by[_REFERS[column].name]}'
        if column in _INCIDENTS:
            return f"{column} + {self.incident}"
        if column in _DAYS:
            return f"{column} + {self.shift}"
        special = {
            ("reports", "name"): f"name || '-{self.base.copies}'",
            ("reports", "published_at"): self._dated("published_at"),
            ("accounts", "said_on"): self._dated("said_on"),
            ("accounts", "source"): self._source(),
            ("tellings", "profile"): self._days_within("profile"),
            ("readings", "analysis"): self._analysis(),
            ("revisions", "at"): "(SELECT max(at) FROM revisions)",
        }
        return special.get((table.name, column), f'"{column}"')

    def _dated(self, column: str) -> str:
        """A text with its dates moved: the last first, so that none is moved twice."""
        for day in self.base.dates:
            later = date.fromordinal(day.toordinal() + self.shift)
            column = f"replace({column}, '{day}', '{later}')"
        return column

    def _days_within(self, column: str) -> str:
        """JSON with its days, as ordinals, moved."""
        for day in self.base.dates:
            number = day.toordinal()
            column = f"replace({column}, '{number}', '{number + self.shift}')"
        return column

    def _source(self) -> str:
        moved = self.by["reports"]
        return (
            "CASE WHEN source LIKE 'press:%' THEN 'press:' || "
            f"(CAST(substr(source, 7) AS INTEGER) + {moved}) WHEN source LIKE 'unnamed:%' THEN "
            f"'unnamed:' || (CAST(substr(source, 9) AS INTEGER) + {moved}) ELSE source END"
        )

    def _analysis(self) -> str:
        name = f"json_extract(analysis, '$.id') || '-{self.base.copies}'"
        return f"json_set({self._dated('analysis')}, '$.id', {name})"

    def _prints(self) -> None:
        mask = (_SCATTER * self.base.copies) % (1 << 62)
        moved, end = self.by["reports"], self.base.reports
        self.connection.exec_driver_sql(
            f"INSERT INTO prints (band, report) SELECT (band | {mask}) - (band & {mask}), "
            f"report + {moved} FROM prints WHERE report <= {end} ORDER BY 1"
        )

    def _search(self) -> None:
        for id, title, words in self.base.words:
            index_stems(self.connection, id + self.by["reports"], title, words)

    def _derived(self) -> None:
        held = [(h, self._profile(h.profile)) for h in self.base.held]
        rows = [
            {
                "incident": h.incident + self.incident,
                "profile": profiles.encoder.encode(p).decode(),
                "tally": h.tally,
            }
            for h, p in held
        ]
        self.connection.execute(insert(profile_table), rows)
        keys = sorted((k, h.incident) for h, p in held for k in blocking.kept_under(p))
        under = [{"key": key, "incident": number + self.incident} for key, number in keys]
        self.connection.execute(insert(blocks), under)
        found = [row for h, p in held for row in self._facets(h, p)]
        found.sort(key=lambda row: (row["facet"], row["key"], row["incident"]))
        self.connection.execute(insert(facets), found)

    def _profile(self, profile: Profile) -> Profile:
        return replace(profile, when=self._later(profile.when), told=self._later(profile.told))

    def _later(self, stretch: Interval | None) -> Interval | None:
        return stretch and Interval(stretch.first + self.shift, stretch.last + self.shift)

    def _facets(self, held: _Held, profile: Profile) -> list[dict[str, Any]]:
        published = [(Facet.PUBLISHER, publisher_key(name)) for name in held.publishers]
        under = sorted({*facets_of(profile, held.status, held.sources), *published})
        row = {"incident": held.incident + self.incident, "day": day_of(profile)}
        return [row | {"facet": facet, "key": key} for facet, key in under]
