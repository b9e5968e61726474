"""Incidents under work: loaded once, joined in memory, written once at the end of a revision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import and_, bindparam, delete, insert, or_, select, update

from menurut.ledger import blocking, profiles, standing
from menurut.ledger.blocking import LOOSE
from menurut.ledger.dialects import insert_new, rows_of
from menurut.ledger.facets import Facet, day_of, facets_of, publisher_key
from menurut.ledger.history import close, next_id
from menurut.ledger.profiles import Profile
from menurut.ledger.schema import accounts, blocks, facets, incidents, reports, tellings
from menurut.ledger.schema import profiles as profile_table
from menurut.ledger.standing import Ballot, Tally
from menurut.ledger.store import Draft

_RENEW_PROFILE = (
    update(profile_table)
    .where(profile_table.c.incident == bindparam("of"))
    .values(profile=bindparam("now"), tally=bindparam("votes"))
)


class Before(NamedTuple):
    """An incident as the ledger has it."""

    profile: Profile
    status: str
    sources: tuple[str, ...]


@dataclass(slots=True)
class Incident:
    """An incident as it is worked on. ``row``: the id of the row that holds today, if any.

    ``publishers``: those that may be new to it; ``rebuilt``: it may have lost some.
    """

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
    before: Before | None = None
    publishers: set[str] = field(default_factory=set)


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
            "SELECT p.incident, p.profile, p.tally, i.id, i.lead, i.series, i.about, "
            "i.status FROM {numbers} "
            "JOIN profiles p ON p.incident = n.value "
            "JOIN incidents i ON i.incident = n.value AND i.until IS NULL"
        )
        for id, profile, tally, row, lead, series, about, status in rows_of(
            self.draft.connection, sql, wanted
        ):
            known, votes = profiles.decode(profile), standing.decode(tally)
            self.held[id] = Incident(
                id=id,
                profile=known,
                tally=votes,
                lead=lead,
                row=row,
                series=series,
                about=about,
                before=Before(known, status, tuple(votes.voices)),
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
        incident.gone = not own
        tally, seen, voices = Tally(), set[int](), set[tuple[str, str]]()
        for rows in by_telling.values():
            first = rows[0]
            ballots = []
            for row in rows:
                voice = (row.source, row.stance)
                ballots.append(Ballot(*voice, row.kind, known=voice in voices))
                voices.add(voice)
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
        self._derive(standing_now)
        gone = [i for i in touched if i.gone]
        self._forget(gone)
        self._close_accounts([i.id for i in gone])

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
            "day": day_of(profile),
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
        changed = [{"of": i.id, "now": _json(i.profile), "votes": _tally(i.tally)} for i in old]
        if changed:
            connection.execute(_RENEW_PROFILE, changed)
        self._derive_blocks(written)
        rows = [row for incident in written for row in self._derive_facets(incident)]
        insert_new(connection, facets, rows, renew="day")

    def _derive_blocks(self, written: list[Incident]) -> None:
        pairs = []
        for incident in written:
            if incident.before and incident.before.profile == incident.profile:
                continue
            before, now = _keys(incident.before), blocking.kept_under(incident.profile)
            pairs += [{"key": key, "incident": incident.id} for key in sorted(now - before)]
            self._unblock(incident, before - now)
        insert_new(self.draft.connection, blocks, pairs)

    def _unblock(self, incident: Incident, keys: set[int]) -> None:
        if keys:
            chosen = and_(blocks.c.key.in_(sorted(keys)), blocks.c.incident == incident.id)
            self.draft.connection.execute(delete(blocks).where(chosen))

    def _derive_facets(self, incident: Incident) -> list[dict[str, Any]]:
        """Delete the facets that an incident has lost; the rows of those that are new."""
        before = _facets(incident.before)
        status = standing.standing(incident.profile, incident.tally).status
        now = set(facets_of(incident.profile, status, incident.tally.voices))
        day = day_of(incident.profile)
        moved = incident.before is not None and day_of(incident.before.profile) != day
        lost: set[tuple[Facet, str]] = before - now
        if incident.rebuilt or moved:
            held = carriers(self.draft, incident.id, gone=False)
            lost |= _published(carriers(self.draft, incident.id, gone=True) - held)
            incident.publishers |= held
        new = now | _published(incident.publishers)
        new -= set() if incident.rebuilt or moved else before
        self._unfacet(incident, lost - new)
        return [{"facet": f, "key": k, "incident": incident.id, "day": day} for f, k in sorted(new)]

    def _unfacet(self, incident: Incident, lost: set[tuple[Facet, str]]) -> None:
        if lost:
            keys = [and_(facets.c.facet == f, facets.c.key == k) for f, k in sorted(lost)]
            chosen = and_(or_(*keys), facets.c.incident == incident.id)
            self.draft.connection.execute(delete(facets).where(chosen))

    def _forget(self, gone: list[Incident]) -> None:
        for incident in gone:
            held = profile_table.c.incident == incident.id
            self.draft.connection.execute(delete(profile_table).where(held))
            self._unblock(incident, _keys(incident.before))
            told = _published(carriers(self.draft, incident.id, gone=True))
            self._unfacet(incident, _facets(incident.before) | told)


def carriers(draft: Draft, id: int, *, gone: bool) -> set[str]:
    """The publishers whose reports tell of an incident. ``gone``: also those that did once."""
    found = (
        select(reports.c.publisher)
        .join(accounts, accounts.c.report == reports.c.id)
        .where(accounts.c.incident == id, reports.c.publisher.is_not(None))
        .distinct()
    )
    found = found if gone else found.where(accounts.c.until.is_(None))
    return set(draft.connection.execute(found).scalars())


def _published(publishers: Iterable[str]) -> set[tuple[Facet, str]]:
    return {(Facet.PUBLISHER, publisher_key(name)) for name in publishers}


def _keys(before: Before | None) -> set[int]:
    return blocking.kept_under(before.profile) if before else set()


def _facets(before: Before | None) -> set[tuple[Facet, str]]:
    return set(facets_of(*before)) if before else set()


def _text(values: Iterable[str]) -> str:
    return msgspec.json.encode(list(values)).decode()


def _json(profile: Profile) -> str:
    return profiles.encoder.encode(profile).decode()


def _tally(tally: Tally) -> str:
    return standing.encode(tally).decode()
