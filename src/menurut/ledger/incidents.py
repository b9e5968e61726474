"""Incidents under work: loaded once, joined in memory, written once at the end of a revision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Table, delete, insert, select, update

from menurut.ledger import blocking, profiles, standing
from menurut.ledger.blocking import LOOSE
from menurut.ledger.dialects import rows_of
from menurut.ledger.history import close, next_id
from menurut.ledger.profiles import Profile
from menurut.ledger.schema import accounts, blocks, incidents, members, tellings
from menurut.ledger.schema import profiles as profile_table
from menurut.ledger.standing import Ballot, Tally
from menurut.ledger.store import Draft

ACTOR, RECIPIENT, SOURCE = 0, 1, 2


@dataclass(slots=True)
class Incident:
    """An incident as it is worked on. ``row``: the id of the row that holds today, if any."""

    id: int
    profile: Profile
    tally: Tally
    lead: int
    row: int | None = None
    series: int | None = None
    about: int | None = None
    touched: bool = False
    new: bool = False
    gone: bool = False
    rebuilt: bool = False
    keys: set[int] = field(default_factory=set)
    roles: set[tuple[str, int]] = field(default_factory=set)


class Bench:
    """The incidents that a revision works on."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.held: dict[int, Incident] = {}
        self._free = next_id(draft.connection, incidents)
        self._row = self._free
        self._next: int | None = None

    def load(self, ids: Iterable[int]) -> None:
        """Bring incidents onto the bench that are not there yet."""
        wanted = [id for id in ids if id not in self.held]
        if not wanted:
            return
        sql = (
            "SELECT p.incident, p.profile, p.tally, i.id, i.lead, i.series, i.about FROM {numbers} "
            "JOIN profiles p ON p.incident = n.value "
            "JOIN incidents i ON i.incident = n.value AND i.until IS NULL"
        )
        for id, profile, tally, row, lead, series, about in rows_of(
            self.draft.connection, sql, wanted
        ):
            known = profiles.decode(profile)
            self.held[id] = Incident(
                id=id,
                profile=known,
                tally=standing.decode(tally),
                lead=lead,
                row=row,
                series=series,
                about=about,
                keys=blocking.kept_under(known),
            )

    def open(self, profile: Profile, lead: int) -> Incident:
        """A new incident."""
        if self._next is None:
            last = select(incidents.c.incident).order_by(incidents.c.incident.desc()).limit(1)
            self._next = int(self.draft.connection.execute(last).scalar() or 0) + 1
        incident = Incident(self._next, profile, Tally(), lead, touched=True, new=True)
        self._next += 1
        self.held[incident.id] = incident
        return incident

    def reopen(self, incident: Incident, profile: Profile, lead: int) -> None:
        """Give an incident that nothing told of any more a new telling, under its old number."""
        incident.profile, incident.lead = profile, lead
        incident.gone, incident.touched = False, True

    def rebuild(self, ids: Iterable[int]) -> None:
        """Make profiles and tallies anew from the accounts that still hold."""
        for id in ids:
            self.load([id])
            incident = self.held.get(id)
            if incident is not None:
                self._rebuild(incident)

    def _rebuild(self, incident: Incident) -> None:
        told = (
            select(tellings.c.id, tellings.c.report, tellings.c.status, tellings.c.type)
            .add_columns(tellings.c.profile, accounts.c.source, accounts.c.stance, accounts.c.kind)
            .join(accounts, accounts.c.telling == tellings.c.id)
            .where(accounts.c.incident == incident.id, accounts.c.until.is_(None))
            .order_by(tellings.c.id, accounts.c.id)
        )
        by_telling: dict[int, list[Any]] = {}
        for row in self.draft.connection.execute(told):
            by_telling.setdefault(row.id, []).append(row)
        own = {t: rows for t, rows in by_telling.items() if rows[0].type != LOOSE}
        incident.touched = incident.rebuilt = True
        incident.keys = set()
        incident.gone = not own
        tally, seen, found = Tally(), set[int](), None
        for rows in by_telling.values():
            first = rows[0]
            ballots = [Ballot(row.source, row.stance, row.kind) for row in rows]
            told_as = None if first.type == LOOSE else first.status
            tally = standing.counted(tally, told_as, ballots, first.report not in seen)
            seen.add(first.report)
        found = profiles.all_joined(profiles.decode(rows[0].profile) for rows in own.values())
        incident.tally = tally
        if found is not None:
            incident.profile = found
            incident.lead = incident.lead if incident.lead in own else min(own)

    def write(self) -> None:
        """Close the rows of what was touched and write what it is now."""
        connection, revision = self.draft.connection, self.draft.revision
        touched = [i for i in self.held.values() if i.touched and not (i.new and i.gone)]
        close(connection, incidents, [i.row for i in touched if i.row is not None], revision)
        standing_now = [i for i in touched if not i.gone]
        rows = [self._written(incident) for incident in standing_now]
        if rows:
            connection.execute(insert(incidents), rows)
        self._forget([i.id for i in touched if i.rebuilt and not i.gone], (blocks, members))
        self._derive(standing_now)
        gone = [i.id for i in touched if i.gone]
        self._forget(gone, (profile_table, blocks, members))
        self._close_accounts(gone)

    def _close_accounts(self, ids: list[int]) -> None:
        """End what loose statements say of incidents that nothing tells of any more."""
        for id in ids:
            self.draft.connection.execute(
                update(accounts)
                .where(accounts.c.incident == id, accounts.c.until.is_(None))
                .values(until=self.draft.revision)
            )

    def _written(self, incident: Incident) -> dict[str, Any]:
        profile, now = incident.profile, standing.standing(incident.profile, incident.tally)
        spot = profile.places[0] if profile.places else None
        told = profile.told
        row = {
            "id": self._row,
            "incident": incident.id,
            "type": profile.type,
            "mode": next(iter(sorted(profile.modes)), None),
            "status": now.status,
            "voiced": now.voiced,
            "outcome": now.outcome,
            "actors": _text(profile.actors),
            "recipients": _text(profile.recipients),
            "begins": profile.when.first if profile.when else None,
            "ends": profile.when.last if profile.when else None,
            "place": spot.name if spot else None,
            "country": spot.country if spot else None,
            "lead": incident.lead,
            "sources": now.sources,
            "reports": incident.tally.reports,
            "unheard": _text(() if incident.about else now.unheard),
            "series": incident.series,
            "about": incident.about,
            "day": _first_day(profile),
            "last_told": told.last if told else None,
            "since": self.draft.revision,
        }
        self._row += 1
        return row

    def _derive(self, written: list[Incident]) -> None:
        connection = self.draft.connection
        new = [i for i in written if i.new]
        old = [i for i in written if not i.new]
        held = [
            {"incident": i.id, "profile": _json(i.profile), "tally": _tally(i.tally)} for i in new
        ]
        if held:
            connection.execute(insert(profile_table), held)
        for i in old:
            connection.execute(
                update(profile_table)
                .where(profile_table.c.incident == i.id)
                .values(profile=_json(i.profile), tally=_tally(i.tally))
            )
        pairs = [
            {"key": key, "incident": i.id}
            for i in written
            for key in sorted(blocking.kept_under(i.profile) - i.keys)
        ]
        self._insert_new(blocks, pairs)
        self._insert_new(members, [row for i in written for row in _members(i)])

    def _insert_new(self, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert the rows that are not there yet."""
        if not rows:
            return
        postgres = self.draft.connection.dialect.name == "postgresql"
        if postgres:
            from sqlalchemy.dialects.postgresql import insert as upsert
        else:
            from sqlalchemy.dialects.sqlite import insert as upsert  # type: ignore[assignment]
        self.draft.connection.execute(upsert(table).on_conflict_do_nothing(), list(rows))

    def _forget(self, ids: list[int], tables: Sequence[Table]) -> None:
        for id in ids:
            for table in tables:
                self.draft.connection.execute(delete(table).where(table.c.incident == id))


def _members(incident: Incident) -> list[Mapping[str, Any]]:
    profile = incident.profile
    found = [(party, ACTOR) for party in profile.actors]
    found += [(party, RECIPIENT) for party in profile.recipients]
    found += [(source, SOURCE) for source in incident.tally.voices]
    return [{"party": p, "role": r, "incident": incident.id} for p, r in dict.fromkeys(found)]


def _first_day(profile: Profile) -> int | None:
    """The day by which an incident stands in a timeline: when it began, or was first told."""
    stretch = profile.when or profile.told
    return stretch.first if stretch else None


def _text(values: Iterable[str]) -> str:
    return msgspec.json.encode(list(values)).decode()


def _json(profile: Profile) -> str:
    return profiles.encoder.encode(profile).decode()


def _tally(tally: Tally) -> str:
    return standing.encode(tally).decode()
